"""A document's versions: what changed from each to the next, and two of them held against each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.difference import Block, Change, Patience, change, compare
from tracker.models.document import DocumentVersion
from tracker.store.archive import VersionLine

# So many of the newest versions are compared with the one before, and so many characters of each.
MOST_COMPARED = 20
LONGEST_COMPARED = 400_000


@dataclass(frozen=True, slots=True)
class Step:
    """A version in the list: when we saw it, and what changed in words since `since`, the version it is compared with.

    A whole page is compared with the whole page before it, and a summary with the summary before it: that a page says
    more than its summary is no change.
    """

    number: int
    seen_at: datetime
    whole_page: bool = False
    since: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions held against each other: what leads from the older to the newer, and how much that is.

    `unlike` marks a whole page held against a mere summary; `cut` texts that are longer than what is compared.
    """

    older: DocumentVersion
    newer: DocumentVersion
    blocks: list[Block]
    change: Change
    unlike: bool
    cut: bool


def compared(older: DocumentVersion, newer: DocumentVersion) -> Compared:
    """Hold two versions against each other."""
    return Compared(
        older,
        newer,
        blocks=compare("\n".join(_parts(older)), "\n".join(_parts(newer))),
        change=change(_parts(older), _parts(newer)),
        unlike=older.whole_page != newer.whole_page,
        cut=any(len(version.text) > LONGEST_COMPARED for version in (older, newer)),
    )


def steps(lines: Sequence[VersionLine], newest: list[DocumentVersion]) -> list[Step]:
    """Return every version, newest first; the newest ones say what changed."""
    told = {step.number: step for step in _told(newest)}
    return [told.get(line.number) or Step(line.number, line.seen_at) for line in reversed(lines)]


def _told(newest: list[DocumentVersion]) -> Iterator[Step]:
    """Yield a step for each version, oldest first; the first one only when nothing came before it."""
    patience, before = Patience(), dict[bool, DocumentVersion]()
    for row in newest:
        earlier = before.get(row.whole_page)
        before[row.whole_page] = row
        if earlier is not None:
            words = change(_parts(earlier), _parts(row), patience).words()
            yield Step(row.number, row.seen_at, row.whole_page, since=earlier.number, words=words)
        elif row.whole_page and False in before:
            words = "the whole page, fetched because the source gave only a summary; that is no change"
            yield Step(row.number, row.seen_at, row.whole_page, words=words)
        elif row.number == 1:
            yield Step(row.number, row.seen_at, row.whole_page, words="as first seen")


def _parts(version: DocumentVersion) -> tuple[str, str]:
    return version.title, version.text[:LONGEST_COMPARED]
