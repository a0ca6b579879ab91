"""Links from documents to campaign objects: suggestions written, decisions kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.verdicts import Proposal
from tracker.domain.vocab import LinkState, Relation
from tracker.models.link import Link
from tracker.store import decisions, objects
from tracker.store.bulk import insert_rows

# How the names of readers begin where they decide.
READER = "reader: "


@dataclass(frozen=True, slots=True)
class Suggested:
    """How many links were newly suggested and confirmed by rule."""

    suggested: int = 0
    confirmed: int = 0


def confirmed_of(session: Session, document_id: int) -> dict[int, Relation]:
    """Return the shown objects that a document is tied to for certain, and how it bears on each."""
    query = select(Link.object_id, Link.relation).where(
        Link.document_id == document_id, Link.state == LinkState.CONFIRMED, objects.visible(Link.object_id)
    )
    rows = session.exec(query.order_by(col(Link.object_id)))
    return {object_id: Relation(relation) for object_id, relation in rows}


def suggest(
    session: Session, document_id: int, proposals: Iterable[Proposal], now: datetime, *, looked_for: bool = True
) -> Suggested:
    """Write a document's suggestions. A link that a person decided on is left alone; a rule's own one is brought up
    to date when the document changed, and withdrawn when nothing speaks for it any more.

    `looked_for` is false where rules put the document aside, so that no links were looked for: where a person wants it
    all the same, what stands stays until it is looked at again.
    """
    if not looked_for and decisions.wanted(session, [document_id]):
        return Suggested()
    stored = {row.object_id: row for row in session.exec(select(Link).where(Link.document_id == document_id))}
    counts = {LinkState.SUGGESTED: 0, LinkState.CONFIRMED: 0}
    for proposal in proposals:
        state = LinkState.CONFIRMED if proposal.confirmed else LinkState.SUGGESTED
        row = stored.pop(proposal.object_id, None)
        if row is not None and not by_rule(row):
            continue
        if row is None:
            row = Link(document_id=document_id, object_id=proposal.object_id, created_at=now, **_content(proposal))
            session.add(row)
            counts[state] += 1
        else:
            for key, value in _content(proposal).items():
                setattr(row, key, value)
        row.state = state
        row.decided_by = proposal.rule if proposal.confirmed else ""
        row.decided_at = (row.decided_at or now) if proposal.confirmed else None
    for row in stored.values():
        if by_rule(row):
            session.delete(row)
    session.flush()
    return Suggested(counts[LinkState.SUGGESTED], counts[LinkState.CONFIRMED])


def suggest_new(session: Session, proposals: Iterable[tuple[int, Proposal]], now: datetime) -> None:
    """Write the suggestions for documents that are new, (document, proposal) each, in one statement."""
    rows = [
        {
            "document_id": document_id,
            "object_id": proposal.object_id,
            **_content(proposal),
            "state": LinkState.CONFIRMED if proposal.confirmed else LinkState.SUGGESTED,
            "decided_by": proposal.rule if proposal.confirmed else "",
            "decided_at": now if proposal.confirmed else None,
            "created_at": now,
        }
        for document_id, proposal in proposals
    ]
    insert_rows(session, Link, rows)


def tie(session: Session, document_id: int, proposal: Proposal, now: datetime) -> bool:
    """Write a link that whoever read the document is certain of; return whether it is new.

    What a person decided stays. `proposal.rule` names the reader, by which rules for news leave the link alone.
    """
    query = select(Link).where(Link.document_id == document_id, Link.object_id == proposal.object_id)
    row = session.exec(query).first()
    if row is not None and not by_rule(row) and row.decided_by != proposal.rule:
        return False
    new = row is None or row.made_by != proposal.rule
    if row is None:
        row = Link(document_id=document_id, object_id=proposal.object_id, created_at=now, **_content(proposal))
        session.add(row)
    for key, value in _content(proposal).items():
        setattr(row, key, value)
    row.state, row.decided_by, row.decided_at = LinkState.CONFIRMED, proposal.rule, row.decided_at or now
    session.flush()
    return new


def is_read(session: Session, document_id: int | None) -> bool:
    """Whether a reader of filings tied a document to an object."""
    query = select(Link.id).where(Link.document_id == document_id, col(Link.decided_by).startswith(READER))
    return session.exec(query).first() is not None


def by_rule(link: Link) -> bool:
    """Return whether no person has decided on this link."""
    return link.state is LinkState.SUGGESTED or link.decided_by.startswith("rule:")


def _content(proposal: Proposal) -> dict[str, Any]:
    return {
        "relation": proposal.relation,
        "state": LinkState.SUGGESTED,
        "score": proposal.score,
        "reasons": proposal.reasons,
        "why": proposal.why,
        "made_by": proposal.rule,
    }
