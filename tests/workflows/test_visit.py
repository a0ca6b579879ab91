"""One visit to a source: what it asks, what it asks because of an answer, and how errors are told."""

import asyncio
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from tests.factories import NOW
from tracker.domain.errors import FetchError, ParseError
from tracker.domain.items import Fetched, RawItem, Request
from tracker.domain.vocab import DocumentKind
from tracker.settings import PROJECT, config_file, names_of
from tracker.sources import base
from tracker.workflows import reading
from tracker.workflows.study import Recipe, compiled
from tracker.workflows.visit import MOST_REQUESTS, Place, Visit, visit

LINKER = compiled(Recipe(config_file(PROJECT / "config", "terms.toml"), names_of(PROJECT / "config"), (), ()))
FEED = b"<rss version='2.0'><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>"


class Shelf:
    """Stands for the network: gives what is put on it, and remembers what it was asked for."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[Request] = []

    async def fetch(self, request: Request) -> Fetched:
        self.asked.append(request)
        answer = self.answers.get(request.url, b"")
        if isinstance(answer, Exception):
            raise answer
        status, body = (304, b"") if answer is None else (200, answer)
        return Fetched(request.url, status, body, {}, NOW, request)


class Chapters:
    """A reader whose answers name further addresses, one on each line; "!" is one it cannot read."""

    name, kind, every = "test_chapters", DocumentKind.NEWS, timedelta(hours=1)

    def requests(self, targets):
        for target in targets:
            yield Request(target.url)

    def parse(self, answer):
        for line in answer.body.decode().split():
            if line == "!":
                raise ParseError(f"reading {answer.url}: an exclamation mark; look at it")
            if line == "?":
                raise ZeroDivisionError("division by zero")
            yield Request(line[1:]) if line.startswith(">") else RawItem(key=line, title=line)


@pytest.fixture(autouse=True, scope="module")
def _chapters():
    """Make the reader known for these tests alone: others look at every reader there is."""
    base.register(Chapters)
    yield
    del base._SOURCES[Chapters.name]


def place(reader: str = "test_chapters", url: str = "start", **more: Any) -> Place:
    return Place(reader, "A title", url, more.pop("options", {}), **more)


def paid(place: Place, shelf: Shelf, **more: Any) -> Visit:
    """Pay a visit, answers being read on the spot."""

    async def study(reader: str, answer: Fetched, now: Any) -> reading.Reading:
        return reading.read(reader, answer, LINKER, now)

    return asyncio.run(visit(place, shelf.fetch, study, NOW, **more))


def outcomes(found) -> list[tuple[str, str, list[str]]]:
    return [
        (row.request.url, row.outcome, [item.draft.key for item in row.reading.items] if row.reading else [])
        for row in found.attempts
    ]


def test_an_answers_items_are_found_with_the_address_that_held_them():
    found = paid(place("feed", "https://paper.example/feed"), Shelf(**{"https://paper.example/feed": FEED}))
    assert outcomes(found) == [("https://paper.example/feed", "ok", ["1"])]
    assert (found.error, found.unchanged, found.retry_after) == ("", False, None)


def test_what_an_answer_asks_for_is_asked_in_turn():
    shelf = Shelf(start=b"a >second >third", second=b"b >fourth", third=b"c", fourth=b"d")
    assert outcomes(paid(place(), shelf)) == [
        ("start", "ok", ["a"]),
        ("second", "ok", ["b"]),
        ("third", "ok", ["c"]),
        ("fourth", "ok", ["d"]),
    ]


def test_the_first_error_is_told_and_what_else_came_counts():
    refusal = FetchError("fetching second: 503", kind="http_503", status=503, retry_after=120.0)
    later = FetchError("fetching third: 429", kind="http_429", status=429, retry_after=600.0)
    shelf = Shelf(start=b"a >second >third >fourth", second=refusal, third=later, fourth=b"d")
    found = paid(place(), shelf)
    assert outcomes(found) == [
        ("start", "ok", ["a"]),
        ("second", "http_503", []),
        ("third", "http_429", []),
        ("fourth", "ok", ["d"]),
    ]
    assert (found.error, found.retry_after) == ("fetching second: 503", 600.0)
    assert [row.status for row in found.attempts] == [200, 503, 429, 200]


@pytest.mark.parametrize(
    ("mark", "said"), [(b"!", "an exclamation mark"), (b"?", "ZeroDivisionError: division by zero")]
)
def test_an_answer_that_cannot_be_read_gives_no_items_and_its_bytes_stay_at_hand(mark, said):
    found = paid(place(), Shelf(start=b"a " + mark))
    [row] = found.attempts
    assert (row.outcome, row.reading.items, row.reading.packed.hash) == (
        "unreadable",
        (),
        sha256(b"a " + mark).hexdigest(),
    )
    assert said in found.error


def test_validators_go_with_the_address_they_came_from_and_with_no_other():
    shelf = Shelf(start=b">second", second=b"b")
    paid(place(validators={"second": ('"2"', None), "other": ('"3"', None)}), shelf)
    assert [(row.url, row.etag, row.last_modified) for row in shelf.asked] == [
        ("start", None, None),
        ("second", '"2"', None),
    ]


def test_only_when_everything_is_unchanged_the_visit_is():
    assert paid(place(), Shelf(start=None)).unchanged
    assert not paid(place(), Shelf(start=b">second", second=None)).unchanged
    assert not paid(place(), Shelf(start=FetchError("no", kind="dns"))).unchanged


def test_a_source_that_keeps_asking_is_cut_off():
    class Endless(Shelf):
        async def fetch(self, request: Request) -> Fetched:
            self.answers[request.url] = f">{len(self.asked)}".encode()
            return await super().fetch(request)

    found = paid(place(), Endless())
    assert len(found.attempts) == MOST_REQUESTS
    assert found.error == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (place("no_such_reader"), "looking for a source called 'no_such_reader'"),
        (place(options={"cik": "Amazon"}), "check the source's options"),
        (place(options={"cik": ["1"]}), "check the source's options"),
    ],
)
def test_a_source_that_cannot_be_asked_says_why_and_asks_nothing(given, said):
    shelf = Shelf()
    found = paid(given, shelf)
    assert said in found.error
    assert (found.attempts, found.unchanged, shelf.asked) == ([], False, [])
