"""Counts kept with a timeline's rows: they always say what counting the rows would say, for any rows and any period."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests import factories as make
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Lane
from tracker.models.event import Event
from tracker.store import event_counts, events, timeline
from tracker.store.timeline import Filters

DAYS = st.dates(date(2018, 11, 1), date(2019, 3, 31))
DATES = st.one_of(
    DAYS.map(PartialDate.day),
    DAYS.map(PartialDate.before),
    DAYS.map(PartialDate.after),
    DAYS.map(lambda day: PartialDate.month(day.year, day.month)),
    DAYS.map(lambda day: PartialDate.year(day.year)),
    st.tuples(DAYS, DAYS).map(lambda days: PartialDate.between(min(days), max(days))),
)
KINDS = st.sampled_from([EventType.LETTER_SENT, EventType.COMMENTARY, EventType.OTHER])
ROWS = st.lists(st.tuples(DATES, st.sampled_from([Lane.PRESS, Lane.COMPANY]), KINDS), max_size=12)


def row(campaign_id: int, object_id: int, number: int, told: tuple[PartialDate, Lane, EventType]) -> Event:
    on, lane, kind = told
    return Event(
        id=f"{number:016}", campaign_id=campaign_id, object_id=object_id, key=str(number), kind=kind, lane=lane, on=on,
        earliest=on.earliest.isoformat() if on.earliest else "", latest=on.latest.isoformat() if on.latest else "",
        sort_day=on.sort_key[0].isoformat(), headline="It happened", recorded_at=make.NOW,
    )  # fmt: skip


def stored(session: Session) -> list[tuple[object, ...]]:
    rows = (found for table in event_counts.TABLES for found in session.exec(select(table)))
    return sorted((type(found).__name__, *map(str, found.model_dump().values())) for found in rows)


@pytest.fixture
def place(engine):
    """A session with one campaign and one object in it."""
    with Session(engine) as session:
        campaign = make.campaign(session, "campaign")
        yield session, campaign.id, make.spine(session, "letter", "letter", campaign=campaign)


@given(rows=ROWS, gone=st.sets(st.integers(0, 11)), moved=st.sets(st.integers(0, 11)), on=DATES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_is_what_counting_again_says(place, rows, gone, moved, on):
    session, campaign_id, object_id = place
    events.clear(session)
    made = [row(campaign_id, object_id, number, given) for number, given in enumerate(rows)]
    events.apply(session, made, (), ())
    change = [
        (found, row(campaign_id, object_id, number, (on, Lane.PRESS, EventType.OTHER)))
        for number, found in enumerate(made)
        if number in moved - gone
    ]
    events.apply(session, (), change, [found for number, found in enumerate(made) if number in gone])
    kept = stored(session)
    event_counts.rebuild(session)
    session.expire_all()
    assert kept == stored(session)


@given(rows=ROWS, period=st.tuples(st.none() | DAYS, st.none() | DAYS), after=st.integers(0, 12), oldest=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_period_counts_and_lists_the_rows_that_may_lie_in_it(place, rows, period, after, oldest):
    session, campaign_id, object_id = place
    since, until = sorted(period) if None not in period else period
    events.clear(session)
    events.apply(session, [row(campaign_id, object_id, number, given) for number, given in enumerate(rows)], (), ())
    wanted = []
    for number, (on, lane, kind) in enumerate(rows):
        begins, ends = on.earliest or on.latest, on.latest or on.earliest
        if (until is None or begins <= until) and (since is None or ends >= since):
            wanted.append((on.sort_key[0].isoformat(), f"{number:016}", lane, kind))
    wanted.sort(reverse=not oldest)
    pairs = event_counts.pairs(session, campaign_id, since, until)
    assert sorted(pairs.elements()) == sorted((lane, kind) for *_, lane, kind in wanted)
    for lanes, kinds in [((), ()), ((Lane.PRESS,), ()), ((Lane.PRESS, Lane.COMPANY), (EventType.OTHER,))]:
        filters = Filters(lanes, kinds, since, until, oldest_first=oldest)
        left = [key for key in wanted if (not lanes or key[2] in lanes) and (not kinds or key[3] in kinds)]
        for known in (None, pairs):
            listed = timeline.events_of(session, campaign_id, filters, pairs=known)
            assert [found.id for found in listed] == [key[1] for key in left]
            if after < len(left):
                rest = timeline.events_of(session, campaign_id, filters, pairs=known, after=left[after][:2], limit=3)
                assert [found.id for found in rest] == [key[1] for key in left[after + 1 : after + 4]]
