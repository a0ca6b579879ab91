"""The calendars people subscribe to, read back by a library that did not write them."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import vobject
from flask.testing import FlaskClient

from tests import factories
from tests.web import scenario
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.publish_calendar import publish_calendar
from tracker.workflows.runtime import Runtime

SLUG = "moving"
CALENDARS = ("/calendar.ics", f"/campaigns/{SLUG}/calendar.ics")


@pytest.fixture(scope="module")
def dated(tmp_path_factory) -> Iterator[FlaskClient]:
    """The site over an archive in which a meeting, its deadlines and a letter's answer lie ahead."""
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('dated') / 'a.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
        with writing(engine) as session:
            company = factories.organization(session, "amazon", name="Amazon.com, Inc.")
            campaign = factories.campaign(session, SLUG, targets=[company])
            factories.meeting(session, "met", company=company, held="2026-05-20", proxy_filed="2026-04-09")
            factories.letter(session, "asked", sent="2026-11-01", respond_by="2026-12-24", campaign=campaign)
        publish_calendar(runtime)
        yield create_app(runtime).test_client()


def events(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/calendar")
    [told] = vobject.readComponents(answer.text)
    told.validate(raiseException=True)
    return {event.uid.value: event for event in told.vevent_list}


@pytest.mark.parametrize("address", CALENDARS)
def test_a_calendar_is_understood_by_another_reader(dated: FlaskClient, address: str):
    found = events(dated.get(address))
    assert found
    for event in found.values():
        assert event.url.value.startswith("http://127.0.0.1:")
        assert event.dtend.value > event.dtstart.value
        assert event.sequence.value == "0"
        assert max(map(len, dated.get(address).data.split(b"\r\n"))) <= 75


def test_a_calendar_has_what_the_page_lists(dated: FlaskClient):
    page = dated.get("/calendar").text
    found = events(dated.get("/calendar.ics"))
    assert page.count('<span class="due-day">') == len(found)
    some = events(dated.get("/calendar.ics?kind=meeting"))
    assert 0 < len(some) < len(found)
    assert {event.categories.value[0] for event in some.values()} == {"Meeting"}


def test_a_wrong_filter_or_campaign_is_answered_in_words(dated: FlaskClient):
    assert "does not know" in dated.get("/calendar.ics?campaign=nobody").text
    assert dated.get("/calendar.ics?campaign=nobody").status_code == 422
    missing = dated.get("/campaigns/mowing/calendar.ics")
    assert (missing.status_code, SLUG in missing.text) == (404, True)


def test_a_cancelled_date_stays_and_says_so_and_hostile_words_stay_words(tmp_path):
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        runtime = Runtime(Settings(public_url="https://w.example"), engine, clock=lambda: scenario.NOW)
        with writing(engine) as session:
            company = factories.organization(session, "amazon")
            title = "To Amazon; see, \\n BEGIN:VEVENT\r\nUID:evil\r\x01\x1b\n" + "é" * 80
            letter = factories.letter(session, "asked", sent="2026-11-01", respond_by="2026-12", recipients=[company])
            factories.letter(session, "late", sent="2026-11-01", respond_by="2026-12-24", title=title)
        publish_calendar(runtime)
        with writing(engine) as session:
            session.get(type(letter), letter.id).respond_by = None
        assert publish_calendar(runtime) == "0 dates new in the calendars, 0 changed, 1 cancelled"
        client = create_app(runtime).test_client()
        found = events(client.get("/calendar.ics"))
        assert set(found) == {"letter:asked:answer@whereas", "letter:late:answer@whereas"}
        gone, late = found["letter:asked:answer@whereas"], found["letter:late:answer@whereas"]
        assert (gone.status.value, gone.sequence.value) == ("CANCELLED", "1")
        assert (gone.dtstart.value, gone.dtend.value) == (date(2026, 12, 1), date(2027, 1, 1))
        assert gone.summary.value.endswith(": December 2026")
        assert late.status.value == "CONFIRMED"
        assert late.url.value == "https://w.example/letters/late"
        assert late.summary.value.endswith("é" * 80)
        first = client.get("/calendar.ics")
        assert not re.search(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)", first.data)
        again = client.get("/calendar.ics", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
