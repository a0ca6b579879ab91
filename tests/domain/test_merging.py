"""Two changes of one form: what can be joined is joined, what both changed is told, and nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.merging import Conflict, ago, alike, merged, sentence

VALUES = st.one_of(st.none(), st.sampled_from(["", "a", "b", "a  b", "a b"]), st.integers(0, 2))
FORMS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@given(base=FORMS, other=FORMS)
def test_what_only_one_changed_is_taken_whole(base, other):
    for mine, theirs in ((base, other), (other, base)):
        result = merged(base, mine, theirs)
        assert result.joined
        assert all(alike(value, other.get(key)) for key, value in result.values.items())


@given(base=FORMS, mine=FORMS, theirs=FORMS)
def test_both_sides_see_the_same_conflicts_and_no_value_is_made_up(base, mine, theirs):
    result, turned = merged(base, mine, theirs), merged(base, theirs, mine)
    assert {c.key for c in result.conflicts} == {c.key for c in turned.conflicts}
    assert all(value in (mine.get(key), theirs.get(key)) for key, value in result.values.items())
    for conflict in result.conflicts:
        assert result.values[conflict.key] == conflict.mine
        assert not alike(conflict.mine, conflict.theirs)
        assert not alike(conflict.mine, conflict.base)
        assert not alike(conflict.theirs, conflict.base)


@given(base=FORMS, mine=FORMS, theirs=FORMS)
def test_a_change_of_mine_is_never_lost(base, mine, theirs):
    result = merged(base, mine, theirs)
    for key, value in mine.items():
        if not alike(value, base.get(key)):
            assert alike(result.values[key], value)


@given(base=FORMS, mine=FORMS, theirs=FORMS)
def test_merging_again_what_was_merged_changes_nothing(base, mine, theirs):
    once = merged(base, mine, theirs)
    if once.joined:
        again = merged(theirs, once.values, theirs)
        assert again.joined
        assert all(alike(again.values[key], once.values[key]) for key in once.values)


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ("22 May 2019", "23 May 2019", "you to 22 May 2019, Ann to 23 May 2019 (5 minutes ago)."),
        ("", "23 May 2019", "you took it out, Ann to 23 May 2019 (5 minutes ago)."),
        ("22 May 2019", None, "you to 22 May 2019, Ann took it out (5 minutes ago)."),
    ],
)
def test_a_conflict_is_one_sentence(mine, theirs, said):
    conflict = Conflict("held_on", "21 May 2019", mine, theirs)
    told = sentence(conflict, "the meeting date", by="Ann", at=NOW - timedelta(minutes=5), now=NOW)
    assert told == f"You both changed the meeting date: {said}"


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=-5), "just now"), (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=119), "1 hour ago"), (timedelta(days=2, hours=3), "2 days ago"),
    ],
)  # fmt: skip
def test_how_long_ago_something_was_is_said_as_people_say_it(past, words):
    assert ago(past) == words
