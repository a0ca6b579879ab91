"""Which week a digest is about and when it goes out: Monday to Sunday by the calendar of one time zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tracker.digest.facts import Period

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


def rhythm(weekday: int, hour: int, zone: str) -> str:
    """Return when mail comes, in words: "Mondays at 08:00, Europe/Berlin"."""
    return f"{WEEKDAYS[weekday]}s at {hour:02d}:00, {zone}"
