"""What filters say: numbers never cross a bar, dates show no more than is known, links outward are web addresses."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tracker import web
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Lane, Relation, SupportFormula
from tracker.domain.votes import Claim, Share
from tracker.web import words

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_share_just_below_a_bar_is_not_shown_as_the_bar():
    assert words.percent(Fraction(2496, 10000)) == "24.96\N{NO-BREAK SPACE}%"


def test_a_kind_of_event_is_told_from_its_code_as_from_its_member():
    assert words.kind_words("sec_decision") == words.kind_words(EventType.SEC_DECISION) == "SEC decision"


def test_support_is_exact_where_counted_and_as_printed_where_claimed():
    assert words.support_words(Share(275, 1000, SupportFormula.FOR_AGAINST)) == "27.5\N{NO-BREAK SPACE}%"
    claim = Claim(Decimal("2.40"), SupportFormula.UNKNOWN, "Reuters")
    assert words.support_words(claim) == "2.40\N{NO-BREAK SPACE}%"
    assert words.support_basis(claim) == "claimed by Reuters; formula not known"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(10, "just now"), (60, "1 minute ago"), (7199, "1 hour ago"), (-7200, "in 2 hours"), (86400 * 400, "1 year ago")],
)
def test_how_long_ago_is_said_in_its_largest_whole_unit(seconds: int, said: str):
    assert words.ago(NOW - timedelta(seconds=seconds), NOW) == said


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), "2019"),
        (date(2019, 1, 1), date(2019, 6, 30), "1 Jan – 30 Jun 2019"),
        (date(2018, 12, 1), date(2019, 1, 31), "1 Dec 2018 – 31 Jan 2019"),
        (date(2018, 5, 1), None, "from 1 May 2018"),
        (None, date(2018, 5, 1), "until 1 May 2018"),
    ],
)
def test_a_period_stands_on_its_chip(since: date | None, until: date | None, said: str):
    assert words.period((since, until)) == said


@pytest.mark.parametrize(
    ("known", "said", "machine"),
    [
        ("2019-04-03", "Wed 3 Apr", "2019-04-03"),
        ("2018-08", "August 2018", "2018-08"),
        ("..2019-06-03", "before 3 June 2019", ""),
        ("2019-04-02..2019-04-03", "between 2 and 3 April 2019", ""),
    ],
)
def test_a_date_shows_no_more_than_is_known(known: str, said: str, machine: str):
    value = PartialDate.parse(known)
    assert words.short_day(value) == said
    assert words.machine_date(value) == machine


def test_a_day_far_from_another_carries_its_year():
    assert words.near_day(date(2019, 5, 22), date(2018, 12, 1)) == "22 May"
    assert words.near_day(date(2021, 5, 22), date(2018, 12, 1)) == "22 May 2021"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example", "", None])
def test_only_web_addresses_lead_outward(url: str | None):
    assert words.outward(url) == ""


def test_every_code_has_words():
    assert all(words.kind_words(kind)[0].isupper() for kind in EventType)
    assert all(words.lane_words(lane) for lane in Lane)
    assert all("_" not in words.relation_words(relation) for relation in Relation)


def test_no_two_page_groups_call_a_filter_the_same():
    given = re.compile(r'app_template_filter\("(\w+)"\)')
    named = [
        name for path in Path(web.__file__).parent.rglob("*.py") for name in given.findall(path.read_text("utf-8"))
    ]
    assert len(named) > 5
    assert not [name for name in named if named.count(name) > 1 or name in words.FILTERS]
