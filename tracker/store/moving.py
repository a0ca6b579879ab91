"""Rows led from one thing to another that is the same, so that nothing stands twice and all can be undone.

No row is deleted. One that the other thing has already stays where it was, with the thing that is shown no more; what
its twin lacks is filled in from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.corrections import is_nothing
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import LinkState
from tracker.models import kinds
from tracker.models.base import Base
from tracker.models.campaign import CampaignMembership, CampaignTarget
from tracker.models.commitment import Commitment, CommitmentView
from tracker.models.correspondence import Letter, LetterQuestion
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.meeting import BallotItem
from tracker.models.organization import Alias, Identifier, Organization, OrganizationInRole, Person, Product
from tracker.models.resolution import Filer, SubjectFamily
from tracker.models.subscriber import Follow
from tracker.models.voting_intention import VotingIntention
from tracker.store.changes import facts, target_of
from tracker.store.historical import PARTS
from tracker.store.records import columns, tables

# By which columns two rows that hang on the same are told to say the same. A row of no such table has no twin.
TWINS: Mapping[str, tuple[str, ...]] = {
    "alias": ("text",),
    "answer": ("response_id",),
    "ballot_item": ("number", "title"),
    "campaign_membership": ("campaign_id",),
    "campaign_target": ("campaign_id",),
    "commitment_view": ("side", "state", "on", "by"),
    "evidence": ("object_id", "field", "version_id", "read_by"),
    "exclusion_basis": ("paragraph",),
    "filer": ("organization_id", "person_id", "role", "named"),
    "follow": ("subscriber_id",),
    "fund_vote": ("manager", "fund", "decision"),
    "identifier": ("scheme", "value"),
    "insider_holding": ("holder",),
    "letter_party": ("role", "name"),
    "letter_question": ("text",),
    "link": ("document_id", "object_id"),
    "organization_role": ("role",),
    "question_assessment": ("response_id",),
    "resolution_status": ("code", "number"),
    "response_search": ("searched_on", "where"),
    "sender_judgement": ("on", "by"),
    "vote_claim": ("hundredths", "claimed_by"),
    "vote_count": ("reported_on", "preliminary"),
    "voting_intention": ("organization_id", "named", "number"),
}
_OF_ORGANIZATIONS: tuple[type[Base], ...] = (
    Alias, CampaignTarget, Follow, Identifier, OrganizationInRole, Organization, Person, Product, SubjectFamily,
)  # fmt: skip
_OF_OBJECTS: tuple[type[Base], ...] = (Link, Evidence, CampaignMembership, Follow, Letter, Commitment)
# The calendars, timelines, the search and standings are made again from what is moved here.


@dataclass
class Moves:
    """What was moved in one session: each value with its table, key, column, and what stood there before."""

    session: Session
    done: list[dict[str, Any]] = field(default_factory=list)
    twins: int = 0

    def set(self, row: Base, column: str, value: Any) -> None:
        """Give a row another value and remember the one before."""
        before = getattr(row, column)
        if before == value:
            return
        setattr(row, column, value)
        kept = {"before": _plain(before), "after": _plain(value)}
        self.done.append({"table": str(row.__tablename__), "key": _key(row), "column": column, **kept})

    def lead(self, gone: Base, kept: Base) -> None:
        """Lead every row that hangs on `gone` to `kept`, where it has no twin there."""
        for table, column in _hanging(str(gone.__tablename__)):
            self._lead_rows(table, column, gone, kept)
        self.session.flush()

    def _lead_rows(self, table: type[Base], column: str, gone: Base, kept: Base) -> None:
        from_id, to_id = gone.id, kept.id  # type: ignore[attr-defined]  # all that rows hang on have a number
        place: Any = getattr(table, column)
        order = [col(getattr(table, name)) for name in _keys(table)]
        theirs = list(self.session.exec(select(table).where(place == to_id).order_by(*order)))
        for row in self.session.exec(select(table).where(place == from_id).order_by(*order)).all():
            twin = next((other for other in theirs if _is_twin(row, other, column)), None)
            if isinstance(row, CampaignTarget):
                self._take_out(row)
                if twin is None:
                    self._add(row, column, to_id)
            elif twin is not None and column == "organization_id" and isinstance(row, Filer | VotingIntention):
                self.twins += 1  # both stand in one resolution, where readers would see the party twice
                self._fill(row, twin)
                self._take_out(row)
            elif twin is not None:
                self.twins += 1
                self._fill(row, twin)
            elif column in _keys(table):
                self._add(row, column, to_id)
            elif column in {"reasks_id", "parent_id"} and row.id == to_id:  # type: ignore[attr-defined]
                self.set(row, column, None)  # nothing is before or above itself
            else:
                _make_room(self, row, theirs)
                self.set(row, column, to_id)
                self.session.flush()
                theirs.append(row)

    def _fill(self, row: Base, twin: Base) -> None:
        """Give a row what only its twin says, and lead what hangs on the twin to it."""
        if isinstance(row, Link) and isinstance(twin, Link) and twin.state is LinkState.SUGGESTED:
            for name in ("relation", "state", "decided_by", "decided_at"):
                self.set(twin, name, getattr(row, name))
        if isinstance(row, Follow) and isinstance(twin, Follow) and row.confirmed:
            self.set(twin, "confirmed", True)  # what was only asked for must not take the place of what counts
        if isinstance(row, Follow) and isinstance(twin, Follow) and not twin.note:
            self.set(twin, "note", row.note)
        for name in facts(type(row)) if type(row) in PARTS else ():
            if is_nothing(getattr(twin, name)) and not is_nothing(value := getattr(row, name)):
                self.set(twin, name, value)
        if isinstance(row, Evidence) and isinstance(twin, Evidence) and row.value.split() != twin.value.split():
            # One reader found two values in one version: both stay, and the second no longer says in which version.
            self.set(row, "version_id", None)
            self.set(row, "object_id", twin.object_id)
        if str(row.__tablename__) in {name for _, name in _parents()}:
            self.lead(row, twin)

    def _take_out(self, row: Base) -> None:
        """Take a row out of what another one says as well, and remember all of it."""
        whole = {each.name: _plain(getattr(row, each.name)) for each in columns(type(row)).c}
        self.done.append(
            {"table": str(row.__tablename__), "key": _key(row), "column": "", "before": whole, "after": None}
        )
        self.session.delete(row)

    def _add(self, row: Base, column: str, number: int) -> None:
        """Make a row of its own for what has no number: its key says what it hangs on."""
        values = {each.name: getattr(row, each.name) for each in columns(type(row)).c} | {column: number}
        self.make(type(row)(**values))

    def make(self, made: Base) -> None:
        """Add a row and remember that it was added."""
        self.session.add(made)
        self.session.flush()
        self.done.append(
            {"table": str(made.__tablename__), "key": _key(made), "column": "", "before": None, "after": 1}
        )


def put_back(session: Session, done: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Undo what was moved, last first; return what could not be, because it was changed since."""
    left: list[dict[str, Any]] = []
    # What was done to one row at once is undone at once: half of it might break a rule.
    for (name, key), moves in groupby(reversed(done), key=lambda move: (move["table"], tuple(move["key"]))):
        row = session.get(tables()[name], key if len(key) > 1 else key[0])
        for move in moves:
            if not move["column"]:
                _undo_whole(session, tables()[name], row, move)
            elif row is None or _plain(getattr(row, move["column"])) != move["after"]:
                left.append(move)
            else:
                setattr(row, move["column"], _value(type(row), move["column"], move["before"]))
        session.flush()
    return left


