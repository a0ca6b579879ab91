import json

from tests.conftest import PROJECT
from tracker.workflows.exchange import import_campaign
from tracker.workflows.known import open_linker


def test_a_linker_is_compiled_again_only_when_what_it_is_made_of_changed(runtime):
    before = open_linker(runtime)
    assert open_linker(runtime) is before
    file = json.loads((PROJECT / "tracker" / "demo" / "rekognition" / "campaign.json").read_text(encoding="utf-8"))
    file["objects"] = file["objects"][:1]
    import_campaign(runtime, file)
    after = open_linker(runtime)
    assert (len(before.index.targets), len(after.index.targets)) == (0, 1)
    assert open_linker(runtime) is after
