"""`tracker link predict`: suggestions for items given as JSON, nothing stored. Output as in `corpus/PREDICTIONS.md`.

The steps are those of collecting: the caller's judgement first; only a relevant item is typed and linked.
Labels in the input are not read. Addresses are not compared: those of objects may equal those of items.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tracker.domain.vocab import DocumentRelation
from tracker.linking.between import BetweenRules
from tracker.linking.event_type import EventRules, Ranked
from tracker.linking.explain import explain
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.mentions import ORGANIZATION, PERSON, PRODUCT, Mention
from tracker.linking.objects import gazetteer_for, partial_date, targets_of
from tracker.linking.predicted_stories import followings, stories, telling, text_of
from tracker.linking.reading import read
from tracker.linking.same_event import StoryRules
from tracker.linking.suggest import Linker, Suggestion, scored
from tracker.linking.targets import TargetIndex

_FIELD_OF_ROLE = {
    "vendor": "companies", "issuer": "companies", "agency": "agencies", "regulator": "agencies", "court": "agencies",
    "lawmaker": "agencies", "advocate": "organisations", "investor": "organisations", "adviser": "organisations",
}  # fmt: skip
_FIELDS = ("companies", "products", "agencies", "organisations", "people")
_FOLLOWS_NOTHING: Mapping[str, list[str]] = {kind.value: [] for kind in DocumentRelation}
_SCORES_SHOWN = 5
_LEAST_SHOWN, _MOST_SHOWN = 0.05, 15  # candidates below the threshold are given too, marked as such


class Judgement(Protocol):
    """What is used of `tracker.ingest.relevance.Relevance`; linking and ingest do not know each other."""

    @property
    def probability(self) -> float: ...
    @property
    def relevant(self) -> bool: ...
    @property
    def typed(self) -> bool: ...


Judge = Callable[[str, str, Sequence[Mention]], Judgement]


@dataclass(frozen=True)
class Predictor:
    """Everything compiled once: names extended by the objects' own, target index, rules."""

    gazetteer: Gazetteer
    index: TargetIndex
    events: EventRules
    linker: Linker
    judge: Judge
    relevance_threshold: float

    @classmethod
    def build(cls, objects: Mapping[str, Any], config: Mapping[str, Any], judge: Judge) -> "Predictor":
        """Build from the parsed objects file and `config = {"organizations": ..., "terms": ...}` (the parsed files)."""
        gazetteer = gazetteer_for(objects, Gazetteer.from_config(config["organizations"]))
        terms = config["terms"]
        return cls(
            gazetteer=gazetteer,
            index=TargetIndex(targets_of(objects, gazetteer)),
            events=EventRules.from_config(terms),
            linker=Linker.from_config(terms),
            judge=judge,
            relevance_threshold=float(terms["relevance"]["threshold"]),
        )

    def entry(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """Return the prediction for one item; one without a title or a date is judged on what it has."""
        title, text = text_of(item, "title"), text_of(item, "summary", "text", "content")
        mentions = self.gazetteer.find(f"{title}\n{text}")
        verdict = self.judge(title, text, mentions)
        found = {"relevance": round(verdict.probability, 4), **_names(mentions)}
        if not verdict.typed:
            return {**found, "event_type": None, "event_scores": {}, "links": []}
        reading = read(
            title, text, mentions, self.events,
            published=partial_date(item.get("published")),
            kind=text_of(item, "kind"),
            form=text_of(item, "form"),
            publisher=frozenset(m.entity_id for m in self.gazetteer.find(text_of(item, "publisher"))),
        )  # fmt: skip
        rows = scored(reading, self.index, self.linker) if verdict.relevant else ()
        shown = [row for row in rows if row.score >= _LEAST_SHOWN][:_MOST_SHOWN]
        return {
            **found,
            "event_type": reading.events[0].event_type.value,
            "event_scores": _scores(reading.events),
            "links": [_link(row, self.linker.thresholds.suggest) for row in shown],
        }


def predict(
    objects: Mapping[str, Any], items: Iterable[Any], config: Mapping[str, Any], *, judge: Judge
) -> dict[str, Any]:
    """Return predictions for every item that has an id.

    `judge` is the word screen and the relevance rule as one function of title, text and mentions, bound to its terms by
    the caller. Names are given for every item; a type and links, as in the archive, only for a relevant one.
    Raises ConfigError when the configuration is wrong.
    """
    predictor = Predictor.build(objects, config, judge)
    limits = predictor.linker.thresholds
    thresholds = {"relevance": predictor.relevance_threshold, "suggest": limits.suggest, "auto": limits.auto}
    given = [item for item in items if isinstance(item, Mapping) and "id" in item]
    tellings = [telling(number, item, predictor.gazetteer, predictor.events) for number, item in enumerate(given)]
    told = stories(given, tellings, StoryRules.from_config(config["terms"]))
    following = followings(given, tellings, told, BetweenRules.from_config(config["terms"]))
    entries = {
        name: {**predictor.entry(item), "duplicate_group": told.get(name), **following.get(name, _FOLLOWS_NOTHING)}
        for item in given
        for name in [str(item["id"])]
    }
    return {"meta": {"system": "Whereas, rules without labels", "thresholds": thresholds}, "items": entries}


def _scores(events: Sequence[Ranked]) -> dict[str, float]:
    return {row.event_type.value: round(row.probability, 4) for row in events[:_SCORES_SHOWN]}


def _names(mentions: Iterable[Mention]) -> dict[str, list[str]]:
    fields: dict[str, dict[str, None]] = {field: {} for field in _FIELDS}
    for mention in mentions:
        field = _field(mention)
        if field:
            fields[field][mention.name] = None
    return {field: list(names) for field, names in fields.items()}


def _field(mention: Mention) -> str:
    if mention.implied_by:
        return ""
    if mention.kind in {PERSON, PRODUCT}:
        return "people" if mention.kind == PERSON else "products"
    if mention.kind != ORGANIZATION:
        return ""
    return next((_FIELD_OF_ROLE[role] for role in mention.roles if role in _FIELD_OF_ROLE), "")


def _link(row: Suggestion, threshold: float) -> dict[str, Any]:
    return {
        "object_id": row.target_id,
        "score": round(row.score, 4),
        "relation": row.relation.value,
        "state": row.state.value if row.score >= threshold else "candidate",
        "rule": row.rule,
        "explanation": explain(row.reasons),
    }
