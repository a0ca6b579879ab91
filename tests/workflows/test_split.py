"""One object that is two: what is chosen goes to a draft of the second; merging the two undoes it."""

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.corrections import CorrectionKind
from tracker.domain.errors import ConflictError, InputError
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correction import Correction
from tracker.models.correspondence import Letter, LetterParty, LetterQuestion
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store import parted
from tracker.store.engine import reading, writing
from tracker.workflows.merge import Pair, Side, merge
from tracker.workflows.project import project_all, verify
from tracker.workflows.split import Parting, split

ANN, WHY = "Ann", "Two letters of one week."


@pytest.fixture
def archive(runtime):
    """A letter that has the questions and the senders of two."""
    with writing(runtime.engine) as session:
        amazon, sisters, union = (make.organization(session, slug) for slug in ("amazon", "sisters", "union"))
        row = make.letter(session, "letter", senders=[sisters, union], recipients=[amazon],
                          campaign=make.campaign(session), questions=["Who buys?", "How accurate?"])  # fmt: skip
        make.evidence(session, row.id, "sent_on", "24 May")
        make.link(session, make.document(session, "The union writes"), row.id)
        project_all(session, clock=runtime.clock)
    return runtime


def all_of(runtime, table):
    with reading(runtime.engine) as session:
        return list(session.exec(select(table).order_by(table.id)))


def keys(runtime, *words):
    with reading(runtime.engine) as session:
        return frozenset(one.key for one in parted.pieces(session, 1) if any(word in one.words for word in words))


def test_what_is_chosen_goes_to_a_draft_that_says_the_rest_as_well(archive):
    going = keys(archive, "Union", "How accurate?", "The union writes")
    slug = split(archive, Parting("letter", 1, "The union to Amazon", going), by=ANN, why=WHY)
    one, other = all_of(archive, CampaignObject)
    assert (other.slug, other.state, one.version) == (slug, ObjectState.DRAFT, 2)
    assert [row.name for row in all_of(archive, LetterParty) if row.letter_id == other.id] == ["Union"]
    assert [row.text for row in all_of(archive, LetterQuestion) if row.letter_id == other.id] == ["How accurate?"]
    assert [row.object_id for row in all_of(archive, Link)] == [other.id]
    assert {str(row.sent_on) for row in all_of(archive, Letter)} == {"2018-05-24"}
    assert [row.object_id for row in all_of(archive, Evidence)] == [one.id, other.id]
    assert [row.headline for row in all_of(archive, Event)] == ["Letter sent: Letter"]
    assert verify(archive).difference.touched == 0


def test_readers_are_told_what_the_first_no_longer_has(archive):
    going = keys(archive, "Union", "The union writes")
    split(archive, Parting("letter", 1, "The union to Amazon", going), by=ANN, why=WHY)
    told = [(row.kind, row.part, row.why) for row in all_of(archive, Correction)]
    assert told == [(CorrectionKind.TAKEN_OUT, "letter_party", WHY), (CorrectionKind.UNLINKED, "", WHY)]


def test_merging_the_two_puts_them_together_again(archive):
    names = {row.name for row in all_of(archive, LetterParty)}
    slug = split(archive, Parting("letter", 1, "Union", keys(archive, "Union", "The union writes")), by=ANN, why=WHY)
    merge(archive, Pair("letter", slug, 2, 1), {"title": Side.KEPT}, by=ANN, why="one after all")
    assert {row.name for row in all_of(archive, LetterParty) if row.letter_id == 1} == names
    assert [row.object_id for row in all_of(archive, Link)] == [1]


@pytest.mark.parametrize(
    ("parting", "why", "error", "said"),
    [
        (Parting("letter", 1, " ", frozenset({"letter_party:1"})), WHY, InputError, "what the second one is called"),
        (Parting("letter", 1, "T", frozenset({"letter_party:1"})), "", InputError, "why they are two"),
        (Parting("letter", 1, "T", frozenset()), WHY, InputError, "choose what goes"),
        (Parting("letter", 1, "T", frozenset({"account:1", "letter_party:x"})), WHY, InputError, "choose what goes"),
        (Parting("letter", 4, "T", frozenset({"letter_party:1"})), WHY, ConflictError, "changed it"),
    ],
)
def test_what_cannot_be_split_is_said_and_nothing_is_made(archive, parting, why, error, said):
    with pytest.raises(error, match=said):
        split(archive, parting, by=ANN, why=why)
    assert len(all_of(archive, CampaignObject)) == 1
