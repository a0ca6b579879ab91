"""The schema's way forward and back: Alembic over our own engine, so that pragmas and errors are ours."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from tracker.domain.errors import DatabaseError
from tracker.store.engine import clear_errors, revision

FOLDER = Path(__file__).resolve().parent.parent.parent / "migrations"


def _config() -> Config:
    config = Config()
    # A percent sign in the folder's name would be read as the beginning of a variable.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def head() -> str:
    """Return the newest revision this program knows."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None, "the project ships at least one migration"  # noqa: S101 - a fact of the checkout
    return newest


def known(name: str) -> bool:
    """Return whether this program knows a revision."""
    return any(script.revision == name for script in ScriptDirectory.from_config(_config()).walk_revisions())


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
    _run(engine, lambda config: command.upgrade(config, target))
    return before, revision(engine)


def downgrade(engine: Engine, target: str) -> None:
    """Take the schema back to `target` ("base" for none of it)."""
    check(engine)
    _run(engine, lambda config: command.downgrade(config, target))


def _run(engine: Engine, work: Callable[[Config], object]) -> None:
    config = _config()
    with (
        clear_errors(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        config.attributes["connection"] = connection
        work(config)


def revise(engine: Engine, message: str) -> None:
    """Write a new migration from the difference between models and this (up-to-date) database. For developers."""
    _run(engine, lambda config: command.revision(config, message=message, autogenerate=True, rev_id=_next()))


def _next() -> str:
    """Return the number of the migration to come; revisions are counted, so that a reader sees their order."""
    return f"{len(list(ScriptDirectory.from_config(_config()).walk_revisions())) + 1:04d}"
