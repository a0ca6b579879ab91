"""What one way of editing does is met by the next: merges, publications, drafts and edits undone in the history."""

import pytest
from sqlmodel import select

from tests import factories as make
from tests.workflows.test_merge import ANN, GONE, LETTERS, WHY, all_of, archive, snapshot  # noqa: F401 - the fixture
from tracker.domain.commitments import Side
from tracker.domain.corrections import CorrectionKind
from tracker.domain.errors import InputError
from tracker.domain.vocab import CommitmentState
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.calendar_entry import CalendarEntry
from tracker.models.campaign import CampaignMembership
from tracker.models.commitment import CommitmentView
from tracker.models.correction import Correction
from tracker.models.event import Event
from tracker.models.revision import Revision
from tracker.store import permalinks
from tracker.store.engine import reading, writing
from tracker.workflows import edit, publish
from tracker.workflows.edit import FormError, Source, Typed
from tracker.workflows.make_from_document import Chosen, MakingError, make_draft
from tracker.workflows.merge import Pair, merge, unmerge
from tracker.workflows.merge import Side as Kept
from tracker.workflows.project import project_all, verify
from tracker.workflows.publish_calendar import publish_calendar
from tracker.workflows.revert import Undo, revert
from tracker.workflows.split import Parting, split

SOURCE = {"all": Source(where="https://sisters.example/second", why="It was misread.")}


def last_act(runtime) -> int:
    return max(row.id for row in all_of(runtime, Revision))


def spine(runtime, slug) -> CampaignObject:
    [found] = [row for row in all_of(runtime, CampaignObject) if row.slug == slug]
    return found


def due(runtime) -> dict[str, str]:
    return {row.title: str(row.last_day) for row in all_of(runtime, CalendarEntry) if not row.cancelled}


@pytest.fixture
def dated(archive):  # noqa: F811 - the fixture of that name
    """The same with a letter of a day still to come, as a draft that lacks nothing."""
    with writing(archive.engine) as session:
        again = session.exec(select(CampaignObject).where(CampaignObject.slug == "again")).one()
        row = make.letter(session, "draft", respond_by="2026-12-22", title="A secret", state=ObjectState.DRAFT)
        [joined] = session.exec(select(CampaignMembership).where(CampaignMembership.object_id == again.id))
        make.add(session, CampaignMembership(campaign_id=joined.campaign_id, object_id=row.id))
        for name in ("sent_on", "respond_by"):
            make.evidence(session, row.id, name, "as printed")
    return archive


def test_a_merge_is_undone_where_all_that_it_moved_is_known_and_not_half_of_it_in_the_history(archive):  # noqa: F811
    before = snapshot(archive)
    merge(archive, LETTERS, GONE, by=ANN, why=WHY)
    merged, act = snapshot(archive), last_act(archive)
    with pytest.raises(InputError, match="merged two, or took a merge apart; go to “A letter to Amazon”"):
        revert(archive, Undo(act, "Bob", "They are two."))
    assert snapshot(archive) == merged
    assert unmerge(archive, "second", by=ANN, why="They are two.") == 0
    assert snapshot(archive) == before
    with pytest.raises(InputError, match="merge the two again"):
        revert(archive, Undo(last_act(archive), "Bob", "They are one."))


def test_a_publication_undone_is_a_withdrawal_told_as_one_and_out_of_the_calendars(dated):
    publish.publish(dated, "draft", version=1, by=ANN)
    assert due(dated)["Answer due: A secret"] == "2026-12-22"
    revert(dated, Undo(last_act(dated), "Bob", "Too early."))
    assert (spine(dated, "draft").state, spine(dated, "draft").withdrawn_reason) == ("withdrawn", "Too early.")
    assert [(row.kind, row.why) for row in all_of(dated, Correction)] == [(CorrectionKind.WITHDRAWN, "Too early.")]
    assert "Answer due: A secret" not in due(dated)
    with reading(dated.engine) as session:
        assert permalinks.ended(session, "letter", "draft").reason == "Too early."


