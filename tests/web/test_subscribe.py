"""Leaving the digest by its link."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.web import scenario
from tracker.domain.vocab import SubscriberState
from tracker.models.subscriber import Subscriber
from tracker.settings import Settings
from tracker.store.engine import reading, writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    """An archive with one confirmed subscriber."""
    with factories.database(f"sqlite:///{tmp_path / 'whereas.db'}") as engine:
        with writing(engine) as session:
            session.add(
                Subscriber(
                    email="ada@example.org", token="a" * 32, state=SubscriberState.CONFIRMED, joined_at=scenario.NOW
                )
            )
        yield Runtime(Settings(), engine, clock=lambda: scenario.NOW)


@pytest.fixture
def client(runtime: Runtime) -> FlaskClient:
    """A reader of that site."""
    return create_app(runtime).test_client()


def state(runtime: Runtime) -> SubscriberState:
    """Return the one subscriber's state."""
    with reading(runtime.engine) as session:
        return session.get_one(Subscriber, 1).state


def test_opening_the_link_changes_nothing(client: FlaskClient, runtime: Runtime) -> None:
    page = client.get(f"/u/{'a' * 32}")
    assert page.status_code == 200
    assert re.search(r'<form method="post">', page.text)
    assert state(runtime) is SubscriberState.CONFIRMED


def test_one_post_without_a_cookie_unsubscribes_and_does_not_redirect(client: FlaskClient, runtime: Runtime) -> None:
    page = client.post(f"/u/{'a' * 32}", data={"List-Unsubscribe": "One-Click"})
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert state(runtime) is SubscriberState.LEFT
    assert "left before" in client.post(f"/u/{'a' * 32}").text


def test_a_link_of_nobody_helps_and_repeats_no_secret(client: FlaskClient) -> None:
    page = client.post("/u/of-nobody")
    assert page.status_code == 404
    assert "of-nobody" not in page.text.replace('href="/u/of-nobody"', "")
