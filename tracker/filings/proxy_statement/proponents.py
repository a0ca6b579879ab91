"""Who submits a shareholder proposal and who acts for them, out of the words between "submitted by" and the full stop.

Postal addresses and holdings stand between the names; they are passed over and never kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.filings.proxy_statement.asides import SOME_HOLDER
from tracker.filings.proxy_statement.names import JOINT, ROLE, names_in
from tracker.filings.proxy_statement.words import HOLDER

_BEHALF = re.compile(
    r",?\s*\(?\s*(?:(?:and |acting )?(?:for and )?(?:on|in) behalf of|as (?:the )?(?:agent"
    r"|representative|proxy|attorney|investment manager|investment advis[eo]r|custodian"
    r"|trustees?)s? (?:for|of)|(?:trustee|custodian|representative|agent)s? (?:for|of)|acting for"
    r"|representing|as a representative of)\s+(?![\d$])(?:its clients?,?\s|their clients?,?\s|a client,?\s)?",
    re.IGNORECASE,
)
_THROUGH = re.compile(
    r",?\s*\(?\s*(?:c/o|care of|through (?:its|his|her|their) [a-z]+(?: [a-z]+)?,?|[Rr]epresented by|by (?:its"
    r"|his|her|their) [a-z]+(?: [a-z]+){0,2},?|with (?:its|his|her|their) (?:\w+ )?(?:representative|agent)s?,?"
    r"|and (?:its|his|her|their) (?:\w+ )?(?:representative|agent)s?,?"
    r"|who has (?:designated|appointed|authorized|named))\s+(?=[A-Z])"
)
_PREFACE = re.compile(
    r"^(?:(?:On|By letter dated|In a letter dated) [A-Z][a-z]+ \d{1,2}, \d{4},"
    r"|(?:[Aa]n? )?(?:\w+ )?representatives? (?:of|from)"
    rf"|(?:[Aa] )?group of {HOLDER}s led by)\s+"
)
_ITSELF = re.compile(r"(?:it|him|her)self\b|themselves\b")
_FOR_OTHERS = re.compile(
    r"\b(?:(?:proposal|resolution)(?: (?:set forth )?(?:below|above))?|that (?:it|he|she|they)),? on behalf of "
    r"(?P<whose>(?-i:(?:the )?[A-Z])[^;:]{2,200}?)"
    r"(?=[.]?$|\.\s|,? (?:for|at|to|and requested|intends?|plans?|will)\s)"
)
_CO_FILER = re.compile(
    r"\band (?P<whose>(?:the )?[A-Z][^;:]{2,160}?),? (?:(?:has|have|which|who) )?co-?(?:filed|sponsored)\b"
)
_CO_FILERS = re.compile(r"\bco-?(?:filers|sponsors|proponents)\b", re.IGNORECASE)
_COMPANY_ITSELF = re.compile(
    r"\b(?:board|directors|committee|management|auditors?|accounting firm|LLP)\b", re.IGNORECASE
)
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Named:
    """The proponents and those who act for them, as printed; empty where the text names nobody."""

    proponents: tuple[str, ...]
    representatives: tuple[str, ...]


def named_in(words: str, rest: str = "", *, several: bool = False) -> Named:
    """Return the names in the words that say who submits a proposal; `rest` is what the sentence says after them.

    `several`: its verb stands in the plural, so that "A and B" are two.
    """
    proponents: list[str] = []
    representatives: list[str] = []
    words = _PREFACE.sub("", words)
    several = several or _CO_FILERS.search(words) is not None
    if for_others := _FOR_OTHERS.search(rest):
        words = f"{words} on behalf of {for_others['whose']}"
    if co_filer := _CO_FILER.search(rest):
        words = f"{words}; and {co_filer['whose']}"
    _, through, agents = _split(_THROUGH, rest)
    if through:
        representatives += names_in(agents, several=True)[:2]
    for filer in _by_filer(words):
        acting, behalf, whose = _split(_BEHALF, filer)
        if behalf and (itself := _ITSELF.match(whose)):
            proponents += names_in(acting, several=several)
            acting, whose = "", whose[itself.end() :]
        if behalf and not names_in(whose, several=several):
            behalf, whose = False, ""  # "the Comptroller, as trustee of the city's funds"
        if behalf:
            representatives += names_in(acting, several=several)
        owners, through, agents = _split(_THROUGH, whose if behalf else acting)
        if through and not owners.strip():
            agents, _, owners = agents.partition(",")  # "Represented by A, B submits"
        if through:
            representatives += names_in(agents, several=several)[:2]
        proponents += names_in(owners, several=several)
    chosen = tuple(dict.fromkeys(proponents))[:_MOST_NAMES]
    return Named(chosen, tuple(name for name in dict.fromkeys(representatives) if name not in chosen))


def _by_filer(words: str) -> Iterator[str]:
    """Yield the parts of a list whose filers are told apart: "A, as lead filer, and B on behalf of C, as co-filer"."""
    start = 0
    for role in ROLE.finditer(words):
        yield JOINT.sub("", words[start : role.start()].strip(" ,;"), count=1) if start else words[: role.start()]
        start = role.end()
    tail = words[start:].strip(" ,;")
    yield (JOINT.sub("", tail, count=1) if JOINT.match(tail) else tail) if start else words


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, bool, str]:
    found = pattern.search(text)
    return (text[: found.start()], True, text[found.end() :]) if found else (text, False, "")


def names_some_holder(words: str) -> bool:
    """Whether the words speak of a shareholder without a name: "a stockholder", "one of our shareholders"."""
    return SOME_HOLDER.match(words.strip(" ,")) is not None


def names_company(words: str) -> bool:
    """Whether the words speak of the company's own board, committees or management."""
    return _COMPANY_ITSELF.search(words) is not None
