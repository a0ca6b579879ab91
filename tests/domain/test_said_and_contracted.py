"""Whether a contract ran when something was said: only what every allowed day bears out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.said_and_contracted import Then, then
from tracker.domain.vocab import ContractState

DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 40)).map(
    lambda span: PartialDate.between(span[0], span[0] + timedelta(days=span[1]))
)


def on(text):
    return PartialDate.parse(text) if text else None


@pytest.mark.parametrize(
    ("said", "starts", "ends", "state", "expected"),
    [
        ("2020-05-01", "2019", "2021", "active", Then.RUNNING),
        ("2020-05-01", "2020-05-01", "2020-05-01", "ended", Then.RUNNING),
        ("2020-05", "2020-05-10", "2021", "active", Then.NOT_CERTAIN),
        ("2020-05-01", "2020-06", "2021", "active", Then.BEGAN_AFTER),
        ("2020-05-01", None, "2020-04", "ended", Then.ENDED_BEFORE),
        ("2020-05-01", "2020", "2021", "active", Then.NOT_CERTAIN),
        ("2020-05-01", "2019", None, "active", Then.NOT_CERTAIN),
        ("2020-05-01", None, None, "active", Then.NOT_CERTAIN),
        ("2020-05-01", "2019", "2021", "pitched", Then.NOT_CERTAIN),
    ],
)
def test_a_verdict_needs_dates_that_settle_it(said, starts, ends, state, expected):
    assert then(on(said), on(starts), on(ends), ContractState(state))[0] is expected


@given(said=SPANS, starts=SPANS, ends=SPANS, part=st.floats(0, 1))
def test_a_verdict_holds_for_every_day_that_the_dates_allow(said, starts, ends, part):
    verdict, why = then(said, starts, ends, ContractState.ACTIVE)
    assert why

    def one_day(within):
        return within.earliest + timedelta(days=round((within.latest - within.earliest).days * part))

    day, first, last = one_day(said), one_day(starts), one_day(ends)
    if verdict is Then.RUNNING:
        assert first <= day <= last
    if verdict is Then.BEGAN_AFTER:
        assert first > day
    if verdict is Then.ENDED_BEFORE:
        assert last < day
