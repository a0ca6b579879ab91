"""Undoing puts back exactly what stood, whatever was decided and undone before; what is stale is refused."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests import factories as make
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.review_token import Shown
from tracker.domain.vocab import EventType, LinkState, Relation, Verdict
from tracker.models.base import CampaignObject
from tracker.models.campaign import CampaignMembership
from tracker.models.decision import Decision
from tracker.models.document import Document
from tracker.models.event import Event, EventSource
from tracker.models.link import Link
from tracker.settings import Settings
from tracker.store import decisions
from tracker.store.engine import reading, writing
from tracker.workflows.decide import Said, decide, decide_all
from tracker.workflows.project import project_all, verify
from tracker.workflows.runtime import Runtime
from tracker.workflows.stale import shown_now
from tracker.workflows.undo_decision import undo

ANN, BOB = "Ann", "Bob"
SLUGS = ("letter-one", "letter-two", "untied")


@pytest.fixture
def archive(engine):
    """A document with one suggested and one confirmed link, and a letter that it is not tied to."""
    with writing(engine) as session:
        campaign = make.campaign(session)
        letters = [make.letter(session, slug, sent="2019-05-20") for slug in SLUGS]
        session.add_all(CampaignMembership(campaign_id=campaign.id, object_id=letter.id) for letter in letters)
        document = make.document(session)
        make.link(session, document, letters[0].id, state=LinkState.SUGGESTED, relation=Relation.RESPONDS_TO, score=0.5)
        make.link(session, document, letters[1].id, relation=Relation.CITES)
        project_all(session, clock=lambda: make.NOW)
    ticks = count()
    return Runtime(Settings(), engine, clock=lambda: make.NOW.replace(microsecond=next(ticks) % 1_000_000))


def stands(runtime):
    """Return all that a decision may change."""
    with reading(runtime.engine) as session:
        links = [row.model_dump(exclude={"id"}) for row in session.exec(select(Link).order_by(Link.object_id))]
        documents = [row.model_dump() for row in session.exec(select(Document))]
        events = [row.model_dump() for row in session.exec(select(Event).order_by(Event.id))]
        sources = sorted(tuple(row.model_dump().values()) for row in session.exec(select(EventSource)))
    return links, documents, events, sources


def document_of(runtime):
    with reading(runtime.engine) as session:
        return session.exec(select(Document)).one()


SAID = st.one_of(
    st.builds(
        lambda verdict, slug: Said(verdict, ANN, slug),
        st.sampled_from([Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE]), st.sampled_from(SLUGS),
    ),
    st.builds(
        lambda slug, relation: Said(Verdict.WRONG_RELATION, ANN, slug, relation), st.sampled_from(SLUGS),
        st.sampled_from([Relation.REPORTS_ON, Relation.MENTIONS]),
    ),
    st.builds(
        lambda kind: Said(Verdict.EVENT_TYPE, ANN, event_type=kind),
        st.sampled_from([EventType.HEARING, EventType.LETTER_SENT]),
    ),
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(SAID, st.none()), min_size=1, max_size=7))
def test_each_undoing_restores_what_stood_before_its_decision(archive, steps):
    """None among the steps undoes the last decision; at the end all that are left are undone, the last first."""
    begin, before = stands(archive), []
    for step in [*steps, *[None] * len(steps)]:
        if step is not None:
            before.append((stands(archive), decide(archive, document_of(archive).id, step).id))
        elif before:
            stood, decision = before.pop()
            undo(archive, decision, ANN)
            assert stands(archive) == stood
    assert stands(archive) == begin
    assert verify(archive).difference.touched == 0


def test_a_decision_that_is_not_the_last_of_all_can_be_undone_as_long_as_it_is_the_last_of_its_link(archive):
    document = document_of(archive).id
    first = decide(archive, document, Said(Verdict.ACCEPT, ANN, "letter-one"))
    decide(archive, document, Said(Verdict.REJECT, ANN, "letter-two"))
    undo(archive, first.id, ANN)
    links, *_ = stands(archive)
    assert [row["state"] for row in links] == [LinkState.SUGGESTED, LinkState.REJECTED]


def test_what_another_decided_since_is_not_undone_over_their_head(archive):
    document = document_of(archive).id
    first = decide(archive, document, Said(Verdict.ACCEPT, ANN, "letter-one"))
    decide(archive, document, Said(Verdict.REJECT, BOB, "letter-one"))
    before = stands(archive)
    with pytest.raises(ConflictError, match="Bob decided on the same since"):
        undo(archive, first.id, ANN)
    assert stands(archive) == before


def test_only_ones_own_decisions_are_undone_and_each_once(archive):
    made = decide(archive, document_of(archive).id, Said(Verdict.ACCEPT, ANN, "letter-one"))
    with pytest.raises(InputError, match="Ann made it"):
        undo(archive, made.id, BOB)
    undoing = undo(archive, made.id, ANN)
    with pytest.raises(ConflictError, match="undone already"):
        undo(archive, made.id, ANN)
    with pytest.raises(InputError, match="no way back"):
        undo(archive, undoing.id, ANN)
    with pytest.raises(NotFoundError, match="decision 999"):
        undo(archive, 999, ANN)


def test_what_was_undone_is_no_last_word_and_nothing_is_learned_of_it(archive):
    document = document_of(archive).id
    made = decide(archive, document, Said(Verdict.REJECT, ANN, "letter-one"))
    undo(archive, made.id, ANN)
    with reading(archive.engine) as session:
        assert decisions.of_document(session, document) == []
        assert decisions.decided(session, most=10) == []
        assert len(session.exec(select(Decision)).all()) == 2


def test_of_two_who_saw_the_same_the_second_is_told_who_was_first(archive):
    document = document_of(archive)
    with reading(archive.engine) as session:
        shown = shown_now(session, document)
    decide_all(archive, document.id, [Said(Verdict.ACCEPT, ANN, "letter-one")], shown)
    before = stands(archive)
    both = [Said(Verdict.REJECT, BOB, "letter-two"), Said(Verdict.REJECT, BOB, "letter-one")]
    with pytest.raises(ConflictError, match=r"Ann accepted “responds to .*” at \d\d:\d\d UTC"):
        decide_all(archive, document.id, both, shown)
    assert stands(archive) == before
    decide_all(archive, document.id, both[:1], shown)
    assert stands(archive) != before


def test_a_link_to_what_was_merged_away_is_refused(archive):
    with writing(archive.engine) as session:
        one, other = (
            session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one() for slug in SLUGS[:2]
        )
        one.merged_into_id = other.id
    with pytest.raises(InputError, match="it was merged into another; decide on the link to that one"):
        decide(archive, document_of(archive).id, Said(Verdict.ACCEPT, ANN, SLUGS[0]))


def test_a_new_version_or_another_event_type_makes_a_decision_stale(archive):
    document = document_of(archive)
    with reading(archive.engine) as session:
        shown = shown_now(session, document)
    decide(archive, document.id, Said(Verdict.EVENT_TYPE, BOB, event_type=EventType.HEARING))
    with pytest.raises(ConflictError, match="said to be “hearing”"):
        decide_all(archive, document.id, [Said(Verdict.EVENT_TYPE, ANN, event_type=EventType.OTHER)], shown)
    with writing(archive.engine) as session:
        session.get_one(Document, document.id).version_count += 1
    with pytest.raises(ConflictError, match="has changed since the page was opened"):
        decide_all(archive, document.id, [Said(Verdict.ACCEPT, ANN, "letter-one")], shown)


def test_what_was_shown_travels_as_text():
    shown = Shown(3, "hearing", {4: ("suggested", "cites", ""), 5: ("confirmed", "files", "Zoë “Z” O'Neil")})
    assert Shown.read(shown.text()) == shown


@pytest.mark.parametrize(
    "text", ["", "[]", "[1]", '[1,"x",3]', '[1,"x",{"a":["b","c","d"]}]', '[1,"",{"1":["a"]}]', "[" * 9999]
)
def test_what_no_page_of_ours_wrote_is_refused(text):
    with pytest.raises(InputError, match="open the page again"):
        Shown.read(text)


def test_of_two_who_decide_in_one_moment_one_is_kept_and_the_other_told(archive):
    document = document_of(archive)
    with reading(archive.engine) as session:
        shown = shown_now(session, document)
    start = Barrier(2)

    def say(name, verdict):
        start.wait()
        try:
            decide_all(archive, document.id, [Said(verdict, name, "letter-one")], shown)
        except ConflictError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(2) as both:
        told = list(both.map(say, (ANN, BOB), (Verdict.ACCEPT, Verdict.REJECT)))
    assert sorted(map(bool, told)) == [False, True]
    winner = ANN if not told[0] else BOB
    links, *_ = stands(archive)
    assert links[0]["decided_by"] == winner
    assert winner in max(told, key=len)
    with reading(archive.engine) as session:
        assert len(session.exec(select(Decision)).all()) == 1
