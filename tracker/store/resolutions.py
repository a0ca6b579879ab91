"""The table of resolutions: what was asked, by whom, what became of it, support and its change, what comes next."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from tracker.domain import status
from tracker.domain.status import Entry
from tracker.domain.vocab import AskType, FilerRole, ResolutionCode
from tracker.domain.votes import Claim, Share
from tracker.models.base import CampaignObject
from tracker.models.commitment import Commitment
from tracker.models.organization import Organization, Person
from tracker.models.resolution import Filer, Resolution, SubjectFamily
from tracker.store import families, objects, prepared
from tracker.store.families import Change, Families, Proposal
from tracker.store.prepared import among, columns

# Without the long texts.
_ROWS: Any = (
    columns(
        Resolution.id, Resolution.company_id, Resolution.season, Resolution.family_id, Resolution.ask,
        Resolution.ask_type, CampaignObject.slug, CampaignObject.title, CampaignObject.summary,
        col(Organization.name).label("company"), col(SubjectFamily.name).label("family"),
    )
    .join(CampaignObject, col(CampaignObject.id) == col(Resolution.id))
    .join(Organization, col(Organization.id) == col(Resolution.company_id))
    .join(SubjectFamily, col(SubjectFamily.id) == col(Resolution.family_id), isouter=True)
    .where(objects.visible(Resolution.id))
    .order_by(col(Resolution.id))
)  # fmt: skip
# Each is answered from an index: the rows themselves are wide.
_SEASONS, _ASKS = columns(Resolution.season).distinct(), columns(Resolution.ask_type).distinct()
_LEAD_FILERS: Any = (
    columns(
        Filer.resolution_id, Filer.named, col(Organization.name).label("organization"), col(Person.name).label("person")
    )
    .join(Organization, col(Organization.id) == col(Filer.organization_id), isouter=True)
    .join(Person, col(Person.id) == col(Filer.person_id), isouter=True)
    .where(col(Filer.resolution_id).in_(among("ids")), Filer.role == FilerRole.LEAD_FILER)
    .order_by(col(Filer.id))
)
_COMMITMENTS: Any = (
    select(Commitment)
    .where(col(Commitment.made_for_id).in_(among("ids")), objects.visible(Commitment.id))
    .order_by(col(Commitment.id))
)


class Outcome(StrEnum):
    """Resolutions sorted by how far they came, for filtering."""

    OPEN = "open"
    VOTED = "voted"
    WITHDRAWN = "withdrawn"
    OMITTED = "omitted"
    NOT_PRESENTED = "not_presented"
    NO_RECORD = "no_record"


class View(StrEnum):
    """Questions that are often asked of the table, each with a name."""

    MAJORITY = "majority"
    COMING = "coming"
    OMITTED_UNREVIEWED = "omitted_unreviewed"


class Order(StrEnum):
    """By which column the table stands; ties are always broken by season, company, ballot number and name."""

    SEASON = "season"
    COMPANY = "company"
    SUBJECT = "subject"
    STATUS = "status"
    SUPPORT = "support"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """One resolution as the table shows it on a day.

    `support` comes from the counts that stand (a Share), else from a published percentage (a Claim with its formula);
    `preliminary` says that the counts are. `status` is None where nothing is known. `commitments` are the promises made
    for its withdrawal.
    """

    object_id: int
    slug: str
    title: str
    summary: str
    company_id: int
    company: str
    season: int
    family_id: int | None
    family: str
    ask: str
    ask_type: AskType
    lead_filers: tuple[str, ...]
    number: str | None
    status: Entry | None
    support: Share | Claim | None
    preliminary: bool
    change: Change | None
    commitments: tuple[Commitment, ...]
    families: Families = field(repr=False)

    @property
    def proposal(self) -> Proposal:
        """Its history, its vote, and its place in its family."""
        return self.families.proposals[self.object_id]

    @property
    def status_label(self) -> str:
        """The few words of the status, "no record" where nothing is known."""
        return status.label(self.status.code) if self.status else "no record"

    @property
    def outcome(self) -> Outcome:
        """How far the resolution came."""
        return outcome_of(self.status)

    @property
    def voted(self) -> bool:
        """Whether shareholders voted on it."""
        return self.proposal.voted


@dataclass(frozen=True, slots=True)
class Choices:
    """What the table can be filtered by: companies as (slug, name) where they are few, seasons newest first, asks."""

    companies: tuple[tuple[str, str], ...]
    seasons: tuple[int, ...]
    ask_types: tuple[AskType, ...]


def outcome_of(entry: Entry | None) -> Outcome:
    """Return how far a resolution came by its current step."""
    if entry is None:
        return Outcome.NO_RECORD
    ends = {
        **dict.fromkeys(status.VOTED, Outcome.VOTED),
        **dict.fromkeys(status.WITHDRAWN, Outcome.WITHDRAWN),
        ResolutionCode.OMITTED: Outcome.OMITTED,
        ResolutionCode.NOT_PRESENTED: Outcome.NOT_PRESENTED,
    }
    return ends.get(entry.code, Outcome.OPEN)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which resolutions are asked for; None: every one. `view` is for the paged table alone."""

    slug: str | None = None
    campaign_id: int | None = None
    company_id: int | None = None
    family_id: int | None = None
    season: int | None = None
    ask_type: AskType | None = None
    outcome: Outcome | None = None
    view: View | None = None


