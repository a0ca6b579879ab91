"""`tracker campaign`: what editors keep of a campaign besides its objects."""

import click

from tracker.cli.opening import opened
from tracker.cli.who import NAME


@click.group("campaign")
def campaign_command() -> None:
    """Show and change the terms by which documents are known to be a campaign's."""


@campaign_command.command("terms")
@click.argument("slug")
@click.option("--add", multiple=True, help="A term that marks a document as the campaign's; a star ends any word.")
@click.option("--remove", multiple=True, help="A term to take out.")
@click.option("--add-against", multiple=True, help="A term that marks a document as none of the campaign's.")
@click.option("--remove-against", multiple=True, help="Such a term to take out.")
@click.option("--by", type=NAME, default="", help="Who changes them; needed with --keep.")
@click.option("--note", default="", help="Why.")
@click.option(
    "--days",
    type=click.IntRange(min=1, max=36600),
    default=30,
    show_default=True,
    help="How far back to look for what they would have caught.",
)
@click.option("--keep", is_flag=True, help="Put them in force; without it only shown.")
@click.option("--history", is_flag=True, help="Show every earlier state.")
def terms(
    slug: str,
    *,
    add: tuple[str, ...],
    remove: tuple[str, ...],
    add_against: tuple[str, ...],
    remove_against: tuple[str, ...],
    by: str,
    note: str,
    days: int,
    keep: bool,
    history: bool,
) -> None:
    """Show the terms of the campaign SLUG; changes are tried on last month, and put in force with --keep.

    \b
    Examples:
      tracker campaign terms amazon-rekognition
      tracker campaign terms amazon-rekognition --add "palm scan*" --add-against "pay by palm"
      tracker campaign terms amazon-rekognition --add "palm scan*" --by Ada --keep
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.workflows import campaign_terms as workflow

    runtime = opened()
    states = workflow.history(runtime, slug)
    now = states[0] if states else None
    wanted = workflow.edited(now.terms if now else (), add=add, remove=remove)
    against = workflow.edited(now.against if now else (), add=add_against, remove=remove_against)
    if history:
        for state in states:
            because = f" ({state.note})" if state.note else ""
            click.echo(f"{state.number}  {state.changed_at:%Y-%m-%d %H:%M}  {state.changed_by}{because}")
            _show(state.terms, state.against)
        return
    _show(wanted, against)
    if not (add or remove or add_against or remove_against):
        return
    found = workflow.preview(runtime, slug, terms=wanted, against=against, days=days)
    click.echo(
        f"of {found.looked_at:,} documents of the last {found.days} days they would have "
        f"caught {len(found.caught):,} more and left out {len(found.lost):,}"
    )
    for sign, rows in (("+", found.caught), ("-", found.lost)):
        for row in rows[:20]:
            click.echo(f"{sign} {row.after:.2f} (was {row.before:.2f}) {row.title[:100]}\n    {row.why}")
    if keep:
        kept = workflow.change(runtime, slug, terms=wanted, against=against, by=by, note=note)
        click.echo(f"in force as number {kept.number}; `tracker link again` judges the archive by them")


def _show(wanted: list[str], against: list[str]) -> None:
    click.echo(f"  for: {', '.join(wanted) or '(none)'}")
    click.echo(f"  against: {', '.join(against) or '(none)'}")
