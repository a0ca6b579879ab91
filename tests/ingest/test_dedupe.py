from datetime import UTC, datetime

import pytest

from tracker.domain.items import Draft, RawItem
from tracker.ingest.dedupe import Known, Verdict, decide
from tracker.ingest.normalise import normalise

NOW = datetime(2026, 11, 23, tzinfo=UTC)
URL = "https://a.example/story"


def draft(title: str = "Amazon holders reject ban", text: str = "Text.", url: str | None = URL) -> Draft:
    return normalise(RawItem("k", title, url=url, content_html=text), now=NOW)


def known(of: Draft, number: int = 7) -> Known:
    return Known(number, of.content_hash, of.title, of.canonical_url)


def test_the_same_entry_is_the_same_until_its_words_change() -> None:
    same = decide(draft(), by_key=known(draft()), by_url=None)
    assert (same.verdict, same.document_id) == (Verdict.SAME, 7)
    changed = decide(draft(text="Corrected."), by_key=known(draft()), by_url=known(draft(), 8))
    assert (changed.verdict, changed.document_id) == (Verdict.CHANGED, 7)
    assert changed.reason


def test_what_is_known_neither_by_key_nor_by_address_is_new() -> None:
    assert decide(draft(), by_key=None, by_url=None).verdict is Verdict.NEW
    assert decide(draft(url=None), by_key=None, by_url=None).document_id is None


@pytest.mark.parametrize(
    "title", ["Amazon holders reject ban", "Amazon holders reject ban | Reuters", "AMAZON: Holders reject a ban"]
)
def test_the_same_page_in_another_source_is_a_sighting(title: str) -> None:
    found = decide(draft(title, "An excerpt."), by_key=None, by_url=known(draft()))
    assert (found.verdict, found.document_id) == (Verdict.ELSEWHERE, 7)


def test_entries_that_share_a_page_are_not_one() -> None:
    assert decide(draft("Council votes on cameras"), by_key=None, by_url=known(draft())).verdict is Verdict.NEW
    front = "https://a.example/"
    assert decide(draft(url=front, text="b"), by_key=None, by_url=known(draft(url=front))).verdict is Verdict.NEW
    assert decide(draft(url=front), by_key=None, by_url=known(draft(url=front))).verdict is Verdict.ELSEWHERE


def test_a_known_document_with_another_address_proves_nothing() -> None:
    assert decide(draft(), by_key=None, by_url=known(draft(url="https://b.example/"))).verdict is Verdict.NEW
