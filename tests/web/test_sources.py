"""Source health: no silence reads as calm."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tracker.domain.source_health import HealthState, health
from tracker.models.document import Source

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def card(client: FlaskClient, name: str) -> str:
    found = re.search(rf'<li class="card source" id="{name}">.*?</p>\n', client.get("/sources").text, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split())


def test_a_failing_source_says_since_when(client: FlaskClient):
    assert "Failing since 21 November 2026, 07:00 UTC , 6 times in a row" in card(client, "filings")


def test_a_source_nobody_asks_is_not_shown_as_quiet(client: FlaskClient):
    assert "nobody has asked it since" in card(client, "forgotten")


def test_a_source_that_is_well_says_when_and_how_often(client: FlaskClient):
    said = card(client, "news")
    assert "Last answered well 2 hours ago" in said
    assert "every 3 hours, next in 1 hour" in said


def test_those_that_need_a_look_stand_first(client: FlaskClient):
    ids = re.findall(r'<li class="card source" id="([^"]+)"', client.get("/sources").text)
    assert ids == ["filings", "forgotten", "new", "resting", "news"]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"last_ok_at": NOW - HOUR, "due_at": NOW + HOUR}, HealthState.WELL),
        ({"last_ok_at": NOW - HOUR, "due_at": NOW - 2 * HOUR}, HealthState.WELL),
        ({"last_ok_at": NOW - HOUR, "due_at": NOW - 3 * HOUR}, HealthState.OVERDUE),
        ({"due_at": NOW}, HealthState.NEVER_ASKED),
        ({"due_at": NOW + HOUR, "failing_since": NOW, "last_ok_at": NOW}, HealthState.FAILING),
        ({"due_at": NOW - 99 * HOUR, "failing_since": NOW}, HealthState.FAILING),
        ({"due_at": NOW - 99 * HOUR, "paused": True}, HealthState.PAUSED),
        ({"due_at": NOW - 99 * HOUR, "leased_until": NOW + HOUR}, HealthState.BEING_ASKED),
    ],
)
def test_well_is_said_only_of_a_source_that_answered_and_is_asked_in_time(changes, state):
    assert health(Source(name="x", reader="feed", url="https://x.example", **changes), NOW).state is state
