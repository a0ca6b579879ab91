"""A subject over the years: who filed it each time, and how its text read."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import FilerRole
from tracker.models.organization import Organization, Person
from tracker.models.resolution import Filer, Resolution
from tracker.store.families import Proposal


@dataclass(frozen=True, slots=True)
class FilerLine:
    """A proponent's part; `left_on` is None for those who stayed."""

    name: str
    role: FilerRole
    joined_on: PartialDate | None
    left_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class FilerYears:
    """One proponent over the years: their parts in each proposal of the family, in the order of the proposals.

    An empty part says that others filed that one; None that nobody is on record for it.
    """

    name: str
    parts: tuple[tuple[FilerLine, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """What a proposal says, as printed; empty where it is not on record."""

    resolved_clause: str
    supporting_statement: str

    def __bool__(self) -> bool:
        """Whether anything is on record."""
        return bool(self.resolved_clause or self.supporting_statement)


def filers(session: Session, resolution_ids: Collection[int]) -> dict[int, list[FilerLine]]:
    """Return the proponents of each: lead filers, co-filers, representatives, in the order entered. One query."""
    query = (
        select(Filer, Organization.name, Person.name)
        .join(Organization, col(Organization.id) == col(Filer.organization_id), isouter=True)
        .join(Person, col(Person.id) == col(Filer.person_id), isouter=True)
        .where(col(Filer.resolution_id).in_(resolution_ids))
        .order_by(col(Filer.id))
    )
    found: dict[int, list[FilerLine]] = defaultdict(list)
    for filer, organization, person in session.exec(query):
        name = _party(organization, person) or filer.named
        found[filer.resolution_id].append(FilerLine(name, filer.role, filer.joined_on, filer.left_on))
    for lines in found.values():
        lines.sort(key=lambda line: list(FilerRole).index(line.role))
    return dict(found)


def filers_over_years(years: Sequence[Proposal], found: dict[int, list[FilerLine]]) -> list[FilerYears]:
    """Return every proponent of a family's proposals (oldest first), those first who filed first."""
    names = dict.fromkeys(line.name for year in years for line in found.get(year.object_id, ()))
    return [
        FilerYears(
            name,
            tuple(
                tuple(line for line in found[year.object_id] if line.name == name) if year.object_id in found else None
                for year in years
            ),
        )
        for name in names
    ]


def texts(session: Session, resolution_ids: Collection[int]) -> dict[int, Texts]:
    """Return what these proposals say. One query."""
    query = select(Resolution.id, Resolution.resolved_clause, Resolution.supporting_statement).where(
        col(Resolution.id).in_(resolution_ids)
    )
    return {key: Texts(clause, statement) for key, clause, statement in session.exec(query)}


def earlier(years: Sequence[Proposal], proposal: Proposal) -> list[Proposal]:
    """Return the family's proposals of earlier seasons, the one to compare with first.

    That is the newest one with the same ask; where no earlier one asked for the same, the newest.
    """
    before = [other for other in reversed(years) if other.season < proposal.season]
    return sorted(before, key=lambda other: other.ask_type is not proposal.ask_type)


def _party(organization: str | None, person: str | None) -> str:
    return f"{person} ({organization})" if organization and person else organization or person or ""
