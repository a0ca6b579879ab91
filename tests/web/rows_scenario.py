"""An archive with as many rows of every kind as one likes, for tests of what may not grow with them."""

from datetime import timedelta

from sqlmodel import Session, col, select

from tests import factories as make
from tests.factories import filings
from tests.web.comparisons_scenario import contract
from tests.web.scenario import NOW
from tracker.domain.corrections import CorrectionKind
from tracker.domain.vocab import FundDecision, ResolutionCode, ResponseState, StoryTie
from tracker.models.campaign import Campaign, CampaignTerms
from tracker.models.correction import Correction
from tracker.models.document import Document, Fetch, Mention, Source
from tracker.models.document_link import DocumentLink
from tracker.models.meeting import Meeting
from tracker.models.organization import Organization
from tracker.models.resolution import Resolution, SubjectFamily
from tracker.models.same_story import Story, StoryMember
from tracker.models.subscriber import Delivery, Follow, Subscriber
from tracker.models.tending import CampaignSource
from tracker.store import acts
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.project import rebuild
from tracker.workflows.publish_calendar import publish_calendar
from tracker.workflows.runtime import Runtime

# More than any family has had in a season; each row of a page is compared with the years before it.
FAMILY = 40
CAMPAIGN, RESOLUTION, LETTER, SOURCE, STORY, DOCUMENT = "many", "r-0", "l-0", "s-0", 1, 1
COMPANY, AGENCY, CONTRACT = "amazon", "city-police", "c-0"


def fill(runtime: Runtime, rows: int) -> None:
    """Write `rows` of each kind; the first document, story, letter, resolution and source have as many of their own."""
    with writing(runtime.engine) as session:
        company = make.organization(session, "amazon", name="Amazon.com, Inc.")
        campaign = make.campaign(session, CAMPAIGN, targets=[company])
        family = make.family(session, company)
        met = make.meeting(session, "met-2019", company=company, campaign=campaign)
        agency = make.organization(session, AGENCY, name="City Police")
        first = make.document(session, "The page that all go on from", url="https://news.example/first")
        story = make.add(session, Story(lead_id=first.id, created_at=NOW))
        _told(session, story, first, first)
        source = make.add(session, Source(name=SOURCE, reader="feed", url="https://s.example", due_at=NOW))
        for number in range(rows):
            other = make.campaign(session, f"other-{number}", targets=[company])
            _tended(session, source, campaign, other, number)
            of_family = family if number < FAMILY else None
            resolution = _resolution(session, campaign, of_family, met, number)
            letter = _letter(session, company, campaign, number)
            make.link(session, first, letter)
            contract(session, f"c-{number}", company, agency, starts="2020-01-01", campaign=campaign)
            _documents(session, story, first, resolution, number)
            _visit(session, source, number)
    _acts(runtime, rows)
    rebuild(runtime)
    publish_calendar(runtime)


def _acts(runtime: Runtime, rows: int) -> None:
    """Let one act change every other campaign, and as many acts one each."""
    with writing(runtime.engine) as session:
        others = session.exec(select(Campaign).where(col(Campaign.slug) != CAMPAIGN)).all()
        with recording(session, Cause("Ann", NOW, "All at once.")):
            for row in others:
                row.summary = "All."
        for row in others[:rows]:
            with recording(session, Cause("Ann", NOW, "One by one.")):
                row.summary = "One."


def _letter(session: Session, company: Organization, campaign: Campaign, number: int) -> int:
    sender = make.organization(session, f"sender-{number}", name=f"Sender {number}")
    letter = make.letter(
        session, f"l-{number}", sent="2026-10-01", respond_by="2026-12-24", campaign=campaign, senders=[sender],
        recipients=[company], questions=["Which agencies?"],
    )  # fmt: skip
    make.search(session, letter, "2026-11-01")
    make.response(
        session, f"a-{number}", company=company, day="2026-10-20", campaign=campaign,
        answers={letter.id or 0: ResponseState.ANSWERED_PARTIAL},
    )  # fmt: skip
    return letter.id or 0


