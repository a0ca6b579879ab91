"""`tracker demo`: the two demo campaigns through the whole pipeline over loopback, then the site."""

import click

from tracker.cli.opening import progress
from tracker.settings import load


@click.command("demo")
@click.option("--port", type=int, help="Port for the site (setting port).")
@click.option("--no-serve", is_flag=True, help="Collect, print the report and stop.")
def demo_command(port: int | None, *, no_serve: bool) -> None:
    """Collect two demo campaigns from a publisher on this machine, then serve the site. Needs no network.

    One is real (Amazon Rekognition 2018-2026, checked facts, summaries of our own); the other is fictional and says so.
    The archive is kept in var/demo; starting again is quick.
    """
    from tracker.cli.serve import listen, serve
    from tracker.demo.show import Show

    with Show(load(port=port)) as show:
        # The port is taken first: a second start on it ends here, before anything is written.
        server = None if no_serve else listen(show.runtime)
        with progress("collecting the demo") as step:
            click.echo(show.collect(step))
        if server is not None:
            serve(server, show.runtime, jobs=True)
