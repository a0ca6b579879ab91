"""The part of a Form 8-K that reports a meeting's votes: where it begins and ends, and what it says of itself.

Source: Form 8-K, Item 5.07 (since 2010), https://www.sec.gov/files/form8-k.pdf
"""

import re
from datetime import date

from tracker.domain.errors import ParseError
from tracker.filings.layout.blocks import Block, Layout

_NUMBER = r"[1-9]\s?\.\s?[0-9]{2}"
_ITEM = re.compile(
    rf"\W{{0,4}}items?\s{{0,4}}({_NUMBER})(?![0-9])((?:\W{{1,6}}(?:and|item"
    rf"|items)?\W{{0,4}}{_NUMBER}(?![0-9])){{0,4}})",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W{0,4}5\s?\.\s?07\W{1,6}submission of matters", re.IGNORECASE)
_TITLE = re.compile(
    r"\W{0,6}submission of (?:\w{1,12} )?matters to (?:a )?vote of (?:the )?(?:security\s?-?holders|shareholders"
    r"|stockholders)\W{0,4}",
    re.IGNORECASE,
)
_END = re.compile(r"\W{0,4}(?:signatures?|exhibit index|index to exhibits)\W{0,4}", re.IGNORECASE)
_SIGNED = re.compile(
    r"\W{0,4}(?:signatures? )?pursuant to the requirements? of the securities exchange act", re.IGNORECASE
)
_FORM = re.compile(r"\bform\s{1,4}8\s?[-‐‑–—]\s?k\b", re.IGNORECASE)
_COVER = 8000

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_DAY = (
    rf"(?:(?P<month>{'|'.join(_MONTHS)})\.?\s{{1,4}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{{1,4}}(?P<year>(?:19"
    rf"|20)[0-9]{{2}})"
    rf"|(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?:day\sof\s)?(?P<month2>{'|'.join(_MONTHS)})\.?,?\s(?P<year2>(?:19"
    rf"|20)[0-9]{{2}})"
    r"|(?P<month3>[0-9]{1,2})/(?P<day3>[0-9]{1,2})/(?P<year3>(?:19|20)[0-9]{2}))"
)
_DATE = re.compile(rf"(?<![a-z0-9]){_DAY}(?![0-9])", re.IGNORECASE)
# What stands before a date that is not the meeting's.
_OTHER = re.compile(
    r"(?:record date|as of|dated|filed|filing|ending|ended|beginning|expir\w+|effective|mailed|until|through|since|"
    r"close of business|proxy statement|schedule 14a|scheduled for|originally|adjourned (?:from|on)|commenced on"
    r"|form 8-k)"
    r"(?:[^.;,0-9]|U\.S\.){0,70}$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|convened|conducted|took place|hosted|met|reconvened|concluded|completed)\b", re.IGNORECASE
)
_TO_COME = re.compile(r"\b(?:will|to) (?:be )?(?:held?|conven\w+|conduct\w*|take place)\b", re.IGNORECASE)
# What stands right before the meeting's own date: the surer words first.
_NEARER = (
    re.compile(r"reconvened[^.;]{0,80}$", re.IGNORECASE),
    re.compile(
        r"\b(?:held|convened|conducted|took place)(?: virtually| online)?,?(?: on)?(?: \w{3,6}day,?)?\s$", re.IGNORECASE
    ),
)
_AGAIN = re.compile(
    r"(?:,?\s(?:the [a-z]+|we)|,\s(?:(?!\b(?:was|were|and)\b)[^;]){2,60}?)\s(?:reconvened\b"
    r"|(?:held|convened|conducted)\s(?:its|the|a|our)\s(?:reconvened|adjourned)\b)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\bconsents?\b[^.;]{0,40}\b(?:in lieu of|without) (?:an?|the|any) (?:\w+ ){0,3}meeting\b", re.IGNORECASE
)
_NOTE = re.compile(r"\W{0,4}explanatory note\b|this amendment no|the purpose of this amendment", re.IGNORECASE)
_MEETING = re.compile(r"\bmeetings?\b|\bmet in (?:annual|special|general)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<![A-Z])(?<!\bNo)(?<!\bInc)(?<!\bCorp)(?<!\bLtd)(?<!\bCo)\.\s{1,4}(?=[A-Z“\"])")

_PRELIMINARY = re.compile(
    r"\bpreliminary\b[^.]{0,80}\b(?:results?|vote|votes|voting|tabulation|tally|count|counts|report|certification)\b"
    r"|\b(?:results?|votes|tabulation|tally|counts?|figures)\b[^.]{0,60}\b(?:is|are|remains?)\s(?:\w+\s)?preliminary\b",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"\b(?:final|definitive|certified)\b[^.]{0,40}\b(?:results?|vote|votes|voting|tabulation|tally|count|report)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|when|once|upon|until|after|pending|shall|intends?|following|subject to|expects?|within|as soon)\b",
    re.IGNORECASE,
)
_AMENDED = re.compile(r"form\s{1,4}8\s?[-‐‑–—]\s?k\s?/\s?a\b|\bamendment no\b|\(amendment no", re.IGNORECASE)


def section_of(layout: Layout) -> list[Block]:
    """Return the blocks of Item 5.07, without those of other items; none when the report has no such item.

    Raises ParseError when the document is no Form 8-K.
    """
    found: list[Block] = []
    within = False
    for block in layout.blocks:
        begins = _begins(block)
        if begins:
            within = True
        elif within and _ends(block):
            within = False
        if within:
            found.append(block)
    if not found and not layout.form.startswith("8-K") and not _FORM.search(layout.text[:_COVER]):
        start = " ".join(layout.text[:200].split())[:80]
        raise ParseError(
            f"reading voting results: this is no Form 8-K{f' but a {layout.form}' if layout.form else ''}; it begins "
            f"“{start}”: give the report in which the company files its meeting's votes under Item 5.07"
        )
    return found


def after_title(block: Block) -> int:
    """Return where in a block's text the item's own heading ends, 0 when it holds none."""
    item = _ITEM.match(block.text) if "5" in block.text[:20] else None
    title = _TITLE.match(block.text, item.end() if item else 0)
    return title.end() if title else item.end() if item else 0


def _begins(block: Block) -> bool:
    if item := _ITEM.match(block.text):
        return "5.07" in re.sub(r"\s", "", item[0])
    return _BARE.match(block.text) is not None


def _ends(block: Block) -> bool:
    text = block.text
    return bool(_ITEM.match(text) or _SIGNED.match(text) or (len(text) < 40 and _END.fullmatch(text)))


def meeting_date(text: str) -> date | None:
    """Return the day on which the item's text says that the meeting was held, None where it says none."""
    ranked: list[tuple[int, int, date]] = []
    for start, sentence in _sentences(text):
        if not _MEETING.search(_INSTEAD.sub("", sentence)):
            continue
        held = _HELD.search(sentence) is not None
        for found in _DATE.finditer(sentence):
            day = _day(found)
            before = sentence[max(0, found.start() - 90) : found.start()]
            if day is None or _OTHER.search(before):
                continue
            rank = next((rank for rank, said in enumerate(_NEARER) if said.search(before)), 2 if held else 3)
            rank = 0 if _AGAIN.match(sentence, found.end()) else rank
            ranked.append((rank, start + found.start(), day))
    return min(ranked)[2] if ranked else None


def meeting_date_before(layout: Layout, section: list[Block]) -> date | None:
    """Return the day on which the meeting was held by an item before or the note that explains an amendment.

    For an item that calls it "the" meeting.
    """
    before = [block for block in layout.blocks if block.end < section[0].start]
    starts = (place for place, block in enumerate(before) if _ITEM.match(block.text) or _NOTE.match(block.text))
    start = next(starts, len(before))
    told = [text for block in before[start:] for _, text in _sentences(block.text) if not _TO_COME.search(text)]
    return meeting_date("\n".join(text for text in told if _HELD.search(text)))


def _sentences(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for end in _SENTENCE.finditer(text):
        found.append((at, text[at : end.start()]))
        at = end.end()
    return [*found, (at, text[at:])]


def _day(found: re.Match[str]) -> date | None:
    month = found["month"] or found["month2"]
    number = _MONTHS[month.lower()] if month else int(found["month3"])
    try:
        return date(
            int(found["year"] or found["year2"] or found["year3"]),
            number,
            int(found["day"] or found["day2"] or found["day3"]),
        )
    except ValueError:
        return None


def is_amendment(layout: Layout) -> bool:
    """Return whether the report amends an earlier one."""
    return layout.form.endswith("/A") or _AMENDED.search(layout.text[:_COVER]) is not None


def is_preliminary(text: str, *, amends: bool) -> bool:
    """Return whether the counts in `text` are preliminary: final ones are spoken of as yet to come, or not at all."""
    if not _PRELIMINARY.search(text):
        return False
    for found in _FINAL.finditer(text):
        sentence = text[max(0, text.rfind(".", 0, found.start())) : found.end() + 80].split(".  ", maxsplit=1)[0]
        if not _FUTURE.search(sentence):
            return False
    return not (amends and _FINAL.search(text) and not _FUTURE.search(text))
