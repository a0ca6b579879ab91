"""Business days in the United States: weekdays that are no federal holiday.

Holidays as listed in 5 U.S.C. 6103, since the Uniform Monday Holiday Act took effect in 1971; observed days as in
Executive Order 11582. Single closures by executive order (a day of mourning, a snow day) are not holidays and are not
here: whether the SEC extends its filing days for one of them is announced case by case.
"""

from datetime import date, timedelta
from functools import lru_cache

from tracker.domain.errors import InputError

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
UNIFORM_HOLIDAYS_SINCE = 1971
VETERANS_DAY_BACK_IN_NOVEMBER = 1978
KING_DAY_SINCE = 1986
JUNETEENTH_SINCE = 2021
_ONE_DAY = timedelta(days=1)


def federal_holidays(year: int) -> dict[date, str]:
    """Return the days observed as federal holidays in a calendar year, in order, with their names.

    A holiday on a Saturday is observed on the Friday before, on a Sunday on the Monday after; so New Year's Day can
    be observed on 31 December of the year before, and then counts to that year.
    Raises InputError before 1971, when other rules held.
    """
    return dict(_holidays(year))


def is_business_day(day: date) -> bool:
    """Return whether `day` is a weekday and no federal holiday."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def add_business_days(day: date, count: int) -> date:
    """Return the business day `count` business days after `day`, or before it when negative; `day` itself for 0.

    Day one is the first business day after `day`, which need not be one: four business days after a Saturday are
    counted from the Monday on. That is how Form 8-K counts (General Instruction B.1).
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_business_day(day)
    return day


def on_or_after(day: date) -> date:
    """Return `day` when it is a business day, otherwise the next one."""
    return day if is_business_day(day) else add_business_days(day, 1)


@lru_cache(maxsize=512)
def _holidays(year: int) -> dict[date, str]:
    if year < UNIFORM_HOLIDAYS_SINCE:
        raise InputError(f"counting business days in {year}: federal holidays are known from {UNIFORM_HOLIDAYS_SINCE}")
    observed = {_observed(day): name for day, name in _legal_holidays(year).items()}
    next_new_year = _observed(date(year + 1, 1, 1))
    if next_new_year.year == year:
        observed[next_new_year] = "New Year's Day"
    return {day: observed[day] for day in sorted(observed) if day.year == year}


def _legal_holidays(year: int) -> dict[date, str]:
    days = {
        date(year, 1, 1): "New Year's Day",
        _nth(year, 2, MONDAY, 3): "Washington's Birthday",
        _last(year, 5, MONDAY): "Memorial Day",
        date(year, 7, 4): "Independence Day",
        _nth(year, 9, MONDAY, 1): "Labor Day",
        _nth(year, 10, MONDAY, 2): "Columbus Day",
        _nth(year, 11, THURSDAY, 4): "Thanksgiving Day",
        date(year, 12, 25): "Christmas Day",
    }
    veterans = date(year, 11, 11) if year >= VETERANS_DAY_BACK_IN_NOVEMBER else _nth(year, 10, MONDAY, 4)
    days[veterans] = "Veterans Day"
    if year >= KING_DAY_SINCE:
        days[_nth(year, 1, MONDAY, 3)] = "Birthday of Martin Luther King, Jr."
    if year >= JUNETEENTH_SINCE:
        days[date(year, 6, 19)] = "Juneteenth National Independence Day"
    return days


def _observed(day: date) -> date:
    if day.weekday() == SATURDAY:
        return day - _ONE_DAY
    return day + _ONE_DAY if day.weekday() == SUNDAY else day


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last(year: int, month: int, weekday: int) -> date:
    fifth = _nth(year, month, weekday, 5)
    return fifth if fifth.month == month else fifth - timedelta(days=7)
