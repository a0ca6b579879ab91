"""Many rows at once, in as few statements as there are sets of columns."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlmodel import select

from tests.factories import NOW
from tracker.models.document import Source
from tracker.store import sources
from tracker.store.bulk import insert_columns, update_rows
from tracker.store.engine import reading, writing


@pytest.fixture
def ids(engine) -> list[int]:
    given = [{"name": name, "reader": "feed", "url": f"https://{name}.example/"} for name in ("a", "b", "c")]
    with writing(engine) as session:
        sources.sync(session, given, NOW)
        return list(session.exec(select(Source.id).order_by(Source.name)))


def test_only_what_is_given_is_changed_and_as_its_column_wants_it(engine, ids):
    local = datetime(2026, 11, 24, 1, tzinfo=timezone(timedelta(hours=1)))
    with writing(engine) as session:
        update_rows(
            session,
            Source,
            [
                (ids[0], {"due_at": local, "former_urls": ["https://old.example/"]}),
                (ids[1], {"failures": 2, "due_at": NOW}),
                (ids[2], {"due_at": local, "former_urls": []}),
            ],
        )
    with reading(engine) as session:
        a, b, c = session.exec(select(Source).order_by(Source.name))
    assert (a.due_at, a.former_urls, a.failures) == (datetime(2026, 11, 24, tzinfo=UTC), ["https://old.example/"], 0)
    assert (b.due_at, b.former_urls, b.failures) == (NOW, [], 2)
    assert (c.due_at, c.former_urls, c.url) == (a.due_at, [], "https://c.example/")


def test_a_value_that_its_column_refuses_is_refused(engine, ids):
    with pytest.raises(ValueError, match="time zone"), writing(engine) as session:
        update_rows(session, Source, [(number, {"due_at": datetime(2026, 1, 1)}) for number in ids])  # noqa: DTZ001


def test_no_rows_are_no_statement(engine):
    with writing(engine) as session:
        update_rows(session, Source, [])


def test_rows_given_by_column_are_those_rows(engine):
    given = {
        "name": ["x", "y", "z"],
        "reader": ["feed"] * 3,
        "url": ["https://x.example/"] * 3,
        "options": [{}, {"cik": 1}, {}],
        "former_urls": [(), ["https://old.example/"], []],
        "paused": [True, False, True],
        "due_at": [NOW, NOW + timedelta(days=1), NOW],
    }
    defaults = {
        "title": "",
        "every_seconds": 60,
        "leased_by": "",
        "last_error": "",
        "last_error_kind": "",
        "paused_reason": "",
    }
    counts = dict.fromkeys(("failures", "failure_weight", "usual_items", "moved_times"), 0)
    same = {name: [value] * 3 for name, value in (defaults | counts).items()} | {"set_by_hand": [[]] * 3}
    with writing(engine) as session:
        insert_columns(session, Source, given | same)
        insert_columns(session, Source, {name: [] for name in given})
    with reading(engine) as session:
        rows = session.exec(select(Source).order_by(Source.name)).all()
    assert [row.former_urls for row in rows] == [[], ["https://old.example/"], []]
    assert [(row.name, row.options, row.paused, row.due_at) for row in rows] == list(
        zip(given["name"], given["options"], given["paused"], given["due_at"], strict=True)
    )
