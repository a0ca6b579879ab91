"""Migrations: an upgraded empty database is exactly what the models say, and the way back leaves nothing."""

from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from tests.factories import NOW
from tests.store.test_checks import ROWS
from tracker.domain.errors import DatabaseError
from tracker.models import metadata
from tracker.store import migrate
from tracker.store.engine import create_engine, reading, revision, writing

# Columns of tables with a handful of rows, where an index would cost more than it gives.
HANDFULS = ["campaign_product.product_id", "campaign_target.organization_id"]


@pytest.fixture
def empty(database_url):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def shape(engine: Engine) -> dict[str, dict[str, Any]]:
    """Return what reflection can tell of a database's tables, in an order of its own; Alembic's table is left out."""
    found = inspect(engine)
    parts = {
        "columns": found.get_multi_columns(),
        "primary key": found.get_multi_pk_constraint(),
        "foreign keys": found.get_multi_foreign_keys(),
        "unique": found.get_multi_unique_constraints(),
        "indexes": found.get_multi_indexes(),
        "checks": found.get_multi_check_constraints(),
    }
    return {
        table: {part: _plain(rows[None, table]) for part, rows in parts.items()}
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def _plain(value: Any) -> Any:
    """Return reflected rows so that they can be compared: types as text, lists in the order of their text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((_plain(inner) for inner in value), key=repr)
    return value if value is None or isinstance(value, bool | int) else str(value)


def _is_modelled(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or not (name or "").startswith("search_index")


def tables(engine: Engine) -> list[str]:
    return inspect(engine).get_table_names()


def test_an_upgraded_database_is_exactly_what_the_models_say_and_the_way_back_leaves_nothing(empty):
    """Columns, types, nullability, keys and their ON DELETE, unique, indexes and CHECKs, as the database tells them."""
    assert migrate.upgrade(empty) == (None, migrate.head())
    upgraded = shape(empty)
    with empty.connect() as connection:
        # The search index is made by each database in its own way and is no table of the models.
        options = {"compare_type": True, "compare_server_default": True, "include_name": _is_modelled}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    migrate.downgrade(empty, "base")
    assert tables(empty) == ["alembic_version"]
    assert revision(empty) is None
    metadata.create_all(empty)
    wanted = shape(empty)
    assert sorted(upgraded) == sorted(wanted)
    for table, parts in wanted.items():
        assert upgraded[table] == parts, table
    metadata.drop_all(empty)
    assert migrate.upgrade(empty) == (None, migrate.head())
    assert shape(empty) == upgraded


def test_upgrading_twice_does_nothing_the_second_time(engine):
    before = shape(engine)
    assert migrate.upgrade(engine) == (migrate.head(), migrate.head())
    assert shape(engine) == before


def test_every_constraint_and_index_has_a_name_by_which_a_later_migration_can_reach_it(sqlite_database):
    engine = create_engine(sqlite_database)
    modelled = {table: parts for table, parts in shape(engine).items() if _is_modelled(table, "table", None)}
    for table, parts in modelled.items():
        assert parts.pop("primary key")["name"] == f"pk_{table}"
        parts.pop("columns")
        for rows in parts.values():
            assert all(row["name"].endswith(table) or f"_{table}_" in row["name"] for row in rows), table
    engine.dispose()


def test_every_foreign_key_is_served_by_an_index(sqlite_database):
    """Otherwise deleting one row reads a whole table, and so does every page that joins this way."""
    engine = create_engine(sqlite_database)
    found = inspect(engine)
    bare = []
    for table in found.get_table_names():
        leading = {row["column_names"][0] for row in found.get_indexes(table)}
        leading |= {row["column_names"][0] for row in found.get_unique_constraints(table)}
        leading |= set(found.get_pk_constraint(table)["constrained_columns"][:1])
        keys = (key["constrained_columns"][0] for key in found.get_foreign_keys(table))
        bare += [f"{table}.{column}" for column in keys if column not in leading]
    engine.dispose()
    assert sorted(bare) == HANDFULS


def test_every_single_step_can_be_taken_back(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'whereas.db'}")
    migrate.upgrade(engine)
    seen = []
    while (current := revision(engine)) is not None:
        seen.append(current)
        migrate.downgrade(engine, "-1")
    assert tables(engine) == ["alembic_version"]
    assert seen == sorted(seen, reverse=True)
    engine.dispose()


def test_rows_live_through_an_upgrade_from_the_first_revision(empty):
    migrate.upgrade(empty, "0001")
    with writing(empty) as session:
        session.execute(text("INSERT INTO lease VALUES ('kept', 'a', '2026-01-01 00:00:00+00')"))
    assert migrate.upgrade(empty) == ("0001", migrate.head())
    with reading(empty) as session:
        assert session.execute(text("SELECT name FROM lease")).scalars().all() == ["kept"]


# Rows that hang on each other, as an archive of the version before accounts has them.
HANGING = (
    "organization", "campaign", "campaign_object", "campaign_membership", "source", "document", "link", "decision",
    "evidence", "event", "subscriber", "follow", "issue", "delivery", "delivered_issue", "voting_intention", "new_name",
)  # fmt: skip


def test_an_upgrade_of_a_filled_archive_loses_no_row(empty):
    migrate.upgrade(empty, "0032")
    found = sa.MetaData()
    found.reflect(empty)
    own = {"campaign_membership": {"campaign_id": 1, "object_id": 1},
           "delivered_issue": {"delivery_id": 1, "issue_id": 1},
           "organization": {"slug": "o", "name": "O", "lane": "company", "home_url": "", "fictional": False},
           "campaign": {"slug": "c", "title": "C", "summary": "", "fictional": False, "created_at": NOW}}  # fmt: skip
    with empty.connect() as connection:
        if empty.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for name in HANGING:
            table = found.tables[name]
            values = {key: value for key, value in (own.get(name) or ROWS[name]).items() if key in table.c}
            number = {"id": 1} if "id" in table.c and isinstance(table.c.id.type, sa.Integer) else {}
            connection.execute(table.insert(), {**values, **number})
        connection.commit()
    migrate.upgrade(empty)
    with reading(empty) as session:
        kept = {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in HANGING}
    assert kept == dict.fromkeys(HANGING, 1)


def test_a_reading_that_was_written_down_twice_is_kept_once_and_what_people_gave_as_often_as_they_gave_it(empty):
    migrate.upgrade(empty, "0012")
    found = sa.MetaData()
    found.reflect(empty)
    version = {"id": 1, "document_id": 1, "number": 1, "title": "", "html": "", "text": "", "content_hash": "0",
               "seen_at": NOW, "whole_page": False, "own_body": True, "change": ""}  # fmt: skip
    evidence = ROWS["evidence"]
    readings = [{**evidence, "id": 1, "version_id": 1, "value": "earlier"}, {**evidence, "id": 2, "version_id": 1}]
    given = [{**evidence, "id": number, "version_id": None} for number in (3, 4)]
    with empty.begin() as connection:
        connection.execute(found.tables["campaign_object"].insert(), {**ROWS["campaign_object"], "id": 1})
        connection.execute(found.tables["document"].insert(), {**ROWS["document"], "id": 1})
        connection.execute(found.tables["document_version"].insert(), version)
        connection.execute(found.tables["evidence"].insert(), readings + given)
    migrate.upgrade(empty)
    with reading(empty) as session:
        assert session.execute(text("SELECT id FROM evidence ORDER BY id")).scalars().all() == [2, 3, 4]


def test_a_database_of_a_newer_program_is_refused_and_not_touched(empty):
    engine = empty
    migrate.upgrade(engine)
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    before = shape(engine)
    for attempt in (migrate.check, migrate.require_current, migrate.upgrade, partial(migrate.downgrade, target="base")):
        with pytest.raises(DatabaseError, match="from_the_future is newer than this program knows"):
            attempt(engine)
    assert revision(engine) == "from_the_future"
    assert shape(engine) == before


def test_a_database_without_tables_or_with_old_ones_is_sent_to_the_upgrade(empty):
    with pytest.raises(DatabaseError, match="has no tables yet; run `tracker db upgrade`"):
        migrate.require_current(empty)
    migrate.upgrade(empty, "0001")
    with pytest.raises(DatabaseError, match="is at 0001; run `tracker db upgrade`"):
        migrate.require_current(empty)
    migrate.upgrade(empty)
    migrate.require_current(empty)


def test_an_upgrade_that_fails_half_way_leaves_nothing(empty):
    """A table of somebody else's stands in the way of one of the later revisions."""
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE subscriber (other INTEGER)"))
    with pytest.raises((DatabaseError, sa.exc.DBAPIError), match="subscriber"):
        migrate.upgrade(empty)
    assert tables(empty) == ["subscriber"]
    assert revision(empty) is None


def test_a_folder_with_a_percent_sign_in_its_name_is_no_obstacle():
    config = migrate._config()
    assert config.get_main_option("script_location") == str(migrate.FOLDER)


def test_the_revisions_that_file_names_tell_are_those_that_alembic_finds():
    """A running program counts files, so that it need not load Alembic; both must agree."""
    scripts = ScriptDirectory.from_config(migrate._config()).walk_revisions()
    assert migrate.revisions() == sorted(script.revision for script in scripts)
    assert migrate.head() == ScriptDirectory.from_config(migrate._config()).get_current_head()
