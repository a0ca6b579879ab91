"""The list of sources that ships: every entry is one its reader accepts, and says how its address is known."""

import json
import tomllib
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import PROJECT
from tracker.domain.items import Request, Target
from tracker.sources.base import source_named

ENTRIES: list[dict[str, Any]] = tomllib.loads((PROJECT / "config" / "sources.toml").read_text(encoding="utf-8"))[
    "source"
]
RECALLED = "recalled, not confirmed: try it first"
WAYS = (
    "seen as exactly this address in several public code repositories",
    "seen in one or two public code repositories",
    "read in a stored public page",
    "the pattern of the publisher's own interface",
    RECALLED,
    "tried on ",
)
HOUR = 3600
# The shortest and the longest time between two visits, by what is asked.
INTERVALS = {
    "feed": (HOUR, 2 * HOUR),
    "newsroom": (HOUR, 2 * HOUR),
    "edgar": (2 * HOUR, 2 * HOUR),
    "edgar_atom": (2 * HOUR, 2 * HOUR),
    "watched_page": (6 * HOUR, 6 * HOUR),
}
INTERFACES = (6 * HOUR, 24 * HOUR)


def asked(entry: dict[str, Any]) -> list[Request]:
    """What the entry's reader asks for at the first visit, as collecting tells it to."""
    options = dict(entry.get("options", {}))
    target = Target(
        entry["url"],
        name=entry.get("title", ""),
        cik=options.get("cik"),
        options={**options, "api_key": "nobodys-key"} if entry["reader"] == "congress" else options,
    )
    return list(source_named(entry["reader"]).requests([target]))


def is_web_address(url: str) -> bool:
    """Whether it is an https address in ASCII, of a named host, without a name, a password, a port or a fragment."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    plain = parts.username is None and parts.port is None and not parts.fragment and parts.netloc == host
    return url.isascii() and not set(url) & set(" \t\n\"'<>\\") and parts.scheme == "https" and "." in host and plain


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["name"] for entry in ENTRIES])
def test_every_source_is_accepted_by_its_reader(entry):
    requests = asked(entry)
    assert requests
    assert all(is_web_address(request.url) for request in requests)
    # What is carried along is stored, so it must be plain values.
    assert all(json.loads(json.dumps(request.context)) == request.context for request in requests)


def test_every_address_is_a_whole_one():
    assert [entry["name"] for entry in ENTRIES if not is_web_address(entry["url"])] == []


def test_every_source_says_how_its_address_is_known():
    assert [entry["name"] for entry in ENTRIES if not entry["known"].startswith(WAYS)] == []


def test_what_is_only_recalled_is_not_asked_unless_somebody_resumes_it():
    recalled = [entry for entry in ENTRIES if entry["known"].startswith(RECALLED)]
    assert [entry["name"] for entry in recalled if not entry.get("paused", False)] == []


def test_every_source_has_a_title_and_an_interval_that_suits_its_reader():
    def suits(entry: dict[str, Any]) -> bool:
        shortest, longest = INTERVALS.get(entry["reader"], INTERFACES)
        return bool(entry["title"].strip()) and shortest <= entry["every_seconds"] <= longest

    assert [entry["name"] for entry in ENTRIES if not suits(entry)] == []


def test_news_is_asked_for_every_hour_and_statements_every_two():
    hours = {"news": HOUR, "statement": 2 * HOUR}
    feeds = [entry for entry in ENTRIES if entry["reader"] == "feed"]
    assert [entry["name"] for entry in feeds if entry["every_seconds"] != hours[entry["options"]["kind"]]] == []


def test_a_companys_list_is_that_of_its_number():
    listed = {entry["options"]["cik"]: entry["url"] for entry in ENTRIES if entry["reader"] == "edgar"}
    assert listed == {cik: f"https://data.sec.gov/submissions/CIK{cik:010d}.json" for cik in listed}


def test_the_newest_notices_are_looked_for_under_every_company_whose_filings_are_asked_for():
    followed = {
        entry["options"]["cik"] for entry in ENTRIES if entry["reader"] == "edgar" and not entry.get("paused", False)
    }
    [newest] = [entry for entry in ENTRIES if entry["reader"] == "edgar_atom"]
    assert set(newest["options"]["ciks"]) == followed


def test_no_two_sources_have_one_name_or_ask_the_same():
    names = Counter(entry["name"] for entry in ENTRIES)
    questions = Counter((request.url, request.body) for entry in ENTRIES for request in asked(entry))
    assert [name for name, count in names.items() if count > 1] == []
    assert [question for question, count in questions.items() if count > 1] == []


def test_an_address_stands_once_unless_it_is_that_of_an_interface():
    asked_by_options = {"congress", "edgar_search", "federal_register", "usaspending"}
    urls = Counter(entry["url"] for entry in ENTRIES if entry["reader"] not in asked_by_options)
    assert [url for url, count in urls.items() if count > 1] == []
