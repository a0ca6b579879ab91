"""`tracker document`: documents that somebody has at hand."""

from pathlib import Path

import click

from tracker.cli.opening import opened
from tracker.domain.errors import InputError


@click.group("document")
def document_command() -> None:
    """Add a document from a file or an address."""


@document_command.command("add")
@click.argument("place")
@click.option("--published", default="", help='When it was published: 2019-02-07, "7 February 2019", "May 2018".')
@click.option("--title", default="", help="Its title as published.")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--url", help="Where it was published, when PLACE is a file.")
@click.option("--kind", default="news", help="news, statement, filing, report, legislation or contract.")
def add(place: str, *, published: str, title: str, publisher: str, url: str | None, kind: str) -> None:
    """Add what stands at PLACE as a document and link it like a collected one.

    PLACE is a file (HTML, text or PDF), an address (http or https), or "-" for standard input. Title, publisher and
    date are taken from the page where it says them; what you say wins. Where it says none, you are asked for them. The
    same bytes with the same title are kept once.

    \b
    Examples:
      tracker document add https://example.org/letter
      tracker document add report.pdf --published "May 2018" --title "..." --publisher "The Hill"
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.add_document import Given, add_document
    from tracker.workflows.setup import prepare

    runtime = opened()
    if _is_address(place):
        if url is not None:
            raise InputError(f"adding {place}: it is an address itself; leave --url out")
        from tracker.workflows.add_document import add_address

        prepare(runtime)
        done = add_address(runtime, place, published=published, title=title, publisher=publisher, kind=kind)
    else:
        body = _read(place)
        prepare(runtime)
        given = Given(body=body, published=published, title=title, publisher=publisher, url=url, kind=kind)
        done = add_document(runtime, given)
    click.echo(done.words())


def _is_address(place: str) -> bool:
    return place.lower().startswith(("http://", "https://"))


def _read(place: str) -> bytes:
    """Return a file's bytes, or those on standard input for "-"."""
    import sys

    if place == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(place).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"reading {place}: {reason}; give a file, an address, or - for standard input") from error
