"""What is wrong with a form, field by field."""

from collections.abc import Mapping

from tracker.domain.errors import InputError


class FieldsError(InputError):
    """What a person typed cannot be kept: `errors` has a sentence for each field, "" for the form as a whole."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        """Keep the sentences; the text of the error is all of them."""
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)
