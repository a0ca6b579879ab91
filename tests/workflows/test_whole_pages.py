"""Pages behind summaries: of relevant documents alone, where the site lets us, and no change of what was said."""

from dataclasses import replace
from typing import Any

import pytest

from tests import runtimes
from tests.workflows.campaign_files import FILE
from tests.workflows.collecting import again, counts, every, follow, linked, source
from tests.workflows.feeds import GARDEN, RELEVANT, rss
from tests.workflows.summaries import HOUR, LONG, article, entry, found, serve, texts
from tracker.domain.vocab import DocumentState
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Host, LinkedPage
from tracker.models.event import Event
from tracker.store import pages
from tracker.store.engine import reading, writing
from tracker.workflows.brought import SUMMARY
from tracker.workflows.collect import collect
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.whole_pages import WholePages, fetch_whole_pages

# --- kept -------------------------------------------------------------------------------------------------------------


def test_a_summary_gets_its_pages_text_and_that_is_no_change(summary, publisher, clock):
    assert found(summary, "Seattle") == []
    assert fetch_whole_pages(summary) == WholePages(kept=1)
    [document] = every(summary, Document)
    assert (document.version_count, document.changed_at, document.title) == (2, None, "Police use facial recognition")
    first, whole = every(summary, DocumentVersion)
    assert (first.whole_page, whole.whole_page, whole.seen_at, whole.change) == (False, True, clock(), "")
    assert "Paragraph 8 tells of a shareholder meeting" in whole.text
    assert "Home" not in whole.text
    assert whole.body_hash in {row.hash for row in every(summary, Body)}
    assert found(summary, "Seattle") == ["Police use facial recognition"]
    assert every(summary, LinkedPage) == []
    assert fetch_whole_pages(summary) == WholePages()
    assert len(publisher.asked("/story")) == 1
    # The feed says what it said: nothing changed.
    assert counts(again(summary, clock)) == {"same": 1}


def test_an_entry_edited_afterwards_is_a_version_and_its_page_is_asked_for_again(summary, publisher, clock):
    fetch_whole_pages(summary)
    edited = entry(publisher, title="Police use facial recognition, corrected", text=f"{RELEVANT} Corrected.")
    publisher.serve("/paper", rss(edited))
    assert counts(again(summary, clock)) == {"changed": 1}
    [document] = every(summary, Document)
    assert (document.version_count, document.changed_at) == (3, clock())
    serve(publisher, body=article(f"{LONG} Dahlias were added."))
    assert fetch_whole_pages(summary) == WholePages(kept=1)
    assert [whole for whole, _ in texts(summary)] == [False, True, False, True]
    [document] = every(summary, Document)
    assert (document.changed_at, document.title) == (clock(), "Police use facial recognition, corrected")
    assert found(summary, "dahlias") == ["Police use facial recognition, corrected"]
    assert counts(again(summary, clock)) == {"same": 1}
    assert texts(summary)[-1][0]


def test_the_links_of_a_document_follow_its_whole_text(runtime, publisher, clock):
    import_campaign(runtime, FILE)
    letter = (
        "The Congressional Black Caucus sent a letter to Jeff Bezos, Amazon's chief, on Thursday about Rekognition. "
        "Who buys facial recognition, and how accurate is it? "
    )
    serve(publisher, body=article(letter + LONG, "Lawmakers write to Amazon"))
    one = entry(publisher, title="A look back", text="Facial recognition by the police was spoken of in a town hall.")
    follow(runtime, publisher.serve("/paper", rss(replace(one, day="Thu, 24 May 2018 10:00:00 GMT"))))
    collect(runtime)
    assert linked(runtime) == []
    fetch_whole_pages(runtime)
    assert "letter" in linked(runtime)
    assert verify(runtime).difference.touched == 0
    # That we fetched a page is nothing that happened.
    assert [row for row in every(runtime, Event) if "changed" in row.headline.lower()] == []


def test_a_pdf_behind_a_summary_is_read(runtime, publisher):
    body = pdf(f"{RELEVANT} A meeting in Seattle.", 40)
    serve(publisher, "/report.pdf", body, Content_Type="application/pdf")
    follow(runtime, publisher.serve("/paper", rss(entry(publisher, "/report.pdf"))))
    collect(runtime)
    assert fetch_whole_pages(runtime) == WholePages(kept=1)
    assert found(runtime, "Seattle") == ["Police use facial recognition"]


def pdf(text: str, lines: int) -> bytes:
    """Return a PDF of one page that repeats a text."""
    shown = "".join(f"BT /F1 6 Tf 20 {780 - 10 * number} Td ({text}) Tj ET\n" for number in range(lines)).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 800] /Contents 4 0 R /Resources << /Font 6 0 R >> >>",
        b"<< /Length %d >>\nstream\n%sendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /F1 5 0 R >>",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 7\n0000000000 65535 f \n%strailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


# --- not asked for ----------------------------------------------------------------------------------------------------


