"""Several weeks in one mail."""

from dataclasses import replace
from datetime import date

from tests.digest.conftest import BAN, MONDAY, happening
from tracker.digest.compose import compose
from tracker.digest.facts import Period
from tracker.digest.merge import merge
from tracker.domain.vocab import EventType


def next_week(quiet, *events):
    return replace(quiet, period=Period(date(2019, 4, 8), date(2019, 4, 14)), events=events)


def test_two_weeks_become_one(quiet, week):
    first, second = compose(week), compose(next_week(quiet, happening("2019-04-09", headline="A comment")))
    merged = merge([second, first])
    assert (merged.starts_on, merged.ends_on) == (MONDAY, date(2019, 4, 14))
    assert merged.headline == first.headline
    assert merged.moved == first.moved + second.moved == 6
    assert merged.intro.startswith("6 things moved in these 2 weeks.")
    assert merged.waiting == second.waiting
    assert merge([first]) == first


def test_an_object_that_moved_in_both_weeks_is_one_row(quiet):
    filed = happening("2019-04-02", EventType.RESOLUTION_FILED, f"Filed: {BAN.title}", subject=BAN, path="/r")
    later = happening("2019-04-09", EventType.RESOLUTION_CHALLENGED, f"Challenged: {BAN.title}", subject=BAN, path="/r")
    merged = merge([compose(replace(quiet, events=(filed,))), compose(next_week(quiet, later))])
    [row] = merged.rows
    assert row.lines == ("Filed · 2 Apr", "Challenged · 9 Apr")
    assert row.events == 2
