"""Commitments for pages: with both sides' views, by company or resolution, and how many of those due were kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.commitments import Kept, Side, Standing, kept_of_due
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import CommitmentState
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.commitment import Commitment, CommitmentView
from tracker.models.organization import Organization
from tracker.store import objects


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A promise with every side's views of what became of it, the latest of each first.

    `made_for` is slug and title of the resolution that was withdrawn for it. A view kept as one text, without a day or
    source of its own, is in `proponent_view` and `company_view`.
    """

    id: int
    slug: str
    version: int
    state: ObjectState
    title: str
    summary: str
    company: tuple[str, str]
    made_for: tuple[str, str] | None
    made_on: PartialDate
    due_on: PartialDate | None
    settled_on: PartialDate | None
    kept: CommitmentState
    proponent_view: str
    company_view: str
    views: Mapping[Side, Sequence[CommitmentView]]

    def latest(self, side: Side) -> CommitmentView | None:
        """Return what a side said last."""
        return next(iter(self.views.get(side, ())), None)


def for_resolution(session: Session, resolution_id: int) -> list[CommitmentLine]:
    """Return what was promised for a resolution, oldest first."""
    return _lines(session, Commitment.made_for_id == resolution_id, objects.visible(Commitment.id))


def of_company(session: Session, organization_id: int) -> list[CommitmentLine]:
    """Return what a company promised, oldest first."""
    return _lines(session, Commitment.company_id == organization_id, objects.visible(Commitment.id))


def all_of(session: Session) -> list[CommitmentLine]:
    """Return every commitment that was not withdrawn or merged, drafts as well, oldest first."""
    spine: Any = CampaignObject
    return _lines(session, spine.merged_into_id.is_(None), spine.state != ObjectState.WITHDRAWN)


def by_slug(session: Session, slug: str) -> CommitmentLine | None:
    """Return one commitment, whether it is shown or not."""
    return next(iter(_lines(session, CampaignObject.slug == slug)), None)


def counted(lines: Sequence[CommitmentLine], today: date) -> Kept:
    """Return how many of those due were kept."""
    return kept_of_due([Standing(line.kept, line.due_on) for line in lines], today)


def _lines(session: Session, *where: Any) -> list[CommitmentLine]:
    """Return commitments with their views: three queries."""
    query = (
        select(Commitment, CampaignObject, Organization.slug, Organization.name)
        .join(CampaignObject, col(CampaignObject.id) == col(Commitment.id))
        .join(Organization, col(Organization.id) == col(Commitment.company_id))
        .where(*where)
        .order_by(col(Commitment.id))
    )
    rows = session.exec(query).all()
    views = _views(session, [row.id for row, *_ in rows])
    asked = {row.made_for_id for row, *_ in rows if row.made_for_id}
    names = select(CampaignObject.id, CampaignObject.slug, CampaignObject.title).where(
        col(CampaignObject.id).in_(asked)
    )
    resolutions = {number: (slug, title) for number, slug, title in session.exec(names)}
    found = [
        CommitmentLine(
            id=row.id, slug=spine.slug, version=spine.version, state=spine.state, title=spine.title,
            summary=spine.summary, company=(slug, name), made_for=resolutions.get(row.made_for_id), made_on=row.made_on,
            due_on=row.due_on, settled_on=row.settled_on, kept=row.kept, proponent_view=row.proponent_view,
            company_view=row.company_view, views=views.get(row.id, {}),
        )
        for row, spine, slug, name in rows
    ]  # fmt: skip
    return sorted(found, key=lambda line: line.made_on)


def _views(session: Session, commitment_ids: Sequence[int]) -> dict[int, dict[Side, list[CommitmentView]]]:
    found: dict[int, dict[Side, list[CommitmentView]]] = defaultdict(lambda: defaultdict(list))
    query = select(CommitmentView).where(col(CommitmentView.commitment_id).in_(commitment_ids))
    for row in session.exec(query.order_by(col(CommitmentView.recorded_at).desc(), col(CommitmentView.number).desc())):
        found[row.commitment_id][row.side].append(row)
    return {number: dict(views) for number, views in found.items()}
