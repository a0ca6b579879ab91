"""What stands behind a letter: nothing dated after the day that its page is told of, nothing that was withdrawn."""

import pytest
from sqlmodel import Session, select

from tests import factories as make
from tests.web import document_scenario as scenario
from tracker.domain.vocab import ContractState, DocumentState
from tracker.models.base import CampaignObject
from tracker.models.contract import Contract
from tracker.models.correspondence import Letter
from tracker.models.document import DocumentVersion
from tracker.models.organization import Organization
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

ODD = {
    "http://[x": None,
    "http://[bad]/y": None,
    "https://例.example/é\x0b": '<https://%E4%BE%8B.example/%C3%A9%0B>; rel="original"',
    'https://a.example/>;rel="next"': '<https://a.example/%3E;rel=%22next%22>; rel="original"',
    "https://a.example/x?y=%20z#w": '<https://a.example/x?y=%20z#w>; rel="original"',
}


def add(session: Session) -> None:
    letter = session.exec(select(Letter)).one()
    sides = [
        session.exec(select(Organization).where(Organization.slug == slug)).one() for slug in ("riders", "larkspur")
    ]
    again = make.letter(session, "again", sent="2026-09-01", senders=sides[:1], recipients=sides[1:], title="Once more")
    again.reasks_id = letter.id
    report = make.document(session, "A later report", url="https://news.example/later", published="2026-08-01")
    make.link(session, report, letter.id)
    gone = make.document(session, "Gone", url="https://news.example/gone", state=DocumentState.WITHDRAWN)
    make.evidence(session, letter.id, "sent_on", "4 May 2026", url="https://news.example/gone", document=gone)
    make.judgement(session, letter, "2026-07-15")
    make.evidence(session, letter.id, "sender_judgement", "insufficient", url="https://riders.example/said")
    deal = session.exec(select(CampaignObject.id).where(CampaignObject.kind == "commitment")).one()
    ours = make.spine(session, "contract", "county")
    make.add(session, Contract(id=ours, vendor_id=sides[1].id, agency_id=sides[0].id, starts_on=make.on("2025-01-01"),
                               contract_state=ContractState.ACTIVE))  # fmt: skip
    for owner in (deal, ours):
        make.evidence(session, owner, "vendor", "Larkspur Optics", url="https://news.example/gone", document=gone)
        make.link(session, gone, owner)
    for number, url in enumerate(ODD):
        document = make.document(session, f"Odd {number}", url=url)
        make.link(session, document, letter.id)
        make.add(session, DocumentVersion(document_id=document.id, number=1, title="Odd", html="<p>Odd</p>", text="Odd",
                                          content_hash="0" * 64, seen_at=scenario.SEEN))  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with make.database(f"sqlite:///{tmp_path_factory.mktemp('letters') / 'whereas.db'}") as engine:
        with writing(engine) as session:
            scenario.fill(session)
            add(session)
        yield create_app(Runtime(Settings(), engine, clock=lambda: scenario.NOW)).test_client()


def test_a_past_day_is_told_without_what_came_later(client):
    now, then = (client.get(f"/letters/riders-2026{on}").text for on in ("", "?on=2026-07-01"))
    assert "Larkspur replies" in then
    for later in ("Once more", "A later report", "https://news.example/later", "https://riders.example/said"):
        assert later in now
        assert later not in then


def test_a_day_before_the_letter_was_sent_is_refused_with_the_first_that_can_be_had(client):
    answer = client.get("/letters/riders-2026?on=2026-05-03")
    assert answer.status_code == 422
    assert "On 3 May 2026 this letter was not sent yet: ask for 4 May 2026 or a later day." in answer.text
    assert client.get("/letters/riders-2026?on=2026-05-04").status_code == 200


def test_of_a_withdrawn_source_the_address_alone_is_named(client):
    for address in ("/letters/riders-2026", "/contracts", "/contracts/county"):
        page = client.get(address).text
        assert "https://news.example/gone" in page, address
        assert "Gone" not in page
    assert "Gone" not in client.get("/compare/statements").text


@pytest.mark.parametrize(("url", "header"), ODD.items())
def test_an_address_that_is_none_breaks_no_page_and_no_header(client, url, header):
    number = next(
        number
        for number in range(1, 20)
        if f"Odd {list(ODD).index(url)}</h1>" in client.get(f"/documents/{number}").text
    )
    for address in (f"/documents/{number}", f"/documents/{number}.txt"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers.get("Link") == header
    assert client.get("/letters/riders-2026").status_code == 200
    assert client.get("/campaigns/riders-ask/timeline/print").status_code == 200
