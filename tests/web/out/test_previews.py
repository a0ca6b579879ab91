"""What an address is shown as where it is passed on: true words, one true address, a picture that is there."""

import html
import io
import re

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlmodel import select

from tests import factories
from tests.web import comparisons_scenario, scenario
from tracker.domain.vocab import LinkState
from tracker.models.event import Event
from tracker.settings import Settings
from tracker.store.engine import reading, writing
from tracker.web.drawn.card import Card
from tracker.web.factory import create_app
from tracker.web.out import previews
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

SITE = "http://127.0.0.1:8000"
TIMELINE = f"/campaigns/{scenario.CAMPAIGN}/timeline"
PAGES = (TIMELINE, "/resolutions/amazon-2019-study", "/letters/caucus-2018", "/companies/amazon",
         "/organizations/coalition", "/documents/1")  # fmt: skip


def told(text: str) -> dict[str, str]:
    """The properties of a page (ogp.me)."""
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)"', text)
    assert len(dict(found)) == len(found)
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture
def drawn(monkeypatch) -> list[Card]:
    """What was drawn, in order."""
    cards, png = [], previews.png
    monkeypatch.setattr(previews, "png", lambda card: cards.append(card) or png(card))
    return cards


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_it_is_and_its_picture_is_there(client: FlaskClient, page: str):
    text = client.get(page).text
    found = told(text)
    assert re.findall('<link rel="canonical" href="([^"]+)"', text) == [found["og:url"]] == [f"{SITE}{page}"]
    assert html.unescape(re.search("<title>(.*?)</title>", text)[1]).startswith(found["og:title"])
    assert found["twitter:card"] == "summary_large_image"
    assert found["og:image:alt"]
    picture = client.get(found["og:image"].removeprefix(SITE))
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
    size = Image.open(io.BytesIO(picture.data)).size
    assert size == (int(found["og:image:width"]), int(found["og:image:height"]))


@pytest.mark.parametrize("page", PAGES)
def test_a_picture_that_one_has_is_neither_sent_nor_drawn_again(client: FlaskClient, drawn: list[Card], page: str):
    picture = told(client.get(page).text)["og:image"].removeprefix(SITE)
    tag = client.get(picture).headers["ETag"]
    assert len(drawn) == 1
    again = client.get(picture, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, len(drawn)) == (304, b"", 1)


def test_a_filter_or_version_in_the_address_does_not_make_another_address(client: FlaskClient):
    for address in (f"{TIMELINE}?lane=press&order=oldest", f"{TIMELINE}?utm_source=x"):
        assert told(client.get(address).text)["og:url"] == f"{SITE}{TIMELINE}"
    assert told(client.get("/documents/1?from=1&to=2").text)["og:url"] == f"{SITE}/documents/1"


def test_the_figures_are_those_of_the_pages(client: FlaskClient, drawn: list[Card]):
    for page in PAGES[:2]:
        client.get(told(client.get(page).text)["og:image"].removeprefix(SITE))
    campaign, resolution = drawn
    page = html.unescape(re.sub("<[^>]+>", " ", client.get(TIMELINE).text))
    assert campaign.title in page
    assert campaign.figures
    assert all(value in page and label in page for value, label in campaign.figures)
    assert resolution.figures == (
        ("27.5\N{NO-BREAK SPACE}%", "support · 2,750 of 10,000 votes; for / (for + against)"),
    )
    assert resolution.over == "Resolution · 2019 · Amazon.com, Inc."
    assert resolution.foot == "127.0.0.1:8000 · 23 November 2026"


def test_a_letter_without_an_answer_says_how_long_it_has_waited(tmp_path, drawn: list[Card]):
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        with writing(engine) as session:
            company = factories.organization(session, "amazon", name="Amazon")
            factories.letter(session, "asked", sent="2026-11-01", respond_by="2026-11-10", recipients=[company])
            made_up = factories.campaign(session, "f")
            made_up.fictional = True
            letter = factories.letter(session, "told", sent="2026-11", campaign=made_up)
            first, second = (factories.document(session, title, url=f"https://n.example/{title}") for title in "ab")
            factories.link(session, first, letter.id)
            factories.link(session, second, letter.id, state=LinkState.SUGGESTED)
        client = create_app(Runtime(Settings(), engine, clock=lambda: scenario.NOW)).test_client()
        for slug in ("asked", "told"):
            assert client.get(f"/letters/{slug}/card.png").status_code == 200
        for number in (1, 2):
            assert client.get(f"/documents/{number}/card.png").status_code == 200
    asked, told, reported, suggested = drawn
    assert (reported.fictional, suggested.fictional) == (True, False)
    assert asked.figures == (("22 days", "not searched yet · sent 1 November 2026"),)
    assert (asked.over, asked.fictional, told.fictional) == ("Letter · to Amazon", False, True)
    assert told.figures[0][0].startswith("0 to 22 days")


def test_a_row_passed_on_is_shown_as_that_row(client: FlaskClient, archive: Runtime, drawn: list[Card]):
    with reading(archive.engine) as session:
        row = session.exec(
            select(Event).where(Event.headline == "Congressional Black Caucus to Jeff Bezos")
        ).first() or (session.exec(select(Event)).first())
    answer = client.get(f"/events/{row.id}", follow_redirects=True)
    found = told(answer.text)
    assert found["og:url"] == f"{SITE}/events/{row.id}"
    assert f'<link rel="canonical" href="{SITE}{TIMELINE}"' in answer.text
    assert found["og:title"] in html.unescape(answer.text)
    assert client.get(found["og:image"].removeprefix(SITE)).status_code == 200
    assert drawn[0].title == found["og:title"]
    assert told(client.get(f"{TIMELINE}?event=nothing").text)["og:url"] == f"{SITE}{TIMELINE}"


@pytest.mark.parametrize(
    "address",
    ["/campaigns/x", "/resolutions/x", "/letters/x", "/companies/x", "/organizations/x", "/contracts/x",
     "/documents/999", "/events/x"],
)  # fmt: skip
def test_what_is_not_there_has_no_picture(client: FlaskClient, address: str):
    assert client.get(f"{address}/card.png").status_code == 404


def test_an_organisation_is_not_drawn_as_a_company_nor_a_company_as_an_organisation(client: FlaskClient):
    for wrong, right in (
        ("/companies/coalition", "/organizations/coalition"),
        ("/organizations/amazon", "/companies/amazon"),
    ):
        answer = client.get(f"{wrong}/card.png")
        assert (answer.status_code, answer.location) == (302, f"{right}/card.png")


def test_a_contract_is_drawn_with_what_is_known_of_its_amount(tmp_path, drawn: list[Card]):
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        with writing(engine) as session:
            vendor, agency = (factories.organization(session, slug, name=slug.title()) for slug in ("vendor", "agency"))
            campaign = factories.campaign(session, "c")
            comparisons_scenario.contract(session, "c-1", vendor, agency, starts="2020-01-01", campaign=campaign)
        rebuild(Runtime(Settings(), engine, clock=lambda: scenario.NOW))
        client = create_app(Runtime(Settings(), engine, clock=lambda: scenario.NOW)).test_client()
        assert client.get("/contracts/c-1/card.png").status_code == 200
        page = client.get("/contracts/c-1").text
        assert told(page)["og:image"].endswith("/contracts/c-1/card.png")
    assert drawn[0].over == "Contract · Agency · Vendor"
    assert drawn[0].figures == () or all(value in html.unescape(page) for value, _ in drawn[0].figures)
