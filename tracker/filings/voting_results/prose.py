"""Counts told in sentences and bullets: "1,234 shares in favor, 56 against and 7 abstaining", "For: 1,234"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.filings.voting_results.roles import ABSTAIN, AGAINST, BROKER, FOR, WITHHELD, YEARS

_NO = r"no|zero|none|nil|-0-"
_NUMBER = (
    r"(?P<number>(?<![\w$.,/-])(?<!\$ )[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9]|,[0-9]|\s?%|\spercent|\.[0-9])"
    rf"|(?<![\w$.,/#-])(?<!\$ )(?<!proposal )(?<!item )(?<!no\. )"
    rf"[0-9]{{1,15}}(?:\.[0-9]+)?(?![0-9]|,[0-9]|\s?%|\spercent|\.[0-9]|/)(?!\s{{1,3}}(?:\([123]\)\s)?years?\b)"
    rf"|(?<![\w-])(?:{_NO})(?![\w-]))"
)
_ROLE = (
    r"(?P<role>(?:for|in favou?r of)\s{1,3}(?:an?\s{1,3})?(?:annual|biennial|triennial)(?:ly)?\b|"
    r"(?:(?:for|in favou?r of|every|once every|an?|to hold|a (?:frequency|period|term) of|“|\")\s{1,3}){0,3}"
    r"(?:(?:one|1|two|2|three|3)[\s-](?:\([123]\)\s)?years?\b|(?:annual|biennial|triennial)(?:ly)?\b(?!\s(?!and\b|or\b)[a-z]{3})"
    r"|every year\b"
    r"|every other year\b)"
    r"|(?:(?:broker|brokered|brokers)['’]?[\s-]{0,3}|\b)non[\s‐‑–-]{0,3}vot(?:es?|ing|ed)\b|\bbnvs?\b|\buncast\b"
    r"|(?:authority\s|authority to vote\s)?\bwithh[eo]ld(?:ing)?\b"
    r"|\babst(?:ain(?:ed|ing|s)?|entions?|ensions?)\b"
    r"|\bagainst\b|\bin opposition\b|\bopposed\b|\bopposing\b|\bnegative\b"
    r"|\bin favou?r\b(?: of)?|\baffirmative\b|\bfor\b(?!\s(?:each|every|one|the fiscal|fiscal|a period|the period"
    r"|the year|which|purposes|such meeting|the annual|the meeting|use|issuance|more|a term|a one|a three)\b)"
    r")"
)
_FILLER = (
    r"shares?|votes?|were|was|are|is|have|had|been|being|voted|voting|vote|cast|casting|cast|of|the|our|its|their"
    r"|company['’]s|common|stock|class [a-z]|ordinary|"
    r"to|in|by|with|represented|such|as|proxies|broker|authority|holders|stockholders|shareholders|units|interests"
    r"|that|who|which|recorded|received|an?|directed|elected|\([^()]{1,60}\)"
)
_AFTER = (
    r"shares?|votes?|the|this|that|proposals?|resolution|nominees?|amendment|plan|ratification|directors?|of|were"
    r"|was|is|are|total(?:l?ed|ing)?|"
    r"number(?:ed)?|amounted|authority|to|cast|voted|election|her|his|him|it|approval|adoption|there|received|by|on"
    r"|matter"
    r"|such|representing|frequency|(?:for|as\sto|in\sthe\scase\sof|with\srespect\sto)\s(?:each|every|all)|\([^()]{1,40}\)"
)
_NUMBER_FIRST = re.compile(
    rf"{_NUMBER}(?:\s{{1,20}}(?:{_FILLER})\b,?|\s{{0,3}}\([^()]{{1,60}}\)){{0,9}}[\s“\"‘'(]{{1,20}}{_ROLE}",
    re.IGNORECASE,
)
_ROLE_FIRST = re.compile(
    rf"{_ROLE}[”\"’')]?(?:[\s]{{1,20}}(?:{_AFTER})\b){{0,8}}[”\"’')]?\s{{0,20}}"
    rf"(?:[:=|–—-]{{0,2}}|(?:(?<=year)|(?<=years)|(?<=abstentions)),(?=\s[0-9,]{{1,19}}\s(?:votes|shares)))[\s•\[]{{0,20}}{_NUMBER}",
    re.IGNORECASE,
)
# "For Against Abstain 1,234": the figure is of the first of the headings that stand side by side, not of the last.
_HEADS_BEFORE = re.compile(rf"{_ROLE}\s{{1,20}}\Z", re.IGNORECASE)
_NEITHER = re.compile(
    rf"\b(?:no|zero)\s+{_ROLE}\s+(?:and|or|nor|,)\s+(?:no\s+)?{_ROLE.replace('role', 'other')}", re.IGNORECASE
)
_ROLES, _NUMBERS = re.compile(_ROLE, re.IGNORECASE), re.compile(_NUMBER, re.IGNORECASE)
_OF_WHOM = re.compile(r"for (?=[A-ZÀ-Þ][\w.'’-]{0,30}\s[A-ZÀ-Þ])(?P<name>[^,;:]{3,60}?)(?= (?:were|was|totall?ed)\b)")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_SAYS_NONE = re.compile(r"\b(?:no|zero|none)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\.\s{1,4}(?=[A-Z])|;\s|,?\s(?:and|with)\s(?=there (?:were|was)\b)")
_FEWEST = 2
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Told(NamedTuple):
    """One count told in a text, with the place of its figure in that text; `start` and `end` hold the whole phrase."""

    role: str
    value: int
    at: int
    to: int
    start: int
    end: int


def told_in(text: str) -> list[Told]:
    """Return the counts that a text tells, in order: number before word, or word before number, never both."""
    if not any(mark.isdigit() for mark in text) and not _SAYS_NONE.search(text):
        return []
    before = _with_none(text, list(_found(_NUMBER_FIRST, text)))
    after = [
        one for one in _found(_ROLE_FIRST, text) if not _HEADS_BEFORE.search(text, max(0, one.start - 60), one.start)
    ]
    told = max(before, after, list(_respectively(text)), key=_weight)
    return _with_others(text, told, before, after)


def _with_others(text: str, told: list[Told], *ways: list[Told]) -> list[Told]:
    """Add what a clause of its own tells the other way: "12 votes for, 3 against. Broker non-votes were 4."."""
    if len(told) < _FEWEST:
        return told
    ends = [0, *(end.end() for end in _CLAUSE_END.finditer(text)), len(text)]
    for start, end in pairwise(ends):
        if not any(start <= one.start < end for one in told):
            roles = {one.role for one in told}
            told = [*told, *(one for way in ways for one in way if start <= one.start < end and one.role not in roles)]
    return sorted(told, key=lambda one: (one.start, one.end))


def whose(text: str, one: Told) -> tuple[int, int] | None:
    """Return the place of the name within a phrase such as "Votes for and withheld for A. B. Cole were 12 and 3"."""
    named = _OF_WHOM.search(text, one.start, one.at)
    return named.span("name") if named else None


def _weight(told: Sequence[Told]) -> tuple[int, int]:
    return len({one.role for one in told}), -sum(one.end - one.start for one in told)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Told]:
    for found in pattern.finditer(text):
        value = _value(found["number"])
        if value is not None:
            yield Told(
                _role(found["role"]), value, found.start("number"), found.end("number"), found.start(), found.end()
            )


def _respectively(text: str) -> Iterator[Told]:
    """Yield what is told as "for, against and abstaining were 1,234, 56 and 7, respectively", or figures first."""
    for end in _RESPECTIVELY.finditer(text):
        start = text.rfind(". ", 0, end.start()) + 1
        roles = [one for one in _ROLES.finditer(text, start, end.start()) if not _OF_WHOM.match(text, one.start())]
        numbers = [found for found in _NUMBERS.finditer(text, start, end.start()) if _value(found[0]) is not None]
        apart = bool(roles and numbers) and (
            numbers[0].start() > roles[-1].end() or numbers[-1].end() < roles[0].start()
        )
        if apart and len(roles) == len(numbers) == len({_role(role[0]) for role in roles}) > 1:
            for role, number in zip(roles, numbers, strict=True):
                value = _value(number[0])
                if value is not None:
                    yield Told(_role(role[0]), value, number.start(), number.end(), roles[0].start(), end.end())


def _with_none(text: str, told: list[Told]) -> list[Told]:
    """Add the second of two that there were none of: "no abstentions or broker non-votes"."""
    known = {(one.role, one.at) for one in told}
    for found in _NEITHER.finditer(text):
        one = Told(_role(found["other"]), 0, found.start(), found.start() + 2, found.start(), found.end())
        if (one.role, one.at) not in known:
            told.append(one)
    return sorted(told, key=lambda one: (one.start, one.end))


def _value(text: str) -> int | None:
    if not text[0].isdigit():
        return 0
    if _YEAR.fullmatch(text):
        return None
    whole, _, fraction = text.replace(",", "").partition(".")
    return int(whole) + (fraction[:1] >= "5" if fraction else 0)


def _role(text: str) -> str:
    plain = text.lower()
    for name, words in (
        (YEARS[2], ("three", "3", "triennial")),
        (YEARS[1], ("two", "2", "biennial", "other year")),
        (YEARS[0], ("one", "1", "annual", "every year")),
    ):
        if any(word in plain for word in words) and ("year" in plain or "nnual" in plain or "ennial" in plain):
            return name
    if "vot" in plain or "bnv" in plain or "uncast" in plain:
        return BROKER if "non" in plain or "bnv" in plain or "uncast" in plain else WITHHELD
    if "with" in plain:
        return WITHHELD
    if "abst" in plain:
        return ABSTAIN
    return FOR if "favo" in plain or "for" in plain or "affirm" in plain else AGAINST
