"""The reading interface: what pages show, as described; asked all that its description allows, and what it does not."""

import contextlib
import re

import jsonschema_rs
import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from tests import factories
from tests.web import filled_scenario, long_campaign, scenario
from tracker.settings import Settings
from tracker.web.api.base import PREFIX
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

EVENTS = f"{PREFIX}/campaigns/{scenario.CAMPAIGN}/events"
HELD = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
ADDRESSES = (
    f"{PREFIX}/campaigns",
    EVENTS,
    f"{PREFIX}/resolutions",
    f"{PREFIX}/resolutions/amazon-2019-ban",
    f"{PREFIX}/resolutions/amazon-2019-ban/funds",
    f"{PREFIX}/letters",
    f"{PREFIX}/letters/caucus-2018",
    f"{PREFIX}/comparisons/answers/caucus-2018",
    f"{PREFIX}/comparisons/support",
    f"{PREFIX}/comparisons/statements",
    f"{PREFIX}/dates",
    f"{PREFIX}/corrections",
    f"{PREFIX}/companies",
    f"{PREFIX}/companies/amazon",
    f"{PREFIX}/organizations",
    f"{PREFIX}/organizations/coalition",
    f"{PREFIX}/contracts",
    f"{PREFIX}/documents/1",
    f"{PREFIX}/search?q=amazon",
)


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    with long_campaign.site(tmp_path_factory.mktemp("long")) as site:
        yield site.test_client()


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    """The description as schemathesis reads it, over an archive with something of everything."""
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('described') / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: filled_scenario.NOW)
        filled_scenario.fill(runtime)
        yield schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", create_app(runtime))


def names_there(described, path: str) -> list[dict[str, object]]:
    """Return the arguments of a path for which there is something to show; none where the path has no argument."""
    client = described.app.test_client()

    def listed(where: str, name: str) -> list[dict[str, object]]:
        items = client.get(f"{PREFIX}/{where}").get_json()["items"]
        return [{argument: item[name]} for item in items[:9] for argument in re.findall(r"\{(\w+)\}", path)]

    kind = path.removeprefix(f"{PREFIX}/").partition("/{")[0]
    if "{" not in path:
        return []
    if kind == "documents":
        return [{"document_id": number} for number in (1, 2, 3)]
    if kind == "events":
        return listed(f"campaigns/{filled_scenario.CAMPAIGN}/events", "id")
    if kind == "corrections":
        return listed(kind, "id")
    return listed("letters" if kind == "comparisons/answers" else kind, "slug")


def test_the_description_is_openapi_3_1_and_describes_every_address(client: FlaskClient):
    told = client.get(f"{PREFIX}/openapi.json").get_json()
    assert told["openapi"].startswith("3.1.")
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in client.application.url_map.iter_rules()
             if rule.rule.startswith(PREFIX)}  # fmt: skip
    assert set(told["paths"]) == rules - {f"{PREFIX}/openapi.json"}
    for item in told["paths"].values():
        [(method, operation)] = item.items()
        assert method == "get" or (method == "post" and operation["security"] == [{"token": []}])
        assert operation["summary"]
        assert operation["description"]
        assert all(
            one["schema"].get("description") or one.get("description") for one in operation.get("parameters", [])
        )
    for name, schema in told["components"]["schemas"].items():
        jsonschema_rs.validator_for(schema | {"components": told["components"]})
        assert all("description" in field or "$ref" in field for field in schema.get("properties", {}).values()), name


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_answer_breaks_the_description(described, mode):
    """Everything the description allows, and what it does not, gets an answer that it describes.

    Most addresses with a name have one that is there: made-up names alone would show how nothing is refused.
    """
    checks = [CHECKS.get_one(name) for name in HELD]
    asked = set()
    for found in described.get_all_operations():
        operation = found.ok()
        known = names_there(described, operation.path)
        assert known or "{" not in operation.path

        @settings(max_examples=15, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=mode), there=st.sampled_from([None, *known]))
        def hold(case, there):
            if there is not None:
                case.path_parameters = there
            case.call_and_validate(checks=checks)

        with contextlib.suppress(Unsatisfiable):  # an address without an argument can be asked in one way only
            hold()
        asked.add(operation.path)
    assert asked == set(described.app.test_client().get(f"{PREFIX}/openapi.json").get_json()["paths"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_real_answers_fit_the_description(client: FlaskClient, address: str):
    told = client.get(f"{PREFIX}/openapi.json").get_json()
    answer = client.get(address)
    assert answer.status_code == 200
    path = next(path for path in sorted(told["paths"], key=len)
                if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), address.partition("?")[0]))  # fmt: skip
    shape = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema_rs.validate(shape | {"components": told["components"]}, answer.get_json())
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def pieces(client: FlaskClient, address: str, name: str) -> list[str]:
    found = []
    while address:
        told = client.get(address.removeprefix("http://127.0.0.1:8000")).get_json()
        found += [item[name] for item in told["items"]]
        address = told["next"] or ""
    return found


