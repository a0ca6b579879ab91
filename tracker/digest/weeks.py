"""Which days a digest is about and when it goes out: a day, Monday to Sunday, or a month, by one zone's calendar."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tracker.digest.facts import Period
from tracker.domain.mailing import Frequency

WEEK = timedelta(days=7)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def sending_moment(ends_on: date, zone: tzinfo, weekday: int, hour: int) -> datetime:
    """Return the first moment after the day `ends_on` that is `weekday` (Monday is 0) at `hour` in `zone`, as UTC.

    An hour that a clock change leaves out is taken as the hour after it, one that comes twice as the first of the two.
    """
    days = (weekday - ends_on.weekday() - 1) % 7 + 1
    return datetime.combine(ends_on + timedelta(days=days), time(hour), tzinfo=zone).astimezone(UTC)


def last_sunday(now: datetime, zone: tzinfo) -> date:
    """Return the last day of the last week that is over, whether its mail is due or not."""
    today = now.astimezone(zone).date()
    return today - timedelta(days=today.weekday() + 1)


def last_week(now: datetime, zone: tzinfo, weekday: int, hour: int) -> Period:
    """Return the last week, Monday to Sunday, whose sending moment has come."""
    sunday = last_sunday(now, zone)
    while sending_moment(sunday, zone, weekday, hour) > now:
        sunday -= WEEK
    return Period(sunday - timedelta(days=6), sunday)


def due_moment(frequency: Frequency, ends_on: date, zone: tzinfo, weekday: int, hour: int) -> datetime:
    """Return when the mail about a period that ends on a day goes out, as UTC.

    Daily mail on the day after, weekly and monthly mail on the first `weekday` after.
    """
    day = (ends_on + timedelta(days=1)).weekday() if frequency is Frequency.DAILY else weekday
    return sending_moment(ends_on, zone, day, hour)


def last_period(frequency: Frequency, now: datetime, zone: tzinfo, weekday: int, hour: int) -> Period:
    """Return the last day, week or month whose sending moment has come."""
    if frequency is Frequency.WEEKLY:
        return last_week(now, zone, weekday, hour)
    today = now.astimezone(zone).date()
    ends_on = today - timedelta(days=1 if frequency is Frequency.DAILY else today.day)
    while due_moment(frequency, ends_on, zone, weekday, hour) > now:
        ends_on -= timedelta(days=1 if frequency is Frequency.DAILY else ends_on.day)
    return Period(ends_on if frequency is Frequency.DAILY else ends_on.replace(day=1), ends_on)


def rhythm(frequency: Frequency, weekday: int, hour: int, zone: str) -> str:
    """Return when mail comes, in words: "weekly, Mondays at 08:00, Europe/Berlin"."""
    day = {
        Frequency.DAILY: "each day",
        Frequency.WEEKLY: f"{WEEKDAYS[weekday]}s",
        Frequency.MONTHLY: f"on the first {WEEKDAYS[weekday]}",
    }[frequency]
    return f"{frequency.value}, {day} at {hour:02d}:00, {zone}"
