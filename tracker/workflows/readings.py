"""What travels between the processes: what a linker is made from, and what was read in an answer. Plain values.

The process that asks and writes needs these alone; what reads and links is loaded where reading is done.
"""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from tracker.domain.items import Draft, Fetched, Request
from tracker.domain.linkable import Linkable
from tracker.domain.packed import Packed
from tracker.domain.sent import Sent
from tracker.domain.verdicts import Judged, Proposal
from tracker.domain.vocab import DocumentState
from tracker.linking.mentions import Entity

if TYPE_CHECKING:
    from tracker.filings.moved_meeting import MovedMeeting

# No source: the page behind a summary, whichever source gave that.
WHOLE_PAGE = "whole page"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a linker is compiled from: configuration, the archive's own names and objects, and the models in use."""

    terms: Mapping[str, Any]
    organizations: Mapping[str, Any]
    names: tuple[tuple[Entity, tuple[str, ...]], ...]
    objects: tuple[Linkable, ...]
    models: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Studied(Sent):
    """An item ready to be kept. `asked` is the address whose answer held it; its bytes are kept under that."""

    draft: Draft
    judged: Judged
    proposals: tuple[Proposal, ...]
    asked: str

    @property
    def looked_for(self) -> bool:
        """Whether links were looked for: they are not for what rules put aside."""
        return self.judged.state is DocumentState.RELEVANT


@dataclass(frozen=True, slots=True)
class FilingValue:
    """What a reader found: its value, the text that the value's places are counted in, and what concerns us.

    `concerning` names the proposals about our campaigns by their place in the value; `moved` is the other day to which
    the filing says that the meeting was moved.
    """

    value: Any
    text: str = ""
    warnings: tuple[str, ...] = ()
    concerning: frozenset[int] = field(default_factory=frozenset)
    moved: "MovedMeeting | None" = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer brought. `outcome` is ok, or why it could not be read; `seconds` tells where the time went.

    `further` is what the source wants asked because of it, `filing` what was read of one. Between processes, and while
    they wait to be written, items are `sealed`: packed they take a quarter of the memory. `held` says how many.
    """

    outcome: str = "ok"
    error: str = ""
    items: tuple[Studied, ...] = ()
    further: tuple[Request, ...] = ()
    packed: Packed | None = None
    filing: FilingValue | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    sealed: bytes = b""
    held: int = 0

    @property
    def count(self) -> int:
        """How many items there are, sealed or not."""
        return self.held + len(self.items)

    def seal(self) -> Self:
        """Return this with its items sealed."""
        if not self.items:
            return self
        return replace(self, items=(), held=len(self.items), sealed=pickle.dumps(self.items, pickle.HIGHEST_PROTOCOL))

    def opened(self) -> Self:
        """Return this with its items."""
        if not self.sealed:
            return self
        return replace(self, items=pickle.loads(self.sealed), held=0, sealed=b"")  # noqa: S301 - sealed by ourselves


def pack(answer: Fetched) -> Packed | None:
    """Return the bytes of an answer ready to be kept; None for an empty body."""
    return Packed.of(answer.body, answer.headers.get("content-type", "")) if answer.body else None
