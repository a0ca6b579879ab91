"""The first look for a campaign that was just begun: its filings read, its sources' documents judged again by it.

What its sources brought was judged before it had objects of its own: the filings make these, the rest is tied to them.
"""

from dataclasses import dataclass
from datetime import timedelta

from tracker.domain.text import plural
from tracker.store import beginnings
from tracker.store.engine import reading, writing
from tracker.workflows.read_filing import read_filings
from tracker.workflows.restudy import restudy
from tracker.workflows.runtime import Runtime

# How long the look waits for sources that are slow to answer.
PATIENCE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class FirstLook:
    """For how many campaigns the archive was looked through, and what that made of it."""

    campaigns: int = 0
    words: str = ""

    def __str__(self) -> str:
        """Return one line for the job's record."""
        return (
            f"{plural(self.campaigns, 'campaign')} begun; {self.words}" if self.campaigns else "no campaign was begun"
        )


def first_look(runtime: Runtime) -> FirstLook:
    """Read the filings and judge again what was brought for campaigns that were begun; once for each."""
    with reading(runtime.engine) as session:
        begun = beginnings.to_be_looked_for(session, runtime.clock(), PATIENCE)
    if not begun:
        return FirstLook()
    filed = read_filings(runtime)
    done = restudy(runtime, sources={number for ids in begun.values() for number in ids})
    with writing(runtime.engine) as session:
        beginnings.looked(session, list(begun), runtime.clock())
    return FirstLook(len(begun), f"{filed}; {done.words()}")
