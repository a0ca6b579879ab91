"""What people put together and took apart is learned from, and what was left as it is counts beside it."""

import pytest

from tests import factories as make
from tests.conftest import PROJECT
from tests.workflows.test_stories import add
from tracker.domain.vocab import Learner
from tracker.linking.learn import Row
from tracker.linking.same_event import StoryRules
from tracker.settings import config_file
from tracker.store import learned_models
from tracker.store.engine import reading, writing
from tracker.workflows.stories import split, tell_stories
from tracker.workflows.story_learner import PairCase, learn_stories, pairs_of
from tracker.workflows.train import put_in_use, train


@pytest.fixture(scope="module")
def rules():
    return StoryRules.from_config(config_file(PROJECT / "config", "terms.toml"))


@pytest.fixture
def ids(runtime):
    """Three reports of one event, told."""
    with writing(runtime.engine) as session:
        company = make.organization(session, "halcyon", name="Halcyon")
        letter = make.letter(session, "old-letter", sent="2020-01-01", recipients=[company])
        found = {name: add(session, name, letter.id) for name in ("first", "second", "copy")}
    tell_stories(runtime)
    return found


def case(number, *, wording, day, together):
    return PairCase(Row({"wording": wording, "day": day}, together, f"group {number}"), make.NOW)


def test_weights_move_to_what_people_say_and_are_better_on_pairs_not_seen(rules):
    cases = [case(n, wording=1.0, day=1.0, together=True) for n in range(20)]
    cases += [case(100 + n, wording=0.1, day=1.0, together=False) for n in range(20)]
    found = learn_stories(cases, rules)
    assert found.better
    assert found.measures["learned"]["surprise"] < found.measures["by hand"]["surprise"]
    assert found.content["weights"]["wording"] > rules.model.weights["wording"]


def test_nothing_is_learned_from_a_few(rules):
    found = learn_stories([case(1, wording=1.0, day=1.0, together=True)], rules)
    assert (found.cases, found.content) == (1, {})
    assert "1 decided pairs of documents" in found.said


def test_a_pair_taken_apart_is_a_case_and_so_is_what_was_left_around_it(runtime, ids, rules):
    split(runtime, ids["second"], by="ada")
    with reading(runtime.engine) as session:
        found = pairs_of(session, rules)
    assert [(row.row.label, row.row.weight) for row in found if row.decided_at] == [(False, 1.0), (False, 1.0)]
    assert [(row.row.label, row.row.weight) for row in found if not row.decided_at] == [(True, 0.2)]
    assert len({row.row.group for row in found}) == 1
    assert next(row for row in train(runtime) if row.learner is Learner.STORIES).learned.cases == 2


def test_stories_are_told_by_the_version_in_use(runtime, rules):
    model = {**rules.model.plain(), "shift": -50.0}
    with writing(runtime.engine) as session:
        learned_models.add(session, Learner.STORIES, model, decisions=1, measures={}, said="", now=make.NOW)
    put_in_use(runtime, Learner.STORIES, 1, by="ada")
    with writing(runtime.engine) as session:
        company = make.organization(session, "halcyon", name="Halcyon")
        letter = make.letter(session, "old-letter", sent="2020-01-01", recipients=[company])
        for name in ("first", "second"):
            add(session, name, letter.id)
    assert tell_stories(runtime).joined == 0
