"""A document's page: our copy is safe and marked as one, links explain themselves, versions can be compared."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from tracker.models.document import Document
from tracker.store.engine import reading
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
    assert "<ins> and Google</ins>" in text
    assert "1 paragraph unchanged" in text


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
