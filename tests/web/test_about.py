"""The page about the data, and the sentence on every page that says how the sources are doing."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from tests import factories as make
from tracker.domain.source_health import HealthState, Overall, overall
from tracker.domain.vocab import DocumentState
from tracker.models.document import Source
from tracker.models.evidence import Evidence
from tracker.settings import Settings
from tracker.sources.base import all_sources
from tracker.store import gaps
from tracker.store.engine import reading, writing
from tracker.store.gaps import Gap
from tracker.web import about
from tracker.web.factory import create_app
from tracker.web.health_line import sentence
from tracker.workflows.runtime import Runtime

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
STATE = HealthState


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())


def foot(text: str) -> str:
    return plain(re.search('<footer class="foot">.*?</footer>', text, re.DOTALL)[0])


# --- the sentence -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Overall({}), "No source is configured, so nothing new can arrive."),
        (Overall({STATE.WELL: 1}), "The one source answered when it was last asked."),
        (Overall({STATE.WELL: 40, STATE.BEING_ASKED: 1}), "All 41 sources answered when they were last asked."),
        (Overall({STATE.FAILING: 1, STATE.WELL: 40}, NOW - DAY), "1 of 41 sources has failed since Tuesday."),
        (
            Overall({STATE.FAILING: 2, STATE.GONE: 1, STATE.WELL: 38}, NOW - DAY),
            "3 of 41 sources have failed, the first since Tuesday.",
        ),
        (
            Overall({STATE.FAILING: 1, STATE.WELL: 1}, NOW - 9 * DAY),
            "1 of 2 sources has failed since 16 November 2026.",
        ),
        (Overall({STATE.FAILING: 1, STATE.WELL: 1}, NOW), "1 of 2 sources has failed since today."),
        (
            Overall({STATE.OVERDUE: 2, STATE.SILENT: 1, STATE.NEVER_ASKED: 1}),
            "2 of 4 sources were not asked in time; 1 is silent against its rhythm; 1 has not answered yet.",
        ),
        (
            Overall({STATE.PAUSED: 2, STATE.WELL: 1}),
            "2 of 3 sources are paused.",
        ),
    ],
)
def test_the_sentence_says_what_is_wrong_first_and_calls_nothing_calm_that_is_not(found: Overall, said: str):
    line = sentence(found, NOW)
    assert line.text == said
    assert line.wrong is not said.endswith("last asked.")


def test_every_state_that_is_not_well_is_said_to_be_wrong():
    for state in set(STATE) - {STATE.WELL, STATE.BEING_ASKED}:
        assert sentence(Overall({state: 1, STATE.WELL: 9}), NOW).wrong, state


def test_states_are_counted_and_the_longest_failure_is_the_one_named():
    def source(**facts: object) -> Source:
        return Source(**{"due_at": NOW + DAY, "last_ok_at": NOW, "every_seconds": 3600} | facts)

    found = overall(
        [source(), source(failing_since=NOW - DAY), source(failing_since=NOW - 2 * DAY, gone_since=NOW)], NOW
    )
    assert dict(found.states) == {STATE.WELL: 1, STATE.FAILING: 1, STATE.GONE: 1}
    assert found.failing_since == NOW - 2 * DAY
    assert (found.total, found.count(STATE.FAILING, STATE.GONE)) == (3, 2)


@pytest.fixture
def own(tmp_path) -> Iterator[tuple[FlaskClient, Runtime, list[datetime]]]:
    """A site of its own, its runtime, and the moment as its clock has it (the last one counts)."""
    with make.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        clock = [NOW]
        runtime = Runtime(Settings(), engine, clock=lambda: clock[-1])
        yield create_app(runtime).test_client(), runtime, clock


def test_every_page_has_the_sentence_and_it_costs_one_statement_a_minute(own):
    client, runtime, clock = own
    asked: list[str] = []
    event.listen(runtime.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))

    def selects() -> int:
        return sum(statement.startswith("SELECT") for statement in asked)

    first = client.get("/letters")
    assert "No source is configured" in foot(first.text)
    once = selects()
    with writing(runtime.engine) as session:
        late = {"due_at": NOW + DAY, "failing_since": NOW - DAY}
        make.add(session, Source(name="a", reader="feed", url="https://a.example", **late))
        make.add(session, Source(name="by-hand", reader="feed", url="", due_at=NOW, paused=True))
    asked.clear()
    assert "No source is configured" in foot(client.get("/letters").text)
    assert selects() == once - 1
    clock.append(NOW + timedelta(minutes=1))
    for address in ("/", "/letters", "/about", "/nothing"):
        assert "1 of 1 source has failed since Tuesday." in foot(client.get(address).text), address


def test_the_sentence_of_the_archive_counts_its_sources(client: FlaskClient):
    said = foot(client.get("/").text)
    assert re.search(r"\d of \d+ sources have failed, the first since", said), said
    assert 'href="/sources"' in client.get("/").text.partition("<footer")[2]


# --- the page ---------------------------------------------------------------------------------------------------------


def test_every_reader_has_a_name_for_people():
    assert set(about.READERS) == set(all_sources())


def test_every_gap_is_counted_and_has_words():
    assert set(about.WORDS) == set(Gap)


def test_the_page_says_how_fresh_each_kind_of_source_is(client: FlaskClient):
    text = plain(client.get("/about").text)
    assert "Feeds of newspapers, groups and agencies" in text
    assert "not as it should be" in text


def found_in(runtime: Runtime) -> dict[Gap, tuple[int, int]]:
    with reading(runtime.engine) as session:
        return {lack.gap: (lack.count, lack.of) for lack in gaps.every(session)}


def test_gaps_are_counted_from_the_archive_itself(own):
    client, runtime, _ = own
    assert set(found_in(runtime).values()) == {(0, 0)}
    assert "nothing in the archive yet" in client.get("/about").text
    with writing(runtime.engine) as session:
        company = make.organization(session, "amazon", name="Amazon.com, Inc.")
        full = make.resolution(session, "full", company=company, statuses=[("voted_final", "2019-05-22")])
        full.resolved_clause = "Resolved: a report."
        make.resolution(session, "bare", company=company, statuses=[("voted_final", "2019-05-22")])
        make.resolution(session, "unknown", company=company, statuses=[])
        met = make.meeting(session, company=company)
        make.count(session, make.ballot_item(session, met, full), 1, 2)
        letter = make.letter(session, "silent", sent="2019-01-15", recipients=[company])
        make.letter(session, "forgotten", sent="2019-01-15", recipients=[company])
        make.search(session, letter, "2026-11-20")
        make.evidence(session, letter.id, "sent_on", "2019")
        differs = {"object_id": letter.id, "field": "sent_on", "url": "https://x.example", "read_by": "reader: y"}
        make.add(session, Evidence(**differs, read_at=NOW, chosen=False, differs=True))
        bad = make.document(session, "Unread", url="https://n.example/1", published="2019-01-01")
        bad.state = DocumentState.QUARANTINED
        undated = make.document(session, "Undated", url="https://n.example/2", published="2019-01-01")
        undated.published = None
    told = found_in(runtime)
    assert told[Gap.UNCOUNTED_VOTES] == (1, 2)
    assert told[Gap.STATUSLESS_RESOLUTIONS] == (1, 3)
    assert told[Gap.RESOLUTIONS_WITHOUT_TEXT] == (2, 3)
    assert told[Gap.RESOLUTIONS_WITHOUT_FILER] == (3, 3)
    assert told[Gap.UNSEARCHED_LETTERS] == (1, 2)
    assert told[Gap.UNSETTLED_READINGS] == (1, 2)
    assert told[Gap.UNREADABLE_DOCUMENTS] == (1, 2)
    assert told[Gap.UNDATED_DOCUMENTS] == (1, 1)
    assert told[Gap.UNSOURCED_OBJECTS] == (5, 6)
    assert "Resolutions that were voted on, without counts on record 1 of 2" in plain(client.get("/about").text)


def test_who_runs_it_licence_and_contact_are_settings_and_their_absence_is_said(own):
    client, runtime, _ = own
    bare = plain(client.get("/about").text)
    assert "Nobody is named as running this site" in bare
    assert "No licence for the data is named here" in bare
    assert "No contact is set" in bare
    named = Settings(
        operator="Sisters of the Harbour",
        contact="desk@harbour.example",
        data_licence="CC BY 4.0 https://cc.example/by",
    )
    text = create_app(Runtime(named, runtime.engine, clock=lambda: NOW)).test_client().get("/about").text
    assert "run by Sisters of the Harbour." in plain(text)
    assert 'href="mailto:desk@harbour.example"' in text
    assert '<a href="https://cc.example/by">CC BY 4.0</a>' in text


@pytest.mark.parametrize(
    ("contact", "leads_to"),
    [
        ("https://x.example/contact", "https://x.example/contact"),
        ("desk@x.example", "mailto:desk@x.example"),
        ("javascript:alert(1)@x.example", ""),
        ("ask at the door", ""),
    ],
)
def test_a_contact_is_a_link_only_where_it_leads_somewhere_safe(contact: str, leads_to: str):
    assert about._reached_at(contact) == leads_to


def test_the_moment_is_kept_for_this_site_alone(own, tmp_path):
    client, _, _ = own
    client.get("/")
    with make.database(f"sqlite:///{tmp_path / 'b.db'}") as engine:
        with writing(engine) as session:
            make.add(
                session, Source(name="a", reader="feed", url="https://a.example", due_at=NOW + DAY, last_ok_at=NOW)
            )
        other = create_app(Runtime(Settings(), engine, clock=lambda: NOW)).test_client()
        assert "The one source answered" in foot(other.get("/").text)
