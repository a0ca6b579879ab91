"""What comes next for a resolution, in one sentence."""

from datetime import date

import pytest
from sqlmodel import Session

from tests import factories
from tracker.domain.vocab import ResolutionCode
from tracker.store import resolutions
from tracker.store.engine import create_engine
from tracker.web import prospects

VOTED = [(ResolutionCode.ON_BALLOT, None), (ResolutionCode.VOTED_FINAL, None)]


@pytest.fixture
def session(sqlite_database):
    engine = create_engine(sqlite_database)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon.com, Inc.")


def vote(session, company, family, season, share):
    row = factories.resolution(
        session, f"study-{season}", company=company, season=season, family=family, statuses=VOTED
    )
    meeting = factories.meeting(session, f"meeting-{season}", company=company, held=f"{season}-05-22")
    factories.count(session, factories.ballot_item(session, meeting, row), share, 1000 - share)


def sentences(session, today):
    return {row.slug: prospects.words(row, today) for row in resolutions.table(session, today=today)}


def test_it_follows_the_status(session, company):
    vote(session, company, factories.family(session, company), 2024, 190)
    filed = [(ResolutionCode.FILED, "2024-12-01"), (ResolutionCode.EXCLUSION_NOTICED, "2025-01-20")]
    factories.resolution(session, "challenged", company=company, season=2025, statuses=filed)
    withdrawn = factories.resolution(
        session, "withdrawn", company=company, season=2023, statuses=[(ResolutionCode.WITHDRAWN_AGREEMENT, "2023-03")]
    )
    factories.commitment(session, company=company, due="2027-01", made_for=withdrawn.id)
    factories.resolution(session, "unknown", company=company, season=2022)
    found = sentences(session, date(2025, 2, 1))
    assert found["challenged"].startswith("SEC staff may answer")
    assert found["withdrawn"].endswith("Due January 2027.")
    assert found["unknown"] == "No record of its course."
    assert found["study-2024"] == "May come back: the 2024 vote reaches 5 %."


def test_a_subject_voted_on_three_times_below_the_bar_may_be_excludable(session, company):
    family = factories.family(session, company)
    for season, share in ((2021, 343), (2022, 406), (2023, 374), (2024, 190)):
        vote(session, company, family, season, share)
    found = sentences(session, date(2024, 6, 1))
    assert found["study-2024"] == "May be excludable: the 2024 vote is below 25 %."
    assert found["study-2023"] == "The subject came back in 2024."
