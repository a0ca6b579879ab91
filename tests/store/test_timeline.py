"""The timeline's reads on both databases: pages without gaps or repeats, filters, threads, what stands behind a row."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from tests import factories as make
from tests.web import scenario
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Lane, Relation
from tracker.models.campaign import Campaign
from tracker.models.document import Document
from tracker.settings import Settings
from tracker.store import archive, behind, campaigns, event_counts, threads, timeline
from tracker.store.engine import reading
from tracker.store.timeline import Filters
from tracker.workflows.runtime import Runtime


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    with make.database(database_url) as engine:
        scenario.fill(Runtime(Settings(), engine, clock=lambda: scenario.NOW))
        with reading(engine) as opened:
            yield opened


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return campaigns.by_slug(session, scenario.CAMPAIGN)


@pytest.mark.parametrize("oldest_first", [False, True])
def test_pages_follow_each_other_without_gap_or_repeat(session: Session, campaign: Campaign, oldest_first: bool):
    filters = Filters(oldest_first=oldest_first)
    whole = [row.id for row in timeline.events_of(session, campaign.id, filters)]
    paged, key = [], None
    while rows := timeline.events_of(session, campaign.id, filters, after=key, limit=3):
        paged += [row.id for row in rows]
        key = (rows[-1].sort_day, rows[-1].id)
    assert paged == whole
    assert len(set(paged)) == len(timeline.points(session, campaign.id))


def test_a_row_is_found_on_the_page_it_really_stands_on(session: Session, campaign: Campaign):
    rows = timeline.events_of(session, campaign.id, Filters())
    for number, row in enumerate(rows):
        key = timeline.page_key(session, row, 3)
        page = timeline.events_of(session, campaign.id, Filters(), after=key, limit=3)
        assert page[number % 3].id == row.id


@pytest.mark.parametrize(
    "filters",
    [
        Filters(since=date(2019, 4, 3)),
        Filters(until=date(2018, 8, 1)),
        Filters(since=date(2018, 8, 15), until=date(2018, 8, 15)),
        Filters(lanes=(Lane.PRESS, Lane.LAWMAKERS)),
        Filters(kinds=(EventType.VOTE_RESULT,), since=date(2019, 1, 1)),
    ],
)
def test_the_counts_agree_with_the_list(session: Session, campaign: Campaign, filters: Filters):
    listed = timeline.events_of(session, campaign.id, filters)
    pairs = event_counts.pairs(session, campaign.id, filters.since, filters.until)
    by_lane = timeline.lane_counts(pairs, filters)
    by_kind = timeline.kind_counts(pairs, filters)
    assert listed
    assert sum(by_lane[lane] for lane in filters.lanes or Lane) == len(listed)
    assert sum(by_kind[kind] for kind in filters.kinds or EventType) == len(listed)


@pytest.mark.parametrize(("year", "shown"), [(2018, False), (2019, True), (2020, False)])
def test_a_one_sided_date_counts_at_its_known_end(session: Session, campaign: Campaign, year: int, shown: bool):
    row = timeline.events_of(session, campaign.id, Filters())[0]
    row.on, row.earliest, row.latest, row.sort_day = (
        PartialDate.before(date(2019, 6, 1)),
        "",
        "2019-06-01",
        "2019-06-01",
    )
    session.flush()
    period = Filters(since=date(year, 1, 1), until=date(year, 12, 31))
    assert (row.id in [found.id for found in timeline.events_of(session, campaign.id, period)]) is shown
    event_counts.rebuild(session)
    counted = sum(event_counts.pairs(session, campaign.id, period.since, period.until).values())
    assert counted == len(timeline.events_of(session, campaign.id, period))


def test_threads_join_letters_to_answers_and_proposals_to_votes(session: Session, campaign: Campaign):
    points = timeline.points(session, campaign.id)
    name = {point.id: point.headline for point in points}
    joined = {(name[thread.start], name[thread.end]) for thread in timeline.threads(session, campaign.id, points)}
    assert ("Letter sent: Congressional Black Caucus to Jeff Bezos", "Amazon replies to members") in joined
    assert (
        "Filed: Prohibit sales of face recognition to government",
        "Voted: Prohibit sales of face recognition to government",
    ) in joined
    assert len(joined) == 4


def test_a_document_stands_behind_its_event_or_is_one(session: Session, campaign: Campaign):
    rows = timeline.events_of(session, campaign.id, Filters())
    sources, contexts = behind.sources(session, rows), threads.contexts(session, rows)
    letter = next(row for row in rows if row.headline.endswith("face surveillance") and row.object_id)
    assert [(found.outlet, found.provenance) for found in sources[letter.id]] == [
        ("The Daily Example", "linked by rule"),
        ("The Other Example", "linked by rule"),
    ]
    later = next(row for row in rows if row.document_id and not row.headline.startswith("Edited: "))
    assert [found.outlet for found in sources[later.id]] == ["The Hill"]
    [(relation, target)] = contexts[later.id].bears_on
    assert (relation, target.slug) == (Relation.REPORTS_ON, "coalition-2019")


def test_what_moved_last_happened_last_and_lies_not_ahead(session: Session, campaign: Campaign):
    days = sorted(row.sort_day for row in timeline.events_of(session, campaign.id, Filters()))
    before = date.fromisoformat(days[-1]) - timedelta(days=1)
    found = timeline.latest(session, [campaign.id], before, 3)
    assert [row.sort_day for row in found] == [day for day in reversed(days) if day <= before.isoformat()][:3]
    assert timeline.latest_issue(session, campaign.id).headline == "One letter still without an answer"


def test_a_document_is_read_with_versions_names_and_links(session: Session):
    title = "90 groups press Amazon on face surveillance"
    number = session.exec(select(Document.id).where(Document.title == title)).one()
    found = archive.page(session, number)
    assert [line.number for line in found.versions] == [1, 2]
    assert [(naming.name, naming.times) for naming in found.namings] == [("Amazon", 1)]
    assert [tie.target.slug for tie in found.ties] == ["coalition-2019"]
    # The letter it reports, and its own edit.
    headlines = [headline for _, headline in found.events]
    assert len(headlines) == 2
    assert headlines[1] == f"Edited: {title}"
    assert archive.page(session, 999_999) is None
