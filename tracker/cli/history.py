"""`tracker history` and `tracker revert`: who changed what, when and why; and an act undone."""

from datetime import date

import click

from tracker.cli.opening import opened
from tracker.cli.who import NAME
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError


@click.command("history")
@click.argument("thing", required=False, default="")
@click.option("--by", default="", help="Only what this person or program did.")
@click.option("--since", default="", help='Only from this day on: 2019-05-22, "May 2019".')
@click.option("--most", default=20, show_default=True, type=click.IntRange(1, 10_000), help="How many acts to tell.")
def history_command(thing: str, *, by: str, since: str, most: int) -> None:
    """Tell who changed what, when, why and from which evidence, the newest first.

    THING is an object's, campaign's or organisation's name in addresses, or a document's number.

    \b
    Examples:
      tracker history amazon-2019-study
      tracker history 12
      tracker history --by Ada --since "May 2026"
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.history import told

    first = _day(since) if since else None
    for line in told(opened(), thing, by=by, since=first, most=most):
        click.echo(line)


@click.command("revert")
@click.argument("act", type=click.IntRange(1))
@click.option("--why", required=True, help="Why it is undone; the history keeps it.")
@click.option("--by", type=NAME, required=True, help="Who undoes it.")
def revert_command(act: int, *, why: str, by: str) -> None:
    """Undo ACT (its number in `tracker history`) as a new act; nothing is changed where later acts rest on it.

    \b
    Example:
      tracker revert 12 --by Ada --why "The postmark is of another letter."
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows.revert import Undo
    from tracker.workflows.revert import revert as undo

    number = undo(opened(), Undo(act, by, why))
    click.echo(f"Act {act} is undone by act {number}.")


def _day(text: str) -> date:
    known = PartialDate.parse(text)
    if known.earliest is None:
        raise InputError(f"telling the history since {text!r}: its first day is open; write a day such as 2019-05-22")
    return known.earliest
