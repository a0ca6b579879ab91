"""The timeline's table can be thrown away: made again from nothing it is the same, to the last byte."""

import copy
from datetime import timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from sqlalchemy import text
from sqlmodel import Session, select

from tests import factories, runtimes
from tests.factories import NOW
from tests.workflows.campaign_files import FILE, changed
from tracker.domain.vocab import DocumentState, Lane, LinkState, Relation
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correspondence import Letter
from tracker.models.document import Document
from tracker.models.event import Event, EventSource
from tracker.models.link import Link
from tracker.models.organization import Organization
from tracker.store.engine import reading, writing
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import Projected, Rebuilt, project, project_all, rebuild, verify


def tables(runtime) -> dict[str, list[tuple[Any, ...]]]:
    """Return the timeline's rows as the database holds them."""
    with reading(runtime.engine) as session:
        return {
            name: [tuple(row) for row in session.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2"))]
            for name in ("event", "event_source")
        }


def document(session: Session, number: int, published: str, *links: tuple[str, Relation, LinkState]) -> Document:
    row = factories.document(session, f"Report {number}", url=f"https://paper.example/{number}", published=published)
    for slug, relation, state in links:
        factories.link(session, row, key_of(session, slug), relation=relation, state=state)
    return row


def key_of(session: Session, slug: str) -> int:
    return session.exec(select(CampaignObject.id).where(CampaignObject.slug == slug)).one()


@pytest.fixture
def filled(runtime):
    """An archive with a campaign and documents that stand behind events, for themselves, and nowhere."""
    import_campaign(runtime, FILE)
    fill(runtime)
    return runtime


def fill(runtime) -> None:
    confirmed, suggested = LinkState.CONFIRMED, LinkState.SUGGESTED
    with writing(runtime.engine) as session:
        given = [
            document(session, 1, "2018-05-25", ("letter", Relation.REPORTS_ON, confirmed)),
            document(session, 2, "2020-01-01", ("letter", Relation.REPORTS_ON, confirmed)),
            document(session, 3, "2018-05-25", ("letter", Relation.MENTIONS, confirmed)),
            document(session, 4, "2018-05-25", ("letter", Relation.REPORTS_ON, suggested)),
            document(
                session, 5, "2019-05-23",
                ("meeting", Relation.REPORTS_ON, confirmed), ("ban", Relation.DECIDES, confirmed),
            ),
        ]  # fmt: skip
        project(session, document_ids=[row.id for row in given])


def test_the_table_thrown_away_and_made_again_is_the_same_to_the_last_byte(filled):
    before = tables(filled)
    assert (len(before["event"]), len(before["event_source"])) == (17, 3)
    with writing(filled.engine) as session:
        session.execute(text("DELETE FROM event_source"))
        session.execute(text("DELETE FROM event"))
    assert verify(filled) == Rebuilt(Projected(added=20), rows=0)
    assert rebuild(filled) == Rebuilt(Projected(added=20), rows=17)
    assert tables(filled) == before


def test_a_rebuild_of_a_healthy_archive_changes_nothing_whenever_it_is_done(filled, clock):
    before = tables(filled)
    clock.forward(days=400)
    assert verify(filled) == rebuild(filled) == Rebuilt(Projected(), rows=17)
    assert tables(filled) == before


def test_after_a_date_was_moved_the_rows_are_those_of_a_rebuild_and_documents_move_along(filled, clock):
    clock.forward(days=1)
    import_campaign(filled, changed(letter={"sent_on": "2019-12-30"}))
    moved = tables(filled)
    # The report of May 2018 is now alone, the one of January 2020 stands behind the letter.
    with reading(filled.engine) as session:
        alone = session.exec(select(Event.headline).where(Event.document_id.is_not(None)))
        assert alone.all() == ["Report 1"]
        letter = session.exec(select(Event.id).where(Event.key == "letter:sent")).one()
    assert (letter, 2) in moved["event_source"]
    assert rebuild(filled).difference == Projected()
    assert tables(filled) == moved


def test_a_row_that_somebody_changed_by_hand_is_reported_and_mended(filled):
    before = tables(filled)
    with writing(filled.engine) as session:
        session.execute(text("UPDATE event SET headline = 'Nonsense' WHERE key = 'letter:sent'"))
        session.execute(text("DELETE FROM event WHERE key = 'trial:starts'"))
        extra = session.exec(select(Event).where(Event.key == "audit:published")).one()
        session.add(EventSource(event_id=extra.id, document_id=1))
    assert verify(filled).difference == Projected(added=1, changed=1, dropped=1)
    assert rebuild(filled).difference == Projected(added=1, changed=1, dropped=1)
    assert tables(filled) == before


def test_verifying_changes_nothing(filled):
    with writing(filled.engine) as session:
        session.execute(text("UPDATE event SET headline = 'Nonsense'"))
    before = tables(filled)
    assert verify(filled).difference.touched == 17
    assert tables(filled) == before


def test_an_object_withdrawn_leaves_the_timeline_with_what_stood_behind_it(filled):
    with writing(filled.engine) as session:
        row = session.get_one(CampaignObject, key_of(session, "letter"))
        row.state, row.withdrawn_reason = ObjectState.WITHDRAWN, "entered twice"
        project(session, object_ids=[row.id])
    with reading(filled.engine) as session:
        assert session.exec(select(Event).where(Event.object_id == key_of(session, "letter"))).all() == []
        assert session.exec(select(Event).where(Event.document_id.is_not(None))).all() == []
    assert verify(filled).difference == Projected()


def test_a_slug_as_long_as_may_be_has_room_for_its_events(runtime):
    file = copy.deepcopy(FILE)
    [ban] = [entry for entry in file["objects"] if entry["slug"] == "ban"]
    ban["slug"] = "b" * 120
    ban["parts"]["resolution_status"] = [{"code": "sec_no_objection_on_representation", "on": "2026-01"}]
    file["objects"] = [ban]
    assert import_campaign(runtime, file).events == 2
    assert verify(runtime).difference == Projected()


def test_nothing_to_project_is_nothing_done(filled):
    with writing(filled.engine) as session:
        assert project(session) == Projected()


# --- whatever happens -------------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(["2018-05-24", "2018-05", "2019-12-30", "..2018-06-01"])),
        st.tuples(st.just("decide"), st.integers(1, 5), st.sampled_from(list(LinkState))),
        st.tuples(st.just("judge"), st.integers(1, 5), st.sampled_from(list(DocumentState))),
        st.tuples(st.just("date"), st.integers(1, 5), st.sampled_from([None, "2018-05-30", "2020-01-02"])),
        st.tuples(st.just("show"), st.sampled_from(["letter", "ban"]), st.booleans()),
        st.tuples(st.just("lane"), st.sampled_from([Lane.PRESS, Lane.LAWMAKERS])),
    ),
    min_size=1,
    max_size=6,
)


