"""What every test may ask for: databases, a browser, golden files, the test data beside the project."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import hypothesis
import psycopg
import pytest
from sqlalchemy import Engine

from tests import postgres as pg
from tests.engines import engine_on
from tests.order import longest_first
from tracker.store import migrate
from tracker.store.engine import create_engine

PROJECT = Path(__file__).resolve().parent.parent

# A busy machine is no error of the code; pytest-timeout stops what hangs.
hypothesis.settings.register_profile("whereas", deadline=None)
hypothesis.settings.load_profile("whereas")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite golden files with what the code says now")


# Thousands of tests are made and stay to the end: whoever looks among them for rubbish finds none, again and again.


def pytest_collection() -> None:
    """Look for no rubbish while tests are made."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave out what has been made so far from all later looking."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that may take longer than others."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = longest_first(items, lambda item: item.get_closest_marker("timeout") is not None, workers)


def missing(what: str) -> NoReturn:
    """Skip where a person runs the tests; fail in CI, where nothing may be left out unseen."""
    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        pytest.fail(f"CI must run this test: {what}", pytrace=False)
    pytest.skip(what)


# --- databases --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres() -> Iterator[pg.Cluster]:
    """A PostgreSQL server for the whole run."""
    programs = pg.binaries()
    if programs is None:
        missing(f"PostgreSQL was not found: {pg.HOW_TO_INSTALL}")
    with pg.Cluster(programs) as cluster:
        yield cluster


@pytest.fixture
def postgresql_url(postgres: pg.Cluster) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    database = postgres.create()
    yield postgres.url(database)
    postgres.drop(database)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, once of each kind we run on."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'whereas.db'}"
    return request.getfixturevalue("postgresql_url")


def _with_schema(url: str) -> None:
    """Make the tables as an installation would."""
    engine = create_engine(url)
    migrate.upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table, to be copied: making them for each test would cost more than most tests."""
    path = tmp_path_factory.mktemp("template") / "whereas.db"
    _with_schema(f"sqlite:///{path}")
    return path


# Emptying sixty tables takes a twentieth of the time that making a database of them does.
EMPTY = """
DO $$
DECLARE found record; filled boolean;
BEGIN
    SET LOCAL lock_timeout = '2s';
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', found.tablename) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', found.tablename); END IF;
    END LOOP;
    FOR found IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', found.sequencename);
    END LOOP;
END $$
"""


@pytest.fixture(scope="session")
def _idle_databases() -> list[str]:
    """PostgreSQL databases with every table and no row, waiting for a test."""
    return []


@pytest.fixture
def postgresql_database(postgres: pg.Cluster, _idle_databases: list[str]) -> Iterator[str]:
    """The URL of a PostgreSQL database with every table and no row. A test may fill it, but not change its tables."""
    template = postgres.template("schema", _with_schema)
    database = _idle_databases.pop() if _idle_databases else postgres.create(template)
    yield postgres.url(database)
    try:
        with psycopg.connect(
            host=str(postgres.folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            connection.execute(EMPTY)
    except psycopg.Error:  # a transaction that a failed test left open
        postgres.drop(database)
    else:
        _idle_databases.append(database)


@pytest.fixture
def sqlite_database(sqlite_template: Path) -> str:
    """The URL of a SQLite database with every table and no row."""
    path = sqlite_template.with_name("copy.db")  # always the same, so that its engine can stay
    for left in path.parent.glob("copy.db*"):
        left.unlink()
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """The URL of a database with every table and no row, once of each kind we run on."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on `database`."""
    with engine_on(database) as engine:
        yield engine


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test data beside the project."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the test data is not here: no folder {folder.name}/ beside the project")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a file kept beside the test. `pytest --accept` rewrites it; a person reads the change."""

    def compare(path: Path, text: str) -> None:
        known = path.read_bytes().decode() if path.exists() else None
        if known is None or (known != text and request.config.getoption("--accept")):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        if known is None:
            pytest.fail(f"{path} was missing and has been written: read it, then run the test again", pytrace=False)
        if not request.config.getoption("--accept"):
            assert text == known, f"{path} says otherwise; if the new text is right: pytest --accept"

    return compare


# --- the browser ------------------------------------------------------------------------------------------------------

CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Every name and number but our own is unknown to it.
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A headless Chromium (a Playwright `Browser`): the system's, or else the one .ci/setup downloaded.

    As long as it is there, Playwright keeps a loop of its own running in this thread, in which nothing of ours could
    run another: so it goes with the module.
    """
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(PROJECT / ".venv" / "browsers"))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, CHROMIUM)), playwright.chromium.executable_path)
        if not Path(path).exists():
            missing("no Chromium was found: install chromium, or run `sh .ci/setup test`")
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=[NOWHERE_ELSE, *(["--no-sandbox"] if os.geteuid() == 0 else [])],  # Chromium's sandbox refuses root
        )
        yield chromium
        chromium.close()
