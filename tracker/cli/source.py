"""`tracker source`: which sources there are and how each is doing."""

import click

from tracker.cli.opening import opened


@click.group("source")
def source_command() -> None:
    """List the sources and how each is doing."""


@source_command.command("list")
def list_() -> None:
    """List every source with its reader, its state and its address."""
    from tracker.store import sources
    from tracker.store.engine import reading
    from tracker.workflows.setup import prepare

    runtime = opened()
    prepare(runtime)
    with reading(runtime.engine) as session:
        rows = sources.every(session)
        counts = sources.counts(session)
    if not rows:
        click.echo("no sources yet: put some into config/sources.toml (docs/add-a-source.md)")
    for row in rows:
        state = "paused" if row.paused else "failing" if row.failures else "well" if row.last_ok_at else "not asked yet"
        click.echo(f"{row.name:<28} {row.reader:<13} {state:<14} {counts.get(row.id or 0, 0):>5} documents  {row.url}")
        if row.last_error:
            click.echo(f"    {row.last_error}")
