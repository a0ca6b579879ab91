"""Campaign objects as stored: spine, detail and parts, loaded together in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists
from sqlalchemy import select as select_rows
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain.errors import ConflictError, NotFoundError
from tracker.models import kinds
from tracker.models.base import Base, CampaignObject, ObjectDetail, ObjectState, Parts, Party
from tracker.models.campaign import Campaign, CampaignMembership
from tracker.models.commitment import CommitmentView
from tracker.models.correspondence import LetterParty
from tracker.models.organization import Organization, Person
from tracker.models.resolution import Filer, ResolutionStatus
from tracker.models.voting_intention import VotingIntention
from tracker.store.bulk import table_of
from tracker.store.visits import parts as portions

# The parts that milestones are told from, and the column that names their object.
MILESTONE_PARTS: tuple[tuple[type[Base], str], ...] = (
    (ResolutionStatus, "resolution_id"),
    (Filer, "resolution_id"),
    (VotingIntention, "resolution_id"),
    (LetterParty, "letter_id"),
    (CommitmentView, "commitment_id"),
)


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One campaign object with what hangs on it, and the campaigns (id and slug) it belongs to."""

    spine: CampaignObject
    detail: ObjectDetail
    parts: Parts
    campaigns: tuple[tuple[int, str], ...]


def shown() -> Select[tuple[int]]:
    """Return the ids of the objects readers may see: published, and not merged into another."""
    return select(CampaignObject.id).where(  # type: ignore[return-value]
        CampaignObject.state == ObjectState.PUBLISHED, col(CampaignObject.merged_into_id).is_(None)
    )


@lru_cache(maxsize=256)
def visible(number: Any) -> ColumnElement[bool]:
    """Return the condition that readers may see the object of this number, a column of the query.

    It is looked up row by row: a list of all shown objects would be made anew for every query.
    """
    spine = _spine()
    return exists().where(
        spine.id == number, col(spine.state) == ObjectState.PUBLISHED, col(spine.merged_into_id).is_(None)
    )


@cache
def _spine() -> Any:
    """Return the spine under a name of its own: making one takes longer than asking the database."""
    return aliased(CampaignObject)


def is_shown(session: Session, object_id: int) -> bool:
    """Whether readers may see an object."""
    return session.exec(shown().where(col(CampaignObject.id) == object_id)).first() is not None  # type: ignore[call-overload]


def members(campaign_id: int) -> Select[tuple[int]]:
    """Return the ids of the objects that belong to a campaign, shown or not."""
    return select(CampaignMembership.object_id).where(  # type: ignore[return-value]
        CampaignMembership.campaign_id == campaign_id
    )


def load(session: Session, ids: Collection[int] | None = None, *, hidden: bool = False) -> list[StoredObject]:
    """Return the shown objects with these ids, or all of them, ordered by id; `hidden`: those not shown as well."""
    query = select(CampaignObject) if hidden else select(CampaignObject).where(visible(CampaignObject.id))
    if ids is not None:
        query = query.where(col(CampaignObject.id).in_(ids))
    spines = list(session.exec(query.order_by(col(CampaignObject.id))))
    wanted = [spine.id or 0 for spine in spines]
    details = _details(session, {spine.kind for spine in spines}, ids, wanted)
    parts = _parts(session, ids, wanted)
    hanging = (row for owned in parts.values() for rows in owned.values() for row in rows)
    organizations, people = _parties(session, chain(details.values(), hanging))
    campaigns = memberships(session, None if ids is None else wanted)
    return [
        StoredObject(
            spine,
            details[spine.id],
            Parts(parts[spine.id], organizations, people),
            campaigns.get(spine.id, ()),
        )
        for spine in spines
        if spine.id is not None
    ]


def _parties(session: Session, rows: Iterable[Base]) -> tuple[dict[int, Party], dict[int, Party]]:
    """Return the organisations and the people that rows point to, by id: an archive knows thousands that none does."""
    wanted: dict[Table, set[int]] = {table_of(Organization): set(), table_of(Person): set()}
    for row in rows:
        for name, table in pointing(type(row)):
            if (number := getattr(row, name)) is not None:
                wanted[table].add(number)
    bearers, people = wanted
    return (
        {number: Party(*told) for number, *told in _named(session, bearers, wanted[bearers], bearers.c.lane)},
        {number: Party(*told) for number, *told in _named(session, people, wanted[people])},
    )


