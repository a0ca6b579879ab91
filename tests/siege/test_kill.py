"""`tracker collect` killed at any moment, again and again, ends with the archive of a run that nobody disturbed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.bench.server import PROJECT, Serving, serving
from tracker import demo
from tracker.models.base import CampaignObject
from tracker.models.document import Document, DocumentVersion, Sighting, Source
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.settings import PREFIX
from tracker.store.engine import create_engine, reading

FEEDS, SHARE = 12, 0.3
KILLS = 3
LEASE_SECONDS = 1
# Seconds from the first question within which a kill finds the command at work.
LONGEST_WORK = 1.2
PROGRAM = (sys.executable, "-c", "from tracker.cli import main; main()")


@dataclass
class Installation:
    """An archive with its own folder and database, run as real processes."""

    folder: Path
    server: Serving
    database: str = ""
    killed: int = 0
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        config = self.folder / "config"
        shutil.copytree(PROJECT / "config", config, ignore=shutil.ignore_patterns("local.toml", "sources.toml"))
        rows = (_source(self.server, number) for number in range(FEEDS))
        (config / "sources.toml").write_text("\n".join(rows), encoding="utf-8")
        self.database = self.database or f"sqlite:///{self.folder / 'whereas.db'}"
        chosen: dict[str, Any] = {
            "config_dir": config,
            "data_dir": self.folder,
            "database_url": self.database,
            "allowed_hosts": self.server.host,
            "contact": "siege@whereas.invalid",
            "collect_lease_seconds": LEASE_SECONDS,
        }
        plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        self.environment = plain | {PREFIX + name.upper(): str(value) for name, value in chosen.items()}

    def prepare(self) -> None:
        """Make the tables and import the demo's real campaign."""
        file = self.folder / "campaign.json"
        file.write_text(json.dumps(demo.campaigns(date(2026, 11, 23))[0]), encoding="utf-8")
        self.run("db", "upgrade")
        self.run("import", file)

    def start(self, *arguments: Any) -> subprocess.Popen[str]:
        """Start the command in a process group of its own."""
        return subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: Any) -> str:
        """Run the command to its end; return what it said."""
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=50)
        assert process.returncode == 0, said
        return said

    def collect_and_kill(self, chance: random.Random) -> None:
        """Collect, and kill the command -9 while it reads and writes what came; what it started must end too."""
        process = self.start("collect")
        while not self.server.counts() and process.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.uniform(0.0, LONGEST_WORK))
        if process.poll() is None:
            self.killed += 1
        process.kill()
        process.communicate()
        assert _ends(process.pid), "the killed command left a process behind"

    def is_done(self) -> bool:
        """Return whether every source has been read, and nobody holds one."""
        engine = create_engine(self.database)
        with reading(engine) as session:
            rows = session.exec(select(Source)).all()
        engine.dispose()
        return len(rows) == FEEDS and all(row.last_ok_at and not row.leased_by for row in rows)

    def told(self) -> dict[str, Any]:
        """Return what the archive holds, without ids and moments, so that two archives can be compared."""
        engine = create_engine(self.database)
        with reading(engine) as session:
            found = _told(session)
        engine.dispose()
        return found


def _source(server: Serving, number: int) -> str:
    return f'[[source]]\nname = "paper-{number}"\nreader = "feed"\nurl = "{server.url(number)}"\n'


def _ends(group: int, patience: float = 20.0) -> bool:
    """Return whether no process of a group is left, waiting a moment for it."""
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    return False


def _told(session: Session) -> dict[str, Any]:
    versions = select(Document.canonical_url, Document.title, DocumentVersion.number, DocumentVersion.content_hash)
    sightings = select(Source.name, Sighting.key, Document.canonical_url)
    links = select(Document.canonical_url, CampaignObject.slug, Link.relation, Link.state, Link.score)
    return {
        "documents": Counter(
            session.exec(versions.join(Document, col(Document.id) == DocumentVersion.document_id)).all()
        ),
        "sightings": Counter(
            session.exec(
                sightings.select_from(Sighting)
                .join(Source, col(Source.id) == Sighting.source_id)
                .join(Document, col(Document.id) == Sighting.document_id)
            ).all()
        ),
        "links": Counter(
            session.exec(
                links.select_from(Link)
                .join(Document, col(Document.id) == Link.document_id)
                .join(CampaignObject, col(CampaignObject.id) == Link.object_id)
            ).all()
        ),
        "timeline": Counter(session.exec(select(Event.id, Event.kind, Event.headline)).all()),
    }


@pytest.fixture(scope="module")
def server() -> Iterator[Serving]:
    with serving(FEEDS, share=SHARE) as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(server, tmp_path_factory) -> dict[str, Any]:
    """The archive of a run that nobody killed."""
    calm = Installation(tmp_path_factory.mktemp("calm"), server)
    calm.prepare()
    calm.run("collect")
    assert calm.is_done()
    server.counts()
    return calm.told()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", [20260601])
def test_a_collector_killed_again_and_again_loses_nothing_and_doubles_nothing(
    database_url, tmp_path, server, undisturbed, seed
):
    chance = random.Random(seed)
    besieged = Installation(tmp_path, server, database_url)
    besieged.prepare()
    for _ in range(KILLS):
        besieged.collect_and_kill(chance)
        time.sleep(LEASE_SECONDS + 0.1)
    for _ in range(3):
        if besieged.is_done():
            break
        besieged.run("collect")
        time.sleep(LEASE_SECONDS + 0.1)
    assert besieged.killed >= 2, "the command was never killed while it worked"
    assert besieged.is_done()
    found = besieged.told()
    assert len(undisturbed["documents"]) == FEEDS * 20
    for part in ("documents", "sightings", "links", "timeline"):
        assert found[part] - undisturbed[part] == Counter(), f"{part} doubled or changed"
        assert undisturbed[part] - found[part] == Counter(), f"{part} lost"
    assert "the timeline equals" in besieged.run("db", "check")
