"""Everything the page of one company shows."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.commitments import Kept
from tracker.models.document import Document
from tracker.models.event import Event
from tracker.store import commitment_lists, concerning, contract_table, deadlines, letters, party_profile, resolutions
from tracker.store.commitment_lists import CommitmentLine
from tracker.store.contract_table import ContractRow
from tracker.store.deadlines import Due
from tracker.store.letters import LetterStanding, Rates
from tracker.store.party_profile import Profile, Said
from tracker.store.resolutions import Filters, ResolutionRow

SHOWN = 12


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """One company on a day. Resolutions and letters are all there are, newest first; `rates` None: no letter sent.

    `contracts` are the newest of `contracts_in_all` in which it is vendor, reseller or agency.
    """

    profile: Profile
    resolutions: tuple[ResolutionRow, ...]
    letters: tuple[LetterStanding, ...]
    rates: Rates | None
    contracts: tuple[ContractRow, ...]
    contracts_in_all: int
    said: tuple[Said, ...]
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    due: tuple[Due, ...]
    promises: tuple[CommitmentLine, ...]
    kept: Kept


def page(session: Session, profile: Profile, today: date) -> CompanyPage:
    """Return what is known of a company on `today`. As many queries for one with much as for one with little."""
    key = profile.id
    written = letters.standings(session, today=today, company_id=key)
    promises = commitment_lists.of_company(session, key)
    contracts, in_all = contract_table.of_party(session, key, SHOWN)
    return CompanyPage(
        profile=profile,
        resolutions=tuple(resolutions.table(session, Filters(company_id=key), today=today)),
        letters=tuple(written),
        rates=letters.rates_of(written, today),
        contracts=tuple(contracts),
        contracts_in_all=in_all,
        said=tuple(party_profile.said(session, key, SHOWN)),
        documents=tuple(concerning.documents(session, key, SHOWN)),
        events=tuple(concerning.latest(session, key, today, SHOWN)),
        promises=tuple(promises),
        kept=commitment_lists.counted(promises, today),
        due=tuple(deadlines.upcoming(session, today=today, company_id=key, written=written)),
    )