@cache
def pointing(kind: type[Base]) -> tuple[tuple[str, Table], ...]:
    """Return the columns of a table that point to an organisation or a person, each with where it points."""
    parties = {table_of(Organization), table_of(Person)}
    columns = ((column.name, key.column.table) for column in table_of(kind).columns for key in column.foreign_keys)
    return tuple((name, table) for name, table in columns if table in parties)


def _named(session: Session, table: Table, ids: Collection[int], *further: Any) -> Iterator[Any]:
    query = select_rows(table.c.id, table.c.slug, table.c.name, *further)
    for part in portions(sorted(ids)):
        yield from session.connection().execute(query.where(table.c.id.in_(part)))


def memberships(session: Session, ids: Collection[int] | None = None) -> dict[int, tuple[tuple[int, str], ...]]:
    """Return for each object the campaigns that it belongs to and readers see, as (id, slug), ordered by id."""
    query = select(CampaignMembership.object_id, Campaign.id, Campaign.slug).join(
        Campaign, col(Campaign.id) == col(CampaignMembership.campaign_id)
    )
    query = query.where(col(Campaign.withdrawn).is_(False))
    if ids is not None:
        query = query.where(col(CampaignMembership.object_id).in_(ids))
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for object_id, campaign_id, slug in session.exec(query.order_by(col(CampaignMembership.campaign_id))):
        found[object_id].append((campaign_id or 0, slug))
    return {object_id: tuple(rows) for object_id, rows in found.items()}


def near(session: Session, kind: str, slug: str, limit: int = 500) -> list[CampaignObject]:
    """Return shown objects of a kind among which the one meant by a mistyped slug may be: those that begin like it,
    then others.
    """
    begins = col(CampaignObject.slug).startswith(slug[:3], autoescape=True)
    query = select(CampaignObject).where(
        CampaignObject.kind == kind,
        CampaignObject.state == ObjectState.PUBLISHED,
        col(CampaignObject.merged_into_id).is_(None),
    )
    return list(session.exec(query.order_by(begins.desc(), col(CampaignObject.id)).limit(limit)))


def find_shown(session: Session, kind: str, slug: str) -> CampaignObject | None:
    """Return the object of a kind with this slug, if readers can see it."""
    query = select(CampaignObject).where(CampaignObject.kind == kind, CampaignObject.slug == slug)
    return session.exec(query.where(visible(CampaignObject.id))).first()


def by_slug(session: Session, slug: str) -> CampaignObject:
    """Return a spine row by its slug; raise NotFoundError naming it."""
    found = session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).first()
    if found is None:
        raise NotFoundError(f"looking for the campaign object {slug!r}: there is none with that name")
    return found


def of_version(session: Session, slug: str, version: int) -> CampaignObject:
    """Return an object to be changed, held until the end of the transaction.

    Raises NotFoundError where there is none, ConflictError where it is not of this version any more.
    """
    query = select(CampaignObject).where(CampaignObject.slug == slug).with_for_update()
    found = session.exec(query).first()
    if found is None:
        raise NotFoundError(f"looking for the campaign object {slug!r}: there is none with that name")
    if found.version != version:
        raise ConflictError(
            f"changing “{found.title}”: somebody changed it since you opened it (version {version}, now "
            f"{found.version}); nothing of yours is written. Look at it as it is now, then do it again"
        )
    return found


def _details(
    session: Session, used: set[str], ids: Collection[int] | None, wanted: Sequence[int]
) -> dict[int | None, ObjectDetail]:
    details: dict[int | None, ObjectDetail] = {}
    for kind, table in kinds().items():
        if kind not in used:
            continue
        column: Any = table.id  # type: ignore[attr-defined]  # every detail table has the spine's key
        query = select(table) if ids is None else select(table).where(column.in_(wanted))
        for row in session.exec(query):
            details[row.id] = row  # type: ignore[attr-defined]
    return details


def _parts(
    session: Session, ids: Collection[int] | None, wanted: Sequence[int]
) -> dict[int | None, dict[type[Base], list[Base]]]:
    parts: dict[int | None, dict[type[Base], list[Base]]] = defaultdict(lambda: defaultdict(list))
    for table, owner in MILESTONE_PARTS:
        column: Any = getattr(table, owner)
        query = select(table) if ids is None else select(table).where(column.in_(wanted))
        for row in session.exec(query.order_by(table.id)):  # type: ignore[attr-defined]
            parts[getattr(row, owner)][table].append(row)
    return parts
