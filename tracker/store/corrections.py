"""Corrections: written by `recording` around whatever changes facts, read for pages, feeds and files."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.corrections import CorrectionKind, is_nothing, kind_of
from tracker.models.base import Base, CampaignObject, ObjectDetail, ObjectState
from tracker.models.correction import Correction
from tracker.models.evidence import Evidence
from tracker.models.meeting import VoteCount
from tracker.store.changes import PARTS, Change, Watch, facts, target_of
from tracker.store.records import columns, tables

# By which columns people tell the rows of a table apart.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "answer": ("response_id",),
    "ballot_item": ("number", "title"),
    "exclusion_basis": ("paragraph",),
    "filer": ("named", "organization_id", "person_id", "role"),
    "fund_vote": ("fund", "manager"),
    "insider_holding": ("holder",),
    "letter_party": ("name", "role"),
    "letter_question": ("number",),
    "question_assessment": ("question_id",),
    "resolution_status": ("code",),
    "response_search": ("searched_on",),
    "sender_judgement": ("by",),
    "vote_claim": ("claimed_by",),
    "vote_count": ("ballot_item_id", "reported_on"),
    "voting_intention": ("named", "organization_id"),
}
COUNTS = ("votes_for", "votes_against", "votes_withheld", "votes_abstain", "broker_non_votes")


@dataclass(frozen=True, slots=True)
class Cause:
    """Who or what changes facts, when, why, and on which evidence: a document, its address, or both.

    Where neither is given, the evidence of each changed field is looked up.
    """

    by: str
    now: datetime
    why: str = ""
    evidence_id: int | None = None
    url: str = ""


@contextmanager
def recording(session: Session, cause: Cause) -> Iterator[None]:
    """Write down every published fact that is changed within as a correction, in the same transaction.

    Whatever writes facts stands in it: import, readers of filings, what people decide and edit.
    """
    with Watch(session) as watch:
        yield
        changes = list(watch.changes())
        rows = [_row(session, change, cause) for change in changes] + _restated(session, watch, cause)
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


def text_of(session: Session, row: Base, column: str, value: Any) -> str:
    """Return a value of a column as plain text: names for rows it points to, a row by all that it says."""
    if is_nothing(value):
        return ""
    if isinstance(value, Base):
        return ", ".join(
            f"{name.removesuffix('_id')}: {text_of(session, value, name, given)}"
            for name in facts(type(value))
            if not is_nothing(given := getattr(value, name)) and name not in PARTS.get(type(value), ())
        )
    target = target_of(columns(type(row)).c[column]) if column else None
    if target is not None:
        found = session.get(tables()[target], value)
        return _named(session, found) if found is not None else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)


def item_of(session: Session, row: Base) -> str:
    """Return which row of its table one is, where its object has several; empty for an object's own row."""
    return _named(session, row) if type(row) in PARTS else ""


def _named(session: Session, row: Base) -> str:
    """Return what people call a row: by its own columns, its name, or the title of the object whose details it has."""
    by = NAMED_BY.get(str(row.__tablename__))
    if by is not None:
        values = (text_of(session, row, name, getattr(row, name)) for name in by)
        return ", ".join(dict.fromkeys(value for value in values if value))
    spine = session.get(CampaignObject, getattr(row, "id", 0)) if isinstance(row, ObjectDetail) else None
    return str(getattr(spine or row, "name", "") or getattr(spine or row, "title", ""))


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
