"""A document's page: our copy is safe and marked as one, links explain themselves, versions can be compared."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from tests.web import scenario
from tracker.models.document import Document, DocumentVersion
from tracker.store.archive import VersionLine
from tracker.store.engine import reading
from tracker.web.document_versions import steps
from tracker.workflows.runtime import Runtime


@pytest.fixture
def number(archive: Runtime):
    def find(title: str) -> int:
        with reading(archive.engine) as session:
            return session.exec(select(Document.id).where(Document.title == title)).one()

    return find


def test_a_document_shows_its_origin_its_copy_and_what_it_is_linked_to(client: FlaskClient, number):
    text = client.get(f"/documents/{number('90 groups press Amazon on face surveillance')}").text
    assert 'href="https://news.example/ninety"' in text
    assert "This is our copy" in text
    assert "It names the letter&#39;s senders and its day." in text
    assert "linked by rule" in text
    assert "It names Amazon and Rekognition." in text
    assert "in The Daily Example" in text


def test_two_versions_are_compared_word_by_word(client: FlaskClient, number):
    text = client.get(f"/documents/{number('90 groups press Amazon on face surveillance')}?from=1&to=2").text
    assert re.search(r"<ins><span[^>]*> \[added: </span> and Google<span", text)
    assert "2 words added. Version 1 was seen on 21 November 2026" in plain(text)
    assert "1 paragraph unchanged" in text


def plain(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def test_each_version_says_in_one_line_what_changed(client: FlaskClient, number):
    text = plain(client.get(f"/documents/{number('90 groups press Amazon on face surveillance')}").text)
    assert "Version 2 seen 22 November 2026, 08:00 UTC 2 words added" in text
    assert "Version 1 seen 21 November 2026, 08:00 UTC as first seen" in text


def test_a_whole_page_after_a_summary_is_said_to_be_that_and_not_shown_as_a_change(client: FlaskClient, number):
    policy = number(scenario.POLICY)
    answer = client.get(f"/documents/{policy}").text
    text = plain(answer)
    assert "the whole page, fetched because the source gave only a summary; that is no change" in text
    assert "3 words added, 1 removed" in text
    assert f"/documents/{policy}?from=2&amp;to=3#difference" in answer
    assert f"/documents/{policy}?from=1&amp;to=2" not in answer
    assert "taken from the page itself" in text
    forced = plain(client.get(f"/documents/{policy}?from=1&to=2").text)
    assert "How version 1 differs from version 2" in forced
    assert "is no change by the publisher" in forced


def version(number: int, text: str, *, whole_page: bool = False) -> DocumentVersion:
    return DocumentVersion(
        document_id=1, number=number, title="A", html="", text=text, content_hash="", seen_at=scenario.NOW,
        whole_page=whole_page,
    )  # fmt: skip


def test_a_summary_is_compared_with_the_summary_before_it():
    rows = [
        version(number, text, whole_page=whole)
        for number, text, whole in ((1, "one", False), (2, "page", True), (3, "one two", False), (4, "page", True))
    ]
    lines = tuple(VersionLine(row.number, row.title, row.seen_at) for row in rows)
    told = [(step.number, step.since, step.words) for step in steps(lines, rows)]
    assert told[:2] == [(4, 2, "no word changed, only its form"), (3, 1, "1 word added")]


def test_the_oldest_of_very_many_versions_are_listed_without_a_comparison():
    rows = [version(number, "x" * number) for number in range(1, 60)]
    found = steps(tuple(VersionLine(row.number, row.title, row.seen_at) for row in rows), rows[-21:])
    assert [step.number for step in found] == list(range(59, 0, -1))
    assert [bool(step.words) for step in found] == [True] * 20 + [False] * 39


def test_of_whole_pages_before_those_compared_nothing_is_claimed():
    rows = [version(number, "x" * number, whole_page=True) for number in range(1, 60)]
    found = steps(tuple(VersionLine(row.number, row.title, row.seen_at) for row in rows), rows[-21:])
    assert {step.words for step in found[20:]} == {""}


def test_a_quarantined_document_says_why_and_where_its_bytes_are(client: FlaskClient, number):
    answer = client.get(f"/documents/{number('A broken entry')}").text
    assert "Quarantined. This entry could not be read" in plain(answer)
    assert "ValueError: year 20199 is out of range." in plain(answer)
    assert 'href="/sources/unreadable"' in answer


def test_a_version_that_is_not_there_is_refused_with_those_that_are(client: FlaskClient, number):
    answer = client.get(f"/documents/{number('90 groups press Amazon on face surveillance')}?version=9")
    assert answer.status_code == 422
    assert "it has 1, 2" in answer.text


def test_a_copy_runs_nothing_and_fetches_nothing(client: FlaskClient, number):
    text = client.get(f"/documents/{number('A hostile page')}").text
    article = re.search(r'<article class="copy.*?</article>', text, re.DOTALL)[0]
    assert "Kept" in article
    assert not re.search("<img|<script|onclick", article)
    assert 'href="javascript:' not in text


def test_a_screened_document_can_be_read_and_says_that_it_was_screened(client: FlaskClient, number):
    text = client.get(f"/documents/{number('Amazon opens a warehouse')}").text
    assert "Screened out." in text
    assert "No text of this document is kept" in text


def test_a_withdrawn_document_is_gone_and_says_why(client: FlaskClient, number):
    answer = client.get(f"/documents/{number('Taken back')}")
    assert answer.status_code == 410
    assert "The publisher retracted it." in answer.text


def test_an_unknown_document_is_not_found(client: FlaskClient):
    assert client.get("/documents/999999").status_code == 404


def test_a_document_shows_what_it_goes_on_from_and_what_goes_on_from_it(client):
    first = client.get("/documents/1").text
    assert "What follows it" in first
    later = re.search(r'gone on with in\s+<a href="(/documents/\d+)">Groups ask again', first)[1]
    second = client.get(later).text
    assert re.search(r'goes on from\s+<a href="/documents/1"', second)
    assert "+2.5" in second


def test_other_candidates_are_worked_out_for_who_asks_and_given_with_score_and_reason(client: FlaskClient, number):
    address = f"/documents/{number('90 groups press Amazon on face surveillance')}"
    assert f'href="{address}?candidates=yes#candidates"' in client.get(address).text
    asked = client.get(f"{address}?candidates=yes").text
    [listed] = re.findall(r'<details id="candidates" open>(.*?)</details>', asked, re.DOTALL)
    assert "score 0." in listed or "Nothing else comes near it." in listed
