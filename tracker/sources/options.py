"""What a source's entry in the configuration asks for, read strictly: a mistyped option is said, never guessed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.errors import InputError


def texts(options: Mapping[str, Any], name: str, reader: str) -> list[str]:
    """Return an option that is a list of texts or numbers, or one of them alone; empty when it is not given."""
    value = options.get(name)
    if value is None or value == "":
        return []
    values = list(value) if isinstance(value, list | tuple) else [value]
    if not all(isinstance(item, str | int) and not isinstance(item, bool) and str(item).strip() for item in values):
        raise InputError(f"{reader}: the option {name} is {value!r}; write a list of texts in the sources file")
    return [str(item).strip() for item in values]


def day(options: Mapping[str, Any], name: str, reader: str) -> str:
    """Return an option that is a day, as YYYY-MM-DD; empty when it is not given."""
    value = options.get(name)
    if value is None or value == "":
        return ""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise InputError(
            f"{reader}: the option {name} is {value!r}; write a day as 2025-01-31 in the sources file"
        ) from error


def number(options: Mapping[str, Any], name: str, reader: str, *, default: int, most: int) -> int:
    """Return an option that is a whole number from 1 to `most`."""
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise InputError(
            f"{reader}: the option {name} is {value!r}; write a whole number from 1 to {most} in the sources file"
        )
    return value


def ciks(options: Mapping[str, Any], reader: str) -> list[int]:
    """Return the companies' numbers at the SEC in the option `ciks`."""
    values = texts(options, "ciks", reader)
    wrong = [value for value in values if not (value.isascii() and value.isdecimal() and len(value) <= 10)]
    if wrong:
        raise InputError(f"{reader}: the option ciks has {wrong[0]!r}; a CIK is a number of at most ten digits")
    return [int(value) for value in values]


def known(options: Mapping[str, Any]) -> list[str]:
    """Return the keys that the archive has of this source; the workflow puts them into the options."""
    return [str(key) for key in options.get("known") or ()]