def take(session: Session, step: tuple[Any, ...]) -> None:
    """Change the archive as an editor or a collector would, and project what was touched."""
    what, *given = step
    if what == "move":
        letter = session.get_one(Letter, key_of(session, "letter"))
        letter.sent_on = factories.on(given[0])
        project(session, object_ids=[letter.id])
    elif what == "decide":
        for link in session.exec(select(Link).where(Link.document_id == given[0])):
            link.state, link.decided_at = given[1], NOW + timedelta(hours=given[0])
        session.flush()
        project(session, document_ids=[given[0]])
    elif what == "judge":
        session.get_one(Document, given[0]).state = given[1]
        session.flush()
        project(session, document_ids=[given[0]])
    elif what == "date":
        session.get_one(Document, given[0]).published = factories.on(given[1])
        session.flush()
        project(session, document_ids=[given[0]])
    elif what == "show":
        row = session.get_one(CampaignObject, key_of(session, given[0]))
        row.state, row.withdrawn_reason = (ObjectState.PUBLISHED, "") if given[1] else (ObjectState.WITHDRAWN, "gone")
        session.flush()
        project(session, object_ids=[row.id])
    else:
        session.exec(select(Organization).where(Organization.slug == "caucus")).one().lane = given[0]
        session.flush()
        project_all(session)


@settings(max_examples=25)
@given(steps=STEPS)
def test_whatever_is_changed_step_by_step_the_rows_are_always_those_of_a_rebuild(archive, steps):
    with writing(archive.engine) as session:
        for step in steps:
            take(session, step)
            found = project_all(session)
            assert found == Projected(), step


@pytest.fixture(scope="module")
def archive(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "whereas.db").write_bytes(sqlite_template.read_bytes())
    with runtimes.opened(f"sqlite:///{folder / 'whereas.db'}", folder) as runtime:
        import_campaign(runtime, FILE)
        fill(runtime)
        yield runtime
