"""Labels and help texts of forms, as `config/field_help.toml` has them."""

import tomllib
from functools import cache
from typing import NamedTuple

from tracker.domain.errors import ConfigError
from tracker.settings import PROJECT

FILE = PROJECT / "config" / "field_help.toml"
LIST = "_list"


class Help(NamedTuple):
    """Label and help of one field; what the rest means stands at the head of the file."""

    label: str
    help: str
    unit: str = ""
    line: bool = False
    needed: bool = False
    ours: bool = False


@cache
def texts() -> dict[str, Help]:
    """Return all texts by `table.column`, in their order; a list of rows by `table._list`."""
    try:
        found = tomllib.loads(FILE.read_text("utf-8"))
        return {f"{table}.{key}": Help(**text) for table, section in found.items() for key, text in section.items()}
    except (OSError, TypeError, ValueError) as error:
        raise ConfigError(f"reading {FILE.name}: {error}; compare it with the file as shipped") from error


def help_for(table: str, key: str = LIST) -> Help:
    """Return label and help of a field, or of a list of rows; raises LookupError naming what has none."""
    name = f"{table}.{key}"
    if name not in texts():
        raise LookupError(f"{name} has no help text: write one in config/{FILE.name}")
    return texts()[name]
