"""`tracker link`: links decided on, the archive linked again, and suggestions for items given as JSON."""

import json
from pathlib import Path

import click

from tracker.cli.link_decide import candidates_command, decide_command
from tracker.cli.link_learning import evaluate_command, model_command, read_json, train_command
from tracker.cli.link_names import names_command
from tracker.domain.errors import InputError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


@click.group("link")
def link_command() -> None:
    """Decide on links, learn from what was decided, link the archive again."""


for _command in (
    decide_command,
    candidates_command,
    train_command,
    evaluate_command,
    model_command,
    names_command,
):
    link_command.add_command(_command)


@link_command.command("again")
def again() -> None:
    """Judge and link every document anew with today's words, names and campaign objects. People's decisions stay.

    Useful after config/terms.toml or config/names was changed; `tracker import` does it by itself.
    """
    from tracker.cli.opening import opened, progress
    from tracker.workflows.restudy import restudy
    from tracker.workflows.setup import prepare

    runtime = opened()
    prepare(runtime)
    with progress("looking at the archive again") as step:
        click.echo(restudy(runtime, lambda count: step(count, count, "")).words())


@link_command.command("predict")
@click.option("--objects", type=FILE, required=True, help="Campaign objects and entities as JSON.")
@click.option("--items", type=FILE, required=True, help="A JSON list of items with title, summary and date.")
@click.option("--out", type=OUT, required=True, help="Where to write the answer.")
def predict(objects: Path, items: Path, out: Path) -> None:
    """Say for every item: relevance, event type, names, links with scores and reasons."""
    from tracker.workflows.predict import predict_file

    found = predict_file(read_json(objects), read_json(items))
    try:
        out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"writing {out}: {error.strerror}; choose another place with --out") from error
    click.echo(f"{len(found['items'])} items answered in {out}")
