"""`tracker import`: campaign files in, and whole archives."""

import json
from pathlib import Path

import click

from tracker.cli.opening import opened, progress
from tracker.domain.errors import InputError


@click.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
def import_command(file: Path) -> None:
    """Import the campaign FILE (JSON; docs/campaign-file.md): organisations, objects and evidence, all or nothing.

    Importing the same file again changes nothing; a corrected file changes just what differs. A folder that
    `tracker export` wrote is the whole archive: it is brought into an empty database.
    """
    if file.is_dir():
        _archive(file)
    else:
        _campaign(file)


def _archive(folder: Path) -> None:
    from tracker.workflows.whole_archive import import_archive

    with progress("bringing in the archive") as step:
        done = import_archive(opened(), folder, step=step)
    click.echo(f"{done.rows:,} rows of {done.tables} tables came in")


def _campaign(file: Path) -> None:
    from tracker.workflows.exchange import import_campaign
    from tracker.workflows.restudy import restudy
    from tracker.workflows.setup import prepare

    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"reading the campaign file {file}: {error}; it must be JSON in UTF-8") from error
    runtime = opened()
    prepare(runtime)
    done = import_campaign(runtime, content)
    click.echo(
        f"{done.new} objects new, {done.changed} changed, {done.same} unchanged; {done.events} timeline rows touched"
    )
    if done.kept:
        click.echo(f"{done.kept} values stand as people gave them, against the file: `tracker history` has them")
    if done.new or done.changed:
        # What the archive holds already may be about the campaign that has just come.
        with progress("looking at the archive again") as step:
            click.echo(restudy(runtime, lambda count: step(count, count, "")).words())
