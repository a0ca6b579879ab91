"""What editors say is kept, acted on at once, and not undone by a second look."""

import json

import pytest
from sqlmodel import select

from tests.conftest import PROJECT
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DocumentState, EventType, LinkState, Relation, Verdict
from tracker.models.base import CampaignObject
from tracker.models.decision import Decision
from tracker.models.document import Document
from tracker.models.event import EventSource
from tracker.models.link import Link
from tracker.store import story_page
from tracker.store.engine import reading
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.candidates import other_candidates
from tracker.workflows.decide import Said, decide
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.restudy import restudy
from tracker.workflows.stories import tell_stories

NEWS = b"""The Congressional Black Caucus wrote to Jeff Bezos of Amazon on 24 May 2018 about Rekognition.

The caucus asks Amazon to address the surveillance of lawful activity and bias in its facial recognition service."""
TITLE = "Caucus letter to Amazon on facial recognition"
LETTERS = {"amazon-cbc-2018-05-24", "gao-lawmakers-2018-07"}  # the article is about one of them
ADA = "ada@example.org"


@pytest.fixture
def archive(runtime):
    """An archive with one campaign and an article about one of its letters."""
    file = json.loads((PROJECT / "tracker" / "demo" / "rekognition" / "campaign.json").read_text(encoding="utf-8"))
    file["objects"] = [row for row in file["objects"] if row["slug"] in LETTERS]
    import_campaign(runtime, file)
    add_document(runtime, Given(NEWS, "2018-05-25", TITLE, "The Example"))
    return runtime


def rows(runtime, table):
    with reading(runtime.engine) as session:
        return list(session.exec(select(table)))


def confirmed(runtime):
    """Return a confirmed link with the slug of its object."""
    with reading(runtime.engine) as session:
        query = select(Link, CampaignObject.slug).join(CampaignObject, CampaignObject.id == Link.object_id)
        return session.exec(query.where(Link.state == LinkState.CONFIRMED).order_by(Link.id)).first()


def test_a_rejected_link_leaves_the_timeline_and_what_was_shown_is_kept(archive):
    link, slug = confirmed(archive)
    behind = len(rows(archive, EventSource))
    found = decide(archive, link.document_id, Said(Verdict.REJECT, ADA, slug, note="another letter"))
    assert (found.score, found.reasons, found.shown_by) == (link.score, link.reasons, link.made_by)
    assert len(rows(archive, EventSource)) < behind
    restudy(archive)
    [row] = [row for row in rows(archive, Link) if row.id == link.id]
    assert (row.state, row.decided_by) == (LinkState.REJECTED, ADA)
    assert verify(archive).difference.touched == 0


def test_a_later_verdict_takes_the_place_of_an_earlier_one_and_both_stay(archive):
    link, slug = confirmed(archive)
    decide(archive, link.document_id, Said(Verdict.REJECT, ADA, slug))
    decide(archive, link.document_id, Said(Verdict.WRONG_RELATION, ADA, slug, Relation.CITES))
    [row] = [row for row in rows(archive, Link) if row.id == link.id]
    assert (row.state, row.relation) == (LinkState.CONFIRMED, Relation.CITES)
    assert [row.verdict for row in rows(archive, Decision)] == [Verdict.REJECT, Verdict.WRONG_RELATION]


def test_unsure_is_kept_and_changes_nothing(archive):
    link, slug = confirmed(archive)
    decide(archive, link.document_id, Said(Verdict.UNSURE, ADA, slug))
    assert [row.model_dump() for row in rows(archive, Link) if row.id == link.id] == [link.model_dump()]


def test_a_link_that_nobody_suggested_is_made(archive):
    [document] = rows(archive, Document)
    tied = {link.object_id for link in rows(archive, Link)}
    other = next(row for row in rows(archive, CampaignObject) if row.id not in tied)
    decide(archive, document.id, Said(Verdict.ACCEPT, ADA, other.slug, Relation.MENTIONS))
    [link] = [row for row in rows(archive, Link) if row.object_id == other.id]
    assert (link.state, link.relation, link.made_by) == (LinkState.CONFIRMED, Relation.MENTIONS, ADA)


