"""A week of a campaign, made by hand: what the digest is given in every test of this folder."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from tracker.digest.facts import DueFact, Happening, LetterFact, Period, ResolutionFact, SilenceFact, Subject, Week
from tracker.domain.dates import PartialDate
from tracker.domain.responses import Answer, LetterFacts, Search, state
from tracker.domain.vocab import EventType, Lane, ResolutionCode, ResponseState, SupportFormula
from tracker.domain.votes import Share

MONDAY, SUNDAY = date(2019, 4, 1), date(2019, 4, 7)
RECORDED = datetime(2019, 4, 4, 9, 0, tzinfo=UTC)


def happening(
    on="2019-04-03",
    kind=EventType.COMMENTARY,
    headline="It happened",
    *,
    lane=Lane.PRESS,
    subject=None,
    path="",
    recorded_at=RECORDED,
    **more,
):
    key = f"{kind}-{headline}-{on}".replace(" ", "-")
    return Happening(
        id=key,
        kind=kind,
        lane=lane,
        on=PartialDate.parse(on),
        headline=headline,
        recorded_at=recorded_at,
        path=path or f"/events/{key}",
        subject=subject,
        **more,
    )


def letter(number, title, sent, *, answers=(), searches=(), respond_by=None, on=SUNDAY):
    facts = LetterFacts(
        sent=PartialDate.parse(sent), respond_by=respond_by, answers=tuple(answers), searches=tuple(searches)
    )
    return LetterFact(id=number, title=title, path=f"/letters/letter-{number}", state=state(facts, on))


BAN = Subject(1, "resolution", "Prohibit sales of facial recognition to government")
STUDY = Subject(2, "resolution", "Report on risks of government use of Rekognition")
RESEARCHERS = Subject(3, "letter", "AI researchers ask Amazon to stop selling Rekognition to police")
MEETING = "Annual meeting of Amazon.com, Inc. 2019"
COALITION = "Coalition letter to Amazon, Microsoft and Google"


@pytest.fixture
def quiet():
    """A week in which nothing happened."""
    return Week(
        slug="amazon-rekognition",
        title="Amazon Rekognition and government sales",
        period=Period(MONDAY, SUNDAY),
        known_since=datetime(2019, 4, 1, 8, 0, tzinfo=UTC),
        known_until=datetime(2019, 4, 8, 8, 0, tzinfo=UTC),
    )


@pytest.fixture
def week(quiet):
    """The week of the design picture: both proposals stay on the ballot, researchers write, answers are missing."""
    denied = {"lane": Lane.REGULATORS, "kind": EventType.SEC_DECISION, "on": "2019-04-02..2019-04-03", "sources": 4}
    return replace(
        quiet,
        events=(
            happening(
                headline=f"Reconsideration denied: {BAN.title}", subject=BAN, path="/resolutions/ban-2019", **denied
            ),
            happening(
                headline=f"Reconsideration denied: {STUDY.title}",
                subject=STUDY,
                path="/resolutions/study-2019",
                **denied,
            ),
            happening(
                kind=EventType.LETTER_SENT,
                headline=f"Letter sent: {RESEARCHERS.title}",
                subject=RESEARCHERS,
                lane=Lane.ADVOCATES,
                path="/letters/letter-3",
                sources=2,
            ),
            happening(
                "2019-04-05",
                EventType.SEC_DECISION,
                "Amazon can’t block investor vote on face recognition, says SEC <b>& more</b>",
                path="/documents/17",
                publisher="Fast Company",
                sources=1,
            ),
            happening(
                "2019-03-29",
                EventType.STUDY_OR_REPORT,
                "Response to Amazon’s criticism of the audit",
                lane=Lane.ADVOCATES,
                path="/events/study",
            ),
            *(happening("2018-07", headline=f"Older story {number}") for number in range(12)),
            happening("2019-05-22", EventType.OTHER, MEETING, lane=Lane.COMPANY),
        ),
        letters=(
            letter(3, RESEARCHERS.title, "2019-04-03"),
            letter(4, COALITION, "2019-01-15", searches=[Search(date(2019, 3, 20), "newsroom, blog")]),
            letter(
                5,
                "Eight members of Congress ask again",
                "2018-11-29",
                respond_by=PartialDate.parse("2018-12-13"),
                answers=[Answer(PartialDate.parse("2019-02-07"), ResponseState.TANGENTIAL)],
            ),
            letter(
                6,
                "Black Caucus to Bezos",
                "2018-05",
                answers=[Answer(PartialDate.parse("2018-08"), ResponseState.ANSWERED_PARTIAL)],
            ),
        ),
        resolutions={
            1: ResolutionFact(1, ResolutionCode.ON_BALLOT),
            2: ResolutionFact(2, ResolutionCode.ON_BALLOT),
        },
        due=(
            DueFact(
                PartialDate.parse("about 11 April 2019"),
                "Definitive proxy statement expected",
                "our estimate from last year’s",
                "/calendar",
            ),
            DueFact(PartialDate.parse("2019-05-22"), MEETING, "", "/calendar", meeting=True),
            DueFact(PartialDate.parse("2019-12-13"), "Proposals for 2020", "Rule 14a-8(e)(2)", "/calendar"),
        ),
        silences=(SilenceFact("Newsroom of the ACLU", date(2019, 4, 2)),),
    )


@pytest.fixture
def voted(quiet):
    """The week of the meeting."""
    voted = {"kind": EventType.VOTE_RESULT, "lane": Lane.INVESTORS}
    return replace(
        quiet,
        events=(
            happening(headline=f"Voted: {STUDY.title}", subject=STUDY, path="/resolutions/study-2019", **voted),
            happening(headline="Proxy adviser explains its vote"),
        ),
        resolutions={
            2: ResolutionFact(
                2, ResolutionCode.VOTED_FINAL, Share(Fraction(275).numerator, 1000, SupportFormula.FOR_AGAINST_ABSTAIN)
            )
        },
    )
