"""Previews and dry runs: what would be sent, and nothing kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests import factories
from tests.workflows.send_digest.conftest import MONDAY, rows
from tracker.domain.errors import ConfigError, NotFoundError
from tracker.domain.vocab import ResolutionCode
from tracker.models.campaign import Campaign
from tracker.models.document import Source
from tracker.models.subscriber import Delivery, Issue
from tracker.store.engine import writing
from tracker.workflows.compose_digest import preview
from tracker.workflows.send_digest import send_due, would_send
from tracker.workflows.subscribe import subscribe


def test_a_preview_stores_nothing(runtime):
    mail = preview(runtime)
    assert mail.subject == "Filed: Study it"
    assert "Preview: this was sent to nobody." in mail.text
    assert rows(runtime, Issue) == []


def test_a_preview_of_other_days(runtime):
    assert preview(runtime, "faces", date(2026, 11, 18)).subject == "Filed: Study it"
    assert preview(runtime, "faces", date(2026, 11, 10)) is None
    with pytest.raises(NotFoundError, match="there are: faces"):
        preview(runtime, "facse")


def test_before_a_vote_its_counts_are_not_told(runtime):
    with writing(runtime.engine) as session:
        campaign = session.exec(select(Campaign)).one()
        company = factories.organization(session)
        statuses = [(ResolutionCode.FILED, "2026-11-17"), (ResolutionCode.VOTED_FINAL, "2026-11-20")]
        ban = factories.resolution(
            session, "ban", company=company, campaign=campaign, statuses=statuses, title="Ban it"
        )
        factories.event(session, campaign, ban.id, "2026-11-17", headline="Filed: Ban it")
        meeting = factories.meeting(session, company=company, held="2026-11-20", campaign=campaign)
        factories.count(session, factories.ballot_item(session, meeting, ban), 24, 976)
    assert "2.4" not in preview(runtime, "faces", date(2026, 11, 18)).text
    assert "[2.4\N{NO-BREAK SPACE}%]" in preview(runtime, "faces", date(2026, 11, 21)).text


def test_a_dry_run_says_what_would_go_out_and_keeps_nothing(runtime):
    subscribe(runtime, "ann@example.org")
    assert [(mail.email, mail.subject) for mail in would_send(runtime)] == [("ann@example.org", "Filed: Study it")]
    assert rows(runtime, Issue) == []
    assert rows(runtime, Delivery) == []
    assert send_due(runtime).sent == 1
    assert would_send(runtime) == []


def test_a_source_that_fails_is_named(runtime):
    with writing(runtime.engine) as session:
        factories.add(session, Source(
            name="newsroom", reader="feed", title="The newsroom", url="https://news.example/feed",
            due_at=MONDAY, failing_since=MONDAY - timedelta(days=4), failures=9,
        ))  # fmt: skip
        factories.add(session, Source(
            name="blip", reader="feed", title="A blip", url="https://blip.example/feed",
            due_at=MONDAY, failing_since=MONDAY - timedelta(hours=3), failures=1,
        ))  # fmt: skip
    text = preview(runtime).text
    assert "The newsroom: no answer since 19 November 2026." in text
    assert "A blip" not in text


def test_a_time_zone_that_does_not_exist_is_said(runtime):
    wrong = replace(runtime, settings=runtime.settings.model_copy(update={"digest_time_zone": "Europe/Berlinn"}))
    with pytest.raises(ConfigError, match="Berlinn"):
        preview(wrong)
