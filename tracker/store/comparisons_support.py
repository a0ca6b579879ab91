"""Support for the same ask across companies and years: one row a company's subject and ask, one cell a season."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import and_
from sqlmodel import Session, col, func, or_, select

from tracker.domain.vocab import AskType
from tracker.models.organization import Organization
from tracker.models.resolution import Resolution, SubjectFamily
from tracker.store import objects, resolutions
from tracker.store.resolutions import ResolutionRow


@dataclass(frozen=True, slots=True)
class Line:
    """One company's resolutions of one subject and ask by season; several may stand in one season."""

    family_id: int
    subject: str
    ask_type: AskType
    company: str
    seasons: dict[int, tuple[ResolutionRow, ...]]

    @property
    def rows(self) -> list[ResolutionRow]:
        """All of them, oldest first."""
        return [row for season in sorted(self.seasons) for row in self.seasons[season]]


def lines(
    session: Session,
    *,
    today: date,
    ask_type: AskType | None,
    company_id: int | None,
    after: tuple[int, str] | None,
    limit: int,
) -> list[Line]:
    """Return lines by subject, ask and company; `after` is a line's family and ask. At most thirteen queries."""
    groups = _groups(session, ask_type, company_id, after, limit)
    wanted = {(family, ask) for family, ask, *_ in groups}
    members = session.exec(
        select(Resolution.id, Resolution.family_id, Resolution.ask_type).where(
            col(Resolution.family_id).in_({family for family, _ in wanted})
        )
    )
    ids = [key for key, family, ask in members if family is not None and (family, ask) in wanted]
    found: dict[tuple[int, AskType], list[ResolutionRow]] = defaultdict(list)
    for row in resolutions.table(session, ids=ids, today=today, descending=False):
        found[row.family_id or 0, row.ask_type].append(row)
    return [
        Line(family, subject, ask, company, _by_season(found[family, ask])) for family, ask, subject, company in groups
    ]


def _groups(
    session: Session, ask_type: AskType | None, company_id: int | None, after: tuple[int, str] | None, limit: int
) -> list[tuple[int, AskType, str, str]]:
    subject, ask = func.lower(SubjectFamily.name), col(Resolution.ask_type)
    query = (
        sa.select(col(SubjectFamily.id), ask, col(SubjectFamily.name), col(Organization.name), subject)
        .join(SubjectFamily, col(SubjectFamily.id) == col(Resolution.family_id))
        .join(Organization, col(Organization.id) == col(SubjectFamily.company_id))
        .where(objects.visible(Resolution.id))
        .distinct()
    )
    if ask_type is not None:
        query = query.where(ask == ask_type)
    if company_id is not None:
        query = query.where(col(Resolution.company_id) == company_id)
    if after is not None:
        family_id, last = after
        name = select(func.lower(SubjectFamily.name)).where(SubjectFamily.id == family_id).scalar_subquery()
        further = or_(ask > last, and_(ask == last, col(SubjectFamily.id) > family_id))
        query = query.where(or_(subject > name, and_(subject == name, further)))
    rows = session.execute(query.order_by(subject, ask, col(SubjectFamily.id)).limit(limit))
    return [(family or 0, kind, called, company) for family, kind, called, company, _ in rows]


def _by_season(rows: list[ResolutionRow]) -> dict[int, tuple[ResolutionRow, ...]]:
    return {season: tuple(row for row in rows if row.season == season) for season in sorted({r.season for r in rows})}
