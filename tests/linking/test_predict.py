import json
import subprocess
import sys

import pytest

from tracker.domain.dates import PartialDate
from tracker.linking.predict import predict
from tracker.linking.reading import read
from tracker.linking.suggest import suggest

pytestmark = pytest.mark.shared


def test_the_article_this_project_began_with_finds_its_objects(shared, predictor):
    title, _, text = (shared / "seed" / "the-hill-2019-02-07.txt").read_text("utf-8").partition("\n")
    mentions = predictor.gazetteer.find(f"{title}\n{text}")
    names = {mention.entity_id for mention in mentions}
    assert names >= {"amazon", "rekognition", "aclu", "congressional-black-caucus", "microsoft"}
    assert predictor.judge(title, text, mentions).probability > 0.9

    published = PartialDate.parse("2019-02-07")
    reading = read(title, text, mentions, predictor.events, published=published, kind="news")
    assert reading.events[0].event_type == "company_response"
    links = {row.target_id: row for row in suggest(reading, predictor.index, predictor.linker)}
    assert {"res-2019-ban", "let-cbc-2018-05-24", "resp-punke-2019-02-07", "resp-microsoft-2018-12-06"} <= links.keys()
    assert links["resp-punke-2019-02-07"].state == "confirmed"
    assert "last year" in {reason.words for reason in links["let-cbc-2018-05-24"].reasons}


def test_items_with_next_to_nothing_get_an_entry(campaign, config, judged):
    items = [{"id": "empty"}, {"id": 7, "title": None, "published": "soon", "summary": 3}, {"title": "no id"}, "text"]
    entries = predict(campaign, items, config, judge=judged)["items"]
    assert entries.keys() == {"empty", "7"}
    assert entries["empty"]["links"] == []
    assert entries["empty"]["relevance"] < 0.5


def test_predicting_without_objects_still_judges_and_names(config, judged):
    item = {"id": "a", "title": "Clearview AI fined by CNIL over facial recognition"}
    entry = predict({}, [item], config, judge=judged)["items"]["a"]
    assert entry["companies"] == ["Clearview AI"]
    assert entry["relevance"] > 0.5


def test_an_item_off_topic_is_named_but_neither_typed_nor_linked_as_when_collecting(campaign, config, judged):
    item = {"id": "a", "title": "Amazon shareholders vote on plastic packaging", "published": "2019-05-22"}
    entry = predict(campaign, [item], config, judge=judged)["items"]["a"]
    assert entry["companies"] == ["Amazon"]
    assert entry["relevance"] < 0.5
    assert (entry["event_type"], entry["event_scores"], entry["links"]) == (None, {}, [])


def test_an_item_near_the_threshold_is_typed_but_not_linked(campaign, config, judged):
    item = {"id": "a", "title": "Residents sue over biometric time clocks", "published": "2018-05-24"}
    entry = predict(campaign, [item], config, judge=judged)["items"]["a"]
    assert 0.1 <= entry["relevance"] < 0.5
    assert (entry["event_type"], entry["links"]) == ("lawsuit_filed", [])


def test_labels_and_addresses_in_the_input_change_nothing(shared, campaign, config, judged):
    items = json.loads((shared / "campaign" / "rekognition.json").read_text("utf-8"))[:10]
    stripped = [{k: i[k] for k in ("id", "kind", "title", "publisher", "published", "summary")} for i in items]
    unlinked = {**campaign, "links": []}
    assert predict(campaign, items, config, judge=judged) == predict(unlinked, stripped, config, judge=judged)


def test_importing_linking_brings_no_heavy_library():
    code = "import sys, tracker.linking.predict; print(sorted({'numpy', 'sklearn', 'sqlalchemy'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
