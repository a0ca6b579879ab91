"""The schema's way forward and back: Alembic over our own engine, so that pragmas and errors are ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine

from tracker.domain.errors import DatabaseError
from tracker.store.engine import clear_errors, revision

if TYPE_CHECKING:
    from collections.abc import Callable

    from alembic.config import Config

FOLDER = Path(__file__).resolve().parent.parent.parent / "migrations"


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see `revisions`

    config = Config()
    # A percent sign in the folder's name would be read as the beginning of a variable.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def revisions() -> list[str]:
    """Return every revision this program knows, in order: migrations are files whose names begin with their number.

    Alembic is not asked: loading it takes ten megabytes, and a running program only wants to know this.
    """
    return sorted(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def head() -> str:
    """Return the newest revision this program knows."""
    return revisions()[-1]


def known(name: str) -> bool:
    """Return whether this program knows a revision."""
    return name in revisions()


def check(engine: Engine) -> None:
    """Raise DatabaseError when the database was made by a newer program; it is not touched."""
    current = revision(engine)
    if current is not None and not known(current):
        raise DatabaseError(
            f"opening the database {engine.url.render_as_string(hide_password=True)}: its schema {current} is newer "
            f"than this program knows ({head()}); update the program, or use another with TRACKER_DATABASE_URL"
        )


def require_current(engine: Engine) -> None:
    """Raise DatabaseError when the schema is newer, older or missing, saying which command mends it."""
    check(engine)
    current = revision(engine)
    if current != head():
        found = f"is at {current}" if current else "has no tables yet"
        raise DatabaseError(
            f"opening the database {engine.url.render_as_string(hide_password=True)}: it {found}; "
            "run `tracker db upgrade`"
        )


def upgrade(engine: Engine, target: str = "head") -> tuple[str | None, str | None]:
    """Bring the schema to `target`; return the revisions before and after. All of it or nothing."""
    check(engine)
    before = revision(engine)
    if target == "head" and before == head():
        return before, before
    from alembic import command  # noqa: PLC0415 - see `revisions`

    _run(engine, lambda config: command.upgrade(config, target))
    return before, revision(engine)


def downgrade(engine: Engine, target: str) -> None:
    """Take the schema back to `target` ("base" for none of it)."""
    check(engine)
    from alembic import command  # noqa: PLC0415 - see `revisions`

    _run(engine, lambda config: command.downgrade(config, target))


def _run(engine: Engine, work: "Callable[[Config], object]") -> None:
    config = _config()
    with (
        clear_errors(engine),
        engine.connect().execution_options(writes=True) as connection,
        _keys_unguarded(connection),
        connection.begin(),
    ):
        config.attributes["connection"] = connection
        work(config)
        _check_keys(connection)


@contextmanager
def _keys_unguarded(connection: Connection) -> Iterator[None]:
    """Let SQLite make tables anew: it can change few in place, and to drop the old one would empty those below it.

    What it does then is told in https://www.sqlite.org/lang_altertable.html, section 7. PostgreSQL needs none of it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection  # outside of a transaction, where alone it has an effect
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_keys(connection: Connection) -> None:
    """Raise DatabaseError, so that nothing is kept, where a row points to one that is not there any more."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            tables = ", ".join(sorted({f"{row[0]} to {row[2]}" for row in lost})[:5])
            raise DatabaseError(
                f"changing the schema: {len(lost)} rows would point to rows that are gone ({tables}); nothing was "
                "changed. Please report it; `tracker db backup FILE` keeps the archive as it is"
            )


def revise(engine: Engine, message: str) -> None:
    """Write a new migration from the difference between models and this (up-to-date) database. For developers."""
    from alembic import command  # noqa: PLC0415 - see `revisions`

    _run(engine, lambda config: command.revision(config, message=message, autogenerate=True, rev_id=_next()))


def _next() -> str:
    """Return the number of the migration to come; revisions are counted, so that a reader sees their order."""
    return f"{len(revisions()) + 1:04d}"
