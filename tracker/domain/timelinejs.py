"""The table that TimelineJS reads (timeline.knightlab.com): one event a row, its date in columns, its text as HTML.

A month or day that is empty is not known; nothing is filled in. Rows of type title or era are no events.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape

from tracker.domain.csv_table import Record

HEADER = ("title", "on", "summary", "source")
NEEDED = frozenset({"year", "headline"})
_TAG = re.compile(r"<[^<>]{0,2000}>")
_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def is_so(header: Iterable[str]) -> bool:
    """Return whether a table has the columns of TimelineJS."""
    return {name.casefold() for name in header} >= NEEDED


def statements(records: Iterable[Record], header: Iterable[str]) -> Iterator[Record]:
    """Yield the rows with the columns of `HEADER` instead of their own."""
    names = [name.casefold() for name in header]
    for record in records:
        yield record if record.problem else _statement(record, dict(zip(names, record.cells, strict=True)))


def _statement(record: Record, cells: Mapping[str, str]) -> Record:
    kind = cells.get("type", "").casefold()
    if kind in {"title", "era"}:
        return replace(record, cells=(), problem=f"it is a {kind} of the timeline and no event; it is left out")
    text = _plain(cells.get("text", ""))
    media = cells.get("media", "")
    source = media if media.startswith(("http://", "https://")) else ""
    return replace(record, cells=(_plain(cells.get("headline", "")), _date(cells), text, source))


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _NO_TEXT.sub(" ", html))).split())


def _date(cells: Mapping[str, str]) -> str:
    """Return the date, or both ends of one, as far as the columns say it."""
    start, end = _day(cells, ""), _day(cells, "end ")
    return f"{start}/{end}" if start and end and start != end else start


def _day(cells: Mapping[str, str], of: str) -> str:
    parts = [cells.get(f"{of}{name}", "").strip() for name in ("year", "month", "day")]
    known: list[str] = []
    for part in parts:
        if not part:
            break
        known.append(part.zfill(2))
    return "-".join(known)
