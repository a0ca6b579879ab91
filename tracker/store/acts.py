"""Acts of administrators on sources and subscribers: written once, read for their pages."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.models.tending import Act

SOURCE, SUBSCRIBER = "source", "subscriber"


def record(
    session: Session, about: str, about_id: int, what: str, *, by: str, now: datetime, why: str = "", detail: str = ""
) -> None:
    """Write an act down. Nothing personal of a subscriber belongs into `detail` and `why`."""
    session.add(Act(about=about, about_id=about_id, what=what, detail=detail, why=why, made_by=by, made_at=now))
    session.flush()


def of(session: Session, about: str, about_id: int, limit: int = 50) -> list[Act]:
    """Return the newest acts on one thing."""
    query = select(Act).where(Act.about == about, Act.about_id == about_id).order_by(col(Act.id).desc())
    return list(session.exec(query.limit(limit)))


def latest(session: Session, about: str, limit: int = 50) -> list[Act]:
    """Return the newest acts on all things of a kind."""
    return list(session.exec(select(Act).where(Act.about == about).order_by(col(Act.id).desc()).limit(limit)))
