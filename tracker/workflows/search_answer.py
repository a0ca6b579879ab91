"""Looking again for an answer to a letter: what the archive has of its recipients since, and a dated record of it.

Silence is an observation: that somebody looked, on which day, where, and what came of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.text import plural
from tracker.models.correspondence import Letter, ResponseSearch
from tracker.models.document import Document
from tracker.store import answer_candidates as store
from tracker.store.answer_candidates import Asked
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked through, and what may be the answer. `where` says it in words, for the record."""

    letter_id: int
    slug: str
    title: str
    since: str
    candidates: list[Document]
    sources: list[Asked]
    where: str

    @property
    def seen(self) -> list[int]:
        """The numbers of the candidates."""
        return store.ids(self.candidates)


def look(runtime: Runtime, slug: str) -> Looked:
    """Look for an answer to a letter; nothing is written. Raises NotFoundError for no such letter."""
    with reading(runtime.engine) as session:
        return _look(session, slug)


def record_search(
    runtime: Runtime, slug: str, *, seen: Collection[int], found: bool, by: str, elsewhere: str = ""
) -> Looked:
    """Keep that somebody looked today, where, and whether they found an answer; `elsewhere` is where else they looked.

    `seen` are the candidates they were shown. Raises ConflictError where there are others by now, NotFoundError for no
    such letter.
    """
    with writing(runtime.engine) as session:
        looked = _look(session, slug)
        if looked.seen != sorted(seen):
            raise ConflictError("Something came since the page was opened: look at what is shown now.")
        now = runtime.clock()
        where = f"{looked.where}; {elsewhere.strip()}" if elsewhere.strip() else looked.where
        with recording(session, Cause(by, now, "Somebody looked for an answer.")):
            session.add(
                ResponseSearch(
                    letter_id=looked.letter_id, searched_on=now.date(), where=where, found=found, recorded_at=now
                )
            )
            session.flush()
        project(session, object_ids=[looked.letter_id], clock=runtime.clock)
    return looked


def _look(session: Session, slug: str) -> Looked:
    spine = store.letter_of(session, slug)
    letter = session.get(Letter, spine.id) if spine is not None else None
    if spine is None or letter is None:
        raise NotFoundError(f"No letter is called “{slug}”.")
    since = (letter.sent_on.earliest or date.min).isoformat()
    asked = store.recipients(session, letter.id)
    sources = store.sources(session, asked)
    return Looked(
        letter_id=letter.id,
        slug=spine.slug,
        title=spine.title,
        since=since,
        candidates=store.candidates(session, letter.id, asked, since),
        sources=sources,
        where=_where(store.number_since(session, since), since, sources),
    )


def _where(number: int, since: str, sources: list[Asked]) -> str:
    """Return in words what was looked through."""
    told = [f"this archive ({plural(number, 'relevant document')} since {since})"]
    for source in sources:
        when = f"{source.last_ok_at:%d %b %Y}" if source.last_ok_at else "never"
        failing = f", failing since {source.failing_since:%d %b %Y}" if source.failing_since else ""
        told.append(f"{source.title or source.name} (last answered {when}{failing})")
    return "; ".join(told)
