"""Two objects that are one: all that hangs on either hangs on the one that stays, once; and it can be undone."""

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain import vocab
from tracker.domain.corrections import CorrectionKind
from tracker.domain.errors import ConflictError, InputError
from tracker.models import metadata
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.calendar_entry import CalendarEntry
from tracker.models.campaign import CampaignMembership
from tracker.models.correction import Correction
from tracker.models.correspondence import Answer, Letter, LetterParty, LetterQuestion, QuestionAssessment
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, FundVote, VoteCount
from tracker.models.subscriber import Follow, Subscriber
from tracker.store import moving, permalinks
from tracker.store.engine import reading, writing
from tracker.store.historical import PARTS
from tracker.workflows.merge import Pair, Side, UndecidedError, merge, unmerge
from tracker.workflows.project import project_all, verify
from tracker.workflows.publish_calendar import publish_calendar

ANN, WHY = "Ann", "The same letter, filed twice."
LETTERS = Pair("first", "second", 1, 1)
GONE = {"sent_on": Side.GONE, "title": Side.KEPT}


@pytest.fixture
def archive(runtime):
    """One letter filed twice, each with things that the other has not; the second was answered."""
    with writing(runtime.engine) as session:
        amazon, sisters, union = (make.organization(session, slug) for slug in ("amazon", "sisters", "union"))
        campaign, other = make.campaign(session), make.campaign(session, "other")
        first = make.letter(session, "first", sent="2018-05", senders=[sisters], recipients=[amazon],
                            questions=["Who buys?", "At what price?"], campaign=campaign,
                            title="Sisters to Amazon")  # fmt: skip
        second = make.letter(session, "second", sent="2018-05-24", respond_by="2026-12-20", senders=[sisters, union],
                             recipients=[amazon], questions=["Who  buys?", "How accurate?"], campaign=other,
                             title="A letter to Amazon")  # fmt: skip
        make.letter(session, "again", sent="2019-01", reasks=second.id, campaign=campaign)
        grades = {(second.id, 1): vocab.AnswerGrade.FULL, (second.id, 2): vocab.AnswerGrade.NOT}
        make.response(session, company=amazon, answers={second.id: vocab.ResponseState.DECLINED}, grades=grades)
        make.evidence(session, first.id, "sent_on", "May 2018")
        make.evidence(session, second.id, "sent_on", "24 May 2018", url="https://sisters.example/letter")
        both, only = make.document(session, "Told of both"), make.document(session, "Told of the second")
        make.link(session, both, first.id, state=vocab.LinkState.SUGGESTED)
        make.link(session, both, second.id)
        make.link(session, only, second.id)
        reader = make.add(session, Subscriber(email="a@example.org", token="t", joined_at=make.NOW))
        make.add(session, Follow(subscriber_id=reader.id, object_id=second.id))
        project_all(session, clock=runtime.clock)
    publish_calendar(runtime)
    return runtime


def all_of(runtime, table):
    with reading(runtime.engine) as session:
        return list(session.exec(select(table)))


def numbers(runtime):
    return {row.slug: row.id for row in all_of(runtime, CampaignObject)}


