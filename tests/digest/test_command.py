"""`tracker digest` as a person uses it."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from tests import factories
from tracker.cli.digest import digest_command
from tracker.digest.weeks import last_week
from tracker.domain.vocab import ResolutionCode
from tracker.settings import load
from tracker.store import migrate
from tracker.store.engine import create_engine, writing


@pytest.fixture
def tracker(tmp_path, monkeypatch):
    """Run a digest command over a database with one campaign, of which something happened in the week that is due."""
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    settings = load()
    engine = create_engine(settings.database)
    migrate.upgrade(engine)
    week = last_week(datetime.now(UTC), UTC, settings.digest_weekday, settings.digest_hour)
    day = week.ends_on.isoformat()
    with writing(engine) as session:
        campaign = factories.campaign(session, "faces", title="Face recognition")
        company = factories.organization(session)
        study = factories.resolution(
            session, company=company, campaign=campaign, statuses=[(ResolutionCode.FILED, day)], title="Study it"
        )
        factories.event(session, campaign, study.id, day, headline="Filed: Study it")
    engine.dispose()

    def run(*arguments):
        result = CliRunner().invoke(digest_command, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.output

    run.day, run.outbox = day, settings.outbox
    return run


def test_preview_prints_the_text_or_writes_the_html(tracker, tmp_path):
    assert "Subject: Filed: Study it" in tracker("preview", "--ending", tracker.day)
    page = tmp_path / "week.html"
    assert f"written to {page}" in tracker("preview", "--ending", tracker.day, "--html", str(page))
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "Nothing to tell" in tracker("preview", "--ending", "2001-01-07")


def test_a_day_that_is_none_is_refused(tracker):
    assert "2019-04-07" in tracker("preview", "--ending", "April 2019")


def test_subscribe_send_and_status(tracker):
    assert tracker("subscribe", "ann@example.org") == "ann@example.org now gets the digest and follows faces\n"
    assert "ann@example.org: Filed: Study it\n1 mail would be sent." in tracker("send", "--dry-run")
    assert "1 mail sent" in tracker("send")
    assert "0 mails sent" in tracker("send")
    assert len(list(tracker.outbox.glob("*.eml"))) == 1
    assert "people:     1 confirmed\nmails:      1 sent\n" in tracker("status")
    assert tracker("unsubscribe", "ann@example.org") == "ann@example.org gets no more digests\n"
    assert tracker("unsubscribe", "ann@example.org") == "ann@example.org had left before\n"


def test_help_loads_no_database():
    code = (
        "import sys; from tracker.cli import main\n"
        "try: main(['digest', '--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('jinja2', 'css_inline') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
