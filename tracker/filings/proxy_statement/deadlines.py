"""The deadlines that a proxy statement states for the next annual meeting: proposals under Rule 14a-8, other business
and nominations under the by-laws, proxy access, and notice under Rule 14a-19.

Source: 17 CFR 240.14a-5(e), by which every proxy statement says them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.filings.proxy_statement.meeting import dates_in
from tracker.filings.proxy_statement.paragraphs import Paragraph, Span

Kind = Literal["14a-8", "advance_notice", "proxy_access", "14a-19"]

_ABOUT = re.compile(
    r"14a-8|14a-19|advance notice|universal proxy|next (?:year|annual)|(?:19|20)\d\d (?:annual|proxy)"
    r"|inclu(?:ded|sion) in|nominat|by-?laws",
    re.IGNORECASE,
)
_NO_DEADLINE = re.compile(
    r"anniversary|before or after|more than|days (?:before|after|from|of|prior)|\bwithin\b"
    r"|\bchanged?\b|\bheld on\b|\bfiled\b|\bdated\b|\beffective\b|as of",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:no later than|not later than|on or before|prior to|before|by|later than|until|through"
    r"|deadline\b[^.]{0,80}\b(?:is|of))\b[^.]{0,70}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:no earlier than|not earlier than|no sooner than|not before|between|on or after|earlier than"
    r"|from|beginning)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|nor|to|or|through|until)\b[^.]{0,70}$", re.IGNORECASE)
_NOT_INCLUDED = re.compile(
    r"\bnot (?:submitted|intended|to be included|be included|included|for inclusion|seeking|pursuant)"
    r"|but not|without (?:inclusion|including)|outside (?:of )?(?:the processes? of "
    r"|the )?(?:rule )?14a-8|other than (?:a proposal|proposals|pursuant|under|in accordance)",
    re.IGNORECASE,
)
_INCLUDED = re.compile(r"14a-8|inclu(?:ded|sion|de)\b[^.]{0,40}\b(?:in|into)\b[^.]{0,60}\bproxy", re.IGNORECASE)
_ACCESS = re.compile(
    r"proxy access|nominat\w+[^.]{0,60}inclu(?:ded|sion|de)\b[^.]{0,60}proxy|inclu\w+[^.]{0,60}nominees?\b",
    re.IGNORECASE,
)
_BY_LAWS = re.compile(
    r"advance notice|\bby-?laws\b|\bcode of regulations\b|\barticles\b|nominat|other business|otherwise|matters?\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[a-z0-9)”\"][.;]) (?=[A-Z“\"])")
_LONGEST_WAIT = timedelta(days=420)
_LOOK_BACK = 220


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline stated for next year. `opens` is the first day of its window, None where none is said."""

    kind: Kind
    opens: date | None
    closes: date
    place: Span


def deadlines_in(paragraphs: Sequence[Paragraph], meeting: date | None) -> tuple[Deadline, ...]:
    """Return the deadlines stated for the year after `meeting`, each once, in the order in which they stand."""
    found: dict[tuple[str, date], Deadline] = {}
    for paragraph in paragraphs:
        if _ABOUT.search(paragraph.text):
            for deadline in _deadlines(paragraph):
                if meeting is None or meeting < deadline.closes < meeting + _LONGEST_WAIT:
                    found.setdefault((deadline.kind, deadline.closes), deadline)
    return tuple(found.values())


def _deadlines(paragraph: Paragraph) -> Iterator[Deadline]:
    start = 0
    above: Kind | None = None
    for sentence in _SENTENCES.split(paragraph.text):
        kind = _kind(sentence) or above
        opens: date | None = None
        for day, at, end in dates_in(sentence):
            before = sentence[max(0, at - _LOOK_BACK) : at]
            if kind is None or _NO_DEADLINE.search(before[-70:]):
                continue
            if opens is not None and opens < day and _AND.search(before[-90:]):
                yield Deadline(kind, opens, day, paragraph.place(start + at, start + end))
                opens = None
            elif _FROM.search(before):
                opens = day
            elif _UNTIL.search(before):
                yield Deadline(kind, None, day, paragraph.place(start + at, start + end))
        above = kind
        start += len(sentence) + 1


def _kind(sentence: str) -> Kind | None:
    if "14a-19" in sentence or "universal proxy" in sentence.lower():
        return "14a-19"
    if _ACCESS.search(sentence) and "other than" not in sentence:
        return "proxy_access"
    if _NOT_INCLUDED.search(sentence):
        return "advance_notice"
    if _INCLUDED.search(sentence):
        return "14a-8"
    return "advance_notice" if _BY_LAWS.search(sentence) else None
