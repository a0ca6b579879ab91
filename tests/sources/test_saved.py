"""Every saved answer is read as the golden file beside it says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sources.conftest import SAVED, answer, as_json
from tracker.domain.errors import ParseError
from tracker.sources.base import source_named

CASES = [path for path in sorted(SAVED.glob("*/*")) if not path.name.endswith(".expected.json")]
CONTEXTS = {
    "edgar/document.html": {
        "step": "document",
        "form": "8-K",
        "accession": "0000123456-25-000008",
        "filed": "2025-05-23",
        "reported": "2025-05-22",
        "company": "Example Vendor, Inc.",
        "cik": 123456,
    },
    "edgar/list.json": {"step": "list", "archives": "https://www.sec.gov", "since": "2024-01-01", "history": True},
}
OURS = {"feed", "edgar", "watched_page"}


@pytest.mark.parametrize("path", [path for path in CASES if path.parent.name in OURS], ids=lambda path: path.name)
def test_a_saved_answer_reads_as_before(path: Path, golden: Callable[[Path, str], None]) -> None:
    case = f"{path.parent.name}/{path.name}"
    url = f"https://site.example/{path.name}"
    try:
        found = list(source_named(path.parent.name).parse(answer(path.read_bytes(), url, context=CONTEXTS.get(case))))
    except ParseError as error:
        text = f'{{"ParseError": "{error}"}}'
    else:
        text = "[\n" + ",\n".join(as_json(item) for item in found) + "\n]"
    golden(path.with_name(f"{path.name}.expected.json"), text + "\n")