def test_lists_in_pieces_hold_every_item_once(client: FlaskClient, long: FlaskClient):
    everything = [item["id"] for item in client.get(EVENTS).get_json()["items"]]
    assert pieces(client, f"{EVENTS}?limit=2", "id") == everything
    assert pieces(client, f"{EVENTS}?limit=3&order=oldest&lane=investors", "id") == [
        item["id"] for item in client.get(f"{EVENTS}?order=oldest&lane=investors").get_json()["items"]
    ]
    for name in ("resolutions", "letters"):
        slugs = [item["slug"] for item in long.get(f"{PREFIX}/{name}").get_json()["items"]]
        assert len(set(slugs)) == len(slugs) > 3
        assert pieces(long, f"{PREFIX}/{name}?limit=2", "slug") == slugs


def test_a_resolution_comes_with_course_counts_and_evidence(long: FlaskClient, client: FlaskClient):
    rows = long.get(f"{PREFIX}/resolutions?outcome=voted&sort=-support").get_json()["items"]
    course = long.get(f"{PREFIX}/resolutions/{rows[0]['slug']}").get_json()
    assert course["resolution"] == rows[0]
    assert [step["code"] for step in course["course"]][-1] == "voted_final"
    counts = course["counts"][0]
    assert counts["support"][0]["votes_for"] == counts["votes_for"]
    told = client.get(f"{PREFIX}/resolutions/amazon-2019-ban").get_json()
    assert {"field", "value", "url", "read_by", "chosen"} <= set(told["evidence"][0])


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        (f"{PREFIX}/resolutions/amazon-2019-bann", 404, "amazon-2019-ban"),
        (f"{PREFIX}/letters/caucus-2017", 404, "caucus-2018"),
        (f"{PREFIX}/campaigns/amazon/events", 404, scenario.CAMPAIGN),
        (f"{PREFIX}/events/nothing", 404, "“nothing”"),
        (f"{PREFIX}/documents/999", 404, "999"),
        (f"{PREFIX}/nothing", 404, "mistyped"),
        (f"{PREFIX}/resolutions?compny=x", 422, "compny"),
        (f"{PREFIX}/resolutions?company=nobody", 422, "does not know"),
        (f"{PREFIX}/resolutions?after=nothing", 422, "cannot be found again"),
        (f"{EVENTS}?lane=x", 422, "investors"),
        (f"{EVENTS}?from=5/6/2018", 422, "day"),
        (f"{EVENTS}?limit=501", 422, "500"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(client: FlaskClient, address: str, status: int, words: str):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    told = answer.get_json()
    assert told["status"] == status
    assert words in told["detail"] + " ".join(near["url"] for near in told["near"])
    assert all(near["url"].startswith("http://127.0.0.1:8000/") for near in told["near"])


def test_pages_for_people_tell_of_every_address_and_every_field(client: FlaskClient):
    told = client.get(f"{PREFIX}/openapi.json").get_json()
    paths, shapes = set(), set()
    for address in re.findall(r'href="(/api/[a-z-]+)"', client.get("/api").text):
        text = client.get(address).text
        paths |= {path for path in told["paths"] if re.search(f"<code>(GET|POST) {path}</code>", text)}
        for name in re.findall(r'id="shape-([^"]+)"', text):
            shapes.add(name)
            for field in told["components"]["schemas"][name]["properties"]:
                assert f"<code>{field}</code>" in text, (address, name, field)
        for target in re.findall(r'href="#([^"]+)"', text):
            assert f'id="{target}"' in text
    assert paths == set(told["paths"])
    assert shapes == {name for name, shape in told["components"]["schemas"].items() if shape["type"] == "object"}


def test_an_address_that_the_interface_lacks_names_the_nearest(client: FlaskClient):
    answer = client.get("/api/resolution")
    assert answer.status_code == 404
    assert "/api/resolutions" in answer.text
