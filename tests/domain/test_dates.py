"""PartialDate: what people write, what is kept, and how it is ordered."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain.dates import Edge, PartialDate, Precision
from tracker.domain.errors import InputError

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
edges = st.builds(
    lambda day, kind: Edge(day.year, *(day.month, day.day)[:kind]),
    days,
    st.integers(0, 2),
)


@st.composite
def partial_dates(draw):
    start, end = draw(edges), draw(edges)
    shape = draw(st.sampled_from(["plain", "before", "after", "between"]))
    approximate = draw(st.booleans())
    if shape == "plain":
        return PartialDate(start, start, approximate)
    if shape == "before":
        return PartialDate(None, end, approximate)
    if shape == "after":
        return PartialDate(start, None, approximate)
    assume(start.first <= end.first and start.last <= end.last)
    return PartialDate(start, end, approximate)


@given(partial_dates())
def test_the_canonical_text_is_read_back_as_the_same_date(when):
    assert PartialDate.parse(str(when)) == when


@given(partial_dates())
def test_the_words_are_read_back_as_the_same_date(when):
    assert PartialDate.parse(when.words()) == when


@given(partial_dates(), partial_dates())
def test_any_two_dates_are_ordered_one_way_or_equal(one, other):
    assert (one < other) + (one > other) + (one == other) == 1
    assert (one == other) == (hash(one) == hash(other) and str(one) == str(other))


@given(st.lists(partial_dates()))
def test_sorting_is_by_the_earliest_day_or_the_latest_where_none_is_known(dates):
    firsts = [when.earliest or when.latest for when in sorted(dates)]
    assert firsts == sorted(firsts)


@given(partial_dates(), partial_dates())
def test_overlap_is_mutual_and_every_date_overlaps_itself(one, other):
    assert one.overlaps(one)
    assert one.overlaps(other) == other.overlaps(one)


@given(partial_dates(), partial_dates())
def test_days_until_is_the_mirror_of_the_way_back(one, other):
    fewest, most = one.days_until(other)
    back_fewest, back_most = other.days_until(one)
    assert back_fewest == (None if most is None else -most)
    assert back_most == (None if fewest is None else -fewest)


@given(st.dates(date(1910, 1, 1), date(2190, 12, 31)), st.integers(-3000, 3000))
def test_shifting_forth_and_back_changes_nothing(day, count):
    when = PartialDate.day(day)
    assert when.shifted(count).shifted(-count) == when
    assert when.days_until(when.shifted(count)) == (count, count)


@given(days, days, days)
def test_a_range_contains_the_days_between_its_ends_and_no_others(one, other, day):
    first, last = min(one, other), max(one, other)
    assert PartialDate.between(first, last).contains(day) == (first <= day <= last)


def date_or_refusal(text):
    try:
        return PartialDate.parse(text)
    except InputError as error:
        return str(error)


@given(st.text(max_size=40) | st.text("0123456789-.~ aAmMyYjJuUnNeEtToOrR,", max_size=25))
def test_any_other_text_is_refused_with_what_was_found_and_examples(text):
    read = date_or_refusal(text)
    if isinstance(read, PartialDate):
        assert PartialDate.parse(str(read)) == read
    else:
        assert repr(text) in read
        assert "24 May 2018" in read


@pytest.mark.parametrize(
    ("text", "canonical", "words"),
    [
        ("2018", "2018", "2018"),
        ("May 2018", "2018-05", "May 2018"),
        ("24 May 2018", "2018-05-24", "24 May 2018"),
        ("May 24, 2018", "2018-05-24", "24 May 2018"),
        ("Thursday, 24th of May 2018", "2018-05-24", "24 May 2018"),
        ("Sept. 2018", "2018-09", "September 2018"),
        ("before 3 June 2019", "..2019-06-03", "before 3 June 2019"),
        ("by 13 December 2018", "..2018-12-13", "before 13 December 2018"),
        ("..2019-06", "..2019-06", "before June 2019"),
        ("after 2018", "2018..", "after 2018"),
        ("2018-01-01..", "2018-01-01..", "after 1 January 2018"),
        ("between 2 and 3 April 2019", "2019-04-02..2019-04-03", "between 2 and 3 April 2019"),
        ("2 or 3 April 2019", "2019-04-02..2019-04-03", "between 2 and 3 April 2019"),
        ("April 2 or 3, 2019", "2019-04-02..2019-04-03", "between 2 and 3 April 2019"),
        ("2-3 April 2019", "2019-04-02..2019-04-03", "between 2 and 3 April 2019"),
        ("between 2019-04-02 and 2019-04-03", "2019-04-02..2019-04-03", "between 2 and 3 April 2019"),
        ("30 March – 2 April 2019", "2019-03-30..2019-04-02", "between 30 March and 2 April 2019"),
        (
            "between 30 December 2018 and 2 January 2019",
            "2018-12-30..2019-01-02",
            "between 30 December 2018 and 2 January 2019",
        ),
        ("May–July 2018", "2018-05..2018-07", "between May and July 2018"),
        ("2019-04-02..2019-04-02", "2019-04-02", "2 April 2019"),
        ("about 20 May 2027", "2027-05-20~", "about 20 May 2027"),
        ("2018-05-24T23:30:00-05:00", "2018-05-24", "24 May 2018"),
        (" 2018-05-24 23:30:00Z ", "2018-05-24", "24 May 2018"),
        ("29 February 2020", "2020-02-29", "29 February 2020"),
    ],
)
def test_what_people_write_is_kept_as_it_is_known(text, canonical, words):
    when = PartialDate.parse(text)
    assert (str(when), when.words()) == (canonical, words)


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2019", "2019-02-29", "1899", "2201-01-01", "5/6/2018", "", "..", "~", "soon", "2018-13", "2018-00",
        "between 2018", "before 2 or 3 April 2019", "between 3 and 2 April 2019", "2018-05-24T99:00", "24 May",
        "5 2018", "2018-05-242018", "٢٠١٨", "1 or 2 or 3 May 2018", "before", "2018 2019",
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_is_refused(text):
    with pytest.raises(InputError, match="as a date"):
        PartialDate.parse(text)


def test_the_precision_says_how_much_is_known():
    texts = ["2018-05-24", "2018-05", "2018", "..2018", "2018..", "2018..2019"]
    assert [PartialDate.parse(text).precision for text in texts] == list(Precision)


def test_dates_of_one_first_day_stand_from_the_widest_to_the_narrowest():
    texts = ["2018", "2018-01", "2018-01-01..2018-01-09", "2018-01-01", "2018-01-01~", "2018-01-01.."]
    assert [str(when) for when in sorted(map(PartialDate.parse, reversed(texts)))] == texts


def test_the_ends_are_taken_widely_so_that_the_truth_lies_between_them():
    assert PartialDate.parse("before June 2019").latest == date(2019, 6, 30)
    assert PartialDate.parse("after 2018").earliest == date(2018, 1, 1)
    assert PartialDate.parse("December 2018").latest == date(2018, 12, 31)
    assert PartialDate.parse("before June 2019").earliest is None


def test_only_a_plain_day_is_exact():
    assert PartialDate.parse("2018-05-24").exact_day == date(2018, 5, 24)
    assert PartialDate.parse("2018-05-24~").exact_day is None
    assert PartialDate.parse("2018-05").exact_day is None


def test_the_days_from_a_day_to_a_month_are_a_range():
    assert PartialDate.parse("2018-05-24").days_until(PartialDate.parse("2018-08")) == (69, 99)
    assert PartialDate.parse("2018-05-24").days_until(PartialDate.parse("after July 2018")) == (38, None)


def test_a_moment_is_taken_to_its_day_in_utc():
    evening = datetime(2018, 5, 24, 22, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert str(PartialDate.from_datetime(evening)) == "2018-05-25"
    with pytest.raises(InputError, match="time zone"):
        PartialDate.from_datetime(evening.replace(tzinfo=None))
    with pytest.raises(InputError, match="moment"):
        PartialDate.day(datetime(2018, 5, 24, tzinfo=UTC))


def test_a_date_has_at_least_one_end_and_compares_only_with_its_kind():
    with pytest.raises(InputError):
        PartialDate(None, None)
    with pytest.raises(InputError):
        Edge(2018, None, 3)
    with pytest.raises(TypeError):
        assert PartialDate.year(2018) < "2019"


def test_dates_are_built_without_text_as_well():
    assert str(PartialDate.month(2018, 5)) == "2018-05"
    assert str(PartialDate.before(date(2019, 6, 3))) == "..2019-06-03"
    assert str(PartialDate.after(date(2018, 1, 1))) == "2018-01-01.."
    assert str(PartialDate.month(2018, 5).shifted(30)) == "2018-05-31..2018-06-30"
