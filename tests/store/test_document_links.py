"""Ties between documents: a rule's follow its last word, a person's stay; numbers wait for their object."""

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import NOW
from tracker.domain.vocab import DocumentRelation, LinkState
from tracker.models.document import Document, Mention
from tracker.models.document_link import DocumentLink
from tracker.store import document_links
from tracker.store.document_links import Following

PART = DocumentRelation.PART_OF


@pytest.fixture
def documents(session):
    return [factories.document(session, f"Paper {n}", url=f"https://p.example/{n}").id for n in range(4)]


def following(later: int, earlier: int, score: float = 0.7) -> Following:
    return Following(later, earlier, PART, score, [{"code": "bias", "weight": 1.0}], "because")


def pairs(session) -> dict[tuple[int, int], str]:
    return {(row.later_id, row.earlier_id): row.state.value for row in session.exec(select(DocumentLink))}


def test_what_a_rule_said_is_replaced_and_what_a_person_decided_stays(session, documents):
    one, two, three, later = documents
    document_links.write(session, [later], [following(later, one), following(later, two)], NOW)
    row = session.exec(select(DocumentLink).where(DocumentLink.earlier_id == one)).one()
    row.state, row.decided_by, row.decided_at = LinkState.REJECTED, "editor", NOW
    session.flush()
    document_links.write(session, [later], [following(later, one), following(later, three)], NOW)
    assert pairs(session) == {(later, one): "rejected", (later, three): "suggested"}


def test_a_page_is_told_what_comes_before_and_after_but_not_what_was_rejected(session, documents):
    one, two, three, later = documents
    document_links.write(
        session, [two, later], [following(two, one), following(later, two), following(later, three)], NOW
    )
    row = session.exec(select(DocumentLink).where(DocumentLink.earlier_id == three)).one()
    row.state, row.decided_at = LinkState.REJECTED, NOW
    session.flush()
    follows, followed_by = document_links.of_document(session, two)
    assert [tie.other.id for tie in follows] == [one]
    assert [tie.other.id for tie in followed_by] == [later]
    assert [tie.other.id for tie in document_links.of_document(session, later)[0]] == [two]


def test_documents_of_one_matter_share_an_object_or_a_name_that_few_have(session, documents):
    one, two, three, later = documents
    letter = factories.spine(session, "letter", "a-letter")
    for document_id in (one, later):
        factories.link(session, session.get_one(Document, document_id), letter)
    for document_id in (two, later):
        factories.add(
            session, Mention(document_id=document_id, entity="rare", entity_kind="person", name="R", start=0, end=1)
        )
    common = document_links.in_common(session, [later, three], most=40)
    assert common.near([later], most=40) == [later, one, two]
    assert common.near([three], most=40) == []
    assert common.near([later, three], most=2) == [later, one]


def test_a_number_waits_until_an_object_has_it(session, documents):
    one, two, *_ = documents
    document_links.refer(session, [one, two], [(one, "gao21518", "GAO-21-518"), (two, "hr7356", "H.R. 7356")], NOW)
    assert document_links.waiting(session) == {"gao21518", "hr7356"}
    assert document_links.settle(session, {"gao21518"}) == [one]
    document_links.refer(session, [two], [], NOW)
    assert document_links.waiting(session) == frozenset()
