"""Whatever happens in a week, every event of it is shown or counted."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.digest.conftest import BAN, MONDAY, RESEARCHERS, STUDY, SUNDAY
from tracker.digest.compose import compose
from tracker.digest.content import IssueContent
from tracker.digest.facts import Happening, Period, Week
from tracker.digest.merge import shortened
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Lane

DAYS = st.dates(date(2019, 2, 1), date(2019, 6, 1))
ENDS = st.tuples(DAYS, DAYS).map(sorted)
DATES = st.one_of(
    DAYS.map(PartialDate.day),
    ENDS.map(lambda ends: PartialDate.between(*ends)),
    DAYS.map(PartialDate.before),
    DAYS.map(PartialDate.after),
    DAYS.map(lambda on: PartialDate.month(on.year, on.month)),
    st.just(PartialDate.year(2019)),
)
EVENTS = st.lists(
    st.builds(
        Happening,
        id=st.uuids().map(str),
        kind=st.sampled_from(EventType),
        lane=st.sampled_from(Lane),
        on=DATES,
        headline=st.text(min_size=1, max_size=40),
        recorded_at=st.datetimes(datetime(2019, 3, 1), datetime(2019, 5, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds must be naive
        path=st.just("/events/1"),
        sources=st.integers(0, 9),
        subject=st.sampled_from([None, BAN, STUDY, RESEARCHERS]),
    ),
    max_size=80,
    unique_by=lambda event: event.id,
)


def composed(events, period=None):
    return compose(
        Week(
            slug="a",
            title="A",
            period=period or Period(MONDAY, SUNDAY),
            known_since=datetime(2019, 4, 1, 8, tzinfo=UTC),
            known_until=datetime(2019, 4, 8, 8, tzinfo=UTC),
            events=tuple(events),
        )
    )


@given(EVENTS)
def test_every_event_is_shown_or_counted(events):
    content = composed(events)
    if not events:
        assert content is None
        return
    shown = sum(row.events for row in content.rows)
    assert shown + content.more + content.older + content.later == len(events)
    assert IssueContent.from_json(content.to_json()) == content


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_given_changes_nothing(events, random):
    shuffled = list(events)
    random.shuffle(shuffled)
    assert composed(events) == composed(shuffled)


@given(EVENTS, st.integers(0, 10))
def test_shortening_loses_no_event(events, most):
    content = composed(events)
    if content is not None:
        short = shortened(content, most)
        assert len(short.rows) <= most
        assert short.moved == content.moved
