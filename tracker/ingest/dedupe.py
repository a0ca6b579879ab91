"""Whether a document is new, changed, or one we already have under another name.

Three questions stay apart: the same entry of the same source (by key), the same page in another source (by canonical
address), and the same story told by another outlet, which is not asked here: a second outlet is news of its own.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from tracker.domain.canonical import title_key
from tracker.domain.items import Draft

_SHARED_WORDS = 0.5


class Verdict(StrEnum):
    """What to do: store, leave, store a new version, or note that a known document was seen here as well."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a document, as far as telling apart needs it."""

    document_id: int
    content_hash: str
    title: str
    canonical_url: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, the document it speaks of (None for a new one), and the reason in words."""

    verdict: Verdict
    document_id: int | None
    reason: str


def decide(draft: Draft, *, by_key: Known | None, by_url: Known | None) -> Decision:
    """Return what `draft` is, given the document with the same source and key, and one with the same canonical address.

    One address alone does not make two entries one: some feeds point every entry at the same page. The headlines must
    share half of their words as well, or the texts be equal.
    """
    if by_key is not None:
        if by_key.content_hash == draft.content_hash:
            return Decision(Verdict.SAME, by_key.document_id, "the same entry with the same text")
        if _is_another_story(draft, by_key):
            return Decision(Verdict.NEW, None, "its key was another story's, at another address")
        return Decision(Verdict.CHANGED, by_key.document_id, "the same entry with another text")
    if by_url is None or draft.canonical_url is None or by_url.canonical_url != draft.canonical_url:
        return Decision(Verdict.NEW, None, "neither its key nor its address is known")
    if by_url.content_hash == draft.content_hash:
        return Decision(Verdict.ELSEWHERE, by_url.document_id, "the same address with the same text")
    if is_front_page(draft.canonical_url):
        return Decision(Verdict.NEW, None, "its address is a site's front page, which many entries share")
    if _alike(draft.title, by_url.title, draft.publisher):
        return Decision(Verdict.ELSEWHERE, by_url.document_id, "the same address with a headline alike")
    return Decision(Verdict.NEW, None, "its address is known, but under quite another headline")


def _is_another_story(draft: Draft, known: Known) -> bool:
    """Whether a feed uses an old identifier for something else: another page, and quite another headline."""
    moved = draft.canonical_url and known.canonical_url and draft.canonical_url != known.canonical_url
    return bool(moved) and not _alike(draft.title, known.title, draft.publisher)


def is_front_page(url: str) -> bool:
    """Whether an address is a site's front page: many entries point there, and dead pages are sent on to it."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _alike(one: str, other: str, publisher: str) -> bool:
    first, second = (set(title_key(title, publisher).split()) for title in (one, other))
    return bool(first and second) and len(first & second) / min(len(first), len(second)) >= _SHARED_WORDS
