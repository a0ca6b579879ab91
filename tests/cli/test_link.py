"""`tracker link predict`: an answer for every item in the documented format, and one line for what cannot be read."""

import json
from datetime import date

import pytest

from tracker import demo
from tracker.demo.articles import articles
from tracker.domain.vocab import EventType, Relation

TODAY = date(2026, 11, 23)
NAMES = ("companies", "products", "agencies", "organisations", "people")
LETTER = {
    "id": "letter", "kind": "letter", "title": "Letter on Rekognition from the Congressional Black Caucus",
    "sent_on": "2018-05-24", "sender": "Congressional Black Caucus", "recipient": "Amazon",
}  # fmt: skip


@pytest.fixture
def predict(bare, tmp_path):
    """Run the command over values, or over texts as they stand; return how it ended and what it wrote."""

    def run(objects, items, out="out.json"):
        paths = []
        for name, value in (("objects", objects), ("items", items)):
            path = tmp_path / f"{name}.json"
            path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
            paths.append(path)
        written = tmp_path / out
        done = bare("link", "predict", "--objects", paths[0], "--items", paths[1], "--out", written)
        assert not bare.folder.exists()
        return done, json.loads(written.read_text("utf-8")) if written.is_file() else None

    return run


def items():
    return [
        {"id": row.id, "title": row.title, "summary": " ".join(row.paragraphs), "published": row.published}
        for row in articles(TODAY)
    ]


def test_every_item_gets_an_answer_in_the_documented_format(predict):
    given = items()
    done, answer = predict({"letters": [LETTER]}, given)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"{len(given)} items answered in ")
    assert set(answer) == {"meta", "items"}
    assert isinstance(answer["meta"]["system"], str)
    limits = answer["meta"]["thresholds"]
    assert set(limits) == {"relevance", "suggest", "auto"}
    assert all(0 < limit < 1 for limit in limits.values())
    assert list(answer["items"]) == [item["id"] for item in given]
    for entry in answer["items"].values():
        between = {"duplicate_group", "responds_to", "part_of"}
        assert set(entry) == {"relevance", "event_type", "event_scores", "links", *between, *NAMES}
        assert {*entry["responds_to"], *entry["part_of"]} <= answer["items"].keys()
        assert 0 <= entry["relevance"] <= 1
        assert entry["event_type"] in {None, *EventType}
        assert all(kind in set(EventType) and 0 <= score <= 1 for kind, score in entry["event_scores"].items())
        assert all(isinstance(name, str) for field in NAMES for name in entry[field])


@pytest.mark.shared
def test_links_name_given_objects_with_score_relation_and_reason_best_first(predict, shared):
    objects = json.loads((shared / "campaign" / "rekognition_objects.json").read_text("utf-8"))
    given = json.loads((shared / "campaign" / "rekognition.json").read_text("utf-8"))
    _, answer = predict(objects, given)
    assert answer["items"].keys() == {item["id"] for item in given}
    rows = (row for table in objects.values() if isinstance(table, list) for row in table if isinstance(row, dict))
    known = {row["id"] for row in rows if "id" in row}
    found = [entry["links"] for entry in answer["items"].values()]
    assert any(found)
    for links in found:
        assert [link["score"] for link in links] == sorted((link["score"] for link in links), reverse=True)
        for link in links:
            assert set(link) == {"object_id", "score", "relation", "state", "rule", "explanation"}
            assert link["object_id"] in known
            assert 0 <= link["score"] <= 1
            assert link["relation"] in set(Relation)
            assert link["state"] in {"confirmed", "suggested", "candidate"}
            assert link["explanation"]


def test_items_with_next_to_nothing_get_an_answer_too(predict):
    given = [{"id": "bare"}, {"id": 7, "title": None, "published": "soon", "summary": 3}]
    done, answer = predict({}, given)
    assert done.status == 0
    assert set(answer["items"]) == {"bare", "7"}


@pytest.mark.parametrize(
    ("objects", "given", "found"),
    [
        (b"{", [], "objects.json: Expecting"),
        (b"", [], "objects.json: Expecting value"),
        ({}, b'[{"id": "a",}]', "items.json: "),
        ({}, b'[{"id": "\xff"}]', "items.json: "),
        ([], [], "the objects: expected a JSON object"),
        ({}, {}, "the items: expected a JSON list"),
        ({}, "items", "the items: expected a JSON list"),
        ({}, None, "the items: expected a JSON list"),
    ],
)
def test_what_cannot_be_read_ends_in_one_line_and_writes_nothing(predict, objects, given, found):
    done, answer = predict(objects, given)
    assert found in done.error
    assert answer is None


def test_an_answer_that_cannot_be_written_ends_in_one_line(predict):
    done, _ = predict({}, [], out="no/such/folder/out.json")
    assert "choose another place with --out" in done.error


def test_a_campaign_file_is_not_taken_for_objects_without_a_word(predict):
    done, _ = predict(demo.campaigns(TODAY)[1], [{"id": "a", "title": "Larkmere"}])
    assert "Traceback" not in done.err
