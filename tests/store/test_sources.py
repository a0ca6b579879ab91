"""Sources: configured, claimed, visited; and what is remembered of each visit."""

import zlib
from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import NOW
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.packed import Packed
from tracker.domain.standing import Outcome, Standing, after
from tracker.models.document import Body, DocumentVersion, Fetch, Sighting, Source, Validator
from tracker.store import sources, visits
from tracker.store.engine import create_engine, reading, writing
from tracker.store.visits import Claimed

BACK_OFF = 900


def entry(name: str = "eff", **more: object) -> dict[str, object]:
    return {"name": name, "reader": "feed", "url": f"https://{name}.example/feed", "every_seconds": 3600, **more}


@pytest.fixture
def source(engine) -> int:
    """A source that is due and claimed by "us"."""
    with writing(engine) as session:
        sources.sync(session, [entry()], NOW)
        [row] = claim(session)
        return row.id


def claim(session, names=(), *, now: datetime = NOW, holder: str = "us", limit: int = 10) -> list[Claimed]:
    return visits.claim(session, now=now, holder=holder, seconds=300, limit=limit, names=names)


def finish(engine, source: int, outcome: Outcome, *, now: datetime = NOW, holder: str = "us") -> bool:
    """Write a visit as collecting does: only where the lease is still ours."""
    row = row_of(engine, source)
    values = {field.name: getattr(row, field.name) for field in fields(Standing)}
    standing = Standing(**{**values, "former_urls": tuple(row.former_urls)})
    with writing(engine) as session:
        held = visits.held(session, [source], holder)
        visits.finish(session, {number: (standing, after(standing, outcome, now, BACK_OFF)) for number in held})
        return bool(held)


def row_of(engine, source: int) -> Source:
    with reading(engine) as session:
        return session.get_one(Source, source)


# --- configuration ----------------------------------------------------------------------------------------------------


def test_configured_sources_are_added_due_at_once_and_counted(engine):
    with writing(engine) as session:
        assert sources.sync(session, [entry("eff"), entry("aclu", title="ACLU")], NOW) == (2, 0)
        assert sources.sync(session, [entry("eff"), entry("aclu", title="ACLU")], NOW + timedelta(days=1)) == (0, 0)
        assert [(row.name, row.title, row.due_at) for row in sources.every(session)] == [
            ("aclu", "ACLU", NOW),
            ("eff", "", NOW),
        ]


def test_a_source_configured_otherwise_is_changed_and_asked_again_at_once(engine, source):
    finish(engine, source, Outcome(ok=True))
    later = NOW + timedelta(minutes=1)
    with writing(engine) as session:
        assert sources.sync(session, [entry(url="https://eff.example/new", options={"kind": "report"})], later) == (
            0,
            1,
        )
    row = row_of(engine, source)
    assert (row.url, row.options, row.due_at, row.last_ok_at) == (
        "https://eff.example/new",
        {"kind": "report"},
        later,
        NOW,
    )


def test_a_source_configured_no_longer_stays_with_its_history(engine, source):
    with writing(engine) as session:
        assert sources.sync(session, [entry("aclu")], NOW) == (1, 0)
        assert [row.name for row in sources.every(session)] == ["aclu", "eff"]


# --- claiming ---------------------------------------------------------------------------------------------------------


def test_a_paused_source_is_not_asked_and_by_name_it_is_told_why(engine):
    with writing(engine) as session:
        sources.sync(session, [entry()], NOW)
        session.exec(select(Source)).one().paused = True
        session.flush()
        assert claim(session) == []
        with pytest.raises(InputError, match="eff: it is paused"):
            claim(session, ["eff"])


def test_a_named_source_is_claimed_whether_due_or_not_but_not_from_its_holder(engine, source):
    with writing(engine) as session:
        assert claim(session, ["eff"], holder="them") == []
    finish(engine, source, Outcome(ok=True))
    with writing(engine) as session:
        assert claim(session, holder="them") == []
        assert [row.name for row in claim(session, ["eff"], holder="them")] == ["eff"]


def test_an_unknown_name_is_refused_and_nothing_is_claimed(engine):
    with writing(engine) as session:
        sources.sync(session, [entry()], NOW)
    with pytest.raises(NotFoundError, match="no source is called 'efff'"), writing(engine) as session:
        claim(session, ["eff", "efff"])
    with reading(engine) as session:
        assert session.exec(select(Source.leased_by)).all() == [""]


