"""A small archive with one event in the week that is due, a clock that is set by hand, and a mailer that remembers."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests import factories
from tracker.domain.vocab import ResolutionCode
from tracker.models.campaign import Campaign
from tracker.settings import Settings
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime

# A Monday, eight o'clock: the week from 16 to 22 November is due.
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


class Recorder:
    """A mailer that remembers what it was given; `trouble` is raised before it takes a message, `after` once it has."""

    def __init__(self):
        self.sent, self.trouble, self.after = [], None, None

    def opened(self):
        return nullcontext(self)

    def send(self, message):
        if self.trouble is not None:
            raise self.trouble
        self.sent.append(message)
        if self.after is not None:
            raise self.after
        return "taken"


class Crash(BaseException):
    """The process ends here: nothing after it is recorded."""


@pytest.fixture
def runtime(database_url, tmp_path):
    """A campaign with a resolution, and one event in the week that is due."""
    settings = Settings(
        data_dir=tmp_path / "var",
        database_url=database_url,
        public_url="https://whereas.example.org",
        mail_from="Whereas <digest@whereas.example.org>",
    )
    with factories.database(database_url) as engine:
        made = Runtime(settings, engine, clock=Clock(MONDAY))
        vars(made)["mail"] = Recorder()
        with writing(engine) as session:
            campaign = factories.campaign(session, "faces", title="Face recognition")
            company = factories.organization(session)
            statuses = [(ResolutionCode.FILED, "2026-11-18")]
            study = factories.resolution(
                session, company=company, campaign=campaign, statuses=statuses, title="Study it"
            )
            factories.event(session, campaign, study.id, "2026-11-18", headline="Filed: Study it")
            factories.letter(session, sent="2026-09-01", campaign=campaign, title="A letter")
        yield made


def happens(runtime, day, headline, slug="faces"):
    """Put one more event on a campaign's timeline."""
    with writing(runtime.engine) as session:
        campaign = session.exec(select(Campaign).where(Campaign.slug == slug)).one()
        name = headline.lower().replace(" ", "-")
        key = factories.spine(session, "statement", name, title=headline, campaign=campaign)
        factories.event(session, campaign, key, day, headline=headline)


def rows(runtime, table):
    with reading(runtime.engine) as session:
        return list(session.exec(select(table).order_by(table.id)))


def one(runtime, table):
    [row] = rows(runtime, table)
    return row


def another_process(runtime):
    """Return the same program as another process."""
    other = replace(runtime, holder="another process")
    vars(other)["mail"] = runtime.mail
    return other
