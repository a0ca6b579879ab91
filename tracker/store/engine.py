"""Engines and sessions for SQLite and PostgreSQL, and what state a database's schema is in."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy import create_engine as sqlalchemy_engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from tracker.domain.errors import DatabaseError

BUSY_SECONDS = 15


def create_engine(url: str) -> Engine:
    """Return an engine for a database address; a SQLite file's folder is made.

    Raises DatabaseError in one line when the address is unusable or the folder cannot be written.
    """
    if url.startswith("sqlite:///") and not url.endswith(":memory:"):
        folder = Path(url.removeprefix("sqlite:///")).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseError(
                f"making the data folder {folder}: {error.strerror}; choose one you may write with TRACKER_DATA_DIR"
            ) from error
    try:
        engine = sqlalchemy_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    except Exception as error:
        raise DatabaseError(f"opening the database {url!r}: {error}; see TRACKER_DATABASE_URL") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Set what SQLite forgets between connections; transactions are begun by us, not by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError:
        # A read-only file has no journal to switch; the first write says so in words.
        pass
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """Begin for real, so that savepoints and reads inside a transaction behave as on PostgreSQL."""
    mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is thrown away at the end: pages and reports."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session that is one transaction: all of it is kept, or nothing.

    SQLite takes its write lock at once, so that a read followed by a write never fails half way for a rival's write.
    """
    with engine.connect().execution_options(writes=True) as connection:
        try:
            with Session(bind=connection, expire_on_commit=False) as session, session.begin():
                yield session
                session.flush()
            connection.commit()
        except OperationalError as error:
            connection.rollback()
            raise database_error(error, str(engine.url.render_as_string(hide_password=True))) from error


def database_error(error: OperationalError, url: str) -> DatabaseError:
    """Return one clear line for what the database refused."""
    reason = str(error.orig).strip().splitlines()[0]
    advice = "check that it is there and running"
    if "readonly" in reason or "read-only" in reason or "unable to open" in reason:
        advice = "check that you may write the file and its folder, or choose another with TRACKER_DATA_DIR"
    elif "locked" in reason:
        advice = "another program holds it for long: stop that one, then try again"
    elif "no such table" in reason or "does not exist" in reason:
        advice = "run `tracker db upgrade` first"
    return DatabaseError(f"using the database {url}: {reason}; {advice}")


def revision(engine: Engine) -> str | None:
    """Return the schema revision a database is at, or None when it has no tables of ours."""
    try:
        with engine.connect() as connection:
            if not engine.dialect.has_table(connection, "alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except OperationalError as error:
        raise database_error(error, engine.url.render_as_string(hide_password=True)) from error
