"""What is kept of a campaign is never shown when it no longer holds: pages say the same with it as without."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, delete, select, update

from tests import factories
from tests.web import scenario
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.campaign import Summary
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime
from tracker.workflows.summarise import summarise

PAGES = ("/", f"/campaigns/{scenario.CAMPAIGN}/timeline")


@pytest.fixture
def kept(tmp_path) -> Iterator[tuple[Runtime, FlaskClient]]:
    """The site over an archive whose summaries are made."""
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
        scenario.fill(runtime)
        assert summarise(runtime).endswith("summaries made")
        yield runtime, create_app(runtime).test_client()


def shown(client: FlaskClient) -> list[str]:
    answers = [client.get(page) for page in PAGES]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [answer.text for answer in answers]


def without_summaries(runtime: Runtime, client: FlaskClient) -> list[str]:
    with writing(runtime.engine) as session:
        session.execute(delete(Summary))
    return shown(client)


def test_pages_say_the_same_with_summaries_as_without(kept):
    runtime, client = kept
    assert summarise(runtime) == "every summary holds"
    assert shown(client) == without_summaries(runtime, client)


def test_a_letter_taken_back_is_in_no_summary_from_then_on(kept):
    runtime, client = kept
    before = shown(client)
    with writing(runtime.engine) as session:
        letter = session.exec(select(CampaignObject).where(CampaignObject.slug == "coalition-2019")).one()
        letter.state, letter.withdrawn_reason = ObjectState.WITHDRAWN, "It was never sent."
        session.flush()
        project(session, object_ids=[letter.id or 0], clock=runtime.clock)
    after = shown(client)
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert after == without_summaries(runtime, client)


def test_a_summary_of_yesterday_is_not_shown_today(kept):
    runtime, client = kept
    with writing(runtime.engine) as session:
        session.execute(update(Summary).values(day=scenario.NOW.date() - timedelta(days=1), content={}))
    assert shown(client) == without_summaries(runtime, client)


@pytest.mark.parametrize("whose", [col(Summary.campaign_id).is_(None), col(Summary.campaign_id).is_not(None)])
def test_a_summary_in_the_form_of_another_version_is_made_anew(kept, whose):
    runtime, client = kept
    with writing(runtime.engine) as session:
        session.execute(update(Summary).where(whose).values(content={"due": [{"gone": 1}], "counts": {"old": 1}}))
    assert shown(client) == without_summaries(runtime, client)