# --- finishing --------------------------------------------------------------------------------------------------------


def test_a_good_visit_sets_the_next_one_and_gives_the_lease_back(engine, source):
    assert finish(engine, source, Outcome(ok=True, new=2))
    row = row_of(engine, source)
    assert (row.due_at, row.leased_by, row.leased_until) == (NOW + timedelta(hours=1), "", None)
    assert (row.last_tried_at, row.last_ok_at, row.last_new_at, row.failures) == (NOW, NOW, NOW, 0)


def test_a_visit_without_news_does_not_count_as_news(engine, source):
    finish(engine, source, Outcome(ok=True))
    assert row_of(engine, source).last_new_at is None


def test_what_a_person_changes_during_a_visit_stays(engine, source):
    standing = replace(Standing("https://eff.example/feed", 3600, NOW), usual_items=3)
    with writing(engine) as session:
        session.get_one(Source, source).url = "https://eff.example/better"
    with writing(engine) as session:
        visits.finish(session, {source: (standing, after(standing, Outcome(ok=True), NOW, BACK_OFF))})
    row = row_of(engine, source)
    assert (row.url, row.last_ok_at, row.leased_by) == ("https://eff.example/better", NOW, "")


def test_each_failure_doubles_the_wait_up_to_a_day_and_the_first_one_is_remembered(engine, source):
    waits, now = [], NOW
    for _ in range(9):
        with writing(engine) as session:
            claim(session, ["eff"], now=now)
        assert finish(engine, source, Outcome(ok=False, error="no answer"), now=now)
        row = row_of(engine, source)
        waits.append((row.due_at - now).total_seconds())
        now = row.due_at
    assert waits == [900, 1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400]
    assert (row.failures, row.failing_since, row.last_error, row.last_ok_at) == (9, NOW, "no answer", None)


def test_one_good_visit_ends_the_failing(engine, source):
    finish(engine, source, Outcome(ok=False, error="no answer"))
    later = NOW + timedelta(hours=1)
    with writing(engine) as session:
        claim(session, now=later)
    finish(engine, source, Outcome(ok=True), now=later)
    row = row_of(engine, source)
    assert (row.failures, row.failing_since, row.last_error, row.last_ok_at) == (0, None, "", later)


@pytest.mark.parametrize(("asked_for", "waited"), [(10, 900), (5000, 5000), (366 * 86400, 86400)])
def test_a_server_may_ask_for_a_longer_wait_but_not_for_more_than_a_day(engine, source, asked_for, waited):
    finish(engine, source, Outcome(ok=False, error="later", retry_after=asked_for))
    assert row_of(engine, source).due_at == NOW + timedelta(seconds=waited)


def test_a_lost_lease_changes_nothing(engine, source):
    later = NOW + timedelta(minutes=10)
    with writing(engine) as session:
        assert claim(session, now=later, holder="them")
    before = row_of(engine, source).model_dump()
    assert not finish(engine, source, Outcome(ok=True, new=5), now=later, holder="us")
    assert row_of(engine, source).model_dump() == before
    with writing(engine) as session:
        assert visits.held(session, [source], "us") == set()
        assert visits.held(session, [source], "them") == {source}


# --- what is remembered -----------------------------------------------------------------------------------------------


def test_validators_are_kept_byte_exact_and_forgotten_when_the_server_sends_none(engine, source):
    etag, modified = 'W/"a  b\\"é"', "Tue, 01 Jan 2019 00:00:00 GMT"

    def answered(known: dict, *rows: tuple) -> dict:
        """What is remembered of an address after answers with these validators, asked as the next claim would."""
        with writing(engine) as session:
            visits.remember_validators(session, [(source, *row) for row in rows], known)
        with reading(engine) as session:
            return {(row.source_id, row.url): (row.etag, row.last_modified) for row in session.exec(select(Validator))}

    known = answered({}, ("u", etag, modified))
    assert known == {(source, "u"): (etag, modified)}
    assert answered(known, ("u", etag, modified)) == known
    known = answered(known, ("u", '"2"', None))
    assert known == {(source, "u"): ('"2"', None)}
    assert answered(known, ("u", None, None), ("other", None, None)) == {}


def test_a_claimed_source_brings_its_validators(engine, source):
    with writing(engine) as session:
        visits.remember_validators(session, [(source, "u", '"1"', None)], {})
        [again] = claim(session, ["eff"], now=NOW + timedelta(hours=1))
    assert again.validators == {"u": ('"1"', None)}


