"""Where in a proxy statement its shareholder proposals stand.

A ballot item is named many times: in the table of contents, the agenda, a summary, running heads and the proxy card.
The place that counts is the one where the company says who submits the proposal, or else where a clause and the board's
answer follow the heading.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.filings.proxy_statement.board import opens_board_statement, recommends
from tracker.filings.proxy_statement.clause import asks
from tracker.filings.proxy_statement.headings import Heading, headings_of
from tracker.filings.proxy_statement.intro import Intro, end_of_names, held_in, intros_in, label_cell_of
from tracker.filings.proxy_statement.listed_names import names_below, rows_below
from tracker.filings.proxy_statement.naming import named_above_clause
from tracker.filings.proxy_statement.paragraphs import Paragraph, Span
from tracker.filings.proxy_statement.proponents import Named, named_in, names_company, names_some_holder
from tracker.filings.proxy_statement.unnamed import SAYS_SO, is_next_section, request_in, unnamed_in
from tracker.filings.proxy_statement.words import LABELLED, RESOLVED, opens_clause

_SUBHEADING = 3
_BY_NUMBER = re.compile(
    r"\b(?:proposals?|items?)\s(?:nos?\.\s)?(?P<items>\d{1,2}(?:(?:,|,? and| &)\s\d{1,2}){0,5})\s"
    r"(?:was|were|is|are|has been|have been)\s(?:submitted|sponsored|filed|proposed)\sby\s",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_LONGEST_LOOK = 1500
_LONGEST_HEADING = 16  # paragraphs
_NEAR = 16  # paragraphs between a heading and the sentence that names the proponent
_HINT = re.compile(r"propos|resolution|the following to be|the following\s*[:.]", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:by|from|advised|notified|informed|notice|(?:intend|plan|wish)(?:s|es)?|propos\w+|submit\w*|proponents?)\b|:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal's heading, the paragraphs that follow it, which of them names the proponent, and who that is."""

    heading: Heading
    body: tuple[Paragraph, ...]
    intro: int | None
    named: Named
    named_place: Span | None


@dataclass(frozen=True, slots=True)
class _Opening:
    heading: Heading
    intro: int | None
    at: Intro | None
    named: Named
    place: Span | None = None


def find_proposals(paragraphs: Sequence[Paragraph]) -> list[Found]:
    """Return the shareholder proposals, in the order in which they stand."""
    headings = headings_of(paragraphs)
    openings = _by_intros(paragraphs, headings)
    taken = [(opening.heading.first, opening.intro or opening.heading.last) for opening in openings]
    known = {opening.heading.item for opening in openings}
    openings += [
        _Opening(heading, None, None, Named((), ())) for heading in unnamed_in(paragraphs, headings, taken, known)
    ]
    openings.sort(key=lambda opening: opening.heading.first)
    elsewhere = _named_by_number(paragraphs)
    found = []
    for number, opening in enumerate(openings):
        limit = openings[number + 1].heading.first if number + 1 < len(openings) else len(paragraphs)
        end = _end(paragraphs, headings, opening, limit)
        body = tuple(paragraphs[opening.heading.last : end])
        intro = None if opening.intro is None else opening.intro - opening.heading.last
        if intro is not None and intro >= len(body):
            continue  # another proposal's heading stands between the two
        if intro is None and request_in(body, opening.heading) is None:
            continue  # the clause is another proposal's
        named, place = opening.named, opening.place
        if intro is not None and opening.at is not None:
            place = body[intro].place(opening.at.start, opening.at.end)
        if intro is None and (above := named_above_clause(body)):
            intro, named, place = above
        if not named.proponents and opening.heading.item in elsewhere:
            named, place = elsewhere[opening.heading.item]
        found.append(Found(opening.heading, body, intro, named, place))
    return found


def _by_intros(paragraphs: Sequence[Paragraph], headings: Sequence[Heading]) -> list[_Opening]:
    """Return the headings below which a sentence says who submits the proposal."""
    openings: dict[int, _Opening] = {}
    sections = [heading.first for heading in headings if heading.plural and not heading.item and not heading.title]

    def in_section(heading: Heading) -> bool:
        return any(first < heading.first for first in sections)

    firsts = [heading.first for heading in headings]

    def near_above(at: int) -> Sequence[Heading]:
        return headings[bisect_left(firsts, at - _NEAR - _LONGEST_HEADING) : bisect_right(firsts, at)]

    of_holders = {heading.item for heading in headings if heading.of_holder}
    for at, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if listed := names_below(paragraphs, at):
            named, last, place = listed
            heading = _heading_for(paragraphs, near_above(at), at)
            if heading and heading.item and request_in(paragraphs[last : last + 8], heading) is not None:
                openings.setdefault(heading.first, _Opening(heading, last, None, named, place))
            continue
        said = None if RESOLVED.match(text) else _intro_of(paragraph)
        if said is None:
            continue
        intro, named = said
        who = text[intro.start : intro.end]
        known = bool(named.proponents) or names_some_holder(who)
        told = intro.strong and not names_company(who)
        heading = _heading_for(paragraphs, near_above(at), at) if known or told else None
        if heading is None or is_next_section(paragraphs[heading.first].text):
            continue
        if (above := openings.get(heading.first)) and not _names_later(paragraphs, above, at, named):
            continue
        below = next(
            (other.first for other in headings[bisect_right(firsts, at) :] if other.item != heading.item),
            len(paragraphs),
        )
        near = paragraphs[heading.first : min(at + 8, below)]
        if heading.plural and not (heading.item or named.proponents):
            continue  # a sentence on the whole section
        if (
            (known and (heading.item in of_holders or any(SAYS_SO.search(part.text) for part in near)))
            or (named.proponents and (intro.strong or in_section(heading)))
            or (told and heading.of_holder and heading.item)
            or (
                known
                and heading.item
                and heading.last == at
                and any(RESOLVED.match(part.text) or asks(part.text) for part in near)
            )
        ):
            openings[heading.first] = _with_rows(paragraphs, _Opening(heading, at, intro, named), at)
    return list(openings.values())


