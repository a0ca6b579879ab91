"""An archive of one subject over seven years, and of letters in every state."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlmodel import Session

from tests import factories as make
from tracker.domain.vocab import (
    AnswerGrade,
    AskType,
    Channel,
    CommitmentState,
    FundDecision,
    Lane,
    LinkState,
    ResolutionCode,
    ResponseState,
    SupportFormula,
)
from tracker.models.campaign import Campaign
from tracker.models.organization import Organization
from tracker.settings import Settings
from tracker.store import resolution_standings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
VOTED = (ResolutionCode.ON_BALLOT, ResolutionCode.VOTED_FINAL)
# Season, votes for and against in thousands; the last one is below the bar of 25 %.
YEARS = ((2020, 319, 681), (2021, 344, 656), (2022, 407, 593), (2023, 377, 623), (2024, 191, 809))


@contextmanager
def site(folder: Path) -> Iterator[Flask]:
    """Give the site over this archive."""
    with make.database(f"sqlite:///{folder / 'whereas.db'}") as engine:
        with writing(engine) as session:
            fill(session)
            resolution_standings.refresh(session, None, NOW.date())
        yield create_app(Runtime(Settings(), engine, clock=lambda: NOW))


def fill(session: Session) -> None:
    """Write the archive."""
    company = make.organization(session, "amazon", name="Amazon.com, Inc.")
    campaign = make.campaign(session, title="Rekognition and government", targets=[company])
    resolutions(session, company, campaign)
    letters(session, company, campaign)


def resolutions(session: Session, company: Organization, campaign: Campaign) -> None:
    """Write the study's years, the first year's ban, one withdrawn for a promise and one of which nothing is known."""
    sisters = make.organization(session, "sisters", name="Sisters of St. Joseph of Brentwood", lane=Lane.INVESTORS)
    family = make.family(session, company)
    first = make.meeting(
        session,
        "meeting-2019",
        company=company,
        held="2019-05-22",
        proxy_filed="2019-04-11",
        title="annual meeting",
        campaign=campaign,
    )
    ban = make.resolution(
        session,
        "ban-2019",
        company=company,
        title="Prohibit sales to government",
        family=family,
        ask_type=AskType.PROHIBIT,
        statuses=[(code, "2019-05-22") for code in VOTED],
        campaign=campaign,
    )
    make.claim(
        session, make.ballot_item(session, first, ban, number="6"), 240, formula=SupportFormula.FOR_AGAINST_ABSTAIN
    )
    study = make.resolution(
        session,
        "study-2019",
        company=company,
        title="Report on the risks of government use",
        family=family,
        lead=sisters,
        statuses=[
            (ResolutionCode.FILED, "2018-12"),
            (ResolutionCode.EXCLUSION_NOTICED, "2019-01-22"),
            (ResolutionCode.SEC_NOT_CONCURRED, "2019-03-28"),
            (ResolutionCode.ON_BALLOT, "2019-04-11"),
            (ResolutionCode.VOTED_FINAL, "2019-05-22"),
        ],
        bases=["(i)(5)", "(i)(7)"],
        resolved_clause="RESOLVED: Shareholders request a study.",
        campaign=campaign,
    )
    item = make.ballot_item(session, first, study, number="7", company_formula=SupportFormula.FOR_AGAINST_ABSTAIN)
    make.count(session, item, 89_000_000, 237_000_000, reported="2019-05-23", preliminary=True)
    make.count(
        session, item, 89_902_114, 236_784_503, votes_abstain=6_402_117, broker_non_votes=72_418_330, form="8-K/A"
    )
    make.claim(session, item, 2800, decimals=0, by="Open MIC")
    make.insiders(session, first, 78_000_000, holder="Founder")
    make.fund_vote(session, item, "Index fund", FundDecision.AGAINST)
    make.fund_vote(session, item, "Ethical fund", FundDecision.FOR, manager="Pension plan")
    make.evidence(session, study.id, "filer:lead_filer", "Sisters of St. Joseph")
    make.evidence(session, study.id, "resolution_status:reconsideration_denied", "3 April 2019")
    make.evidence(
        session,
        study.id,
        "resolution_status:reconsideration_denied",
        "2 April 2019",
        chosen=False,
        url="https://press.example/",
        note="the letter itself is dated the 3rd",
    )
    make.link(session, make.document(session, "Shareholders to vote", url="https://news.example/vote"), study.id)
    make.link(session, make.document(session, "A hint only"), study.id, state=LinkState.SUGGESTED)
    for season, votes_for, votes_against in YEARS:
        row = make.resolution(
            session,
            f"study-{season}",
            company=company,
            season=season,
            family=family,
            lead=sisters,
            title=f"Report on customer due diligence {season}",
            campaign=campaign,
            statuses=[(ResolutionCode.VOTED_FINAL, f"{season}-05-25")],
        )
        held = make.meeting(
            session, f"meeting-{season}", company=company, held=f"{season}-05-25", proxy_filed=f"{season}-04-14"
        )
        make.count(
            session,
            make.ballot_item(session, held, row),
            votes_for * 1000,
            votes_against * 1000,
            reported=f"{season}-05-27",
        )
    gone = make.resolution(
        session,
        "withdrawn-2025",
        company=company,
        season=2025,
        campaign=campaign,
        statuses=[(ResolutionCode.FILED, "2024-12"), (ResolutionCode.WITHDRAWN_AGREEMENT, "2025-03")],
    )
    make.commitment(
        session,
        company=company,
        made_for=gone.id,
        due="2027-01",
        kept=CommitmentState.PENDING,
        title="Will publish an assessment",
        campaign=campaign,
    )
    make.resolution(session, "unknown-2026", company=company, season=2026, ask_type=AskType.POLICY, campaign=campaign)


def letters(session: Session, company: Organization, campaign: Campaign) -> None:
    """Write one letter in each state, and one to another company."""
    congress = make.organization(session, "members", name="Members of Congress", lane=Lane.LAWMAKERS)
    groups = make.organization(session, "coalition", name="Coalition of groups", lane=Lane.ADVOCATES)
    first = make.letter(
        session,
        "members-july",
        sent="2018-07-26",
        senders=[congress],
        recipients=[company],
        campaign=campaign,
        respond_by="2018-08-20",
        title="Members ask about accuracy",
        questions=["Which agencies?", "How accurate?", "Which audits?", "Who is told?"],
        sender_count=5,
    )
    make.response(
        session,
        "private-reply",
        company=company,
        day="2018-08",
        public=False,
        title="Amazon's reply",
        answers={first.id: ResponseState.ANSWERED_PARTIAL},
        grades={(first.id, 1): AnswerGrade.PARTLY, (first.id, 2): AnswerGrade.NOT, (first.id, 3): AnswerGrade.FULL},
    )
    again = make.letter(
        session,
        "members-november",
        sent="2018-11-29",
        respond_by="2018-12-13",
        senders=[congress],
        recipients=[company],
        campaign=campaign,
        title="Eight members ask again",
        reasks=first.id,
        questions=["Which agencies?", "How accurate?"],
    )
    make.response(
        session,
        "blog-post",
        company=company,
        day="2019-02-07",
        channel=Channel.BLOG,
        title="Guidelines on the blog",
        answers={again.id: ResponseState.ANSWERED_PARTIAL},
        grades={(again.id, 1): AnswerGrade.BESIDE},
    )
    make.judgement(session, again, "2019-02-08", by="The senders", quote="insufficient")
    silent = make.letter(
        session,
        "coalition",
        sent="2019-01-15",
        senders=[groups],
        recipients=[company],
        campaign=campaign,
        title="Coalition asks not to sell face surveillance",
        questions=["Will you stop?"],
        sender_count=90,
    )
    make.search(session, silent, "2026-11-21")
    make.letter(
        session,
        "pilots",
        sent="2026-11-02",
        respond_by="2026-12-01",
        senders=[groups],
        recipients=[company],
        campaign=campaign,
        title="Investors ask about airport pilots",
        questions=["Where?", "When?", "Why?"],
    )
    make.letter(
        session,
        "elsewhere",
        sent="2020-06-10",
        recipients=[make.organization(session, "initech", name="Initech")],
        title="A letter to Initech",
    )
