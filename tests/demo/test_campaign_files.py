"""Both campaign files follow the format: what they point to is there, dates can be read, every value has a source."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tracker import demo
from tracker.domain.dates import PartialDate
from tracker.models import kinds
from tracker.settings import load
from tracker.workflows.exchange import import_campaign
from tracker.workflows.runtime import Runtime, open_runtime

DATES = {"on", "sent_on", "respond_by", "held_on", "record_date", "proxy_filed_on", "reported_on", "joined_on",
         "left_on", "starts_on", "ends_on", "published_on", "introduced_on", "enacted_on", "opened_on", "decided_on",
         "made_on", "due_on", "settled_on"}  # fmt: skip
VOTES = {"vote_count", "vote_claim", "fund_vote"}
POINTERS = {"organization": "organizations", "company": "organizations", "vendor": "organizations",
            "agency": "organizations", "body": "organizations", "product": "products", "person": "people",
            "family": "families", "resolution": "objects", "object": "objects", "reasks": "objects",
            "made_for": "objects"}  # fmt: skip


@pytest.fixture(params=["rekognition", "larkmere"])
def file(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.getfixturevalue(request.param)


def rows_of(thing: Any) -> Iterator[dict[str, Any]]:
    """Yield every row at any depth, evidence left out."""
    if isinstance(thing, dict):
        yield thing
        for key, value in thing.items():
            if key != "evidence":
                yield from rows_of(value)
    elif isinstance(thing, list):
        for entry in thing:
            yield from rows_of(entry)


def test_every_slug_is_given_once(file):
    for table in ("organizations", "products", "people", "families", "objects"):
        assert not [slug for slug, times in Counter(row["slug"] for row in file[table]).items() if times > 1]


def test_every_pointer_leads_to_a_row_of_the_same_file(file):
    slugs = {table: {row["slug"] for row in file[table]} for table in set(POINTERS.values())}
    rows = [*rows_of(file["objects"]), *file["families"], *file["people"], *file["products"]]
    dangling = [
        (key, row[key])
        for row in rows
        for key, table in POINTERS.items()
        if key in row and row[key] not in slugs[table]
    ]
    assert not dangling
    assert set(file["campaign"]["targets"]) <= slugs["organizations"]
    assert set(file["campaign"]["products"]) <= slugs["products"]


def test_every_graded_question_is_asked_by_its_letter(file):
    asked = {
        (letter["slug"], question["number"])
        for letter in file["objects"]
        if letter["kind"] == "letter"
        for question in letter["parts"]["letter_question"]
    }
    graded = [row["question"] for row in rows_of(file["objects"]) if "grade" in row]
    assert {(question["letter"], question["number"]) for question in graded} <= asked


def test_every_kind_is_one_that_we_have(file):
    assert {row["kind"] for row in file["objects"]} <= set(kinds())


def test_every_date_can_be_read_and_is_written_canonically(file):
    for row in rows_of(file["objects"]):
        for key in DATES & set(row):
            assert str(PartialDate.parse(row[key])) == row[key]


def test_every_object_has_evidence_with_an_address(file):
    for row in file["objects"]:
        assert row["evidence"], row["slug"]
        assert all(urlsplit(entry["url"]).scheme in {"http", "https"} for entry in row["evidence"]), row["slug"]


def test_every_date_and_amount_of_an_object_has_evidence(file):
    for row in file["objects"]:
        said = {entry["field"].split(":")[0] for entry in row["evidence"]}
        own = {key for key in row if key in DATES or key.startswith("amount_")} - {"amount_note"}
        assert own <= said, row["slug"]


def test_every_filer_step_count_and_claim_has_evidence(file):
    for row in file["objects"]:
        said = {entry["field"] for entry in row["evidence"]}
        steps = {f"resolution_status:{step['code']}" for step in row["parts"].get("resolution_status", ())}
        filers = {f"filer:{filer['organization']}" for filer in row["parts"].get("filer", ())}
        bases = {f"exclusion_basis:{basis['paragraph']}" for basis in row["parts"].get("exclusion_basis", ())}
        assert steps | filers | bases <= said, row["slug"]
        tables = {key for item in row["parts"].get("ballot_item", ()) for key in item if key in VOTES}
        assert tables <= {field.split(":")[0] for field in said}, row["slug"]


def test_where_sources_disagree_one_is_chosen_and_the_reason_is_given(file):
    for row in file["objects"]:
        for entry in row["evidence"]:
            assert entry["chosen"] or entry.get("note"), (row["slug"], entry["field"])


def test_both_files_import_and_a_second_time_changes_nothing(tmp_path: Path, rekognition, larkmere):
    settings = load().model_copy(update={"data_dir": tmp_path, "database_url": ""})
    engine = open_runtime(settings, upgrade=True).engine
    runtime = Runtime(settings, engine, clock=lambda: datetime(2026, 11, 23, 8, tzinfo=UTC))
    for given in (rekognition, larkmere):
        assert import_campaign(runtime, given).new == len(given["objects"])
        again = import_campaign(runtime, given)
        assert (again.new, again.changed, again.events) == (0, 0, 0)
    engine.dispose()


def test_sources_are_named_once_and_read_by_readers_that_we_have():
    from tracker.workflows.setup import check_sources

    sources = demo.sources("http://127.0.0.1:1")
    check_sources(sources)
    assert len({source["name"] for source in sources}) == len(sources)