def test_a_draft_that_is_discarded_stays_unknown_to_readers_and_can_come_back_as_a_draft(archive):  # noqa: F811
    slug = split(archive, Parting("second", 1, "A secret", frozenset({"letter_party:4"})), by=ANN, why="They are two.")
    told = len(all_of(archive, Correction))
    revert(archive, Undo(last_act(archive), "Bob", "They are one."))
    assert spine(archive, slug).state == "withdrawn"
    with reading(archive.engine) as session:
        assert permalinks.ended(session, "letter", slug) is None
    publish.bring_back(archive, slug, version=2, by=ANN, why="They are two after all.")
    assert spine(archive, slug).state == "draft"
    assert len(all_of(archive, Correction)) == told
    assert verify(archive).difference.touched == 0


def test_what_was_withdrawn_is_changed_with_a_source_only_for_it_may_be_shown_again(archive):  # noqa: F811
    publish.withdraw(archive, "second", version=1, by=ANN, reason="Doubtful.")
    with pytest.raises(FormError, match="say where the new value stands"):
        edit.change(archive, "second", Typed({"respond_by": "24 December 2026"}, {}, 2), ANN)
    edit.change(archive, "second", Typed({"respond_by": "24 December 2026"}, SOURCE, 2), ANN)
    publish.bring_back(archive, "second", version=3, by=ANN, why="It is right.")


def test_the_calendars_follow_a_form_and_its_undoing_at_once(dated):
    publish.publish(dated, "draft", version=1, by=ANN)
    edit.change(dated, "draft", Typed({"respond_by": "24 December 2026"}, SOURCE, 2), ANN)
    assert due(dated)["Answer due: A secret"] == "2026-12-24"
    revert(dated, Undo(last_act(dated), ANN, "It was right."))
    assert due(dated)["Answer due: A secret"] == "2026-12-22"
    publish_calendar(dated)
    assert due(dated)["Answer due: A secret"] == "2026-12-22"


def test_what_each_side_says_of_a_promise_goes_along_when_two_promises_are_one(runtime):
    with writing(runtime.engine) as session:
        amazon, campaign = make.organization(session), make.campaign(session)
        one, other = (make.commitment(session, slug, company=amazon, campaign=campaign) for slug in ("one", "other"))
        for row, state, by in ((one, "full", "Amazon"), (other, "full", "Amazon"), (other, "broken", "Sisters")):
            view = {"state": CommitmentState(state), "on": make.on("2020-05"), "url": "https://a.example/", "by": by}
            number = 2 if by == "Sisters" else 1
            make.add(session, CommitmentView(
                commitment_id=row.id, side=Side.COMPANY, number=number, recorded_at=make.NOW, **view))  # fmt: skip
        view = {"state": CommitmentState("full"), "on": make.on("2020-06"), "url": "https://a.example/", "by": "Bob"}
        make.add(session, CommitmentView(
            commitment_id=one.id, side=Side.COMPANY, number=2, recorded_at=make.NOW, **view))  # fmt: skip
        project_all(session, clock=runtime.clock)
    told = [row.headline for row in all_of(runtime, Event) if "the commitment" in row.headline]
    assert len(told) == 4, "what a side says of a promise stands on the timeline"
    before = snapshot(runtime)
    merge(runtime, Pair("one", "other", 1, 1), {"title": Kept.KEPT}, by=ANN, why="One promise.")
    views = [(row.number, row.by) for row in all_of(runtime, CommitmentView) if row.commitment_id == 1]
    assert sorted(views) == [(1, "Amazon"), (2, "Bob"), (3, "Sisters")]
    unmerge(runtime, "other", by=ANN, why="Two promises.")
    assert snapshot(runtime) == before


def test_numbers_that_nothing_has_are_refused_in_words(archive):  # noqa: F811
    for number in (99_999, 10**30):
        with pytest.raises(MakingError, match="no organisation of this number"):
            make_draft(archive, 1, Chosen("contract", "T", "May 2018", "", frozenset(), number, 1), by=ANN)
        with pytest.raises(InputError, match="choose what goes"):
            split(archive, Parting("second", 1, "T", frozenset({f"letter_party:{number}"})), by=ANN, why=WHY)
