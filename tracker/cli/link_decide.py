"""`tracker link decide` and `tracker link candidates`: a person's word on links, and what else may be meant."""

import click

from tracker.cli.who import NAME
from tracker.domain.vocab import Relation, Verdict

RELATION = click.Choice([relation.value for relation in Relation])


@click.command("decide")
@click.argument("document", type=int)
@click.argument("object_slug", metavar="OBJECT")
@click.argument("verdict", type=click.Choice(["accept", "reject", "unsure"]), metavar="VERDICT")
@click.option("--relation", type=RELATION, help="With accept: how it bears on it, where what is shown is wrong.")
@click.option("--by", type=NAME, required=True, help="Who decides so.")
@click.option("--note", default="", help="Why, for whoever reads it later.")
def decide_command(document: int, object_slug: str, verdict: str, *, relation: str | None, by: str, note: str) -> None:
    """Say whether DOCUMENT (its number) bears on OBJECT (its short name). No rule changes it again.

    VERDICT is accept, reject or unsure. A link that no rule suggested is made; unsure is kept and changes nothing.
    What is decided is learned from by
    `tracker link train`.

    \b
    Examples:
      tracker link decide 12 amazon-cbc-2018-05-24 accept --by Ada
      tracker link decide 12 amazon-cbc-2018-05-24 accept --relation cites --by Ada
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.cli.opening import opened
    from tracker.domain.errors import InputError
    from tracker.workflows.decide import Said, decide

    if relation is not None and verdict != Verdict.ACCEPT:
        raise InputError(f"deciding {verdict!r}: a relation goes with accept only")
    meant = Verdict.WRONG_RELATION if relation is not None else Verdict(verdict)
    given = Relation(relation) if relation is not None else None
    found = decide(opened(), document, Said(meant, by, object_slug, given, note=note))
    told = f" as {found.relation.value}" if found.relation and verdict == Verdict.ACCEPT else ""
    click.echo(f"document {document} and {object_slug}: {verdict}{told}, by {by}")


@click.command("candidates")
@click.argument("document", type=int)
@click.option("--most", default=10, show_default=True, help="How many are listed.")
def candidates_command(document: int, *, most: int) -> None:
    """List what else DOCUMENT (its number) may bear on: objects to which it is not tied, with score and reasons.

    Nothing is kept. `tracker link decide` makes one of them a link.
    """
    from tracker.cli.opening import opened
    from tracker.workflows.candidates import other_candidates

    found = other_candidates(opened(), document, most=most)
    if not found:
        click.echo(f"nothing else comes near document {document}")
    for row in found:
        click.echo(f"{row.score:.2f}  {row.relation.value}  {row.target.slug}: {row.target.title}")
        click.echo(f"      {row.why}")
