"""The fields of a Notice of Exempt Solicitation (17 CFR 240.14a-103), however the filer lays them out.

A field is "1. Name of the Registrant: Example Corp.", its label and its value may stand on lines or in cells of their
own, or the label is a caption in brackets below the value. A value ends where the next label begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.filings.layout.blocks import Layout
from tracker.filings.letters.parties import acts_for_somebody, begins_whole, ends_whole
from tracker.filings.letters.passages import Found
from tracker.filings.letters.postal import is_address

_FARTHEST = 30_000  # characters: the notice comes before the written materials
_MOST_LINES = 40
_EXEMPTION = r"(?:relying\s+(?:up)?on\s+(?:(?:the|this|an)\s+)?exemption|claiming\s+(?:the\s+)?exemption)"
_WHO = r"(?:persons?|part(?:y|ies)|filers?|shareholders?|individuals?)(?:\s?\(s\)|\s?\(ies\))?"
_PERSON = rf"(?:(?:filing\s+)?{_WHO}\s+{_EXEMPTION}|filing\s+persons?)"
_LABEL = re.compile(
    rf"""(?xi)
    (?P<registrant>\bnames?\s+of\s+(?:the\s+)?(?:registrant|issuer|(?:subject\s+)?company)(?:\(s\))?
        (?:\s*,?\s*as\s+(?:specified|set\s+forth)\s+in\s+its\s+charter)?)
    | (?P<company>(?:(?<=[\n\t])|\A)(?:company|registrant|issuer)(?:\s+name)?(?=\s?:))
    | (?P<persons>\bnames?(?:\(s\))?\s+of\s+(?:the\s+|each\s+)?{_PERSON}
        | \bnames?(?:\(s\))?\s+and\s+address(?:es)?\s+of\s+(?:the\s+|each\s+)?{_PERSON})
    | (?P<sender>(?:(?<=[\n\t])|\A)(?:from|filers?|filed\s+by|soliciting\s+persons?|submitted\s+by)(?=\s?:))
    | (?P<address>\baddress(?:es)?(?:\s?\(es\))?\s+of\s+(?:the\s+|each\s+)?(?:{_PERSON}|persons?|filers?))
    | (?P<materials>\bwritten\s+(?:soliciting\s+)?materials?\b | \bvote\s+(?:for|against|yes|no)\b
        | \b(?:this\s+is\s+)?not\s+a\s+solicitation\b | \bpursuant\s+to\s+rule\s+14a-
        | \bthe\s+attached\b | \b(?:dear|fellow)\s+(?:fellow\s+)?(?:share|stock)(?:holder|owner)s?\b)
    | (?P<other>(?:(?<=[\n\t])|\A)(?:to|re|date|subject|contact|item|address)(?=\s?:))
    | (?P<date>\bdate\s+of\s+(?:the\s+)?(?:annual\s+|special\s+)?(?:share|stock)?(?:holders?['’]?s?['’]?\s+)?meeting)
    """
)
_FIELDS = {"registrant": "registrant", "company": "registrant", "persons": "persons", "sender": "persons"}
_CLOSING = re.compile(r"\s*\)?\s*[:.)\]–—-]*[ \t]*")
_LEAD = re.compile(r"(?:(?<![\w.])(?:\(?\d{1,2}|[a-z])[.)]|[(•·*-])?\s*(?:the\s+)?$", re.IGNORECASE)
_RULE = re.compile(r"[\W_]*")
_LINE = re.compile(r"[^\n\t]+")
_FAR_RIGHT = 24  # a column in which values stand beside their labels
_LONGEST_LINE = 600
_LONGEST = 3000  # characters; what is longer is no field


@dataclass(frozen=True, slots=True)
class Fields:
    """The lines of the notice's fields; empty where it has none. `is_notice`: it names who relies on the exemption.

    A memo may name company and sender in its head ("Company:", "From:") and be no notice.
    """

    registrant: tuple[Found, ...]
    persons: tuple[Found, ...]
    is_notice: bool


def notice_fields(layout: Layout) -> Fields:
    """Return what stands under the labels of a notice."""
    text = layout.text[:_FARTHEST]
    width = max(
        (len(block.text) for block in layout.blocks if block.kind == "line" and not _RULE.fullmatch(block.text)),
        default=0,
    )
    labels = list(_LABEL.finditer(text))
    found: dict[str, tuple[Found, ...]] = {}
    is_notice = False
    for number, label in enumerate(labels):
        said = label.lastgroup or ""
        kind = _FIELDS.get(said, "")
        if not kind or found.get(kind):
            continue
        is_notice = is_notice or said == "persons"
        bracket = _caption(text, label.start())
        if bracket is None:
            after = _CLOSING.match(text, label.end())
            start = after.end() if after else label.end()
            end = labels[number + 1].start() if number + 1 < len(labels) else start + _FARTHEST
            lines = list(_lines(text, start, _before_number(text, start, end), width))
            alone = kind == "registrant" or end - start > _LONGEST
            found[kind] = tuple(lines[:1] if alone else lines[:_MOST_LINES])
        else:
            since = max((_after_caption(text, before.end()) for before in labels[:number]), default=0)
            lines = list(_lines(text, since, bracket, width))
            found[kind] = tuple(lines[-1:] if kind == "registrant" or not since else lines[-_MOST_LINES:])
    return Fields(found.get("registrant", ()), found.get("persons", ()), is_notice)


def _caption(text: str, start: int) -> int | None:
    """Return where the bracket opens that a caption stands in, None for a label before its value."""
    before = text[max(0, start - 40) : start]
    before = re.sub(r"(?:the|each)\s+$", "", before, flags=re.IGNORECASE).rstrip()
    return start - len(text[max(0, start - 40) : start]) + len(before) - 1 if before.endswith("(") else None


def _after_caption(text: str, end: int) -> int:
    """Return where the line of a label ends, with what its caption says further."""
    line_end = text.find("\n", end)
    closing = text.find(")", end, line_end if line_end >= 0 else len(text))
    return closing + 1 if closing >= 0 else end


def _before_number(text: str, start: int, end: int) -> int:
    """Return where a value ends, before the number or the bracket that leads the next label."""
    found = _LEAD.search(text, max(start, end - 40), end)
    return found.start() if found else end


def _lines(text: str, start: int, end: int, width: int) -> Iterator[Found]:
    """Yield the lines and cells that say something; one that is as long as the text is wide goes on with the next."""
    held: Found | None = None
    for line in _LINE.finditer(text, start, min(end, len(text))):
        words = line[0].strip()[:_LONGEST_LINE]
        if _RULE.fullmatch(words):
            continue
        at = line.start() + line[0].index(words)
        found = Found(" ".join(words.split()), at, at + len(words))
        if held and _is_full(text, held, found, width):
            held = Found(f"{held.text} {found.text}", held.start, found.end)
        else:
            if held:
                yield held
            held = found
    if held:
        yield held


def _is_full(text: str, line: Found, following: Found, width: int) -> bool:
    """Return whether a line of a text file goes on: the next one's first word would not have fitted at its end.

    Two whole names below each other are two names; in a column of its own, a whole name is always another.
    """
    if not width or text[line.end : following.start].count("\n") != 1 or is_address(following.text):
        return False
    column, below = (_column(text, found.start) for found in (line, following))
    if begins_whole(following.text) and (
        ends_whole(line.text) or is_address(line.text) or column == below >= _FAR_RIGHT
    ):
        return False
    if acts_for_somebody(line.text) and not ends_whole(line.text):
        return True
    long = line.end - text.rfind("\n", 0, line.end) - 1
    return long + 1 + len(following.text.split(maxsplit=1)[0]) > width


def _column(text: str, place: int) -> int:
    return place - text.rfind("\n", 0, place) - 1
