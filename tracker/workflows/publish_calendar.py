"""The calendars that people subscribe to, brought up to what is due."""

from tracker.store import calendar, deadlines
from tracker.store.engine import writing
from tracker.workflows.runtime import Runtime


def publish_calendar(runtime: Runtime) -> str:
    """Publish every date that lies ahead: new ones, changed ones with the next number, vanished ones as cancelled.

    Returns one line for the job's record.
    """
    now = runtime.clock()
    today = now.date()
    with writing(runtime.engine) as session:
        done = calendar.publish(session, deadlines.upcoming(session, today=today), today=today, now=now)
    return f"{done.added} dates new in the calendars, {done.changed} changed, {done.cancelled} cancelled"
