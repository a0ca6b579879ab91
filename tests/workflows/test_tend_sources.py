"""Sources kept after a look, paused for a while, changed, retired: each act on the record with its reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.workflows.collecting import every, follow, source
from tests.workflows.feeds import rss, story
from tracker.domain.errors import ConflictError, InputError
from tracker.domain.field_errors import FieldsError
from tracker.models.document import Document
from tracker.models.tending import Act
from tracker.workflows import tend_sources
from tracker.workflows.collect import collect
from tracker.workflows.setup import prepare
from tracker.workflows.tend_sources import Settings
from tracker.workflows.try_source import Wanted, try_source

GIVEN = Settings("", "", "2", "news")


def acts(runtime) -> list[tuple[str, str, str, str]]:
    return [(row.what, row.made_by, row.why, row.detail) for row in every(runtime, Act)]


def test_what_was_tried_is_kept_due_at_once_and_collected(runtime, publisher, clock):
    url = publisher.serve("/feed", rss(story(), title="The Paper"))
    trial = try_source(runtime, Wanted(url), "Ada")
    name = tend_sources.keep_trial(runtime, trial.key, GIVEN, "Ada")
    row = source(runtime, name)
    assert (name, row.title, row.url, row.options, row.every_seconds) == (
        "the-paper", "The Paper", url, {"kind": "news"}, 7200,
    )  # fmt: skip
    assert acts(runtime) == [("added", "Ada", "", f"{url}, read by feed")]
    assert collect(runtime).total.new == 1
    with pytest.raises(InputError, match="here already"):
        tend_sources.keep_trial(runtime, trial.key, GIVEN, "Ada")
    clock.forward(hours=2)
    with pytest.raises(InputError, match="more than an hour ago"):
        tend_sources.keep_trial(runtime, trial.key, GIVEN, "Ada")


def test_what_could_not_be_read_is_not_kept(sqlite_runtime, publisher):
    trial = try_source(sqlite_runtime, Wanted(publisher.url("/nothing"), "feed"), "Ada")
    with pytest.raises(InputError, match="nothing could be read there"):
        tend_sources.keep_trial(sqlite_runtime, trial.key, GIVEN, "Ada")


def test_a_pause_has_a_reason_and_ends_by_itself_on_its_day(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story())))
    last = (clock() + timedelta(days=3)).date()
    tend_sources.pause(runtime, "paper", "Floods us.", last.isoformat(), "Ada")
    assert source(runtime).paused_reason == "Floods us."
    assert acts(runtime) == [("paused", "Ada", "Floods us.", f"until {last}")]
    collect(runtime)
    assert every(runtime, Document) == []
    clock.forward(days=3)
    assert collect(runtime).total.new == 1
    row = source(runtime)
    assert (row.paused, row.paused_reason, row.paused_until) == (False, "", None)


@pytest.mark.parametrize(
    ("why", "until", "field"),
    [("", "", "why"), ("x" * 501, "", "why"), ("Enough", "next week", "until"), ("Enough", "2020-01-01", "until"),
     ("Enough", "2030-05", "until")],
)  # fmt: skip
def test_a_pause_without_a_reason_or_to_no_day_is_refused_beside_its_field(sqlite_runtime, why, until, field):
    follow(sqlite_runtime, "https://a.example/paper")
    with pytest.raises(FieldsError) as refused:
        tend_sources.pause(sqlite_runtime, "paper", why, until, "Ada")
    assert list(refused.value.errors) == [field]
    assert not source(sqlite_runtime).paused


def test_a_retired_source_stays_with_its_history_and_nothing_brings_it_back(runtime, clock):
    entry = {"name": "paper", "reader": "feed", "url": "https://a.example/paper"}
    prepare(runtime, [entry])
    tend_sources.retire(runtime, "paper", "The paper is no more.", "Ada")
    prepare(runtime, [{**entry, "every_seconds": 7200}])
    clock.forward(days=400)
    assert collect(runtime).sources == []
    row = source(runtime)
    assert (row.paused, row.retired_at is not None, row.paused_reason) == (True, True, "The paper is no more.")
    for act in (
        lambda: tend_sources.resume(runtime, "paper", "Ada"),
        lambda: tend_sources.ask_now(runtime, "paper", "Ada"),
        lambda: tend_sources.retire(runtime, "paper", "Once more.", "Ada"),
    ):
        with pytest.raises(InputError, match="retired"):
            act()


def test_changes_are_kept_with_what_they_were_and_a_former_address_is_not_added_again(runtime, publisher):
    old = publisher.serve("/paper", rss(story()))
    follow(runtime, old, title="Paper")
    shown = Settings.of(source(runtime))
    given = Settings("The Paper", publisher.serve("/new", rss(story())), "0,5", "statement")
    said = tend_sources.change(runtime, "paper", given, shown, by="Ada", why="It moved.")
    assert said == [
        "name: Paper → The Paper", f"address: {old} → {given.url}", "asked every 1 h → 0,5 h",
        "publishes: as its reader says → statement",
    ]  # fmt: skip
    row = source(runtime)
    assert (row.url, row.former_urls, row.every_seconds, row.options) == (given.url, [old], 1800, {"kind": "statement"})
    assert acts(runtime) == [("changed", "Ada", "It moved.", "; ".join(said))]
    with pytest.raises(ConflictError, match="somebody changed it meanwhile"):
        tend_sources.change(runtime, "paper", given, shown, by="Bob", why="")
    assert tend_sources.change(runtime, "paper", Settings.of(row), Settings.of(row), by="Bob", why="") == []
    trial = try_source(runtime, Wanted(old), "Ada")
    with pytest.raises(InputError, match="here already"):
        tend_sources.keep_trial(runtime, trial.key, GIVEN, "Ada")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hours": "soon"}, "hours"),
        ({"hours": "0"}, "hours"),
        ({"hours": "nan"}, "hours"),
        ({"hours": "1e999"}, "hours"),
        ({"url": ""}, "url"),
        ({"url": "paper.example"}, "url"),
        ({"url": "https://[::"}, "url"),
        ({"kind": "gossip"}, "kind"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_what_cannot_be_kept_of_a_change_is_said_beside_its_field(sqlite_runtime, wrong, field):
    follow(sqlite_runtime, "https://a.example/paper")
    shown = Settings.of(source(sqlite_runtime))
    with pytest.raises(FieldsError) as refused:
        tend_sources.change(sqlite_runtime, "paper", replace(shown, **wrong), shown, by="Ada", why="")
    assert list(refused.value.errors) == [field]
    assert Settings.of(source(sqlite_runtime)) == shown


def test_the_configuration_file_does_not_take_back_what_a_person_changed(runtime):
    entry = {"name": "paper", "reader": "feed", "url": "https://a.example/paper", "every_seconds": 3600, "title": "A"}
    prepare(runtime, [entry])
    shown = Settings.of(source(runtime))
    tend_sources.change(runtime, "paper", replace(shown, hours="5", kind="news"), shown, by="Ada", why="Quieter.")
    prepare(runtime, [{**entry, "title": "The paper", "options": {"language": "en"}}])
    row = source(runtime)
    assert (row.every_seconds, row.options, row.title) == (18_000, {"kind": "news"}, "The paper")
    assert row.set_by_hand == ["every_seconds", "options"]
