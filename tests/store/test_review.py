"""The review queue: the most valuable decision first, whoever pages through it; claims are soft."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from tests import factories as make
from tests.engines import engine_on
from tracker.domain import review_value
from tracker.domain.vocab import DocumentState, LinkState, Relation, ResponseState, Verdict
from tracker.models.campaign import CampaignMembership
from tracker.models.decision import Decision
from tracker.models.link import Link
from tracker.store import review, review_claims
from tracker.store.engine import writing
from tracker.store.review import Band, Filters, Order

NOW, ANN, BOB = make.NOW, "Ann", "Bob"
RELATIONS = [Relation.RESPONDS_TO, Relation.MENTIONS, Relation.REPORTS_ON]


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session
        session.rollback()


@pytest.fixture
def filled(session):
    """Twelve documents with one to four suggestions each, to an answered letter and two that nobody answered."""
    letters = [make.letter(session, f"letter-{number}") for number in range(3)]
    company = make.organization(session, "amazon")
    make.response(session, "answer", company=company, answers={letters[0].id: ResponseState.ANSWERED_FULL})
    for number in range(12):
        document = make.document(session, f"Story {number}", url=f"https://example.org/{number}")
        for place in range(number % 3 + 1):
            row = make.link(
                session, document, letters[(number + place) % 3].id, relation=RELATIONS[(number + place) % 3],
                state=LinkState.SUGGESTED, score=(number * 7 % 10) / 10 + place / 100,
            )  # fmt: skip
            row.made_by = f"rule:{(number + place) % 4}"
            row.created_at = NOW - timedelta(days=number * 11)
    session.flush()
    return session


def ids(entries):
    return [entry.place.document_id for entry in entries]


def test_the_database_sorts_by_the_value_that_the_rule_gives(filled):
    known = review.kinds(filled)
    entries = review.queue(filled, ANN, NOW, Filters(), known)
    waiting = review.suggested_of(filled, ids(entries), known)
    assert len(entries) == 12
    worth = [review_value.value(waiting[number], NOW) for number in ids(entries)]
    assert [entry.place.value for entry in entries] == pytest.approx(worth)
    assert worth == sorted(worth, reverse=True)
    assert any(row.is_open for rows in waiting.values() for row in rows)
    assert not all(row.is_open for rows in waiting.values() for row in rows)


@pytest.mark.parametrize("order", Order)
def test_pages_by_key_hold_every_entry_once(filled, order):
    known = review.kinds(filled)
    review_claims.claim(filled, 5, BOB, NOW)
    whole = ids(review.queue(filled, ANN, NOW, Filters(), known, order=order))
    found, after = [], None
    while page := review.queue(filled, ANN, NOW, Filters(), known, order=order, after=after, limit=5):
        found += ids(page)
        after = page[-1].place
    assert found == whole
    assert sorted(found) == list(range(1, 13))
    assert found[-1] == 5


def test_the_oldest_come_first_where_that_is_asked(filled):
    found = ids(review.queue(filled, ANN, NOW, Filters(), review.kinds(filled), order=Order.OLDEST))
    assert found == sorted(found)


def test_what_another_looks_at_comes_last_until_the_claim_runs_out_or_they_go_on(filled):
    known = review.kinds(filled)
    first = ids(review.queue(filled, ANN, NOW, Filters(), known))[0]
    assert review_claims.claim(filled, first, BOB, NOW).claimed_by == BOB
    assert ids(review.queue(filled, ANN, NOW, Filters(), known))[-1] == first
    assert ids(review.queue(filled, BOB, NOW, Filters(), known))[0] == first
    assert review_claims.claim(filled, first, ANN, NOW).claimed_by == BOB
    later = NOW + review_claims.LASTS
    assert ids(review.queue(filled, ANN, later, Filters(), known))[0] == first
    assert review_claims.claim(filled, first, ANN, later).claimed_by == ANN
    review_claims.claim(filled, first % 12 + 1, ANN, later)
    assert review_claims.of_others(filled, range(13), BOB, later).keys() == {first % 12 + 1}


def test_a_claim_says_since_when_somebody_looks(filled):
    review_claims.claim(filled, 1, BOB, NOW)
    assert review_claims.is_fresh(filled, 1, BOB, NOW)
    row = review_claims.claim(filled, 1, BOB, NOW + timedelta(minutes=8))
    assert (row.claimed_at, row.claimed_until) == (NOW, NOW + timedelta(minutes=8) + review_claims.LASTS)
    assert not review_claims.is_fresh(filled, 1, ANN, NOW)


def test_what_somebody_was_not_sure_of_comes_back_to_them_a_day_later(filled):
    known = review.kinds(filled)
    link = filled.exec(select(Link).where(Link.document_id == 3)).first()
    made = {"document_id": 3, "object_id": link.object_id, "verdict": Verdict.UNSURE, "relation": link.relation}
    filled.add(Decision(**made, decided_by=ANN, decided_at=NOW))
    filled.flush()
    assert 3 not in ids(review.queue(filled, ANN, NOW, Filters(), known))
    assert ids(review.queue(filled, ANN, NOW, Filters(set_aside=True), known)) == [3]
    assert 3 in ids(review.queue(filled, BOB, NOW, Filters(), known))
    assert 3 in ids(review.queue(filled, ANN, NOW + review.SET_ASIDE, Filters(), known))


def test_only_suggestions_of_shown_documents_and_objects_wait(filled):
    before = review.count(filled)
    assert (before.documents, before.suggestions) == (12, 24)
    link = filled.exec(select(Link).where(Link.document_id == 1)).one()
    link.state, link.decided_at = LinkState.REJECTED, NOW
    document = make.document(filled, state=DocumentState.SCREENED)
    make.link(filled, document, 1, state=LinkState.SUGGESTED)
    filled.flush()
    after = review.count(filled)
    assert (after.documents, after.suggestions) == (11, 23)
    known = review.kinds(filled)
    assert sum(known.values()) == 23
    assert review.place_of(filled, 1, ANN, NOW, known=known) is None
    place = review.place_of(filled, 2, ANN, NOW, known=known)
    assert place in [entry.place for entry in review.queue(filled, ANN, NOW, Filters(), known)]


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        (Filters(relation=Relation.MENTIONS), lambda link: link.relation is Relation.MENTIONS),
        (Filters(rule="rule:2"), lambda link: link.made_by == "rule:2"),
        (Filters(band=Band.LOW), lambda link: link.score < 0.5),
        (Filters(band=Band.HIGH), lambda link: link.score >= 0.75),
        (Filters(days=30), lambda link: link.created_at >= NOW - timedelta(days=30)),
        (Filters(campaign_id=1), lambda link: link.object_id == 1),
        (Filters(company_id=1), lambda link: False),
        (Filters(source_id=1), lambda link: False),
    ],
)
def test_a_filter_leaves_the_suggestions_it_names(filled, filters, holds):
    campaign = make.campaign(filled)
    filled.add(CampaignMembership(campaign_id=campaign.id, object_id=1))
    filled.flush()
    wanted = {link.document_id for link in filled.exec(select(Link)) if holds(link)}
    found = review.queue(filled, ANN, NOW, filters, review.kinds(filled))
    assert set(ids(found)) == wanted
    assert review.count(filled, filters, NOW).documents == len(wanted)


def test_what_waits_is_read_off_its_index_alone(sqlite_database):
    """Else SQLite goes from objects to links, nine times as slowly."""
    asked = []

    def listen(*said):
        asked.append(said[2:4])

    with engine_on(sqlite_database) as engine, writing(engine) as session:
        known = review.kinds(session)
        event.listen(engine, "before_cursor_execute", listen)
        review.count(session)
        review.queue(session, ANN, NOW, Filters(), known)
        event.remove(engine, "before_cursor_execute", listen)
        plans = [
            [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
            for sql, values in asked
        ]
    assert len(plans) == 2
    for plan in plans:
        assert any("link USING COVERING INDEX ix_link_waiting" in line for line in plan), plan
