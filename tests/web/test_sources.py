"""Source health: no silence reads as calm, and what could not be read is kept, told and never shown as a page."""

import csv
import html
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from tests import factories as make
from tests.web import scenario
from tracker.domain.source_health import HealthState, health
from tracker.models.document import Fetch, Host, LinkedPage, Sighting, Source
from tracker.store.engine import writing
from tracker.store.hosts import NETWORK
from tracker.store.pages import NEVER
from tracker.web.factory import create_app
from tracker.web.source_lines import ORDER, TONES, Line
from tracker.web.source_words import COLUMNS, fields, kind_in_words, sentences, span
from tracker.workflows.runtime import Runtime

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())


def card(client: FlaskClient, name: str) -> str:
    found = re.search(rf'<li class="card source" id="{name}">.*?</li>\n', client.get("/sources").text, re.DOTALL)
    return plain(found[0])


def names(text: str) -> list[str]:
    return re.findall(r'<li class="card source" id="([^"]+)"', text)


def said(now: datetime = NOW, *, line: dict | None = None, **facts) -> str:
    """What is said of a source that answered an hour ago and is due in an hour."""
    values = {"name": "x", "reader": "feed", "url": "https://x.example", "due_at": NOW + HOUR, "last_ok_at": NOW - HOUR}
    row = Source(**values | facts)
    return " ".join(sentence.text for sentence in sentences(Line(row, health(row, now), **line or {}), now))


# --- the list ---------------------------------------------------------------------------------------------------------


def test_a_failing_source_says_since_when_how_often_why_and_when_it_is_tried_again(client: FlaskClient):
    text = card(client, "filings")
    assert "Failing since 21 November 2026, 07:00 UTC: its server is in trouble (status 503)." in text
    assert "Failed 6 times in a row, which weighs 3." in text
    assert "fetching https://filings.example: the server said 503" in text
    assert "Next try in 1 hour" in text


def test_a_source_nobody_asks_is_not_shown_as_quiet(client: FlaskClient):
    assert "nobody has asked it since" in card(client, "forgotten")


def test_a_silent_source_is_measured_by_its_own_rhythm(client: FlaskClient):
    text = card(client, "caucus")
    assert text.startswith("caucus silent ")
    assert (
        "Quiet since 3 November 2026, although it usually publishes every 2 days; "
        "its answers are well-formed: look at the site itself."
    ) in text


def test_a_source_that_is_gone_says_that_it_is_still_asked(client: FlaskClient):
    text = card(client, "closed")
    assert text.startswith("closed gone ")
    assert "that it is gone for good (410); it is asked once a week in case it comes back" in text
    assert "Failing since" not in text


def test_a_moving_source_says_how_sure_that_is_and_where_it_was_before(client: FlaskClient):
    text = card(client, "moving")
    assert "Its address has moved to https://new.example/feed (seen 3 of 5 times since 22 November 2026" in text
    assert "Former addresses: https://old.example/." in text
    assert "moving.example:443 is left alone until 23 November 2026, 09:00 UTC: it said that we ask too often" in text


def test_a_source_that_is_well_says_when_how_often_and_why(client: FlaskClient):
    text = card(client, "news")
    assert "Last answered well 2 hours ago" in text
    assert "Next try in 1 hour" in text
    assert "Asked every 90 minutes instead of every 3 hours as configured, because it usually publishes every 3" in text
    assert "Its last good answer had 20 entries." in text
    assert "1 entry and 1 answer of it could not be read." in text


def test_those_that_need_a_look_stand_first(client: FlaskClient):
    shown = names(client.get("/sources").text)
    assert shown == ["filings", "closed", "forgotten", "caucus", "new", "resting", "moving", "news"]


def test_a_filter_stands_in_the_address_and_keeps_only_those_states(client: FlaskClient):
    text = client.get("/sources?state=silent&state=gone").text
    assert names(text) == ["closed", "caucus"]
    assert 'href="/sources.csv?state=silent&amp;state=gone"' in text
    assert "No source is in this state" in client.get("/sources?state=being_asked").text
    assert client.get("/sources?state=calm").status_code == 422


def test_the_list_is_given_as_json_and_csv_of_exactly_what_is_shown(client: FlaskClient):
    told = client.get("/sources.json").json
    assert told["network_out_until"] is None
    shown = client.get("/sources").text
    assert [row["name"] for row in told["sources"]] == names(shown)
    for row in told["sources"]:
        assert row["says"] in plain(re.search(rf'id="{row["name"]}".*?</li>\n', shown, re.DOTALL)[0])
    answer = client.get("/sources.csv?state=failing")
    assert answer.mimetype == "text/csv"
    [row] = csv.DictReader(io.StringIO(answer.text))
    [same] = client.get("/sources.json?state=failing").json["sources"]
    assert row["says"] == same["says"]
    assert (row["state"], row["failures"], row["failing_since"]) == ("failing", "6", "2026-11-21T07:00:00+00:00")


