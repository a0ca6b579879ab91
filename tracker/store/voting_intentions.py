"""Votes that investors declared ahead of a meeting, beside what funds of that name reported afterwards."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import Intention
from tracker.models.organization import Alias, Organization
from tracker.models.voting_intention import VotingIntention

_ORDER = list(Intention)


@dataclass(frozen=True, slots=True)
class IntentionLine:
    """One declaration. `replaced`: the same investor declared again, and that stands; this one stays on record.

    `names` are all by which a fund's filing may call the investor, in small letters.
    """

    investor: str
    intention: Intention
    rationale: str
    declared_on: PartialDate | None
    url: str
    replaced: bool
    names: frozenset[str]

    def before(self, meeting: PartialDate | None) -> bool | None:
        """Return whether it was declared before the meeting; None where the days do not settle that."""
        declared = self.declared_on
        if meeting is None or declared is None:
            return None
        if declared.surely_before(meeting):
            return True
        return False if meeting.surely_before(declared) else None


def of_resolution(session: Session, resolution_id: int) -> list[IntentionLine]:
    """Return the declarations on one resolution: those for it first, each way by the investor's name. Two queries."""
    query = (
        select(VotingIntention, Organization.name)
        .join(Organization, col(Organization.id) == col(VotingIntention.organization_id), isouter=True)
        .where(VotingIntention.resolution_id == resolution_id)
        .order_by(col(VotingIntention.id))
    )
    rows = session.exec(query).all()
    aliases = _aliases(session, [row.organization_id for row, _ in rows if row.organization_id])
    newest: dict[tuple[int | None, str], int] = {}
    for row, _ in rows:
        key = (row.organization_id, row.named)
        newest[key] = max(row.number, newest.get(key, 0))
    lines = [
        IntentionLine(
            investor=name or row.named,
            intention=row.intention,
            rationale=row.rationale,
            declared_on=row.declared_on,
            url=row.url,
            replaced=row.number < newest[row.organization_id, row.named],
            names=frozenset({(name or row.named).casefold(), *aliases.get(row.organization_id or 0, ())}),
        )
        for row, name in rows
    ]
    return sorted(lines, key=lambda line: (_ORDER.index(line.intention), line.investor.casefold()))


def _aliases(session: Session, organization_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the other names of organisations, in small letters; none that means them only in some surroundings."""
    found: dict[int, set[str]] = defaultdict(set)
    for alias in session.exec(select(Alias).where(col(Alias.organization_id).in_(organization_ids))):
        if not alias.needs_context:
            found[alias.organization_id].add(alias.text.casefold())
    return found
