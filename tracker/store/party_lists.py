"""The lists of companies and of other organisations, each with what is on record of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, func, tuple_
from sqlmodel import Session, col, or_, select

from tracker.domain.vocab import FilerRole, OrganizationRole, PartyRole
from tracker.models.contract import Contract
from tracker.models.correspondence import LetterParty
from tracker.models.organization import Identifier, IdentifierScheme, Organization, OrganizationInRole, Person
from tracker.models.publication import Statement, Study
from tracker.models.resolution import Filer, Resolution
from tracker.store import letters, objects, party_profile
from tracker.store.letters import LetterGroup


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company: how many campaigns are about it, what was put to it, and how many letters wait for its answer."""

    slug: str
    name: str
    fictional: bool
    ticker: str
    campaigns: int
    resolutions: int
    letters: int
    awaiting: int
    contracts: int


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """An organisation that is no company: its roles, letters sent, resolutions filed, contracts as agency."""

    slug: str
    name: str
    fictional: bool
    roles: tuple[OrganizationRole, ...]
    letters: int
    resolutions: int
    contracts: int


def companies(session: Session, today: date, *, after: str | None, limit: int) -> list[CompanyRow] | None:
    """Return at most `limit` companies of which anything is on record, by name, after the one named `after`.

    None when there is none of that name. Fifteen queries at most, however many there are.
    """
    found = _page(session, _companies(), after, limit)
    if found is None:
        return None
    ids = [row.id or 0 for row in found]
    about = party_profile.about()
    campaigns = _counted(session, about.c.organization_id, func.count(about.c.campaign_id.distinct()), ids)
    resolutions = _objects(session, Resolution.company_id, Resolution.id, ids)
    contracts = _objects(session, Contract.vendor_id, Contract.id, ids)
    tickers = dict(
        session.exec(
            select(Identifier.organization_id, func.min(Identifier.value))
            .where(Identifier.scheme == IdentifierScheme.TICKER, col(Identifier.organization_id).in_(ids))
            .group_by(col(Identifier.organization_id))
        ).all()
    )
    written = _letters_to(session, ids)
    standing = letters.standings(session, today=today, ids={number for own in written.values() for number in own})
    shown = {letter.object_id for letter in standing}
    waiting = {letter.object_id for letter in standing if letter.group is LetterGroup.UNANSWERED}
    return [
        CompanyRow(
            slug=row.slug,
            name=row.name,
            fictional=row.fictional,
            ticker=tickers.get(row.id or 0, ""),
            campaigns=campaigns.get(row.id or 0, 0),
            resolutions=resolutions.get(row.id or 0, 0),
            letters=len(written[row.id or 0] & shown),
            awaiting=len(written[row.id or 0] & waiting),
            contracts=contracts.get(row.id or 0, 0),
        )
        for row in found
    ]


def organizations(
    session: Session, *, role: OrganizationRole | None, after: str | None, limit: int
) -> list[OrganizationRow] | None:
    """Return at most `limit` organisations that are no companies and take part in something, by name, after `after`.

    With `role`, those in it. None when there is none of the name `after`. Six queries at most.
    """
    found = _page(session, _others(role), after, limit)
    if found is None:
        return None
    ids = [row.id or 0 for row in found]
    roles: dict[int, set[str]] = defaultdict(set)
    held = select(OrganizationInRole).where(col(OrganizationInRole.organization_id).in_(ids))
    for one in session.exec(held):
        roles[one.organization_id].add(one.role)
    sent = _objects(session, LetterParty.organization_id, LetterParty.letter_id, ids,
                    col(LetterParty.role).in_([PartyRole.SENDER, PartyRole.SIGNATORY]))  # fmt: skip
    filed = _objects(session, Filer.organization_id, Filer.resolution_id, ids,
                     col(Filer.role).in_([FilerRole.LEAD_FILER, FilerRole.CO_FILER]))  # fmt: skip
    bought = _objects(session, Contract.agency_id, Contract.id, ids)
    return [
        OrganizationRow(
            slug=row.slug,
            name=row.name,
            fictional=row.fictional,
            roles=tuple(role for role in OrganizationRole if role in roles[row.id or 0]),
            letters=sent.get(row.id or 0, 0),
            resolutions=filed.get(row.id or 0, 0),
            contracts=bought.get(row.id or 0, 0),
        )
        for row in found
    ]


