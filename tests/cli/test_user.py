"""`tracker user`: accounts from the command line."""

import re

import pytest


def test_an_account_is_made_listed_changed_and_disabled(tracker):
    made = tracker("user", "add", "Ann@example.org", "--name", "Ann Lee", "--role", "administrator")
    assert made.out.startswith("ann@example.org is administrator now, as Ann Lee.\n")
    assert re.search(r"\nhttp://127\.0\.0\.1:8000/welcome/[\w-]{43}\n$", made.out)
    added = tracker(
        "user", "add", "bo@example.org", "--name", "Bo", "--ask-password", given=b"seven quiet herons\n" * 2
    )
    assert "welcome" not in added.out
    assert tracker("user", "role", "bo@example.org", "publisher").out == "bo@example.org is publisher now.\n"
    assert tracker("user", "disable", "bo@example.org").out == "bo@example.org may not sign in.\n"
    listed = tracker("user", "list").out
    assert listed == "ann@example.org  Ann Lee  administrator\nbo@example.org  Bo  publisher  (disabled)\n"
    assert tracker("user", "disable", "bo@example.org", "--undo").out == "bo@example.org may sign in.\n"
    assert "/welcome/" in tracker("user", "reset", "bo@example.org").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "ann", "--name", "Ann"), "'ann' is no mail address"),
        (("add", "bo@example.org", "--name", "ann"), "is taken"),
        (("add", "ann@example.org", "--name", "Bo"), "has an account already"),
        (("role", "nobody@example.org", "editor"), "`tracker user list` names them all"),
        (("role", "ann@example.org", "editor"), "This is the last administrator"),
        (("disable", "ann@example.org"), "This is the last administrator"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tracker, arguments, words):
    tracker("user", "add", "ann@example.org", "--name", "Ann", "--role", "administrator")
    assert words in tracker("user", *arguments).error
