"""The shareholder proposals of a proxy statement as people and tools are shown them."""

import textwrap
from collections.abc import Iterator
from typing import Any

from tracker.filings.proxy_statement.statement import (
    Deadline,
    ProxyStatement,
    ShareholderProposal,
    read_proxy_statement,
)

_WIDTH = 100
_KINDS = {
    "14a-8": "proposals for the company's proxy statement (Rule 14a-8)",
    "advance_notice": "other business and nominations (the company's by-laws)",
    "proxy_access": "nominees for the company's proxy statement (proxy access)",
    "14a-19": "notice of own nominees (Rule 14a-19)",
}


def proxy_report(body: bytes) -> tuple[list[dict[str, Any]], ProxyStatement]:
    """Return the proposals in the shape that docs/commands.md gives, and all that was read."""
    statement = read_proxy_statement(body)
    return [_proposal(proposal) for proposal in statement.proposals], statement


def _proposal(proposal: ShareholderProposal) -> dict[str, Any]:
    return {
        "item": proposal.item,
        "title": proposal.title,
        "proponents": list(proposal.proponents) if proposal.proponents else None,
        "resolved": proposal.resolved,
        "supporting_statement": proposal.supporting_statement,
        "board_recommendation": proposal.board_recommendation,
        "board_statement": proposal.board_statement,
    }


def proxy_lines(statement: ProxyStatement) -> Iterator[str]:
    """Yield what people want to see of a proxy statement: its dates, each proposal with the beginning of its parts."""
    meeting, record = statement.meeting_date or "a day it does not say", statement.record_date or "not said"
    yield f"Meeting of {meeting}, record date {record}"
    if statement.entitled is not None:
        yield f"{statement.entitled.votes:,} votes may be cast"
    yield f"{len(statement.proposals)} shareholder proposals"
    for proposal in statement.proposals:
        yield ""
        yield f"{proposal.item or '?'}. {proposal.title or '(no title)'}"
        acting = f" (represented by {proposal.representative})" if proposal.representative else ""
        yield f"   proponents: {'; '.join(proposal.proponents or ()) or 'not named'}{acting}"
        yield f"   board: {proposal.board_recommendation}"
        for head, text in (("resolved", proposal.resolved), ("board's statement", proposal.board_statement)):
            yield f"   {head}: {textwrap.shorten(text, _WIDTH, placeholder=' ...') or 'none found'}"
    if statement.next_year:
        yield ""
        yield "For next year's meeting:"
        yield from (f"   {_deadline(deadline)}" for deadline in statement.next_year)


def _deadline(deadline: Deadline) -> str:
    days = f"{deadline.opens} to {deadline.closes}" if deadline.opens else f"by {deadline.closes}"
    return f"{days}: {_KINDS[deadline.kind]}"
