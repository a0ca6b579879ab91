"""What the pure stages make of a document, ready to be written: the judgement, and the ties proposed for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.sent import Sent
from tracker.domain.vocab import DocumentState, EventType, Relation


@dataclass(frozen=True, slots=True)
class Judged(Sent):
    """Whether a document is relevant, what happened in it, who is named; with reasons.

    `event_type` leads; `further_types` are what it may be about as well: `event_type`, `probability` and `why` of each.
    """

    state: DocumentState
    state_reason: str
    relevance: float
    relevance_reasons: list[dict[str, Any]]
    event_type: EventType | None
    event_type_score: float
    event_type_reason: str
    mentions: Sequence[Mapping[str, Any]]
    further_types: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Proposal(Sent):
    """One suggested tie, with its reasons as data and in words; `confirmed` when a rule is sure of it."""

    object_id: int
    relation: Relation
    score: float
    confirmed: bool
    reasons: list[dict[str, Any]]
    why: str
    rule: str
