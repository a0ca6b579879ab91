"""Engines and sessions for SQLite and PostgreSQL, and what state a database's schema is in."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url, text
from sqlalchemy import create_engine as sqlalchemy_engine
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import DatabaseError as UnusableFile
from sqlmodel import Session

from tracker.domain.errors import ConflictError, DatabaseError

BUSY_SECONDS = 15
# PostgreSQL: unique_violation, deadlock_detected, serialization_failure. SQLite has the first kind only.
RIVALS = frozenset({"23505", "40P01", "40001", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
TOO_LONG = "22001"  # PostgreSQL: string_data_right_truncation. SQLite keeps a text of any length
FORMS = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"


def create_engine(url: str) -> Engine:
    """Return an engine for a database address; a SQLite file's folder is made.

    Raises DatabaseError in one line when the address is unusable or the folder cannot be written.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        # The address is not shown: a password may stand in it.
        raise DatabaseError(f"reading TRACKER_DATABASE_URL: it is not an address such as {FORMS}") from error
    if address.drivername in {"postgres", "postgresql"}:
        address = address.set(drivername="postgresql+psycopg")
    shown = address.render_as_string(hide_password=True)
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise DatabaseError(f"opening the database {shown}: it is neither SQLite nor PostgreSQL; write {FORMS}")
    file = address.database or ""
    if address.get_backend_name() == "sqlite" and file not in {"", ":memory:"} and not file.startswith("file:"):
        _make_folder(Path(file).parent)
    try:
        # Statements are logged without their values: subscribers' tokens are among them.
        if address.get_backend_name() == "sqlite":
            engine = sqlalchemy_engine(address, json_deserializer=_from_json, hide_parameters=True)
        else:
            engine = sqlalchemy_engine(address, pool_pre_ping=True, hide_parameters=True)
    except (SQLAlchemyError, ImportError) as error:
        raise DatabaseError(f"opening the database {shown}: {error}; write {FORMS}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _from_json(text: str) -> Any:
    """Read a column's JSON. Most of it is an empty list or mapping, and need not be parsed."""
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"making the data folder {folder}: {error.strerror}; choose one you may write with TRACKER_DATA_DIR"
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Set what SQLite forgets between connections; transactions are begun by us, not by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA synchronous=NORMAL")
    # A read-only file has no journal to switch; the first write says so in words.
    with suppress(sqlite3.OperationalError):
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """Begin for real, so that savepoints and reads inside a transaction behave as on PostgreSQL."""
    mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is thrown away at the end: pages and reports."""
    with clear_errors(engine), Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session that is one transaction: all of it is kept, or nothing.

    SQLite takes its write lock at once, so that a read followed by a write never fails half way for a rival's write.
    Raises ConflictError when a rival wrote the same row at the same moment: nothing is kept, and trying again helps.
    """
    with (
        clear_errors(engine),
        engine.connect().execution_options(writes=True) as connection,
        Session(bind=connection, expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session
        session.flush()


def dialect_of(session: Session) -> str:
    """Return which database a session asks: "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


@contextmanager
def clear_errors(engine: Engine) -> Iterator[None]:
    """Turn what a database refuses for reasons of its own into one clear line; our own errors go through as is."""
    try:
        yield
    except DBAPIError as error:
        found = _told(error, engine.url.render_as_string(hide_password=True))
        if found is None:
            raise
        raise found from error


def _told(error: DBAPIError, url: str) -> DatabaseError | ConflictError | None:
    reason = (str(error.orig).strip() or type(error.orig).__name__).splitlines()[0]
    code = str(getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", ""))
    if isinstance(error, IntegrityError | OperationalError) and code in RIVALS:
        return ConflictError(f"writing to the database {url}: another program wrote the same row ({reason}); try again")
    if code == TOO_LONG:
        return DatabaseError(f"writing to the database {url}: a text is longer than its place ({reason}); shorten it")
    missing = "no such table" in reason or code == "42P01"
    if not missing and not isinstance(error, OperationalError | InternalError) and type(error) is not UnusableFile:
        return None
    advice = "check that it is there and running"
    if missing:
        advice = "run `tracker db upgrade` first"
    elif "readonly" in reason or "read-only" in reason or "unable to open" in reason:
        advice = "check that you may write the file and its folder, or choose another with TRACKER_DATA_DIR"
    elif "locked" in reason:
        advice = "another program holds it for long: stop that one, then try again"
    elif type(error) is UnusableFile:
        advice = "restore it from a copy, or choose another with TRACKER_DATABASE_URL"
    return DatabaseError(f"using the database {url}: {reason}; {advice}")


def revision(engine: Engine) -> str | None:
    """Return the schema revision a database is at, or None when it has no tables of ours."""
    with clear_errors(engine), engine.connect() as connection:
        if not engine.dialect.has_table(connection, "alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