def _with_rows(paragraphs: Sequence[Paragraph], opening: _Opening, at: int) -> _Opening:
    """Return an opening with whom the labelled rows name that follow its own."""
    intro = opening.at
    if intro is None or not paragraphs[at].row:
        return opening
    more, last = rows_below(paragraphs, at)
    if last == at:
        return opening
    named = Named(
        tuple(dict.fromkeys([*opening.named.proponents, *more.proponents])),
        tuple(dict.fromkeys([*opening.named.representatives, *more.representatives])),
    )
    return replace(opening, intro=last, at=None, named=named, place=paragraphs[at].place(intro.start, intro.end))


def _intro_of(paragraph: Paragraph) -> tuple[Intro, Named] | None:
    """Return where a paragraph says who submits a proposal, and whom it names; the first place that names counts."""
    text = paragraph.text
    if paragraph.row and len(paragraph.marks) > 1 and (label := label_cell_of(text, paragraph.marks[1][0])):
        intros = [label]
    elif LABELLED.match(text) or (_HINT.search(text) and _TOLD.search(text)):
        intros = list(intros_in(text))
    else:
        intros = [held] if (held := held_in(text)) else []
    said = [
        (intro, named_in(text[intro.start : intro.end], text[intro.end : intro.sentence_end], several=intro.several))
        for intro in intros
    ]
    return next((one for one in said if one[1].proponents), said[0] if said else None)


def _names_later(paragraphs: Sequence[Paragraph], above: _Opening, at: int, named: Named) -> bool:
    """Whether the paragraph at `at` names the proponent whom the company's words above it did not name."""
    if above.named.proponents or not named.proponents or above.intro is None or at - above.intro > _SUBHEADING:
        return False
    return not any(opens_clause(part.text) for part in paragraphs[above.intro + 1 : at])


def _named_by_number(paragraphs: Sequence[Paragraph]) -> dict[str, tuple[Named, Span]]:
    """Return who submits which item where a sentence says so by number: "Items 5 and 6 were submitted by ..."."""
    found: dict[str, tuple[Named, Span]] = {}
    for paragraph in paragraphs:
        for told in _BY_NUMBER.finditer(paragraph.text[:_LONGEST_LOOK]):
            end = end_of_names(paragraph.text, told.end())
            named = named_in(paragraph.text[told.end() : end])
            for item in _NUMBER.findall(told["items"]):
                if named.proponents:
                    found.setdefault(item, (named, paragraph.place(told.end(), end)))
    return found


def _is_closed(paragraphs: Sequence[Paragraph], heading: Heading, at: int) -> bool:
    """Whether a management proposal ends above a paragraph: the board is for it, and another heading follows."""
    if heading.of_holder:
        return False
    between = paragraphs[heading.last : at]
    advice = next((number for number, part in enumerate(between) if recommends(part.text) == "for"), None)
    return advice is not None and any(part.strong or part.text.isupper() for part in between[advice + 1 :])


def _heading_for(paragraphs: Sequence[Paragraph], headings: Sequence[Heading], at: int) -> Heading | None:
    """Return the heading nearest above a paragraph, one with a number before one without."""
    above = [heading for heading in headings if heading.last <= at < heading.last + _NEAR]
    for number, heading in enumerate(above):
        if not heading.item and not heading.title and heading.plural:
            above = above[number:]  # a section begins: what stands before it is another matter
            break
    still_open = [heading for heading in above if not _is_closed(paragraphs, heading, at)]
    numbered = [heading for heading in still_open if heading.item]
    if not still_open:
        return None
    best = (numbered or still_open)[-1]
    # "Proposal 4" and below it, once more, "Proposal 4 - Simple Majority Vote": the first is the company's.
    for heading in reversed(above[: above.index(best)]):
        if heading.item != best.item or best.first - heading.last > _SUBHEADING:
            break
        if heading.title:
            best = heading
    return best


def _end(paragraphs: Sequence[Paragraph], headings: Sequence[Heading], opening: _Opening, limit: int) -> int:
    """Return the paragraph before which a proposal's section ends."""
    start = opening.intro if opening.intro is not None else opening.heading.last
    answered = False
    numbers = {heading.first: heading for heading in headings if start < heading.first < limit}
    for at in range(start + 1, limit):
        text = paragraphs[at].text
        answered = answered or bool(opens_board_statement(text))
        if not answered:
            continue
        other = numbers.get(at)
        if other is not None and other.item and other.item != opening.heading.item:
            return at
        if is_next_section(text) and (paragraphs[at].strong or text.isupper() or not text.endswith(".")):
            return at
    return limit