def test_the_same_bytes_are_kept_once_and_can_be_read_again(engine):
    body = Packed("h" * 64, "text/xml", 600, zlib.compress(b"<rss/>" * 100))
    with writing(engine) as session:
        visits.keep_bodies(session, {body.hash: body})
        visits.keep_bodies(session, {body.hash: body, "o" * 64: replace(body, hash="o" * 64)})
        first = sources.keep_body(session, b"other", "x" * 500)
        assert sources.keep_body(session, b"other", "y") == first
    with reading(engine) as session:
        assert {row.hash for row in session.exec(select(Body))} == {"h" * 64, "o" * 64, first}
        row = session.get_one(Body, "h" * 64)
        assert (zlib.decompress(row.compressed), row.size, row.media_type) == (b"<rss/>" * 100, 600, "text/xml")


def fetch(source: int, days: float, **more: object) -> Fetch:
    return Fetch(source_id=source, url="u", started_at=NOW - timedelta(days=days), outcome="ok", **more)


def test_old_attempts_are_dropped_and_the_bytes_stay(engine, source):
    with writing(engine) as session:
        body = sources.keep_body(session, b"x", "text/plain")
        for days in (100, 91, 89, 0):
            session.add(fetch(source, days, body_hash=body))
        session.flush()
        assert sources.prune_fetches(session, NOW - timedelta(days=90)) == 2
        assert sources.prune_bodies(session) == 0
    with writing(engine) as session:
        assert len(session.exec(select(Fetch)).all()) == 2
        assert session.get(Body, body) is not None
        assert sources.prune_fetches(session, NOW + timedelta(days=1)) == 2
        # Nothing refers to these bytes any more.
        assert sources.prune_bodies(session) == 1


def test_the_bytes_that_a_document_was_read_from_are_never_dropped(engine, source):
    with writing(engine) as session:
        body = sources.keep_body(session, b"x", "text/plain")
        document = factories.document(session)
        version = DocumentVersion(
            document_id=document.id,
            number=9,
            title="t",
            html="",
            text="",
            content_hash="h",
            body_hash=body,
            seen_at=NOW,
        )
        session.add(version)
        session.flush()
        assert sources.prune_bodies(session) == 0


def test_a_source_that_has_moved_keeps_its_new_address_whatever_the_file_says(engine, source):
    for day in range(6):
        outcome = Outcome(ok=True, items=1, moved_to="https://eff.example/new")
        now = NOW + timedelta(days=day)
        with writing(engine) as session:
            claim(session, ["eff"], now=now)
        finish(engine, source, outcome, now=now)
    row = row_of(engine, source)
    assert (row.url, row.former_urls) == ("https://eff.example/new", ["https://eff.example/feed"])
    with writing(engine) as session:
        assert sources.sync(session, [entry("eff")], NOW) == (0, 0)
    assert row_of(engine, source).url == "https://eff.example/new"
    with writing(engine) as session:
        assert sources.sync(session, [entry("eff", url="https://eff.example/third")], NOW) == (0, 1)


def test_a_source_put_off_is_due_then_and_nothing_is_counted(engine, source):
    with writing(engine) as session:
        visits.postpone(session, {source: NOW + timedelta(hours=2)})
    row = row_of(engine, source)
    assert (row.due_at, row.leased_by, row.failures, row.last_tried_at) == (NOW + timedelta(hours=2), "", 0, None)


def test_documents_are_counted_by_the_source_that_showed_them(engine, source):
    with writing(engine) as session:
        document = factories.document(session)
        for key in ("a", "b"):
            session.add(
                Sighting(source_id=source, key=key, document_id=document.id, content_hash="h", first_seen_at=NOW)
            )
        session.flush()
        assert sources.counts(session) == {source: 2}
        assert visits.seen_keys(session, source) == ["a", "b"]
        assert visits.seen_keys(session, source + 1) == []


def test_two_collectors_never_hold_one_source_together(sqlite_database):
    one, other = create_engine(sqlite_database), create_engine(sqlite_database)
    with writing(one) as session:
        sources.sync(session, [entry(name) for name in ("a", "b", "c")], NOW)
    held: list[str] = []
    for engine, holder in ((one, "x"), (other, "y"), (one, "x"), (other, "y")):
        with writing(engine) as session:
            held += [row.name for row in claim(session, holder=holder, limit=1)]
    assert sorted(held) == ["a", "b", "c"]
    one.dispose()
    other.dispose()
