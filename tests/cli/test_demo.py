"""`tracker demo`: the program end to end, as whoever tries it first sees it; and the site as a process."""

import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from sqlmodel import select

from tests.cli.conftest import PROGRAM, Done, Tracker
from tracker import demo
from tracker.demo.articles import articles
from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.account import Lease
from tracker.models.campaign import Campaign, CampaignMembership
from tracker.models.document import Document, Sighting, Source
from tracker.models.event import Event, EventSource
from tracker.models.link import Link
from tracker.store.engine import reading
from tracker.workflows.runtime import utc_now

REAL, INVENTED = "amazon-rekognition", "larkmere-larksight"


class Shown(NamedTuple):
    """The demo collected twice: both reports, and the archive they left."""

    first: Done
    second: Done
    tracker: Tracker
    archive: Tracker


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Shown:
    tracker = Tracker(tmp_path_factory.mktemp("demo"))
    first, second = (tracker.process("demo", "--no-serve") for _ in range(2))
    return Shown(first, second, tracker, Tracker(tracker.folder / "demo"))


@pytest.fixture
def session(shown):
    with shown.archive.engine() as engine, reading(engine) as session:
        yield session


def counted(report: str) -> dict[str, int]:
    """Return the second line of a report as numbers by name."""
    parts = (part.strip().partition(" ") for part in report.splitlines()[1].split(";"))
    return {name: int(number) for number, _, name in parts}


# --- what it collects -------------------------------------------------------------------------------------------------


def test_the_first_run_asks_every_source_for_both_editions_and_none_fails(shown):
    asked = len(demo.sources("")) * len(demo.EDITIONS)
    assert (shown.first.status, shown.first.err) == (0, "")
    assert shown.first.out.startswith(f"{asked} sources asked, ")
    assert shown.first.out.splitlines()[0].endswith(" 0 failed")


def test_the_reports_numbers_are_those_of_the_archive(shown, session):
    told = counted(shown.first.out)
    documents = session.exec(select(Document)).all()
    links = session.exec(select(Link)).all()
    assert told["new"] == sum(row.state == DocumentState.RELEVANT for row in documents)
    assert told["screened"] == sum(row.state == DocumentState.SCREENED for row in documents)
    assert told["changed"] == 1
    assert told["quarantined"] == 0
    assert told["confirmed"] == sum(row.state == LinkState.CONFIRMED for row in links)


def test_the_second_run_brings_nothing_new(shown):
    assert (shown.second.status, shown.second.err) == (0, "")
    told = shown.second.out.splitlines()[0]
    asked = len(demo.sources(""))
    assert told == f"{asked} sources asked, {asked} with nothing new, 0 failed"
    assert set(counted(shown.second.out).values()) == {0}


def test_a_database_meant_for_real_use_is_not_made_nor_touched(shown):
    assert {path.name for path in shown.tracker.folder.iterdir()} == {"demo"}


def test_both_timelines_have_events_with_documents_behind_them(session):
    for slug in (REAL, INVENTED):
        campaign = session.exec(select(Campaign).where(Campaign.slug == slug)).one()
        assert session.exec(select(Event).where(Event.campaign_id == campaign.id)).all()
        behind = select(EventSource).join(Event, Event.id == EventSource.event_id)
        assert session.exec(behind.where(Event.campaign_id == campaign.id)).all()


def standing(session) -> Iterator[tuple[Event, Document]]:
    """Yield every event with each document that makes it or stands behind it."""
    yield from session.exec(select(Event, Document).join(Document, Document.id == Event.document_id))
    yield from session.exec(
        select(Event, Document)
        .join(EventSource, EventSource.event_id == Event.id)
        .join(Document, Document.id == EventSource.document_id)
    )


def test_every_document_on_a_timeline_is_relevant_and_confirmed_for_its_campaign(session):
    joined = select(Link.document_id, CampaignMembership.campaign_id).join(
        CampaignMembership, CampaignMembership.object_id == Link.object_id
    )
    confirmed = set(session.exec(joined.where(Link.state == LinkState.CONFIRMED)))
    pairs = list(standing(session))
    assert pairs
    for event, document in pairs:
        assert document.state == DocumentState.RELEVANT, document.title
        assert (document.id, event.campaign_id) in confirmed, document.title


