"""Every address in a digest opens a page of the site, the reader's own address for leaving included."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from tests import factories
from tests.web import scenario
from tracker.digest.compose import compose
from tracker.digest.render import Reader, render
from tracker.models.campaign import Campaign
from tracker.models.event import Event
from tracker.models.subscriber import Subscriber
from tracker.settings import Settings
from tracker.store.engine import reading, writing
from tracker.web.factory import create_app
from tracker.workflows.compose_digest import preview
from tracker.workflows.draw_digest import unsubscribe_url
from tracker.workflows.runtime import Runtime
from tracker.workflows.subscribe import subscribe

SITE = "https://whereas.example.org"


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    """An archive with rows of every kind."""
    folder = tmp_path_factory.mktemp("digest")
    with factories.database(f"sqlite:///{folder / 'whereas.db'}") as engine:
        made = Runtime(Settings(data_dir=folder, public_url=SITE), engine, clock=lambda: scenario.NOW)
        scenario.fill(made)
        with writing(engine) as session:
            # A document that tells of nothing but itself, in a week of its own.
            campaign = session.exec(select(Campaign).where(Campaign.slug == scenario.CAMPAIGN)).one()
            story = factories.document(session, "A study", url="https://news.example/study", published="2021-03-03")
            factories.event(session, campaign, None, "2021-03-03", document_id=story.id, headline="A study")
        yield made


def paths(mail):
    """The addresses on our site that a mail links to, in either part, as paths with their queries."""
    found = re.findall(rf'{SITE}(/?[^\s"<>]*)', mail.html.replace("&amp;", "&") + mail.text)
    return sorted({path.rstrip(".,)") or "/" for path in found})


def test_every_link_of_every_weeks_mail_opens(runtime):
    client = create_app(runtime).test_client()
    with reading(runtime.engine) as session:
        days = list(session.exec(select(Event.sort_day).distinct()))
    weeks = {day + timedelta(days=6 - day.weekday()) for day in map(date.fromisoformat, days)}
    opened = set()
    for ending in sorted(weeks):
        mail = preview(runtime, ending=ending)
        for path in paths(mail) if mail else ():
            answer = client.get(path, follow_redirects=True)
            assert answer.status_code == 200, path
            opened.add(path)
    kinds = {urlsplit(path).path.split("/")[1] for path in opened}
    assert {"campaigns", "letters", "resolutions", "documents", "events", "calendar"} <= kinds, kinds


def test_the_link_for_leaving_opens(runtime, week):
    subscribe(runtime, "ann@example.org")
    with reading(runtime.engine) as session:
        address = unsubscribe_url(runtime.settings, session.exec(select(Subscriber.token)).one())
    mail = render([compose(week)], Reader(SITE, address, "each Monday"))
    assert urlsplit(address).path in paths(mail)
    assert create_app(runtime).test_client().get(urlsplit(address).path).status_code == 200
