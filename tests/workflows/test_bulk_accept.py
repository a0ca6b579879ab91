"""Many suggestions accepted at once: each with a decision of its own, none lost, none twice, undone as one act."""

from collections import Counter
from itertools import count

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import DocumentState, LinkState, Relation, Verdict
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.bulk import BulkMember
from tracker.models.campaign import CampaignMembership
from tracker.models.decision import Decision
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.settings import Settings
from tracker.store import bulk_acts
from tracker.store.bulk_acts import Asked
from tracker.store.engine import reading, writing
from tracker.workflows import bulk_accept
from tracker.workflows.decide import Said, decide
from tracker.workflows.project import project_all, verify
from tracker.workflows.runtime import Runtime

ANN, BOB = "Ann", "Bob"
DOCUMENTS = 24
HIGH = Asked("rule:score", 0.75, 1.01)


@pytest.fixture
def archive(engine):
    """Twenty-four documents, each with a suggestion of one rule, two of a low score; the last is of another rule."""
    with writing(engine) as session:
        campaign = make.campaign(session)
        letter = make.letter(session, "letter-one", sent="2019-05-20")
        session.add(CampaignMembership(campaign_id=campaign.id, object_id=letter.id))
        for number in range(DOCUMENTS):
            document = make.document(session, f"Story {number}", url=f"https://example.org/{number}")
            row = make.link(
                session, document, letter.id, state=LinkState.SUGGESTED, relation=Relation.REPORTS_ON,
                score=0.6 if number % 12 == 1 else 0.9,
            )  # fmt: skip
            row.made_by = "rule:address" if number == DOCUMENTS - 1 else "rule:score"
        project_all(session, clock=lambda: make.NOW)
    ticks = count()
    return Runtime(Settings(), engine, clock=lambda: make.NOW.replace(microsecond=next(ticks) % 1_000_000))


def states(runtime):
    with reading(runtime.engine) as session:
        return Counter(row.state for row in session.exec(select(Link)))


def decided(runtime):
    """Return how many decisions there are on each link, and of which kinds."""
    with reading(runtime.engine) as session:
        rows = session.exec(select(Decision)).all()
    return Counter((row.document_id, row.object_id) for row in rows), Counter(row.verdict for row in rows)


def progress(runtime, act_id):
    with reading(runtime.engine) as session:
        return bulk_acts.progress(session, [act_id])[act_id]


def wait(runtime, asked=HIGH):
    with reading(runtime.engine) as session:
        return bulk_acts.count(session, asked)


def test_every_link_of_the_band_is_accepted_once_and_no_other(archive):
    number = wait(archive)
    act = bulk_accept.begin(archive, HIGH, confirmed=f"{number:,}", by=ANN)
    assert decided(archive) == (Counter(), Counter())
    assert bulk_accept.carry_on(archive, act)
    assert bulk_accept.carry_on(archive, act)
    by_link, verdicts = decided(archive)
    assert verdicts == {Verdict.ACCEPT: number}
    assert set(by_link.values()) == {1}
    assert states(archive) == {LinkState.CONFIRMED: number, LinkState.SUGGESTED: DOCUMENTS - number}
    assert progress(archive, act).decided == number
    assert verify(archive).difference.touched == 0


def test_an_act_that_was_ended_half_way_goes_on_where_it_stopped(archive):
    number = wait(archive)
    act = bulk_accept.begin(archive, HIGH, confirmed=str(number), by=ANN)

    class EndedError(Exception):
        pass

    ticks = count()

    def clock():
        if next(ticks) > 2:  # within the second batch, after decisions were written
            raise EndedError
        return make.NOW

    with pytest.raises(EndedError):
        bulk_accept.carry_on(Runtime(Settings(), archive.engine, clock=clock), act)
    assert 0 < sum(decided(archive)[0].values()) < number
    assert sum(decided(archive)[0].values()) == states(archive)[LinkState.CONFIRMED] == progress(archive, act).decided
    assert bulk_accept.carry_on_all(archive) == "1 act carried on"
    by_link, verdicts = decided(archive)
    assert set(by_link.values()) == {1}
    assert verdicts == {Verdict.ACCEPT: number}
    assert bulk_accept.carry_on_all(archive) == "0 acts carried on"


