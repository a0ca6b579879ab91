"""Suggestions for items given as JSON, with the shipped configuration, storing nothing."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from tracker.domain.errors import InputError
from tracker.ingest.relevance import screen_and_judge
from tracker.ingest.terms import Terms
from tracker.linking.predict import predict
from tracker.settings import load, names_of
from tracker.workflows.known import terms_of


def predict_file(objects: Any, items: Any) -> dict[str, Any]:
    """Return predictions for a list of items against a mapping of campaign objects."""
    if not isinstance(objects, dict):
        raise InputError("reading the objects: expected a JSON object with lists of objects by kind")
    if not isinstance(items, Sequence) or isinstance(items, str):
        raise InputError("reading the items: expected a JSON list of items")
    folder = load().config_dir
    config = {"organizations": names_of(folder), "terms": terms_of(folder)}
    terms = Terms.from_config(config["terms"])
    return predict(objects, items, config, judge=partial(screen_and_judge, terms=terms))
