"""Trying a source: what it would bring and why, kept for an hour, nothing else stored; refusals in their own words."""

import threading

import pytest

from tests.workflows.collecting import every, follow, source
from tests.workflows.feeds import RELEVANT, rss, story
from tracker.domain.errors import InputError, NotFoundError
from tracker.models.document import Document, Fetch, Source
from tracker.models.tending import SourceTrial
from tracker.workflows import try_source as module
from tracker.workflows.try_source import Wanted, kept_trial, of_source, try_source

HTML = "text/html; charset=utf-8"
LIST = "<html><body>" + "".join(
    f"<article class=news><h2><a href='/n/{n}'>Police face recognition {n}</a></h2>"
    f"<time>2026-11-{n:02}</time></article>"
    for n in (3, 5)
) + "</body></html>"  # fmt: skip


def test_a_home_page_shows_what_its_feed_would_bring_and_why_and_stores_only_the_look(runtime, publisher):
    feed = publisher.serve("/main.xml", rss(story(1), story(2), title="The Paper"))
    link = "<link rel='alternate' type='application/rss+xml' href='/main.xml'>"
    home = publisher.serve("/", f"<html><head>{link}</head><body>Hi</body></html>", Content_Type=HTML)
    trial = try_source(runtime, Wanted(home), "Ada")
    assert (trial.outcome, trial.url, trial.title, trial.how) == ("ok", feed, "The Paper", "the page names it")
    assert (trial.count, trial.status, trial.failed, trial.made_by) == (2, 200, False, "Ada")
    assert {entry.state for entry in trial.entries} == {"relevant"}
    assert all(entry.why and entry.published and entry.url for entry in trial.entries)
    assert every(runtime, Source) == every(runtime, Document) == every(runtime, Fetch) == []
    assert len(publisher.asked("/main.xml")) == 1


def test_a_look_is_kept_for_an_hour_and_taken_again_when_that_is_asked_for(runtime, publisher, clock):
    wanted = Wanted(publisher.serve("/feed", rss(story())))
    first = try_source(runtime, wanted, "Ada")
    clock.forward(minutes=59)
    assert try_source(runtime, wanted, "Bob") == first == kept_trial(runtime, wanted.key)
    assert len(publisher.asked("/feed")) == 1
    try_source(runtime, wanted, "Bob", again=True)
    assert len(publisher.asked("/feed")) == 2
    clock.forward(minutes=61)
    assert kept_trial(runtime, wanted.key) is None
    try_source(runtime, Wanted(publisher.serve("/other", rss(story()))), "Bob")
    assert len(every(runtime, SourceTrial)) == 1


def test_a_list_of_news_shows_the_rows_its_selector_finds_or_says_that_none_matches(sqlite_runtime, publisher):
    url = publisher.serve("/news", LIST, Content_Type=HTML)
    found = try_source(
        sqlite_runtime, Wanted(url, "newsroom", options={"entry": "article.news", "date": "time"}), "Ada"
    )
    assert [(entry.title, entry.published) for entry in found.entries] == [
        ("Police face recognition 3", "3 November 2026"), ("Police face recognition 5", "5 November 2026"),
    ]  # fmt: skip
    none = try_source(sqlite_runtime, Wanted(url, "newsroom", options={"entry": "article.old"}), "Ada")
    assert none.failed
    assert "nothing matches entry = 'article.old'" in none.said
    wrong = try_source(sqlite_runtime, Wanted(url, "newsroom", options={"entry": "article["}), "Ada")
    assert "the selector entry = 'article[' is wrong" in wrong.said


def test_a_watched_page_shows_its_text(sqlite_runtime, publisher):
    url = publisher.serve("/policy", f"<html><body><main><p>{RELEVANT}</p></main></body></html>", Content_Type=HTML)
    [entry] = try_source(sqlite_runtime, Wanted(url, "watched_page", title="Policy"), "Ada").entries
    assert entry.text.startswith(RELEVANT[:40])


@pytest.mark.parametrize(
    ("address", "outcome", "said"),
    [
        ("http://127.0.0.1:1/", "refused_address", "127.0.0.1"),
        ("http://169.254.169.254/latest", "refused_address", "169.254.169.254"),
        ("ftp://example.org/", "refused_address", "ftp"),
    ],
)
def test_addresses_of_private_networks_are_refused_in_their_own_words(sqlite_runtime, address, outcome, said):
    trial = try_source(sqlite_runtime, Wanted(address), "Ada")
    assert (trial.outcome, trial.failed) == (outcome, True)
    assert said in trial.said


def test_what_robots_txt_forbids_is_not_read(sqlite_runtime, publisher):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /", Content_Type="text/plain")
    url = publisher.serve("/policy", "<html><body><p>Text</p></body></html>", Content_Type=HTML)
    trial = try_source(sqlite_runtime, Wanted(url, "watched_page"), "Ada")
    assert (trial.outcome, publisher.asked("/policy")) == ("robots", [])
    assert "asks programs to keep out" in trial.said


def test_a_site_without_a_feed_says_what_else_can_be_done(sqlite_runtime, publisher):
    trial = try_source(sqlite_runtime, Wanted(publisher.serve("/", "<html><body>Hi</body></html>")), "Ada")
    assert trial.outcome == "no_feed"
    assert "watch it for changes" in trial.advice
    assert "--reader" not in trial.said


def test_a_source_that_is_here_is_tried_as_it_is_and_nothing_of_it_changes(runtime, publisher):
    follow(runtime, publisher.serve("/paper", rss(story())), title="Paper")
    before = source(runtime).model_dump()
    trial = try_source(runtime, of_source(runtime, "paper"), "Ada")
    assert (trial.source, trial.count, source(runtime).model_dump()) == ("paper", 1, before)
    with pytest.raises(NotFoundError):
        of_source(runtime, "nobody")


@pytest.mark.parametrize("address", ["", "  ", "https://example.org/\x07", "https://" + "x" * 3000])
def test_what_is_no_address_is_not_tried(sqlite_runtime, address):
    with pytest.raises(InputError, match="Write the address"):
        try_source(sqlite_runtime, Wanted(address), "Ada")


def test_a_third_is_refused_while_two_are_tried(sqlite_runtime, publisher):
    entered, leave = threading.Barrier(3), threading.Event()

    def slowly(handler):
        entered.wait(20)
        leave.wait(20)
        handler.send_response(404)
        handler.end_headers()

    threads = [
        threading.Thread(target=try_source, args=(sqlite_runtime, Wanted(publisher.serve(path, slowly), "feed"), "Ada"))
        for path in ("/a", "/b")
    ]
    for thread in threads:
        thread.start()
    try:
        entered.wait(20)
        with pytest.raises(InputError, match="Two other sources are being tried"):
            try_source(sqlite_runtime, Wanted(publisher.url("/c")), "Ada")
    finally:
        leave.set()
        for thread in threads:
            thread.join()
    assert module.kept_trial(sqlite_runtime, Wanted(publisher.url("/a"), "feed").key).outcome == "http_404"
