"""`tracker db` and `tracker rebuild`, and what every command says of a database it cannot use."""

import hashlib
import json
import shutil
from datetime import date

import pytest
from sqlmodel import select

from tests.cli.conftest import Tracker
from tracker import demo
from tracker.models.event import Event
from tracker.store.engine import revision, writing
from tracker.store.migrate import head

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def campaign_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("campaign") / "campaign.json"
    file.write_text(json.dumps(demo.campaigns(TODAY)[1]), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def filled(campaign_file, sqlite_template, tmp_path_factory):
    """A database with a campaign imported, to be copied."""
    tracker = Tracker(tmp_path_factory.mktemp("filled"))
    shutil.copyfile(sqlite_template, tracker.database)
    assert tracker("import", campaign_file).status == 0
    return tracker.database


@pytest.fixture
def archive(tracker, filled):
    """The command over an archive with a campaign in it."""
    shutil.copyfile(filled, tracker.database)
    return tracker


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text("Face recognition.", encoding="utf-8")
    return file


USING = [
    "collect", "source list", "rebuild", "db check", "digest preview", "digest send",
    "digest subscribe ann@example.org", "digest unsubscribe ann@example.org", "digest status", "import {campaign}",
    "document add {article} --published 2019 --title T --publisher P", "web --port 0", "run --port 0",
]  # fmt: skip


@pytest.fixture(params=USING, ids=[" ".join(words.split()[:2]) for words in USING])
def using(request, campaign_file, article):
    """Every command that needs a database, one after the other."""
    return request.param.format(campaign=campaign_file, article=article).split()


def touched(tracker, text, *values):
    with tracker.engine() as engine, writing(engine) as session:
        session.connection().exec_driver_sql(text, values)


# --- databases that cannot be used ------------------------------------------------------------------------------------


def test_a_database_without_tables_sends_to_the_upgrade(bare, using):
    assert "has no tables yet; run `tracker db upgrade`" in bare(*using).error


def test_a_database_of_a_newer_program_is_refused_and_not_touched(tracker, using):
    touched(tracker, "UPDATE alembic_version SET version_num = '9999'")
    before = hashlib.sha256(tracker.database.read_bytes()).digest()
    assert "9999 is newer than this program knows" in tracker(*using).error
    assert hashlib.sha256(tracker.database.read_bytes()).digest() == before


def test_an_upgrade_refuses_a_database_of_a_newer_program(tracker):
    touched(tracker, "UPDATE alembic_version SET version_num = '9999'")
    before = tracker.database.read_bytes()
    assert "update the program" in tracker("db", "upgrade").error
    assert tracker.database.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_not_touched(tracker):
    tracker.database.write_text("Notes of mine, and not a database at all. " * 30)
    before = tracker.database.read_bytes()
    for arguments in (["db", "upgrade"], ["db", "check"], ["source", "list"]):
        assert "not a database" in tracker(*arguments).error
    assert tracker.database.read_bytes() == before


@pytest.fixture
def locked(tracker):
    """A data folder and a database that may only be read."""
    tracker.database.chmod(0o444)
    tracker.folder.chmod(0o555)
    yield tracker
    tracker.folder.chmod(0o755)


def test_a_folder_that_may_not_be_written_is_named_with_the_way_out(locked):
    done = locked.process("source", "list", bound_by_modes=True)
    assert str(locked.database) in done.error
    assert "choose another with TRACKER_DATA_DIR" in done.error


def test_where_no_folder_may_be_made_the_demo_ends_in_one_line(locked):
    assert "TRACKER_DATA_DIR" in locked.process("demo", "--no-serve", bound_by_modes=True).error


# --- db and rebuild ---------------------------------------------------------------------------------------------------


def test_an_upgrade_makes_the_schema_and_the_second_one_does_nothing(bare):
    first = bare("db", "upgrade")
    assert (first.status, first.out) == (0, f"upgraded from nothing to {head()}\n")
    with bare.engine() as engine:
        assert revision(engine) == head()
    again = bare("db", "upgrade")
    assert (again.status, again.out) == (0, f"already up to date ({head()})\n")


def test_a_good_archive_is_called_good(archive):
    done = archive("db", "check")
    assert done.status == 0
    assert str(archive.database) in done.out
    assert ": 0 timeline rows" not in done.out
    assert done.out.endswith("the timeline equals what objects and documents say\n")


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE event SET headline = 'never said' WHERE id = ?", "1 changed; run `tracker rebuild` to mend it"),
        ("DELETE FROM event WHERE id = ?", "1 added; run `tracker rebuild` to mend it"),
    ],
)
def test_a_damaged_timeline_is_found_and_mended(archive, damage, found):
    with archive.engine() as engine, writing(engine) as session:
        first = session.exec(select(Event.id).order_by(Event.id)).first()
    touched(archive, damage, first)
    done = archive("db", "check")
    assert done.status == 1
    assert done.out.splitlines()[-1] == found
    assert "Traceback" not in done.err
    assert archive("rebuild").status == 0
    assert archive("db", "check").status == 0


def test_a_rebuild_of_a_good_archive_changes_no_row(archive):
    done = archive("rebuild")
    assert done.status == 0
    assert done.out.endswith("rows made again: no row differs from before\n")
    assert not done.out.startswith("0 ")
