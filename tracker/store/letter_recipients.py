"""To which companies letters went, and how each of them answers those that went to it alone."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from tracker.domain.vocab import PartyRole
from tracker.models.correspondence import LetterParty
from tracker.models.organization import Organization, Person
from tracker.store.letters import LetterStanding, Rates, rates_of


@dataclass(frozen=True, slots=True)
class Company:
    """A company that was asked."""

    id: int
    slug: str
    name: str


def of_letters(session: Session, ids: Collection[int]) -> dict[int, list[Company]]:
    """Return the organisations that each letter went to, themselves or by one of their people."""
    query = (
        select(LetterParty.letter_id, Organization)
        .join(Person, col(Person.id) == col(LetterParty.person_id), isouter=True)
        .join(
            Organization,
            or_(
                col(Organization.id) == col(LetterParty.organization_id),
                col(Organization.id) == col(Person.organization_id),
            ),
        )
        .where(LetterParty.role == PartyRole.RECIPIENT, col(LetterParty.letter_id).in_(ids))
        .order_by(col(LetterParty.id))
    )
    found: dict[int, list[Company]] = defaultdict(list)
    for letter_id, row in session.exec(query):
        company = Company(row.id or 0, row.slug, row.name)
        if company not in found[letter_id]:
            found[letter_id].append(company)
    return found


def rates(session: Session, letters: Sequence[LetterStanding], today: date) -> list[tuple[Company, Rates]]:
    """Return each company's rates over those of these letters that went to it alone, by name. One query.

    Where a letter went to several, its state tells whether any of them answered: that is no one company's rate.
    """
    asked = of_letters(session, [letter.object_id for letter in letters])
    alone: dict[Company, list[LetterStanding]] = defaultdict(list)
    for letter in letters:
        companies = asked.get(letter.object_id, ())
        if len(companies) == 1 and len(letter.recipients) == 1:
            alone[companies[0]].append(letter)
    counted = ((company, rates_of(rows, today)) for company, rows in alone.items())
    found = [(company, known) for company, known in counted if known is not None]
    return sorted(found, key=lambda row: (row[0].name.casefold(), row[0].id))
