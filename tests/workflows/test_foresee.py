"""What is foreseen of an acceptance is what it does."""

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.vocab import EventType, LinkState, Relation, Verdict
from tracker.models.campaign import CampaignMembership
from tracker.models.document import Document
from tracker.models.event import Event, EventSource
from tracker.settings import Settings
from tracker.store.engine import reading, writing
from tracker.workflows.decide import Said, decide
from tracker.workflows.foresee import foresee
from tracker.workflows.project import project_all
from tracker.workflows.runtime import Runtime

SLUGS = ("far-letter", "near-letter")


@pytest.fixture
def archive(engine):
    """A document near one letter's day and far from another's, tied to neither for certain."""
    with writing(engine) as session:
        campaign = make.campaign(session)
        for slug, sent in zip(SLUGS, ("2018-01-01", "2019-05-20"), strict=True):
            letter = make.letter(session, slug, sent=sent)
            session.add(CampaignMembership(campaign_id=campaign.id, object_id=letter.id))
            document = session.get(Document, 1) or make.document(session)
            make.link(session, document, letter.id, state=LinkState.SUGGESTED)
        document.event_type = EventType.LETTER_SENT
        project_all(session, clock=lambda: make.NOW)
    return Runtime(Settings(), engine, clock=lambda: make.NOW)


def timeline(session):
    rows = {row.id: row.model_dump(exclude={"recorded_at"}) for row in session.exec(select(Event))}
    behind = {(row.event_id, row.document_id) for row in session.exec(select(EventSource))}
    return rows, behind


@pytest.mark.parametrize("relation", [Relation.REPORTS_ON, Relation.MENTIONS])
@pytest.mark.parametrize("place", [0, 1])
def test_rows_that_are_foreseen_come(archive, place, relation):
    with reading(archive.engine) as session:
        [seen] = foresee(session, 1, [(place + 1, relation)])
        before, stood = timeline(session)
    said = Said(Verdict.WRONG_RELATION, "Ann", SLUGS[place], relation)
    decide(archive, 1, said)
    with reading(archive.engine) as session:
        after, stands = timeline(session)
    assert {row.id for row in seen.added} == after.keys() - before.keys()
    assert {row.id for row in seen.dropped} == before.keys() - after.keys()
    assert {row.id for row in seen.behind} == {event for event, _ in stands - stood}
    assert {old.id for old, _ in seen.changed} == {
        key for key in before.keys() & after.keys() if before[key] != after[key]
    }
    assert bool(seen) == (relation is Relation.REPORTS_ON)


def test_each_tie_is_foreseen_alone_and_beside_what_stands(archive):
    with reading(archive.engine) as session:
        far, near = foresee(session, 1, [(1, Relation.REPORTS_ON), (2, Relation.REPORTS_ON)])
    assert (len(far.added), len(far.behind)) == (1, 0)
    assert (len(near.added), len(near.behind)) == (0, 1)
    decide(archive, 1, Said(Verdict.ACCEPT, "Ann", "far-letter"))
    with reading(archive.engine) as session:
        [near] = foresee(session, 1, [(2, Relation.REPORTS_ON)])
    assert (len(near.added), len(near.dropped), len(near.behind)) == (0, 1, 1)