def _resolution(
    session: Session, campaign: Campaign, family: SubjectFamily | None, met: Meeting, number: int
) -> Resolution:
    company = session.get_one(Organization, met.company_id)
    filer = make.organization(session, f"filer-{number}", name=f"Filer {number}")
    steps = [(ResolutionCode.FILED, "2018-12-01"), (ResolutionCode.VOTED_FINAL, "2019-05-22")]
    row = make.resolution(
        session, f"r-{number}", company=company, campaign=campaign, family=family, statuses=steps, lead=filer
    )
    item = make.ballot_item(session, met, row, number=str(number))
    make.count(session, item, 275, 725)
    make.fund_vote(session, item, f"Fund {number}", FundDecision.FOR)
    make.evidence(session, row.id or 0, "votes_for", "275")
    make.add(session, Correction(
        object_id=row.id, kind=CorrectionKind.CORRECTED, part="vote_count", field="votes_for", before="274",
        after="275", url="https://sec.example/8-k", made_by="a person", made_at=NOW - timedelta(hours=number),
    ))  # fmt: skip
    return row


def _documents(session: Session, story: Story, first: Document, resolution: Resolution, number: int) -> None:
    other = make.document(session, f"What became of it, part {number}", url=f"https://news.example/{number}")
    make.link(session, other, resolution.id or 0)
    _told(session, story, other, first)
    make.add(session, Mention(
        document_id=first.id, entity=f"m-{number}", entity_kind="organization", name="x", start=number, end=number + 1
    ))  # fmt: skip
    make.add(session, DocumentLink(
        later_id=other.id, earlier_id=first.id, relation="part_of", score=0.7, state="suggested", reasons=[], why="",
        created_at=NOW,
    ))  # fmt: skip
    filings.filing(session, "8-K", f"<p>Votes on item {number}.</p>", name=f"f-{number}.htm")


def _told(session: Session, story: Story, document: Document, nearest: Document) -> None:
    make.add(session, StoryMember(
        document_id=document.id, story_id=story.id, tie=StoryTie.SAME_EVENT, score=0.9, nearest_id=nearest.id,
        why="the same names", joined_at=NOW,
    ))  # fmt: skip


def _visit(session: Session, source: Source, number: int) -> None:
    make.add(session, Source(name=f"other-{number}", reader="feed", url=f"https://o-{number}.example", due_at=NOW))
    make.add(session, Fetch(
        source_id=source.id, url=source.url, started_at=NOW - timedelta(hours=number), status=200, outcome="ok",
        size=1, items=1,
    ))  # fmt: skip


def _tended(session: Session, source: Source, campaign: Campaign, other: Campaign, number: int) -> None:
    """Add a source taken for the campaign, a subscriber with a delivery, and acts on the first of both."""
    place = Source(name=f"taken-{number}", reader="feed", url=f"https://t-{number}.example", due_at=NOW)
    taken = make.add(session, place)
    make.add(
        session,
        CampaignSource(campaign_id=campaign.id, source_id=taken.id, taken_by="Ada", taken_at=NOW, looked_at=NOW),
    )
    person = make.add(session, Subscriber(email=f"p{number}@example.org", token=f"t{number}", joined_at=NOW))
    first = make.add(session, Follow(subscriber_id=1, campaign_id=other.id))
    day = NOW.date() - timedelta(days=number)
    for owner in {first.subscriber_id, person.id}:
        message = f"{owner}-{number}"
        sent = Delivery(subscriber_id=owner, starts_on=day, ends_on=day, message_id=message, due_at=NOW, error="x")
        make.add(session, sent)
    make.add(session, CampaignTerms(campaign_id=campaign.id, number=number + 1, changed_by="Ada", changed_at=NOW))
    for about, about_id in ((acts.SOURCE, source.id), (acts.SUBSCRIBER, 1)):
        acts.record(session, about, about_id, "paused", by="Ada", now=NOW, why="Too much.")
