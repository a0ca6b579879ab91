"""The demo as one thing to start and stop: an archive of its own, the publisher beside it, both campaigns collected."""

import errno
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Self

from tracker import demo
from tracker.domain.errors import ConfigError
from tracker.settings import Settings
from tracker.workflows.collect import collect, free_sources
from tracker.workflows.collect_report import CollectReport
from tracker.workflows.exchange import import_campaign
from tracker.workflows.publish_calendar import publish_calendar
from tracker.workflows.read_filing import read_filings
from tracker.workflows.runtime import Runtime, open_runtime
from tracker.workflows.setup import prepare
from tracker.workflows.subscribe import subscribe

Step = Callable[[int, int, str], None]
READER = "reader@whereas.invalid"


@dataclass(slots=True)
class Kept:
    """What a second start must know of the first: the day the fictional dates are counted from, and the port."""

    today: str
    port: int
    edition: int = 1


class Show:
    """Use as a context manager. Starting again on the same folder continues the same archive."""

    def __init__(self, settings: Settings) -> None:
        """Open or make the demo's archive below the data folder; a database meant for real use is not touched."""
        self.folder = settings.data_dir / "demo"
        # The addresses in the demo's articles are real ones; nobody but the demo's own publisher is asked.
        settings = settings.model_copy(update={"data_dir": self.folder, "database_url": "", "whole_pages": False})
        # Opened before anything is written, so that a folder that cannot be written ends in one clear line.
        runtime = open_runtime(settings, upgrade=True)
        self.publisher, self.kept = self._publisher(runtime.clock().date())
        allowed = (*settings.allowed_hosts, f"127.0.0.1:{self.kept.port}")
        # Without the one request in a hundred that is made without conditions: a demo shows the same every time.
        settings = settings.model_copy(update={"allowed_hosts": allowed})
        self.runtime = Runtime(settings, runtime.engine, chance=lambda: 1.0)

    def __enter__(self) -> Self:
        """Start the publisher."""
        if self.publisher is not None:
            self.publisher.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Stop the publisher, whatever happened."""
        if self.publisher is not None:
            self.publisher.stop()
        self.runtime.engine.dispose()

    @property
    def address(self) -> str:
        """The publisher's address; its sources carry it, so it stays the same from start to start."""
        return f"http://127.0.0.1:{self.kept.port}"

    def collect(self, step: Step | None = None) -> str:
        """Import both campaigns, collect both editions of what was published, and return the report in words."""
        today = date.fromisoformat(self.kept.today)
        self._remember(self.kept.edition)
        prepare(self.runtime, demo.sources(self.address))
        for file in demo.campaigns(today):
            import_campaign(self.runtime, file, read_by="demo campaign file")
        names = [source["name"] for source in demo.sources(self.address)]
        if self.publisher is not None:
            # Nobody else runs this demo, so a lease that stands is a killed start's: its sources are due again.
            free_sources(self.runtime)
        report = CollectReport()
        for edition in range(self.kept.edition, max(demo.EDITIONS) + 1):
            if self.publisher is not None:
                self.publisher.edition = edition
            done = collect(self.runtime, names=names, step=step)
            report.sources.extend(done.sources)
            report.busy.extend(done.busy)
            if done.busy or done.failed:
                break
            # Only what was wholly collected is behind us: a killed start continues with the same edition.
            self._remember(min(edition + 1, max(demo.EDITIONS)))
        filings = read_filings(self.runtime)
        publish_calendar(self.runtime)
        subscribe(self.runtime, READER, [file["campaign"]["slug"] for file in demo.campaigns(today)])
        return "\n".join([report.words(), *([str(filings)] if filings.lines else [])])

    def _publisher(self, today: date) -> tuple["demo.Publisher | None", Kept]:
        """Return the publisher on the port of the first start, or None where another demo serves there already."""
        kept = self._recall()
        try:
            publisher = demo.Publisher(
                port=kept.port if kept else 0, today=date.fromisoformat(kept.today) if kept else today
            )
        except OSError as error:
            if kept is not None and error.errno == errno.EADDRINUSE:
                return None, kept
            raise ConfigError(f"starting the demo's publisher on 127.0.0.1: {error.strerror}") from error
        if kept is None:
            kept = Kept(today.isoformat(), int(publisher.address.rsplit(":", 1)[1]))
        return publisher, kept

    @property
    def _file(self) -> Path:
        return self.folder / "demo.json"

    def _recall(self) -> Kept | None:
        try:
            return Kept(**json.loads(self._file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            raise ConfigError(
                f"reading {self._file}: {error}; remove the folder {self.folder} to begin afresh"
            ) from error

    def _remember(self, edition: int) -> None:
        self.kept.edition = edition
        try:
            self._file.write_text(json.dumps(asdict(self.kept)) + "\n", encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"writing {self._file}: {error.strerror}; check that you may write there") from error