def how_many(session: Session, *, are_companies: bool, role: OrganizationRole | None = None) -> int:
    """Return how many companies, or other organisations in a role, the lists hold."""
    wanted = _companies() if are_companies else _others(role)
    return session.exec(select(func.count(col(Organization.id))).where(wanted)).one()


def near(session: Session, slug: str, *, are_companies: bool, limit: int = 300) -> list[tuple[str, str]]:
    """Return (slug, name) of those among whom the one meant by a mistyped name may be: likely ones first."""
    kind = party_profile.company() if are_companies else ~party_profile.company()
    begins = col(Organization.slug).startswith(slug[:3], autoescape=True)
    query = select(Organization.slug, Organization.name).where(kind, party_profile.standing())
    return list(session.exec(query.order_by(begins.desc(), col(Organization.slug)).limit(limit)))


def _companies() -> Any:
    """Return the condition that an organisation is a company of which anything is on record."""
    about = party_profile.about()
    written_to = exists().where(
        col(LetterParty.person_id) == col(Person.id), col(Person.organization_id) == col(Organization.id)
    )
    of_campaign = exists().where(about.c.organization_id == col(Organization.id))
    return party_profile.company() & (_takes_part(Resolution.company_id, Contract.vendor_id) | written_to | of_campaign)


def _others(role: OrganizationRole | None) -> Any:
    """Return the condition that an organisation is no company and takes part in something on record."""
    wanted = _takes_part(Filer.organization_id, Contract.agency_id) & ~party_profile.company()
    if role is None:
        return wanted
    held = exists().where(col(OrganizationInRole.organization_id) == Organization.id, OrganizationInRole.role == role)  # type: ignore[arg-type]
    return wanted & held


def _takes_part(*parts: Any) -> Any:
    """Return the condition that an organisation has one of these parts in something, or one that both lists know.

    The names that documents are searched for are thousands; most of them do nothing here.
    """
    shared = (
        LetterParty.organization_id, Contract.reseller_id, Statement.organization_id, Study.organization_id
    )  # fmt: skip
    return or_(*(exists().where(col(part) == Organization.id) for part in (*parts, *shared)))


def _page(session: Session, wanted: Any, after: str | None, limit: int) -> list[Organization] | None:
    """Return organisations by name; the database that orders them also says where `after` stands in that order."""
    place: Any = (func.lower(Organization.name), Organization.slug)
    query = select(Organization).where(wanted)
    if after is not None:
        last = session.exec(select(*place).where(Organization.slug == after)).first()
        if last is None:
            return None
        query = query.where(tuple_(*place) > tuple(last))
    return list(session.exec(query.order_by(*place).limit(limit)))


def _objects(session: Session, party: Any, number: Any, ids: Collection[int], *where: Any) -> dict[int, int]:
    """Return for each organisation how many shown objects it has this part in."""
    return _counted(session, party, func.count(col(number).distinct()), ids, objects.visible(number), *where)


def _counted(session: Session, party: Any, count: Any, ids: Collection[int], *where: Any) -> dict[int, int]:
    query: Any = select(party, count).where(party.in_(ids), *where).group_by(party)
    return dict(session.exec(query).all())


def _letters_to(session: Session, ids: Collection[int]) -> dict[int, set[int]]:
    """Return for each company the letters to it or to a person of it."""
    company = func.coalesce(LetterParty.organization_id, Person.organization_id)
    query: Any = (
        select(company, LetterParty.letter_id)
        .join(Person, col(Person.id) == col(LetterParty.person_id), isouter=True)
        .where(LetterParty.role == PartyRole.RECIPIENT, company.in_(ids))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for number, letter_id in session.exec(query):
        found[number].add(letter_id)
    return found
