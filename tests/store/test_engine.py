"""Engines and sessions: what SQLite is told, what a transaction is, and how a database's refusals read."""

from datetime import UTC, date, datetime, timedelta, timezone

import hypothesis.strategies as st
import pytest
from hypothesis import given
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlmodel import Session, select

from tests import factories
from tests.factories import NOW
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConflictError, DatabaseError
from tracker.models.account import Lease
from tracker.models.base import PartialDateText
from tracker.models.campaign import Campaign
from tracker.models.meeting import Meeting
from tracker.models.organization import Organization, Product
from tracker.store.engine import create_engine, reading, revision, writing
from tracker.store.migrate import head

LAST = date(2200, 12, 31)


def lease(name: str, until: datetime = NOW) -> Lease:
    return Lease(name=name, leased_by="a", leased_until=until)


def names(engine) -> list[str]:
    with reading(engine) as session:
        return sorted(session.exec(select(Lease.name)))


def test_sqlite_keeps_foreign_keys_waits_for_rivals_and_writes_ahead(sqlite_database):
    engine = create_engine(sqlite_database)
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("foreign_keys", "busy_timeout", "journal_mode", "synchronous")
        }
    engine.dispose()
    assert found == {"foreign_keys": 1, "busy_timeout": 15000, "journal_mode": "wal", "synchronous": 1}


def test_a_sqlite_files_folder_is_made(tmp_path):
    path = tmp_path / "not" / "yet" / "there" / "whereas.db"
    engine = create_engine(f"sqlite:///{path}")
    assert revision(engine) is None
    assert path.parent.is_dir()
    engine.dispose()


def test_what_is_written_is_kept_when_the_block_ends(engine):
    with writing(engine) as session:
        session.add(lease("kept"))
    assert names(engine) == ["kept"]


def test_writing_is_one_transaction(engine):
    def half() -> None:
        with writing(engine) as session:
            session.add(lease("first"))
            session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half()
    assert names(engine) == []


def test_a_savepoint_gives_back_only_its_own_part(engine):
    with writing(engine) as session:
        session.add(lease("before"))
        session.flush()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(Product(slug="x", name="X", vendor_id=99))
        session.add(lease("after"))
    assert names(engine) == ["after", "before"]


def test_reading_keeps_nothing(engine):
    with reading(engine) as session:
        session.add(lease("lost"))
        session.flush()
    assert names(engine) == []


def test_a_row_that_points_nowhere_is_refused(engine):
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.add(Product(slug="rekognition", name="Rekognition", vendor_id=12345))


