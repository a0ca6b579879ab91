"""`tracker document`: documents that somebody has at hand, and a person's word on any."""

from pathlib import Path

import click

from tracker.cli.opening import opened
from tracker.cli.who import NAME
from tracker.domain.errors import InputError
from tracker.domain.vocab import DocumentRelation, EventType, Verdict

VERDICT = click.Choice(["relevant", "not_relevant", *(event_type.value for event_type in EventType)])


@click.group("document")
def document_command() -> None:
    """Add a document from a file or an address; say whether one is relevant, what it tells and what it follows."""


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


@document_command.command("decide")
@click.argument("document", type=int)
@click.argument("verdict", type=VERDICT, metavar="VERDICT")
@click.option("--by", type=NAME, required=True, help="Who decides so.")
@click.option("--note", default="", help="Why, for whoever reads it later.")
def decide_document(document: int, verdict: str, *, by: str, note: str) -> None:
    """Say whether DOCUMENT (its number) is about what is followed here, or what happened in it.

    VERDICT is relevant, not_relevant, or the kind of event that it tells of: a wrong one lists them all. No rule
    changes it again. A relevant one is linked, and put to those that tell the same story, at once.
    What is decided is learned from by `tracker link train`.

    \b
    Examples:
      tracker document decide 12 not_relevant --by Ada
      tracker document decide 12 lawsuit_filed --by Ada
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.decide import Said, decide

    if verdict in set(EventType):
        said = Said(Verdict.EVENT_TYPE, by, event_type=EventType(verdict), note=note)
    else:
        said = Said(Verdict(verdict), by, note=note)
    decide(opened(), document, said)
    click.echo(f"document {document}: {verdict}, by {by}")


@document_command.command("follows")
@click.argument("later", type=int)
@click.argument("earlier", type=int)
@click.argument("verdict", type=click.Choice(["accept", "reject"]), metavar="VERDICT")
@click.option(
    "--relation",
    type=click.Choice([relation.value for relation in DocumentRelation]),
    help="How; needed where no rule suggested it.",
)
@click.option("--by", type=NAME, required=True, help="Who decides so.")
def follows(later: int, earlier: int, verdict: str, *, relation: str | None, by: str) -> None:
    """Say whether document LATER answers document EARLIER, or goes on from it. No rule changes it again.

    VERDICT is accept or reject.

    \b
    Example:
      tracker document follows 15 12 accept --relation responds_to --by Ada
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.decide_following import decide_following

    given = DocumentRelation(relation) if relation is not None else None
    found = decide_following(opened(), later, earlier, accept=verdict == "accept", by=by, relation=given)
    click.echo(f"document {later} {found.relation.value} document {earlier}: {found.state.value}, by {by}")


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
