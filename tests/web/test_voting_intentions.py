"""Votes declared ahead of a meeting: from the campaign file to the page, the timeline and the interface."""

import pytest
from lxml import html

from tests import factories as make
from tests.web import long_campaign
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import FundDecision
from tracker.models.meeting import BallotItem, FundVote
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.runtime import Runtime

URL = "https://votes.example/ahead"
FILE = {
    "campaign": {"slug": "sales", "title": "Sales"},
    "organizations": [
        {"slug": "acme", "name": "Acme", "roles": ["issuer"]},
        {"slug": "pension", "name": "State Pension Board", "aliases": ["State Pension"], "roles": ["investor"]},
    ],
    "objects": [
        {
            "kind": "resolution", "slug": "study", "title": "A study", "company": "acme", "season": 2019,
            "ask_type": "report", "ask": "Study it.",
            "parts": {"voting_intention": [
                {"organization": "pension", "intention": "abstain", "declared_on": "2019-04-20", "url": URL},
                {"organization": "pension", "intention": "for", "declared_on": "2019-05-02", "url": URL, "number": 2,
                 "rationale": "The <b>risks</b> are not known."},
                {"named": "A late fund", "intention": "against", "declared_on": "2019-06", "url": URL},
                {"named": "A quiet fund", "intention": "for", "url": "javascript:alert(1)"},
            ]},
        },
        {"kind": "meeting", "slug": "meeting", "title": "Annual meeting", "company": "acme", "held_on": "2019-05-22",
         "parts": {"ballot_item": [{"number": "5", "resolution": "study", "ballot_kind": "shareholder_proposal"}]}},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    with make.database(f"sqlite:///{tmp_path_factory.mktemp('ahead') / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: long_campaign.NOW)
        import_campaign(runtime, FILE)
        with writing(engine) as session:
            item = session.get(BallotItem, 1)
            for fund in ("Retirement", "Health"):
                make.fund_vote(session, item, fund, FundDecision.FOR, manager="STATE PENSION")
            session.add(
                FundVote(ballot_item_id=item.id, fund="Other", manager="State Pensions of elsewhere",
                         decision=FundDecision.AGAINST, recorded_at=make.NOW, filed_on=PartialDate.parse("2019-08"))
            )  # fmt: skip
        yield runtime


@pytest.fixture(scope="module")
def client(runtime):
    return create_app(runtime).test_client()


@pytest.fixture(scope="module")
def lines(client):
    page = html.fromstring(client.get("/resolutions/study").text)
    return [" ".join(line.text_content().split()) for line in page.get_element_by_id("intentions").cssselect("li")]


def test_an_investor_stands_with_vote_day_rationale_and_source(lines):
    [line] = [line for line in lines if line.startswith("State Pension Board for")]
    assert "declared 2 May 2019 · votes.example" in line
    assert "The <b>risks</b> are not known." in line


def test_what_its_funds_reported_stands_beside_and_funds_of_a_like_name_do_not(lines):
    [line] = [line for line in lines if line.startswith("State Pension Board for")]
    assert "Reported afterwards: 2 funds for." in line
    [quiet] = [line for line in lines if line.startswith("A quiet fund")]
    assert "No vote of a fund of this name is on record." in quiet


def test_a_changed_mind_leaves_the_first_declaration_on_record(lines):
    [line] = [line for line in lines if "abstain" in line]
    assert "replaced by a later one" in line


def test_one_declared_after_the_meeting_says_so_and_one_without_a_day_does_not(lines):
    [late] = [line for line in lines if line.startswith("A late fund")]
    assert "declared after the meeting" in late
    assert "day not on record" in next(line for line in lines if line.startswith("A quiet fund"))


def test_an_address_that_is_none_is_no_link(client):
    assert "javascript:" not in client.get("/resolutions/study").text


def test_the_timeline_has_those_with_a_day_and_the_archive_checks(client, runtime):
    rows = client.get("/campaigns/sales/timeline.json").get_json()["items"]
    assert sorted(row["title"] for row in rows if "will" in row["title"]) == [
        "A late fund will vote against: A study",
        "State Pension Board will abstain on: A study",
        "State Pension Board will vote for: A study",
    ]
    assert verify(runtime).difference.touched == 0


def test_the_same_file_again_changes_nothing(runtime):
    assert import_campaign(runtime, FILE).same == 2


def test_the_interface_gives_them(client):
    told = client.get("/api/v1/resolutions/study").get_json()["intentions"]
    assert [(line["investor"], line["intention"], line["replaced"]) for line in told] == [
        ("A quiet fund", "for", False),
        ("State Pension Board", "for", False),
        ("A late fund", "against", False),
        ("State Pension Board", "abstain", True),
    ]