def test_neither_what_is_off_the_subject_nor_what_is_whole_already_asks_for_its_page(sqlite_runtime, publisher):
    whole = entry(publisher, "/whole", text=LONG)
    assert len(LONG) > SUMMARY
    garden = replace(GARDEN, link=publisher.url("/garden"))
    nowhere = replace(entry(publisher), key="nowhere", link="")
    follow(sqlite_runtime, publisher.serve("/paper", rss(whole, garden, nowhere)))
    assert counts(collect(sqlite_runtime)) == {"new": 2, "screened": 1}
    assert every(sqlite_runtime, LinkedPage) == []


def test_a_source_may_say_that_its_pages_are_not_wanted(sqlite_runtime, publisher):
    serve(publisher)
    url = publisher.serve("/paper", rss(entry(publisher)))
    follow(sqlite_runtime, url, options={"whole_pages": False})
    collect(sqlite_runtime)
    assert fetch_whole_pages(sqlite_runtime) == WholePages()
    assert publisher.asked("/story") == publisher.asked("/robots.txt") == []


def test_where_the_setting_is_off_no_page_is_fetched(sqlite_database, tmp_path, publisher, clock):
    serve(publisher)
    options: dict[str, Any] = {"allowed_hosts": (publisher.host,), "whole_pages": False}
    with runtimes.opened(sqlite_database, tmp_path, clock=clock, **options) as runtime:
        follow(runtime, publisher.serve("/paper", rss(entry(publisher))))
        collect(runtime)
        assert fetch_whole_pages(runtime) == WholePages()
        assert publisher.asked("/story") == []


def test_a_page_that_robots_txt_forbids_is_left_for_good(summary, publisher, clock):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /story")
    assert fetch_whole_pages(summary) == WholePages(failed=1)
    [page] = every(summary, LinkedPage)
    assert "its robots.txt asks programs to keep out" in page.last_error
    with reading(summary.engine) as session:
        [told] = pages.not_had(session, source(summary).id, limit=9)
    assert (told.title, told.reason, told.again) == ("Police use facial recognition", page.last_error, None)
    clock.forward(days=400)
    assert fetch_whole_pages(summary) == WholePages()
    assert publisher.asked("/story") == []


# --- not to be had ----------------------------------------------------------------------------------------------------


def test_a_page_that_is_not_to_be_had_is_tried_four_times_and_no_more(summary, publisher, clock):
    publisher.serve("/story", b"", 503)
    waits = []
    for _ in range(4):
        assert fetch_whole_pages(summary) == WholePages(failed=1)
        [page] = every(summary, LinkedPage)
        waits.append((page.due_at - clock()) / HOUR)
        assert fetch_whole_pages(summary) == WholePages()
        clock.now = min(page.due_at, clock() + 9 * 24 * HOUR)
    assert waits[:3] == [6, 12, 18]
    assert fetch_whole_pages(summary) == WholePages()
    assert len(publisher.asked("/story")) == 4
    [document] = every(summary, Document)
    assert document.version_count == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 403), (b"", 410), (b"<html><body></body></html>", 200), (b"\x00\x01\x02", 200), (b"%PDF-1.4 broken", 200)],
    ids=["forbidden", "gone", "empty", "binary", "a broken PDF"],
)
def test_a_page_that_will_never_be_to_be_had_is_asked_for_once(summary, publisher, clock, body, status):
    publisher.serve("/story", body, status, Content_Type="text/html" if status != 200 or b"<" in body else "")
    assert fetch_whole_pages(summary) == WholePages(failed=1)
    [page] = every(summary, LinkedPage)
    assert page.last_error
    clock.forward(days=400)
    assert fetch_whole_pages(summary) == WholePages()
    assert counts(collect(summary)) == {"same": 1}


def test_a_page_that_says_no_more_than_its_summary_changes_nothing(runtime, publisher):
    serve(publisher, body=article(f"{RELEVANT} {RELEVANT}"))
    follow(runtime, publisher.serve("/paper", rss(entry(publisher, text=f"{RELEVANT} " * 4))))
    collect(runtime)
    assert fetch_whole_pages(runtime) == WholePages(shorter=1)
    assert (len(every(runtime, DocumentVersion)), every(runtime, LinkedPage)) == (1, [])


def test_a_consent_wall_in_place_of_the_page_is_not_taken_for_it(summary, publisher):
    wall = "<html><head><title>Just a moment...</title></head><body><script>_cf_chl_opt</script></body></html>"
    serve(publisher, body=wall)
    assert fetch_whole_pages(summary) == WholePages(failed=1)
    assert texts(summary) == [(False, len(RELEVANT))]


def test_a_page_that_is_off_the_subject_says_so(runtime, publisher):
    """The summary promised what the page does not keep; what was said stays in its version."""
    serve(
        publisher, body=article("The garden show opens on Sunday. Roses, tulips and a prize for pumpkins. " * 20, "x")
    )
    follow(runtime, publisher.serve("/paper", rss(entry(publisher, title="The week"))))
    assert counts(collect(runtime)) == {"new": 1}
    assert fetch_whole_pages(runtime) == WholePages(kept=1)
    [document] = every(runtime, Document)
    assert document.state is DocumentState.SCREENED
    assert verify(runtime).difference.touched == 0


