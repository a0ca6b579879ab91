"""A paper that moves a meeting to another day, into the archive: the meeting's day and its resolutions' history."""

from datetime import timedelta

from tracker.domain.dates import PartialDate
from tracker.models.filing import FilingOutcome
from tracker.store.filings import Came
from tracker.workflows.filed.meeting import known_meeting, move
from tracker.workflows.filed.record import Record

# A report of an adjourned meeting is due four business days after it (Form 8-K, General Instruction B.1).
_LONG_PAST = timedelta(days=14)


def keep_moved(record: Record) -> Came:
    """Move the meeting that a paper says was put off or adjourned; return what came of it."""
    moved = record.found.moved
    if moved is None:
        return Came(FilingOutcome.NOTHING, "It moves no meeting.", tuple(record.warnings))
    if (filed := record.filed.filed_on) and filed.exact_day and moved.to < filed.exact_day - _LONG_PAST:
        said = f"It retells that a meeting was moved to {PartialDate.day(moved.to).words()}, which was over by then."
        return Came(FilingOutcome.NOTHING, said, tuple(record.warnings))
    if record.company is None:
        return record.unplaced("It is not known which company it is about.")
    meeting = known_meeting(record, record.company, moved)
    if meeting is None:
        return record.unplaced("The meeting it is about is not known yet.")
    move(record, meeting, moved.to, (moved.start, moved.end))
    said = f"It moves the meeting to {moved.to.day} {moved.to:%B %Y}."
    return Came(FilingOutcome.WRITTEN, said, tuple(record.warnings))