def _undo_whole(session: Session, table: type[Base], row: Base | None, move: Mapping[str, Any]) -> None:
    """Take out a row that was added, or add one again that gave way."""
    if move["before"] and row is None:
        session.add(table(**{name: _value(table, name, value) for name, value in move["before"].items()}))
    elif move["after"] and row is not None:
        session.delete(row)


# --- what hangs where -------------------------------------------------------------------------------------------------


@cache
def _hanging(name: str) -> tuple[tuple[type[Base], str], ...]:
    """Return the tables whose rows are led along, with the column that points to a table of this name."""
    if name == "organization":
        wanted: list[type[Base]] = [*_OF_ORGANIZATIONS, *PARTS, *kinds().values()]
    else:
        wanted = [*PARTS, *_OF_OBJECTS]
    of_spine = {"campaign_object", *(str(table.__tablename__) for table in kinds().values())}
    targets = of_spine if name == "campaign_object" else {name}
    return tuple(
        (table, column.name)
        for table in sorted(dict.fromkeys(wanted), key=_last_what_hangs_on_others)
        for column in columns(table).c
        if target_of(column) in targets and column.name not in {"id", "merged_into_id"}
    )


def _last_what_hangs_on_others(table: type[Base]) -> tuple[bool, str]:
    """Order tables so that a question has found its twin before what was graded of it."""
    return str(table.__tablename__) in {"question_assessment", "answer"}, str(table.__tablename__)