def test_the_whole_act_is_undone_link_by_link_and_what_others_decided_since_stays(archive):
    number = wait(archive)
    before = states(archive)
    act = bulk_accept.begin(archive, HIGH, confirmed=str(number), by=ANN)
    bulk_accept.carry_on(archive, act)
    decide(archive, 1, Said(Verdict.REJECT, BOB, "letter-one"))
    with pytest.raises(InputError, match="Ann did this"):
        bulk_accept.undo(archive, act, by=BOB)
    bulk_accept.undo(archive, act, by=BOB, of_others=True)
    assert bulk_accept.carry_on(archive, act)
    assert states(archive) == {**before, LinkState.SUGGESTED: DOCUMENTS - 1, LinkState.REJECTED: 1}
    found = progress(archive, act)
    assert (found.undone, found.stay, found.to_undo) == (number - 1, 1, 0)
    with reading(archive.engine) as session:
        [kept] = bulk_acts.not_done(session, act)
    assert "Bob decided on the same since" in kept.member.stays
    with pytest.raises(ConflictError, match="Bob has undone this"):
        bulk_accept.undo(archive, act, by=ANN)
    assert verify(archive).difference.touched == 0


def test_an_act_that_is_undone_half_way_decides_no_more(archive):
    act = bulk_accept.begin(archive, HIGH, confirmed=str(wait(archive)), by=ANN)
    bulk_accept.undo(archive, act, by=ANN)
    assert bulk_accept.carry_on(archive, act)
    assert decided(archive) == (Counter(), Counter())


def test_what_changed_after_the_count_is_left_out_and_the_act_says_why(archive):
    number = wait(archive)
    act = bulk_accept.begin(archive, HIGH, confirmed=str(number), by=ANN)
    decide(archive, 1, Said(Verdict.REJECT, BOB, "letter-one"))
    with writing(archive.engine) as session:
        session.exec(select(Link).where(Link.document_id == 3)).one().score = 0.8
        session.delete(session.exec(select(Link).where(Link.document_id == 4)).one())
    bulk_accept.carry_on(archive, act)
    with reading(archive.engine) as session:
        said = {row.member.document_id: row.member.left_out for row in bulk_acts.not_done(session, act)}
    assert said == {
        1: "Bob had rejected it meanwhile.",
        3: "The suggestion changed meanwhile.",
        4: "The suggestion was withdrawn meanwhile.",
    }
    assert progress(archive, act).decided == number - 3
    assert states(archive)[LinkState.REJECTED] == 1


@pytest.mark.parametrize(
    ("asked", "typed", "said"),
    [
        (HIGH, "", "Type the number"),
        (HIGH, "all", "Type the number"),
        (HIGH, "7", r"You typed 7; \d+ wait"),
        (Asked("rule:score", 0.2, 0.4), "1", "from 0.50 up"),
        (Asked("rule:score", 0.9, 0.8), "1", "from 0.50 up"),
        (Asked("reader: voting_results", 0.9, 1.0), "1", "whose suggestions"),
        (Asked("rule:unheard", 0.9, 1.0), "1", "Nothing waits here"),
    ],
)
def test_a_count_that_is_not_the_one_that_waits_is_refused(archive, asked, typed, said):
    with pytest.raises((InputError, ConflictError), match=said):
        bulk_accept.begin(archive, asked, confirmed=typed, by=ANN)
    with reading(archive.engine) as session:
        assert session.exec(select(BulkMember)).all() == []


def test_an_act_that_there_is_not_is_told(archive):
    with pytest.raises(NotFoundError, match="No act has the number 9"):
        bulk_accept.carry_on(archive, 9)


def test_a_sample_is_spread_over_the_scores_the_least_certain_first(archive):
    with reading(archive.engine) as session:
        found = bulk_acts.sample(session, Asked("rule:score", 0.5, 1.01), 5)
        assert bulk_acts.rules(session) == [("rule:score", DOCUMENTS - 1), ("rule:address", 1)]
    assert len(found) == 5
    assert [row.link.score for row in found] == sorted(row.link.score for row in found)
    assert found[0].link.score == 0.6


def test_what_was_set_aside_or_withdrawn_after_the_count_is_left_out(archive):
    act = bulk_accept.begin(archive, HIGH, confirmed=str(wait(archive)), by=ANN)
    with writing(archive.engine) as session:
        session.exec(select(Document)).first().state = DocumentState.SCREENED
    first = progress(archive, act)
    with writing(archive.engine) as session:
        session.exec(select(CampaignObject).where(CampaignObject.slug == "letter-one")).one().state = ObjectState.DRAFT
    bulk_accept.carry_on(archive, act)
    after = progress(archive, act)
    assert (after.decided, after.left_out) == (0, first.waiting)
    with reading(archive.engine) as session:
        told = {row.member.left_out for row in bulk_acts.not_done(session, act)}
    assert told == {"The document was set aside meanwhile.", "What it is tied to is not shown any more."}
