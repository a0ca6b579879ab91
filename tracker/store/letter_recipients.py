"""To which companies letters went, and how each of them answers those that went to it alone."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, or_

from tracker.domain.vocab import PartyRole
from tracker.models.correspondence import LetterParty
from tracker.models.organization import Organization, Person
from tracker.store import prepared
from tracker.store.letters import LetterStanding, Rates, rates_of
from tracker.store.prepared import among, columns

_RECIPIENTS: Any = (
    columns(LetterParty.letter_id, Organization.id, Organization.slug, Organization.name)
    .join(Person, col(Person.id) == col(LetterParty.person_id), isouter=True)
    .join(
        Organization,
        or_(
            col(Organization.id) == col(LetterParty.organization_id),
            col(Organization.id) == col(Person.organization_id),
        ),
    )
    .where(LetterParty.role == PartyRole.RECIPIENT, col(LetterParty.letter_id).in_(among("ids")))
    .order_by(col(LetterParty.id))
)


@dataclass(frozen=True, slots=True)
class Company:
    """A company that was asked."""

    id: int
    slug: str
    name: str


def of_letters(session: Session, ids: Collection[int]) -> dict[int, list[Company]]:
    """Return the organisations that each letter went to, themselves or by one of their people."""
    found: dict[int, list[Company]] = defaultdict(list)
    for letter_id, *told in prepared.rows(session, _RECIPIENTS, ids=ids):
        company = Company(*told)
        if company not in found[letter_id]:
            found[letter_id].append(company)
    return found


def rates(
    session: Session, letters: Sequence[LetterStanding], today: date, *, most: int
) -> tuple[list[tuple[Company, Rates]], int]:
    """Return each company's rates over those of these letters that went to it alone, by name. One query.

    Of at most `most` companies, and how many more there are. Where a letter went to several, its state tells whether
    any of them answered: that is no one company's rate.
    """
    asked = of_letters(session, [letter.object_id for letter in letters])
    alone: dict[Company, list[LetterStanding]] = defaultdict(list)
    for letter in letters:
        companies = asked.get(letter.object_id, ())
        if len(companies) == 1 and len(letter.recipients) == 1:
            alone[companies[0]].append(letter)
    sent = [company for company, rows in alone.items() if any(row.sent_on.sort_key[0] <= today for row in rows)]
    by_name = sorted(sent, key=lambda company: (company.name.casefold(), company.id))
    counted = ((company, rates_of(alone[company], today)) for company in by_name[:most])
    return [(company, known) for company, known in counted if known is not None], max(len(sent) - most, 0)
