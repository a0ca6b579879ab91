import pytest

from tests.sources.conftest import SAVED, answer
from tests.sources.test_saved import ENTRY
from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import RawItem, Request, Target
from tracker.sources.exempt_elsewhere import ExemptElsewhere

LIST = (SAVED / "exempt_elsewhere/list.html").read_bytes()


def read(body: bytes | str, **context: object) -> list[RawItem | Request]:
    return list(ExemptElsewhere().parse(answer(body, "https://site.example/filings", context=context)))


def test_a_list_page_is_crawled_for_a_venue() -> None:
    options = {"venue": "proponent site", "match": r"/memo/\d+", "known": ("a",)}
    [request] = ExemptElsewhere().requests([Target("https://p.example/", "P (fictional)", options=options)])
    assert (request.crawl, request.context["publisher"], request.context["known"]) == (True, "P (fictional)", ["a"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"match": "x"}, "Proxy Open Exchange, proponent site"),
        ({"venue": "EDGAR", "match": "x"}, "venue = 'EDGAR'"),
        ({"venue": "proponent site"}, "match or css"),
        ({"venue": "proponent site", "match": "("}, "is wrong"),
        ({"venue": "proponent site", "css": "a[["}, "is wrong"),
        ({"venue": "proponent site", "css": "a", "most": 1000}, "from 1 to 100"),
    ],
)
def test_what_chooses_nothing_is_refused(options: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        list(ExemptElsewhere().requests([Target("https://p.example/", options=options)]))


def test_links_are_chosen_by_address_or_by_selector_or_both() -> None:
    by_address = [found.url for found in read(LIST, match=r"/filings/2026-\d+$")]
    assert by_address == [f"https://site.example/filings/2026-000{number}" for number in (1, 2, 3)]
    assert [found.url for found in read(LIST, css=".filings")] == by_address
    assert [found.url for found in read(LIST, css=".filings a", match="0002")] == by_address[1:2]


def test_new_entries_are_followed_up_to_a_limit() -> None:
    found = read(LIST, match="/filings/", most=1, known=["https://site.example/filings/2026-0001"])
    assert [request.url for request in found] == ["https://site.example/filings/2026-0002"]
    assert found[0].crawl
    assert found[0].context["title"] == "Another Corp. (fictional): vote AGAINST director"


def test_a_list_in_which_nothing_is_chosen_is_a_parse_error() -> None:
    with pytest.raises(ParseError, match="no link is chosen"):
        read(LIST, match="/solicitations/")
    with pytest.raises(ParseError, match="match or css"):
        read(LIST)


def test_an_entry_says_its_venue_and_not_where_the_filer_lives() -> None:
    [item] = read((SAVED / "exempt_elsewhere/entry.html").read_bytes(), **ENTRY)
    assert item.title.startswith("Exempt solicitation, Proxy Open Exchange: ")
    assert item.form == "EXEMPT SOLICITATION"
    assert "Venue: Proxy Open Exchange." in item.content_html
    assert "Invented Lane" not in item.content_html
    assert "Sisters of Example Hill" in item.content_html


def test_an_entry_without_text_is_kept_with_the_reason() -> None:
    [item] = read("<html><body><div id=app></div></body></html>", **ENTRY)
    assert (item.key, item.publisher) == (ENTRY["key"], "Proxy Open Exchange")
    assert "only its entry in the list was kept" in item.warnings[0]
    [item] = read(b"%PDF-1.7", **ENTRY)
    assert (item.content_html, item.warnings) == ("", ("the document is a PDF: its text was not read",))
