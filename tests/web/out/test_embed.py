"""What stands in other sites: framed by anybody, small, without cookie or script, each entry leading to its address."""

import html
import re

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.web import scenario
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.assets import FOLDER
from tracker.web.factory import create_app
from tracker.web.out import embed
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

EMBED = f"/campaigns/{scenario.CAMPAIGN}/embed"
FRAMED = (f"{EMBED}/strip", f"{EMBED}/list")
# Every link but the one that skips to the end.
LINK = re.compile(r'<a (?!href="#end")[^>]*>')


def linked(text: str) -> list[str]:
    """The permanent names of the rows that a page leads to."""
    return re.findall(r'href="/events/([0-9a-f]+)"', text)


def listed(client: FlaskClient, query: str) -> set[str]:
    """The same of the rows that the timeline lists."""
    return set(re.findall(r'<li class="event[^>]*id="e-([0-9a-f]+)"', client.get(f"{EMBED[:-5]}timeline{query}").text))


@pytest.mark.parametrize("address", [*FRAMED, f"{EMBED}/strip?lane=nobody", "/campaigns/nobody/embed/list"])
def test_any_site_may_frame_an_embedded_page_and_its_errors(client: FlaskClient, address: str):
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_no_other_page_may_be_framed_and_the_one_about_embedding_frames_only_ours(client: FlaskClient):
    for address in ("/", f"{EMBED[:-5]}timeline", EMBED, "/nothing"):
        assert "frame-ancestors 'none'" in client.get(address).headers["Content-Security-Policy"]
    assert "frame-src 'self'" in client.get(EMBED).headers["Content-Security-Policy"]
    assert "frame-src" not in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", FRAMED)
def test_an_embedded_page_is_small_sets_no_cookie_and_runs_nothing(client: FlaskClient, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "<script" not in answer.text
    assert not re.search(r"<[^>]+\sstyle=|<style", answer.text)
    assert re.findall(r'<(?:link rel="stylesheet"|img|script|iframe)[^>]*?(?:href|src)="([^"]+)"', answer.text) == [
        re.search(r"/static/\w+/embed\.css", answer.text)[0]
    ]
    assert all('target="_blank" rel="noopener"' in link for link in LINK.findall(answer.text))
    assert "as of 23 November 2026" in answer.text
    assert "Whereas" in answer.text


@pytest.mark.parametrize(
    "query", ["", "?lane=investors", "?kind=letter_sent", "?from=2019&to=2019-05", "?lane=press&from=1990&to=1991"]
)
@pytest.mark.parametrize("address", FRAMED)
def test_an_embedded_page_has_the_rows_of_the_timeline_under_the_same_filters(client, address: str, query: str):
    more = f"{query}&limit=50" if query else "?limit=50"
    found = linked(client.get(f"{address}{more}").text)
    assert set(found) == listed(client, query)
    assert len(found) == len(set(found))


def test_a_list_is_as_long_as_asked_and_leads_on_to_the_timeline_under_the_same_filters(client: FlaskClient):
    text = html.unescape(client.get(f"{EMBED}/list?limit=1&lane=investors").text)
    assert len(linked(text)) == 1
    assert "Earlier entries on the timeline" in text
    assert f'href="{EMBED[:-5]}timeline?lane=investors"' in text


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=51",
        "limit=x",
        "limit=²",
        f"limit={'9' * 5000}",
        "limit=00000199999",
        f"limit=000001{'0' * 5000}",
        "theme=blue",
        "from=soon",
    ],
)
def test_what_an_embedded_page_does_not_take_is_answered_in_words(client: FlaskClient, query: str):
    answer = client.get(f"{EMBED}/list?{query}")
    assert answer.status_code == 422
    assert "take" in answer.text


def test_a_colour_scheme_can_be_chosen_and_otherwise_follows_the_reader(client: FlaskClient):
    assert '<html lang="en">' in client.get(FRAMED[0]).text
    assert '<html lang="en" class="dark">' in client.get(f"{FRAMED[0]}?theme=dark").text
    assert '<meta name="color-scheme" content="light">' in client.get(f"{FRAMED[0]}?theme=light").text


def test_its_colours_are_those_of_the_site():
    ours, own = ((FOLDER / name).read_text(encoding="utf-8") for name in ("whereas.css", "embed.css"))
    schemes = ours.partition("@media print")[0].split("prefers-color-scheme: dark")
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w+);", scheme)) for scheme in schemes)
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", own)
    assert len(pairs) > 10
    assert pairs == [(name, light[name], dark[name]) for name, _, _ in pairs]


def test_the_html_to_copy_frames_the_page_of_the_preview(client: FlaskClient):
    text = client.get(f"{EMBED}?show=list&lane=press&from=2018&limit=5&theme=dark").text
    copied = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)[1])
    source = html.unescape(re.search(r'<iframe src="([^"]+)"', copied)[1])
    preview = html.unescape(re.search(r'<iframe class="preview list" src="([^"]+)"', text)[1])
    assert source == f"http://127.0.0.1:8000{preview}"
    assert preview == f"{EMBED}/list?lane=press&from=2018&theme=dark&limit=5"
    assert client.get(preview).status_code == 200


def test_a_timeline_leads_to_the_page_about_embedding(client: FlaskClient):
    assert f'href="{EMBED}"' in client.get(f"{EMBED[:-5]}timeline").text
    assert f'href="{EMBED}?lane=press"' in client.get(f"{EMBED[:-5]}timeline?lane=press&after=2019~a").text


def test_many_rows_are_drawn_by_month_and_hostile_titles_stay_words(tmp_path, monkeypatch):
    monkeypatch.setattr(embed, "MOST_LINKS", 3)
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        runtime = Runtime(Settings(public_url="https://w.example"), engine, clock=lambda: scenario.NOW)
        with writing(engine) as session:
            campaign = factories.campaign(session, "c", title='"><script>alert(1)</script>')
            for number in range(5):
                factories.letter(session, f"l{number}", sent=f"2018-0{number + 1}-03", campaign=campaign)
        rebuild(runtime)
        client = create_app(runtime).test_client()
        strip = client.get("/campaigns/c/embed/strip?from=2018&to=2018").text
        assert linked(strip) == []
        assert "Drawn are months" in strip
        assert "period is shaded" in strip
        years = [int(year) for year in re.search(r"their days, from (\d+) to (\d+)", strip).groups()]
        assert f'viewBox="0 0 {12 * (years[1] - years[0] + 1)} ' in strip  # the unit of its bars is the month
        assert len(linked(client.get("/campaigns/c/embed/strip?from=2018-01&to=2018-02").text)) == 2
        for address in ("strip", "list", ""):
            assert "<script>" not in client.get(f"/campaigns/c/embed/{address}".rstrip("/")).text
        copied = html.unescape(
            re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get("/campaigns/c/embed").text, re.DOTALL)[1]
        )
        assert copied.startswith('<iframe src="https://w.example/campaigns/c/embed/strip" title="&#34;&gt;&lt;script')


def test_an_empty_campaign_says_so(tmp_path):
    with factories.database(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        with writing(engine) as session:
            factories.campaign(session, "c")
        client = create_app(Runtime(Settings(), engine, clock=lambda: scenario.NOW)).test_client()
        for kind in ("strip", "list"):
            assert "Nothing on this timeline yet" in client.get(f"/campaigns/c/embed/{kind}").text
