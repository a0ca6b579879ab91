"""Shareholder proposals whose proponents the company does not name there, and the sections that follow proposals."""

import re
from collections.abc import Sequence

from tracker.filings.proxy_statement.board import opens_board_statement, recommends
from tracker.filings.proxy_statement.clause import asks, clause_within, holders_ask, marker_at
from tracker.filings.proxy_statement.headings import Heading
from tracker.filings.proxy_statement.paragraphs import Paragraph
from tracker.filings.proxy_statement.words import HOLDER, RESOLVED, THEREFORE

_FARTHEST_ANSWER, _LONGEST_SECTION = 80, 600
_PROPONENTS_PART = re.compile(
    rf"(?:{HOLDER}(?:['’]?s?['’]?) )?(?:supporting statement|statement (?:of|in) support)\b"
    rf"|{HOLDER}(?:['’]?s?['’]?) statement$",
    re.IGNORECASE,
)
_OF_MEETING = re.compile(r"\bof record\b|\bentitled to vote\b|\baffirmative vote\b", re.IGNORECASE)
SAYS_SO = re.compile(
    rf"{HOLDER}s?(?:['’]s?)? proposal|\bproponents?\b|{HOLDER}s?(?:['’]s?)? (?:has|have) (?:advised"
    r"|notified|informed|submitted)",
    re.IGNORECASE,
)
_NEXT_SECTION = re.compile(
    r"(?:other (?:matters|business|information)|additional information|general information|(?:future "
    rf"|\d{{4}} )?{HOLDER}(?:['’]?s?['’]?) proposals? (?:and|for|to be)\b.*"
    rf"|submission of (?:future )?{HOLDER}.*|deadlines? for.*|"
    r"(?:security|stock|share|beneficial) ownership.*|ownership of (?:securities|our).*"
    r"|questions and answers.*|about the (?:annual )?meeting.*|voting (?:information|procedures"
    r"|instructions).*|information about (?:the )?(?:annual )?(?:meeting|voting).*|"
    r"(?:annex|appendix|exhibit) [a-z0-9]\b.*|householding.*|proxy solicitation.*"
    r"|solicitation of proxies.*|executive (?:officers|compensation).*|equity compensation plan.*"
    r"|section 16\(a\).*|delinquent section 16.*|incorporation by reference.*|where you can find.*|"
    rf"future {HOLDER}(?:['’]?s?['’]?) proposals?.*"
    rf"|{HOLDER}(?:['’]?s?['’]?) proposals? .{{0,40}}(?:next year|\d{{4}} annual).*"
    r"|forward-looking statements.*|certain relationships.*|transaction of other business.*)",
    re.IGNORECASE,
)
_LONGEST_SECTION_HEADING = 140
_SUBHEADING, _NEAR = 3, 16  # paragraphs
_ADVICE_FIRST = 2  # paragraphs below a heading in which its advice may be printed in advance


def unnamed_in(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading], taken: Sequence[tuple[int, int]], known: set[str]
) -> list[Heading]:
    """Return the headings of shareholder proposals below which nobody is named, but a clause and the board's answer.

    Such a heading says that it is a shareholder's proposal, or stands in a section of them; or it has a number and the
    clause is one that only shareholders make. `taken` are the paragraphs, from and to, of those that were found by
    names, `known` their items. Agendas and summaries speak of them too, so that a clause with a mark comes first, and
    of several places the one with the clause nearest below.
    """
    found: list[Heading] = []
    for clause_in in (
        lambda below, _: _marked_clause_in(below),
        request_in,
        lambda below, _: _holders_clause_in(below),
    ):
        section: Heading | None = None
        nearest: dict[str, tuple[int, Heading]] = {}
        for number, heading in enumerate(headings):
            if heading.plural and not heading.item and not heading.title:
                section = heading
            if heading.item in known or any(first <= heading.first <= last for first, last in taken):
                continue
            of_holders = heading.of_holder or _goes_on_to(paragraphs, section, heading)
            if not heading.item and not (heading.title and of_holders):
                continue
            below = paragraphs[heading.last : _next_item(headings, number, heading.last + _FARTHEST_ANSWER)]
            clause = clause_in(below, heading)
            if clause is None or not any(opens_board_statement(part.text) for part in below[clause + 1 :]):
                continue
            if clause > _NEAR and any(recommends(part.text) == "for" for part in below[:clause]):
                continue  # the clause stands under a heading of the company's, below an agenda or a summary
            surely = holders_ask(below[clause].text) and not _companys_above(below[:clause])
            if surely or (of_holders and (heading.of_holder or _is_holders(below))):
                key = heading.item or heading.title
                nearest[key] = min(nearest.get(key, (clause, heading)), (clause, heading), key=lambda one: one[0])
        found += [_first_of(headings, heading) for _, heading in nearest.values()]
        known |= {heading.item for _, heading in nearest.values()}
    return found


