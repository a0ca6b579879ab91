"""How a source is doing: "well" is said only of a source that answered, is asked in time and keeps its own rhythm."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.source_health import STATE_WORDS, HealthState, health, silent_since

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Record:
    """A source that answered an hour ago, is due in an hour, and brought something yesterday."""

    every_seconds: int = 3600
    interval_seconds: int | None = None
    quiet_seconds: int | None = None
    last_new_at: datetime | None = NOW - DAY
    gone_since: datetime | None = None
    paused: bool = False
    due_at: datetime = NOW + HOUR
    leased_until: datetime | None = None
    last_tried_at: datetime | None = NOW - HOUR
    last_ok_at: datetime | None = NOW - HOUR
    failing_since: datetime | None = None


SILENT = {"last_new_at": NOW - 20 * DAY, "quiet_seconds": 12 * 86400}
ASKED = {"leased_until": NOW + HOUR}
FAILING = {"failing_since": NOW - DAY}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, HealthState.WELL),
        ({"due_at": NOW - 2 * HOUR}, HealthState.WELL),
        ({"due_at": NOW - 2 * HOUR - timedelta(seconds=1)}, HealthState.OVERDUE),
        ({"due_at": NOW - 3 * HOUR, "interval_seconds": 2 * 3600}, HealthState.WELL),
        ({"due_at": NOW - 2 * HOUR, "interval_seconds": 900}, HealthState.OVERDUE),
        ({"due_at": NOW - HOUR, "every_seconds": 60}, HealthState.WELL),
        ({"last_ok_at": None}, HealthState.NEVER_ASKED),
        (FAILING, HealthState.FAILING),
        (FAILING | {"last_ok_at": None}, HealthState.FAILING),
        (FAILING | SILENT, HealthState.FAILING),
        (FAILING | {"gone_since": NOW - DAY}, HealthState.GONE),
        ({"paused": True, "due_at": NOW - DAY}, HealthState.PAUSED),
        (SILENT, HealthState.SILENT),
        (SILENT | {"quiet_seconds": 30 * 86400}, HealthState.WELL),
        (SILENT | {"quiet_seconds": None}, HealthState.WELL),
        (SILENT | {"due_at": NOW - DAY}, HealthState.OVERDUE),
        (ASKED, HealthState.BEING_ASKED),
        (ASKED | {"due_at": NOW - DAY}, HealthState.BEING_ASKED),
        (ASKED | {"last_ok_at": None}, HealthState.BEING_ASKED),
        ({"leased_until": NOW - HOUR}, HealthState.WELL),
    ],
)
def test_the_state_is_the_most_urgent_that_is_true(changes, state):
    assert health(replace(Record(), **changes), NOW).state is state


@pytest.mark.parametrize("wrong", [FAILING, SILENT, FAILING | {"gone_since": NOW}], ids=["failing", "silent", "gone"])
def test_what_is_wrong_stays_said_while_a_worker_asks(wrong):
    assert health(replace(Record(), **wrong), NOW) == health(replace(Record(), **wrong | ASKED), NOW)


def test_a_late_source_says_since_when_it_was_due():
    due = NOW - DAY
    assert health(replace(Record(), due_at=due), NOW).late_since == due
    assert health(replace(Record(), due_at=due, **FAILING), NOW).late_since == due
    assert health(replace(Record(), due_at=due, **ASKED), NOW).late_since is None


def test_a_silent_source_says_since_when():
    assert health(replace(Record(), **SILENT), NOW).silent_since == SILENT["last_new_at"]


def test_silence_is_not_said_of_days_on_which_nobody_looked():
    looked = SILENT["last_new_at"] + 11 * DAY
    assert silent_since(replace(Record(), **SILENT, last_ok_at=looked)) is None
    assert silent_since(replace(Record(), **SILENT, last_ok_at=looked + 2 * DAY)) is not None


MOMENTS = st.none() | st.integers(-(10**6), 10**6).map(lambda seconds: NOW + timedelta(seconds=seconds))
RECORDS = st.builds(
    Record,
    every_seconds=st.integers(1, 10**6),
    interval_seconds=st.none() | st.integers(1, 10**6),
    quiet_seconds=st.none() | st.integers(1, 10**6),
    last_new_at=MOMENTS,
    gone_since=MOMENTS,
    paused=st.booleans(),
    due_at=MOMENTS.filter(bool),
    leased_until=MOMENTS,
    last_tried_at=MOMENTS,
    last_ok_at=MOMENTS,
    failing_since=MOMENTS,
)


@given(RECORDS)
def test_nothing_reads_as_calm_that_is_not(record: Record):
    found = health(record, NOW)
    if found.state in {HealthState.WELL, HealthState.BEING_ASKED}:
        assert record.failing_since is None
        assert not record.paused
        assert silent_since(record) is None
        assert found.late_since is None
    if found.state is HealthState.WELL:
        assert record.last_ok_at is not None
    assert found.words() == STATE_WORDS[found.state]


def test_every_state_has_words_of_its_own():
    assert list(STATE_WORDS) == list(HealthState)
    assert len(set(STATE_WORDS.values())) == len(HealthState)
