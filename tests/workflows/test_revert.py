"""An act is undone by a new act, exactly, with a reason; what a later act built on is not undone unseen."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests import factories as make
from tests.workflows.test_exchange import FILE
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import BallotKind, PartyRole, Relation, Role, Verdict
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correction import Correction
from tracker.models.correspondence import Letter, LetterParty, LetterQuestion
from tracker.models.decision import Decision
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, VoteCount
from tracker.models.organization import Organization
from tracker.models.revision import Revision, RevisionChange
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.store.historical import kept_columns, key_of
from tracker.store.plain import plain
from tracker.store.records import columns, tables
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.decide import Said, decide
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.revert import Undo, revert

DAY = PartialDate.parse
NUMBERS = itertools.count(1)


@pytest.fixture
def letter(runtime) -> int:
    with writing(runtime.engine) as session:
        return make.letter(session, "letter", sent="2018-05-24", campaign=make.campaign(session, "gaze")).id


def act(runtime, do, by="Ann") -> int | None:
    with writing(runtime.engine) as session, recording(session, Cause(by, runtime.clock(), "Because.")) as told:
        do(session)
    return told.number


def sent(letter: int, day: str):
    def do(session):
        session.get(Letter, letter).sent_on = DAY(day)

    return do


def stands(runtime, *parts: str) -> dict:
    """Every row of these tables with the columns that the history tells of."""
    found = {}
    with reading(runtime.engine) as session:
        for part in parts:
            table = tables()[part]
            for row in session.exec(select(table)):
                names = [key.name for key in columns(table).primary_key] + list(kept_columns(table))
                found[part, key_of(row)] = {name: plain(getattr(row, name)) for name in names}
    return found


def undo(runtime, number, *, by="Bob", why="A slip.", **more) -> int:
    return revert(runtime, Undo(number, by, why, **more))


def test_a_field_turns_back_as_a_new_act_that_names_the_one_it_undid(runtime, letter):
    number = act(runtime, sent(letter, "2018-06-01"))
    new = undo(runtime, number)
    with reading(runtime.engine) as session:
        assert session.get(Letter, letter).sent_on == DAY("2018-05-24")
        row = session.get(Revision, new)
        assert (row.reverts_id, row.made_by, row.why) == (number, "Bob", "A slip.")
        assert session.get(CampaignObject, letter).version == 3
        assert [told.made_by for told in session.exec(select(Correction))] == ["Ann", "Bob"]
        assert session.exec(select(Event.sort_day)).all() == ["2018-05-24"]
    undo(runtime, new)
    with reading(runtime.engine) as session:
        assert session.get(Letter, letter).sent_on == DAY("2018-06-01")
    assert verify(runtime).difference.touched == 0


def test_one_field_of_an_act_is_undone_and_the_rest_stays(runtime, letter):
    def both(session):
        sent(letter, "2018-06-01")(session)
        session.get(CampaignObject, letter).title = "Other"

    number = act(runtime, both)
    with reading(runtime.engine) as session:
        of_title = session.exec(select(RevisionChange.id).where(RevisionChange.field == "title")).one()
    undo(runtime, number, change_id=of_title)
    with reading(runtime.engine) as session:
        assert session.get(Letter, letter).sent_on == DAY("2018-06-01")
        assert session.get(CampaignObject, letter).title != "Other"


def test_rows_taken_out_come_back_with_their_keys_evidence_and_all_that_hung_on_them(runtime):
    import_campaign(runtime, FILE)
    parts = ("ballot_item", "vote_count", "vote_claim", "evidence", "fund_vote")
    before = stands(runtime, *parts)

    def take_out(session):
        for item in session.exec(select(BallotItem)):
            session.delete(item)
        for row in session.exec(select(tables()["evidence"])):
            session.delete(row)

    number = act(runtime, take_out)
    assert not stands(runtime, "vote_count")
    undo(runtime, number)
    assert stands(runtime, *parts) == before
    assert len(before) > 2
    assert verify(runtime).difference.touched == 0


def test_a_row_whose_key_was_given_to_another_comes_back_under_a_new_one_with_what_hangs_on_it(runtime):
    with writing(runtime.engine) as session:
        meeting = make.meeting(session, company=make.organization(session, "amazon"))
        item = make.ballot_item(session, meeting, number="6")
        make.count(session, item, 24, 900)
        meeting_id, item_id = meeting.id, item.id
    number = act(runtime, lambda session: session.delete(session.get(BallotItem, item_id)))
    with writing(runtime.engine) as session:
        session.add(BallotItem(id=item_id, meeting_id=meeting_id, number="9", ballot_kind=BallotKind.OTHER, title="x"))
    undo(runtime, number)
    with reading(runtime.engine) as session:
        again = session.exec(select(BallotItem).where(BallotItem.number == "6")).one()
        assert again.id != item_id
        assert session.exec(select(VoteCount)).one().ballot_item_id == again.id


def test_an_object_that_an_act_made_is_withdrawn_with_the_reason_and_nothing_is_deleted(runtime):
    import_campaign(runtime, FILE)
    with reading(runtime.engine) as session:
        number = session.exec(select(Revision.id)).one()
        objects = len(session.exec(select(CampaignObject)).all())
        of_letter = session.exec(
            select(RevisionChange.id).where(RevisionChange.part == "campaign_object", RevisionChange.item == "")
        ).first()
    undo(runtime, number, change_id=of_letter, why="It was never sent.")
    with reading(runtime.engine) as session:
        rows = session.exec(select(CampaignObject)).all()
        [gone] = [row for row in rows if row.state is ObjectState.WITHDRAWN]
    assert (len(rows), gone.withdrawn_reason) == (objects, "It was never sent.")


def test_a_link_decided_on_goes_back_to_what_it_was_with_the_decision(runtime):
    import_campaign(runtime, FILE)
    text = b"<html><body><p>A letter about Rekognition, and a reply to it by Amazon.</p></body></html>"
    document = add_document(runtime, Given(text, "2018-05-25", "Amazon and Rekognition", "The Example")).document.id
    parts = ("link", "decision", "document")
    before = stands(runtime, *parts)
    decide(runtime, document, Said(Verdict.ACCEPT, "Ann", "letter", relation=Relation.REPORTS_ON))
    with reading(runtime.engine) as session:
        number = session.exec(select(Revision.id).order_by(Revision.id.desc())).first()
        assert session.exec(select(Decision)).one()
    new = undo(runtime, number)
    assert {place: row for place, row in stands(runtime, *parts).items() if place in before} == before
    undo(runtime, new)
    with reading(runtime.engine) as session:
        assert session.exec(select(Decision)).one().decided_by == "Ann"
        assert any(link.decided_by == "Ann" for link in session.exec(select(Link)))
    assert verify(runtime).difference.touched == 0


# --- refused ----------------------------------------------------------------------------------------------------------


def test_what_a_later_act_changed_again_stands_in_the_way_and_nothing_is_changed(runtime, letter):
    first = act(runtime, sent(letter, "2018-06-01"))
    act(runtime, sent(letter, "2018-06-02"), by="Cleo")
    before = stands(runtime, "letter", "campaign_object", "revision")
    with pytest.raises(InputError, match=r"sent on of the letter was changed later by Cleo on .* \(act 2\)"):
        undo(runtime, first)
    assert stands(runtime, "letter", "campaign_object", "revision") == before


def test_a_row_that_others_were_hung_on_is_not_taken_out_from_under_them(runtime):
    with writing(runtime.engine) as session:
        meeting = make.meeting(session, company=make.organization(session, "amazon")).id
    number = act(
        runtime,
        lambda session: session.add(
            BallotItem(meeting_id=meeting, number="6", ballot_kind=BallotKind.SHAREHOLDER_PROPOSAL, title="Ban")
        ),
    )
    with writing(runtime.engine) as session:
        make.count(session, session.exec(select(BallotItem)).one(), 24, 900)
    with pytest.raises(InputError, match="a vote count was added to it since"):
        undo(runtime, number)
    with reading(runtime.engine) as session:
        assert session.exec(select(VoteCount)).one()


def test_an_organisation_that_something_names_is_not_taken_out(runtime):
    number = act(runtime, lambda session: make.organization(session, "amazon"))
    with writing(runtime.engine) as session:
        make.meeting(session, company=session.exec(select(Organization)).one())
    with pytest.raises(InputError, match="rest on what it did"):
        undo(runtime, number)
    with reading(runtime.engine) as session:
        assert session.exec(select(Organization)).one()


def test_who_undoes_needs_a_reason_a_name_an_act_and_the_role(runtime, letter):
    number = act(runtime, sent(letter, "2018-06-01"))
    for missing in ({"why": " "}, {"by": ""}):
        with pytest.raises(InputError, match="say who undoes it and why"):
            undo(runtime, number, **missing)
    with pytest.raises(NotFoundError, match="there is none of this number"):
        undo(runtime, 99)
    with pytest.raises(NotFoundError, match="no such change"):
        undo(runtime, number, change_id=99)
    with pytest.raises(InputError, match="it takes the role publisher"):
        undo(runtime, number, role=Role.EDITOR)
    assert undo(runtime, number, by="Ann", role=Role.EDITOR)
    with pytest.raises(InputError, match="changed later"):
        undo(runtime, number)


# --- replayed ---------------------------------------------------------------------------------------------------------

EDITS = st.lists(
    st.tuples(st.sampled_from(["date", "title", "add", "drop", "swap", "ask", "undo", "undo one"]), st.integers(0, 3)),
    min_size=1, max_size=7,
)  # fmt: skip
PARTS = ("campaign_object", "letter", "letter_party", "letter_question")


def edited(session, letter: int, what: str, number: int) -> None:
    parties = session.exec(select(LetterParty).where(LetterParty.letter_id == letter).order_by(LetterParty.id)).all()
    if what == "date":
        session.get(Letter, letter).sent_on = DAY(f"2018-06-0{number + 1}")
    elif what == "title":
        session.get(CampaignObject, letter).title = f"Title {number}"
    elif what == "add":
        session.add(LetterParty(letter_id=letter, role=PartyRole.SENDER, name=f"Party {number}"))
    elif what == "ask":
        session.add(LetterQuestion(letter_id=letter, number=next(NUMBERS), text=f"Why {number}?"))
    elif parties and what == "drop":
        session.delete(parties[number % len(parties)])
    elif parties and what == "swap":
        parties[number % len(parties)].name = f"Other {number}"


def replayed(runtime) -> dict:
    """What the history says must stand: every change, in the order in which it was written."""
    rows: dict = {}
    with reading(runtime.engine) as session:
        for told in session.exec(select(RevisionChange).order_by(RevisionChange.id)):
            place = told.part, told.row_key
            if told.field:
                rows[place][told.field] = told.after
            elif told.after is None:
                assert rows.pop(place) == told.before
            else:
                rows[place] = dict(told.after)
    return rows


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_the_history_played_again_gives_the_rows_that_stand(runtime, edits):
    slug = f"letter-{next(NUMBERS)}"
    acts = [act(runtime, lambda session: make.letter(session, slug, sent="2018-05-24"))]
    with reading(runtime.engine) as session:
        letter = session.exec(select(CampaignObject.id).where(CampaignObject.slug == slug)).one()
    for what, number in edits:
        if not what.startswith("undo"):
            before = stands(runtime, *PARTS)
            done = act(runtime, lambda session, what=what, number=number: edited(session, letter, what, number))
            if done is not None:
                acts.append(done)
                back = undo(runtime, done)
                assert stands(runtime, *PARTS) == before
                undo(runtime, back)
        elif len(acts) > 1:
            try:
                acts.append(undo(runtime, acts[1 + number % (len(acts) - 1)]))
            except InputError:
                before = stands(runtime, *PARTS)
                assert stands(runtime, *PARTS) == before
    told = {place: row for place, row in replayed(runtime).items() if place[0] in PARTS}
    assert told == stands(runtime, *PARTS)
