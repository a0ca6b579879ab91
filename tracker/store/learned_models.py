"""The versions of learned models: written, listed, put in use and taken out of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import Learner
from tracker.models.decision import LearnedModel


def live(session: Session) -> dict[Learner, LearnedModel]:
    """Return the models in use; a learner that is not among them goes by its hand weights."""
    return {row.learner: row for row in session.exec(select(LearnedModel).where(col(LearnedModel.live)))}


def every(session: Session) -> list[LearnedModel]:
    """Return all versions, the newest of each learner first."""
    query = select(LearnedModel).order_by(col(LearnedModel.learner), col(LearnedModel.version).desc())
    return list(session.exec(query))


def get(session: Session, learner: Learner, version: int) -> LearnedModel:
    """Return one version; raises NotFoundError when there is none."""
    query = select(LearnedModel).where(LearnedModel.learner == learner, LearnedModel.version == version)
    row = session.exec(query).first()
    if row is None:
        raise NotFoundError(
            f"looking for version {version} of the model {learner.value}: there is none; `tracker link model list` "
            "shows all"
        )
    return row


def add(
    session: Session,
    learner: Learner,
    content: Mapping[str, Any],
    *,
    decisions: int,
    measures: Mapping[str, Any],
    said: str,
    now: datetime,
) -> LearnedModel:
    """Write the next version of a model, not yet in use."""
    query = select(func.max(LearnedModel.version)).where(LearnedModel.learner == learner)
    version = (session.exec(query).one() or 0) + 1
    row = LearnedModel(
        learner=learner,
        version=version,
        content={**content, "version": version},
        decisions=decisions,
        measures=dict(measures),
        said=said,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row


def put_in_use(session: Session, learner: Learner, version: int, *, by: str, now: datetime) -> LearnedModel | None:
    """Use a version from now on; 0 goes back to the hand weights, and returns None.

    Raises NotFoundError when there is no such version.
    """
    chosen = get(session, learner, version) if version else None
    before = live(session).get(learner)
    if before is not None and before is not chosen:
        before.live = False
        session.flush()  # of one learner no two may be live, not even on the way
    if chosen is not None:
        chosen.live, chosen.live_by, chosen.live_at = True, by, now
    session.flush()
    return chosen
