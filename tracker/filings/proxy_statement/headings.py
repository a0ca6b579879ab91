"""Headings of ballot items in a proxy statement: "Proposal No. 6", "ITEM 4 - SHAREHOLDER PROPOSAL", "Proposal Eleven",
"(Item 5 on the proxy card)", with the title that may stand around the number, on the lines below it, or over several.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.filings.proxy_statement.board import opens_board_statement
from tracker.filings.proxy_statement.intro import names_holder
from tracker.filings.proxy_statement.numbers import NUMBER, in_digits
from tracker.filings.proxy_statement.paragraphs import Paragraph, Span
from tracker.filings.proxy_statement.words import HOLDER, is_part_heading, opens_proposal_part

_LABEL = r"(?:(?:management|agenda|voting|ballot|proxy|advisory)\s+)?(?:proposal|item|resolution|matter)"
# What may stand before the label: "SHAREHOLDER PROPOSALS: ITEM 4", "Stockholder Proposal (Proposal No. 4) -- ...".
_KIND = rf"(?:management|company|{HOLDER}(?:['’]?s?['’]?))\s+proposals?\s?[:–—(|-]\s?"
_NUMBERED = re.compile(
    rf"[“\"*]{{0,2}}(?:{HOLDER}(?:['’]?s?['’]?)\s+|{_KIND})?{_LABEL}\s{{0,3}}(?:no\.?|number|num\."
    rf"|#)?\s{{0,3}}[-–—:#]?\s{{0,3}}"
    rf"(?P<number>{NUMBER})(?!\w)(?![.,]?\d|\s?%|\s*(?:to|through|and|or|&)\s)"
    r"(?:\s+on\s+(?:(?:the\s+|your\s+)(?:proxy|voting|ballot)(?:\s+card)?|(?:proxy|voting|ballot)\s+card)(?!\w))?"
    rf"[.)]{{0,2}}\s{{0,3}}(?P<mark>[:.|•·~*‐‑\-–—―]{{0,3}})\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(
    rf"\(?(?P<number>\d{{1,2}})[.):]?\s{{1,4}}(?:[-–—]\s{{0,2}})?(?P<rest>[“\"]?(?:(?:proposal|vote"
    rf"|consider\w*|act)\b.{{0,40}})?{HOLDER}(?:['’]?s?['’]?) proposal\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE_ABOVE_NAMES = re.compile(
    r"(?P<number>\d{1,2})(?:[.):]|\s\|)\s{1,4}(?P<rest>[“\"]?[A-Z].{4,140})", re.DOTALL
)  # a heading only where a proponent is named right below
_LABEL_ALONE = re.compile(rf"{_LABEL}(?:\s(?:no\.?|number|#))?", re.IGNORECASE)
_NUMBER_ABOVE = re.compile(r"0?[1-9]|1\d")
_NUMBER_ALONE = re.compile(rf"{NUMBER}[.:]?", re.IGNORECASE)
_TRAILING = re.compile(
    rf"[\s,–—-]{{0,4}}[(\[]\s?{_LABEL}\s{{0,3}}(?:no\.?|number"
    rf"|#)?\s{{0,3}}(?P<number>{NUMBER})"
    r"(?:\s+on\s+(?:(?:the|your)\s[^()]{1,60}|(?:proxy|voting|ballot)(?:\s+card)?))?\s?[)\]]\s*(?P<rest>)$",
    re.IGNORECASE,
)
_HOLDER_PROPOSAL = re.compile(rf"(?:the\s+)?{HOLDER}(?:['’]?s?['’]?)\s+proposals?\b", re.IGNORECASE)
_GENERIC = re.compile(
    rf"(?:the\s+)?(?:following\s+)?(?:{HOLDER}(?:['’]?s?['’]?)\s+)?proposals?(?:\s+(?:requesting"
    rf"|regarding|submitted by {HOLDER}s?))?"
    r"(?:\s*\((?:continued|if (?:it is )?(?:properly )?presented[^()]{0,40}"
    r"|(?:proposals|items|nos\.?)\s[^()]{1,30})\)|,?\s*if (?:it is )?(?:properly )?presented[^()]{0,40})?[\s:.–—-]*"
    r"|(?:proposals?|item|resolution)\s+(?:of|from|by"
    rf"|submitted by)\s+(?:an?\s+)?{HOLDER}s?[\s:.]*",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"(?:is|are|was|were|has|have|had|may|might|will|would|shall|should|can|could|does|do|did|must|and"
    r"|or|to|of|in|on|at|as|by|for|if|because|"
    r"which|that|requires?|asks?|requests?|seeks?|relates?|contains?|provides?|above|below|unless|described|if)\b"
)
_TO_CONSIDER = re.compile(r"to (?:consider|vote on|act on) (?:and vote on )?an? ", re.IGNORECASE)
_ON_SUBJECT = re.compile(r"(?:on|regarding|concerning) (?=[A-Z])")
_LONGEST_HEADING = 260
_MOST_TITLE_LINES = 12
_LISTED_NUMBER = re.compile(r"\(?\d{1,2}[.)]\s|\d{1,3}$")
_REFERENCE = re.compile(r"(?:\.\s*){4,}\d*|\s\d{1,3}$|\(?(?:see )?pages? \d{1,3}\)?$", re.IGNORECASE)
# An entry of a table of contents ends with a page number.
_LISTED = re.compile(r"(?:\.\s?){4,}|[^\d\s]\s{1,4}\d{1,3}$")
_NO_PAGE = re.compile(
    r"\b(?:items?|no\.|nos\.|proposals?|number|rule|section|scope|title|form|top|fortune|s&p)\s\d{1,3}$", re.IGNORECASE
)
_SENTENCE = re.compile(r"[a-z0-9)”\"’%][.;]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a ballot item: paragraphs `first` up to `last` (not included).

    `item` is its number in digits, "" where it has none. `title` is what it says besides, "" for a heading that only
    says that it is a shareholder proposal. `of_holder`: it says so. `plural`: it speaks of several, as the heading of a
    section does.
    """

    first: int
    last: int
    item: str
    title: str
    of_holder: bool
    plural: bool
    item_place: Span
    title_place: Span


