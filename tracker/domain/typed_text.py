"""Text as editors type or paste it: cleaned of what says nothing, refused where something would be lost or hidden."""

import re

from tracker.domain.canonical import canonical_url
from tracker.domain.errors import InputError
from tracker.domain.text import one_line, strip_controls, visible

# Far above any letter or clause of the field, far below what fills a form.
LONGEST_TEXT = 200_000
LONGEST_LINE = 2_000
MOST_LINES = 500
_TAG = re.compile(
    r"</?(?:a|abbr|article|b|blockquote|body|br|div|em|figure|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link"
    r"|meta|object|ol|p|pre|script|section|span|strong|style|su[bp]|svg|t(?:able|body|d|h|head|r)|title|u|ul|video)"
    r"(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)


def line(text: str, longest: int | None = None) -> str:
    """Return text as one line; raises InputError that says what cannot stay."""
    _refuse(text)
    return _short(one_line(text), min(longest or LONGEST_LINE, LONGEST_LINE))


def paragraphs(text: str) -> str:
    """Return text with its lines as typed, without spaces at their ends and invisible marks; raises InputError."""
    _refuse(text)
    lines = (part.rstrip() for part in visible(text).split("\n"))
    return _short("\n".join(lines).strip(), LONGEST_TEXT)


def lines(text: str, longest: int = 300) -> list[str]:
    """Return the lines of a list, each once, empty ones left out; raises InputError."""
    found = list(dict.fromkeys(one for part in text.splitlines() if (one := line(part, longest))))
    if len(found) > MOST_LINES:
        raise InputError(f"it has {len(found):,} lines, and {MOST_LINES} are the most")
    return found


def address(text: str) -> str:
    """Return an address of the web as typed; raises InputError for anything else."""
    found = line(text)
    if found and canonical_url(found) is None:
        raise InputError(f"{found[:80]!r} is no address; write it whole, beginning with https://")
    return found


def _refuse(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if strip_controls(plain) != plain:
        odd = next(mark for mark in plain if strip_controls(mark) != mark)
        raise InputError(f"it holds a character that cannot be printed (U+{ord(odd):04X}); take it out")
    if "\ufffd" in text:
        raise InputError("it holds characters that were damaged on the way (\ufffd); copy it again from its source")
    tag = _TAG.search(text)
    if tag is not None:
        raise InputError(f"it holds HTML ({tag[0][:40]}); paste it as plain text, without the tags")


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise InputError(f"it has {len(text):,} characters, and {longest:,} are the most; shorten it")
    return text
