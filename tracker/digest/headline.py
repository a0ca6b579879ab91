"""The headline of a digest: the most important thing that happened, else the nearest thing ahead."""

from collections.abc import Sequence

from tracker.digest.content import Due, Row
from tracker.digest.facts import Happening
from tracker.digest.ranks import NOTHING_MOVED, rank
from tracker.digest.words import cut
from tracker.domain.text import plural
from tracker.domain.vocab import EventType, Lane

LETTERS = 120
MANY = {"resolution": "resolutions", "letter": "letters", "contract": "contracts", "meeting": "meetings"}


def headline(
    moved: Sequence[Happening], rows: Sequence[Row], *, older: int, due: Sequence[Due], failing: int
) -> tuple[str, int]:
    """Return the headline and how important it is, 0 for the most important.

    A step that several objects took together is told once: "Reconsideration denied: 2 resolutions".
    """
    if moved:
        first = min(moved, key=_importance)
        return cut(_told(first, moved, rows), LETTERS), _importance(first)[0]
    if due:
        return cut(f"Due {due[0].when}: {due[0].title}", LETTERS), NOTHING_MOVED
    if older:
        return f"{plural(older, 'older entry', 'older entries')} added to the archive", NOTHING_MOVED
    if failing:
        return f"{plural(failing, 'source')} failing: this digest may be incomplete", NOTHING_MOVED
    return "New dates ahead", NOTHING_MOVED


def _importance(event: Happening) -> tuple[int, int, str]:
    return (rank(event.kind, press=event.lane is Lane.PRESS), -event.sources, event.id)


def _told(event: Happening, moved: Sequence[Happening], rows: Sequence[Row]) -> str:
    subject = event.subject
    if subject is None or not event.headline.endswith(f": {subject.title}"):
        return event.headline
    step = event.headline.removesuffix(f": {subject.title}")
    together = {
        other.subject.id
        for other in moved
        if other.subject and other.subject.kind == subject.kind and other.headline == f"{step}: {other.subject.title}"
    }
    if len(together) > 1 and subject.kind in MANY:
        return f"{step}: {len(together)} {MANY[subject.kind]}"
    badge = next((row.badge for row in rows if row.path == event.path and row.badge), None)
    if event.kind is EventType.VOTE_RESULT and badge and "%" in badge.words:
        return f"{badge.words} support: {subject.title}"
    return event.headline
