"""Real reports beside the project, read and compared with hand-made truth: every count, kind and day."""

import importlib.util
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from tracker.workflows.shown.voting_results import voting_report

pytestmark = pytest.mark.shared


@dataclass(frozen=True)
class Filed:
    folder: Path
    truth: dict
    scorer: ModuleType


@pytest.fixture(scope="module")
def filed(shared) -> Filed:
    folder = shared / "edgar"
    if not (folder / "score_507.py").is_file():
        pytest.skip("the filed reports are not here: no edgar/score_507.py in the test data beside the project")
    spec = importlib.util.spec_from_file_location("score_507", folder / "score_507.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return Filed(folder, scorer.load_truth(folder / "truth.json"), scorer)


def test_every_matter_of_every_report_is_read_exactly(filed):
    for name, entry in filed.truth.items():
        report, _ = voting_report((filed.folder / name).read_bytes())
        score = filed.scorer.score_document(entry, json.loads(json.dumps(report)))
        assert score["errors"] == [], name
        assert score["file_exact"], name


def test_every_figure_of_every_report_stands_where_it_is_said_to_stand(filed):
    from tracker.filings.voting_results.results import read_voting_results

    for name in filed.truth:
        results = read_voting_results((filed.folder / name).read_bytes())
        for matter in results.matters:
            for field, span in matter.places.items():
                shown = results.text[span.start : span.end]
                value = {"for": matter.for_}.get(field, getattr(matter, field, None))
                if field in ("title", "nominee"):
                    assert shown.strip()
                elif isinstance(value, int) and value:
                    assert int(shown.replace(",", "")) == value, (name, field)


def test_the_reports_are_those_we_know(filed):
    assert len(filed.truth) >= 21
    assert all(
        isinstance(date.fromisoformat(e["meeting_date"]), date) for e in filed.truth.values() if e.get("meeting_date")
    )
