"""How a meeting is changed before a layout prints it that is not for every meeting."""

from dataclasses import replace

from tests.filings.ballots import Meeting
from tests.filings.printed import layout

# What a layout's meeting must be like to be printed so; the name is the layout's.
ADAPTED = {}


def adapted(change):
    """Register how a meeting is changed before the layout below prints it."""

    def register(write):
        ADAPTED[write.__name__] = change
        return layout(write)

    return register


def withheld_only(meeting: Meeting) -> Meeting:
    """Return the meeting with an election by for and withheld alone."""
    return replace(
        meeting,
        election=tuple(
            replace(one, counts={"for": one.counts["for"], "withheld": one.counts.get("withheld", 7) or 7})
            for one in meeting.election
        ),
    )


def same_broker(meeting: Meeting) -> Meeting:
    meeting = withheld_only(meeting)
    return replace(
        meeting,
        election=tuple(replace(one, counts={**one.counts, "broker_non_votes": 31_234_567}) for one in meeting.election),
    )


def no_notes(meeting: Meeting) -> Meeting:
    return replace(meeting, style=replace(meeting.style, note=""))