def snapshot(runtime):
    """Return every row of every table that a merge may touch, but for versions and moments."""
    left_out = {"version", "updated_at", "sequence", "changed_at"}
    with reading(runtime.engine) as session:
        return {
            table.name: [
                {name: value for name, value in row._mapping.items() if name not in left_out}
                for row in session.connection().execute(table.select().order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
            if table.name not in {"merge", "correction", "calendar_entry", "summary", "first_known"}
            and not table.name.startswith(("search", "revision"))
        }


def hanging(runtime, table, column, slug="first"):
    number = numbers(runtime)[slug]
    return [row for row in all_of(runtime, table) if getattr(row, column) == number]


def test_what_hangs_on_either_hangs_on_the_one_that_stays_and_nothing_twice(archive):
    done = merge(archive, LETTERS, GONE, by=ANN, why=WHY)
    assert done.doubles == 4  # the sender, the recipient, a question, a link
    parties = {(row.role.value, row.name) for row in hanging(archive, LetterParty, "letter_id")}
    assert parties == {("sender", "Sisters"), ("sender", "Union"), ("recipient", "Amazon")}
    questions = {(row.number, row.text) for row in hanging(archive, LetterQuestion, "letter_id")}
    assert questions == {(1, "Who buys?"), (2, "At what price?"), (3, "How accurate?")}
    assert [row.assessment for row in hanging(archive, Answer, "object_id")] == [vocab.ResponseState.DECLINED]
    graded = {row.question_id for row in all_of(archive, QuestionAssessment)}
    assert graded <= {row.id for row in hanging(archive, LetterQuestion, "letter_id")}
    assert {row.state for row in hanging(archive, Link, "object_id")} == {vocab.LinkState.CONFIRMED}
    assert len(hanging(archive, Link, "object_id")) == 2
    assert len(hanging(archive, Follow, "object_id")) == 1
    assert len(hanging(archive, CampaignMembership, "object_id")) == 2
    assert [row.id for row in hanging(archive, Letter, "reasks_id")] == [numbers(archive)["again"]]


def test_the_chosen_value_stays_and_both_stay_as_evidence_with_the_reason(archive):
    merge(archive, LETTERS, GONE, by=ANN, why=WHY)
    [letter] = [row for row in all_of(archive, Letter) if row.id == numbers(archive)["first"]]
    assert (str(letter.sent_on), str(letter.respond_by)) == ("2018-05-24", "2026-12-20")
    rows = {row.value: (row.chosen, row.note) for row in hanging(archive, Evidence, "object_id")}
    assert rows == {"May 2018": (False, f"Set aside in a merge: {WHY}"), "24 May 2018": (True, "")}
    [kept] = [row for row in all_of(archive, CampaignObject) if row.slug == "first"]
    assert (kept.title, kept.aliases) == ("Sisters to Amazon", ["A letter to Amazon"])


def test_a_merge_is_told_as_one_and_the_changed_date_as_made_exact(archive):
    merge(archive, LETTERS, GONE, by=ANN, why=WHY)
    told = [(row.kind, row.field, row.before, row.after, row.why) for row in all_of(archive, Correction)]
    assert sorted(told) == [
        (CorrectionKind.MADE_EXACT, "sent_on", "2018-05", "2018-05-24", WHY),
        (CorrectionKind.MERGED, "merged_into_id", "", "Sisters to Amazon", WHY),
    ]


def test_addresses_of_the_object_and_of_its_rows_lead_on_over_several_merges(archive):
    with reading(archive.engine) as session:
        rows = {row.object_id: row.id for row in session.exec(select(Event)) if row.key.endswith(":sent")}
    ids = numbers(archive)
    merge(archive, LETTERS, GONE, by=ANN, why=WHY)
    versions = [
        row.version for slug in ("again", "first") for row in all_of(archive, CampaignObject) if row.slug == slug
    ]
    merge(archive, Pair("again", "first", *versions),
          {"sent_on": Side.KEPT, "title": Side.KEPT}, by=ANN, why=WHY)  # fmt: skip
    with reading(archive.engine) as session:
        ended = permalinks.ended(session, "letter", "second")
        assert ended is not None
        assert (ended.slug, ended.shown) == ("again", True)
        assert permalinks.event_now(session, rows[ids["second"]]) == rows[ids["again"]]
    assert verify(archive).difference.touched == 0


def test_a_date_in_the_calendars_goes_on_under_the_name_that_stays(archive):
    with writing(archive.engine) as session:
        for table in (QuestionAssessment, Answer):
            for row in session.exec(select(table)):
                session.delete(row)
    publish_calendar(archive)
    merge(archive, LETTERS, GONE, by=ANN, why=WHY)
    entries = {row.key: row.cancelled for row in all_of(archive, CalendarEntry)}
    assert entries == {"letter:first:answer": False, "letter:second:answer": True}


def test_an_undone_merge_leaves_everything_as_it_was(archive):
    before = snapshot(archive)
    merge(archive, LETTERS, GONE, by=ANN, why=WHY)
    assert unmerge(archive, "second", by="Ben", why="Two letters of one week.") == 0
    after = snapshot(archive)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    told = [row.kind for row in all_of(archive, Correction)]
    assert told.count(CorrectionKind.SHOWN_AGAIN) == 1
    assert verify(archive).difference.touched == 0
    with pytest.raises(InputError, match="was not merged here"):
        unmerge(archive, "second", by="Ben", why="again")


def test_what_was_built_on_a_merge_stays_when_it_is_undone(archive):
    merge(archive, LETTERS, GONE, by=ANN, why=WHY)
    with writing(archive.engine) as session:
        session.get_one(Letter, numbers(archive)["first"]).sent_on = make.on("2018-05-26")
    assert unmerge(archive, "second", by="Ben", why="Two letters.") == 1
    [letter] = [row for row in all_of(archive, Letter) if row.id == numbers(archive)["first"]]
    assert str(letter.sent_on) == "2018-05-26"


def test_of_two_meetings_votes_are_kept_once_and_those_of_one_alone_move(runtime):
    with writing(runtime.engine) as session:
        amazon = make.organization(session)
        one = make.meeting(session, "one", company=amazon, title="Annual meeting")
        other = make.meeting(session, "other", company=amazon, title="Annual meeting", proxy_filed="2019-04-11")
        ours = make.resolution(session, company=amazon)
        bare = make.ballot_item(session, one, number="6")
        full = make.ballot_item(session, other, number="6", resolution=ours)
        further = make.ballot_item(session, other, number="7")
        make.count(session, bare, votes_for=10, votes_against=90)
        make.count(session, full, votes_for=10, votes_against=90)
        make.fund_vote(session, full, "Fund", vocab.FundDecision.FOR)
        ids = [row.id for row in (bare, full, further)]
    merge(runtime, Pair("one", "other", 1, 1), {}, by=ANN, why="one meeting")
    items = hanging(runtime, BallotItem, "meeting_id", "one")
    assert [row.id for row in items] == [ids[0], ids[2]]
    assert items[0].resolution_id == numbers(runtime)["amazon-2019-study"]
    assert [row.ballot_item_id for row in all_of(runtime, VoteCount)] == [ids[0], ids[1]]
    assert [row.ballot_item_id for row in all_of(runtime, FundVote)] == [ids[0]]


@pytest.mark.parametrize(
    ("pair", "choices", "said", "error"),
    [
        (LETTERS, {}, "say which value stays for: title, sent on", UndecidedError),
        (Pair("first", "first", 1, 1), {}, "one already", InputError),
        (Pair("first", "amazon-replies", 1, 1), {}, "one is a company response, the other a letter", InputError),
        (Pair("first", "second", 1, 9), GONE, "somebody changed it", ConflictError),
        (Pair("hidden", "second", 1, 1), GONE, "keep that one instead", InputError),
    ],
)
def test_what_cannot_be_merged_is_said_and_nothing_moves(archive, pair, choices, said, error):
    with writing(archive.engine) as session:
        make.letter(session, "hidden", state=ObjectState.DRAFT)
    before = snapshot(archive)
    with pytest.raises(error, match=said):
        merge(archive, pair, choices, by=ANN, why=WHY)
    assert snapshot(archive) == before
    with pytest.raises(InputError, match="say why"):
        merge(archive, pair, choices, by=ANN, why=" ")


def test_every_table_of_facts_says_by_what_two_of_its_rows_are_one():
    assert {str(table.__tablename__) for table in PARTS} <= moving.TWINS.keys()
