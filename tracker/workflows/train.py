"""Training on the archive's decisions: measured, kept as a version, put in use when it is not worse, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tracker.domain.errors import InputError
from tracker.domain.vocab import Learner
from tracker.ingest.terms import Terms
from tracker.linking.event_type import EventRules
from tracker.linking.facts import LinkRules
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.objects import gazetteer_for, targets_of
from tracker.linking.same_event import StoryRules
from tracker.linking.targets import TargetIndex
from tracker.models.decision import LearnedModel
from tracker.settings import load, names_of
from tracker.store import campaigns, learned_models
from tracker.store.engine import reading, writing
from tracker.workflows import cases
from tracker.workflows.cases import Case
from tracker.workflows.known import recipe, terms_of
from tracker.workflows.learners import InUse, Learned, learn_event_type, learn_relevance
from tracker.workflows.link_learner import learn_link_weights
from tracker.workflows.runtime import Runtime
from tracker.workflows.story_learner import learn_stories, pairs_of
from tracker.workflows.study import compiled

BY_GATE = "rule:gate"


@dataclass(frozen=True, slots=True)
class Trained:
    """What became of one learner: its new version, 0 without one, and whether that is in use now."""

    learner: Learner
    learned: Learned
    version: int = 0
    live: bool = False

    def words(self) -> str:
        """Return it as one line for a person."""
        if not self.version:
            return f"{self.learner.value}: no new version; {self.learned.said}"
        used = "is used from now on" if self.live else "is kept aside"
        return f"{self.learner.value} {self.version} {used}: {self.learned.said}"


def train(runtime: Runtime) -> list[Trained]:
    """Learn from every decision; a version that is not worse than the hand weights goes into use at once.

    Where nothing was decided since the version in use was made, no other is made. Decisions on which people disagree
    are left out, and said.
    """
    done = []
    for learner, learned in evaluate(runtime).items():
        with writing(runtime.engine) as session:
            row = None
            newest = next((row for row in learned_models.every(session) if row.learner is learner), None)
            if learned.content and not _same(newest, learned):
                row = learned_models.add(
                    session,
                    learner,
                    learned.content,
                    decisions=learned.cases,
                    measures=learned.measures,
                    said=learned.said,
                    now=runtime.clock(),
                )
                if learned.better:
                    learned_models.put_in_use(session, learner, row.version, by=BY_GATE, now=runtime.clock())
            done.append(Trained(learner, learned, row.version if row else 0, row is not None and row.live))
    return done


def evaluate(runtime: Runtime) -> dict[Learner, Learned]:
    """Measure by cross-validation on the archive's decisions; nothing is kept."""
    terms, index, known = _known(runtime)
    used, rules = _in_use(runtime), StoryRules.from_config(terms)
    with reading(runtime.engine) as session:
        pairs = pairs_of(session, rules)
    return {
        **learn(known, terms, index, used),
        Learner.STORIES: learn_stories(pairs, rules, used.get(Learner.STORIES)),
    }


def evaluate_files(objects: Any, items: Any) -> dict[Learner, Learned]:
    """Measure by cross-validation on labelled items, as `tracker link predict` reads them; nothing is kept."""
    if not isinstance(objects, Mapping) or not isinstance(items, Sequence) or isinstance(items, str):
        raise InputError("reading the labelled files: expected an object of campaign objects and a list of items")
    folder = load().config_dir
    gazetteer = gazetteer_for(objects, Gazetteer.from_config(names_of(folder)))
    index = TargetIndex(targets_of(objects, gazetteer))
    return learn(cases.of_files(objects, items, gazetteer), terms_of(folder), index)


def put_in_use(runtime: Runtime, learner: Learner, version: int, *, by: str) -> LearnedModel | None:
    """Use a version from now on, 0 for the hand weights; raises NotFoundError for a version there is not."""
    with writing(runtime.engine) as session:
        return learned_models.put_in_use(session, learner, version, by=by, now=runtime.clock())


def _known(runtime: Runtime) -> tuple[Mapping[str, Any], TargetIndex, list[Case]]:
    """Return the terms as written by hand, the campaign objects, and the decided cases."""
    made_from = recipe(runtime)
    linker = compiled(made_from)
    with reading(runtime.engine) as session:
        found, _disputed = cases.of_archive(session, linker.gazetteer, campaigns.first_of_objects(session))
    return made_from.terms, linker.index, found


def _in_use(runtime: Runtime) -> dict[Learner, InUse]:
    with reading(runtime.engine) as session:
        return {learner: InUse(row.content, row.made_at) for learner, row in learned_models.live(session).items()}


def learn(
    found: Sequence[Case],
    terms: Mapping[str, Any],
    index: TargetIndex,
    used: Mapping[Learner, InUse] | None = None,
) -> dict[Learner, Learned]:
    """Learn everything there is to learn from decided documents; `terms` are those written by hand."""
    used = used or {}
    events = event_rules(terms, None)
    return {
        Learner.RELEVANCE: learn_relevance(found, Terms.from_config(terms), used.get(Learner.RELEVANCE)),
        Learner.EVENT_TYPE: learn_event_type(found, partial(event_rules, terms), used.get(Learner.EVENT_TYPE)),
        Learner.LINKS: learn_link_weights(found, index, LinkRules.from_config(terms), events, used.get(Learner.LINKS)),
    }


def event_rules(terms: Mapping[str, Any], decided: Mapping[str, Any] | None) -> EventRules:
    """Compile what tells event types, with counts of what people decided."""
    return EventRules.from_config({**terms, "event_type": {**terms["event_type"], "decided": decided}})


def _same(newest: LearnedModel | None, learned: Learned) -> bool:
    """Whether the newest version already says what was learned."""
    return newest is not None and newest.content == {**learned.content, "version": newest.version}
