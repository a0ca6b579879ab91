"""What editors say of stories on a page: several documents split off at once, a story confirmed, either undone.

Each act is what one person said at one moment. It stays on record; undoing it is a new act, which says the opposite.
"""

from collections.abc import Collection
from datetime import datetime
from itertools import combinations, product

from sqlmodel import Session

from tracker.domain.corrections import CorrectionKind
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.linking.duplicates import pair
from tracker.store import doubtful_stories, events, fingerprints, stories
from tracker.store.corrections import Cause
from tracker.store.doubtful_stories import Said
from tracker.store.engine import reading, writing
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime
from tracker.workflows.stories import join, leading, merge, tell_stories, told_otherwise


def split_off(runtime: Runtime, document_ids: Collection[int], *, seen: Collection[int], by: str) -> int:
    """Take documents out of their story; they tell one of their own from now on. Return how many stay behind.

    `seen` are all documents of the story as it was shown. Raises InputError for none or all of them, ConflictError
    where the story is no longer what was shown.
    """
    chosen = sorted(set(document_ids))
    with writing(runtime.engine) as session:
        events.lock(session)
        others = sorted(_as_seen(session, seen) - set(chosen))
        if not chosen or not others or set(chosen) - set(seen):
            raise InputError("Tick those that tell another story: some, not all.")
        now = runtime.clock()
        apart = {pair(one, other) for one, other in product(chosen, others)}
        together = {pair(one, other) for one, other in combinations(chosen, 2)}
        for number in chosen:
            told_otherwise(session, CorrectionKind.TOLD_APART, number, others, Cause(by, now))
            stories.leave(session, number, leading(session, others))
        stories.decide(session, apart, together=False, by=by, now=now)
        if together:
            stories.decide(session, together, together=True, by=by, now=now)
            join(session, chosen, by_pairs=together, now=now)
        else:
            fingerprints.forget(session, chosen)  # it may belong to another story
        project(session, document_ids=[*chosen, *others], clock=runtime.clock)
    tell_stories(runtime)
    return len(others)


def confirm(runtime: Runtime, *, seen: Collection[int], by: str) -> None:
    """Say that documents tell one story, as is shown. Raises ConflictError where the story is no longer that."""
    with writing(runtime.engine) as session:
        events.lock(session)
        ids = sorted(_as_seen(session, seen))
        pairs = {pair(one, other) for one, other in combinations(ids, 2)}
        stories.decide(session, pairs, together=True, by=by, now=runtime.clock())


def undo(runtime: Runtime, made_by: str, at: datetime, *, by: str) -> None:
    """Say the opposite of what somebody said at a moment, of the same documents.

    Raises NotFoundError for no such act, ConflictError where the stories have changed since.
    """
    with reading(runtime.engine) as session:
        said = doubtful_stories.act(session, made_by, at)
        if said is None:
            raise NotFoundError("Nothing was said of stories at that moment.")
        groups, is_confirmation = _groups(session, said), doubtful_stories.is_confirmation(session, said)
    if said.apart:
        one, other = said.apart[0]
        if len(groups) != 2 or set().union(*groups) != set(said.documents):
            raise ConflictError("The stories have changed since: put together what belongs together by hand.")
        merge(runtime, one, other, by=by)
        return
    if groups != [set(said.documents)]:
        raise ConflictError("The story has changed since: split it by hand.")
    if is_confirmation:
        raise InputError("That it is one story changed nothing, so there is nothing to undo; split it if it is two.")
    first = said.documents[0]
    side = set(said.documents) - {number for couple in said.together if first in couple for number in couple} | {first}
    split_off(runtime, side, seen=said.documents, by=by)


def _groups(session: Session, said: Said) -> list[set[int]]:
    """Return the stories, with all their documents, that the documents of an act are in now."""
    groups: list[set[int]] = []
    for number in said.documents:
        if not any(number in group for group in groups):
            groups.append(stories.with_members(session, [number]))
    return groups


def _as_seen(session: Session, seen: Collection[int]) -> set[int]:
    """Return the documents of a story that was shown, where it is still that."""
    now, story_of = stories.with_members(session, seen), stories.of_documents(session, list(seen))
    if not seen or not now == set(seen) == story_of.keys() or len(set(story_of.values())) > 1:
        raise ConflictError("The story has changed since the page was opened: what it is now is shown.")
    return now
