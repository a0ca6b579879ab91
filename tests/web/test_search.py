"""Search: every kept document can be found and says what it is; a phrase has a first and a last day."""

import html
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.runtimes import Clock, opened
from tests.web import scenario
from tracker.domain.vocab import DocumentState
from tracker.models.document import DocumentVersion
from tracker.store import search
from tracker.store.engine import writing
from tracker.web.factory import create_app


def told(client: FlaskClient, **query: str) -> str:
    answer = client.get("/search", query_string=query)
    assert answer.status_code == 200
    main = re.search("<main.*</main>", answer.text, re.DOTALL)[0]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", main)).split())


def test_documents_are_found_by_all_of_their_words(client: FlaskClient):
    text = told(client, q="groups Google")
    assert "90 groups press Amazon on face surveillance" in text
    assert "The Daily Example · 16 January 2019 · News · 2 versions" in text
    assert "Nothing has all of these words" in told(client, q="groups aardvark")


def test_the_box_keeps_what_was_typed_and_an_empty_one_finds_nothing(client: FlaskClient):
    answer = client.get("/search", query_string={"q": ' "a <b>" ', "seen": "1"}).text
    assert 'value="&#34;a &lt;b&gt;&#34;"' in answer
    assert 'name="seen" value="1" checked' in answer
    empty = told(client)
    assert empty.endswith("after:2018-05")
    assert told(client, q="  ") == empty


def test_what_could_not_be_read_is_marked(client: FlaskClient):
    assert "A broken entry could not be read" in told(client, q="broken entry")


def test_a_phrase_says_when_it_came_and_when_it_went(client: FlaskClient):
    answer = client.get("/search?q=will+NOT++sell+to+police&seen=1").text
    text = told(client, q="will not sell to police", seen="1")
    assert "“will not sell to police” was found in 1 document" in text
    assert "First seen on 21 November 2026 (version 3); not there on 20 November 2026 (version 2)." in text
    assert "Last seen on 21 November 2026 (version 3); no longer there on 22 November 2026 (version 4)." in text
    page = re.search(r'href="(/documents/\d+)\?from=2&amp;to=3#difference"', answer)[1]
    assert f'href="{page}?from=3&amp;to=4#difference"' in answer
    assert "<ins>will not </ins>" in client.get(f"{page}?from=2&to=3").text


def test_a_phrase_in_the_first_whole_page_is_not_said_to_be_new(client: FlaskClient):
    text = told(client, q="sell to everyone", seen="1")
    assert "First seen on 20 November 2026 (version 2); before, we had a summary only." in text


def test_a_phrase_in_the_oldest_version_was_there_when_we_first_looked(client: FlaskClient):
    text = told(client, q="They ask it to stop", seen="1")
    assert "Already there when we first looked, on 21 November 2026. Still there in the newest version." in text


def test_a_phrase_that_nobody_wrote_is_not_found(client: FlaskClient):
    assert "No version has this phrase" in told(client, q="stop it to ask", seen="1")


@pytest.mark.parametrize("text", ["a", "ab", "“", " - "])
def test_a_phrase_may_not_be_too_short(client: FlaskClient, text: str):
    assert "This phrase is too short" in told(client, q=text, seen="1")


@pytest.mark.parametrize(
    "text",
    ['"', '""', "*", "a AND", "NEAR(", "title:x", "x OR y NOT", "-", "(", "'; --", "%", "_", "\\", "&|!:*", "é" * 200],
)
@pytest.mark.parametrize("seen", ["", "1"])
def test_signs_that_mean_something_to_a_database_are_only_signs(client: FlaskClient, text: str, seen: str):
    assert told(client, q=text, seen=seen)


def test_more_than_a_search_takes_is_not_understood(client: FlaskClient):
    answer = client.get("/search", query_string={"q": "x" * 201})
    assert answer.status_code == 422
    assert "at most 200 characters" in answer.text


def test_search_stands_in_the_menu(client: FlaskClient):
    assert re.search('<a href="/search" aria-current="true">Search</a>', client.get("/search").text)


@pytest.fixture
def own(database, tmp_path):
    """A site of its own on either database, and a function that adds a document with versions to it."""
    with opened(database, tmp_path, clock=Clock(scenario.NOW)) as runtime:

        def add(title: str, *texts: str, state: DocumentState = DocumentState.RELEVANT) -> None:
            with writing(runtime.engine) as session:
                row = make.document(session, title, state=state)
                row.version_count = len(texts)
                for number, text in enumerate(texts, start=1):
                    seen_at = scenario.NOW + timedelta(days=number)
                    make.add(
                        session,
                        DocumentVersion(document_id=row.id, number=number, title=title, html="", text=text,
                                        content_hash=str(number), seen_at=seen_at),
                    )  # fmt: skip
                search.add(session, [search.Words(row.id, title, texts[-1])])

        yield create_app(runtime).test_client(), add


def test_screened_documents_are_found_and_marked_and_withdrawn_ones_are_not(own):
    client, add = own
    add("One", "face recognition", state=DocumentState.SCREENED)
    add("Two", "face recognition", state=DocumentState.WITHDRAWN)
    for seen in ("", "1"):
        text = told(client, q="face recognition", seen=seen)
        assert "One screened out" in text
        assert "Two" not in text


def test_pages_follow_one_another_and_nothing_is_shown_twice(own):
    client, add = own
    for number in range(60):
        add(f"Story {number:02}", "face recognition")
    for order in ("newest", "best"):
        shown, address = [], f"/search?q=recognition&order={order}"
        while address:
            text = client.get(address).text
            shown += re.findall(r"Story \d\d", text)
            address = html.unescape((re.search(r'rel="next" href="([^"]+)"', text) or ["", ""])[1])
        assert sorted(shown) == [f"Story {number:02}" for number in range(60)]


def test_a_phrase_that_was_away_says_so(own):
    client, add = own
    add("Policy", "we will stop", "we go on", "we will stop")
    assert "Not there in between in 1 version. Still there" in told(client, q="will stop", seen="1")
