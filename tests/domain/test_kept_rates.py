"""Shares of what was kept, with Wilson's interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.kept_rates import BANDS, END, Fared, band, wilson

SHARES = st.integers(1, 5000).flatmap(lambda decided: st.tuples(st.integers(0, decided), st.just(decided)))


@pytest.mark.parametrize(
    ("kept", "decided", "low", "high"),
    # The first two from the literature on the interval (Newcombe, Statistics in Medicine 17, 1998, table I).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (29, 29, 0.8830, 1.0)],
)
def test_the_interval_is_that_of_wilson(kept, decided, low, high):
    assert wilson(kept, decided) == pytest.approx((low, high), abs=5e-5)


@given(SHARES)
def test_the_interval_holds_the_share_and_mirrors(share):
    kept, decided = share
    low, high = wilson(kept, decided)
    assert 0 <= low <= kept / decided + 1e-12
    assert kept / decided - 1e-12 <= high <= 1
    assert wilson(decided - kept, decided) == pytest.approx((1 - high, 1 - low))


@given(SHARES)
def test_more_cases_of_the_same_share_make_it_surer(share):
    kept, decided = share
    low, high = wilson(kept, decided)
    surer = wilson(kept * 4, decided * 4)
    assert low - 1e-12 <= surer[0] <= surer[1] <= high + 1e-12


@pytest.mark.parametrize(("kept", "decided"), [(1, 0), (0, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(kept, decided):
    with pytest.raises(ValueError, match="no share"):
        wilson(kept, decided)


@given(st.floats(0, 1))
def test_each_score_has_one_band(score):
    start, end = band(score)
    assert start <= score < end
    assert start in BANDS
    assert end in {*BANDS, END}


def test_a_rule_does_badly_only_when_that_is_certain():
    assert Fared(rejected=4).badly
    assert not Fared(rejected=3).badly
    assert not Fared(kept=6, rejected=5).badly
    assert Fared(kept=6, changed=10, rejected=10).badly
    assert not Fared().badly
    assert not Fared(in_bulk=900).badly
    assert Fared().rate is None
    assert (Fared(1, 2, 3, 4) + Fared(1, 0, 0, 0)).decided == 7
