"""Summaries of campaigns made again where they no longer hold, so that pages need not add up what they show."""

from tracker.store import resolution_standings, search, summaries
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime


def summarise(runtime: Runtime) -> str:
    """Make every summary that does not hold today, each in a transaction of its own; return one line for the record.

    Resolutions that the calendar has moved are placed anew first, and an index of the search that an upgrade emptied.
    """
    _index(runtime)
    today = runtime.clock().date()
    with writing(runtime.engine) as session:
        moved = resolution_standings.refresh_moved(session, today)
        if moved:
            summaries.outdate(session)
        summaries.begin(session)
    with reading(runtime.engine) as session:
        wanted = summaries.outdated(session, today)
    for summary_id in wanted:
        with writing(runtime.engine) as session:
            summaries.make(session, summary_id, today)
    return f"{len(wanted)} summaries made" if wanted else "every summary holds"


def _index(runtime: Runtime) -> None:
    with reading(runtime.engine) as session:
        if not search.is_missing(session):
            return
    with writing(runtime.engine) as session:
        search.rebuild(session)
        search.keep_all(session)
