"""`tracker read`: what would be stored of a file, storing nothing."""

import sys
from datetime import UTC, datetime
from pathlib import Path

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

    from tracker.workflows.read_file import feed_report, unpacked

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
