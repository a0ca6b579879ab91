"""Labels of the yearly chart never cover one another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import regimes
from tracker.domain.dates import PartialDate
from tracker.domain.status import History
from tracker.domain.vocab import AskType, SupportFormula
from tracker.domain.votes import Share
from tracker.store.families import Proposal
from tracker.store.resolution_page import Year
from tracker.web.drawn import support_chart


def year(season, thousandths, ask_type=AskType.REPORT):
    proposal = Proposal(season, f"s-{season}", "Title", 1, season, 1, ask_type, History(()), None, None)
    bars = regimes.for_meeting(PartialDate.month(season, 5).earliest).bars
    share = None if thousandths is None else Share(thousandths, 1000, SupportFormula.FOR_AGAINST)
    return Year(proposal, share, None, bars, None)


def boxes(chart):
    return [(point.label_x, point.label_y) for point in chart.points]


@given(st.lists(st.integers(0, 600), min_size=1, max_size=8))
def test_labels_of_one_ask_over_the_years_never_overlap(shares):
    chart = support_chart.draw([year(2016 + place, share) for place, share in enumerate(shares)], AskType.REPORT)
    places = boxes(chart)
    for place, (x, y) in enumerate(places):
        for other_x, other_y in places[place + 1 :]:
            apart = abs(x - other_x) >= support_chart.LABEL_WIDTH or abs(y - other_y) >= support_chart.LABEL_HEIGHT
            assert apart, places


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_two_votes_of_one_year_have_two_labels(one, other):
    chart = support_chart.draw([year(2019, one, AskType.PROHIBIT), year(2019, other)], AskType.REPORT)
    assert len(set(boxes(chart))) == 2


def test_labels_stand_clear_of_the_axis():
    chart = support_chart.draw([year(2019, 275), year(2020, 315)], AskType.REPORT)
    left, _, _, _ = chart.plot
    assert all(x - support_chart.LABEL_WIDTH / 2 > left for x, _ in boxes(chart))


def test_bars_change_with_the_regime_and_their_names_stand_apart():
    chart = support_chart.draw([year(2021, 343), year(2022, 406)], AskType.REPORT)
    assert [label.text for label in chart.regime_labels] == ["bars 3, 6 and 10 %", "bars 5, 15 and 25 %"]
    assert len(chart.stretches) == 6
    old = support_chart.draw([year(2019, 275), year(2020, 315)], AskType.REPORT)
    heights = [label.y for label in old.bar_labels]
    assert all(above - below >= support_chart.BAR_GAP for above, below in pairwise(heights))
    assert old.regime_labels == ()


def test_a_year_whose_result_is_not_known_is_not_drawn():
    chart = support_chart.draw([year(2019, 275), year(2020, None)], AskType.REPORT)
    assert [point.words for point in chart.points] == ["2019: 27.5 %, Title"]
    assert support_chart.draw([year(2020, None)], AskType.REPORT) is None
