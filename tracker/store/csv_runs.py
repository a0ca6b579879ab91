"""CSV files that are kept while they come in."""

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.models.csv_run import CsvRun, CsvRunState


def listed(session: Session, *, limit: int = 50) -> list[CsvRun]:
    """Return the newest files, without what is in them."""
    query = select(CsvRun).options(defer(CsvRun.content))  # type: ignore[arg-type]
    return list(session.exec(query.order_by(col(CsvRun.id).desc()).limit(limit)))


def columns_before(session: Session, kind: str, header_key: str) -> dict[str, str]:
    """Return the columns that were chosen last for a file of this kind with this header."""
    query = select(CsvRun.columns).where(CsvRun.kind == kind, CsvRun.header_key == header_key)
    found = session.exec(query.order_by(col(CsvRun.id).desc()).limit(1)).first()
    return dict(found or {})


def unfinished(session: Session, kind: str, content_hash: str) -> CsvRun | None:
    """Return the file with this content that came in only in part."""
    query = select(CsvRun).where(
        CsvRun.kind == kind, CsvRun.content_hash == content_hash, CsvRun.state == CsvRunState.APPLYING
    )
    return session.exec(query.order_by(col(CsvRun.id).desc()).limit(1)).first()


def applying(session: Session) -> list[int]:
    """Return the files that were begun and are not through."""
    query = select(CsvRun.id).where(CsvRun.state == CsvRunState.APPLYING).order_by(col(CsvRun.id))
    return [number or 0 for number in session.exec(query)]