def _companys_above(between: Sequence[Paragraph]) -> bool:
    """Whether a proposal of the company's stands between a heading and a clause, which is then another heading's."""
    return any(recommends(part.text) == "for" for part in between[_ADVICE_FIRST:]) or any(
        RESOLVED.match(part.text) and not marker_at(part.text) for part in between
    )


def _first_of(headings: Sequence[Heading], inner: Heading) -> Heading:
    """Return the company's heading where the proponent's own repeats its number below it."""
    at = headings.index(inner)
    above = headings[at - 1] if at else None
    same = above is not None and inner.item and above.item == inner.item and above.title
    return above if above is not None and same and inner.first - above.last <= _SUBHEADING else inner


def _holders_clause_in(below: Sequence[Paragraph]) -> int | None:
    """Return which paragraph near below a heading is a request that only shareholders make."""
    return next((at for at, part in enumerate(below[:_NEAR]) if holders_ask(part.text)), None)


def _next_item(headings: Sequence[Heading], number: int, limit: int) -> int:
    """Return the paragraph at which the next heading with another number stands, at most `limit`."""
    for at in range(number + 1, len(headings)):
        if headings[at].first >= limit:
            break
        if headings[at].item not in {"", headings[number].item}:
            return headings[at].first
    return limit


def _marked_clause_in(below: Sequence[Paragraph]) -> int | None:
    """Return which paragraph below a heading requests something by "RESOLVED", or with the company's words above it."""
    for at, part in enumerate(below):
        text = part.text
        if not (marker_at(text) or clause_within(text)):
            continue
        if RESOLVED.match(text) or clause_within(text) or asks(THEREFORE.sub("", text, count=1)):
            return at
    if not any(SAYS_SO.search(part.text) for part in below[:_SUBHEADING]):
        return None
    return next((at for at, part in enumerate(below) if asks(part.text)), None)


def request_in(below: Sequence[Paragraph], heading: Heading) -> int | None:
    """Return which paragraph below a heading requests something, also without a word of who asks."""
    if (marked := _marked_clause_in(below)) is not None or not heading.item:
        return marked
    if not heading.of_holder:
        return _holders_clause_in(below)
    near = enumerate(below[:_NEAR])
    return next((at for at, part in near if asks(part.text) and not _OF_MEETING.search(part.text)), None)


def _goes_on_to(paragraphs: Sequence[Paragraph], section: Heading | None, heading: Heading) -> bool:
    """Whether the section of shareholder proposals above goes on to a heading with a number."""
    if section is None or not heading.item or heading.first - section.last > _LONGEST_SECTION:
        return False
    between = paragraphs[section.last : heading.first]
    return not any(part.strong and is_next_section(part.text) for part in between)


def _is_holders(below: Sequence[Paragraph]) -> bool:
    """Whether what follows a heading has the statement of a proponent, or advice against it."""
    return any(_PROPONENTS_PART.match(part.text) or recommends(part.text) in {"against", "none"} for part in below)


def is_next_section(text: str) -> bool:
    """Whether a line is the heading of what follows the proposals: other matters, next year's deadlines."""
    return len(text) < _LONGEST_SECTION_HEADING and _NEXT_SECTION.fullmatch(text.rstrip(".: ")) is not None
