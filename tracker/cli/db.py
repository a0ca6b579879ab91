"""`tracker db` and `tracker rebuild`: the database's schema, and the timeline made again."""

import click

from tracker.cli.opening import opened
from tracker.settings import load


@click.group("db")
def db_command() -> None:
    """Upgrade and check the database. Its address is the setting database_url (a SQLite file unless set)."""


@db_command.command("upgrade")
def upgrade() -> None:
    """Bring the schema up to date. A database made by a newer program is refused and not touched."""
    from tracker.store import migrate
    from tracker.store.engine import create_engine

    engine = create_engine(load().database)
    click.get_current_context().call_on_close(engine.dispose)
    before, after = migrate.upgrade(engine)
    same = f"already up to date ({after})"
    click.echo(same if before == after else f"upgraded from {before or 'nothing'} to {after}")


@db_command.command("check")
def check() -> None:
    """Say which schema the database has, and whether the timeline equals what objects and documents say."""
    from tracker.workflows.project import verify

    runtime = opened()
    found = verify(runtime)
    click.echo(f"{runtime.engine.url.render_as_string(hide_password=True)}: {found.rows} timeline rows")
    if found.difference.touched:
        click.echo(f"{_difference(found.difference)}; run `tracker rebuild` to mend it")
        raise click.exceptions.Exit(1)
    click.echo("the timeline equals what objects and documents say")


@click.command("rebuild")
def rebuild_command() -> None:
    """Make the whole timeline again from nothing. On a healthy archive no row changes."""
    from tracker.workflows.project import rebuild

    done = rebuild(opened())
    click.echo(f"{done.rows} rows made again: {_difference(done.difference)}")


def _difference(found: object) -> str:
    parts = [f"{getattr(found, name)} {name}" for name in ("added", "changed", "dropped") if getattr(found, name)]
    return ", ".join(parts) or "no row differs from before"
