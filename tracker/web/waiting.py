"""Threads of a timeline that are still open: letters to which an answer may come, proposals that are on their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.dates import PartialDate
from tracker.domain.status import History, is_end
from tracker.domain.vocab import ResolutionCode
from tracker.models.event import Event
from tracker.store import letters
from tracker.store.letters import LetterStanding
from tracker.store.timeline import FILED, Point
from tracker.web.pages import Session
from tracker.web.words import days_since

# A proposal is filed for the next annual meeting (17 CFR 240.14a-8(e)), and that comes within 13 months of the last
# one (8 Del. C. s. 211(c)). After so many days without an end on record we do not know, and draw no waiting.
MOST_DAYS_TO_END = 400
SENT = "sent"
ENDS = frozenset(f"status:{code}" for code in ResolutionCode if is_end(code))


@dataclass(frozen=True, slots=True)
class Open:
    """A row whose thread has no other end yet: since how long, and for what in words ("the vote")."""

    event_id: str
    days: str
    awaits: str

    @property
    def words(self) -> str:
        """Return "waiting 412 days for an answer"."""
        return f"waiting {self.days} for {self.awaits}"


def of_letter(standing: LetterStanding) -> str:
    """Return how long an answer to a letter has been waited for: "412 days", "" where none is waited for."""
    on = standing.state.on
    sent = standing.sent_on.earliest or standing.sent_on.latest
    if not standing.state.awaited or sent is None or sent > on:
        return ""
    return days_since(standing.sent_on, on)


def of_proposal(row: Event, history: History | None, today: date) -> str:
    """Return how long ago the proposal was filed ("34 days") if no vote or other end is on record, else ""."""
    if not row.key.endswith(f":{FILED}") or history is None or any(is_end(entry.code) for entry in history.entries):
        return ""
    return days_since(row.on, today) if row.earliest <= today.isoformat() else ""


def threads(session: Session, points: Sequence[Point], today: date) -> list[Open]:
    """Return the open threads of these rows, oldest first. Eight queries, or none where no letter was sent."""
    sent = {point.object_id: point.id for point in points if point.object_id and point.step == SENT}
    standings = letters.standings(session, today=today, ids=set(sent)) if sent else []
    days = {sent[found.object_id]: of_letter(found) for found in standings}
    ended = {point.object_id for point in points if point.step in ENDS}
    found = []
    for point in points:
        if days.get(point.id):
            found.append(Open(point.id, days[point.id], "an answer"))
        elif point.step == FILED and point.object_id not in ended and _is_near(point.on, today):
            found.append(Open(point.id, days_since(point.on, today), "the vote"))
    return found


def _is_near(filed: PartialDate, today: date) -> bool:
    return filed.latest is not None and 0 <= (today - filed.latest).days <= MOST_DAYS_TO_END
