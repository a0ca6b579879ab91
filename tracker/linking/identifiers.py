"""Numbers by which a matter is known for sure: dockets, bills, reports, filings, awards."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST = 40  # numbers taken of a document; one with more is a list of them
_WRITTEN = re.compile(
    r"(?<![\w-])(?:"
    r"\d:\d\d-[a-zA-Z]{2,3}-\d{3,6}"  # a docket of a federal court
    r"|\d{4} [A-Z]{2} \d{4,6}"  # of a county's
    r"|GAO-\d\d-\d{3,6}"
    r"|(?:H\. ?R\.|HR|S\.|H\. ?Res\.|S\. ?Res\.|[AS]B|H\. ?B\.|HB) ?\d{2,5}"  # bills of Congress and of states
    r"|\d{10}-\d\d-\d{6}"  # an accession number of EDGAR
    # A contract of a federal agency: office, year, instrument, serial (FAR 4.1603).
    r"|(?=[0-9A-Z]{13,17}(?![0-9A-Z]))[0-9A-Z]{6}\d\d[A-Z][0-9A-Z]{4,8}"
    r")(?!\w|-\d)"
)


class Written(NamedTuple):
    """A number as a text has it, its place, and its key: the same however it is punctuated."""

    words: str
    start: int
    key: str


def key_of(number: str) -> str:
    """Return the letters and digits of a number in lower case, by which it is compared."""
    return "".join(re.findall(r"[a-z0-9]+", number.lower()))


def written_in(text: str) -> Iterator[Written]:
    """Yield the numbers of a text in order, each once, at most `MOST`."""
    seen: set[str] = set()
    for match in _WRITTEN.finditer(text):
        key = key_of(match.group())
        if key not in seen:
            seen.add(key)
            yield Written(match.group(), match.start(), key)
        if len(seen) >= MOST:
            return
