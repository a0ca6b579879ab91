"""A second look at the archive: what came before its campaign is found, and people's decisions stay."""

import json

import pytest
from sqlmodel import select

from tests.conftest import PROJECT
from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.store.engine import reading, writing
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.restudy import restudy

NEWS = b"""The Congressional Black Caucus wrote to Jeff Bezos of Amazon on 24 May 2018 about Rekognition.

The caucus asks Amazon to address the surveillance of lawful activity and bias in its facial recognition service."""


@pytest.fixture
def late(runtime):
    """An archive that held an article before the campaign it is about was imported."""
    given = Given(NEWS, "2018-05-25", "Caucus letter to Amazon on facial recognition", "The Daily Example")
    assert add_document(runtime, given).links == []
    file = (PROJECT / "tracker" / "demo" / "rekognition" / "campaign.json").read_text(encoding="utf-8")
    import_campaign(runtime, json.loads(file))
    return runtime


def links_of(runtime) -> list[Link]:
    with reading(runtime.engine) as session:
        return list(session.exec(select(Link).order_by(Link.id)))


def test_an_article_that_came_before_its_campaign_is_linked_by_a_second_look_and_a_third_changes_nothing(late):
    report = restudy(late)
    assert (report.documents, report.now_relevant, report.now_screened) == (1, 0, 0)
    assert report.confirmed >= 1
    before = [link.model_dump() for link in links_of(late)]
    assert len(before) == report.suggested + report.confirmed
    again = restudy(late)
    assert (again.suggested, again.confirmed) == (0, 0)
    assert [link.model_dump() for link in links_of(late)] == before
    assert verify(late).difference.touched == 0


def test_what_a_person_rejected_or_withdrew_stays_so_and_what_was_screened_comes_back(late):
    restudy(late)
    with writing(late.engine) as session:
        link = session.exec(select(Link).where(Link.state == LinkState.CONFIRMED)).first()
        link.state, link.decided_by = LinkState.REJECTED, "ada@example.org"
        rejected = link.id
        session.exec(select(Document)).one().state = DocumentState.SCREENED
    assert restudy(late).now_relevant == 1
    assert verify(late).difference.touched == 0
    with writing(late.engine) as session:
        assert session.get_one(Link, rejected).state is LinkState.REJECTED
        session.exec(select(Document)).one().state = DocumentState.WITHDRAWN
    assert restudy(late).documents == 0