def test_every_line_has_the_same_columns_and_every_state_a_tone():
    source = Source(name="x", reader="feed", url="", due_at=NOW)
    assert tuple(fields(Line(source, health(source, NOW)), NOW)) == COLUMNS
    assert list(TONES) == ORDER == list(HealthState)


# --- sentences --------------------------------------------------------------------------------------------------------


def test_a_source_whose_rhythm_is_not_known_says_that_its_silence_would_go_unnoticed():
    assert "its silence would not be noticed" in said()


def test_a_source_added_by_hand_has_nothing_to_ask():
    assert said(paused=True, url="", last_ok_at=None) == "Filled by hand: there is nothing to ask."


def test_a_paused_source_does_not_say_when_it_is_asked_next():
    text = said(paused=True)
    assert "Paused: it is not asked, so nothing new can arrive." in text
    assert "Asked every" not in text


def test_what_is_wrong_is_said_also_while_it_is_being_asked():
    text = said(leased_until=NOW + HOUR, failing_since=NOW - HOUR, failures=1, last_error_kind="dns")
    assert "its name could not be looked up" in text
    assert "A worker is asking it now." in text


def test_a_source_that_is_late_while_our_network_is_out_is_not_said_to_be_forgotten():
    network = Host(name=NETWORK, rest_until=NOW + HOUR)
    text = said(due_at=NOW - 99 * HOUR, line={"network": network})
    assert "our own network is out" in text
    assert "collector" not in text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "second"), (50, "50 seconds"), (59, "minute"), (3600, "hour"), (5400, "90 minutes"), (7200, "2 hours"),
     (7300, "2 hours"), (86400, "day"), (129600, "36 hours"), (172801, "2 days"), (10**6, "12 days"),
     (86400 * 365, "year")],
)  # fmt: skip
def test_a_length_of_time_is_told_without_losing_much(seconds, words):
    assert span(seconds) == words


def test_every_kind_of_failure_of_the_network_has_words():
    told = ["timeout", "too_large", "refused_address", "dns", "connect", "tls", "redirects", "truncated", "encoding"]
    assert all(kind_in_words(kind) for kind in [*told, "http_404", "http_418", "http_500", "unreadable"])
    assert kind_in_words("a kind nobody knows") == ""


# --- our own network --------------------------------------------------------------------------------------------------


@pytest.fixture
def runtime(sqlite_database, tmp_path):
    from tests.runtimes import Clock, opened

    with opened(sqlite_database, tmp_path, clock=Clock(NOW)) as runtime:
        yield runtime


def test_an_outage_of_our_own_is_said_on_every_page_of_sources(runtime: Runtime):
    with writing(runtime.engine) as session:
        make.add(session, Source(name="x", reader="feed", url="https://x.example", due_at=NOW))
        make.add(session, Host(name=NETWORK, rest_until=NOW + HOUR))
    client = create_app(runtime).test_client()
    for address in ("/sources", "/sources/x"):
        text = plain(client.get(address).text)
        assert "Our own network is out." in text
        assert "nothing is counted against the sources meanwhile" in text
        assert "Next try in 1 hour." in text
    assert client.get("/sources.json").json["network_out_until"] == "2026-11-23T09:00:00+00:00"
    assert "2026-11-23T09:00:00+00:00" in client.get("/sources.csv").text


def test_where_no_source_is_configured_it_is_said_that_nothing_can_arrive(runtime: Runtime):
    client = create_app(runtime).test_client()
    assert "No source is configured" in client.get("/sources").text
    assert client.get("/sources.json").json["sources"] == []
    assert client.get("/sources.csv").text.startswith("name,title,")
    assert "Every answer that is kept could be read." in client.get("/sources/unreadable").text


def test_a_cell_that_a_spreadsheet_would_run_is_defused(runtime: Runtime):
    with writing(runtime.engine) as session:
        facts = {"reader": "feed", "url": "https://x.example", "due_at": NOW, "former_urls": ["a", "b"]}
        make.add(session, Source(name="x", title='=HYPERLINK("x")', last_error="@x", **facts))
    [row] = csv.DictReader(io.StringIO(create_app(runtime).test_client().get("/sources.csv").text))
    assert (row["title"], row["last_error"], row["former_urls"]) == ('\'=HYPERLINK("x")', "'@x", "a b")


# --- one source -------------------------------------------------------------------------------------------------------


def test_a_source_has_a_page_with_every_attempt(client: FlaskClient):
    text = plain(client.get("/sources/filings").text)
    assert "Failed 6 times in a row" in text
    assert "unreadable : its answer could not be read" in text
    assert "it is a page, not a feed" in text
    assert "tracker source check filings" in text


