"""A port that is taken ends in one clear line, before anything is written."""

import socket

import pytest
from sqlmodel import select

from tracker.models.campaign import Campaign
from tracker.models.document import Source
from tracker.models.organization import Organization
from tracker.store.engine import reading


@pytest.fixture
def taken():
    """A port of this machine on which somebody else listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def rows(tracker) -> list[object]:
    with tracker.engine() as engine, reading(engine) as session:
        return [row for table in (Source, Organization, Campaign) for row in session.exec(select(table))]


# As processes, for waitress does not close a socket that it could not bind.
def test_a_site_that_cannot_have_its_port_writes_nothing(tracker, taken):
    done = tracker.process("web", "--port", taken)
    assert f"listening on 127.0.0.1:{taken}: " in done.error
    assert "is it running already? Choose another port with --port or TRACKER_PORT" in done.error
    assert (done.out, rows(tracker)) == ("", [])


def test_a_demo_that_cannot_have_its_port_collects_nothing(bare, taken):
    done = bare.process("demo", "--port", taken)
    assert "is it running already?" in done.error
    assert done.out == ""
    bare.folder = bare.folder / "demo"
    assert rows(bare) == []
    assert not (bare.folder / "demo.json").exists()