def test_what_hangs_on_a_row_goes_with_it(engine):
    with writing(engine) as session:
        company = factories.organization(session)
        row = factories.campaign(session, targets=[company], asks=["Stop."])
        session.execute(text("DELETE FROM campaign WHERE id = :id"), {"id": row.id})
        assert session.execute(text("SELECT count(*) FROM campaign_target")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM campaign_ask")).scalar() == 0


def test_the_same_row_written_twice_is_a_conflict_that_says_to_try_again(engine):
    with writing(engine) as session:
        session.add(lease("one"))
    with pytest.raises(ConflictError, match="try again"), writing(engine) as session:
        session.add(lease("one"))


# --- moments and dates ------------------------------------------------------------------------------------------------


def test_a_moment_without_a_time_zone_is_refused(engine):
    with pytest.raises(StatementError, match="needs a time zone"), writing(engine) as session:
        session.add(lease("naive", datetime(2026, 11, 23, 8, 0)))  # noqa: DTZ001 - the point of the test


def test_a_moment_comes_back_in_utc(engine):
    in_new_york = datetime(2026, 11, 23, 3, 0, tzinfo=timezone(timedelta(hours=-5)))
    with writing(engine) as session:
        session.add(lease("moment", in_new_york))
    with reading(engine) as session:
        found = session.get_one(Lease, "moment").leased_until
    assert (found, found.tzinfo) == (in_new_york, UTC)


def test_moments_are_ordered_by_time_whatever_zone_they_were_given_in(engine):
    earlier = datetime(2026, 1, 1, 23, 0, tzinfo=timezone(timedelta(hours=5)))
    later = datetime(2026, 1, 1, 18, 30, tzinfo=UTC)
    with writing(engine) as session:
        session.add_all([lease("later", later), lease("earlier", earlier)])
    with reading(engine) as session:
        assert list(session.exec(select(Lease.name).order_by(Lease.leased_until))) == ["earlier", "later"]


DATES = [
    PartialDate.year(2018),
    PartialDate.month(2018, 8),
    PartialDate.day(date(2018, 5, 24)),
    PartialDate.before(date(2019, 6, 3)),
    PartialDate.after(date(2019, 6, 3)),
    PartialDate.between(date(2019, 4, 2), date(2019, 4, 3)),
    PartialDate.parse("about 20 May 2027"),
    PartialDate.parse("1999-12-30..2000-01-02~"),
]


def test_a_partial_date_comes_back_as_it_was_known(engine):
    with writing(engine) as session:
        company = factories.organization(session)
        for number, on in enumerate(DATES):
            factories.meeting(session, f"meeting-{number}", company=company, held=str(on))
    with reading(engine) as session:
        assert list(session.exec(select(Meeting.held_on).order_by(Meeting.id))) == DATES


@given(st.dates(date(1900, 1, 1), LAST), st.booleans())
def test_every_days_canonical_text_fits_its_column_and_reads_back(day, about):
    column = PartialDateText()
    for on in (PartialDate.day(day), PartialDate.between(day, LAST), PartialDate.before(day)):
        written = column.process_bind_param(PartialDate(on.start, on.end, about), None)
        assert len(written) <= 40
        assert column.process_result_value(written, None) == PartialDate(on.start, on.end, about)


# --- refusals ---------------------------------------------------------------------------------------------------------


def refusal(error: type[Exception], work) -> str:
    with pytest.raises(error) as caught:
        work()
    message = str(caught.value)
    assert "\n" not in message
    return message


def write(engine) -> None:
    with writing(engine) as session:
        session.add(lease("x"))


def test_a_read_only_file_is_refused_in_one_clear_line(sqlite_database):
    engine = create_engine(f"sqlite:///file:{sqlite_database.removeprefix('sqlite:///')}?mode=ro&uri=true")
    assert revision(engine) == head()
    assert "may write the file" in refusal(DatabaseError, lambda: write(engine))
    engine.dispose()


def test_a_file_that_is_no_database_is_refused_in_one_clear_line(tmp_path):
    (tmp_path / "notes.txt").write_text("These are notes of mine, and not a database at all. " * 20)
    engine = create_engine(f"sqlite:///{tmp_path / 'notes.txt'}")
    assert "file is not a database" in refusal(DatabaseError, lambda: revision(engine))
    assert "file is not a database" in refusal(DatabaseError, lambda: write(engine))
    engine.dispose()


def test_a_database_without_tables_says_which_command_makes_them(database_url):
    engine = create_engine(database_url)
    assert "tracker db upgrade" in refusal(DatabaseError, lambda: write(engine))
    assert "tracker db upgrade" in refusal(DatabaseError, lambda: names(engine))
    engine.dispose()


def test_a_folder_that_cannot_be_made_is_refused_in_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")
    address = f"sqlite:///{tmp_path / 'file' / 'data' / 'whereas.db'}"
    assert "TRACKER_DATA_DIR" in refusal(DatabaseError, lambda: create_engine(address))


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_refused_in_one_clear_line(tmp_path):
    engine = create_engine(f"postgresql+psycopg://postgres@/nothing?host={tmp_path}")
    assert "check that it is there and running" in refusal(DatabaseError, lambda: revision(engine))
    assert "check that it is there and running" in refusal(DatabaseError, lambda: write(engine))
    engine.dispose()


@pytest.mark.postgres
def test_a_database_that_may_only_be_read_is_refused_in_one_clear_line(postgresql_database):
    engine = create_engine(postgresql_database + "&options=-c%20default_transaction_read_only%3Don")
    assert "read-only" in refusal(DatabaseError, lambda: write(engine))
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["", "whereas", "mysql://u:s3cret@h/db", "postgresql+oh://u:s3cret@h/db", "://u:s3cret@h"]
)
def test_an_address_that_is_none_is_refused_without_telling_its_password(url):
    assert "s3cret" not in refusal(DatabaseError, lambda: create_engine(url))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_usual_ways_to_write_a_postgresql_address_are_understood(scheme):
    engine = create_engine(f"{scheme}://someone@/name?host=/nowhere")
    assert engine.url.drivername == "postgresql+psycopg"


def test_an_error_of_ours_goes_through_as_it_is(engine):
    with pytest.raises((IntegrityError, DataError)), writing(engine) as session:
        session.add(Organization(slug="x", name="X", lane="no such lane"))
    with pytest.raises(ZeroDivisionError), Session(engine), reading(engine):
        raise ZeroDivisionError


def test_the_revision_of_a_prepared_database_is_the_newest(engine):
    assert revision(engine) == head()


def test_a_row_is_not_lost_for_a_rival_who_writes_meanwhile(sqlite_database):
    """A read and then a write in one transaction never fail half way for a rival's write: the lock is taken at once."""
    ours, rival = create_engine(sqlite_database), create_engine(sqlite_database)
    with writing(ours) as session:
        assert session.exec(select(Campaign)).all() == []
        with rival.connect() as connection:
            connection.execute(text("PRAGMA busy_timeout=1"))
            with pytest.raises(Exception, match="locked"):
                connection.execution_options(writes=True).exec_driver_sql("BEGIN IMMEDIATE")
        session.add(lease("ours"))
    assert names(rival) == ["ours"]
    ours.dispose()
    rival.dispose()


def test_a_text_too_long_for_its_place_is_told_in_one_line(engine):
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite keeps a text of any length")
    with pytest.raises(DatabaseError, match=r"longer than its place .*; shorten it$"), writing(engine) as session:
        session.add(lease("n" * 61))
