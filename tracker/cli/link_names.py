"""`tracker link names`: names that recur in the archive and that nobody told us."""

import click

from tracker.cli.who import NAME
from tracker.domain.errors import InputError
from tracker.domain.vocab import NewNameKind

KIND = click.Choice([kind.value for kind in NewNameKind if kind is not NewNameKind.UNCLEAR])


@click.command("names")
@click.option("--least", default=3, show_default=True, help="In how many documents a name must stand.")
@click.option("--accept", metavar="NAME", help="Take this name in: later documents are read with it.")
@click.option("--reject", metavar="NAME", help="Never propose this name again.")
@click.option("--as", "kind", type=KIND, help="With --accept: what it is, when its words do not tell.")
@click.option("--by", type=NAME, default="", help="Who decides; needed with --accept and --reject.")
def names_command(least: int, accept: str | None, reject: str | None, kind: str | None, by: str) -> None:
    """List names that recur in relevant documents and are in no list, with an example of each; or decide on one.

    Accepted names go to the archive's own names, not to config/names. Run `tracker link again` to read the archive
    anew with them.
    """
    from tracker.cli.opening import opened
    from tracker.workflows.new_names import accept_name, look_for_names, reject_name

    if accept and reject:
        raise InputError("deciding on names: give --accept or --reject, not both")
    if (accept or reject) and not by:
        raise InputError("deciding on a name: say who decides with --by")
    runtime = opened()
    if accept:
        taken = accept_name(runtime, accept, kind=NewNameKind(kind) if kind else None, by=by)
        click.echo(f"{accept} is known as {taken} from now on")
    elif reject:
        reject_name(runtime, reject, by=by)
        click.echo(f"{reject} will not be proposed again")
    else:
        rows = look_for_names(runtime, least=least)
        for row in rows:
            click.echo(f"{row.documents:4d}  {row.kind.value:9s} {row.name}")
            for example in row.examples[:1]:
                click.echo(f"      document {example['document']}: {example['words']}")
        click.echo(f"{len(rows)} names to decide on")
