"""`tracker collect`: ask sources now."""

import click

from tracker.cli.opening import opened, progress


@click.command("collect")
@click.argument("source", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def collect_command(source: tuple[str, ...], *, as_json: bool) -> None:
    """Ask the sources that are due, or every SOURCE named, due or not; then say what came.

    \b
    Examples:
      tracker collect                     everything that is due
      tracker collect eff biometric-update
    """  # noqa: D301 - click wants the character that \b writes
    import json
    from dataclasses import asdict

    from tracker.workflows.collect import collect
    from tracker.workflows.setup import prepare

    runtime = opened()
    prepare(runtime)
    with progress("collecting") as step:
        report = collect(runtime, names=source, step=step)
    click.echo(json.dumps(asdict(report), indent=2) if as_json else report.words())
    if report.sources and len(report.failed) == len(report.sources):
        raise click.exceptions.Exit(1)
