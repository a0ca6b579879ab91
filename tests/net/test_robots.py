"""robots.txt as RFC 9309 reads it."""

import pytest

from tracker.net.robots import TOKEN, read

SITE = "https://news.example"
TEXT = """
User-agent: *
Disallow: /private/
Crawl-delay: 5

User-agent: whereas
User-agent: other
Disallow: /letters/
Allow: /letters/open/
Disallow: /*.pdf$
Crawl-delay: 2.5
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", True),  # the group that names us is the only one that counts
        ("/letters/", False),
        ("/letters/open/1", True),  # the longer rule
        ("/report.pdf", False),
        ("/report.pdf?page=2", True),
        ("/robots.txt", True),
    ],
)
def test_the_group_that_names_us_counts_and_in_it_the_longest_rule(path: str, allowed: bool) -> None:
    rules = read(TEXT, 200)
    assert rules.allows(SITE + path) is allowed
    assert rules.allows(SITE + path, "whereas") is allowed


def test_others_follow_the_group_for_all() -> None:
    rules = read(TEXT, 200)
    assert not rules.allows(f"{SITE}/private/x", "Somebody")
    assert rules.allows(f"{SITE}/letters/", "Somebody")


def test_the_delay_is_told() -> None:
    rules = read(TEXT, 200)
    assert (rules.delay(), rules.delay(TOKEN), rules.delay("Somebody")) == (2.5, 2.5, 5.0)
    assert read("User-agent: *\nDisallow: /x", 200).delay() is None


@pytest.mark.parametrize("value", ["-1", "inf", "nan", "soon", "1e999"])
def test_a_delay_that_is_no_time_is_none(value: str) -> None:
    assert read(f"User-agent: *\nCrawl-delay: {value}", 200).delay() is None


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (404, True), (410, True), (401, True), (403, True), (301, True),
        (429, False), (500, False), (503, False), (None, False), (0, False),
    ],
)  # fmt: skip
def test_a_site_without_the_file_allows_everything_and_one_in_trouble_nothing(
    status: int | None, allowed: bool
) -> None:
    rules = read("User-agent: *\nDisallow: /", status)
    assert rules.allows(f"{SITE}/x") is allowed
    assert rules.delay() is None


@pytest.mark.parametrize(
    "text", ["", "\ufeffUser-agent: *\nDisallow:", "<html>not found</html>", "\0\x01", "Disallow: /"]
)
def test_what_forbids_nothing_allows_everything(text: str) -> None:
    assert read(text, 200).allows(f"{SITE}/x")
    assert read(text.encode(), 200).allows(f"{SITE}/x")


def test_a_byte_order_mark_and_bytes_that_are_no_utf8_hide_no_rule() -> None:
    assert not read(b"\xef\xbb\xbfUser-agent: *\n# caf\xe9\nDisallow: /x", 200).allows(f"{SITE}/x")


def test_only_the_first_500_kib_count_and_no_rule_is_cut_in_two() -> None:
    line = "Disallow: /abc\n"
    head = "User-agent: *\n"
    filling = "#" * (500 * 1024 - len(head) - 12) + "\n"
    rules = read(head + filling + line, 200)
    assert rules.allows(f"{SITE}/abc")
    assert rules.allows(f"{SITE}/a")  # "Disallow: /a" would have been the stump
    assert not read(head + line + filling * 3, 200).allows(f"{SITE}/abc")


def test_rules_made_to_be_slow_are_not() -> None:
    rules = read("User-agent: *\n" + "Disallow: /" + "*a" * 1000 + "$\n" * 50, 200)
    assert rules.allows(f"{SITE}/" + "a" * 2000 + "b")
