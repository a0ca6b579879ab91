import json
from dataclasses import replace

from tests.conftest import PROJECT
from tracker.workflows.exchange import import_campaign
from tracker.workflows.known import open_linker, terms_of
from tracker.workflows.readings import Recipe
from tracker.workflows.study import event_rules


def test_a_linker_is_compiled_again_only_when_what_it_is_made_of_changed(runtime):
    before = open_linker(runtime)
    assert open_linker(runtime) is before
    file = json.loads((PROJECT / "tracker" / "demo" / "rekognition" / "campaign.json").read_text(encoding="utf-8"))
    file["objects"] = file["objects"][:1]
    import_campaign(runtime, file)
    after = open_linker(runtime)
    assert (len(before.index.targets), len(after.index.targets)) == (0, 1)
    assert open_linker(runtime) is after


def test_what_tells_event_types_is_compiled_again_only_when_it_or_what_was_learned_differs():
    now = Recipe(terms=terms_of(PROJECT / "config"), organizations={}, names=(), objects=())
    first = event_rules(now)
    assert event_rules(replace(now, terms=terms_of(PROJECT / "config"))) is first
    learned = replace(
        now, models={"event_type": {"texts": {"vote_result": 9}, "words": {"ballot": {"vote_result": 9}}}}
    )
    assert event_rules(learned) is not first
    part = now.terms["event_type"]
    assert event_rules(replace(now, terms={**now.terms, "event_type": {**part, "sharpness": 0.5}})).sharpness == 0.5
