"""What travels between the processes: what a linker is made from, and what was read in an answer. Plain values.

The process that asks and writes needs these alone; what reads and links is loaded where reading is done.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tracker.domain.items import Draft, Fetched, Request
from tracker.domain.linkable import Linkable
from tracker.domain.sent import Sent
from tracker.domain.verdicts import Judged, Proposal
from tracker.linking.mentions import Entity

# Level 3 packs feeds to within a tenth of level 6 in a third of the time.
LEVEL = 3
# No source: the page behind a summary, whichever source gave that.
WHOLE_PAGE = "whole page"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a linker is compiled from: two files of configuration, the archive's own names, and its objects."""

    terms: Mapping[str, Any]
    organizations: Mapping[str, Any]
    names: tuple[tuple[Entity, tuple[str, ...]], ...]
    objects: tuple[Linkable, ...]


@dataclass(frozen=True, slots=True)
class Studied(Sent):
    """An item ready to be kept. `asked` is the address whose answer held it; its bytes are kept under that."""

    draft: Draft
    judged: Judged
    proposals: tuple[Proposal, ...]
    asked: str


@dataclass(frozen=True, slots=True)
class Packed:
    """The bytes of an answer as they are kept: under the hash of what they were before packing."""

    hash: str
    media_type: str
    size: int
    compressed: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer brought. `outcome` is ok, or why it could not be read; `seconds` tells where the time went.

    `further` is what the source wants asked because of it.
    """

    outcome: str = "ok"
    error: str = ""
    items: tuple[Studied, ...] = ()
    further: tuple[Request, ...] = ()
    packed: Packed | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)


def pack(answer: Fetched) -> Packed | None:
    """Return the bytes of an answer ready to be kept; None for an empty body."""
    if not answer.body:
        return None
    media_type = answer.headers.get("content-type", "")[:120]
    return Packed(sha256(answer.body).hexdigest(), media_type, len(answer.body), zlib.compress(answer.body, LEVEL))
