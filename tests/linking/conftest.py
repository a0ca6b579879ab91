"""The shipped configuration, compiled once, and the shared campaign."""

import json
from pathlib import Path
from typing import Any

import pytest

from tracker.ingest.relevance import screen_and_judge
from tracker.ingest.terms import Terms
from tracker.linking.event_type import EventRules
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.predict import Predictor
from tracker.linking.suggest import Linker
from tracker.settings import names_of
from tracker.workflows.known import terms_of

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture(scope="session")
def config() -> dict[str, Any]:
    return {"organizations": names_of(CONFIG), "terms": terms_of(CONFIG)}


@pytest.fixture(scope="session")
def gazetteer(config) -> Gazetteer:
    return Gazetteer.from_config(config["organizations"])


@pytest.fixture(scope="session")
def event_rules(config) -> EventRules:
    return EventRules.from_config(config["terms"])


@pytest.fixture(scope="session")
def linker(config) -> Linker:
    return Linker.from_config(config["terms"])


@pytest.fixture(scope="session")
def judged(config):
    terms = Terms.from_config(config["terms"])
    return lambda title, text, mentions: screen_and_judge(title, text, mentions, terms)


@pytest.fixture
def campaign(shared) -> dict[str, Any]:
    return json.loads((shared / "campaign" / "rekognition_objects.json").read_text("utf-8"))


@pytest.fixture
def predictor(campaign, config, judged) -> Predictor:
    return Predictor.build(campaign, config, judged)
