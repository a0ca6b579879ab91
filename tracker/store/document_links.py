"""Ties between documents, and numbers that documents name and no object has yet."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentRelation, DocumentState, LinkState
from tracker.models.document import Document, Mention
from tracker.models.document_link import DocumentLink, PendingReference
from tracker.models.link import Link
from tracker.store.bulk import insert_rows

BY_RULE = "rule:follows"


@dataclass(frozen=True, slots=True)
class Following:
    """A tie ready to be written."""

    later_id: int
    earlier_id: int
    relation: DocumentRelation
    score: float
    reasons: Sequence[Mapping[str, object]]
    why: str


@dataclass(frozen=True, slots=True)
class TiedDocument:
    """A tie as the page of one of its documents shows it: `other` is the document at its other end."""

    link: DocumentLink
    other: Document


def near(session: Session, ids: Collection[int], *, most: int) -> list[int]:
    """Return documents that may be of one matter with these: linked to one object, or naming what few name.

    Newest first.
    """
    objects = select(Link.object_id).where(col(Link.document_id).in_(ids), Link.state != LinkState.REJECTED)
    linked = (
        select(Link.document_id)
        .where(col(Link.object_id).in_(objects), Link.state != LinkState.REJECTED)
        .order_by(col(Link.document_id).desc())
        .limit(most)
    )
    found = dict.fromkeys(session.exec(linked))
    theirs = select(Mention.entity).where(col(Mention.document_id).in_(ids), Mention.implied_by == "").distinct()
    rare = (
        select(Mention.entity)
        .where(col(Mention.entity).in_(theirs))
        .group_by(Mention.entity)
        .having(func.count(func.distinct(Mention.document_id)) <= most // 4)
    )
    naming = (
        select(Mention.document_id)
        .join(Document, col(Document.id) == col(Mention.document_id))
        .where(col(Mention.entity).in_(rare), Document.state == DocumentState.RELEVANT)
        .distinct()
        .order_by(col(Mention.document_id).desc())
        .limit(most)
    )
    found |= dict.fromkeys(session.exec(naming))
    return list(found)[:most]


def write(session: Session, ids: Collection[int], rows: Iterable[Following], now: datetime) -> None:
    """Write what these later documents follow; what a rule said of them before goes, what a person decided stays."""
    mine = col(DocumentLink.later_id).in_(ids)
    session.execute(delete(DocumentLink).where(mine, col(DocumentLink.state) == LinkState.SUGGESTED))
    decided = set(session.exec(select(DocumentLink.later_id, DocumentLink.earlier_id).where(mine)))
    insert_rows(
        session,
        DocumentLink,
        [
            {
                "later_id": row.later_id,
                "earlier_id": row.earlier_id,
                "relation": row.relation,
                "state": LinkState.SUGGESTED,
                "score": row.score,
                "reasons": [dict(reason) for reason in row.reasons],
                "why": row.why,
                "decided_by": "",
                "decided_at": None,
                "created_at": now,
            }
            for row in rows
            if (row.later_id, row.earlier_id) not in decided
        ],
    )
    session.expire_all()


def between(session: Session, later_id: int, earlier_id: int) -> DocumentLink | None:
    """Return the tie of a document to an earlier one, whatever its state."""
    query = select(DocumentLink).where(DocumentLink.later_id == later_id, DocumentLink.earlier_id == earlier_id)
    return session.exec(query).first()


def of_document(session: Session, document_id: int) -> tuple[list[TiedDocument], list[TiedDocument]]:
    """Return what a document follows, and what follows it, each by day; rejected ties are left out."""
    sides = (
        (DocumentLink.later_id, DocumentLink.earlier_id),
        (DocumentLink.earlier_id, DocumentLink.later_id),
    )
    found = []
    for mine, other in sides:
        query = (
            select(DocumentLink, Document)
            .join(Document, col(Document.id) == col(other))
            .where(
                mine == document_id,
                DocumentLink.state != LinkState.REJECTED,
                Document.state == DocumentState.RELEVANT,
            )
            .order_by(col(Document.published_sort), col(Document.id))
        )
        found.append([TiedDocument(link, document) for link, document in session.exec(query)])
    return found[0], found[1]


# --- numbers that no object has yet -----------------------------------------------------------------------------------


def refer(session: Session, ids: Collection[int], rows: Iterable[tuple[int, str, str]], now: datetime) -> None:
    """Keep the numbers that these documents name, (document, key, as written) each, in place of those kept before."""
    session.execute(delete(PendingReference).where(col(PendingReference.document_id).in_(ids)))
    insert_rows(
        session,
        PendingReference,
        [{"document_id": number, "key": key, "written": words, "seen_at": now} for number, key, words in rows],
    )
    session.expire_all()


def waiting(session: Session) -> frozenset[str]:
    """Return the keys of numbers that were named and belong to no object yet."""
    return frozenset(session.exec(select(PendingReference.key).distinct()))


def settle(session: Session, keys: Collection[str]) -> list[int]:
    """Forget numbers that an object has by now; return the documents that named them, in order."""
    which = col(PendingReference.key).in_(keys)
    found = sorted(set(session.exec(select(PendingReference.document_id).where(which))))
    session.execute(delete(PendingReference).where(which))
    return found
