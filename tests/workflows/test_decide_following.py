"""What a person says of a tie between documents stays, whatever the rules find later."""

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DocumentRelation, LinkState
from tracker.models.document_link import DocumentLink
from tracker.store import document_links
from tracker.store.document_links import Following
from tracker.store.engine import reading, writing
from tracker.workflows.decide_following import decide_following

ADA = "ada@example.org"


@pytest.fixture
def ids(runtime):
    """Two documents, of which a rule says that the second goes on from the first."""
    with writing(runtime.engine) as session:
        earlier, later = (make.document(session, title).id for title in ("A letter", "Its answer"))
    suggest(runtime, later, earlier)
    return later, earlier


def suggest(runtime, later, earlier):
    with writing(runtime.engine) as session:
        row = Following(later, earlier, DocumentRelation.PART_OF, 0.6, [], "Close in time.")
        document_links.write(session, [later], [row], make.NOW)


def tie(runtime):
    with reading(runtime.engine) as session:
        [row] = session.exec(select(DocumentLink))
        return row


def test_a_rejected_tie_is_not_shown_and_not_suggested_again(runtime, ids):
    decide_following(runtime, *ids, accept=False, by=ADA)
    suggest(runtime, *ids)
    row = tie(runtime)
    assert (row.state, row.relation, row.decided_by) == (LinkState.REJECTED, DocumentRelation.PART_OF, ADA)
    with reading(runtime.engine) as session:
        assert document_links.of_document(session, ids[0]) == ([], [])


def test_an_accepted_tie_keeps_what_was_shown_and_has_the_relation_that_was_given(runtime, ids):
    decide_following(runtime, *ids, accept=True, by=ADA, relation=DocumentRelation.RESPONDS_TO)
    suggest(runtime, *ids)
    row = tie(runtime)
    assert (row.state, row.relation, row.score) == (LinkState.CONFIRMED, DocumentRelation.RESPONDS_TO, 0.6)


def test_a_tie_that_no_rule_suggested_is_made_with_its_relation(runtime, ids):
    later, earlier = ids
    with pytest.raises(InputError, match="say which relation it is: responds_to, part_of"):
        decide_following(runtime, earlier, later, accept=True, by=ADA)
    found = decide_following(runtime, earlier, later, accept=True, by=ADA, relation=DocumentRelation.PART_OF)
    assert (found.later_id, found.earlier_id, found.state) == (earlier, later, LinkState.CONFIRMED)


def test_what_cannot_be_decided_is_refused(runtime, ids):
    with pytest.raises(InputError, match="no document follows itself"):
        decide_following(runtime, ids[0], ids[0], accept=True, by=ADA)
    with pytest.raises(NotFoundError, match="no document has the number 99"):
        decide_following(runtime, 99, ids[0], accept=True, by=ADA)
    with pytest.raises(InputError, match="name of a person"):
        decide_following(runtime, *ids, accept=True, by="rule:x")
    assert tie(runtime).state is LinkState.SUGGESTED