def test_pages_behind_summaries_that_were_not_to_be_had_are_shown_with_the_reason(runtime: Runtime):
    with writing(runtime.engine) as session:
        source = make.add(session, Source(name="x", reader="feed", url="https://x.example", due_at=NOW))
        for title, due, error in (
            ("Kept out", NEVER, "its robots.txt asks programs to keep out"),
            ("Tried again", NOW + HOUR, "the server answered 503 <later>"),
            ("Not tried yet", NOW, ""),
        ):
            document = make.document(session, title, published=None)
            url = f"https://x.example/{title.partition(' ')[0]}"
            seen = {"document_id": document.id, "content_hash": "1", "first_seen_at": NOW}
            make.add(session, Sighting(source_id=source.id, key=title, **seen))
            make.add(session, LinkedPage(document_id=document.id, url=url, due_at=due, last_error=error))
    page = create_app(runtime).test_client().get("/sources/x").text
    text = plain(page)
    assert "Kept out its robots.txt asks programs to keep out https://x.example/Kept none: it is left for good" in text
    assert "Tried again the server answered 503 <later> https://x.example/Tried 23 November 2026, 09:00 UTC" in text
    assert "Not tried yet" not in text
    assert "<later>" not in page


def test_a_source_whose_pages_are_all_there_says_nothing_of_them(client: FlaskClient):
    assert "not to be had" not in client.get("/sources/news").text


def test_attempts_are_paged_by_key(runtime: Runtime):
    with writing(runtime.engine) as session:
        _many_attempts(session, 120)
    client = create_app(runtime).test_client()
    seen, address = [], "/sources/x"
    while address:
        text = client.get(address).text
        seen += re.findall(r'<td class="num">(\d+)</td><td class="num">0.0', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = html.unescape(following[1]) if following else ""
    assert seen == [str(number) for number in range(120)][::-1]


def _many_attempts(session: Session, count: int) -> None:
    source = make.add(session, Source(name="x", reader="feed", url="https://x.example", due_at=NOW))
    for number in range(count):
        started = NOW - timedelta(hours=(count - number) // 2)
        make.add(session, Fetch(source_id=source.id, url=source.url, started_at=started, outcome="ok", size=number))


@pytest.mark.parametrize(
    "key", ["x~1", "0001-01-01T00:00:00+23:59~1", "2026-01-01~x", "2026-01-01~0", "1", "2026-01-01~9999999999"]
)
def test_a_page_of_attempts_that_cannot_be_is_not_understood(client: FlaskClient, key):
    assert client.get("/sources/news", query_string={"after": key}).status_code == 422


def test_an_unknown_source_is_answered_with_the_likeliest(client: FlaskClient):
    answer = client.get("/sources/filing")
    assert answer.status_code == 404
    assert 'href="/sources/filings"' in answer.text


# --- what could not be read -------------------------------------------------------------------------------------------


def test_what_could_not_be_read_is_listed_with_reason_source_size_and_the_command(client: FlaskClient):
    text = client.get("/sources/unreadable").text
    told = plain(text)
    assert "filings Its answer could not be read. reading https://filings.example: it is a page, not a feed" in told
    assert "2 times since 22 November 2026, 23:00 UTC" in told
    assert "A broken entry news ValueError: year 20199 is out of range" in told
    assert "26 bytes" in told
    assert "tracker source retry SOURCE" in told
    assert f'href="/sources/unreadable/{scenario.BODIES["feed"]}"' in text


def test_unreadable_bytes_are_a_file_to_be_saved_and_never_a_page(client: FlaskClient):
    answer = client.get(f"/sources/unreadable/{scenario.BODIES['feed']}")
    assert answer.data == b"<rss><script>alert(1)</script>"
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("digest", ["c3" * 32, "x", "..%2f..%2fetc"])
def test_bytes_that_could_be_read_are_not_given(client: FlaskClient, digest):
    assert client.get(f"/sources/unreadable/{digest}").status_code == 404


def test_bytes_that_are_no_text_are_given_as_such(runtime: Runtime):
    import zlib

    from tracker.models.document import Body

    with writing(runtime.engine) as session:
        source = make.add(session, Source(name="x", reader="feed", url="https://x.example", due_at=NOW))
        content = b"\x89PNG\0"
        packed = zlib.compress(content)
        make.add(session, Body(hash="d4" * 32, media_type="image/png", size=len(content), compressed=packed))
        make.add(
            session,
            Fetch(source_id=source.id, url="u", started_at=NOW, outcome="unreadable", asked={"url": "u"},
                  body_hash="d4" * 32),
        )  # fmt: skip
    answer = create_app(runtime).test_client().get(f"/sources/unreadable/{'d4' * 32}")
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="unreadable-d4d4d4d4d4d4.bin"'


@pytest.mark.parametrize("key", ["0", "x", "-1", "1~2", "²"])
def test_a_page_of_entries_that_cannot_be_is_not_understood(client: FlaskClient, key):
    assert client.get("/sources/unreadable", query_string={"after": key}).status_code == 422
