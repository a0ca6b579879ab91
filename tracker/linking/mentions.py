"""What a recognised name is: an entity, and the words of the document that name it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

ORGANIZATION, PRODUCT, PERSON, PARTY = "organization", "product", "person", "party"


@dataclass(frozen=True, slots=True)
class Entity:
    """One line of the gazetteer. `owner` is the vendor of a product, the parent of an organisation, a person's house.

    `kind` is organization, product, person or party (named by a campaign object, and of no known kind).
    `roles` are values of OrganizationRole. `watched` marks vendors whose public contracts are followed.
    """

    id: str
    name: str
    kind: str
    roles: tuple[str, ...] = ()
    owner: str = ""
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found at `start:end` of a document; `text` is exactly what stands there.

    `implied_by` is the id of the entity that was really named (Rekognition implies Amazon), or empty.
    """

    entity_id: str
    name: str
    kind: str
    start: int
    end: int
    text: str
    implied_by: str = ""
    roles: tuple[str, ...] = field(default=(), compare=False)
    watched: bool = field(default=False, compare=False)


def distinct(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Return the first mention of every entity, named before implied, in the order of the text."""
    first: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (bool(m.implied_by), m.start)):
        first.setdefault(mention.entity_id, mention)
    return first
