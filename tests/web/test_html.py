"""Every page is HTML without an error by the validator of the W3C: full, empty, narrowed to nothing, and in error."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.browser.test_accessibility import PAGES
from tests.conftest import PROJECT, missing
from tests.web import broken_pages, corrections_scenario, filled_scenario, scenario
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

VALIDATOR = PROJECT / "tests/browser/npm/node_modules/vnu-jar/build/dist/vnu.jar"
NARROWED = (
    f"/campaigns/{scenario.CAMPAIGN}/timeline?from=1990&to=1991",
    f"/campaigns/{scenario.CAMPAIGN}/timeline?order=oldest&lane=press&kind=letter_sent",
    "/resolutions?season=1990",
    "/letters?state=not_due",
)


@pytest.fixture(scope="module")
def others(tmp_path_factory) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """A site with very much, of which one page breaks, and a site without anything."""
    folder = tmp_path_factory.mktemp("others")
    with (
        factories.database(f"sqlite:///{folder / 'filled.db'}") as filled,
        factories.database(f"sqlite:///{folder / 'empty.db'}") as empty,
    ):
        much, none = (Runtime(Settings(), engine, clock=lambda: scenario.NOW) for engine in (filled, empty))
        filled_scenario.fill(much)
        yield broken_pages.with_one(create_app(much)).test_client(), create_app(none).test_client()


@pytest.fixture(scope="module")
def corrected(tmp_path_factory) -> FlaskClient:
    """A site on which everything was corrected once."""
    with corrections_scenario.archive(tmp_path_factory.mktemp("corrected")) as runtime:
        yield create_app(runtime).test_client()


CORRECTED = ("/corrections", "/corrections/1", f"/letters/{corrections_scenario.LETTER}", "/letters/never", "/about",
             f"/resolutions/{corrections_scenario.RESOLUTION}", "/documents/1")  # fmt: skip


def test_no_page_has_an_error(
    client: FlaskClient, others: tuple[FlaskClient, FlaskClient], corrected: FlaskClient, tmp_path: Path
):
    java = shutil.which("java")
    if java is None or not VALIDATOR.exists():
        missing("the validator or Java was not found; sh .ci/setup test installs both")
    filled, empty = others
    answers = [(f"full {page}", client.get(page)) for page in (*PAGES.values(), *NARROWED)]
    answers += [(f"filled {page}", filled.get(page)) for page in filled_scenario.PAGES.values()]
    answers += [(f"empty {page}", empty.get(page)) for page in broken_pages.EMPTY]
    answers += [(f"corrected {page}", corrected.get(page)) for page in CORRECTED]
    for page, status in broken_pages.ERRORS.items():
        answers.append((f"error {page}", filled.get(page)))
        assert answers[-1][1].status_code == status
    names = {}
    for number, (name, answer) in enumerate(answers):
        assert answer.mimetype == "text/html", name
        (tmp_path / f"{number}.html").write_bytes(answer.data)
        names[f"{number}.html"] = name
    command = [java, "-jar", str(VALIDATOR), "--errors-only", "--format", "json", "--exit-zero-always", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=100)
    faults = {
        (names[Path(fault["url"]).name], fault["message"], fault.get("extract", ""))
        for fault in json.loads(done.stderr)["messages"]
    }
    assert not faults, "\n".join(map(" | ".join, sorted(faults)))
