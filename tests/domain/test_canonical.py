from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import canonical as module
from tracker.domain.canonical import canonical_url, organization_key, title_key


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://WWW.Example.org:443", "https://www.example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org./a/./b/../c/", "https://example.org/a/c/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&b=2&UTM_Medium=y&a=1&fbclid=q&gclid=", "https://example.org/a?b=2&a=1"),
        (
            "https://example.org/a?mc_cid=1&mc_eid=2&at_medium=RSS&at_campaign=KARANGA&cmp=x&CMPID=y",
            "https://example.org/a",
        ),
        (
            "https://example.org/a?id=7&ref=home&source=web&cid=3",
            "https://example.org/a?id=7&ref=home&source=web&cid=3",
        ),
        ("https://nyt.example/a.html?partner=rss&emc=rss", "https://nyt.example/a.html"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?&&x", "https://example.org/a?x"),
        ("https://example.org/%7ea/%c3%bc/ü?q=ü", "https://example.org/~a/%C3%BC/%C3%BC?q=%C3%BC"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org/2019-02-07-story-name/amp/", "https://example.org/2019-02-07-story-name"),
        ("https://example.org/guitars/amp", "https://example.org/guitars/amp"),
        ("https://example.org/a?amp=1", "https://example.org/a"),
        ("https://www.google.com/amp/s/thehill.com/some-long-story/amp/", "https://thehill.com/some-long-story"),
        ("https://thehill-com.cdn.ampproject.org/c/s/thehill.com/a/b?x=1", "https://thehill.com/a/b?x=1"),
        ("https://www.google.com/url?rct=j&sa=t&url=https://a.example/x%3Fy%3D1&ct=ga", "https://a.example/x?y=1"),
        ("https://www.google.com/url?url=javascript:alert(1)", "https://www.google.com/url?url=javascript:alert(1)"),
        ("https://en.m.wikipedia.org/wiki/Rekognition", "https://en.wikipedia.org/wiki/Rekognition"),
        ("https://m.example.org/a", "https://m.example.org/a"),
        ("http://[2606:4700::1]:80/a", "http://[2606:4700::1]/a"),
        ("  https://example.org/a b\n", "https://example.org/a%20b"),
    ],
)
def test_an_address_has_one_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [None, "", "a", "/a", "javascript:alert(1)", "mailto:a@b.example", "ftp://a.example", "http://", "http:///a",
        "http://[x",
     "http://a:99999/", "http://user@a.example/", "http://a\\@b.example/", "http://a..b/", "http://.a/", "http://a b/",
     "http://" + "a" * 300, "http://a/" + "x" * 5000, "http://[fe80::1%25eth0]/", "http://ex\u2100mple/"],
)  # fmt: skip
def test_what_is_no_web_page_has_none(url: str | None) -> None:
    assert canonical_url(url) is None


HOSTS = ["a.example", "WWW.A.example:443", "m.youtube.com", "www.google.com", "x.cdn.ampproject.org", "é.example"]
PATHS = ["", "/", "/amp", "/s/", "/url", "/../", "/.", "/%2e%2E/", "/%zz", "/a-long-slug-1", "/b.example/c", "//"]
QUERIES = ["?", "&", "utm_a=1", "url=http://b.example/?utm_x=1", "q=%", "%25", "a=b", "amp=1", "="]
WEB = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(HOSTS),
    st.lists(st.sampled_from(PATHS)).map("".join),
    st.lists(st.sampled_from(QUERIES)).map("".join),
    st.sampled_from(["", "#x", "?#", " "]),
)


@given(
    WEB
    | st.text(st.characters(exclude_categories=[]), max_size=60)
    | st.text(max_size=40).map("http://a.example/{}".format)
)
def test_the_canonical_form_is_its_own_and_harmless(url: str) -> None:
    canonical = canonical_url(url)
    if canonical is not None:
        assert canonical_url(canonical) == canonical
        assert canonical.isascii()
        assert urlsplit(canonical).scheme in {"http", "https"}
        assert "#" not in canonical
        assert not any(pair.startswith("utm_") for pair in urlsplit(canonical).query.split("&"))


@given(WEB | st.from_regex(r"https?://[a-z.]{1,12}/[!-~]{0,15}", fullmatch=True))
def test_an_address_that_is_canonical_as_it_stands_is_what_working_it_out_gives(url: str) -> None:
    assert canonical_url(url) == module._worked_out(url)


@given(st.permutations(["utm_source=a", "fbclid=b", "gclid=c", "cmp=d"]))
def test_how_a_reader_came_does_not_count(tracking: list[str]) -> None:
    assert canonical_url("https://a.example/x?id=1&" + "&".join(tracking)) == "https://a.example/x?id=1"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Amazon.com, Inc.", "amazon"),
        ("AMAZON COM INC", "amazon"),
        ("Amazon", "amazon"),
        ("The Walt Disney Company", "walt disney"),
        ("WALT DISNEY CO/", "walt disney"),
        ("MICROSOFT CORP /WA/", "microsoft"),
        ("AT&T Inc.", "at and t"),
        ("Société Générale S.A.", "societe generale"),
        ("Trillium ESG, L.L.C.", "trillium esg"),
        ("NEC Corporation Co., Ltd.", "nec"),
        ("U.S. Immigration and Customs Enforcement", "us immigration and customs enforcement"),
        ("Clearview AI, Inc.", "clearview ai"),
        ("ID.me", "id me"),
        ("McDonald’s Corp", "mcdonalds"),
        ("The Limited", "limited"),
        ("Inc.", "inc"),
        ("...", ""),
    ],
)
def test_an_organisation_has_one_key(name: str, key: str) -> None:
    assert organization_key(name) == key


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["The", "Amazon", ".com", ",", "Inc.", "S.A.", "&", " ", "/DE/", "'s"])).map(" ".join)
)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert organization_key(organization_key(name)) == organization_key(name)


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Amazon shareholders reject facial recognition ban", ""),
        ("Amazon shareholders reject facial recognition ban | TheHill", ""),
        ("Amazon shareholders reject facial recognition ban - The Hill", ""),
        (
            "Amazon shareholders reject facial recognition ban – Investors for Human Rights",
            "Investors for Human Rights, Inc.",
        ),
        ("“Amazon” shareholders: reject   facial-recognition ban!", ""),
    ],
)
def test_a_headline_has_one_key(title: str, publisher: str) -> None:
    assert title_key(title, publisher) == "amazon shareholders reject facial recognition ban"


def test_a_headline_keeps_its_own_dash() -> None:
    assert title_key("Facial recognition - the case against it") == "facial recognition the case against it"
    assert title_key("Rekognition - Amazon") == "rekognition amazon"
