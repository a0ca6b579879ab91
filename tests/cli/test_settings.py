"""A wrong setting ends every command in one line that names it, where it stands and what is meant."""

from pathlib import Path

import pytest

from tracker.settings import Settings


def test_an_unknown_setting_in_the_environment_is_named_with_the_nearest_known_one(tracker):
    done = tracker("source", "list", prt=1)
    assert "TRACKER_PRT; did you mean TRACKER_PORT?" in done.error
    assert "the environment" in done.error


def test_an_unknown_setting_in_the_local_file_is_named_with_the_nearest_known_one(tracker, configured):
    done = tracker("source", "list", **configured(local="collect_worker = 8\n"))
    assert "collect_worker; did you mean collect_workers?" in done.error
    assert "local.toml" in done.error


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("port = 99999", "99999"),
        ("port = ", "Invalid value"),
        ("contact = 3", "contact"),
        ("host = '\udcff'", "local.toml"),
    ],
    ids=["too large", "cut off", "of another kind", "not UTF-8"],
)
def test_a_local_file_that_is_wrong_is_named_with_what_was_found(tracker, configured, text, found):
    chosen = configured(local="")
    Path(chosen["config_dir"], "local.toml").write_bytes(text.encode(errors="surrogateescape"))
    assert found in tracker("source", "list", **chosen).error


def test_a_value_of_the_wrong_kind_is_named_with_what_was_found(tracker):
    assert "setting port" in tracker("source", "list", port="eighty").error
    assert "99999" in tracker("web", "--port", 99999).error


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("name = 'a'\nreader = 'feed'\nurl = 'https://a.example/'\nevry = 3", "no key 'evry'"),
        ("name = 'a'\nreader = 'fed'\nurl = 'https://a.example/'", "no reader 'fed'"),
        ("name = 'a'\nreader = 'feed'", "needs a name and a url"),
        ("name = 'a'\nreader = 'feed'\nurl = 'https://a.example/'\nevery_seconds = 0", "it must be 60 (a minute) to"),
    ],
)
def test_a_source_that_is_wrong_is_named_and_nothing_is_stored(tracker, configured, entry, found):
    done = tracker("source", "list", **configured(sources=f"[[source]]\n{entry}\n"))
    assert found in done.error
    assert tracker("source", "list", **configured(sources="")).out.startswith("no sources yet")


def test_the_key_of_an_interface_is_not_shown_with_the_settings():
    chosen = Settings(congress_api_key="a-secret-key")
    assert "a-secret-key" not in f"{chosen!r} {chosen}"
    assert chosen.keys == {"congress": "a-secret-key"}