def test_a_server_that_wants_rest_gets_it_and_no_try_is_counted(runtime, publisher, clock):
    """Twenty pages on one server are no twenty answers of "too many requests"."""
    entries = [entry(publisher, f"/story/{number}") for number in range(20)]
    for number in range(20):
        publisher.serve(f"/story/{number}", b"", 429, Retry_After="7200")
    other = replace(entry(publisher), link=publisher.url("/elsewhere", publisher.other_host))
    serve(publisher, "/elsewhere")
    follow(runtime, publisher.serve("/paper", rss(*entries, other)))
    collect(runtime)
    assert fetch_whole_pages(runtime) == WholePages(kept=1)
    assert len([path for path, _ in publisher.seen if path.startswith("/story/")]) <= 16
    [host] = [row for row in every(runtime, Host) if row.rest_until]
    assert (host.name, host.rest_until) == (publisher.host, clock() + 2 * HOUR)
    assert {(row.tries, row.due_at, row.leased_by) for row in every(runtime, LinkedPage)} == {
        (0, clock() + 2 * HOUR, "")
    }
    # Nor are the feeds of that server asked meanwhile.
    clock.forward(hours=1)
    assert collect(runtime).resting == ["paper"]
    clock.forward(hours=1)
    for number in range(20):
        serve(publisher, f"/story/{number}")
    assert fetch_whole_pages(runtime) == WholePages(kept=20)


def test_a_resting_servers_pages_do_not_keep_others_waiting(runtime, publisher, clock):
    entries = [entry(publisher, f"/story/{number}") for number in range(40)]
    other = replace(entry(publisher), link=publisher.url("/elsewhere", publisher.other_host))
    serve(publisher, "/elsewhere")
    follow(runtime, publisher.serve("/paper", rss(*entries, other)))
    collect(runtime)
    with writing(runtime.engine) as session:
        session.add(Host(name=publisher.host, rest_until=clock() + HOUR))
    assert fetch_whole_pages(runtime) == WholePages(kept=1)
    assert [path for path, _ in publisher.seen if path.startswith("/story/")] == []


# --- interrupted ------------------------------------------------------------------------------------------------------


def answer(handler: Any) -> None:
    body = article().encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def test_a_page_whose_worker_is_too_slow_is_fetched_by_the_next_one_and_kept_once(database, tmp_path, publisher, clock):
    reports: list[WholePages] = []
    asked: list[int] = []

    def slowly(handler: Any) -> None:
        asked.append(1)
        if len(asked) == 1:
            clock.forward(minutes=6)
            reports.append(fetch_whole_pages(quick))
        answer(handler)

    allowed = {"allowed_hosts": (publisher.host,)}
    with (
        runtimes.opened(database, tmp_path, clock=clock, holder="slow", **allowed) as slow,
        runtimes.opened(database, tmp_path, clock=clock, holder="quick", **allowed) as quick,
    ):
        follow(slow, publisher.serve("/paper", rss(entry(publisher))))
        collect(slow)
        publisher.serve("/story", slowly)
        reports.append(fetch_whole_pages(slow))
        assert reports == [WholePages(kept=1), WholePages()]
        assert [whole for whole, _ in texts(slow)] == [False, True]


def test_an_edit_that_comes_while_the_page_is_fetched_wins(runtime, publisher, clock):
    serve(publisher)
    follow(runtime, publisher.serve("/paper", rss(entry(publisher))))
    collect(runtime)
    once: list[int] = []

    def meanwhile(handler: Any) -> None:
        if not once:
            once.append(1)
            publisher.serve("/paper", rss(entry(publisher, title="Retitled facial recognition")))
            collect(runtime, names=["paper"])
        answer(handler)

    publisher.serve("/story", meanwhile)
    assert fetch_whole_pages(runtime) == WholePages(kept=1)
    assert [whole for whole, _ in texts(runtime)] == [False, False, True]
    [document] = every(runtime, Document)
    assert document.title == "Retitled facial recognition"
    assert len(every(runtime, Fetch)) == 2


def test_a_page_that_cannot_be_kept_is_left_and_the_others_go_on(runtime, publisher, clock):
    """Its document went away between the two; anything the database refuses is handled so."""
    entries = [entry(publisher, f"/story/{number}") for number in range(3)]
    for number in range(3):
        serve(publisher, f"/story/{number}")
    follow(runtime, publisher.serve("/paper", rss(*entries)))
    collect(runtime)
    with writing(runtime.engine) as session:
        [first, *_] = every(runtime, DocumentVersion)
        session.delete(session.get_one(DocumentVersion, first.id))
    assert fetch_whole_pages(runtime) == WholePages(kept=2, failed=1)
    [page] = every(runtime, LinkedPage)
    assert "keeping http" in page.last_error
    assert "report it" in page.last_error
    clock.forward(days=400)
    assert fetch_whole_pages(runtime) == WholePages()
