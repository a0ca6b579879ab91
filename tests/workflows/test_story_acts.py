"""Stories split by choosing documents, confirmed, joined; each undone; what others changed is never overwritten."""

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import StoryTie
from tracker.models.same_story import Fingerprint, Story, StoryMember
from tracker.settings import Settings
from tracker.store import doubtful_stories as store
from tracker.store.doubtful_stories import Doubtful
from tracker.store.engine import reading, writing
from tracker.workflows import stories
from tracker.workflows.project import project_all, verify
from tracker.workflows.runtime import Runtime
from tracker.workflows.story_acts import confirm, split_off, undo

ANN, BOB = "Ann", "Bob"


@pytest.fixture
def archive(engine):
    """Two stories, of documents 1 to 4 and 5 to 6, the first of them doubtful; document 7 tells none."""
    with writing(engine) as session:
        for number in range(1, 8):
            document = make.document(session, f"Story {number}", url=f"https://example.org/{number}")
            make.add(session, Fingerprint(document_id=document.id, version=1, lead="", sketch=b"", runs=0))
        for members in ((1, 2, 3, 4), (5, 6)):
            story = make.add(session, Story(lead_id=members[0], created_at=make.NOW))
            for number in members:
                make.add(session, StoryMember(
                    document_id=number, story_id=story.id, tie=StoryTie.SAME_EVENT, nearest_id=members[0],
                    score=0.7 if number == 4 else 0.95, joined_at=make.NOW,
                ))  # fmt: skip
        project_all(session, clock=lambda: make.NOW)
    seconds = iter(range(10_000))
    return Runtime(Settings(), engine, clock=lambda: make.NOW.replace(microsecond=next(seconds)))


def groups(runtime):
    with reading(runtime.engine) as session:
        found = {}
        for row in session.exec(select(StoryMember).order_by(StoryMember.document_id)):
            found.setdefault(row.story_id, []).append(row.document_id)
    return sorted(found.values())


def last(runtime):
    with reading(runtime.engine) as session:
        return store.lately(session)[0]


def waiting(runtime):
    with reading(runtime.engine) as session:
        assert store.number_waiting(session) == len(store.waiting(session))
        return store.waiting(session)


def test_only_stories_that_rules_were_not_certain_of_wait_and_those_confirmed_no_more(archive):
    assert waiting(archive) == [Doubtful(1, 0.7)]
    with reading(archive.engine) as session:
        assert store.waiting(session, after=Doubtful(1, 0.7)) == []
        assert [teller.document.id for teller in store.told(session, [1])[1].tellers] == [1, 2, 3, 4]
    confirm(archive, seen=[1, 2, 3, 4], by=ANN)
    assert waiting(archive) == []
    with pytest.raises(InputError, match="nothing to undo"):
        undo(archive, ANN, last(archive).at, by=ANN)


@pytest.mark.parametrize("chosen", [[3, 4], [4], [1], [2, 3, 4]])
def test_documents_are_split_off_and_the_undoing_puts_them_back(archive, chosen):
    rest = [number for number in (1, 2, 3, 4) if number not in chosen]
    assert split_off(archive, chosen, seen=[1, 2, 3, 4], by=ANN) == len(rest)
    alone = [group for group in (chosen, rest) if len(group) > 1]
    assert groups(archive) == sorted([*alone, [5, 6]])
    assert verify(archive).difference.touched == 0
    undo(archive, ANN, last(archive).at, by=BOB)
    assert groups(archive) == [[1, 2, 3, 4], [5, 6]]
    assert last(archive).by == BOB


def test_two_stories_are_joined_and_the_undoing_takes_them_apart_as_they_were(archive):
    stories.merge(archive, 1, 5, by=ANN)
    assert groups(archive) == [[1, 2, 3, 4, 5, 6]]
    undo(archive, ANN, last(archive).at, by=ANN)
    assert groups(archive) == [[1, 2, 3, 4], [5, 6]]
    stories.merge(archive, 7, 5, by=ANN)
    undo(archive, ANN, last(archive).at, by=ANN)
    assert groups(archive) == [[1, 2, 3, 4], [5, 6]]


def test_none_or_all_are_no_split(archive):
    for chosen in ([], [1, 2, 3, 4], [5]):
        with pytest.raises(InputError, match="some, not all"):
            split_off(archive, chosen, seen=[1, 2, 3, 4], by=ANN)


def test_a_story_that_changed_since_it_was_shown_is_not_split_and_an_act_on_it_not_undone(archive):
    split_off(archive, [4], seen=[1, 2, 3, 4], by=ANN)
    at = last(archive).at
    with pytest.raises(ConflictError, match="has changed since the page was opened"):
        split_off(archive, [3], seen=[1, 2, 3, 4], by=BOB)
    with pytest.raises(ConflictError, match="has changed since the page was opened"):
        confirm(archive, seen=[1, 2, 3, 4], by=BOB)
    stories.merge(archive, 4, 5, by=BOB)
    with pytest.raises(ConflictError, match="stories have changed since"):
        undo(archive, ANN, at, by=ANN)
    with pytest.raises(NotFoundError, match="Nothing was said"):
        undo(archive, "Nobody", at, by=ANN)
