"""A campaign object as linking is told of it: read off the tables by `store`, compiled into a target by `workflows`."""

from dataclasses import dataclass, field

from tracker.domain.dates import PartialDate


@dataclass(slots=True)
class Linkable:
    """One object. Organisations, products and people are slugs; `parties` are names as printed."""

    object_id: int
    kind: str
    title: str
    campaign: str
    aliases: list[str]
    texts: list[str]
    company: str = ""
    organizations: set[str] = field(default_factory=set)
    products: set[str] = field(default_factory=set)
    parties: list[str] = field(default_factory=list)
    on: PartialDate | None = None
    dates: list[PartialDate] = field(default_factory=list)
    due: PartialDate | None = None
    number: str = ""
    enacted: bool = False
    identifiers: list[str] = field(default_factory=list)
    neighbours: set[int] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
