"""A catalogue nobody wrote: every message with accents and two fifths longer, between brackets, its marks untouched.

It goes by Esperanto's code: a real one, so that browsers and checkers accept it, with dates of its own.
"""

import re
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from tracker.web.language import CATALOGUES

CODE = "eo"
ACCENTS = str.maketrans("aceghijosuzACEGHIJOSUZ", "âĉêĝĥîĵôŝŭẑÂĈÊĜĤÎĴÔŜŬẐ")
# What a translator leaves as it is: values, tags, entities.
_KEPT = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]+>|&\w+;)")


def stretched(message: str) -> str:
    """Return a message as the pseudo-language says it: `[Ŝênt ~~]`."""
    said = "".join(part if _KEPT.fullmatch(part) else part.translate(ACCENTS) for part in _KEPT.split(message))
    words = _KEPT.sub("", message)
    longer = " ".join("~" * min(8, left) for left in range(round(len(words) * 0.4), 0, -8))
    return f"[{said} {longer}]"


def write(folder: Path) -> Path:
    """Write the catalogue into a folder; return the folder."""
    with (CATALOGUES / "messages.pot").open("rb") as file:
        catalogue = read_po(file, locale=CODE)
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(map(stretched, ids))
            message.string = said if isinstance(message.id, tuple) else said[0]
    catalogue.fuzzy = False
    with (folder / f"{CODE}.po").open("wb") as file:
        write_po(file, catalogue)
    return folder
