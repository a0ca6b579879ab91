"""Everything the page of an organisation that is no company shows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import FilerRole, PartyRole
from tracker.models.document import Document
from tracker.models.event import Event
from tracker.models.organization import Person
from tracker.models.resolution import Filer
from tracker.store import concerning, contract_table, letters, party_profile, resolutions
from tracker.store.contract_table import ContractRow
from tracker.store.letters import LetterStanding, Rates
from tracker.store.party_profile import Profile, Said
from tracker.store.resolutions import ResolutionRow

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Filed:
    """A resolution and the part the organisation has, or had, in it; `left_on` None: it stayed."""

    row: ResolutionRow
    role: FilerRole
    joined_on: PartialDate | None
    left_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """One organisation on a day: letters it sent or signed with how they were answered, what it filed and bought."""

    profile: Profile
    letters: tuple[LetterStanding, ...]
    rates: Rates | None
    filed: tuple[Filed, ...]
    contracts: tuple[ContractRow, ...]
    contracts_in_all: int
    said: tuple[Said, ...]
    documents: tuple[Document, ...]
    events: tuple[Event, ...]


def page(session: Session, profile: Profile, today: date) -> OrganizationPage:
    """Return what is known of an organisation on `today`. The number of queries does not depend on how much that is."""
    key = profile.id
    sent = concerning.letters_from(session, key, [PartyRole.SENDER, PartyRole.SIGNATORY])
    written = letters.standings(session, today=today, ids=sent)
    contracts, in_all = contract_table.of_party(session, key, SHOWN)
    return OrganizationPage(
        profile=profile,
        letters=tuple(written),
        rates=letters.rates_of(written, today),
        filed=tuple(_filed(session, key, today)),
        contracts=tuple(contracts),
        contracts_in_all=in_all,
        said=tuple(party_profile.said(session, key, SHOWN)),
        documents=tuple(concerning.documents(session, key, SHOWN)),
        events=tuple(concerning.latest(session, key, today, SHOWN)),
    )


def _filed(session: Session, organization_id: int, today: date) -> list[Filed]:
    """Return the resolutions that an organisation or a person of it has a part in, newest season first."""
    people = select(Person.id).where(Person.organization_id == organization_id)
    query = select(Filer).where(or_(Filer.organization_id == organization_id, col(Filer.person_id).in_(people)))
    parts: dict[int, list[Filer]] = defaultdict(list)
    for part in session.exec(query.order_by(col(Filer.id))):
        parts[part.resolution_id].append(part)
    rows = resolutions.table(session, today=today, ids=parts.keys())
    return [
        Filed(row, FilerRole(part.role), part.joined_on, part.left_on) for row in rows for part in parts[row.object_id]
    ]