def test_not_relevant_puts_a_document_aside_and_relevant_brings_it_back_linked(archive):
    [document] = rows(archive, Document)
    decide(archive, document.id, Said(Verdict.NOT_RELEVANT, ADA))
    assert restudy(archive).now_relevant == 0
    [row] = rows(archive, Document)
    assert (row.state, row.state_reason) == (
        DocumentState.SCREENED, f"{ADA} said that it is not about what we follow.",
    )  # fmt: skip
    decide(archive, document.id, Said(Verdict.RELEVANT, ADA))
    [row] = rows(archive, Document)
    assert row.state is DocumentState.RELEVANT
    assert confirmed(archive) is not None
    assert verify(archive).difference.touched == 0


def test_the_links_of_a_document_that_only_a_person_wants_stay(archive):
    text = b"On 24 May 2018 the Congressional Black Caucus wrote a letter to Jeff Bezos, the founder of Amazon."
    add_document(archive, Given(text, "2018-05-25", "Black Caucus writes to Jeff Bezos", "The Example"))
    document = max(rows(archive, Document), key=lambda row: row.id)
    assert document.state is DocumentState.SCREENED
    decide(archive, document.id, Said(Verdict.RELEVANT, ADA))
    before = [row.object_id for row in rows(archive, Link) if row.document_id == document.id]
    event_type = next(row.event_type for row in rows(archive, Document) if row.id == document.id)
    restudy(archive)
    assert before
    assert [row.object_id for row in rows(archive, Link) if row.document_id == document.id] == before
    assert next(row.event_type for row in rows(archive, Document) if row.id == document.id) is event_type
    assert event_type is not None


def test_what_happened_is_what_a_person_said(archive):
    [document] = rows(archive, Document)
    decide(archive, document.id, Said(Verdict.EVENT_TYPE, ADA, event_type=EventType.HEARING))
    restudy(archive)
    [row] = rows(archive, Document)
    assert (row.event_type, row.event_type_score, row.event_type_reason) == (EventType.HEARING, 1.0, f"{ADA} said so.")


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (Said(Verdict.ACCEPT, ADA), "name the object"),
        (Said(Verdict.RELEVANT, ADA, "some-letter"), "leave the object out"),
        (Said(Verdict.WRONG_RELATION, ADA, "some-letter"), "which relation is right"),
        (Said(Verdict.EVENT_TYPE, ADA), "give an event type"),
        (Said(Verdict.RELEVANT, "rule:linker"), "name of a person"),
    ],
)
def test_a_verdict_without_what_it_needs_is_refused(runtime, said, what):
    with pytest.raises(InputError, match=what):
        decide(runtime, 1, said)


def test_an_unknown_document_or_object_is_named(archive):
    [document] = rows(archive, Document)
    with pytest.raises(NotFoundError, match="document 99"):
        decide(archive, 99, Said(Verdict.RELEVANT, ADA))
    with pytest.raises(NotFoundError, match="'nothing'"):
        decide(archive, document.id, Said(Verdict.ACCEPT, ADA, "nothing"))
    assert rows(archive, Decision) == []


def test_a_document_made_relevant_by_a_person_is_put_to_its_story_at_once(archive):
    [document] = rows(archive, Document)
    decide(archive, document.id, Said(Verdict.NOT_RELEVANT, ADA))
    add_document(archive, Given(NEWS + b" So it says.", "2018-05-26", TITLE + " today", "The Wire"))
    tell_stories(archive)
    decide(archive, document.id, Said(Verdict.RELEVANT, ADA))
    with reading(archive.engine) as session:
        told = story_page.of_document(session, document.id)
    assert told is not None
    assert len(told.tellers) == 2


def test_other_candidates_are_objects_without_a_tie_and_nothing_is_kept(archive):
    [document] = rows(archive, Document)
    before = [row.model_dump() for row in rows(archive, Link)]
    tied = {link["object_id"] for link in before}
    found = other_candidates(archive, document.id)
    assert found
    assert all(row.target.id not in tied and row.why and 0 < row.score < 1 for row in found)
    assert [row.model_dump() for row in rows(archive, Link)] == before


def test_other_candidates_of_no_document_or_one_put_aside_are_refused(archive):
    [document] = rows(archive, Document)
    decide(archive, document.id, Said(Verdict.NOT_RELEVANT, ADA))
    with pytest.raises(InputError, match="is screened; only relevant ones are linked"):
        other_candidates(archive, document.id)
    with pytest.raises(NotFoundError, match="no document has the number 99"):
        other_candidates(archive, 99)
