"""One object that is two: a draft of the second is made, and the parts, links and evidence that are its go to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.domain.corrections import CorrectionKind
from tracker.domain.errors import InputError
from tracker.linking.words import slug as slug_of
from tracker.models import kinds
from tracker.models.base import Base, CampaignObject, ObjectState
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store import imports, merges, objects, parted
from tracker.store.corrections import Cause, record, recording
from tracker.store.engine import writing
from tracker.store.naming import item_of, text_of
from tracker.store.records import columns
from tracker.workflows.project import project
from tracker.workflows.publish import keep_calendars
from tracker.workflows.runtime import Runtime

_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Parting:
    """What a person says: which object in which version, what the second is called, and the keys of what is its."""

    slug: str
    version: int
    title: str
    keys: frozenset[str]


def split(runtime: Runtime, parting: Parting, *, by: str, why: str) -> str:
    """Make the second object as a draft and return its slug; one transaction. To undo it, merge the two again.

    What stands in no part (its dates, its company) stands in both, with the same evidence, until somebody corrects it.
    Raises NotFoundError, ConflictError where it changed meanwhile, InputError without a title, a reason, or anything
    that goes to the second.
    """
    title, why = " ".join(parting.title.split()), " ".join(why.split())
    if not title or not why:
        raise InputError(f"splitting {parting.slug!r}: say what the second one is called, and why they are two")
    cause = Cause(by, runtime.clock(), why)
    with writing(runtime.engine) as session:
        with recording(session, cause):
            one = objects.of_version(session, parting.slug, parting.version)
            going = parted.rows(session, one.id or 0, parting.keys)
            if one.merged_into_id is not None or not going:
                raise InputError(f"splitting “{one.title}”: choose what goes to the second one")
            other = _second(session, one, title, cause)
            _tell(session, one, [row for row, _ in going], cause)
            for row, column in going:
                setattr(row, column, other.id)
            _copy_evidence(session, one, other, [row for row, _ in going])
        imports.touch(session, one.id or 0, cause.now)
        documents = [row.document_id for row, _ in going if isinstance(row, Link)]
        project(session, object_ids=[one.id or 0, other.id or 0], document_ids=documents, clock=runtime.clock)
        keep_calendars(session, runtime)
        return other.slug


def _second(session: Session, one: CampaignObject, title: str, cause: Cause) -> CampaignObject:
    """Return a draft of the same kind that says of itself what the first does, in the same campaigns."""
    slug = imports.free_slug(session, slug_of(title)[:_LONGEST_SLUG].strip("-") or one.kind.replace("_", "-"))
    other = CampaignObject(kind=one.kind, slug=slug, title=title[:500], state=ObjectState.DRAFT, created_at=cause.now,
                           updated_at=cause.now)  # fmt: skip
    session.add(other)
    session.flush()
    detail = merges.detail_of(session, one)
    values: dict[str, Any] = {column.name: getattr(detail, column.name) for column in columns(type(detail)).columns}
    session.add(kinds()[one.kind](**{**values, "id": other.id}))
    for campaign_id, _ in objects.memberships(session, [one.id or 0]).get(one.id or 0, ()):
        imports.join(session, campaign_id, other.id or 0)
    session.flush()
    return other


def _copy_evidence(session: Session, one: CampaignObject, other: CampaignObject, gone: Collection[Base]) -> None:
    """Let what both say of themselves rest on the same sources; what went to the second is its alone."""
    session.flush()
    names = [column.name for column in columns(kinds()[one.kind]).columns]
    fields = {*names, *(name.removesuffix("_id") for name in names)}
    moved = {row.field for row in gone if isinstance(row, Evidence)}
    for row in parted.evidence_of(session, one.id or 0, fields - moved):
        values = {column.name: getattr(row, column.name) for column in columns(Evidence).columns}
        session.add(Evidence(**{**values, "id": None, "object_id": other.id}))
    session.flush()


def _tell(session: Session, one: CampaignObject, gone: Collection[Base], cause: Cause) -> None:
    """Write down what readers of the first saw and see there no more."""
    if one.state is not ObjectState.PUBLISHED:
        return
    for row in gone:
        if isinstance(row, Evidence):
            continue
        if isinstance(row, Link):
            record(session, cause, CorrectionKind.UNLINKED, object_id=one.id, document_id=row.document_id,
                   before=row.relation.value)  # fmt: skip
            continue
        told = {"part": str(row.__tablename__), "item": item_of(session, row), "before": text_of(session, row, "", row)}
        record(session, cause, CorrectionKind.TAKEN_OUT, object_id=one.id, **told)