@cache
def _parents() -> frozenset[tuple[type[Base], str]]:
    """Return the tables of parts that have parts of their own, with their names."""
    names = {str(table.__tablename__): table for table in PARTS}
    targets = {target_of(column) for table in PARTS for column in columns(table).c}
    return frozenset((table, name) for name, table in names.items() if name in targets)


@cache
def _keys(table: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in columns(table).primary_key)


def _is_twin(row: Base, other: Base, column: str) -> bool:
    told = TWINS.get(str(row.__tablename__))
    if told is None or (isinstance(row, Evidence) and row.version_id is None):
        return False
    if column == "organization_id":  # the same organisation under two names
        if row.__tablename__ == "letter_party":
            return False  # a letter may print both
        told = tuple(name for name in told if name != "named")
    names = {*told, *PARTS.get(type(row), ())}
    if isinstance(row, BallotItem):  # its number tells it, and its title only where it has none
        names = {"meeting_id", "number", *(() if row.number else ("title",))}
    return all(_alike(getattr(row, name), getattr(other, name)) for name in names - {column})


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str) and not isinstance(one, StrEnum):
        return one.casefold().split() == other.casefold().split()
    return bool(one == other)


def _make_room(moves: Moves, row: Base, theirs: list[Any]) -> None:
    """Give a question, or what one side says of a promise, the next free number: another one has its own already."""
    if isinstance(row, LetterQuestion | CommitmentView):
        side = row.side if isinstance(row, CommitmentView) else None
        numbers = {other.number for other in theirs if side is None or other.side is side}
        if row.number in numbers:
            moves.set(row, "number", max(numbers) + 1)


# --- values as JSON has them ------------------------------------------------------------------------------------------


def _key(row: Base) -> list[Any]:
    return [_plain(getattr(row, name)) for name in _keys(type(row))]


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, PartialDate):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _value(table: type[Base], column: str, plain: Any) -> Any:
    """Return a value as its column has it."""
    if plain is None:
        return None
    read: Callable[[Any], Any] | None = _READERS.get(columns(table).c[column].type.__class__.__name__)
    enum = getattr(columns(table).c[column].type, "enum_class", None)
    return enum(plain) if enum is not None else read(plain) if read is not None else plain


_READERS: dict[str, Callable[[Any], Any]] = {
    "PartialDateText": PartialDate.parse,
    "Date": date.fromisoformat,
    "UtcDateTime": datetime.fromisoformat,
}


def hanging(session: Session, name: str, number: int) -> dict[str, int]:
    """Return how many rows of which tables hang on a row of the table `name`, those that have any."""
    found: dict[str, int] = {}
    for table, column in _hanging(name):
        place: Any = getattr(table, column)
        count = session.exec(select(func.count()).select_from(table).where(place == number)).one()
        if count:
            told = str(table.__tablename__)
            found[told] = found.get(told, 0) + count
    return found