EVERYTHING = Filters()


def table(
    session: Session,
    filters: Filters = EVERYTHING,
    *,
    today: date,
    ids: Collection[int] | None = None,
    order: Order = Order.SEASON,
    descending: bool = True,
) -> list[ResolutionRow]:
    """Return the shown resolutions as they stand on `today`; rows without a value in the ordered column come last.

    With `ids`, of these alone. Ten queries, however many rows.
    """
    query, given = _ROWS, {}
    if ids is not None:
        query, given = query.where(col(Resolution.id).in_(among("ids"))), {"ids": ids}
    if filters.campaign_id is not None:
        query = query.where(col(Resolution.id).in_(objects.members(filters.campaign_id)))
    wanted = {
        CampaignObject.slug: filters.slug,
        Resolution.company_id: filters.company_id,
        Resolution.family_id: filters.family_id,
        Resolution.season: filters.season,
        Resolution.ask_type: filters.ask_type,
    }
    for column, value in wanted.items():
        if value is not None:
            query = query.where(col(column) == value)
    found = prepared.rows(session, query, **given)
    if not found:
        return []
    ids = [row.id for row in found]
    groups = families.load(session, ids, {row.family_id for row in found if row.family_id}, today=today)
    leads = lead_filers(session, ids)
    commitments = _commitments(session, ids)
    rows = [_row(row, groups, leads.get(row.id, ()), commitments.get(row.id, ())) for row in found]
    return ordered([row for row in rows if filters.outcome in {None, row.outcome}], order, descending=descending)


def _row(row: Any, groups: Families, leads: Collection[str], promises: Sequence[Commitment]) -> ResolutionRow:
    """Return a row of `_ROWS` with what is known of it."""
    proposal = groups.proposals[row.id]
    return ResolutionRow(
        object_id=row.id,
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        company_id=row.company_id,
        company=row.company,
        season=row.season,
        family_id=row.family_id,
        family=row.family or "",
        ask=row.ask,
        ask_type=row.ask_type,
        lead_filers=tuple(leads),
        number=proposal.vote.number if proposal.vote else None,
        status=proposal.status,
        support=proposal.support,
        preliminary=proposal.vote.preliminary if proposal.vote else False,
        change=groups.change(proposal),
        commitments=tuple(promises),
        families=groups,
    )


def ordered(rows: Iterable[ResolutionRow], order: Order, *, descending: bool) -> list[ResolutionRow]:
    """Return rows by a column, those without a value last; ties by season (newest first), company, number, name."""
    settled = sorted(rows, key=_place)
    known = [row for row in settled if _key(row, order) is not None]
    known.sort(key=lambda row: _key(row, order), reverse=descending)  # type: ignore[arg-type,return-value]
    return known + [row for row in settled if _key(row, order) is None]


def _place(row: ResolutionRow) -> tuple[int, str, int, str, str]:
    return -row.season, row.company, len(row.number or ""), row.number or "", row.slug


def _key(row: ResolutionRow, order: Order) -> object | None:
    if order is Order.SUPPORT:
        return row.support.value if row.support else None
    if order is Order.CHANGE:
        return row.change.points if row.change and row.change.comparable else None
    texts = {Order.COMPANY: row.company.casefold(), Order.SUBJECT: row.family.casefold()}
    if order in texts:
        return texts[order] or None
    if order is Order.STATUS:
        return row.status_label if row.status else None
    return row.season


def choices(session: Session, most: int) -> Choices:
    """Return what resolutions can be filtered by; no company where there are more than `most`. Three queries."""
    asked = _asked()
    companies = session.exec(select(Organization.slug, Organization.name).where(asked).limit(most + 1)).all()
    seasons = (season for (season,) in prepared.rows(session, _SEASONS))
    ask_types = {kind for (kind,) in prepared.rows(session, _ASKS)}
    few = companies if len(companies) <= most else []
    return Choices(
        tuple(sorted(few, key=lambda company: (company[1].casefold(), company[0]))),
        tuple(sorted(seasons, reverse=True)),
        tuple(kind for kind in AskType if kind in ask_types),
    )


def company_id(session: Session, called: str) -> int | None:
    """Return the company of this slug or name to which a shown resolution was put, or None."""
    asked = _asked()
    named = or_(Organization.slug == called, func.lower(Organization.name) == called.lower())
    return session.exec(select(Organization.id).where(named, asked).order_by(col(Organization.id))).first()


def _asked() -> Any:
    """Return the condition that a shown resolution was put to an organisation."""
    return (
        select(Resolution.id)
        .where(Resolution.company_id == Organization.id, objects.visible(Resolution.id))
        .correlate(Organization)
        .exists()
    )


def lead_filers(session: Session, resolution_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of each resolution's lead filers."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in prepared.rows(session, _LEAD_FILERS, ids=resolution_ids):
        found[row.resolution_id].append(row.organization or row.person or row.named)
    return found


def _commitments(session: Session, resolution_ids: Collection[int]) -> dict[int, Sequence[Commitment]]:
    found: dict[int, list[Commitment]] = defaultdict(list)
    for row in session.exec(_COMMITMENTS, params={"ids": list(resolution_ids)}):
        found[row.made_for_id or 0].append(row)
    return dict(found)