def test_what_belongs_to_no_campaign_was_collected_and_is_on_no_timeline(session):
    unrelated = {row.title for row in articles(utc_now().date()) if row.id.startswith("unrelated")}
    assert unrelated <= set(session.exec(select(Document.title)))
    assert not unrelated & {document.title for _, document in standing(session)}


def test_no_document_of_one_campaigns_publishers_stands_behind_the_others_events(session):
    sources = select(Sighting.document_id).join(Source, Source.id == Sighting.source_id)
    invented = set(session.exec(sources.where(Source.name.startswith("demo-larkmere"))))
    assert invented
    slugs = dict(session.exec(select(Campaign.id, Campaign.slug)).all())
    seen = set()
    for event, document in standing(session):
        seen.add(slugs[event.campaign_id])
        assert (document.id in invented) == (slugs[event.campaign_id] == INVENTED), document.title
    assert seen == {REAL, INVENTED}


# --- what it says -----------------------------------------------------------------------------------------------------


def test_the_archive_is_found_good(shown):
    done = shown.archive("db", "check")
    assert (done.status, done.err) == (0, "")


def test_the_digest_of_both_campaigns_can_be_previewed(shown):
    invented = shown.archive("digest", "preview", "--campaign", INVENTED)
    assert invented.out.startswith("Subject: ")
    assert "fictional" in invented.out
    real = shown.archive("digest", "preview", "--campaign", REAL, "--ending", "2019-05-26")
    assert real.out.startswith("Subject: ")
    assert "fictional" not in real.out
    both = shown.archive("digest", "preview")
    assert both.out.startswith("Subject: ")


# --- the site as a process --------------------------------------------------------------------------------------------


class Server(NamedTuple):
    """A site that runs, and its address."""

    process: subprocess.Popen
    address: str

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def get(self, path: str = "") -> str:
        straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with straight.open(self.address + path, timeout=60) as answer:
            assert answer.status == 200
            return answer.read().decode()

    def stop(self) -> tuple[int, str]:
        """End it politely; return its status and what it wrote on standard error."""
        self.process.send_signal(signal.SIGTERM)
        _, err = self.process.communicate(timeout=60)
        return self.process.returncode, err


@contextmanager
def serving(tracker, *arguments, **settings) -> Iterator[Server]:
    command = [*PROGRAM, *arguments, "--port", "0"]
    with subprocess.Popen(
        command,
        env=tracker.outside(**settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            for line in process.stdout:
                if line.startswith("Whereas is at "):
                    yield Server(process, line.split()[3])
                    break
            else:
                pytest.fail(f"the site did not start: {process.stderr.read()}")
        finally:
            process.kill()


def test_who_starts_a_site_without_an_administrator_is_given_the_link_that_makes_one(tracker):
    with serving(tracker, "web") as server:
        lines = iter(server.process.stdout.readline, "")
        link = next(line.strip() for line in lines if "/welcome/" in line)
        assert link.startswith(server.address)
        path = link.removeprefix(server.address)
        assert "The first administrator" in server.get(path)
        tracker("user", "add", "ann@example.org", "--name", "Ann", "--role", "administrator")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            server.get(path)


def test_the_demo_serves_its_site_and_a_second_start_on_its_port_leaves_it_running(shown, tmp_path):
    tracker = Tracker(tmp_path / "var")
    shutil.copytree(shown.tracker.folder, tracker.folder)
    with serving(tracker, "demo") as server:
        assert "Larkmere" in server.get()
        assert "fictional" in server.get(f"campaigns/{INVENTED}/timeline")
        again = tracker.process("demo", "--port", server.port)
        assert f"listening on 127.0.0.1:{server.port}: " in again.error
        assert "is it running already?" in again.error
        assert again.out == ""
        assert "Larkmere" in server.get()
        assert server.stop() == (0, "")


def wait_until(ready, patience=60.0) -> None:
    deadline = time.monotonic() + patience
    while not ready():
        assert time.monotonic() < deadline, f"still not so after {patience:.0f} s"
        time.sleep(0.05)


def test_a_site_that_is_stopped_politely_gives_its_lease_back_and_ends_well(tracker, configured):
    def leases() -> list[str]:
        with tracker.engine() as engine, reading(engine) as session:
            return list(session.exec(select(Lease.name)))

    with serving(tracker, "run", **configured(sources="")) as server:
        wait_until(lambda: leases() == ["scheduler"])
        assert server.stop() == (0, "")
    assert leases() == []
