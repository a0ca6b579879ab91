"""An archive in which one correction of every kind was made, by what makes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, select

from tests import factories as make
from tests.web.scenario import NOW
from tracker.domain.corrections import CorrectionKind
from tracker.domain.dates import PartialDate
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correspondence import Letter
from tracker.models.document import Document
from tracker.models.meeting import VoteCount
from tracker.models.resolution import Resolution, ResolutionStatus
from tracker.settings import Settings
from tracker.store.corrections import Cause, record, recording
from tracker.store.engine import writing
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

HOUR = timedelta(hours=1)
CAMPAIGN, RESOLUTION, LETTER = "harbour", "lumen-2019", "sisters-2018"
LONG = "Resolved: shareholders request a report on the sale of the product to police departments. " * 8


@contextmanager
def archive(folder: Path) -> Iterator[Runtime]:
    """Give a runtime over this archive."""
    with make.database(f"sqlite:///{folder / 'corrections.db'}") as engine:
        runtime = Runtime(Settings(contact="desk@harbour.example"), engine, clock=lambda: NOW)
        with writing(engine) as session:
            document = fill(session)
        with writing(engine) as session:
            correct(session, document)
        rebuild(runtime)
        yield runtime


def fill(session: Session) -> int:
    """Write a campaign as it was published first; return the number of a report on its resolution."""
    company = make.organization(session, "lumen", name="Lumen Sight, Inc.")
    campaign = make.campaign(session, CAMPAIGN, title="Lumen Eye in the harbour", targets=[company])
    steps = [("filed", "2018-12"), ("voted_final", "2019-05-22")]
    row = make.resolution(
        session, RESOLUTION, company=company, campaign=campaign, title="Report on <police> use", statuses=steps
    )
    row.resolved_clause = LONG
    item = make.ballot_item(session, make.meeting(session, company=company), row, number="6")
    make.count(session, item, 275, 725)
    make.letter(session, LETTER, sent="2018-05", recipients=[company], campaign=campaign, title="The Sisters ask")
    make.letter(session, "twice", sent="2018-05", campaign=campaign, title="The Sisters ask, entered twice")
    make.letter(session, "never", sent="2018-07", campaign=campaign, title="A letter that was never sent")
    document = make.document(session, "Vote at Lumen Sight", url="https://news.example/vote", published="2019-05-23")
    make.link(session, document, row.id or 0)
    other = make.document(session, "Lumen Sight meets", url="https://news.example/meets", published="2019-05-23")
    make.link(session, other, row.id or 0)
    return document.id or 0


def correct(session: Session, document_id: int) -> None:
    """Change what was published, an hour each."""
    resolution = session.exec(select(CampaignObject).where(CampaignObject.slug == RESOLUTION)).one()

    def cause(hours: int, by: str = "Ada", **more: object) -> Cause:
        return Cause(by, NOW - hours * HOUR, **more)  # type: ignore[arg-type]

    amended = cause(9, "reader: voting results", why="Read from the 8-K/A filed 24 May 2019.", evidence_id=document_id)
    with recording(session, amended):
        first = session.exec(select(VoteCount)).one()
        values = {"votes_for": 276, "votes_against": first.votes_against, "form": "8-K/A", "recorded_at": NOW}
        on = PartialDate.parse("2019-06-01")
        session.add(VoteCount(ballot_item_id=first.ballot_item_id, reported_on=on, **values))
    with recording(session, cause(8, why="The letter itself gives the day.", url="https://sisters.example/letter")):
        letter = session.exec(
            select(Letter).join(CampaignObject, CampaignObject.id == Letter.id).where(CampaignObject.slug == LETTER)
        ).one()
        letter.sent_on = PartialDate.parse("2018-05-24")
    with recording(session, cause(7)):
        session.get_one(Resolution, resolution.id).resolved_clause = LONG.replace("police", "border")
    with recording(session, cause(6)):
        session.delete(session.exec(select(ResolutionStatus).where(ResolutionStatus.code == "filed")).one())
    with recording(session, cause(5)):
        never = session.exec(select(CampaignObject).where(CampaignObject.slug == "never")).one()
        never.state, never.withdrawn_reason = ObjectState.WITHDRAWN, "It was drafted and never sent."
    with recording(session, cause(4)):
        twice = session.exec(select(CampaignObject).where(CampaignObject.slug == "twice")).one()
        twice.merged_into_id = letter.id
    title = session.get_one(Document, document_id).title
    of_link = {"object_id": resolution.id, "document_id": document_id, "item": title}
    record(session, cause(3), CorrectionKind.RELINKED, before="reports_on", after="cites", **of_link)
    record(session, cause(2), CorrectionKind.UNLINKED, before="cites", **of_link)
    record(session, cause(1), CorrectionKind.TOLD_APART, document_id=document_id, item="Lumen Sight meets")
    record(session, cause(0), CorrectionKind.TOLD_TOGETHER, document_id=document_id, item="Lumen Sight meets")
