"""What the timeline is told: an object with its milestones, a document with its confirmed links. Values, not tables."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.items import Milestone
from tracker.domain.vocab import Lane, Relation
from tracker.models.document import Document


@dataclass(frozen=True, slots=True)
class ObjectStory:
    """What one campaign object says of itself, and the campaigns (id and slug) it belongs to."""

    object_id: int
    slug: str
    campaigns: tuple[tuple[int, str], ...]
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A later version of a document: its number, the day we saw it, and what changed, in words."""

    number: int
    seen_on: date
    words: str


@dataclass(frozen=True, slots=True)
class DocumentStory:
    """A document with its confirmed links and changes; `lane` is its publisher's, where the publisher is known.

    `told_with` is the number of the story that it tells with others; its `lead` stands for all of them.
    """

    document: Document
    links: tuple[tuple[int, Relation], ...]
    lane: Lane | None = None
    changes: tuple[Changed, ...] = ()
    told_with: int | None = None
    lead: bool = False
