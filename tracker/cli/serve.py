"""`tracker run` and `tracker web`: the site, with or without the scheduled jobs."""

from typing import Any

import click

from tracker.cli.opening import opened
from tracker.domain.errors import ConfigError
from tracker.settings import Settings, load
from tracker.workflows.runtime import Runtime

THREADS = 8


@click.command("run")
@click.option("--host", help="Address to listen on (setting host).")
@click.option("--port", type=int, help="Port to listen on (setting port).")
def run_command(host: str | None, port: int | None) -> None:
    """Serve the site and run the scheduled jobs in one process. Start `tracker db upgrade` once before."""
    _serve(load(host=host, port=port), jobs=True)


@click.command("web")
@click.option("--host", help="Address to listen on (setting host).")
@click.option("--port", type=int, help="Port to listen on (setting port).")
def web_command(host: str | None, port: int | None) -> None:
    """Serve the site only; another process runs the jobs."""
    _serve(load(host=host, port=port), jobs=False)


def _serve(settings: Settings, *, jobs: bool) -> None:
    from tracker.workflows.setup import prepare

    runtime = opened(settings=settings)
    server = listen(runtime)
    prepare(runtime)
    serve(server, runtime, jobs=jobs)


def listen(runtime: Runtime) -> Any:
    """Take the port now, so that a second start fails before it has done anything; serve later."""
    from waitress import create_server

    from tracker.web.factory import create_app, stays

    settings, site = runtime.settings, create_app(runtime)
    stays()
    try:
        return create_server(site, host=settings.host, port=settings.port, threads=THREADS, ident="Whereas")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"listening on {settings.host}:{settings.port}: {reason}; is it running already? "
            f"Choose another port with --port or TRACKER_PORT"
        ) from error


def serve(server: Any, runtime: Runtime, *, jobs: bool) -> None:
    """Serve until stopped, the jobs beside it when they are wanted."""
    import signal

    from tracker.jobs.embedded import Embedded
    from tracker.workflows.one_time_links import for_first_administrator

    # A polite kill ends as Ctrl-C does: what runs is finished, and the scheduler's lease is given back at once.
    signal.signal(signal.SIGTERM, _stop)
    embedded = Embedded(runtime) if jobs and runtime.settings.embedded_jobs else None
    click.echo(f"Whereas is at {_address(server)}  (Ctrl-C stops it)")
    if (link := for_first_administrator(runtime)) is not None:
        click.echo(f"Nobody can edit yet. Who opens this first becomes administrator (once, within a day):\n{link}")
    try:
        if embedded is not None:
            embedded.start()
        server.run()
    except KeyboardInterrupt:
        click.echo("stopping")
    finally:
        server.close()
        if embedded is not None:
            embedded.stop()


def _address(server: Any) -> str:
    """Return where the site is. A name such as localhost may stand for several addresses: the first will do."""
    several = getattr(server, "effective_listen", None)
    host, port = several[0] if several else (server.effective_host, server.effective_port)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _stop(*_signal: object) -> None:
    raise SystemExit(0)
