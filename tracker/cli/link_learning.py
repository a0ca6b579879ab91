"""`tracker link train`, `evaluate` and `model`: learning from editors' decisions, in the open."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.who import NAME
from tracker.domain.errors import InputError
from tracker.domain.vocab import Learner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.workflows.learners import Learned

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LEARNER = click.Choice([learner.value for learner in Learner])


@click.command("train")
def train_command() -> None:
    """Learn from every decision of editors. A version that is not worse than the hand weights is used from now on.

    Takes seconds, asks no network. Run `tracker link again` to judge the archive anew by it; what comes in from now on
    is judged by it anyway.
    """
    from tracker.cli.opening import opened
    from tracker.workflows.train import train

    found = train(opened())
    for done in found:
        click.echo(done.words())
    if any(done.live for done in found):
        click.echo(
            "what comes in is judged by it; `tracker link again` judges the archive anew, and people's word holds"
        )


@click.command("evaluate")
@click.option("--objects", type=FILE, help="Campaign objects with labelled links as JSON; with --items.")
@click.option("--items", type=FILE, help="A JSON list of labelled items; with --objects.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def evaluate_command(objects: Path | None, items: Path | None, *, as_json: bool) -> None:
    """Measure what would be learned, by cross-validation: no campaign is both learned from and measured on.

    On the archive's own decisions, or on labelled files. Nothing is kept.
    """
    from tracker.workflows.train import evaluate, evaluate_files

    if (objects is None) != (items is None):
        raise InputError("measuring on labelled files: give both --objects and --items, or neither")
    if objects is not None and items is not None:
        found = evaluate_files(read_json(objects), read_json(items))
    else:
        from tracker.cli.opening import opened

        found = evaluate(opened())
    if as_json:
        click.echo(
            json.dumps({key.value: {"cases": row.cases, **row.measures} for key, row in found.items()}, indent=1)
        )
        return
    for learner, learned in found.items():
        click.echo(f"{learner.value}: {learned.cases} cases; {learned.said}")
        for line in table(learned):
            click.echo(line)


def table(learned: "Learned") -> list[str]:
    """Return measures as lines, the hand weights beside what was learned."""
    if not learned.measures:
        return []
    columns = list(learned.measures)
    head = f"  {'':20s}" + "".join(f"{name:>12s}" for name in columns)
    names = list(learned.measures[columns[0]])
    return [head, *(f"  {name:20s}" + "".join(f"{learned.measures[c][name]:12.3f}" for c in columns) for name in names)]


@click.group("model")
def model_command() -> None:
    """List learned models, show what they hold, go back to an earlier one."""


@model_command.command("list")
def model_list() -> None:
    """Every version, the newest of each learner first; the one in use is marked."""
    from tracker.cli.opening import opened
    from tracker.store import learned_models
    from tracker.store.engine import reading

    with reading(opened().engine) as session:
        rows = learned_models.every(session)
        for row in rows:
            mark = "*" if row.live else " "
            made = f"{row.made_at:%Y-%m-%d %H:%M}"
            click.echo(f"{mark} {row.learner.value} {row.version}  {made}  {row.decisions} decisions; {row.said}")
    for learner in Learner:
        if not any(row.live for row in rows if row.learner is learner):
            click.echo(f"* {learner.value} 0  the hand weights")


@model_command.command("show")
@click.argument("learner", type=LEARNER, metavar="LEARNER")
@click.argument("version", type=click.IntRange(min=0, max=2**31 - 1))
@click.option("--most", default=40, show_default=True, help="Features shown, those that count most.")
def model_show(learner: str, version: int, most: int) -> None:
    """Show what VERSION of LEARNER holds, by feature: what it began with and what it came to.

    \b
    Example:
      tracker link model show relevance 1
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.cli.opening import opened
    from tracker.store import learned_models
    from tracker.store.engine import reading

    with reading(opened().engine) as session:
        row = learned_models.get(session, Learner(learner), version)
        click.echo(f"{learner} {version}: {row.decisions} decisions; {row.said}")
        for line in weights(row.content, most):
            click.echo(line)


def weights(content: "Mapping[str, Any]", most: int) -> list[str]:
    """Return a model's features as lines; what moved most comes first."""
    if "weights" in content:
        prior = content["prior"]
        moved = sorted(content["weights"].items(), key=lambda row: (-abs(row[1] - prior.get(row[0], 0.0)), row[0]))
        head = (
            f"  {'by hand':>9s} {'learned':>9s}  feature   (times {content['scale']:.2f}, plus {content['shift']:.2f})"
        )
        return [head, *(f"  {prior.get(name, 0.0):9.2f} {value:9.2f}  {name}" for name, value in moved[:most])]
    if "words" in content:
        rows = sorted(content["words"].items(), key=lambda row: (-sum(row[1].values()), row[0]))
        texts = ", ".join(f"{count} {name}" for name, count in sorted(content["texts"].items()))
        return [f"  counted besides the examples: {texts}", *(f"  {word}: {_counts(of)}" for word, of in rows[:most])]
    return [line for part in content.values() if isinstance(part, dict) for line in weights(part, most)]


def _counts(of_word: "Mapping[str, float]") -> str:
    return ", ".join(f"{name} {count:g}" for name, count in sorted(of_word.items(), key=lambda row: -row[1]))


@model_command.command("use")
@click.argument("learner", type=LEARNER, metavar="LEARNER")
@click.argument("version", type=click.IntRange(min=0, max=2**31 - 1))
@click.option("--by", type=NAME, required=True, help="Who decides so.")
def model_use(learner: str, version: int, by: str) -> None:
    """Let LEARNER go by VERSION from now on, an earlier or a later one; 0 is the hand weights.

    \b
    Example:
      tracker link model use links 0 --by Ada
    """  # noqa: D301 - click wants the character that \b writes
    from tracker.cli.opening import opened
    from tracker.workflows.train import put_in_use

    put_in_use(opened(), Learner(learner), version, by=by)
    click.echo(f"{learner} goes by {f'version {version}' if version else 'the hand weights'} from now on")


def read_json(path: Path) -> Any:
    """Return what a JSON file holds; raises InputError in one line when it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"reading {path}: {error}; it must be JSON in UTF-8") from error
