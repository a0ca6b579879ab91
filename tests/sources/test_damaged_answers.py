"""Whatever is served, a reader raises nothing but ParseErrors, and what it asks for further can be stored."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import SAVED, answer
from tests.sources.test_saved import CONTEXTS
from tracker.domain.errors import ParseError
from tracker.domain.items import RawItem, Request
from tracker.sources.base import source_named

READERS = (
    "congress", "edgar", "edgar_atom", "edgar_search", "exempt_elsewhere", "federal_register", "no_action",
    "usaspending",
)  # fmt: skip
SEEDS = [
    path for name in READERS for path in sorted((SAVED / name).glob("*")) if not path.name.endswith(".expected.json")
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def read(path: Path, body: bytes) -> list[RawItem | Request]:
    context = CONTEXTS.get(f"{path.parent.name}/{path.name}")
    return list(
        source_named(path.parent.name).parse(answer(body, f"https://site.example/{path.name}", context=context))
    )


@given(st.sampled_from(SEEDS), st.integers(0, 4000), st.integers(0, 4000), st.binary(max_size=20))
def test_damaged_answers_raise_nothing_but_parse_errors(path: Path, first: int, last: int, noise: bytes) -> None:
    body = path.read_bytes()
    with suppress(ParseError):
        for found in read(path, body[:first] + noise + body[last:]):
            assert isinstance(found, Request) or found.key


@given(st.sampled_from([path for path in SEEDS if path.suffix == ".json"]), st.data())
def test_answers_of_another_shape_raise_nothing_but_parse_errors(path: Path, data: st.DataObject) -> None:
    root = json.loads(path.read_bytes())
    place, parents = root, []
    for _ in range(data.draw(st.integers(0, 5))):
        if isinstance(place, dict) and place:
            name = data.draw(st.sampled_from(sorted(place)))
        elif isinstance(place, list) and place:
            name = data.draw(st.integers(0, len(place) - 1))
        else:
            break
        parents.append((place, name))
        place = place[name]
    value = data.draw(VALUES)
    if parents:
        holder, name = parents[-1]
        holder[name] = value
    else:
        root = value
    with suppress(ParseError):
        read(path, json.dumps(root).encode())


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_asked_for_further_can_be_stored_and_handed_back(path: Path) -> None:
    for found in read(path, path.read_bytes()):
        if isinstance(found, Request):
            assert json.loads(json.dumps(found.context)) == found.context


@pytest.mark.parametrize("name", READERS)
def test_a_page_of_excuses_is_a_parse_error_and_no_empty_result(name: str) -> None:
    body = (
        "<!DOCTYPE html><html><head><title>Request Rate Threshold Exceeded</title></head><body>Slow down</body></html>"
    )
    contexts = {
        "no_action": {"list": "notices"},
        "exempt_elsewhere": {"match": "/filings/"},
        "congress": {"step": "list"},
    }
    with pytest.raises(ParseError):
        list(source_named(name).parse(answer(body, context=contexts.get(name))))


@pytest.mark.parametrize("name", READERS)
def test_nothing_comes_of_an_unchanged_answer(name: str) -> None:
    assert list(source_named(name).parse(answer(b"", status=304))) == []
