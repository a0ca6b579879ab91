"""What of a timeline is still waiting, on the strip and on the cards."""

import html
import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.web import timeline_scenario as palms
from tests.web.test_timeline import row
from tracker.settings import Settings
from tracker.store import campaigns, timeline
from tracker.store.engine import reading
from tracker.web import waiting
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime


@pytest.fixture(scope="module")
def runtime(tmp_path_factory) -> Iterator[Runtime]:
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('palms') / 'a.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: palms.NOW)
        palms.fill(runtime)
        yield runtime


@pytest.fixture
def client(runtime: Runtime) -> FlaskClient:
    return create_app(runtime).test_client()


def open_on(runtime: Runtime, today: date) -> set[str]:
    with reading(runtime.engine) as session:
        campaign = campaigns.by_slug(session, palms.CAMPAIGN)
        points = timeline.points(session, campaign.id)
        titles = {point.id: point.headline.partition(": ")[2] for point in points}
        return {f"{titles[found.event_id]} {found.words}" for found in waiting.threads(session, points, today)}


def test_letters_wait_until_they_are_answered_and_proposals_until_their_end(runtime: Runtime):
    assert open_on(runtime, palms.NOW.date()) == {
        "Stop reading palms waiting 2,509 days for an answer",
        "And the tills? waiting 21 days for an answer",
        "Report on palms, coming waiting 34 days for the vote",
    }


def test_a_proposal_of_which_nothing_more_is_known_is_not_said_to_wait_for_years(runtime: Runtime):
    assert any("coming" in found for found in open_on(runtime, date(2027, 11, 1)))
    assert not any("coming" in found for found in open_on(runtime, date(2028, 1, 1)))


def test_nothing_waits_before_it_was_sent(runtime: Runtime):
    assert open_on(runtime, date(2019, 12, 31)) == set()


def test_the_strip_says_in_words_what_waits_in_each_lane(client: FlaskClient):
    text = client.get(palms.TIMELINE).text
    assert re.findall(r'<text class="waiting"[^>]*>([^<]+)', text) == [
        "waiting 34 days for the vote",
        "2 waiting, the first 2,509 days",
    ]
    assert "Advocates: 2 waiting, the first 2,509 days." in text
    assert "(waiting 21 days for an answer)</title>" in html.unescape(text)


def test_a_card_says_how_long_its_letter_waits_and_an_answered_one_how_long_it_took(client: FlaskClient):
    text = client.get(palms.TIMELINE).text
    assert "waiting 21 days Not due yet: due 15 January 2027" in row(text, "Advocates And the tills?")
    assert "waiting 2,509 days No answer on record" in row(text, "Advocates Stop reading palms")
    answered = next(
        found for found in re.findall(r"<article.*?</article>", text, re.DOTALL) if "Who sees the palms?" in found
    )
    assert "waiting" not in answered


def test_a_filed_proposal_leads_to_its_end_or_says_that_none_is_on_record(client: FlaskClient):
    text = client.get(f"{palms.TIMELINE}?kind=resolution_filed").text
    assert "no outcome on record 34 days after it was filed" in row(text, "palms, coming")
    assert "no outcome on record 1,088 days after it was filed" in row(text, "palms, forgotten")
    assert "no outcome" not in row(text, "palms, dropped")
    assert "then On the ballot 11 Apr → Voted 25 May" in row(text, "palms, voted")
