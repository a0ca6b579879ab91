"""Addresses of what was merged or withdrawn still answer, to people and to programs."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from tests import factories as make
from tests.engines import statements_of
from tracker.domain.vocab import ResolutionCode
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.event import Event
from tracker.settings import Settings
from tracker.store import permalinks
from tracker.store.engine import reading, writing
from tracker.web.factory import create_app
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

REASON = "It was filed at another company; we had read the wrong list."


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    with make.database(f"sqlite:///{tmp_path_factory.mktemp('ended') / 'whereas.db'}") as engine:
        own = Runtime(Settings(), engine, clock=lambda: make.NOW)
        with writing(engine) as session:
            _fill(session)
        rebuild(own)
        yield own


@pytest.fixture
def client(runtime: Runtime) -> FlaskClient:
    return create_app(runtime).test_client()


def _fill(session: Session) -> None:
    """Write a chain of three, a circle of two, one withdrawn, a draft and what leads to each of these."""
    company = make.organization(session, "acme")
    campaign = make.campaign(session, "acme-cameras", title="Acme's cameras", targets=[company])
    filed = [(ResolutionCode.FILED, "2019-01-10")]
    rows = {
        slug: make.resolution(session, slug, company=company, season=2019, statuses=filed, campaign=campaign)
        for slug in (
            "kept",
            "first",
            "second",
            "round",
            "about",
            "wrong",
            "draft",
            "to-wrong",
            "to-draft",
            "taken",
            "late",
        )
    }
    for slug, into in {
        "first": "second", "second": "kept", "round": "about", "about": "round", "to-wrong": "wrong",
        "to-draft": "draft",
    }.items():  # fmt: skip
        _set(session, slug, merged_into_id=rows[into].id)
    _set(session, "wrong", state=ObjectState.WITHDRAWN, withdrawn_reason=REASON)
    _set(session, "draft", state=ObjectState.DRAFT)


def _set(session: Session, slug: str, **values: object) -> None:
    session.execute(update(CampaignObject).where(col(CampaignObject.slug) == slug).values(**values))


@pytest.mark.parametrize("slug", ["first", "second"])
@pytest.mark.parametrize(("root", "status"), [("/resolutions", 301), ("/api/v1/resolutions", 308)])
def test_what_was_merged_leads_to_the_end_of_the_chain(client: FlaskClient, root: str, status: int, slug: str):
    answer = client.get(f"{root}/{slug}")
    assert (answer.status_code, answer.location) == (status, f"{root}/kept")
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize("slug", ["wrong", "to-wrong"])
def test_what_was_withdrawn_says_why_and_where_to_go(client: FlaskClient, slug: str):
    page, told = client.get(f"/resolutions/{slug}"), client.get(f"/api/v1/resolutions/{slug}")
    assert (page.status_code, told.status_code, told.mimetype) == (410, 410, "application/problem+json")
    assert REASON in page.text
    assert 'href="/campaigns/acme-cameras/timeline"' in page.text
    assert REASON in told.json["detail"]
    assert told.json["near"][0]["url"].endswith("/campaigns/acme-cameras/timeline")


@pytest.mark.parametrize("slug", ["draft", "to-draft", "round", "about", "never"])
@pytest.mark.parametrize("root", ["/resolutions", "/api/v1/resolutions"])
def test_drafts_circles_and_what_never_was_are_not_found(client: FlaskClient, root: str, slug: str):
    answer = client.get(f"{root}/{slug}")
    assert answer.status_code == 404
    assert REASON not in answer.text


def test_a_name_of_another_kind_is_not_followed(client: FlaskClient):
    assert client.get("/letters/first").status_code == 404


def test_a_row_keeps_its_address_when_the_timeline_is_made_again_and_says_so_once_it_is_gone(
    runtime: Runtime, client: FlaskClient
):
    with reading(runtime.engine) as session:
        of_taken = select(Event.id).join(CampaignObject, col(CampaignObject.id) == col(Event.object_id))
        event_id = session.exec(of_taken.where(CampaignObject.slug == "taken")).one()
    rebuild(runtime)
    assert client.get(f"/events/{event_id}").status_code == 302
    with writing(runtime.engine) as session:
        _set(session, "taken", state=ObjectState.WITHDRAWN, withdrawn_reason=REASON)
    rebuild(runtime)
    for root in ("", "/api/v1"):
        assert client.get(f"{root}/events/{event_id}").status_code == 410
        assert client.get(f"{root}/events/0000000000000000").status_code == 404


def test_a_row_of_an_object_that_was_merged_leads_to_the_row_that_tells_it_now(runtime: Runtime, client: FlaskClient):
    with reading(runtime.engine) as session:
        told = select(Event.id, CampaignObject.slug).join(
            CampaignObject, col(CampaignObject.id) == col(Event.object_id)
        )
        rows = {slug: number for number, slug in session.exec(told)}
    with writing(runtime.engine) as session:
        kept = session.exec(select(CampaignObject.id).where(CampaignObject.slug == "kept")).one()
        _set(session, "late", merged_into_id=kept)
    rebuild(runtime)
    for root, status in (("", 301), ("/api/v1", 308)):
        answer = client.get(f"{root}/events/{rows['late']}")
        assert (answer.status_code, answer.location) == (status, f"{root}/events/{rows['kept']}")


def test_a_chain_is_read_in_two_statements_on_both_databases(engine: Engine):
    with writing(engine) as session:
        _fill(session)
    with reading(engine) as session:
        with statements_of(session.connection()) as asked:
            found = permalinks.ended(session, "resolution", "first")
        assert len(asked) == 2
        assert found is not None
        assert (found.slug, found.shown, found.campaigns) == ("kept", True, (("acme-cameras", "Acme's cameras"),))
        assert permalinks.ended(session, "resolution", "round") is None
