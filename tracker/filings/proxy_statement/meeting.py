"""The day of the meeting and the record date, each only where the statement leaves no doubt."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from tracker.filings.proxy_statement.paragraphs import Paragraph, Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\.?\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year>(?:19|20)\d\d)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})\.?,?\s(?P<year2>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_WITHIN = r"(?:[^.]|(?<=\b[A-Za-z])\.){0,100}"  # the rest of a sentence; "1:00 p.m." and "U.S." do not end it
# What stands before the day of the meeting, and how much it says.
_HELD = (
    (
        re.compile(rf"\b(?:(?:to be|will be|be|being) held|will (?:take place|hold))\b{_WITHIN}$", re.IGNORECASE),
        3,
    ),
    (re.compile(rf"\bmeeting\b{_WITHIN}\b(?:on|at)\s+(?:\w+day,?\s+)?$", re.IGNORECASE), 2),
    (
        re.compile(
            r"(?:^|\W)(?:meeting )?(?:date|when|date (?:and|&) time|date/time|time and date)\s*:?\s*(?:\w+day,?\s+)?$",
            re.IGNORECASE,
        ),
        2,
    ),
    (re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur)day,?\s+$", re.IGNORECASE), 1),
)
_SURE = 2
_RECORD = re.compile(r"record date|of record (?:at|as of|on)|close of business on|holders of record", re.IGNORECASE)
_NOT_THIS = re.compile(
    r"\b(?:(?:fiscal|year|quarter|period) ended|"
    r"last year|prior|previous|was held|were held|meeting held on|next|following year|anniversary"
    r"|founded|since)\b",
    re.IGNORECASE,
)
_EARLY = 400  # paragraphs in which the notice of the meeting stands
_LOOK_BACK = 220
_LINES_OF_LABEL, _LABEL_WORD, _SEEN_ABOVE = 3, 12, 60


def meeting_dates(paragraphs: Sequence[Paragraph]) -> dict[str, tuple[date, Span]]:
    """Return the meeting's date and the record date ("meeting_date", "record_date"), each where it is surely there."""
    held: Counter[date] = Counter()
    record: Counter[date] = Counter()
    places: dict[tuple[str, date], Span] = {}
    for at, paragraph in enumerate(paragraphs[:_EARLY]):
        text, last = paragraph.text, 0
        for day, start, end in dates_in(text):
            before = text[max(0, start - _LOOK_BACK) : start]
            above = _above(paragraphs, at) if start < 40 else ""
            near = above + before
            after = text[end : end + 60]
            # Words before another date are that one's.
            own, last = (text[max(last, start - _LOOK_BACK) : start] if last else near), end
            if _is_record(own, after):
                record[day] += 1
                places.setdefault(("record_date", day), paragraph.place(start, end))
            elif (weight := _says_held(near)) and not _NOT_THIS.search(near[-60:]):
                held[day] += weight
                places.setdefault(("meeting_date", day), paragraph.place(start, end))
    found: dict[str, tuple[date, Span]] = {}
    for name, counts in (("meeting_date", held), ("record_date", record)):
        least = _SURE if name == "meeting_date" else 1
        winner = _clear_winner(counts, least) if counts else None
        if winner is not None:
            found[name] = winner, places[name, winner]
    if "meeting_date" in found and "record_date" in found and found["record_date"][0] >= found["meeting_date"][0]:
        del found["record_date"]
    return found


def _above(paragraphs: Sequence[Paragraph], at: int) -> str:
    """Return the end of what stands above a paragraph; a label may be printed in a line for each word."""
    above = ""
    for paragraph in reversed(paragraphs[max(0, at - _LINES_OF_LABEL) : at]):
        above = f"{paragraph.text[-_SEEN_ABOVE:]} {above}"
        if len(paragraph.text) > _LABEL_WORD:
            break
    return above[-_SEEN_ABOVE:]


def _is_record(before: str, after: str) -> bool:
    return bool(
        _RECORD.search(before[-110:])
        or re.match(r"[,) ]{0,3}(?:\(?(?:is |as )?(?:the |our )?[“\"(]{0,2}record date)", after, re.IGNORECASE)
    )


def _says_held(before: str) -> int:
    return max((weight for pattern, weight in _HELD if pattern.search(before[-160:])), default=0)


def _clear_winner(counts: Counter[date], least: int) -> date | None:
    (first, most), *others = counts.most_common()
    return None if most < least or (others and others[0][1] == most) else first


def dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield the dates that a text names, with where they stand; a date that no calendar has is left out."""
    for found in _DATE.finditer(text):
        month = _MONTHS[(found["month"] or found["month2"]).lower()]
        try:
            yield (
                date(int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"])),
                found.start(),
                found.end(),
            )
        except ValueError:
            continue
