"""What the timeline's rows answer and lead to: letters and replies, the steps and the vote of a resolution."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, or_

from tracker.domain.dates import PartialDate
from tracker.domain.status import History
from tracker.domain.vocab import LinkState, Relation, ResponseState
from tracker.models.base import CampaignObject
from tracker.models.correspondence import Answer, CompanyResponse, Letter
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.store import families, objects, prepared, votes
from tracker.store.prepared import among, columns
from tracker.store.votes import Vote

Days = tuple[int | None, int | None]

_NAMES: Any = columns(CampaignObject.id, CampaignObject.kind, CampaignObject.slug, CampaignObject.title).where(
    col(CampaignObject.id).in_(among("ids")), objects.visible(CampaignObject.id)
)
_ANSWERS: Any = (
    columns(Answer.response_id, Answer.object_id, Answer.assessment)
    .where(or_(col(Answer.response_id).in_(among("ids")), col(Answer.object_id).in_(among("ids"))))
    .order_by(col(Answer.id))
)
_DATES: tuple[Any, ...] = (
    columns(Letter.id, Letter.sent_on).where(col(Letter.id).in_(among("ids"))),
    columns(CompanyResponse.id, CompanyResponse.on).where(col(CompanyResponse.id).in_(among("ids"))),
)
_LINKS: Any = (
    columns(Link.document_id, Link.relation, Link.object_id)
    .where(col(Link.document_id).in_(among("ids")), Link.state == LinkState.CONFIRMED)
    .order_by(col(Link.score).desc(), col(Link.id))
)


@dataclass(frozen=True, slots=True)
class Named:
    """A campaign object by name."""

    id: int
    kind: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The other end of an answer: what was asked, or what was said; `days` are the fewest and most between the two."""

    other: Named
    on: PartialDate | None
    days: Days | None
    assessment: ResponseState


@dataclass(slots=True)
class Context:
    """What one row hangs together with. `history` and `vote` are there for a resolution only."""

    owner: Named | None = None
    responds_to: list[Reply] = field(default_factory=list)
    answered_by: list[Reply] = field(default_factory=list)
    history: History | None = None
    vote: Vote | None = None
    bears_on: list[tuple[Relation, Named]] = field(default_factory=list)

    @property
    def is_letter(self) -> bool:
        """Whether the row tells of a letter that readers may see."""
        return self.owner is not None and self.owner.kind == Letter.kind


def contexts(session: Session, events: Sequence[Event]) -> dict[str, Context]:
    """Return each row's context by event id. A fixed number of queries, however many rows."""
    ids = {event.object_id for event in events if event.object_id is not None}
    answers = _answers(session, ids)
    links = _links(session, {event.document_id for event in events if event.document_id is not None})
    related = {row.object_id for row in answers} | {row.response_id for row in answers}
    names = named(session, ids | related | {target for rows in links.values() for _, target in rows})
    dates = _dates(session, related)
    histories = _histories(session, ids)
    ballots = votes.of_resolutions(session, [key for key in ids if key in names and names[key].kind == "resolution"])
    given: dict[int, list[Any]] = defaultdict(list)
    asked: dict[int, list[Any]] = defaultdict(list)
    for row in answers:
        given[row.response_id].append(row)
        asked[row.object_id].append(row)
    found = {}
    for event in events:
        owner = event.object_id or 0
        found[event.id] = Context(
            owner=names.get(owner),
            responds_to=_replies(given[owner], names, dates, "object_id"),
            answered_by=_replies(asked[owner], names, dates, "response_id"),
            history=histories.get(owner),
            vote=ballots.get(owner),
            bears_on=[
                (relation, names[target])
                for relation, target in links.get(event.document_id or 0, ())
                if target in names
            ],
        )
    return found


def named(session: Session, ids: Collection[int]) -> dict[int, Named]:
    """Return the names of the shown objects among `ids`."""
    return {row[0]: Named(*row) for row in prepared.rows(session, _NAMES, ids=ids)}


def _answers(session: Session, ids: Collection[int]) -> Sequence[Any]:
    return prepared.rows(session, _ANSWERS, ids=ids) if ids else ()


def _dates(session: Session, ids: Collection[int]) -> dict[int, PartialDate]:
    """Return when letters were sent and responses given."""
    found: dict[int, PartialDate] = {}
    for query in _DATES if ids else ():
        found.update((number, on) for number, on in prepared.rows(session, query, ids=ids))
    return found


def _histories(session: Session, ids: Collection[int]) -> dict[int, History]:
    return {owner: History.of(steps) for owner, steps in families.steps(session, ids).items()} if ids else {}


def _links(session: Session, document_ids: Collection[int]) -> dict[int, list[tuple[Relation, int]]]:
    found: dict[int, list[tuple[Relation, int]]] = defaultdict(list)
    for document_id, relation, target in prepared.rows(session, _LINKS, ids=document_ids) if document_ids else ():
        found[document_id].append((relation, target))
    return found


def _replies(answers: Sequence[Any], names: dict[int, Named], dates: dict[int, PartialDate], other: str) -> list[Reply]:
    """Return the ends of these answers that `other` names: "object_id", what was asked, or "response_id"."""
    found = []
    for row in answers:
        number = getattr(row, other)
        sent, said = dates.get(row.object_id), dates.get(row.response_id)
        if number in names:
            days = sent.days_until(said) if sent and said else None
            found.append(Reply(names[number], dates.get(number), days, row.assessment))
    return found
