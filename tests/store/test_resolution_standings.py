"""The kept standings: pages of the table follow each other as the whole table stands, and follow what changes."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests import factories as make
from tracker.domain.vocab import AskType, ResolutionCode
from tracker.models.resolution import ResolutionStanding
from tracker.store import resolution_standings, resolutions
from tracker.store.resolutions import Filters, Order, Outcome

TODAY = make.TODAY
VOTED = (ResolutionCode.FILED, "2018-12-01"), (ResolutionCode.VOTED_FINAL, "2019-05-22")


@pytest.fixture
def session(engine):
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def filled(session):
    """Two companies, a family of three years, and resolutions without family, vote or any record."""
    amazon, other = make.organization(session, "amazon"), make.organization(session, "éclair", name="Éclair")
    family, campaign = make.family(session, amazon), make.campaign(session, "campaign")
    for place, year in enumerate((2019, 2020, 2021)):
        meeting = make.meeting(session, f"meeting-{year}", company=amazon, held=f"{year}-05-22")
        row = make.resolution(session, f"study-{year}", company=amazon, season=year, family=family, statuses=VOTED)
        item = make.ballot_item(session, meeting, row, number="10" if year == 2020 else "9")
        make.count(session, item, 100 * (place + 1), 1000)
    for name in ("bare", "bare-too"):
        make.resolution(session, name, company=other, season=2020, ask_type=AskType.POLICY, campaign=campaign)
    later = (TODAY + timedelta(days=30)).isoformat()
    ahead = ((ResolutionCode.FILED, "2026-10-01"), (ResolutionCode.ON_BALLOT, later))
    make.resolution(session, "ahead", company=other, season=2027, statuses=ahead, campaign=campaign)
    resolution_standings.refresh(session, None, TODAY)
    return amazon, family, campaign


def slugs(listed) -> list[str]:
    return [row.slug for row in listed.rows]


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("descending", [True, False])
def test_pages_follow_each_other_as_the_whole_table_stands(session, filled, order, descending):
    how = {"today": TODAY, "order": order, "descending": descending}
    whole = [row.slug for row in resolutions.table(session, **how)]
    paged, after = [], None
    while (page := resolution_standings.listed(session, Filters(), **how, after=after, limit=2)).rows:
        paged += slugs(page)
        after = page.places[-1]
    assert paged == whole


@pytest.mark.parametrize(
    "wanted",
    [{"season": 2020}, {"ask_type": AskType.POLICY}, {"outcome": Outcome.VOTED}, {"outcome": Outcome.NO_RECORD}],
)
def test_filters_leave_what_the_whole_table_leaves(session, filled, wanted):
    _, family, campaign = filled
    for more in ({}, {"family_id": family.id}, {"campaign_id": campaign.id}):
        filters = Filters(**wanted, **more)
        whole = resolutions.table(session, filters, today=TODAY)
        found = resolution_standings.listed(session, filters, today=TODAY)
        assert slugs(found) == [row.slug for row in whole]
        assert (found.total, found.voted) == (len(whole), sum(row.voted for row in whole))


def test_a_change_of_a_meeting_moves_what_was_voted_on_there_and_its_family(session, filled):
    amazon, family, _ = filled
    meeting = make.meeting(session, "meeting-2022", company=amazon, held="2022-05-22")
    row = make.resolution(session, "study-2022", company=amazon, season=2022, family=family, statuses=VOTED)
    make.count(session, make.ballot_item(session, meeting, row), 900, 100)
    resolution_standings.refresh(session, [meeting.id], TODAY)
    page = resolution_standings.listed(session, Filters(), today=TODAY, order=Order.SUPPORT, limit=1)
    assert slugs(page) == ["study-2022"]
    kept = session.exec(select(ResolutionStanding).order_by(ResolutionStanding.resolution_id)).all()
    before = [found.model_dump() for found in kept]
    resolution_standings.refresh(session, None, TODAY)
    session.expire_all()
    again = session.exec(select(ResolutionStanding).order_by(ResolutionStanding.resolution_id)).all()
    assert [found.model_dump() for found in again] == before


def test_a_step_that_comes_true_moves_its_row_that_day_and_a_new_row_is_not_forgotten(session, filled):
    assert resolution_standings.refresh_moved(session, TODAY) == 0
    day = TODAY + timedelta(days=30)
    assert resolution_standings.refresh_moved(session, day) == 1
    page = resolution_standings.listed(session, Filters(season=2027), today=day)
    assert page.rows[0].status.code is ResolutionCode.ON_BALLOT
    make.resolution(session, "new", company=make.organization(session, "amazon"), season=2026)
    assert resolution_standings.refresh_moved(session, day) == 1
    assert slugs(resolution_standings.listed(session, Filters(season=2026), today=day)) == ["new"]


def test_a_table_of_many_pages_reads_as_many_rows_as_it_shows(session, filled):
    assert resolution_standings.listed(session, Filters(), today=TODAY, limit=3).total == 6
