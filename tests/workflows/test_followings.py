"""What documents follow is found as they come, and numbers that nobody knew are linked when their object appears."""

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.vocab import EventType, LinkState
from tracker.models.document import DocumentVersion, Mention
from tracker.models.document_link import DocumentLink
from tracker.models.link import Link
from tracker.models.publication import Proceeding, ProceedingKind
from tracker.store import document_links
from tracker.store.engine import reading, writing
from tracker.workflows.restudy import link_pending
from tracker.workflows.stories import tell_stories

SUIT = "Residents of Larkmere sue Halcyon over face recognition cameras in their homes, docket 2:24-cv-05023."


def add(session, title: str, published: str, text: str, event: EventType) -> int:
    row = make.document(session, title, url=f"https://paper.example/{published}", published=published)
    row.event_type, row.event_type_score = event, 0.9
    make.add(session, DocumentVersion(document_id=row.id, number=1, title=title, html="", text=text,
                                      content_hash=published, seen_at=make.NOW))  # fmt: skip
    for entity in ("halcyon", "larkmere"):
        make.add(session, Mention(document_id=row.id, entity=entity, entity_kind="organization", name=entity, start=0,
                                  end=4))  # fmt: skip
    return row.id


@pytest.fixture
def archive(runtime):
    """A suit and, months later, its settlement."""
    with writing(runtime.engine) as session:
        make.organization(session, "halcyon", name="Halcyon")
        suit = add(session, "Residents sue Halcyon over face recognition", "2024-02-01", SUIT, EventType.LAWSUIT_FILED)
        deal = add(
            session, "Halcyon settles the suit of Larkmere residents over face recognition", "2024-11-05",
            "Halcyon pays residents of Larkmere who had sued over face recognition cameras in their homes.",
            EventType.RULING_OR_SETTLEMENT,
        )  # fmt: skip
    tell_stories(runtime)
    return runtime, suit, deal


def test_a_settlement_is_tied_to_the_suit_it_ends_with_its_reasons(archive):
    runtime, suit, deal = archive
    with reading(runtime.engine) as session:
        [row] = session.exec(select(DocumentLink))
    assert (row.later_id, row.earlier_id, row.relation, row.state) == (deal, suit, "part_of", LinkState.SUGGESTED)
    assert {"wording", "follows", "bias"} <= {reason["code"] for reason in row.reasons}
    assert row.why


def test_a_docket_that_nobody_knew_links_its_document_once_the_case_is_there(archive):
    runtime, suit, _ = archive
    with reading(runtime.engine) as session:
        assert document_links.waiting(session) == {"224cv05023"}
    assert link_pending(runtime) == 0
    with writing(runtime.engine) as session:
        campaign = make.campaign(session, "halcyon-homes")
        case = make.spine(session, "proceeding", "the-case", title="Doe v. Halcyon", campaign=campaign)
        make.add(session, Proceeding(id=case, proceeding_kind=ProceedingKind.LAWSUIT, docket="2:24-cv-05023",
                                    opened_on=make.on("2024-02-01")))  # fmt: skip
    assert link_pending(runtime) == 1
    assert link_pending(runtime) == 0
    with reading(runtime.engine) as session:
        [link] = session.exec(select(Link).where(Link.document_id == suit))
    assert link.object_id == case
    assert "identifier" in {reason["code"] for reason in link.reasons}
