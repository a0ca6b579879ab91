"""What sources brought, made ready to be kept: one item a key, under keys and addresses an index can hold."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache

from tracker.domain.canonical import canonical_url
from tracker.domain.items import Draft
from tracker.domain.text import content_hash
from tracker.domain.vocab import DocumentState
from tracker.ingest import identity
from tracker.store.sightings import Stored
from tracker.workflows.readings import Studied

# Bytes of a key or an address that we index.
LONGEST_INDEXED = 2000
# A relevant document with fewer characters than this is only a summary of its page.
SUMMARY = 1500


@dataclass(slots=True)
class Counts:
    """What became of the items of a visit. `new` and `changed` count relevant documents, `screened` the others."""

    new: int = 0
    changed: int = 0
    same: int = 0
    seen_elsewhere: int = 0
    screened: int = 0
    quarantined: int = 0
    suggested: int = 0
    confirmed: int = 0

    def add(self, other: "Counts") -> None:
        """Add another's counts to these."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))


@dataclass(frozen=True, slots=True)
class Brought:
    """What one source brought: its items, the hashes of the answers that held them by address.

    `first` says that it never brought anything before, so that there is nothing to look up under its keys.
    `whole_pages` says that the pages behind its summaries are wanted.
    """

    source_id: int
    studied: Sequence[Studied]
    bodies: Mapping[str, str]
    first: bool = False
    whole_pages: bool = False


@dataclass(slots=True)
class Taken:
    """What became of it: counts for the report, and how many documents were written at all."""

    counts: Counts = field(default_factory=Counts)
    written: int = 0


def is_own(item: Studied) -> bool:
    """Whether the answer that held an item is the item itself: asked for at its own address, or handed in."""
    draft = item.draft
    return item.asked == draft.key or (draft.url is not None and _address(item.asked) == draft.canonical_url)


# Asked anew for every item of an answer.
_address = lru_cache(maxsize=256)(canonical_url)


def is_summary(item: Studied) -> bool:
    """Whether a relevant item only sums up the page it names."""
    draft = item.draft
    return item.judged.state is DocumentState.RELEVANT and draft.url is not None and len(draft.text) < SUMMARY


def entries(batch: Mapping[str, Studied]) -> list[identity.Entry]:
    """Return key and address of each item."""
    return [(key, item.draft.canonical_url) for key, item in batch.items()]


def settled(batch: Mapping[str, Studied], known: Mapping[str, Stored]) -> Iterator[Studied]:
    """Yield the items under the keys by which they are known, where a feed has changed or shared its identifiers."""
    keys = identity.settled(entries(batch), {key: stored.canonical_url for key, stored in known.items()})
    said = Counter(stored.content_hash for stored in known.values())
    holders = {stored.content_hash: key for key, stored in known.items() if said[stored.content_hash] == 1}
    told = Counter(item.draft.content_hash for item in batch.values())
    for key, item in zip(keys, batch.values(), strict=True):
        draft, under = item.draft, key
        if key not in known and draft.canonical_url is None and told[draft.content_hash] == 1:
            # Neither its identifier nor an address tells: what it says does, where that is said once.
            holder = holders.get(draft.content_hash, key)
            under = key if holder in keys else holder
        yield item if under == draft.key else replace(item, draft=replace(draft, key=under))


def distinct(studied: Sequence[Studied]) -> dict[str, Studied]:
    """Return the items by key. One twice in an answer counts once, as edited last: feeds repeat edited entries."""
    by_key: dict[str, Studied] = {}
    for item in map(_fitting, studied):
        earlier = by_key.get(item.draft.key)
        if earlier is None or _edited(item.draft) > _edited(earlier.draft):
            by_key[item.draft.key] = item
    return by_key


def _edited(draft: Draft) -> float:
    """Return when a draft was last edited, as seconds; of two that do not say so the first in the answer stays."""
    moment = draft.updated_at or draft.published_at
    return moment.timestamp() if moment else 0.0


def _fitting(item: Studied) -> Studied:
    """Return an item whose key and address an index can hold: PostgreSQL's take 2,704 bytes of a row."""
    draft = item.draft
    key, address = draft.key, draft.canonical_url
    if len(key) * 4 > LONGEST_INDEXED and len(key.encode()) > LONGEST_INDEXED:
        key = f"{key[: LONGEST_INDEXED // 4 - 65]}#{content_hash(key)}"
    if address is not None and len(address) * 4 > LONGEST_INDEXED and len(address.encode()) > LONGEST_INDEXED:
        address = None
    if (key, address) == (draft.key, draft.canonical_url):
        return item
    return replace(item, draft=replace(draft, key=key, canonical_url=address))
