"""The option that says who decides something."""

from typing import Any

import click

LONGEST = 120  # letters that the archive keeps of a name (`decided_by` and its like)


class Name(click.ParamType):
    """The name of a person, no longer than the archive keeps it on either database."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name without blanks around it."""
        given = str(value).strip()
        if len(given) > LONGEST:
            self.fail(f"{len(given)} letters are too many; write a name of at most {LONGEST}", param, ctx)
        return given


NAME = Name()
