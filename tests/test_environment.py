"""The ground the other tests stand on."""

import io
import re
import socket
from importlib import resources
from pathlib import Path

import feedparser
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.pool import NullPool

from tests.conftest import PROJECT
from tests.order import longest_first


def run(url: str, *statements: str) -> list[object]:
    """Run statements in a transaction; return the first column of the last one's rows."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            result = connection.execute(sa.text(statement))
        return list(result.scalars()) if result.returns_rows else []


def test_each_kind_of_database_answers(database_url):
    assert run(database_url, "SELECT 1") == [1]


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_finds_its_database_empty(database_url, time):
    assert sa.inspect(sa.create_engine(database_url, poolclass=NullPool)).get_table_names() == []
    run(database_url, "CREATE TABLE campaign (id INTEGER PRIMARY KEY)")


@pytest.mark.postgres
def test_postgresql_cannot_be_reached_over_the_network(postgresql_url):
    assert run(postgresql_url, "SHOW listen_addresses") == [""]


@pytest.mark.postgres
def test_a_postgresql_template_is_built_once_and_copied(postgres):
    built = []

    def build(url):
        built.append(url)
        run(url, "CREATE TABLE campaign (id INTEGER PRIMARY KEY)", "INSERT INTO campaign VALUES (7)")

    copies = [postgres.create(postgres.template("environment", build)) for _ in range(2)]
    assert [run(postgres.url(copy), "SELECT id FROM campaign") for copy in copies] == [[7], [7]]
    assert len(built) == 1
    for copy in copies:
        postgres.drop(copy)


def test_a_socket_to_the_outside_is_refused():
    with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_socket_to_this_machine_is_allowed():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=1):
        pass


def test_the_locks_are_hashed_agree_and_name_no_address():
    lines = {name: (PROJECT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt")}
    pins = {name: set(re.findall(r"^([a-z0-9._-]+==[^ ;]+)", text, re.MULTILINE)) for name, text in lines.items()}
    assert pins["requirements.txt"] <= pins["requirements-dev.txt"]
    for text in lines.values():
        assert "://" not in text
        assert all("--hash=sha256:" in pinned for pinned in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:])


def test_feedparser_finds_its_sgml_parser():
    [entry] = feedparser.parse(
        io.BytesIO(b"<rss><channel><item><title>Votes &mdash; 2024</title></item></channel>")
    ).entries
    assert entry.title == "Votes — 2024"


def test_axe_knows_the_rules_of_wcag_22():
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
    assert tuple(map(int, re.search(r"axe v(\d+)\.(\d+)", script).groups())) >= (4, 8)
    assert "wcag22aa" in script


@pytest.mark.browser
def test_the_browser_draws_a_page(browser):
    page = browser.new_page()
    page.set_content("<title>Whereas</title>")
    assert page.title() == "Whereas"
    page.close()


def test_a_golden_file_that_is_missing_is_written_and_shown(golden, tmp_path):
    with pytest.raises(pytest.fail.Exception, match="read it"):
        golden(tmp_path / "new" / "page.txt", "Resolved\r\n")
    golden(tmp_path / "new" / "page.txt", "Resolved\r\n")


def test_a_golden_file_that_differs_fails(golden, tmp_path, pytestconfig):
    Path(tmp_path / "page.txt").write_text("Resolved")
    if pytestconfig.getoption("--accept"):
        golden(tmp_path / "page.txt", "Whereas")
    else:
        with pytest.raises(AssertionError, match="--accept"):
            golden(tmp_path / "page.txt", "Whereas")


@given(tests=st.lists(st.booleans(), max_size=60), workers=st.integers(1, 8))
def test_every_worker_begins_with_its_share_of_the_long_tests_and_none_is_lost(tests: list[bool], workers: int):
    numbered = list(enumerate(tests))
    order = longest_first(numbered, lambda test: test[1], workers)
    assert sorted(order) == numbered
    begun, left = [], order
    for number in range(workers):
        part = len(left) // (workers - number)
        begun.append(left[:part])
        left = left[part:]
    if sum(tests) * 2 <= len(tests):
        for part in begun:
            long = sum(test[1] for test in part)
            assert all(test[1] for test in part[:long])
            assert abs(long - sum(tests) / workers) < 1
