"""`tracker document`: documents that somebody has at hand."""

from pathlib import Path

import click

from tracker.cli.opening import opened


@click.group("document")
def document_command() -> None:
    """Add a document from a file."""


@document_command.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--published", required=True, help='When it was published: 2019-02-07, "7 February 2019", "May 2018".')
@click.option("--title", required=True, help="Its title as published.")
@click.option("--publisher", required=True, help="Who published it.")
@click.option("--url", help="Where it was published.")
@click.option("--kind", default="news", help="news, statement, filing, report, legislation or contract.")
def add(file: Path, *, published: str, title: str, publisher: str, url: str | None, kind: str) -> None:
    """Add FILE (text or HTML, "-" for standard input) as a document and link it like a collected one.

    \b
    Example:
      tracker document add article.txt --published 2019-02-07 --title "..." --publisher "The Hill"
    """  # noqa: D301 - click wants the character that \b writes
    import sys

    from tracker.workflows.add_document import Given, add_document
    from tracker.workflows.setup import prepare

    body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    runtime = opened()
    prepare(runtime)
    given = Given(body=body, published=published, title=title, publisher=publisher, url=url, kind=kind)
    click.echo(add_document(runtime, given).words())
