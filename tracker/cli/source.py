"""`tracker source`: which sources there are, how each is doing, and adding, stopping and trying them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.opening import opened, progress
from tracker.cli.who import NAME
from tracker.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.web.source_lines import Line
    from tracker.workflows.check import CheckLine
    from tracker.workflows.runtime import Runtime

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("source")
def source_command() -> None:
    """List, try, add and stop the places we look. What config/sources.toml has is there from the start."""


@source_command.command("list")
@JSON
def list_(*, as_json: bool) -> None:
    """List every source with its reader, its state, what it brought and its address, and say what is wrong with it.

    The states: failing, gone (its server says so, 410), not asked in time, silent (nothing new although by its own
    rhythm something should have come), not asked yet, paused, being asked, answering. The JSON is that of the page
    /sources.json.
    """
    from tracker.web.source_words import fields, sentences

    runtime = _prepared()
    now = runtime.clock()
    lines = _lines(runtime)
    if as_json:
        _print_json([fields(line, now) for line in lines])
        return
    if not lines:
        click.echo("no sources yet: put some into config/sources.toml, or `tracker source add URL`")
    for line in lines:
        row = line.source
        state = line.health.words()
        click.echo(f"{row.name:<28} {row.reader:<13} {state:<17} {line.documents:>5} documents  {row.url}")
        for sentence in sentences(line, now):
            if sentence.tone == "bad":
                click.echo(f"    {sentence.text}")
        if row.last_error:
            click.echo(f"    {row.last_error}")


@source_command.command("check")
@click.argument("name", nargs=-1)
@JSON
def check(name: tuple[str, ...], *, as_json: bool) -> None:
    """Try every source now, or every NAME given, and say what came; nothing is stored.

    Shows for each what the answer was, how many entries it has, the newest one's day, the seconds it took, and what to
    do where something is wrong. The exit status is 1 when any source fails.

    \b
    Examples:
      tracker source check
      tracker source check eff aclu
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.sources import check_sources

    runtime = _prepared()
    with progress("trying") as step:
        lines = check_sources(runtime, name, step)
    if as_json:
        _print_json([_check_fields(line) for line in lines])
    else:
        _print_table(lines)
    if any(line.failed for line in lines):
        raise click.exceptions.Exit(1)


@source_command.command("add")
@click.argument("url")
@click.option("--name", help="Its short name: letters, digits, and . _ -; otherwise made from its title or address.")
@click.option("--title", help="The name people read; otherwise the feed's own.")
@click.option("--reader", help="How it is read: feed, watched_page, newsroom ... (docs/add-a-source.md lists all).")
@click.option("--kind", help="What it publishes: news, statement, filing, report, legislation or contract.")
@click.option(
    "--every",
    "every_seconds",
    type=click.IntRange(min=60, max=31622400),
    metavar="SECONDS",
    help="How often to ask it: 60 (a minute) to 31622400 (366 days).",
)
def add(url: str, **what: Any) -> None:
    """Add a source. URL is a feed, or a page that names its feed: the feed is looked for there.

    It is asked once before it is added, so what is added can be read. Without --reader it is read as a feed; to watch
    the page itself, say --reader watched_page.

    \b
    Examples:
      tracker source add https://www.eff.org
      tracker source add https://example.com/policy --reader watched_page --title "Example's policy"
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.sources import add_source

    given = {key: value for key, value in what.items() if value is not None}
    click.echo(add_source(_prepared(), url, **given).words())


@source_command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove the source NAME, if nothing ever came from it; otherwise pause it, for documents rest on it.

    One that stands in config/sources.toml comes back unless it is taken out there.
    """
    from tracker.workflows.sources import remove

    remove(_prepared(), name)
    click.echo(f"{name} is removed")