def headings_of(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """Return everything that looks like the heading of a ballot item, in order; tables of contents have some too."""
    found: list[Heading] = []
    past = 0
    for at in range(len(paragraphs)):
        if at >= past and (heading := _heading(paragraphs, at)):
            found.append(heading)
            past = heading.last
    return found


def _heading(paragraphs: Sequence[Paragraph], at: int) -> Heading | None:
    first = paragraphs[at]
    if len(first.text) > _LONGEST_HEADING or _is_listed(first):
        return None
    if _LABEL_ALONE.fullmatch(first.text) and at + 1 < len(paragraphs):
        number = paragraphs[at + 1]
        if _NUMBER_ALONE.fullmatch(number.text):
            return _with_title(
                paragraphs, at + 1, in_digits(number.text), number.part(len(number.text)), number.place()
            )
    numbered = _NUMBERED.match(first.text) or _BARE.match(first.text) or _above_names(paragraphs, at)
    if numbered:
        if not _reads_as_heading(first, numbered["rest"]):
            return None
        rest_at = numbered.start("rest")
        number_place = first.place(numbered.start("number"), numbered.end("number"))
        return _with_title(paragraphs, at, in_digits(numbered["number"]), first.part(rest_at), number_place)
    if _NUMBER_ABOVE.fullmatch(first.text) and first.strong and at + 1 < len(paragraphs):
        below = paragraphs[at + 1]
        if below.strong and _HOLDER_PROPOSAL.match(below.text):
            return _with_title(paragraphs, at, first.text.lstrip("0"), first.part(len(first.text)), first.place())
    trailing = _TRAILING.search(first.text)
    if trailing and _GENERIC.fullmatch(first.text[: trailing.start()]):
        number_place = first.place(trailing.start("number"), trailing.end("number"))
        return _with_title(paragraphs, at, in_digits(trailing["number"]), first.part(0, trailing.start()), number_place)
    if is_part_heading(first.text):
        return None
    if trailing or (_HOLDER_PROPOSAL.match(first.text) and _reads_as_title(first)):
        return _with_title(paragraphs, at, "", first, None)
    return None


def _above_names(paragraphs: Sequence[Paragraph], at: int) -> re.Match[str] | None:
    first = paragraphs[at]
    set_off = first.strong or first.text.isupper() or (first.wrapped and first.gap)
    bare = _BARE_ABOVE_NAMES.fullmatch(first.text) if set_off else None
    return bare if bare and at + 1 < len(paragraphs) and names_holder(paragraphs[at + 1].text) else None


def _is_listed(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an entry of a table of contents."""
    text = paragraph.text
    if _LISTED.search(text) is None:
        return False
    last_cell = text[paragraph.marks[-1][0] :] if paragraph.row else ""
    return not _NO_PAGE.search(text) or (last_cell.isdecimal() and _NUMBERED.match(text) is not None)


def _reads_as_heading(paragraph: Paragraph, rest: str) -> bool:
    """Whether what follows a number is a title or nothing, and not the middle of a sentence."""
    if not rest:
        return True
    asks = (paragraph.strong or rest.isupper()) and _TO_CONSIDER.match(
        rest
    )  # "To consider a stockholder proposal on pay"
    on_it = paragraph.strong and _ON_SUBJECT.match(rest)  # "Shareholder Proposal Number 5 on Proxy Access"
    if (_VERBS.match(rest) and not asks and not on_it) or rest[0] in ",;)”":
        return False
    return paragraph.strong or not (_SENTENCE.search(rest) and len(rest) > 120)


def _reads_as_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.strong or text.isupper() or (text.rfind("(") > text.rfind(")") and len(text) < 200):
        return True
    return (
        not _SENTENCE.search(text)
        and not _VERBS.match(_HOLDER_PROPOSAL.sub("", text, count=1).lstrip())
        and len(text) < 200
    )


def _with_title(
    paragraphs: Sequence[Paragraph], at: int, item: str, rest: Paragraph, number_place: Span | None
) -> Heading:
    """Return the heading with the lines below that belong to it."""
    first = paragraphs[at]
    parts = [] if not rest.text or (item and _TRAILING.match(rest.text)) else [rest]
    last = at + 1
    while last < len(paragraphs) and last - at <= _MOST_TITLE_LINES:
        below = paragraphs[last]
        if not _goes_on(first, paragraphs[last - 1], parts, below, item):
            break
        numbered = _NUMBERED.match(below.text)
        generic = bool(parts) and _GENERIC.fullmatch(" ".join([part.text for part in parts])) is not None
        if generic and not numbered:
            numbered = _TRAILING.fullmatch(below.text)
        if generic and not _ends_open(parts[-1].text):
            parts.clear()  # it only said what the lines below name
        if numbered:
            if item:
                break
            item = in_digits(numbered["number"])
            number_place = below.place(numbered.start("number"), numbered.end("number"))
            below = below.part(numbered.start("rest"))
        if below.text:
            parts.append(below)
        last += 1
    if not item and _SEVERAL.search(first.text) and _GENERIC.fullmatch(first.text):
        parts, last = [rest], at + 1  # a section's heading has no title of its own
    text = " ".join([part.text for part in parts])
    trailing = _TRAILING.search(text)
    if trailing and in_digits(trailing["number"]) == (item or in_digits(trailing["number"])):
        item, text = in_digits(trailing["number"]), text[: trailing.start()]
    place = Span(parts[0].start, parts[-1].end) if parts else first.place()
    title = _tidy(text)
    return Heading(
        at,
        last,
        item,
        title,
        _says_holder(paragraphs[at:last]),
        bool(_SEVERAL.search(first.text)),
        number_place or place,
        place,
    )


def _goes_on(first: Paragraph, above: Paragraph, parts: Sequence[Paragraph], below: Paragraph, item: str) -> bool:
    """Whether the line below still belongs to the heading."""
    text = below.text
    if above.text.rfind("(") > above.text.rfind(")"):
        return len(text) <= _LONGEST_HEADING
    if opens_proposal_part(text) or opens_board_statement(text) or text.endswith("?"):
        return False
    if len(text) > _LONGEST_HEADING or _LISTED_NUMBER.match(text) or _IS_TEXT.search(text):
        return False
    known = " ".join([part.text for part in parts])
    if known and not item and _TRAILING.fullmatch(text):
        return True
    numbered = _NUMBERED.match(text)
    if numbered:
        return not item and _reads_as_heading(below, numbered["rest"])
    titled = _HOLDER_PROPOSAL.match(text) and not _VERBS.match(_HOLDER_PROPOSAL.sub("", text, count=1).lstrip())
    if _SENTENCE.search(text) and not (text.isupper() or (titled and not parts)):
        return False
    if not known or _GENERIC.fullmatch(known):
        return True
    if above.text.rstrip().endswith((":", "–", "—", "-", ",", "&")) or _ends_open(above.text):
        return True
    if below.wrapped:
        return not below.gap
    alike = below.centred == first.centred and text.isupper() == parts[-1].text.isupper()
    return below.strong and first.strong and alike and not _HOLDER_PROPOSAL.match(text)


_IS_TEXT = re.compile(
    r"\b(?:has|have) (?:been |advised|notified|informed|submitted|given)|\b(?:intends?|submitted by)\b"
    r"|\bthe following (?:\w+ )?(?:proposal|resolution)|^We (?:have|received|expect)\b|^(?:One of our"
    rf"|A|An) {HOLDER}s? (?:has|have|who)"
)


def _ends_open(text: str) -> bool:
    """Whether a line ends with a word that no title ends with."""
    return bool(
        re.search(
            r"\b(?:of|the|a|an|and|or|to|for|on|in|by|with|regarding|requesting|concerning|from|its|our)$",
            text,
            re.IGNORECASE,
        )
    )


_SEVERAL = re.compile(rf"{HOLDER}(?:['’]?s?['’]?) proposals\b", re.IGNORECASE)


def _says_holder(paragraphs: Sequence[Paragraph]) -> bool:
    return any(re.search(rf"{HOLDER}(?:['’]?s?['’]?)\s+proposal", part.text, re.IGNORECASE) for part in paragraphs)


_GENERIC_ASIDE = re.compile(rf"^\s*\((?:an? )?{HOLDER}(?:['’]?s?['’]?) proposal\)(?=\s*[:–—-]\s*\S)", re.IGNORECASE)
_LEADING = re.compile(r"^[\s:.|•·~*‐‑\-–—―]+")


def _tidy(text: str) -> str:
    text = _LEADING.sub("", _GENERIC_ASIDE.sub("", text))
    if subject := _ON_SUBJECT.match(text):
        text = text[subject.end() :]
    text = _REFERENCE.sub("", text).strip(" \t*")
    return "" if _GENERIC.fullmatch(text) else text


def is_generic(title: str) -> bool:
    """Whether a title only says that it is a shareholder proposal."""
    return not title or _GENERIC.fullmatch(title) is not None
