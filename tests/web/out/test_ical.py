"""The calendars people subscribe to, read back by a library that did not write them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import vobject
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests import factories
from tests.web import scenario
from tracker.models.correspondence import Letter
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
    assert list(told.components()), "RFC 5545, 3.6: a calendar has at least one component"
    return {event.uid.value: event for event in told.contents.get("vevent", [])}


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


class Subscribed:
    """A calendar that a program fetches again day by day."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.now = engine, scenario.NOW
        self.client = create_app(Runtime(Settings(), engine, clock=lambda: self.now)).test_client()

    def fetch(self) -> dict[str, object]:
        """Publish what is due on this day, then read the calendar as a subscriber does."""
        publish_calendar(Runtime(Settings(), self.engine, clock=lambda: self.now))
        return events(self.client.get("/calendar.ics"))

    def change(self, letter: Letter, respond_by: str | None) -> dict[str, object]:
        """Move the day by which a letter asks for an answer, and fetch again a day later."""
        with writing(self.engine) as session:
            session.get(Letter, letter.id).respond_by = factories.on(respond_by) if respond_by else None
        self.now += timedelta(days=1)
        return self.fetch()


@pytest.fixture
def subscribed(tmp_path) -> Iterator[tuple[Subscribed, Letter]]:
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        with writing(engine) as session:
            letter = factories.letter(session, "asked", sent="2026-11-01", respond_by="2026-12-24")
        yield Subscribed(engine), letter


def test_a_date_that_moves_is_the_same_event_with_the_next_number_each_time(subscribed):
    calendar, letter = subscribed
    days = ["2026-12-24", "2026-12-28", "2027-01-15"]
    seen = [calendar.fetch(), *(calendar.change(letter, day) for day in days[1:])]
    assert {name for found in seen for name in found} == {"letter:asked:answer@whereas"}
    rows = [found["letter:asked:answer@whereas"] for found in seen]
    assert [row.dtstart.value.isoformat() for row in rows] == days
    assert [row.sequence.value for row in rows] == ["0", "1", "2"]
    assert [row.status.value for row in rows] == ["CONFIRMED"] * 3
    stamps = [row.dtstamp.value for row in rows]
    assert stamps == sorted(set(stamps)) == [row.last_modified.value for row in rows]


def test_an_unchanged_date_keeps_its_number_and_stamp(subscribed):
    calendar, letter = subscribed
    first, second = calendar.fetch(), calendar.change(letter, "2026-12-24")
    [before], [after] = first.values(), second.values()
    assert (before.sequence.value, before.dtstamp.value) == (after.sequence.value, after.dtstamp.value)


def test_a_date_moved_behind_today_is_cancelled_under_its_own_name_and_number(subscribed):
    calendar, letter = subscribed
    calendar.fetch()
    [gone] = calendar.change(letter, "2026-11-10").values()
    assert (gone.status.value, gone.sequence.value) == ("CANCELLED", "1")
    assert gone.uid.value == "letter:asked:answer@whereas"
    [again] = calendar.change(letter, "2026-11-11").values()
    assert again.sequence.value == "1"  # it is cancelled already: a program has nothing to learn
    [back] = calendar.change(letter, "2027-02-01").values()
    assert (back.status.value, back.sequence.value) == ("CONFIRMED", "2")


def test_a_date_that_has_passed_stays_as_it_was_and_leaves_after_a_year(subscribed):
    calendar, letter = subscribed
    calendar.fetch()
    calendar.now += timedelta(days=60)
    [passed] = calendar.fetch().values()
    assert (passed.status.value, passed.sequence.value) == ("CONFIRMED", "0")
    [withdrawn] = calendar.change(letter, None).values()
    assert (withdrawn.status.value, withdrawn.sequence.value) == ("CONFIRMED", "0")
    calendar.now += timedelta(days=400)
    assert calendar.fetch() == {}
