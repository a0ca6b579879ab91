"""`tracker story`: which documents tell one story, and a person's word on it."""

import click

from tracker.cli.opening import NUMBER, opened
from tracker.cli.who import NAME


@click.group("story")
def story_command() -> None:
    """Show which documents tell one story, take one out, or put two together."""


@story_command.command("show")
@click.argument("document", type=NUMBER)
def show(document: int) -> None:
    """List the documents that tell the story of DOCUMENT (its number), and why each is among them."""
    from tracker.workflows.stories import show as shown

    click.echo(shown(opened(), document))


BY = click.option("--by", type=NAME, default="an editor", show_default=True, help="Who decides so.")


@story_command.command("split")
@click.argument("document", type=NUMBER)
@BY
def split(document: int, *, by: str) -> None:
    """Take DOCUMENT (its number) out of its story. It never joins those documents again by rule."""
    from tracker.workflows.stories import split as taken_out

    others = taken_out(opened(), document, by=by)
    click.echo(f"document {document} tells a story of its own; kept apart from {others} for good")


@story_command.command("merge")
@click.argument("document", type=NUMBER)
@click.argument("other", type=NUMBER)
@BY
def merge(document: int, other: int, *, by: str) -> None:
    """Put DOCUMENT and OTHER (their numbers), each with its story, together for good."""
    from tracker.workflows.stories import merge as put_together

    click.echo(f"one story, told by {put_together(opened(), document, other, by=by)} documents now")


@story_command.command("again")
def again() -> None:
    """Tell every story anew with today's words and points. What people put together or apart stays so.

    Useful after [story] of config/terms.toml was changed. Stories get new numbers.
    """
    from tracker.workflows.stories import tell_again

    click.echo(tell_again(opened()).words())
