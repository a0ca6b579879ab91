import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.sources import feed_dates
from tracker.sources.feed_dates import checked, read_date, told

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 05 Jan 2026 10:00:00 GMT", "2026-01-05T10:00:00"),
        ("Mon, 05 Jan 2026 10:00:00 +0000", "2026-01-05T10:00:00"),
        ("Mon, 05 Jan 2026 10:00:00 -0500", "2026-01-05T15:00:00"),
        ("Mon, 05 Jan 2026 10:00:00 PDT", "2026-01-05T17:00:00"),
        ("05 Jan 2026 10:00 EST", "2026-01-05T15:00:00"),
        ("Thu, 01 Jan 2026 00:00:00 CET", "2025-12-31T23:00:00"),
        ("Wed, 01 Jul 2026 12:00:00 CEST", "2026-07-01T10:00:00"),
        ("Wed, 01 Jul 2026 12:00:00 BST", "2026-07-01T11:00:00"),
        ("Wed, 01 Jul 2026 12:00:00 IST", "2026-07-01T06:30:00"),
        ("Wed, 01 Jul 2026 12:00:00 GMT+0200", "2026-07-01T10:00:00"),
        ("Wed, 01 Jul 2026 12:00:00 +02:00", "2026-07-01T10:00:00"),
        ("Wed, 01 Jul 2026 12:00:00 +0200 (CEST)", "2026-07-01T10:00:00"),
        ("Mon, 05 Jan 26 10:00:00 +0000", "2026-01-05T10:00:00"),
        ("Monday, 5 January 2026 10:00:00 GMT", "2026-01-05T10:00:00"),
        ("Sun Jan 5, 2025 4:07 PM EST", "2025-01-05T21:07:00"),
        ("January 5, 2025 12:00 am", "2025-01-05T00:00:00"),
        ("2026-01-05T10:00:00.123456789Z", "2026-01-05T10:00:00"),
        ("2026-01-05 10:00:00", "2026-01-05T10:00:00"),
        ("2026-01-05T10:00+01:00", "2026-01-05T09:00:00"),
        ("20260105T100000Z", "2026-01-05T10:00:00"),
        ("2026-01-05T24:00:00Z", "2026-01-06T00:00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59"),
        ("1767607200", "2026-01-05T10:00:00"),
        ("1767607200000", "2026-01-05T10:00:00"),
    ],
)
def test_a_moment_is_read_in_utc(text: str, moment: str) -> None:
    assert read_date(f" {text} ") == (datetime.fromisoformat(moment).replace(tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("2026-01-05", "2026-01-05"),
        ("5 Jan 2026", "2026-01-05"),
        ("January 5, 2026", "2026-01-05"),
        ("Mon, 05 Jan 2026", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("2026-01", "2026-01"),
        ("2026", "2026"),
    ],
)
def test_what_is_only_a_day_or_month_stays_one(text: str, partial: str) -> None:
    assert read_date(text) == (PartialDate.parse(partial), None)


@pytest.mark.parametrize("text", ["Mon, 32 Jan 2026 10:00:00 GMT", "2026-13-01", "yesterday", "5 Foo 2026", "12/11/10"])
def test_what_is_no_date_is_said_to_be_none(text: str) -> None:
    moment, warning = read_date(text)
    assert moment is None
    assert text in (warning or "")


def test_an_unknown_zone_is_utc_with_a_warning() -> None:
    moment, warning = read_date("Thu, 01 Jan 2026 10:00:00 XYZ")
    assert moment == datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert "XYZ" in (warning or "")


def test_nothing_is_no_date_and_no_warning() -> None:
    assert read_date("  ") == (None, None)
    assert checked(None, NOW) == (None, None)


def test_feedparsers_reading_is_the_last_resort() -> None:
    parsed = datetime(2026, 1, 5, 10, tzinfo=UTC).timetuple()
    assert read_date("월요일, 05 1월 2026 10:00", fallback=parsed)[0] == datetime(2026, 1, 5, 10, tzinfo=UTC)


@given(
    st.text(max_size=60)
    | st.from_regex(r"\A[0-9:+.TZ ,-]{1,40}\Z")
    | st.from_regex(r"\A\d{1,3} [A-Za-z]{3} \d{2,4} \d\d?:\d\d .{0,8}\Z")
)
def test_reading_and_checking_a_date_never_fails(text: str) -> None:
    moment, _ = read_date(text)
    kept, _ = checked(moment, NOW)
    if isinstance(kept, datetime):
        assert kept.utcoffset() is not None
        assert 1990 <= kept.year <= 2026


@pytest.mark.parametrize("text", ["2019-W06-4", "2019W064", "2019-038", "2019-02-07T25:01:01Z", "2019-02-07T10:61:00Z"])
def test_what_feedparser_would_make_another_day_of_is_not_read(text):
    when, warning = read_date(text, fallback=time.struct_time((2019, 11, 1, 0, 0, 0, 4, 305, 0)))
    assert when is None
    assert text in warning


PLAIN = st.one_of(
    st.from_regex(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(Z|[+-]\d\d:\d\d)", fullmatch=True),
    st.from_regex(
        r"(Mon|Thu|xyz), [0-3]\d (Jan|Feb|Sep|Foo|jan) \d{4} [0-2]\d:[0-6]\d:[0-6]\d (GMT|UTC|[+-]\d{4})",
        fullmatch=True,
    ),
)


@settings(max_examples=500)
@given(PLAIN)
def test_a_date_read_at_once_is_what_the_patterns_make_of_it(text):
    if (moment := feed_dates._plain(text)) is not None:
        assert (moment, None) == feed_dates._read_slowly(text, None)
        assert moment.tzinfo is UTC


def test_a_date_we_cannot_read_is_asked_for_once():
    asked = []

    def otherwise(name):
        asked.append(name)
        return datetime(2026, 1, 5, tzinfo=UTC).timetuple()

    published, updated, warnings = told(
        {"published": "월요일", "updated": "2026-01-06T10:00:00Z"}, NOW, is_atom=False, otherwise=otherwise
    )
    assert (published, updated, warnings) == (
        datetime(2026, 1, 5, tzinfo=UTC),
        datetime(2026, 1, 6, 10, tzinfo=UTC),
        (),
    )
    assert asked == ["published"]


@pytest.mark.parametrize("is_atom", [True, False])
def test_outside_atom_the_only_date_is_that_of_publication(is_atom):
    published, updated, _ = told({"updated": "2026-01-05"}, NOW, is_atom=is_atom, otherwise=lambda _: None)
    assert published == (None if is_atom else PartialDate.parse("2026-01-05"))
    assert updated == datetime(2026, 1, 5, tzinfo=UTC)