@source_command.command("pause")
@click.argument("name")
@click.option("--why", help="Why, for those who wonder: it stands on the source's page, with who said it.")
@click.option("--until", default="", metavar="DAY", help="The day from which it is asked again by itself.")
@click.option("--by", type=NAME, default="command line", show_default=True, help="Who pauses it.")
def pause(name: str, why: str | None, until: str, by: str) -> None:
    """Stop asking the source NAME until it is resumed, or until a day. It keeps its place and its history."""
    from tracker.workflows import sources, tend_sources

    if why is None and not until:
        sources.pause(_prepared(), name, paused=True)
    else:
        tend_sources.pause(_prepared(), name, why or "", until, by)
    click.echo(
        f"{name} is paused: it is not asked, so nothing new can arrive; `tracker source resume {name}` ends that"
    )


@source_command.command("resume")
@click.argument("name")
def resume(name: str) -> None:
    """Ask the source NAME again, from now on."""
    from tracker.workflows.sources import pause

    pause(_prepared(), name, paused=False)
    click.echo(f"{name} is asked again, the next time at once")


@source_command.command("import-opml")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be added.")
def import_opml(file: Path, *, dry_run: bool) -> None:
    """Add the feeds of FILE, an OPML list as feed readers export it; "-" is standard input.

    Feeds that are here already are left as they are.
    """
    from tracker.workflows.sources import import_opml

    click.echo(import_opml(_prepared(), _read(file), dry_run).words())


@source_command.command("export-opml")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def export_opml(file: Path) -> None:
    """Write the feeds to FILE as OPML, which other feed readers take; "-" is standard output."""
    from tracker.workflows.sources import export_opml

    body = export_opml(_prepared())
    try:
        with click.open_file(str(file), "wb") as out:
            out.write(body)
    except OSError as error:
        raise InputError(f"writing {file}: {error.strerror}; choose another place") from error
    if str(file) != "-":
        click.echo(f"written to {file}", err=True)


@source_command.command("retry")
@click.argument("name", nargs=-1)
def retry(name: tuple[str, ...]) -> None:
    """Read again what could not be read, of every source or of every NAME given, from the bytes kept; nothing is asked.

    Do it after a reader was mended or brought up to date. The page /sources/unreadable shows what is waiting.
    """
    from tracker.workflows.sources import retry

    runtime = _prepared()
    with progress("reading again") as step:
        report = retry(runtime, name, step)
    click.echo(report.words())


def _prepared() -> "Runtime":
    """Return a runtime whose database has the configured sources."""
    from tracker.workflows.setup import prepare

    runtime = opened()
    prepare(runtime)
    return runtime


def _lines(runtime: "Runtime") -> "list[Line]":
    """Return every source as the health page has it, by name."""
    from tracker.store import sources
    from tracker.store.engine import reading
    from tracker.web.source_lines import lines_of

    with reading(runtime.engine) as session:
        return lines_of(session, sources.every(session), runtime.clock())


def _read(file: Path) -> bytes:
    import sys

    return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()


def _print_json(told: object) -> None:
    import json

    click.echo(json.dumps(told, indent=2, ensure_ascii=False))


def _check_fields(line: "CheckLine") -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(line), "newest": line.newest and line.newest.isoformat(), "failed": line.failed}


def _print_table(lines: "Sequence[CheckLine]") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Source", "Reader", "Outcome", "Entries", "Newest", "Seconds", "What to do"):
        table.add_column(heading, justify="right" if heading in {"Entries", "Seconds"} else "left", overflow="fold")
    for line in lines:
        newest = f"{line.newest:%Y-%m-%d}" if line.newest else "–"
        outcome = line.outcome.replace("_", " ")
        table.add_row(line.name, line.reader, outcome, str(line.entries), newest, f"{line.seconds:.1f}", line.advice)
    if lines:
        Console(markup=False, highlight=False).print(table)
    for line in lines:
        if line.said:
            click.echo(f"{line.name}: {line.said}")
    failed = sum(line.failed for line in lines)
    click.echo(f"{len(lines)} tried, {failed} failed" if lines else "no source to try")
