"""The site over a filled archive, read-only and so shared by all page tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories, runtimes
from tests.web import scenario
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    """A filled SQLite archive."""
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('archive') / 'whereas.db'}") as engine:
        runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
        scenario.fill(runtime)
        yield runtime


@pytest.fixture(scope="session")
def site(archive: Runtime) -> Flask:
    """The site as it is served."""
    return create_app(archive)


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    """A reader without a browser."""
    return site.test_client()


@dataclass(frozen=True)
class Editing:
    """A site over a small archive of its own that a test may write to."""

    app: Flask
    runtime: Runtime


@pytest.fixture
def editing(sqlite_database: str, tmp_path: Path) -> Iterator[Editing]:
    """An empty archive and its site; `people.signed_in(editing.app, Role.EDITOR)` gives somebody who may edit it."""
    with runtimes.opened(sqlite_database, tmp_path, clock=runtimes.Clock(scenario.NOW)) as runtime:
        yield Editing(create_app(runtime), runtime)
