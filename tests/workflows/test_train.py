"""Decisions become a model: measured on what it has not seen, kept as a version, used when it is not worse."""

from datetime import datetime, timedelta
from itertools import cycle, islice

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import NOW
from tracker.domain.additive import Model
from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import DocumentState, EventType, Learner, Verdict
from tracker.linking.event_type import rank
from tracker.models.decision import Decision, LearnedModel
from tracker.models.document import DocumentVersion
from tracker.store import learned_models
from tracker.store.engine import reading, writing
from tracker.workflows.known import open_linker, recipe
from tracker.workflows.learners import LEAST
from tracker.workflows.train import evaluate, put_in_use, train
from tracker.workflows.upkeep import learn

# What editors of a fictitious archive want and do not want: the rules by hand know nothing of beacons.
WANTED = (
    "Police buy beacons that follow phones",
    "Town ends contract for beacons",
    "Beacons at the border",
)
UNWANTED = ("Face recognition unlocks new phones", "Facial recognition pays for lunch", "Face recognition sorts photos")


def decided(session, title: str, verdict: Verdict, *, event_type: EventType | None = None, at: datetime = NOW) -> None:
    document = factories.document(session, title, state=DocumentState.RELEVANT)
    session.add(
        DocumentVersion(
            document_id=document.id, number=1, title=title, html="", text="", content_hash=title, seen_at=NOW
        )
    )
    session.flush()
    session.add(
        Decision(document_id=document.id, verdict=verdict, event_type=event_type, decided_by="ada", decided_at=at)
    )


@pytest.fixture
def archive(runtime):
    """Twenty documents that an editor wanted and twenty that they did not."""
    with writing(runtime.engine) as session:
        for number, title in enumerate(islice(cycle(WANTED), LEAST)):
            decided(session, f"{title} {number}", Verdict.RELEVANT)
        for number, title in enumerate(islice(cycle(UNWANTED), LEAST)):
            decided(session, f"{title} {number}", Verdict.NOT_RELEVANT)
    return runtime


def of_relevance(done):
    return next(row for row in done if row.learner is Learner.RELEVANCE)


def test_what_was_learned_is_used_when_it_is_better_on_unseen_decisions(archive):
    before = open_linker(archive)
    done = of_relevance(train(archive))
    assert (done.version, done.live) == (1, True)
    assert done.learned.measures["learned"]["wrong"] < done.learned.measures["by hand"]["wrong"]
    after = open_linker(archive)
    text = "Town police follow phones by beacons"
    assert not before.concerns(text, "")
    assert after.concerns(text, "")


def test_the_daily_job_learns_only_when_something_was_decided(archive, clock):
    clock.now = NOW + timedelta(days=1)
    assert learn(archive).startswith("relevance 1 is used from now on")
    assert learn(archive) == "nothing was decided since the last time"


def test_what_is_worse_than_the_version_in_use_on_newer_decisions_is_kept_aside(archive, clock):
    train(archive)
    sure = Model("relevance", weights={"says: offices": 20.0, "bias": -10.0}).plain()
    with writing(archive.engine) as session:
        made = learned_models.add(session, Learner.RELEVANCE, sure, decisions=1, measures={}, said="", now=NOW)
        learned_models.put_in_use(session, Learner.RELEVANCE, made.version, by="ada", now=NOW)
        for number in range(6):
            decided(session, f"Offices {number}", Verdict.RELEVANT, at=NOW + timedelta(days=1))
    done = of_relevance(train(archive))
    assert (done.version, done.live) == (3, False)
    assert "on those since surprise" in done.learned.said
    assert recipe(archive).models["relevance"]["version"] == 2


def test_training_again_on_the_same_decisions_makes_no_other_version(archive):
    train(archive)
    assert of_relevance(train(archive)).version == 0
    with reading(archive.engine) as session:
        assert len(session.exec(select(LearnedModel)).all()) == 1


def test_a_person_goes_back_to_the_hand_weights_and_forth_again(archive):
    train(archive)
    put_in_use(archive, Learner.RELEVANCE, 0, by="ada")
    assert recipe(archive).models == {}
    put_in_use(archive, Learner.RELEVANCE, 1, by="ada")
    assert recipe(archive).models.keys() == {"relevance"}
    with pytest.raises(NotFoundError, match="version 7 of the model relevance"):
        put_in_use(archive, Learner.RELEVANCE, 7, by="ada")


def test_too_few_decisions_make_no_model_and_it_is_said_how_many_it_takes(runtime):
    with writing(runtime.engine) as session:
        decided(session, WANTED[0], Verdict.RELEVANT)
    done = of_relevance(train(runtime))
    assert (done.version, done.learned.said) == (0, "1 decided documents; from 20 on a model is made of them")


def test_nothing_is_learned_of_documents_on_which_people_disagree(archive):
    with writing(archive.engine) as session:
        for row in session.exec(select(Decision).order_by(Decision.id)).all()[:4]:
            session.add(
                Decision(document_id=row.document_id, verdict=Verdict.NOT_RELEVANT, decided_by="bo", decided_at=NOW)
            )
    assert evaluate(archive)[Learner.RELEVANCE].cases == 2 * LEAST - 4


def test_what_happened_is_learned_from_what_people_said(runtime):
    with writing(runtime.engine) as session:
        for number in range(LEAST):
            decided(session, f"Quorum call on beacons {number}", Verdict.EVENT_TYPE, event_type=EventType.HEARING)
            decided(session, f"Beacon barbecue {number}", Verdict.EVENT_TYPE, event_type=EventType.OTHER)
    done = next(row for row in train(runtime) if row.learner is Learner.EVENT_TYPE)
    assert done.live
    assert done.learned.measures["learned"]["accuracy"] > done.learned.measures["by hand"]["accuracy"]
    linker = open_linker(runtime)
    assert rank("Quorum call again", "", (), linker.events)[0].event_type is EventType.HEARING


def test_links_are_judged_by_the_model_in_use(archive):
    by_hand = open_linker(archive).rules.rules
    other = {part: Model(part, weights={"bias": -9.0}).plain() for part in (by_hand.own.name, by_hand.among.name)}
    with writing(archive.engine) as session:
        learned_models.add(session, Learner.LINKS, other, decisions=1, measures={}, said="", now=NOW)
    put_in_use(archive, Learner.LINKS, 1, by="ada")
    assert open_linker(archive).rules.rules.own.weights == {"bias": -9.0}
