"""Shareholder proposals in a company's proxy statement (DEF 14A): item, title, proponents, resolved clause, supporting
statement, the board's recommendation and statement; with the meeting's dates and the deadlines for next year.

Source: 17 CFR 240.14a-8 (what the company must print: (l) and (m)) and 240.14a-101 (Schedule 14A).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.errors import ParseError
from tracker.filings.layout.filed import Layout, layout_of
from tracker.filings.proxy_statement.announced import is_withdrawn, items_of_holders
from tracker.filings.proxy_statement.board import (
    Recommendation,
    recommendation_in,
    recommendation_in_row,
    statement_of,
    text_of,
)
from tracker.filings.proxy_statement.deadlines import Deadline, deadlines_in
from tracker.filings.proxy_statement.finding import Found, find_proposals
from tracker.filings.proxy_statement.lines import lines_of
from tracker.filings.proxy_statement.meeting import meeting_dates
from tracker.filings.proxy_statement.paragraphs import Paragraph, Span, paragraphs_of
from tracker.filings.proxy_statement.parts import Parts, parts_of
from tracker.filings.proxy_statement.title import title_of
from tracker.filings.shares_outstanding import Entitled, entitled_in

_BEGINNING = 6000
_OTHER_FORM = re.compile(
    r"\bform\s+(?:8-K|10-K|10-Q|20-F|6-K|N-PX|S-\d|F-\d|13F|3|4|5|SD)\b|\bcurrent report\b"
    r"|\bquarterly report pursuant\b|\bannual report pursuant\b",
    re.IGNORECASE,
)
_PROXY = re.compile(
    r"\bproxy\b|\bproxies\b|schedule 14a|(?:annual|special|general) meeting of (?:share|stock)"
    r"|(?:share|stock)(?:holder|owner) proposal",
    re.IGNORECASE,
)

__all__ = ["Deadline", "ProxyStatement", "ShareholderProposal", "Span", "read_proxy_statement"]


@dataclass(frozen=True, slots=True)
class ShareholderProposal:
    """One shareholder proposal as the proxy statement prints it.

    `item` is its number on the ballot in digits, "" where none is printed. `proponents` is None where the company
    withholds the names. Texts have a line for each paragraph. `places` has the span in the layout's text of every field
    that was found, by the field's name.
    """

    item: str
    title: str
    proponents: tuple[str, ...] | None
    representative: str | None
    resolved: str
    supporting_statement: str
    board_recommendation: Recommendation
    board_statement: str
    places: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class ProxyStatement:
    """What a proxy statement says of its meeting, its shareholder proposals in ballot order and next year's dates.

    `entitled` is how many votes may be cast at the meeting, where that is surely said. `text` is the layout's, in which
    the places are counted.
    """

    meeting_date: date | None
    record_date: date | None
    proposals: tuple[ShareholderProposal, ...]
    next_year: tuple[Deadline, ...]
    places: Mapping[str, Span]
    warnings: tuple[str, ...]
    text: str
    entitled: Entitled | None = None


def read_proxy_statement(body: bytes, content_type: str = "") -> ProxyStatement:
    """Return what is read of a proxy statement filed as HTML, text or PDF.

    Raises ParseError for what is neither, has no text or is another form, InputError for one of more than 16 MiB.
    """
    layout = layout_of(body, content_type)
    _refuse_other_forms(layout)
    paragraphs = paragraphs_of(lines_of(layout))
    warnings = list(layout.warnings)
    if _is_cut_off(body):
        warnings.append("the page does not end (no </html>): it may be cut off, and proposals may be missing")
    proposals: dict[str, ShareholderProposal] = {}
    for found in find_proposals(paragraphs):
        read = _read(found, paragraphs, warnings)
        if read is None:
            continue
        key = read.item or read.title
        if key not in proposals or len(proposals[key].resolved) < len(read.resolved):
            proposals[key] = read
    for item, withdrawn in sorted(items_of_holders(paragraphs).items()):
        if item not in proposals:
            why = (
                "its proponent withdrew it" if withdrawn else "it is called a shareholder's, but its text was not found"
            )
            warnings.append(f"proposal {item}: {why}")
    meeting = meeting_dates(paragraphs)
    places = {name: place for name, (_, place) in meeting.items()}
    days = {name: day for name, (day, _) in meeting.items()}
    return ProxyStatement(
        days.get("meeting_date"),
        days.get("record_date"),
        tuple(sorted(proposals.values(), key=_ballot_order)),
        deadlines_in(paragraphs, days.get("meeting_date")),
        places,
        tuple(warnings),
        layout.text,
        entitled_in(layout.text, one_vote_said=True),
    )


def _is_cut_off(body: bytes) -> bool:
    """Whether a page says where it begins, and not where it ends."""
    beginning, end = body[:_BEGINNING].lower(), body[-_BEGINNING:].lower()
    return b"<html" in beginning and not any(mark in end for mark in (b"</html", b"</body", b"</text>", b"</document>"))


def _refuse_other_forms(layout: Layout) -> None:
    """Raise ParseError for a filing that is no proxy statement, by its header or by how it begins."""
    beginning = layout.text[:_BEGINNING]
    other = _OTHER_FORM.search(beginning)
    if layout.form and "14A" not in layout.form:
        what = f"its header says Form {layout.form}"
    elif not layout.form and other and not _PROXY.search(beginning):
        what = f"it says {' '.join(other[0].split())!r} where a proxy statement says Schedule 14A"
    elif not layout.form and not _PROXY.search(layout.text):
        what = f"it speaks of no proxy and no meeting of shareholders, and begins {' '.join(beginning[:60].split())!r}"
    else:
        return
    raise ParseError(f"reading a proxy statement: {what}; give the company's DEF 14A")


def _ballot_order(proposal: ShareholderProposal) -> tuple[int, str, int]:
    digits = "".join([mark for mark in proposal.item if mark.isdigit()])
    return int(digits) if digits else 999, proposal.item, proposal.places["title"].start


def _read(found: Found, paragraphs: Sequence[Paragraph], warnings: list[str]) -> ShareholderProposal | None:
    heading = found.heading
    title, title_place = title_of(found)
    parts = parts_of(found.body, found.intro, title)
    if not parts.resolved or (is_withdrawn(found) and not parts.board):
        return None
    places = {"title": title_place, "resolved": _span(parts.resolved)}
    if heading.item:
        places["item"] = heading.item_place
    else:
        warnings.append(f"the proposal {title!r} has no number where it is printed")
    if found.named_place is not None:
        places["proponents"] = found.named_place
    statement = statement_of(parts.board, title)
    for name, part in (("supporting_statement", parts.supporting), ("board_statement", statement)):
        if part:
            places[name] = _span(part)
    return ShareholderProposal(
        heading.item,
        title,
        found.named.proponents or None,
        ", ".join(found.named.representatives) or None,
        text_of(parts.resolved),
        text_of(parts.supporting),
        _recommendation(parts, found, paragraphs, places, warnings),
        text_of(statement),
        places,
    )


def _recommendation(
    parts: Parts, found: Found, paragraphs: Sequence[Paragraph], places: dict[str, Span], warnings: list[str]
) -> Recommendation:
    heading = found.heading
    advice = recommendation_in(parts.board, parts.before, parts.after) or recommendation_in_row(
        paragraphs, heading.item, heading.title
    )
    if advice is None:
        warnings.append(f"proposal {heading.item}: it is not said what the board recommends")
        return "none"
    places["board_recommendation"] = advice[1]
    return advice[0]


def _span(paragraphs: tuple[Paragraph, ...] | list[Paragraph]) -> Span:
    return Span(min(part.start for part in paragraphs), max(part.end for part in paragraphs))
