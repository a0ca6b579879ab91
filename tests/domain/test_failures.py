"""What a failure says against a source, how long it is left alone, and what is not the source's fault."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.failures import GONE_WAIT, LONGEST_WAIT, NETWORK, is_moved, is_outage, wait_after, weight

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "weighs"),
    [
        ("dns", 0.25),
        ("timeout", 0.5),
        ("connect", 0.5),
        ("tls", 0.5),
        ("truncated", 0.5),
        ("challenge", 0.5),
        ("empty", 0.5),
        ("rate_threshold", 0.5),
        ("http_404", 0.5),
        ("http_429", 0.5),
        ("http_500", 0.5),
        ("http_503", 0.5),
        ("http_401", 1.0),
        ("http_403", 1.0),
        ("http_410", 1.0),
        ("http_451", 1.0),
        ("unreadable", 1.0),
        ("refused_address", 1.0),
        ("too_large", 1.0),
        ("a kind nobody knows", 1.0),
        ("", 1.0),
    ],
)
def test_a_failure_weighs_what_it_says_against_the_source(kind, weighs):
    assert weight(kind) == weighs


@given(st.text(max_size=20))
def test_no_failure_weighs_nothing_and_none_more_than_one(kind):
    assert 0 < weight(kind) <= 1


@pytest.mark.parametrize(
    ("total", "seconds"),
    [(0.25, 900), (0.5, 900), (1, 900), (2, 1800), (3, 3600), (7, 57600), (8, 86400), (10**6, 86400)],
)
def test_each_whole_failure_doubles_the_wait_up_to_a_day(total, seconds):
    assert wait_after(total, 900).total_seconds() == seconds


@pytest.mark.parametrize(("asked", "seconds"), [(10, 900), (5000, 5000), (366 * 86400, 86400), (float("inf"), 86400)])
def test_a_server_may_ask_for_a_longer_wait_but_not_for_more_than_a_day(asked, seconds):
    assert wait_after(1, 900, asked).total_seconds() == seconds


TOTALS, SECONDS = st.floats(0, 10**9), st.floats(1, 10**6)


@given(TOTALS, TOTALS, SECONDS, st.none() | st.floats(0, 10**9))
def test_a_source_is_never_given_up_and_never_asked_sooner_for_failing_more(one, other, back_off, retry_after):
    less, more = (wait_after(total, back_off, retry_after) for total in sorted((one, other)))
    assert timedelta() < less <= more <= LONGEST_WAIT


@given(TOTALS, SECONDS)
def test_a_source_that_is_gone_is_asked_once_a_week(total, back_off):
    assert wait_after(total, back_off, 10, gone=True) == GONE_WAIT == timedelta(days=7)


def test_our_own_network_is_down_when_three_hosts_could_not_be_reached_and_nobody_answered():
    assert is_outage(["a:443", "b:443", "c:443"], [])
    assert not is_outage(["a:443", "b:443"], [])
    assert not is_outage(["a:443"] * 9, [])
    assert not is_outage([], [])


@given(st.lists(st.text(max_size=3)), st.lists(st.text(max_size=3), min_size=1))
def test_as_long_as_anybody_answers_the_network_is_not_down(failed, answered):
    assert not is_outage(failed, answered)


def test_what_a_dead_line_looks_like_never_weighs_a_whole_failure():
    assert all(weight(kind) < 1 for kind in NETWORK)


@pytest.mark.parametrize(
    ("times", "standing", "believed"),
    [(5, 3 * DAY, True), (4, 30 * DAY, False), (50, 3 * DAY - timedelta(seconds=1), False), (0, 0 * DAY, False)],
)
def test_a_permanent_redirect_is_believed_when_it_was_seen_often_and_for_long(times, standing, believed):
    assert is_moved(times, standing) is believed
