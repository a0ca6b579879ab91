"""Under which object and name the evidence of a row's values stands: as readers of filings and campaign files name it.

A row of a list has one name for all it says ("letter_party:sender"); items of a ballot and their counts have a name for
each value, and counts of a resolution's item stand with the resolution.
"""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from tracker.models.base import Base
from tracker.models.correspondence import LetterQuestion
from tracker.models.meeting import BallotItem, VoteClaim, VoteCount
from tracker.models.organization import Organization, Person
from tracker.models.resolution import Filer
from tracker.models.voting_intention import VotingIntention
from tracker.store.evidence import FieldEvidence, of_objects
from tracker.store.naming import item_of
from tracker.store.object_rows import Edited

LONGEST = 120
_ITEM = {
    "letter_party": "role",
    "letter_question": "number",
    "resolution_status": "code",
    "exclusion_basis": "paragraph",
}


def evidence_name(session: Session, object_id: int, row: Base, key: str, *, own: bool) -> tuple[int, str]:
    """Return the object and the field that evidence of a value names; `own` for rows that are the object itself."""
    if own:
        return object_id, key
    if isinstance(row, BallotItem):
        return object_id, _cut(_item(row), key)
    if isinstance(row, VoteCount | VoteClaim):
        item = session.get(BallotItem, row.ballot_item_id)
        name = key + (":preliminary" if isinstance(row, VoteCount) and row.preliminary else "")
        if isinstance(row, VoteClaim):
            name = "vote_claim"
        if item is not None and item.resolution_id is not None:
            return item.resolution_id, name[:LONGEST]
        return object_id, _cut(_item(item), name) if item is not None else name[:LONGEST]
    table = str(row.__tablename__)
    return object_id, f"{table}:{_named(session, row, table)}"[:LONGEST]


def evidence_of_form(session: Session, edited: Edited) -> dict[str, FieldEvidence]:
    """Return the evidence of an object by the name of its field on the form, or of its row where it is for all of it.

    A number of queries that only the object's kind decides.
    """
    object_id = edited.spine.id or 0
    _held = _parties_of(session, [placed.row for placed in edited.rows])
    named = [
        (placed, one, evidence_name(session, object_id, placed.row, one.key, own=placed.part is None))
        for placed in edited.rows
        for one in placed.fields
    ]
    found = of_objects(session, {owner for _, _, (owner, _) in named})
    result: dict[str, FieldEvidence] = {}
    for placed, one, (owner, name) in named:
        told = found.get(owner, {}).get(name)
        if told is not None:
            result[placed.name(one.key) if one.key in name.split(":") else placed.path] = told
    return result


def _parties_of(session: Session, rows: Sequence[Base]) -> list[Base]:
    """Return what the names of these rows' evidence are taken from, so that no row asks for its own.

    While the list is held the session has them at hand. As many queries as there are tables.
    """
    wanted = ((Organization, "organization_id"), (Person, "person_id"), (LetterQuestion, "question_id"))
    found: list[Base] = []
    for table, column in wanted:
        ids = {number for row in rows if (number := getattr(row, column, None)) is not None}
        found += session.exec(select(table).where(col(table.id).in_(ids))).all() if ids else []
    return found


def _item(item: BallotItem) -> str:
    return f"ballot_item:{(item.number or item.title)[:70]}"


def _cut(item: str, key: str) -> str:
    return f"{item}:{key}"[:LONGEST]


def _named(session: Session, row: Base, table: str) -> str:
    if isinstance(row, Filer | VotingIntention):
        party = session.get(Organization, row.organization_id) if row.organization_id else None
        person = session.get(Person, row.person_id) if isinstance(row, Filer) and row.person_id else None
        found = person or party
        return found.slug if found is not None else row.named
    column = _ITEM.get(table)
    return str(getattr(row, column)) if column else item_of(session, row)
