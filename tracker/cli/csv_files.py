"""`tracker import-csv`: a table of campaign objects in, and before that what it would change, row by row."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.opening import opened, progress
from tracker.domain.errors import InputError

if TYPE_CHECKING:
    from tracker.workflows.csv_import import Opened

# Lines printed of each outcome; --all prints every row.
PRINTED = 40


@click.command("import-csv")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say row by row what would change, and change nothing.")
@click.option(
    "--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="Which field a column is; may be repeated."
)
@click.option("--source", default="", metavar="URL", help="The source of every row that names none.")
@click.option("--all", "every", is_flag=True, help="Print every row, those that are the same as well.")
def import_csv_command(
    kind: str, file: Path, mapping: tuple[str, ...], source: str, *, dry_run: bool, every: bool
) -> None:
    """Import a table of campaign objects of one KIND (resolution, letter, contract ...) from the CSV file FILE.

    A row without a slug that may be an object we have is left out, and said. See docs/editing.md, "Import".
    """
    from tracker.domain.csv_judged import Counts, Outcome
    from tracker.store.csv_judge import Chosen
    from tracker.workflows.csv_import import DryRun, open_table

    if not dry_run:
        raise InputError("only --dry-run is there yet")
    with file.open("rb") as binary:
        try:
            table = open_table(binary, kind, _mapping(mapping))
        except InputError as error:
            raise InputError(f"importing {file}: {error}") from error
        _told(file, table)
        run, printed = DryRun(opened(), table, Chosen(source)), Counts()
        with progress("looking at the rows") as step:
            for judged in run.rows():
                step(run.counts.rows, run.counts.rows, "")
                if every or (judged.outcome is not Outcome.SAME and getattr(printed, judged.outcome) < PRINTED):
                    printed.add(judged.outcome)
                    click.echo(judged.words())
        click.echo(run.counts.words())


def _mapping(given: tuple[str, ...]) -> dict[str, str]:
    """Return the columns a person named, by column."""
    found = {}
    for pair in given:
        column, mark, field = pair.rpartition("=")
        if not mark:
            raise InputError(f"--map {pair}: write COLUMN=FIELD, and nothing after the = to leave a column out")
        found[column.strip()] = field.strip()
    return found


def _told(file: Path, table: "Opened") -> None:
    """Say how a file is read before anything of it is looked at."""
    click.echo(f"{file}: {table.table.words()}")
    for warning in table.table.warnings:
        click.echo(f"note: {warning}")
    read = ", ".join(f"{table.table.header[place]} = {one.key}" for place, one in table.columns.items())
    click.echo(f"read: {read}")
    if table.unread():
        click.echo(f"not read: {', '.join(table.unread())}")
