"""`recording`: what stands around whatever changes facts. It writes the history, and corrections of published facts."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.acts import is_program
from tracker.domain.corrections import CorrectionKind, is_nothing, kind_of
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correction import Correction
from tracker.models.evidence import Evidence
from tracker.models.meeting import VoteCount
from tracker.store import history, last_words
from tracker.store.changes import Change, Watch
from tracker.store.historical import PARTS
from tracker.store.history import Cause
from tracker.store.naming import item_of, text_of

__all__ = ["Act", "Cause", "record", "recording"]
_RECORDING = "recording"
COUNTS = ("votes_for", "votes_against", "votes_withheld", "votes_abstain", "broker_non_votes")


@dataclass(slots=True)
class Act:
    """What is being recorded; its `number` in the history when it is done, None where nothing changed.

    `kept` is how many values and rows a program would have changed of which a person had the last word.
    """

    number: int | None = None
    kept: int = 0


@contextmanager
def recording(session: Session, cause: Cause) -> Iterator[Act]:
    """Write down all that is changed within as one act of the history, in the same transaction.

    Of it, published facts that are not what they were become corrections. Whatever writes facts stands in it: import,
    readers of filings, what people decide and edit. One within another belongs to the outer act.
    """
    if (outer := session.info.get(_RECORDING)) is not None:
        yield outer
        return
    act = session.info[_RECORDING] = Act()
    try:
        with Watch(session) as watch:
            yield act
            if is_program(cause.by):
                act.kept = last_words.put_back(session, watch)
            changes = list(watch.changes())
            rows = [_row(session, change, cause) for change in changes] + _restated(session, watch, cause)
            act.number = history.write(session, watch, cause)
    finally:
        del session.info[_RECORDING]
    if cause.evidence_id is None and not cause.url:
        _find_evidence(session, rows)
    session.add_all(rows)
    session.flush()


def record(session: Session, cause: Cause, kind: CorrectionKind, **about: Any) -> None:
    """Write down a change that stands in no table of facts: which documents are shown, and with what.

    `about` has `object_id` or `document_id`, and what of `item`, `before` and `after` there is to say.
    """
    session.add(_caused(cause, kind=kind, **about))
    session.flush()


# --- from changes to rows ---------------------------------------------------------------------------------------------


def _caused(cause: Cause, **told: Any) -> Correction:
    """Return a correction with who made it, when, why and on which evidence."""
    by = {"made_by": cause.by, "made_at": cause.now, "evidence_id": cause.evidence_id, "url": cause.url}
    return Correction(**{"why": cause.why, **by, **told})


def _row(session: Session, change: Change, cause: Cause) -> Correction:
    kind, before, after, why = _told(session, change)
    row = change.row
    return _caused(
        cause,
        object_id=change.object_id,
        kind=kind,
        part=str(row.__tablename__) if change.column or type(row) in PARTS else "",
        item=item_of(session, row),
        field=change.column,
        before=before,
        after=after,
        why=why or cause.why,
    )


def _told(session: Session, change: Change) -> tuple[CorrectionKind, str, str, str]:
    """Return the kind, both values as text, and the reason where the object itself gives it."""
    row, column = change.row, change.column
    if isinstance(row, CampaignObject) and column == "state":
        withdrawn = change.after is ObjectState.WITHDRAWN
        kind = CorrectionKind.WITHDRAWN if withdrawn else CorrectionKind.SHOWN_AGAIN
        return kind, change.before.value, change.after.value, row.withdrawn_reason if withdrawn else ""
    before, after = (text_of(session, row, column, value) for value in (change.before, change.after))
    if isinstance(row, CampaignObject) and column == "merged_into_id":
        return (CorrectionKind.SHOWN_AGAIN if is_nothing(change.after) else CorrectionKind.MERGED), before, after, ""
    if not column:
        return CorrectionKind.TAKEN_OUT, before, "", ""
    return kind_of(change.before, change.after), before, after, ""


def _restated(session: Session, watch: Watch, cause: Cause) -> list[Correction]:
    """Return what a later report of a vote says otherwise than the one that stood: both stay, and the later counts."""
    new = [row for row in watch.added(VoteCount) if watch.owner(row) is not None]
    if not new:
        return []
    reports: dict[tuple[int, bool], list[VoteCount]] = defaultdict(list)
    of_items = col(VoteCount.ballot_item_id).in_({row.ballot_item_id for row in new})
    for row in session.exec(select(VoteCount).where(of_items)):
        reports[row.ballot_item_id, row.preliminary].append(row)
    found = []
    for known in reports.values():
        known.sort(key=lambda row: (row.reported_on, row.id or 0))
        before, last = known[-2:] if len(known) > 1 else (None, known[-1])
        if before is not None and any(last is row for row in new) and not any(before is row for row in new):
            changed = ((name, getattr(before, name), getattr(last, name)) for name in COUNTS)
            found += [
                _restatement(session, watch.owner(last) or 0, last, (name, old, now), cause)
                for name, old, now in changed
                if old is not None and now is not None and old != now
            ]
    return found


def _restatement(session: Session, owner: int, row: VoteCount, told: tuple[str, int, int], cause: Cause) -> Correction:
    name, before, after = told
    return _caused(
        cause, object_id=owner, kind=CorrectionKind.RESTATED, part="vote_count", item=item_of(session, row), field=name,
        before=str(before), after=str(after),
    )  # fmt: skip


def _find_evidence(session: Session, rows: Collection[Correction]) -> None:
    """Give each correction the chosen evidence of its field, the newest, where there is any."""
    ids = {row.object_id for row in rows}
    if not ids:
        return
    query = select(Evidence).where(col(Evidence.object_id).in_(ids), col(Evidence.chosen).is_(True))
    readings: dict[int, list[Evidence]] = defaultdict(list)
    for reading in session.exec(query.order_by(col(Evidence.id).desc())):
        readings[reading.object_id].append(reading)
    for row in rows:
        fitting = [reading for reading in readings[row.object_id or 0] if _is_of(reading.field, row)]
        if fitting:
            row.evidence_id, row.url = fitting[0].document_id, fitting[0].url


def _is_of(field: str, row: Correction) -> bool:
    """Return whether evidence of a field, which may be a path into the parts, is evidence of what was corrected."""
    column = row.field.removesuffix("_id")
    parts = field.split(":")
    return bool(row.field) and (parts[-1] in {column, row.field} or parts[0] == row.part)
