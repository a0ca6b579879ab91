"""A campaign with runs of news, letters that wait and one answered, proposals on their way, and dates known in part."""

from datetime import UTC, datetime

from sqlmodel import Session

from tests import factories as make
from tracker.domain.vocab import EventType, Lane, ResolutionCode, ResponseState
from tracker.models.campaign import Campaign
from tracker.models.organization import Organization
from tracker.store.engine import writing
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CAMPAIGN = "palm-readers"
TIMELINE = f"/campaigns/{CAMPAIGN}/timeline"
# Days of comment that follow each other; two more have an act between them.
RUN = ("2020-05-03", "2020-05-08", "2020-05-11", "2020-05-19")
APART = ("2020-07-02", "2020-07-20")
CODE = ResolutionCode


def fill(runtime: Runtime) -> None:
    """Write everything and project the timeline."""
    with writing(runtime.engine) as session:
        company = make.organization(session, "grocer", name="Grocer, Inc.")
        campaign = make.campaign(session, CAMPAIGN, title="Palm readers in shops", targets=[company])
        _letters(session, company, campaign)
        _resolutions(session, company, campaign)
    rebuild(runtime)


def _letters(session: Session, company: Organization, campaign: Campaign) -> None:
    groups = make.organization(session, "shoppers", name="Shoppers' league", lane=Lane.ADVOCATES)
    senders, recipients = [groups], [company]
    parties = {"senders": senders, "recipients": recipients, "campaign": campaign}
    answered = make.letter(session, "first", sent="2019-03-01", title="Who sees the palms?", **parties)
    make.response(session, "reply", company=company, day="2019-05", title="The grocer's reply", campaign=campaign,
                  answers={answered.id: ResponseState.ANSWERED_FULL})  # fmt: skip
    silent = make.letter(session, "second", sent="2020-01-10", title="Stop reading palms", **parties)
    make.letter(session, "third", sent="2026-11-02", respond_by="2027-01-15", title="And the tills?", **parties)
    for number, day in enumerate((*RUN, *APART)):
        _news(session, silent.id, f"Comment {number}", day, EventType.COMMENTARY)
    _news(session, silent.id, "Neighbours march", "2020-07-11", EventType.EMPLOYEE_PROTEST)
    _news(session, silent.id, "A year's look back", "2021", EventType.COMMENTARY)


def _news(session: Session, target: int, title: str, day: str, kind: EventType) -> None:
    address = f"https://news.example/{title.lower().replace(' ', '-')}"
    document = make.document(session, title, url=address, published=day)
    document.event_type = kind
    make.link(session, document, target)


def _resolutions(session: Session, company: Organization, campaign: Campaign) -> None:
    for slug, season, steps in (
        ("voted", 2022, [(CODE.FILED, "2021-12"), (CODE.ON_BALLOT, "2022-04-11"), (CODE.VOTED_FINAL, "2022-05-25")]),
        ("dropped", 2023, [(CODE.FILED, "2022-12-05"), (CODE.WITHDRAWN_AGREEMENT, "2023-02-01")]),
        ("coming", 2027, [(CODE.FILED, "2026-10-20")]),
        ("forgotten", 2024, [(CODE.FILED, "2023-12-01")]),
    ):
        make.resolution(session, slug, company=company, season=season, title=f"Report on palms, {slug}",
                        statuses=steps, campaign=campaign)  # fmt: skip
