"""What a page raises when there is nothing to show under its address: with the ways on that it knows."""

from collections.abc import Iterable

from werkzeug.exceptions import Gone, NotFound

# The label and the address of a page to go on to.
Way = tuple[str, str]


class MissingPage(NotFound):
    """A name that nothing has; `near` are (label, address) pairs that the reader may have meant."""

    def __init__(self, found: str, near: Iterable[Way] = ()) -> None:
        """Keep the sentence and the ways on."""
        super().__init__(found)
        self.near = list(near)


class GonePage(Gone):
    """What was public once and is shown no more; `near` are (label, address) pairs of where to read on."""

    def __init__(self, found: str, near: Iterable[Way] = ()) -> None:
        """Keep the sentence and the ways on."""
        super().__init__(found)
        self.near = list(near)
