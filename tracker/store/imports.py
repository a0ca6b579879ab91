"""Writes for campaign files: each takes plain values, compares with what is stored and touches only what differs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.errors import InputError
from tracker.models.base import Base, CampaignObject, ObjectDetail
from tracker.models.campaign import Campaign, CampaignAsk, CampaignMembership, CampaignProduct, CampaignTarget
from tracker.models.correspondence import LetterQuestion
from tracker.models.evidence import Evidence
from tracker.models.resolution import SubjectFamily
from tracker.store import addresses
from tracker.store.records import Names, columns, read, require, update

SPINE_COLUMNS = ("kind", "slug", "title", "summary", "aliases")


def campaign(session: Session, given: Mapping[str, Any], names: Names, now: datetime) -> int:
    """Write the campaign; its targets, products and asks become what is given. Return its id."""
    where = f"campaign {given.get('slug')}"
    lists = {key: given[key] for key in ("targets", "products", "asks") if key in given}
    values = read(Campaign, {key: value for key, value in given.items() if key not in lists}, names, where)
    row = session.exec(select(Campaign).where(Campaign.slug == values.get("slug"))).first()
    if row is None:
        require(Campaign, values, where)
        row = Campaign(**values, created_at=now)
        session.add(row)
    else:
        update(row, values)
    session.flush()
    campaign_id = row.id or 0
    wanted: dict[type[Base], list[Base]] = {}
    if "targets" in lists:
        ids = _ids(names, "organization", lists["targets"], f"{where}.targets")
        wanted[CampaignTarget] = [CampaignTarget(campaign_id=campaign_id, organization_id=number) for number in ids]
    if "products" in lists:
        ids = _ids(names, "product", lists["products"], f"{where}.products")
        wanted[CampaignProduct] = [CampaignProduct(campaign_id=campaign_id, product_id=number) for number in ids]
    if "asks" in lists:
        texts = enumerate(_texts(lists["asks"], f"{where}.asks"), 1)
        wanted[CampaignAsk] = [CampaignAsk(campaign_id=campaign_id, number=number, text=text) for number, text in texts]
    for table, rows in wanted.items():
        _become(session, table, campaign_id, rows)
    session.flush()
    return campaign_id


def _become(session: Session, table: type[Base], campaign_id: int, wanted: Sequence[Base]) -> None:
    """Make a campaign's rows of one table equal to `wanted`."""
    of_campaign: Any = getattr(table, "campaign_id")  # noqa: B009 - the three tables have it, their base has not
    keys = [column.name for column in columns(table).primary_key]
    kept = {tuple(getattr(row, key) for key in keys) for row in wanted}
    for row in session.exec(select(table).where(of_campaign == campaign_id)):
        if tuple(getattr(row, key) for key in keys) not in kept:
            session.delete(row)
    for row in wanted:
        session.merge(row)


def _ids(names: Names, table_name: str, given: Any, where: str) -> list[int]:
    try:
        return [names.id_of(table_name, slug) for slug in dict.fromkeys(_texts(given, where))]
    except InputError as error:
        raise InputError(f"{where}: {error}") from error


def _texts(given: Any, where: str) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(text, str) and text.strip() for text in given):
        raise InputError(f"{where}: expected a list of texts, found {given!r}")
    return given


def family(session: Session, given: Mapping[str, Any], names: Names) -> None:
    """Write a subject family by its slug."""
    where = f"family {given.get('slug')}"
    values = read(SubjectFamily, given, names, where)
    row = session.exec(select(SubjectFamily).where(SubjectFamily.slug == values.get("slug"))).first()
    if row is None:
        require(SubjectFamily, values, where)
        row = SubjectFamily(**values)
        session.add(row)
    else:
        update(row, values)
    session.flush()
    names.add("subject_family", row.slug, row.id or 0)


def new_family(session: Session, name: str, slug: str, company_id: int) -> int:
    """Make a subject family of a company; return its id."""
    number, free = 1, slug
    while session.exec(select(SubjectFamily.id).where(SubjectFamily.slug == free)).first() is not None:
        number += 1
        free = f"{slug}-{number}"
    row = SubjectFamily(slug=free, name=name, company_id=company_id)
    session.add(row)
    session.flush()
    return row.id or 0


def spine(session: Session, given: Mapping[str, Any], names: Names, now: datetime) -> tuple[int, str]:
    """Write an object's spine row; return its id and whether it is "new", "changed" or the "same"."""
    slug, kind = given["slug"], given["kind"]
    where = f"object {slug}"
    values = read(CampaignObject, {key: given[key] for key in SPINE_COLUMNS if key in given}, names, where)
    row = session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).first()
    outcome = "new"
    if row is None:
        require(CampaignObject, values, where)
        row = CampaignObject(**values, created_at=now, updated_at=now)
        session.add(row)
    elif row.kind != kind:
        raise InputError(f"{where}: it is a {row.kind} and cannot become a {kind}; choose another slug")
    else:
        outcome = "changed" if update(row, values) else "same"
    session.flush()
    names.add("campaign_object", row.slug, row.id or 0)
    return row.id or 0, outcome


def has_slug(session: Session, slug: str) -> bool:
    """Whether an object has this slug, shown or not."""
    return session.exec(select(CampaignObject.id).where(CampaignObject.slug == slug)).first() is not None


def free_slug(session: Session, wanted: str) -> str:
    """Return a slug that no object has: the wanted one, or that with a number."""
    slug, number = wanted, 1
    while has_slug(session, slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def detail(session: Session, table: type[ObjectDetail], spine_id: int, values: Mapping[str, Any], where: str) -> bool:
    """Write an object's detail row; return whether it changed. Columns not given stay as they are."""
    row = session.get(table, spine_id)
    if row is None:
        require(table, values, where, owner="id")
        session.add(table(**{"id": spine_id, **values}))
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


def touch(session: Session, object_id: int, now: datetime) -> None:
    """Note a change on the spine: a new version, so that an editor's stale form is noticed."""
    row = session.get_one(CampaignObject, object_id)
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
    given = plain.pop("question", None)
    if not isinstance(given, Mapping) or not isinstance(given.get("letter"), str):
        raise InputError(f'{where}.question: expected {{"letter": SLUG, "number": N}}, found {given!r}')
    try:
        letter_id = names.id_of("campaign_object", given["letter"])
    except InputError as error:
        raise InputError(f"{where}.question: {error}") from error
    query = select(LetterQuestion).where(LetterQuestion.letter_id == letter_id)
    for row in session.exec(query):
        if row.number == given.get("number"):
            return {"question_id": row.id}
    raise InputError(f"{where}.question: letter {given['letter']!r} has no question {given.get('number')!r}")


def evidence(session: Session, object_id: int, wanted: Sequence[Mapping[str, Any]], reader: str, now: datetime) -> bool:
    """Make what `reader` (and others named in `wanted`) read of an object equal to `wanted`.

    New rows are tied to documents already in the archive. Returns whether anything changed.
    """
    documents = addresses.of(session, sorted({entry["canonical_url"] for entry in wanted}))
    readers = {reader} | {entry["read_by"] for entry in wanted}
    mine = select(Evidence).where(Evidence.object_id == object_id, col(Evidence.read_by).in_(readers))
    stored = list(session.exec(mine.order_by(col(Evidence.id))))
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
