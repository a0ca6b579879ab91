"""`tracker read`: what would be stored of a file, storing nothing."""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click


@click.group("read")
def read_command() -> None:
    """Show what would be stored of a file, storing nothing. FILE may be gzipped; "-" is standard input."""


@read_command.command("feed")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON: title, entries, warnings.")
@click.option("--url", default="", help="The feed's address, against which relative links are resolved.")
def feed(file: Path, *, as_json: bool, url: str) -> None:
    """Show the entries of FILE, an RSS, Atom, RDF or JSON feed, as they would be stored.

    \b
    Example:
      tracker read feed saved.xml --json --url https://example.org/feed
    """  # noqa: D301 - click wants the character that \b writes
    import json

    from tracker.workflows.shown.file import feed_report, unpacked

    body = unpacked(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
    report = feed_report(body, url, datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
        return
    click.echo(f"{report['title'] or 'a feed without a title'}: {len(report['entries'])} entries")
    for entry in report["entries"]:
        click.echo(f"  {(entry['published'] or 'no date')[:10]:>10}  {entry['title'] or '(no title)'}")
    for warning in report["warnings"]:
        click.echo(f"  note: {warning}", err=True)


@read_command.command("fund-votes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list of votes, written as they are read.")
@click.option(
    "--cover",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The filing's primary document, which names filer, series and managers.",
)
def fund_votes(file: Path, *, as_json: bool, cover: Path | None) -> None:
    """Show how a fund or manager voted: FILE is the vote table of a Form N-PX, or a full submission (.txt).

    The table may have hundreds of megabytes. A list that is not closed is not whole: the file is damaged.

    \b
    Example:
      tracker read fund-votes votes.xml --cover primary_doc.xml --json
    """  # noqa: D301 - click wants the character that \b writes
    import json
    from contextlib import ExitStack

    from tracker.workflows.shown.file import named
    from tracker.workflows.shown.fund_votes import vote_line, vote_rows

    notes: list[str] = []
    with ExitStack() as files, named(file):
        table = sys.stdin.buffer if str(file) == "-" else files.enter_context(file.open("rb"))
        rows = vote_rows(table, files.enter_context(cover.open("rb")) if cover else None, notes)
        if as_json:
            between = "["
            for row in rows:
                click.echo(f"{between}\n{json.dumps(row, ensure_ascii=False)}", nl=False)
                between = ","
            click.echo("[]" if between == "[" else "\n]")
        else:
            for row in rows:
                click.echo(vote_line(row))
                for warning in row["warnings"]:
                    click.echo(f"            note: {warning}")
    for note in notes:
        click.echo(f"  note: {note}", err=True)


@read_command.command("voting-results")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON: meeting_date, preliminary, matters.")
def voting_results(file: BinaryIO, *, as_json: bool) -> None:
    """Show every matter voted on in FILE, a Form 8-K or 8-K/A with Item 5.07: HTML, text, PDF or a full submission.

    A count that the filing does not give is left out (null in JSON); one it gives as 0 or a dash is 0.

    \b
    Example:
      tracker read voting-results 8-k.htm --json
    """  # noqa: D301 - click wants the character that \b writes
    import json

    from tracker.workflows.shown.file import filing_bytes, named
    from tracker.workflows.shown.voting_results import voting_lines, voting_report

    with named(Path("-" if file is sys.stdin.buffer else file.name)):
        report, warnings = voting_report(filing_bytes(file))
    if as_json:
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for line in voting_lines(report):
            click.echo(line)
    for warning in warnings:
        click.echo(f"  note: {warning}", err=True)


@read_command.command("proxy-statement")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list with one object for each proposal.")
def proxy_statement(file: BinaryIO, *, as_json: bool) -> None:
    """Show the shareholder proposals in FILE, a proxy statement (DEF 14A): HTML, text, PDF or a full submission.

    Each with its number, title, proponents, resolved clause, supporting statement, and what the board says.

    \b
    Example:
      tracker read proxy-statement def14a.htm --json
    """  # noqa: D301 - click wants the character that \b writes
    import json

    from tracker.workflows.shown.file import filing_bytes, named
    from tracker.workflows.shown.proxy_statement import proxy_lines, proxy_report

    with named(Path("-" if file is sys.stdin.buffer else file.name)):
        report, statement = proxy_report(filing_bytes(file))
    if as_json:
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for line in proxy_lines(statement):
            click.echo(line)
    for warning in statement.warnings:
        click.echo(f"  note: {warning}", err=True)


@read_command.command("exempt-solicitation")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON: registrant, persons, items, meeting_date and more.")
def exempt_solicitation(file: BinaryIO, *, as_json: bool) -> None:
    """Show who asks for which votes in FILE, a notice of exempt solicitation (PX14A6G) or the same elsewhere.

    HTML, text, PDF or a full submission. The filers' postal addresses are never read.

    \b
    Example:
      tracker read exempt-solicitation px14a6g.htm --json
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.shown.exempt_solicitation import solicitation_lines, solicitation_report
    from tracker.workflows.shown.file import filing_bytes, named

    with named(Path("-" if file is sys.stdin.buffer else file.name)):
        report = solicitation_report(filing_bytes(file))
    _show(report, solicitation_lines(report), as_json=as_json)


@read_command.command("no-action")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON: kind, company, proponents, bases, outcome and more.")
def no_action(file: BinaryIO, *, as_json: bool) -> None:
    """Show what FILE, a letter under Rule 14a-8, says: a company's notice or request, or the staff's response.

    HTML, text or PDF. What staff answers since November 2025 without weighing a proposal is an outcome of its own.

    \b
    Example:
      tracker read no-action letter.pdf --json
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.shown.file import filing_bytes, named
    from tracker.workflows.shown.no_action import no_action_lines, no_action_report

    with named(Path("-" if file is sys.stdin.buffer else file.name)):
        report = no_action_report(filing_bytes(file))
    _show(report, no_action_lines(report), as_json=as_json)


def _show(report: dict[str, Any], lines: Iterable[str], *, as_json: bool) -> None:
    import json

    if as_json:
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for line in lines:
            click.echo(line)
        for warning in report["warnings"]:
            click.echo(f"  note: {warning}", err=True)
