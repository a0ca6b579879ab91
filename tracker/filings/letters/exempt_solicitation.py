"""A notice of exempt solicitation (PX14A6G), or the same on a proponent's own page: who asks for which votes.

Sources: Rule 14a-103, 17 CFR 240.14a-103, for the notice; Rule 14a-6(g) for who must send one. Postal addresses are
never taken: the notice asks for them, and some are private homes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.errors import ParseError
from tracker.filings.layout.filed import Layout, layout_of
from tracker.filings.letters.days import days_in, days_of_year
from tracker.filings.letters.notice_fields import notice_fields
from tracker.filings.letters.parties import Party, name_in, parties_in
from tracker.filings.letters.passages import Found, sentences
from tracker.filings.letters.postal import without_addresses
from tracker.filings.letters.solicited_items import SolicitedItem, solicited_items

_FORMS = ("DFAN14A", "")
_SAYS_SO = re.compile(r"\bexempt\s+solicitation\b|\b14a-?103\b|\b14a-?6\s?\(g\)", re.IGNORECASE)
_OF_COMPANY = re.compile(
    r"\bschedule\s+14a\b|\bfiled\s+by\s+the\s+registrant\b|\bform\s+(?:8-k|10-k|10-q|n-px)\b|\bcurrent\s+report\b"
    r"|\bproxy\s+statement\s+pursuant\s+to\b|\bnotice\s+of\s+(?:the\s+)?(?:\d{4}\s+)?annual\s+meeting\b",
    re.IGNORECASE,
)
_BEGINNING = 30_000  # characters
_MEETING = re.compile(
    r"\b(?:annual|special|general|shareholders?['’]?|stockholders?['’]?)\s+(?:general\s+)?meeting\b|\bAGM\b|\bmeeting\s+date\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(20\d\d|19\d\d)\s+(?:annual|special)\b|\b(?:annual|special)\s+meeting\s+(?:of|in)\s+(20\d\d)\b", re.IGNORECASE
)
_OTHER_DAYS = re.compile(
    r"\b(?:record\s+date|of\s+record|filed|dated|received|deadline|no\s+later\s+than|proxy\s+statement\s+(?:on|of))\b",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"(?<!meeting )\bdate\s*:\s*$", re.IGNORECASE)
_VOLUNTARY = re.compile(
    r"\bvoluntar(?:y|ily)\b|\bnot\s+required\s+of\s+this\s+filer\b|\bdoes\s+not\s+(?:beneficially\s+)?own\s+more\s+than\s+\$5\s+million",
    re.IGNORECASE,
)
_FARTHEST = 150  # characters between a day and the meeting it is of


@dataclass(frozen=True, slots=True)
class ExemptSolicitation:
    """What a solicitation says of itself. `persons` rely on the exemption; names and items have places in the text.

    `voluntary` is True where the notice says that it is not required; it is never concluded otherwise.
    """

    registrant: Found | None
    persons: tuple[Party, ...]
    items: tuple[SolicitedItem, ...]
    meeting_date: date | None
    meeting_place: Found | None
    voluntary: bool
    warnings: tuple[str, ...]


def exempt_solicitation(body: bytes, content_type: str = "") -> ExemptSolicitation:
    """Read a solicitation as HTML, text or PDF; raises ParseError for what is none, InputError when it is too large."""
    return solicitation_in(layout_of(body, content_type))


def solicitation_in(layout: Layout) -> ExemptSolicitation:
    """Read a solicitation; raises ParseError for a document that neither is a notice nor asks for votes."""
    fields = notice_fields(layout)
    is_notice = fields.is_notice or _SAYS_SO.search(layout.text[:_BEGINNING]) is not None
    _refuse_another(layout, is_notice=is_notice)
    told = tuple(sentences(layout))
    named = next(without_addresses(fields.registrant), None)
    registrant = name_in(named) if named else None
    items, warnings = solicited_items(told, registrant.text if registrant else "")
    if not is_notice and not items:
        raise ParseError(
            "reading an exempt solicitation: it does not name who relies on the exemption and asks for no vote; it is "
            "another document"
        )
    persons = parties_in(fields.persons)
    day, place = _meeting(told)
    return ExemptSolicitation(
        registrant,
        persons,
        items,
        day,
        place,
        _VOLUNTARY.search(layout.text) is not None,
        (
            *layout.warnings,
            *(() if registrant else ("the company is not named in a field of the notice",)),
            *(() if persons else ("who relies on the exemption is not named in a field of the notice",)),
            *warnings,
        ),
    )


def _refuse_another(layout: Layout, *, is_notice: bool) -> None:
    """Raise ParseError for another form, and for what a company filed itself."""
    if layout.form not in _FORMS and not layout.form.startswith("PX14A6"):
        raise ParseError(f"reading an exempt solicitation: the document is of form {layout.form}")
    company = None if is_notice else _OF_COMPANY.search(layout.text[:_BEGINNING])
    if company:
        raise ParseError(
            f"reading an exempt solicitation: the document is the company's: it says {' '.join(company[0].split())!r}"
        )


def _meeting(told: Sequence[Found]) -> tuple[date | None, Found | None]:
    """Return the meeting's day: the last that is said of a meeting, for a solicitation looks forward to one."""
    found: list[tuple[date, Found]] = []
    for sentence in told:
        meetings = [sentence.start + meeting.start() for meeting in _MEETING.finditer(sentence.text)]
        if not meetings:
            continue
        days = list(days_in(sentence))
        year = _YEAR.search(sentence.text)
        if not days and year:
            days = list(days_of_year(sentence, int(year[1] or year[2])))
        for day, place in days:
            near = min(abs(place.start - at) for at in meetings) <= _FARTHEST
            if near and not _is_of_letter(sentence, place):
                found.append((day, place))
    return max(found, default=(None, None))


def _is_of_letter(sentence: Found, day: Found) -> bool:
    """Return whether a day is that of a letter, a record date or a filing: it says so, or stands on a line alone."""
    start, end = day.start - sentence.start, day.end - sentence.start
    before = sentence.text[max(0, start - 60) : start]
    if _OTHER_DAYS.search(before) or _DATE_LINE.search(before):
        return True
    line_start = sentence.text.rfind("\n", 0, start) + 1
    line = sentence.text[line_start:].partition("\n")[0]
    alone = line.strip() == sentence.text[start:end].strip()
    return alone and "\n" in sentence.text and not before.rstrip().endswith((":", "on", "for", "meeting"))
