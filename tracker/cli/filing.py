"""`tracker filing`: reading collected filings into the archive, and fund votes from their files."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.opening import Day, opened, progress

if TYPE_CHECKING:
    from tracker.workflows.read_filing import FilingsReport


@click.group("filing")
def filing_command() -> None:
    """Read proxy statements, voting results, solicitations and fund votes into the archive."""


@filing_command.command("read")
@click.argument("document", nargs=-1, type=int)
@click.option("--again", is_flag=True, help="Read also what was read before; what it gave already changes nothing.")
def read(document: tuple[int, ...], *, again: bool) -> None:
    """Read every collected filing that was not read yet, or every DOCUMENT given by its number.

    What a filing says becomes meetings, ballot items, counts, resolutions and links, each value with its place in the
    filing. A value that a person gave is never overwritten; what a reader finds otherwise stands beside it as evidence.
    The job read_filings does the same by itself.

    \b
    Examples:
      tracker filing read
      tracker filing read 93 --again
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.read_filing import read_filings

    runtime = opened()
    with progress("reading") as step:
        report = read_filings(runtime, ids=document or None, again=again or bool(document), step=step)
    _tell(report)


@filing_command.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--form", required=True, help="DEF 14A, DEFA14A, 8-K, 8-K/A, PX14A6G or NO ACT.")
@click.option("--company", required=True, help="The company's slug, name or alias.")
@click.option("--filed", type=Day(), required=True, help="The day of filing.")
@click.option("--url", required=True, help="Where it can be read; every value points there.")
def add(file: Path, *, form: str, company: str, filed: date, url: str) -> None:
    """Add FILE, a filing as HTML, text or PDF, and read it into the archive. "-" is standard input.

    \b
    Example:
      tracker filing add proxy.htm --form "DEF 14A" --company amazon --filed 2026-04-09 --url https://www.sec.gov/...
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.add_filing import GivenFiling, add_filing
    from tracker.workflows.setup import prepare
    from tracker.workflows.shown.file import filing_bytes

    runtime = opened()
    prepare(runtime)
    if str(file) == "-":
        body = filing_bytes(sys.stdin.buffer)
    else:
        with file.open("rb") as stream:
            body = filing_bytes(stream)
    _tell(add_filing(runtime, GivenFiling(body, form, company, filed, url)))


@filing_command.command("fund-votes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", required=True, help="Where the filing can be read; every vote points there.")
@click.option(
    "--cover",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The filing's primary document, which names filer, series and managers.",
)
@click.option("--filed", type=Day(), help="The day of filing: an amendment replaces what was filed before it.")
def fund_votes(file: Path, *, url: str, cover: Path | None, filed: date | None) -> None:
    """Take the votes of FILE that were cast on ballot items we know; FILE is the vote table of a Form N-PX.

    A vote is taken where issuer and meeting agree for certain and its matter is clearly one item; all others are
    counted and left. The table may have hundreds of megabytes and may be gzipped.

    \b
    Example:
      tracker filing fund-votes votes.xml --cover primary_doc.xml --url https://www.sec.gov/Archives/edgar/data/...
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.filed.fund_votes import take_fund_votes

    click.echo(str(take_fund_votes(opened(), file, url=url, cover=cover, filed=filed)))


def _tell(report: "FilingsReport") -> None:
    for line in report.lines:
        click.echo(f"{line.came.outcome.value:<10} {line.title} [document {line.document_id}]")
        click.echo(f"           {line.came.said}")
        for warning in line.came.warnings:
            click.echo(f"           note: {warning}")
    click.echo(str(report))
