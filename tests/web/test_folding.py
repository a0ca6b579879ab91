"""Runs of minor news stand as one line, lose nothing, and never fold what somebody asked for."""

import html
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.web import timeline_scenario as palms
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Lane
from tracker.models.event import Event
from tracker.settings import Settings
from tracker.web import folding
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

COMMENT = (EventType.COMMENTARY, Lane.PRESS, None, "document:1")


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[FlaskClient]:
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('palms') / 'a.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: palms.NOW)
        palms.fill(runtime)
        yield create_app(runtime).test_client()


def row(on: str = "2018-05-03", of: tuple[EventType, Lane, int | None, str] = COMMENT) -> SimpleNamespace:
    kind, lane, object_id, key = of
    return SimpleNamespace(event=Event(kind=kind, lane=lane, object_id=object_id, key=key, on=PartialDate.parse(on)))


def ids(text: str) -> list[str]:
    return re.findall(r'<li class="event[^"]*" id="e-([0-9a-f]+)"', text)


@pytest.mark.parametrize(
    ("of", "minor"),
    [
        (COMMENT, True),
        ((EventType.OTHER, Lane.PRESS, None, "document:1"), True),
        ((EventType.COMMENTARY, Lane.INVESTORS, None, "document:1"), True),
        ((EventType.HEARING, Lane.PRESS, None, "document:1"), False),  # perhaps nobody else tells of the act
        ((EventType.HEARING, Lane.PRESS, None, "document:1:version:2"), True),
        ((EventType.COMPANY_POLICY_CHANGE, Lane.COMPANY, None, "document:1:version:2"), False),
        ((EventType.OTHER, Lane.COMPANY, 7, "meeting-2019:held"), False),
    ],
)
def test_minor_is_news_in_which_no_act_was_found(of, minor: bool):
    assert folding.is_minor(row(of=of).event) is minor


@given(st.lists(st.booleans(), max_size=30))
def test_folding_keeps_every_row_in_its_order(minor: list[bool]):
    rows = [row(of=COMMENT if one else (EventType.HEARING, Lane.LAWMAKERS, 3, "h:held")) for one in minor]
    found = folding.runs(rows, "May 2018")
    unfolded = [one for entry in found for one in (entry.rows if isinstance(entry, folding.Run) else [entry])]
    assert list(map(id, unfolded)) == list(map(id, rows))
    for entry in found:
        assert not isinstance(entry, folding.Run) or len(entry.rows) >= folding.FEWEST


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("2018-05-19", "2018-05-08", "2018-05-03"), "3 items of news and comment, 3 to 19 May 2018"),
        (("2018-05-03",) * 4, "4 items of news and comment, 3 May 2018"),
        (("2018-05", "2018-05-08", "2018-05-03"), "3 items of news and comment, May 2018"),
    ],
)
def test_a_run_says_how_many_and_from_when_to_when(days: tuple[str, ...], words: str):
    [run] = folding.runs([row(day) for day in days], "May 2018")
    assert run.words == words


def test_a_run_is_one_line_with_every_row_in_it(client: FlaskClient):
    text = client.get(palms.TIMELINE).text
    [run] = re.findall(r'<li class="run">.*?</details>', text, re.DOTALL)
    assert "<summary>4 items of news and comment, 3 to 19 May 2020</summary>" in run
    assert len(ids(run)) == len(palms.RUN)
    assert len(ids(text)) == len(set(ids(text))) == len(client.get(f"{palms.TIMELINE}.json").json["items"])


def test_two_are_not_folded_and_neither_are_those_that_an_act_parts(client: FlaskClient):
    folded = "".join(re.findall(r'<li class="run">.*?</details>', client.get(palms.TIMELINE).text, re.DOTALL))
    assert "Comment 4" not in folded
    assert "Comment 5" not in folded


@pytest.mark.parametrize(
    "query", ["news=all", "kind=commentary", "lane=press", "from=2020-05", "news=all&order=oldest"]
)
def test_what_is_asked_for_is_not_folded(client: FlaskClient, query: str):
    text = client.get(f"{palms.TIMELINE}?{query}").text
    assert 'class="run"' not in text
    assert "Comment 0" in text


def test_whether_all_is_shown_stands_in_the_address_and_is_a_link_there_and_back(client: FlaskClient):
    assert f'href="{palms.TIMELINE}?order=oldest&amp;news=all"' in client.get(f"{palms.TIMELINE}?order=oldest").text
    there = client.get(f"{palms.TIMELINE}?order=oldest&news=all").text
    assert "Every item of news and comment is shown." in there
    assert f'href="{palms.TIMELINE}?order=oldest"' in there


def test_a_permanent_link_leads_to_a_row_that_is_not_folded_away(client: FlaskClient):
    text = client.get(palms.TIMELINE).text
    [run] = re.findall(r'<li class="run">.*?</details>', text, re.DOTALL)
    address = client.get(f"/events/{ids(run)[0]}").location
    folded, plain = ids(run)[0], ids(text)[0]
    assert html.unescape(address).endswith(f"{palms.TIMELINE}?event={folded}&news=all#e-{folded}")
    assert client.get(f"/events/{plain}").location.endswith(f"{palms.TIMELINE}?event={plain}#e-{plain}")
