"""Writes for campaign files: each takes plain values, compares with what is stored and touches only what differs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.errors import InputError
from tracker.models import kinds
from tracker.models.base import Base, CampaignObject, ObjectDetail
from tracker.models.campaign import Campaign, CampaignAsk, CampaignMembership, CampaignProduct, CampaignTarget
from tracker.models.correspondence import LetterQuestion
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.models.resolution import SubjectFamily
from tracker.store.records import Names, columns, read, replace, update

__all__ = ["SPINE_KEYS", "campaign", "detail", "evidence", "families", "join", "owner_column", "question", "replace", "spine", "touch"]

SPINE_KEYS = frozenset({"kind", "slug", "title", "summary", "aliases", "parts", "evidence"})


def campaign(session: Session, given: Mapping[str, Any], names: Names, now: datetime) -> int:
    """Write the campaign with its targets, products and asks; return its id."""
    plain = {key: given[key] for key in ("title", "summary", "fictional") if key in given}
    row = session.exec(select(Campaign).where(Campaign.slug == given["slug"])).first()
    if row is None:
        row = Campaign(slug=given["slug"], created_at=now, **plain)
        session.add(row)
    else:
        update(row, plain)
    session.flush()
    campaign_id = row.id or 0
    for slug in given.get("targets", ()):
        session.merge(CampaignTarget(campaign_id=campaign_id, organization_id=names.id_of("organization", slug, "campaign")))
    for slug in given.get("products", ()):
        session.merge(CampaignProduct(campaign_id=campaign_id, product_id=names.id_of("product", slug, "campaign")))
    for number, text in enumerate(given.get("asks", ()), 1):
        session.merge(CampaignAsk(campaign_id=campaign_id, number=number, text=text))
    session.flush()
    return campaign_id


def families(session: Session, given: Iterable[Mapping[str, Any]], names: Names) -> None:
    """Write subject families by slug."""
    for entry in given:
        values = read(SubjectFamily, entry, names, f"family {entry.get('slug')}")
        row = session.exec(select(SubjectFamily).where(SubjectFamily.slug == values["slug"])).first()
        if row is None:
            row = SubjectFamily(**values)
            session.add(row)
        else:
            update(row, values)
        session.flush()
        names.add("subject_family", row.slug, row.id or 0)


def spine(session: Session, given: Mapping[str, Any], names: Names, now: datetime) -> tuple[int, str]:
    """Write an object's spine row; return its id and whether it is "new", "changed" or the "same"."""
    if given.get("kind") not in kinds():
        raise InputError(f"object {given.get('slug')}: no kind {given.get('kind')!r}; there are {', '.join(sorted(kinds()))}")
    plain = {key: given[key] for key in ("title", "summary", "aliases") if key in given}
    row = session.exec(select(CampaignObject).where(CampaignObject.slug == given["slug"])).first()
    outcome = "new"
    if row is None:
        row = CampaignObject(kind=given["kind"], slug=given["slug"], created_at=now, updated_at=now, **plain)
        session.add(row)
    elif row.kind != given["kind"]:
        raise InputError(f"object {row.slug}: it is a {row.kind} and cannot become a {given['kind']}; choose another slug")
    else:
        outcome = "changed" if update(row, plain) else "same"
    session.flush()
    names.add("campaign_object", row.slug, row.id or 0)
    return row.id or 0, outcome


def detail(session: Session, table: type[ObjectDetail], spine_id: int, values: Mapping[str, Any]) -> bool:
    """Write an object's detail row; return whether it changed. Columns not given stay as they are."""
    row = session.get(table, spine_id)
    if row is None:
        session.add(table(id=spine_id, **values))
        session.flush()
        return True
    changed = update(row, values)
    session.flush()
    return changed


def join(session: Session, campaign_id: int, object_id: int) -> bool:
    """Make an object a member of a campaign; return whether it was not one before."""
    if session.get(CampaignMembership, (campaign_id, object_id)) is not None:
        return False
    session.add(CampaignMembership(campaign_id=campaign_id, object_id=object_id))
    session.flush()
    return True


def touch(session: Session, object_id: int, now: datetime, *, new: bool) -> None:
    """Note a change on the spine: a new version, so that an editor's stale form is noticed."""
    row = session.get(CampaignObject, object_id)
    if row is not None and not new:
        row.version += 1
        row.updated_at = now
        session.flush()


def owner_column(table: type[Base], owner: str) -> str | None:
    """Return the column by which a part hangs on its owner (`letter_party.letter_id` on a letter), or None."""
    candidates = {f"{owner}_id"} | ({"response_id"} if owner == "company_response" else set())
    for name in sorted(candidates):
        column = columns(table).c.get(name)
        if column is not None and column.foreign_keys and not column.primary_key:
            return name
    return None


def question(session: Session, plain: dict[str, Any], names: Names, where: str) -> dict[str, Any]:
    """Take `question: {letter, number}` out of a part's values and return the column it stands for."""
    given = plain.get("question")
    if not isinstance(given, Mapping):
        return {}
    del plain["question"]
    letter_id = names.id_of("campaign_object", str(given.get("letter")), where)
    query = select(LetterQuestion.id).where(
        LetterQuestion.letter_id == letter_id, LetterQuestion.number == given.get("number")
    )
    found = session.exec(query).first()
    if found is None:
        raise InputError(f"{where}: letter {given.get('letter')!r} has no question {given.get('number')!r}")
    return {"question_id": found}


def evidence(session: Session, object_id: int, wanted: list[dict[str, Any]], now: datetime) -> bool:
    """Make an object's evidence from files equal to `wanted`, and tie rows to documents already in the archive."""
    addresses = {entry["canonical_url"] for entry in wanted}
    query = select(Document.canonical_url, Document.id).where(col(Document.canonical_url).in_(addresses))
    documents = dict(session.exec(query).all())
    readers = {entry["read_by"] for entry in wanted}
    stored = list(
        session.exec(select(Evidence).where(Evidence.object_id == object_id, col(Evidence.read_by).in_(readers)))
    )
    changed = False
    for entry in wanted:
        match = next((row for row in stored if all(getattr(row, key) == value for key, value in entry.items())), None)
        if match is not None:
            stored.remove(match)
            continue
        document_id = documents.get(entry["canonical_url"])
        session.add(Evidence(object_id=object_id, document_id=document_id, read_at=now, **entry))
        changed = True
    for row in stored:
        session.delete(row)
        changed = True
    session.flush()
    return changed
