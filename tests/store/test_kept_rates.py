"""How rules' suggestions fared: each counted once, by the last word that was not undone."""

from datetime import timedelta

import pytest

from tests import factories as make
from tracker.domain.kept_rates import Fared
from tracker.domain.vocab import Relation, Verdict
from tracker.models.bulk import BulkAct, BulkMember
from tracker.models.decision import Decision
from tracker.store import kept_rates
from tracker.store.engine import writing

NOW = make.NOW


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session
        session.rollback()


def say(session, document, letter, verdict, *, rule="rule:score", score=0.93, at=NOW, undoes=None):
    row = Decision(
        document_id=document.id, object_id=letter.id, verdict=verdict, relation=Relation.CITES, score=score,
        shown_by=rule, decided_by="Ann", decided_at=at, undoes_id=undoes,
    )  # fmt: skip
    return make.add(session, row)


def test_each_suggestion_counts_once_by_its_last_word_and_bulk_beside(session):
    letter = make.letter(session, "letter-one")
    documents = [make.document(session, f"Story {number}") for number in range(8)]
    say(session, documents[0], letter, Verdict.ACCEPT)
    say(session, documents[1], letter, Verdict.ACCEPT)
    say(session, documents[1], letter, Verdict.REJECT)
    say(session, documents[2], letter, Verdict.WRONG_RELATION, score=0.55)
    say(session, documents[3], letter, Verdict.UNSURE)
    undone = say(session, documents[4], letter, Verdict.REJECT)
    say(session, documents[4], letter, Verdict.UNDO, undoes=undone.id)
    say(session, documents[5], letter, Verdict.ACCEPT, rule="rule:address", score=1.0, at=NOW - timedelta(days=400))
    say(session, documents[6], letter, Verdict.ACCEPT, rule="Bob")
    bulk = say(session, documents[7], letter, Verdict.ACCEPT)
    act = BulkAct(rule="rule:score", score_from=0.9, score_below=1.01, links=1, begun_by="Ann", begun_at=NOW)
    make.add(session, act)
    make.add(session, BulkMember(act_id=act.id, document_id=documents[7].id, object_id=letter.id,
                                 relation=Relation.CITES, score=0.93, decision_id=bulk.id))  # fmt: skip
    rows = kept_rates.counted(session)
    assert kept_rates.by(rows, lambda row: (row.rule, row.band)) == {
        ("rule:address", 0.9): Fared(kept=1),
        ("rule:score", 0.5): Fared(changed=1),
        ("rule:score", 0.9): Fared(kept=1, rejected=1, in_bulk=1),
    }
    months = kept_rates.by(rows, lambda row: row.month)
    assert list(months) == [f"{NOW - timedelta(days=400):%Y-%m}", f"{NOW:%Y-%m}"]
    recent = kept_rates.counted(session, since=NOW - timedelta(days=30), rule="rule:address")
    assert recent == []
