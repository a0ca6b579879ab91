"""Ties between documents, and numbers that documents name and no object has yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

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


@dataclass(frozen=True, slots=True)
class InCommon:
    """What documents have in common with others: by document its objects and its names, and by each its documents.

    Of the names only those that few documents have; the lists of documents begin with the newest.
    """

    objects: Mapping[int, Collection[int]]
    names: Mapping[int, Collection[str]]
    linked: Mapping[int, Sequence[int]]
    naming: Mapping[str, Sequence[int]]

    def near(self, ids: Collection[int], *, most: int) -> list[int]:
        """Return documents that may be of one matter with these: linked to one object, then naming what few name.

        Of both the newest first.
        """
        objects = {number for one in ids for number in self.objects.get(one, ())}
        names = {name for one in ids for name in self.names.get(one, ())}
        linked = sorted(chain.from_iterable(self.linked[number] for number in objects), reverse=True)
        naming = set(chain.from_iterable(self.naming.get(name, ()) for name in names))
        return list(dict.fromkeys(linked[:most]) | dict.fromkeys(sorted(naming, reverse=True)[:most]))[:most]


def in_common(session: Session, ids: Collection[int], *, most: int) -> InCommon:
    """Return what these documents have in common with others, of each object at most `most` documents.

    One reading for many documents: what is of one matter with one is mostly so with the next.
    """
    shown = Link.state != LinkState.REJECTED
    mine = select(Link.document_id, Link.object_id).where(col(Link.document_id).in_(ids), shown)
    objects = _by_first(session.exec(mine))
    row = func.row_number().over(partition_by=col(Link.object_id), order_by=col(Link.document_id).desc())
    wanted = set(chain.from_iterable(objects.values()))
    ranked = (
        select(Link.object_id, Link.document_id, row.label("place")).where(col(Link.object_id).in_(wanted), shown)
    ).subquery()
    linked = select(ranked.c.object_id, ranked.c.document_id).where(ranked.c.place <= most)

    named = (col(Mention.document_id).in_(ids), Mention.implied_by == "")
    rare = (
        select(Mention.entity)
        .where(col(Mention.entity).in_(select(Mention.entity).where(*named).distinct()))
        .group_by(Mention.entity)
        .having(func.count(func.distinct(Mention.document_id)) <= most // 4)
    )
    naming = (
        select(Mention.entity, Mention.document_id)
        .join(Document, col(Document.id) == col(Mention.document_id))
        .where(col(Mention.entity).in_(rare), Document.state == DocumentState.RELEVANT)
        .distinct()
    )
    return InCommon(
        objects,
        _by_first(session.exec(select(Mention.document_id, Mention.entity).where(*named).distinct())),
        _by_first(session.exec(linked)),
        _by_first(session.exec(naming)),
    )


def _by_first(rows: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return dict(found)


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
