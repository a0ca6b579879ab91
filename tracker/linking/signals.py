"""What speaks for and against one document bearing on one target: each signal a reason with points and words.

Points are log odds from `[link.points]` of `config/terms.toml`. A further shared name never takes points away, and a
date further off never gives any. Learning replaces the weights, not the signals: `code` is the name of the feature.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason
from tracker.linking.reading import Reading
from tracker.linking.targets import LinkTarget, TargetIndex, Weighed, gap_days
from tracker.linking.when import TimeExpression

_SHARPNESS = {Precision.DAY: 1.0, Precision.MONTH: 0.6, Precision.BETWEEN: 0.7}  # a year says nothing about the day
_COMING = 200  # days: a meeting may lie this far ahead of what is written about it
_SAME_DAYS = 2  # days a document may be dated before what it reports: time zones, embargoes
_AHEAD_STEP, _AHEAD_MOST = 90, 2
_NEAR_YEAR = 200  # days: a document this near to the object may name any year
_IMPLIED = 0.4  # what a name counts that is only implied: the agency's department, the product's vendor
_FAR = 400  # days beyond which a document needs a word for the time to bear on an object
_TELLING = 0.25  # rarity from which a shared name makes a sentence speak of the target
_FITTING = 0.12  # cosine from which it does
_ADJACENT = 35  # days by which "last month" may be wrong
_NUMBER = re.compile(r"\b(?:items?|proposals?)(?: no\.?| number)? (\d{1,2})\b(?:(?:,| and| to) (\d{1,2})\b)?")


@dataclass(frozen=True)
class LinkRules:
    """The compiled `[link]` part of `config/terms.toml`, but for the relations."""

    points: Mapping[str, float]
    kind_words: Mapping[str, re.Pattern[str]]
    prior: Mapping[str, Mapping[str, float]]

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "LinkRules":
        """Build from the parsed file; raises ConfigError when a part is missing or a pattern is wrong."""
        try:
            table = tables["link"]
            words = {kind: re.compile(rf"\b(?:{source})\b") for kind, source in table["kind_words"].items()}
            return cls({name: float(p) for name, p in table["points"].items()}, words, table["prior"])
        except (KeyError, re.error) as error:
            raise ConfigError(f"terms.toml: [link]: {error}; compare it with the file as shipped") from error


@dataclass(frozen=True)
class Weights:
    """A reading made ready for many targets."""

    reading: Reading
    whole: Weighed
    sentences: Sequence[Weighed]

    @classmethod
    def of(cls, reading: Reading, index: TargetIndex) -> "Weights":
        """Weigh the words of a reading once."""
        return cls(reading, index.weigh(reading.terms), [index.weigh(sentence.terms) for sentence in reading.sentences])


def signals(weights: Weights, target: LinkTarget, index: TargetIndex, rules: LinkRules) -> list[Reason]:
    """Return every reason for or against, without bias, siblings and neighbours; zero points are left out."""
    found = [
        *_of_words(weights, target, index, rules.points),
        *_of_names(weights.reading, target, index, rules.points),
        *_of_dates(weights.reading, target, rules.points),
        *_of_times(weights, target, index, rules),
        *_of_kind(weights.reading, target, rules),
        *_of_numbers(weights.reading, target, rules.points),
    ]
    return [reason for reason in found if abs(reason.weight) > 1e-9]


def _of_words(
    weights: Weights, target: LinkTarget, index: TargetIndex, points: Mapping[str, float]
) -> Iterator[Reason]:
    shared = ", ".join(index.shared(weights.whole, target.id))
    cosine = index.similarity(weights.whole, target.id)
    yield Reason("similarity", points["similarity"] * cosine, shared, None, f"Shares the words {shared}.")
    covered = index.coverage(weights.whole.weights, target.id)
    sentence = f"Has {covered:.0%} of the telling words of its description."
    yield Reason("coverage", points["coverage"] * covered, shared, None, sentence)
    best = max(
        range(len(weights.sentences)), key=lambda n: index.similarity(weights.sentences[n], target.id), default=None
    )
    if best is not None:
        cosine = index.similarity(weights.sentences[best], target.id)
        place = weights.reading.sentences[best]
        words = weights.reading.document[place.start : place.end].strip()
        start = weights.reading.document.index(words, place.start) if words else place.start
        span = (start, start + len(words))
        yield Reason("passage", points["passage"] * cosine, words, span, f"One passage speaks of it: “{_short(words)}”")


def _of_names(
    reading: Reading, target: LinkTarget, index: TargetIndex, points: Mapping[str, float]
) -> Iterator[Reason]:
    shared = {
        name: rarity
        for name in (target.names | target.products) & reading.names
        if (rarity := index.name_rarity(name) * (1.0 if name in reading.named else _IMPLIED)) > 0
    }
    total = sum(sorted(shared.values()))
    if total:
        telling = max(shared, key=lambda name: (shared[name], name))
        mention = min(
            (m for m in reading.mentions if m.entity_id == telling), key=lambda m: (bool(m.implied_by), m.start)
        )
        names = _listed([m.name for m in _first_of_each(reading, shared)])
        weight = points["name"] * 2 * (1 - math.exp(-total / 2))
        yield Reason("name", weight, mention.text, (mention.start, mention.end), f"Both name {names}.")
    others = sorted(reading.companies)
    if target.company and others and not (target.names | {target.company}) & reading.companies:
        yield Reason(
            "other_company", points["other_company"], others[0], None, "Names another company, not this one's."
        )


def _of_dates(reading: Reading, target: LinkTarget, points: Mapping[str, float]) -> Iterator[Reason]:
    published = reading.published
    if published is None or not target.all_dates:
        return
    gaps = [(gap_days(on, published), on) for on in target.all_dates]
    behind = [(gap, on) for gap, on in gaps if gap >= -_SAME_DAYS]
    coming = [(-gap, on) for gap, on in gaps if on == target.due and -_COMING <= gap < -_SAME_DAYS]
    if not behind and not coming:
        gap, on = max(gaps, key=lambda pair: pair[0])
        weight = points["ahead"] * (1 + min(_AHEAD_MOST, -gap / _AHEAD_STEP))
        yield Reason("ahead", weight, str(on), None, f"It happened {-gap} days later, on {on.words()}.")
        return
    days, on = min((*((max(0, gap), on) for gap, on in behind), *coming), key=lambda pair: (pair[0], str(pair[1])))
    exact = _sharpness(on) * _sharpness(published)
    weight = points["day"] * exact * math.exp(-days / points["day_falls"])
    weight += points["season"] * math.exp(-days / points["season_falls"])
    distance = "of the same time" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"
    yield Reason("date", weight, str(on), None, f"Published {published.words()}, {distance} from {on.words()}.")


def _of_times(weights: Weights, target: LinkTarget, index: TargetIndex, rules: LinkRules) -> Iterator[Reason]:
    reading = weights.reading
    best: tuple[float, TimeExpression] | None = None
    for expression in reading.times:
        worth = max((_worth(expression, on, rules.points) for on in target.all_dates), default=0.0)
        if worth > (best[0] if best else 0.0) and _fits(expression, weights, target, index, rules):
            best = (worth, expression)
    if best:
        weight, said = best
        yield Reason("when", weight, said.words, (said.start, said.end), f"It says “{said.words}” ({said.on.words()}).")
    elif reading.published and target.all_dates:
        distance = min(abs(gap_days(on, reading.published)) for on in target.all_dates)
        if distance > _FAR:
            yield Reason("far", rules.points["far"], "", None, "More than a year apart, and no word for the time.")
        if distance > _NEAR_YEAR and reading.years and not reading.years & target.years:
            years = ", ".join(str(year) for year in sorted(reading.years))
            yield Reason("other_year", rules.points["other_year"], years, None, f"Names only other years: {years}.")


def _worth(expression: TimeExpression, on: PartialDate, points: Mapping[str, float]) -> float:
    precision = expression.on.precision
    if precision is Precision.YEAR:
        return points["when_year"] if expression.on.overlaps(on) else 0.0
    if on.precision is Precision.YEAR:
        return 0.0
    if precision is Precision.DAY:
        return points["when_day"] * _sharpness(on) if expression.on.overlaps(on) else 0.0
    if expression.on.overlaps(on):
        return points["when_month"]
    return points["when_month"] / 2 if 0 < abs(gap_days(on, expression.on)) <= _ADJACENT else 0.0


def _fits(
    expression: TimeExpression, weights: Weights, target: LinkTarget, index: TargetIndex, rules: LinkRules
) -> bool:
    """Whether the sentence of a time expression speaks of the target: by a telling name, its words, or its kind."""
    reading = weights.reading
    number = next(
        (n for n, sentence in enumerate(reading.sentences) if sentence.start <= expression.start < sentence.end), None
    )
    if number is None:
        return False
    sentence = reading.sentences[number]
    inside = (m for m in reading.mentions if sentence.start <= m.start < sentence.end)
    if any(m.entity_id in target.names and index.name_rarity(m.entity_id) >= _TELLING for m in inside):
        return True
    if index.similarity(weights.sentences[number], target.id) < _FITTING:
        return False
    words = rules.kind_words.get(target.kind)
    return words is None or bool(words.search(reading.folded, sentence.start, sentence.end))


def _of_kind(reading: Reading, target: LinkTarget, rules: LinkRules) -> Iterator[Reason]:
    expected = sum(
        ranked.probability * rules.prior.get(ranked.event_type, {}).get(target.kind, 0.0) for ranked in reading.events
    )
    likely = reading.events[0].event_type.value.replace("_", " ") if reading.events else ""
    kind = target.kind.replace("_", " ")
    sentence = f"Reads like: {likely}; such documents are {'often' if expected > 0 else 'seldom'} about a {kind}."
    yield Reason("prior", rules.points["prior"] * expected, likely, None, sentence)
    words = rules.kind_words.get(target.kind)
    if words is None:
        return
    match = words.search(reading.folded)
    if match is None:
        yield Reason("no_kind_word", rules.points["no_kind_word"], kind, None, f"No word speaks of a {kind}.")
        return
    in_title = match.end() <= len(reading.title)
    code = "kind_word_title" if in_title else "kind_word_text"
    said = reading.document[match.start() : match.end()]
    place = "title" if in_title else "text"
    yield Reason(code, rules.points[code], said, match.span(), f"The {place} says “{said}”, a word for a {kind}.")


def _of_numbers(reading: Reading, target: LinkTarget, points: Mapping[str, float]) -> Iterator[Reason]:
    for identifier in target.identifiers:
        parts = re.findall(r"[a-z0-9]+", identifier.lower())
        match = re.search(r"\b" + r"[\s.:-]*".join(map(re.escape, parts)) + r"\b", reading.folded)
        if match:
            said = reading.document[match.start() : match.end()]
            yield Reason("identifier", points["identifier"], said, match.span(), f"Names {said}, its own number.")
            return
    if target.number:
        found = list(_NUMBER.finditer(reading.folded))
        numbers = {number for match in found for number in match.groups() if number}
        if target.number in numbers:
            yield Reason(
                "number",
                points["number"],
                target.number,
                None,
                f"Names item {target.number}, its number on the ballot.",
            )
        elif numbers:
            others = ", ".join(sorted(numbers))
            yield Reason("other_number", points["other_number"], others, None, f"Names item {others}, another number.")


def _sharpness(on: PartialDate) -> float:
    return _SHARPNESS.get(on.precision, 0.0)


def _first_of_each(reading: Reading, shared: Mapping[str, float]) -> list[Any]:
    first = {m.entity_id: m for m in reversed(reading.mentions) if m.entity_id in shared}
    return sorted(first.values(), key=lambda m: (-shared[m.entity_id], m.name))


def _listed(names: Sequence[str], most: int = 3) -> str:
    shown = list(names[:most])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _short(words: str, most: int = 160) -> str:
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"
