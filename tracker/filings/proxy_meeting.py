"""The meeting's date, the record date, and the deadlines that a proxy statement states for next year's proposals."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.filings.proxy_paragraphs import Paragraph, Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
         "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\.?\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year>(?:19|20)\d\d)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})\.?,?\s(?P<year2>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:to be held|will be held|be held|is being held|will hold|being held|will take place|takes place|meeting date|date and time|date & time|when)\b|annual meeting of (?:share|stock)holders?\W{0,3}(?:[-–—]\s)?$|\bmeeting\b[^.]{0,40}\bon\W", re.IGNORECASE)
_RECORD = re.compile(r"record date|of record (?:at|as of|on)|close of business on|holders of record", re.IGNORECASE)
_NOT_THIS = re.compile(r"\b(?:last year|prior|previous|was held|were held|meeting held on|next|following year|anniversary|founded|since)\b", re.IGNORECASE)
_EARLY = 400  # paragraphs in which the notice of the meeting stands
_NEXT = re.compile(r"rule 14a-8|14a-19|advance notice|next (?:year|annual)|\d{4} (?:annual|proxy)|universal proxy|inclusion in|nominat|by-?laws", re.IGNORECASE)
_BY = re.compile(r"\b(?:no later than|not later than|on or before|prior to|before|by|later than|until|deadline[^.]{0,60}?is|must be received[^.]{0,120}?by)\W[^.]{0,90}$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:no earlier than|not earlier than|no sooner than|between|on or after|earlier than|after|from|beginning)\b[^.]{0,60}$", re.IGNORECASE)
_LOOK_BACK = 220


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date that the proxy statement states for next year: `kind` is "14a-8", "advance_notice" or "14a-19".

    `opens` is the first day of a window, None where only its last day is stated.
    """

    kind: str
    opens: date | None
    closes: date
    place: Span


def meeting_dates(paragraphs: Sequence[Paragraph]) -> dict[str, tuple[date, Span]]:
    """Return the meeting's date and the record date, as "meeting_date" and "record_date", each where it is surely there."""
    held: Counter[date] = Counter()
    record: Counter[date] = Counter()
    places: dict[tuple[str, date], Span] = {}
    for at, paragraph in enumerate(paragraphs[:_EARLY]):
        text = paragraph.text
        for day, start, end in dates_in(text):
            before = text[max(0, start - _LOOK_BACK) : start]
            above = f"{paragraphs[at - 1].text[-60:]} " if at and start < 40 else ""
            near = above + before
            after = text[end : end + 60]
            if _is_record(near, after):
                record[day] += 1
                places.setdefault(("record_date", day), paragraph.place(start, end))
            elif _HELD.search(near[-160:]) and not _NOT_THIS.search(near[-60:]):
                held[day] += 1
                places.setdefault(("meeting_date", day), paragraph.place(start, end))
    found: dict[str, tuple[date, Span]] = {}
    for name, counts in (("meeting_date", held), ("record_date", record)):
        if counts and (day := _clear_winner(counts)):
            found[name] = day, places[name, day]
    if "meeting_date" in found and "record_date" in found and found["record_date"][0] >= found["meeting_date"][0]:
        del found["record_date"]
    return found


def _is_record(before: str, after: str) -> bool:
    return bool(_RECORD.search(before[-110:]) or re.match(r"[,) ]{0,3}(?:\(?(?:is |as )?(?:the |our )?[“\"(]{0,2}record date)", after, re.IGNORECASE))


def _clear_winner(counts: Counter[date]) -> date | None:
    (first, most), *others = counts.most_common()
    return None if others and others[0][1] == most else first


def dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield the dates that a text names, with where they stand; a date that no calendar has is left out."""
    for found in _DATE.finditer(text):
        month = _MONTHS[(found["month"] or found["month2"]).lower()]
        try:
            yield date(int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"])), found.start(), found.end()
        except ValueError:
            continue


def deadlines_in(paragraphs: Sequence[Paragraph]) -> tuple[Deadline, ...]:
    """Return the deadlines stated for next year's proposals and nominations, the first statement of each."""
    found: dict[tuple[str, date], Deadline] = {}
    for paragraph in paragraphs:
        if _NEXT.search(paragraph.text):
            for deadline in _deadlines(paragraph):
                found.setdefault((deadline.kind, deadline.closes), deadline)
    return tuple(found.values())


_SENTENCES = re.compile(r"(?<=[a-z0-9)”\"][.;]) (?=[A-Z“\"])")


def _deadlines(paragraph: Paragraph) -> Iterator[Deadline]:
    start, kind = 0, ""
    for sentence in _SENTENCES.split(paragraph.text):
        kind = _kind(sentence) or kind
        opens: date | None = None
        for day, at, end in dates_in(sentence):
            before = sentence[max(0, at - _LOOK_BACK) : at]
            if opens and re.search(r"\b(?:and|nor|to|or|through)\b[^.]{0,60}$", before[-70:]) and kind:
                yield Deadline(kind, opens, day, paragraph.place(start + at, start + end))
                opens = None
            elif _FROM.search(before[-80:]) and not _BY.search(before[-40:]):
                opens = day
            elif kind and _BY.search(before):
                yield Deadline(kind, None, day, paragraph.place(start + at, start + end))
        start += len(sentence) + 1


def _kind(sentence: str) -> str:
    if "14a-19" in sentence or re.search(r"universal proxy", sentence, re.IGNORECASE):
        return "14a-19"
    if re.search(r"not (?:submitted|intended|included|be included|for inclusion)|outside (?:of )?(?:the process|rule 14a-8)|other than (?:pursuant|under|in accordance)|advance notice|\bby-?laws\b|nominat", sentence, re.IGNORECASE):
        return "advance_notice"
    if "14a-8" in sentence or re.search(r"inclu(?:ded|sion) in (?:our|the|its|next)[^.]{0,60}proxy", sentence, re.IGNORECASE):
        return "14a-8"
    return ""
