"""What commands share: a runtime from settings and options, a progress bar on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import click

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.settings import Settings, load
from tracker.workflows.runtime import Runtime, open_runtime

# The number of a document or of a version: what a database holds as one.
NUMBER = click.IntRange(min=1, max=2**31 - 1)


def opened(*, upgrade: bool = False, settings: Settings | None = None) -> Runtime:
    """Return a runtime over the configured database; raises one clear TrackerError when it cannot be used."""
    runtime = open_runtime(settings or load(), upgrade=upgrade)
    context = click.get_current_context(silent=True)
    if context is not None:
        context.call_on_close(runtime.engine.dispose)
    return runtime


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Give a function `step(done, total, name)` that draws a progress bar when a person is watching."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=None, name="")

        def step(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=name)

        yield step


class Day(click.ParamType):
    """A day as people write it: 2019-04-07, 7 April 2019."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail saying what would do."""
        if isinstance(value, date):
            return value
        try:
            found = PartialDate.parse(str(value)).exact_day
        except InputError as error:
            self.fail(str(error), param, ctx)
        if found is None:
            self.fail(f"{value!r} is not one day; write for example 2019-04-07", param, ctx)
        return found
