"""Links: a rule's suggestions follow the document, a person's decision stays."""

from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from sqlmodel import select

from tests import factories
from tests.factories import NOW
from tracker.domain.verdicts import Proposal
from tracker.domain.vocab import LinkState, Relation
from tracker.models.link import Link
from tracker.store import links
from tracker.store.engine import create_engine, reading
from tracker.store.links import Suggested

LATER = NOW + timedelta(days=1)


def proposal(object_id: int, *, score: float = 0.8, confirmed: bool = False, why: str = "because") -> Proposal:
    return Proposal(object_id, Relation.REPORTS_ON, score, confirmed, [{"text": why}], why, "rule:linker-1")


@pytest.fixture
def document(session):
    return factories.document(session)


@pytest.fixture
def objects(session):
    return [factories.spine(session, "letter", f"letter-{number}") for number in range(3)]


def suggest(session, document, *proposals: Proposal, now=NOW) -> Suggested:
    return links.suggest(session, document.id, proposals, now)


def found(session) -> dict[int, Link]:
    return {row.object_id: row for row in session.exec(select(Link))}


def decide(session, object_id: int, state: LinkState) -> Link:
    row = found(session)[object_id]
    row.state, row.decided_by, row.decided_at = state, "editor@example.org", NOW
    session.flush()
    return row


def test_suggestions_are_written_with_their_reasons_and_counted(session, document, objects):
    done = suggest(session, document, proposal(objects[0]), proposal(objects[1], confirmed=True, score=0.99))
    assert done == Suggested(suggested=1, confirmed=1)
    one, other, *_ = [found(session)[key] for key in objects[:2]]
    assert (one.state, one.decided_at, one.decided_by, one.why) == (LinkState.SUGGESTED, None, "", "because")
    assert (other.state, other.decided_at, other.decided_by) == (LinkState.CONFIRMED, NOW, "rule:linker-1")
    assert one.reasons == [{"text": "because"}]


def test_the_same_suggestions_again_change_nothing(session, document, objects):
    given = [proposal(objects[0]), proposal(objects[1], confirmed=True)]
    suggest(session, document, *given)
    before = {key: row.model_dump() for key, row in found(session).items()}
    assert suggest(session, document, *given, now=LATER) == Suggested()
    assert {key: row.model_dump() for key, row in found(session).items()} == before


def test_a_changed_document_is_suggested_anew_and_what_nothing_speaks_for_goes(session, document, objects):
    suggest(session, document, proposal(objects[0], score=0.6), proposal(objects[1], confirmed=True))
    assert suggest(
        session, document, proposal(objects[0], confirmed=True), proposal(objects[2]), now=LATER
    ) == Suggested(suggested=1)
    rows = found(session)
    assert set(rows) == {objects[0], objects[2]}
    assert (rows[objects[0]].state, rows[objects[0]].decided_at, rows[objects[0]].created_at) == (
        LinkState.CONFIRMED,
        LATER,
        NOW,
    )


def test_a_rules_own_confirmation_is_taken_back_when_the_rule_is_no_longer_sure(session, document, objects):
    suggest(session, document, proposal(objects[0], confirmed=True))
    suggest(session, document, proposal(objects[0], score=0.5), now=LATER)
    row = found(session)[objects[0]]
    assert (row.state, row.decided_at, row.decided_by, row.score) == (LinkState.SUGGESTED, None, "", 0.5)


@pytest.mark.parametrize("state", [LinkState.CONFIRMED, LinkState.REJECTED])
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_persons_decision_is_never_overwritten(session, document, objects, state, confirmed):
    suggest(session, document, proposal(objects[0]))
    before = decide(session, objects[0], state).model_dump()
    assert suggest(session, document, proposal(objects[0], confirmed=confirmed, score=0.1), now=LATER) == Suggested()
    assert found(session)[objects[0]].model_dump() == before
    suggest(session, document, now=LATER)
    assert found(session)[objects[0]].model_dump() == before


def test_other_documents_links_are_left_alone(session, document, objects):
    other = factories.document(session, url="https://other.example/")
    suggest(session, other, proposal(objects[0]))
    suggest(session, document, proposal(objects[0]))
    suggest(session, document)
    assert [row.document_id for row in session.exec(select(Link))] == [other.id]


STEPS = st.lists(
    st.one_of(
        st.dictionaries(st.integers(0, 2), st.booleans()).map(lambda given: ("suggest", given)),
        st.tuples(st.integers(0, 2), st.sampled_from([LinkState.CONFIRMED, LinkState.REJECTED])).map(
            lambda given: ("decide", given)
        ),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def empty(sqlite_template):
    copy = sqlite_template.with_name("links.db")
    copy.write_bytes(sqlite_template.read_bytes())
    engine = create_engine(f"sqlite:///{copy}")
    yield engine
    engine.dispose()


@settings(max_examples=40)
@given(steps=STEPS)
def test_whatever_is_suggested_and_decided_in_turn_decisions_stand_and_the_rest_is_the_last_suggestion(empty, steps):
    with reading(empty) as session:
        document = factories.document(session)
        objects = [factories.spine(session, "letter", f"letter-{number}") for number in range(3)]
        decided: dict[int, LinkState] = {}
        last: dict[int, bool] = {}
        for step, given in steps:
            if step == "suggest":
                last = {number: sure for number, sure in given.items() if number not in decided}
                suggest(session, document, *[proposal(objects[n], confirmed=sure) for n, sure in given.items()])
            elif objects[given[0]] in found(session):
                decide(session, objects[given[0]], given[1])
                decided[given[0]] = given[1]
                last.pop(given[0], None)
        states = {number: LinkState.CONFIRMED if sure else LinkState.SUGGESTED for number, sure in last.items()}
        assert {key: row.state for key, row in found(session).items()} == {
            objects[number]: state for number, state in (states | decided).items()
        }
