"""What one more visit makes of a source's record: the next try, its health, its rhythm, where it has moved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain.rhythm import Rhythm
from tracker.domain.standing import Outcome, Standing, after

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BACK_OFF = 900.0
URL, NEW, OTHER = "https://paper.example/feed", "https://paper.example/new", "https://paper.example/other"
SOURCE = Standing(url=URL, every_seconds=3600, due_at=NOW)
WELL = Outcome(ok=True, items=3)
KINDS = [
    "dns", "timeout", "tls", "connect", "http_404", "http_429", "http_500", "http_503", "http_403", "unreadable",
    "challenge", "redirects", "robots", "not_kept", "not_asked", "",
]  # fmt: skip


def visited(*outcomes: Outcome, standing: Standing = SOURCE, every: timedelta | None = None) -> list[Standing]:
    """The records after each of these visits, each paid when it is due or, with `every`, that long after the last."""
    found, now = [], NOW
    for outcome in outcomes:
        standing = after(standing, outcome, now, BACK_OFF)
        found.append(standing)
        now = now + every if every else standing.due_at
    return found


def failed(kind: str, **more: object) -> Outcome:
    return Outcome(ok=False, error=f"it failed: {kind}", kind=kind, **more)


def waits(rows: list[Standing]) -> list[float]:
    return [(row.due_at - row.last_tried_at).total_seconds() for row in rows if row.last_tried_at]


# --- failures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "waited"),
    [
        ("http_403", [900, 1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400]),
        ("http_503", [900, 900, 1273, 1800, 2546, 3600, 5091, 7200, 10182]),
        ("dns", [900, 900, 900, 900, 1070, 1273, 1514, 1800, 2141]),
    ],
)
def test_what_weighs_less_against_a_source_backs_off_more_slowly(kind, waited):
    assert [round(wait) for wait in waits(visited(*[failed(kind)] * 9))] == waited


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=40), st.floats(1, 86400))
def test_the_wait_never_gets_shorter_while_a_source_fails_and_never_longer_than_a_day(kinds, back_off):
    standing, now, before = SOURCE, NOW, 0.0
    for kind in kinds:
        standing = after(standing, failed(kind), now, back_off)
        wait = (standing.due_at - now).total_seconds()
        assert before <= wait <= 86400
        before, now = wait, standing.due_at
    assert (standing.failures, standing.failing_since) == (len(kinds), NOW)
    assert (standing.last_error_kind, standing.last_error) == (kinds[-1], f"it failed: {kinds[-1]}")
    assert 0.25 * len(kinds) <= standing.failure_weight <= len(kinds)


@given(st.sampled_from(KINDS), st.floats(0, 10**9))
def test_what_a_refusing_server_asks_for_is_kept_to_for_up_to_a_day(kind, asked):
    [row] = visited(failed(kind, retry_after=asked))
    assert row.due_at - NOW == timedelta(seconds=min(max(asked, BACK_OFF), 86400))


@pytest.mark.parametrize("times", [1, 2, 9])
def test_a_source_that_says_it_is_gone_is_asked_once_a_week_and_since_when_is_told(times):
    rows = visited(*[failed("http_410", retry_after=60.0)] * times)
    assert waits(rows) == [7 * 86400] * times
    assert {row.gone_since for row in rows} == {NOW}


def test_a_source_that_fails_otherwise_is_no_longer_gone():
    rows = visited(failed("http_410"), failed("http_500"), failed("http_410"))
    assert [row.gone_since for row in rows] == [NOW, None, rows[1].due_at]
    assert visited(failed("http_410"), WELL)[-1].gone_since is None


@given(st.lists(st.sampled_from(KINDS), max_size=8), st.sampled_from(KINDS))
def test_one_good_answer_takes_everything_back_that_spoke_against_a_source(kinds, next_kind):
    rows = visited(*map(failed, kinds), WELL)
    well = rows[-1]
    told = (well.failing_since, well.failures, well.last_error, well.last_error_kind, well.failure_weight)
    assert told == (None, 0, "", "", 0.0)
    assert well.last_ok_at == well.last_tried_at
    # What comes after is a first failure again.
    assert waits(visited(failed(next_kind), standing=well))[0] == BACK_OFF


def test_a_failure_leaves_what_is_known_of_the_source():
    well = visited(Outcome(ok=True, new=2, items=7, rhythm=Rhythm(4 * HOUR, 2 * DAY)))[0]
    row = after(well, failed("http_500", items=0), NOW + HOUR, BACK_OFF)
    kept = ("url", "interval_seconds", "rhythm_seconds", "quiet_seconds", "usual_items", "last_ok_at", "last_new_at")
    assert [getattr(row, name) for name in kept] == [getattr(well, name) for name in kept]


# --- the next try -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fresh", "waited"), [(None, 3600), (0.0, 3600), (60.0, 3600), (7200.0, 7200), (86400.0, 86400), (10**9, 86400)]
)
def test_an_answer_that_stays_fresh_postpones_the_next_one_by_up_to_a_day(fresh, waited):
    assert waits(visited(replace(WELL, fresh=fresh))) == [waited]
    assert waits(visited(Outcome(ok=True, fresh=fresh))) == [waited]


def test_a_source_that_is_configured_to_be_asked_less_often_than_daily_is():
    assert waits(visited(replace(WELL, fresh=10.0), standing=replace(SOURCE, every_seconds=10 * 86400))) == [10 * 86400]


@given(st.integers(1, 10**7), st.floats(0, 10**7) | st.none(), st.none() | st.integers(600, 10**7))
def test_a_good_answer_always_leads_to_a_next_try(every, fresh, usual):
    rhythm = Rhythm(timedelta(seconds=usual), timedelta(seconds=7 * usual)) if usual else None
    [row] = visited(replace(WELL, fresh=fresh, rhythm=rhythm), standing=replace(SOURCE, every_seconds=every))
    assert timedelta() < row.due_at - NOW <= max(DAY, timedelta(seconds=every))


# --- rhythm -----------------------------------------------------------------------------------------------------------


def test_a_rhythm_is_learned_and_sets_how_often_is_asked():
    [row] = visited(replace(WELL, rhythm=Rhythm(8 * HOUR, 2 * DAY)))
    assert (row.interval_seconds, row.rhythm_seconds, row.quiet_seconds) == (4 * 3600, 8 * 3600, 2 * 86400)
    assert waits([row]) == [4 * 3600]


def test_a_rhythm_that_can_no_longer_be_told_is_unlearned():
    rows = visited(replace(WELL, rhythm=Rhythm(8 * HOUR, 2 * DAY)), WELL)
    assert (rows[1].interval_seconds, rows[1].rhythm_seconds, rows[1].quiet_seconds) == (None, None, None)
    assert waits(rows) == [4 * 3600, 3600]


def test_an_unchanged_answer_teaches_nothing_and_is_a_good_one():
    rhythm = Rhythm(8 * HOUR, 2 * DAY)
    rows = visited(Outcome(ok=True, new=1, items=9, rhythm=rhythm), Outcome(ok=True), failed("dns"), Outcome(ok=True))
    assert {(row.rhythm_seconds, row.usual_items) for row in rows} == {(8 * 3600, 9)}
    assert waits(rows) == [4 * 3600, 4 * 3600, 900, 4 * 3600]
    assert rows[1].last_ok_at == rows[1].last_tried_at != rows[0].last_ok_at
    assert {row.last_new_at for row in rows} == {NOW}


def test_an_answer_without_entries_is_remembered_as_such():
    assert [row.usual_items for row in visited(WELL, replace(WELL, items=0))] == [3, 0]


# --- moving -----------------------------------------------------------------------------------------------------------


def moved(target: str | None = NEW, **more: object) -> Outcome:
    return Outcome(ok=True, moved_to=target, **more)


@pytest.mark.parametrize(
    ("every", "proofs", "believed"),
    [(DAY, 4, False), (DAY, 5, True), (HOUR, 5, False), (HOUR, 72, False), (HOUR, 73, True), (9 * DAY, 4, False)],
)
def test_a_move_is_believed_after_five_proofs_over_three_days_and_not_before(every, proofs, believed):
    row = visited(*[moved()] * proofs, every=every)[-1]
    assert (row.url == NEW) is believed
    if believed:
        assert (row.former_urls, row.moved_to, row.moved_times, row.moved_since) == ((URL,), None, 0, None)
    else:
        assert (row.url, row.moved_to, row.moved_times, row.moved_since) == (URL, NEW, proofs, NOW)


def test_another_target_starts_again():
    rows = visited(*[moved()] * 4, moved(OTHER), *[moved()] * 4, every=DAY)
    assert (rows[4].moved_to, rows[4].moved_times, rows[4].moved_since) == (OTHER, 1, NOW + 4 * DAY)
    assert (rows[-1].url, rows[-1].moved_times, rows[-1].moved_since) == (URL, 4, NOW + 5 * DAY)


@pytest.mark.parametrize("target", [None, URL])
def test_an_answer_at_the_old_address_takes_the_proofs_back(target):
    row = visited(*[moved()] * 4, moved(target), every=DAY)[-1]
    assert (row.url, row.moved_to, row.moved_times, row.moved_since) == (URL, None, 0, None)


def test_a_failure_proves_nothing_and_takes_nothing_back():
    rows = visited(*[moved()] * 4, failed("http_500"), moved(), every=DAY)
    assert (rows[4].moved_times, rows[5].url) == (4, NEW)


def test_a_source_that_moves_there_and_back_has_each_former_address_once():
    standing = SOURCE
    for target in (NEW, URL, NEW, OTHER):
        standing = visited(*[moved(target)] * 5, standing=standing, every=DAY)[-1]
        assert standing.url == target
    assert standing.former_urls == (URL, NEW)


@given(
    st.lists(st.tuples(st.sampled_from([None, URL, NEW, OTHER, "fail"]), st.integers(1, 60)), max_size=40),
)
def test_a_move_that_is_under_way_always_says_since_when(visits):
    standing, now, seen = SOURCE, NOW, [NOW]
    for target, hours in visits:
        outcome = failed("http_500") if target == "fail" else moved(target)
        standing = after(standing, outcome, now, BACK_OFF)
        assert (standing.moved_to is None) == (standing.moved_since is None) == (standing.moved_times == 0)
        assert standing.moved_to != standing.url
        assert standing.moved_since is None or standing.moved_since in seen
        now += timedelta(hours=hours)
        seen.append(now)


@given(st.lists(st.sampled_from(["well", "new", "unchanged", *KINDS, "http_410"]), max_size=30))
def test_a_record_is_whole_after_any_visits(kinds):
    good = {"well": WELL, "new": replace(WELL, new=2), "unchanged": Outcome(ok=True)}
    rows = visited(*[good.get(kind) or failed(kind) for kind in kinds])
    assume(rows)
    for before, row in pairwise([SOURCE, *rows]):
        assert row.last_tried_at == before.due_at
        assert row.due_at > before.due_at
        assert (row.failures == 0) == (row.failing_since is None) == (row.last_error == "")
        assert row.every_seconds == 3600
        assert row.interval_seconds is None or row.interval_seconds > 0
