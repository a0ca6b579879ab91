"""Search: every kept document can be found and says what it is; a phrase has a first and a last day."""

import csv
import html
import io
import json
import re
from datetime import timedelta

import feedparser
import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.runtimes import Clock, opened
from tests.web import scenario
from tests.web.asking import statements
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
    assert re.search(r"<ins>(<[^>]*>[^<]*</[^>]*>)?\s*will not\s*", client.get(f"{page}?from=2&to=3").text)


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


# --- everything -------------------------------------------------------------------------------------------------------


def test_objects_stand_beside_documents_each_with_what_it_is_and_its_page(client: FlaskClient):
    answer = client.get("/search?q=amazon").text
    assert 'href="/letters/caucus-2018"' in answer
    assert re.search(r'href="/resolutions/[a-z0-9-]+"', answer)
    assert re.search(r'href="/documents/\d+"', answer)
    assert f'href="/campaigns/{scenario.CAMPAIGN}/timeline"' in client.get("/search?q=kind:campaign").text
    for label, kind in (("Letter", "letter"), ("Resolution", "resolution"), ("Campaign", "campaign")):
        assert label in told(client, q=f"kind:{kind}")


def test_every_hit_leads_to_a_page_that_is_there(client: FlaskClient):
    addresses = set()
    for kind in ("document", "letter", "resolution", "contract", "company_response", "campaign", "study", "measure"):
        page = re.search("<main.*</main>", client.get(f"/search?q=kind:{kind}").text, re.DOTALL)[0]
        addresses |= {html.unescape(found) for found in re.findall(r'source-title"><a href="([^"]+)"', page)}
    assert len(addresses) > 8
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_words_are_marked_where_they_stand(client: FlaskClient):
    answer = client.get('/search?q="face surveillance"').text
    assert "<mark>face surveillance</mark>" in answer


def test_what_is_hostile_stays_text(own):
    client, add = own
    add("<img src=x onerror=alert(1)> tulips", "<script>tulips</script> & more")
    for address in ("/search?q=tulips", "/search.atom?q=tulips"):
        body = client.get(address).text
        assert "<img src=x" not in body
        assert "<script>" not in body
    assert "&lt;script&gt;<mark>tulips</mark>&lt;/script&gt; &amp; more" in client.get("/search?q=tulips").text


def test_an_unknown_kind_is_answered_with_the_kinds_there_are(client: FlaskClient):
    answer = client.get("/search?q=kind:bulletin")
    assert answer.status_code == 422
    assert "does not know “bulletin”. It takes: campaign, commitment, company_response" in html.unescape(answer.text)


def test_what_only_looks_like_a_field_is_taken_as_words_and_that_is_said(client: FlaskClient):
    assert "There is no field called “publisher”, so it was taken as a word." in told(client, q="publisher:daily")


def test_a_slip_of_the_finger_is_answered_with_what_may_have_been_meant(client: FlaskClient):
    assert 'Did you mean <a href="/search?q=amazon">amazon</a>?' in client.get("/search?q=amazom").text


def test_the_number_of_statements_does_not_depend_on_what_was_found(own):
    client, add = own
    add("Story", "tulips")
    one = len(statements(client, "/search?q=tulips"))
    for number in range(20):
        add(f"Story {number}", "tulips")
    assert len(statements(client, "/search?q=tulips")) <= one <= 10


def test_the_files_and_the_feed_say_what_the_page_says(client: FlaskClient):
    page = told(client, q="kind:letter")
    items = client.get("/search.json?q=kind:letter").get_json()["items"]
    assert items
    assert all(item["title"] in page and item["kind"] == "letter" for item in items)
    lines = client.get("/search.jsonl?q=kind:letter").text.splitlines()
    assert [json.loads(line) for line in lines] == items
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=kind:letter").text)))
    assert [row["title"] for row in rows] == [item["title"] for item in items]
    feed = feedparser.parse(io.BytesIO(client.get("/search.atom?q=kind:letter").data))
    assert not feed.bozo
    assert [entry.link for entry in feed.entries] == [item["url"] for item in items]
    assert len({entry.id for entry in feed.entries}) == len(items)
    assert 'type="application/atom+xml"' in client.get("/search?q=kind:letter").text
    read = client.get("/api/v1/search?q=kind:letter&limit=1").get_json()
    assert read["items"] == items[:1]
    assert client.get(read["next"].removeprefix("http://127.0.0.1:8000")).get_json()["items"][0] == items[1]


@pytest.mark.parametrize("address", ["/search.csv", "/search.json?q=", "/search.atom", "/search.jsonl?q=kind:x",
                                     "/search?q=a&after=1", "/search?q=a&after=x~y", "/search?q=a&order=worst",
                                     "/search?q=a&after=0.0~-4", "/search?q=a&after=nan~5"])  # fmt: skip
def test_what_cannot_be_understood_is_refused_in_words(client: FlaskClient, address: str):
    assert client.get(address).status_code == 422
