"""`tracker import-csv`: a table of campaign objects in, and before that what it would change, row by row."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.opening import opened, progress
from tracker.domain.errors import InputError

if TYPE_CHECKING:
    from tracker.workflows.csv_import import DryRun, Opened
    from tracker.workflows.csv_runs import Wanted

# Lines printed of each outcome; --all prints every row.
PRINTED = 40


@click.command("import-csv")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say row by row what would change, and change nothing.")
@click.option("--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="Which field a column is; repeatable.")
@click.option("--source", default="", metavar="URL", help="The source of every row that names none.")
@click.option("--campaign", default="", metavar="NAME", help="The campaign of every row that names none.")
@click.option("--publish", is_flag=True, help="Show new objects at once; otherwise they are drafts.")
@click.option("--leave", multiple=True, type=click.IntRange(min=1), metavar="ROW", help="Leave a row out; repeatable.")
@click.option("--by", default="command line", show_default=True, help="Who brings it in, for the history.")
@click.option("--all", "every", is_flag=True, help="Print every row, those that are the same as well.")
def import_csv_command(kind: str, file: Path, **chosen: object) -> None:
    """Import the CSV file FILE: a row an object of one KIND (resolution, letter, contract ..., or timelinejs).

    Wrong rows, and those without a slug that may be an object we have, are left out and told. What was stopped goes on
    when the same file is given again. docs/editing.md, "Import", says how columns are matched.
    """
    from tracker.workflows.csv_import import DryRun, open_table
    from tracker.workflows.csv_runs import Wanted

    columns = _mapping(chosen["mapping"])
    wanted = Wanted(columns, str(chosen["source"]), str(chosen["campaign"]), bool(chosen["publish"]))
    with file.open("rb") as binary:
        try:
            table = open_table(binary, kind, columns)
        except InputError as error:
            raise InputError(f"importing {file}: {error}") from error
        _tell(file, table)
        if chosen["dry_run"]:
            from tracker.store.csv_judge import Chosen

            _look(DryRun(opened(), table, Chosen(wanted.source)), every=bool(chosen["every"]))
            return
    leave = chosen["leave"] if isinstance(chosen["leave"], tuple) else ()
    _bring_in(file, kind, wanted, leave, str(chosen["by"]))


def _look(run: "DryRun", *, every: bool) -> None:
    from tracker.domain.csv_judged import Counts, Outcome

    printed = Counts()
    with progress("looking at the rows") as step:
        for judged in run.rows():
            if run.counts.rows % 100 == 0:
                step(run.counts.rows, run.counts.rows, "")
            if every or (judged.outcome is not Outcome.SAME and getattr(printed, judged.outcome) < PRINTED):
                printed.add(judged.outcome)
                click.echo(judged.words())
    click.echo(run.counts.words())


def _bring_in(file: Path, kind: str, wanted: "Wanted", leave: tuple[int, ...], by: str) -> None:
    from tracker.domain.csv_judged import Counts
    from tracker.store.engine import reading
    from tracker.workflows import csv_runs

    runtime = opened()
    number = csv_runs.go_on_with(runtime, file.read_bytes(), kind)
    if number is None:
        with file.open("rb") as binary:
            number = csv_runs.begin(runtime, (binary, file.name), kind, by, wanted)
        with progress("looking at the rows") as step:
            csv_runs.check(runtime, number, step=lambda row: step(row, row, "") if row % 100 == 0 else None)
        csv_runs.decide(runtime, number, dict.fromkeys(leave, csv_runs.LEAVE))
    with reading(runtime.engine) as session:
        rows = csv_runs.get(session, number).checked_to
    with progress("bringing in the rows") as step:
        csv_runs.apply(runtime, number, by, step=lambda row: step(row, rows, ""))
    with reading(runtime.engine) as session:
        click.echo(Counts(**csv_runs.get(session, number).done).words())


def _mapping(given: object) -> dict[str, str]:
    """Return the columns a person named, by column."""
    found = {}
    for pair in given if isinstance(given, tuple) else ():
        column, mark, field = str(pair).rpartition("=")
        if not mark:
            raise InputError(f"--map {pair}: write COLUMN=FIELD, and nothing after the = to leave a column out")
        found[column.strip()] = field.strip()
    return found


def _tell(file: Path, table: "Opened") -> None:
    """Say how a file is read before anything of it is looked at."""
    click.echo(f"{file}: {table.table.words()}")
    for warning in table.table.warnings:
        click.echo(f"note: {warning}")
    click.echo(f"read: {', '.join(f'{table.header[place]} = {one.key}' for place, one in table.columns.items())}")
    if table.unread():
        click.echo(f"not read: {', '.join(table.unread())}")
