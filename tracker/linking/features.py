"""What speaks for and against one document bearing on one target, as numbers by name, and where in the text it stands.

Weights stand in `[link.points]` of `config/terms.toml` under the same names, or in a learned model. What is not known
(a target without a day, without parties) has features of its own or none: it is no contradiction. A further shared name
never makes a feature worse, and a date further off never makes one better. Wording is left to `grounds`, since most
pairs of document and target are weighed and never shown.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from tracker.domain.dates import Precision
from tracker.linking.facts import Facts, Time
from tracker.linking.targets import Profile
from tracker.linking.timing import Day, Fit, gap, nearest

# What these tell differs by the kind of object: a letter without its sender is another letter, a resolution is told of
# without its filer; a letter is reported at once, a meeting for weeks. They count by themselves and once more by kind.
BY_KIND = ("day", "season", "no_party")

_DAY_FALLS, _SEASON_FALLS = 12.0, 160.0  # days in which what nearness tells falls to a third
_AHEAD_STEP, _AHEAD_MOST = 90, 2  # days that count once more against a target that lies ahead, how often at most
_NEAR_YEAR = 200  # days: a document this near to the object may name any year
_FAR = 400  # days beyond which a document needs a word for the time to bear on an object
_TELLING = 0.25  # rarity from which a shared name makes a sentence speak of the target
_FITTING = 0.12  # cosine from which it does
_ADJACENT = 35  # days by which "last month" may be wrong
_BESIDE = 45  # letters between a word for the kind and one for the time that belong together
_DIGITS, _ABOUT = 9, 1e-8  # digits after the point by which two sentences are told apart; more than these can hide
_MONTH_OFF, _TO_MONTH, _TO_YEAR = 0.35, 0.7, 0.4  # what a word for a time tells that means the day less exactly


@dataclass(slots=True)
class Measured:
    """The features of one pair, and the evidence they rest on: sentence, time, fit of days, what was shared."""

    profile: Profile
    features: dict[str, float]
    sentence: int | None = None
    time: Time | None = None
    fit: Fit | None = None
    shared: dict[str, float] = field(default_factory=dict)
    identifier: tuple[int, int] | None = None


def measure(facts: Facts, profile: Profile) -> Measured:
    """Return the features of a document and a target, those that are 0 left out."""
    found = Measured(profile, {})
    closeness = _of_words(facts, found)
    _of_names(facts, found)
    _of_dates(facts, found)
    _of_times(facts, found, closeness)
    _of_kind(facts, found)
    _of_numbers(facts, found)
    features, kind = found.features, profile.target.kind
    features |= {f"{code}_{kind}": features[code] for code in BY_KIND if code in features}
    return found


def _of_words(facts: Facts, found: Measured) -> Sequence[float]:
    """Add what words tell; return how close each sentence is to the target."""
    spoken, closeness = facts.spoken, [0.0] * len(facts.sentences)
    dot = covered = 0.0
    for term, weight in found.profile.vector.items():
        if term in spoken:
            said, places = spoken[term]
            dot += weight * said
            covered += weight * weight
            for number, share in places:
                closeness[number] += weight * share
    if not dot:
        return closeness
    features = found.features
    features["similarity"] = min(1.0, dot / facts.whole.length)
    features["coverage"] = min(1.0, covered)
    if closest := max(closeness, default=0.0):
        found.sentence = _first_of(closeness, closest)
        features["passage"] = min(1.0, closeness[found.sentence])
        features["title"] = min(1.0, closeness[0])
    if named := _title_named(facts, found.profile):
        features["title_named"] = named
    return closeness


def _first_of(closeness: Sequence[float], closest: float) -> int:
    """Return the first sentence that is as close as the closest one, the last digits left aside."""
    about = closest - _ABOUT  # rounding is dear, so what is surely less is not rounded
    for number, close in enumerate(closeness):
        if close >= about and (close == closest or round(close, _DIGITS) == round(closest, _DIGITS)):
            return number
    raise ValueError(f"no sentence is as close as {closest}")


def _title_named(facts: Facts, profile: Profile) -> float:
    """Return the most that one sentence has of the words of the target's title or of an alias, 0 to 1."""
    best, holding = 0.0, facts.holding
    for title in profile.titles:
        said = [(share, holding[term], term) for term, share in title.items() if term in holding]
        total = sum([share for share, _, _ in said])
        if total <= best:  # all sentences together have no more
            continue
        if reduce(and_, [sentences for _, sentences, _ in said]):  # one sentence has all of it
            best = total
            continue
        sums = [0.0] * len(facts.sentences)
        for share, _, term in said:
            for number, _ in facts.standing[term]:
                sums[number] += share
        best = max(best, *sums)
    return min(1.0, best)


def _of_names(facts: Facts, found: Measured) -> None:
    profile, features = found.profile, found.features
    names = facts.names
    found.shared = {name: names[name] for name in profile.named & names.keys()}
    if found.shared:
        features["name"] = 2 * (1 - math.exp(-sum(sorted(found.shared.values())) / 2))
    if profile.parties and profile.parties.isdisjoint(facts.reading.names):
        features["no_party"] = 1.0
    if not profile.parties.isdisjoint(facts.reading.publisher):
        features["own"] = 1.0
    if profile.target.company and facts.companies and profile.house.isdisjoint(facts.companies):
        features["other_company"] = 1.0


def _of_dates(facts: Facts, found: Measured) -> None:
    published = facts.published
    fit = found.fit = nearest(found.profile.days, published) if published else None
    if fit is None:
        found.features["no_date"] = 1.0
    elif fit.ahead:
        found.features["ahead"] = 1 + min(_AHEAD_MOST, fit.days / _AHEAD_STEP)
    else:
        found.features["day"] = facts.sharpness * fit.day.sharpness * math.exp(-fit.days / _DAY_FALLS)
        found.features["season"] = math.exp(-fit.days / _SEASON_FALLS)
        if fit.eve:
            found.features["eve"] = 1.0


def _of_times(facts: Facts, found: Measured, closeness: Sequence[float]) -> None:
    """Add the best word for a time that means one of the target's days, or what its absence tells."""
    profile, best = found.profile, 0.0
    for time in facts.times:
        near = [
            _worth(time, day, apart) for day in profile.days if (apart := abs(gap(day.span, time.span))) <= _ADJACENT
        ]
        worth = max(near) if near else 0.0
        if worth > best and (beside := _speaks_of(time, facts, profile, closeness)) is not None:
            best, found.time = worth, time
            found.features["when"] = worth
            if beside:
                found.features["dated_kind"] = worth
            else:
                found.features.pop("dated_kind", None)
    fit = found.fit
    if best or fit is None or fit.distance <= _NEAR_YEAR:
        return
    if fit.distance > _FAR:
        found.features["far"] = 1.0
    if facts.reading.years and facts.reading.years.isdisjoint(profile.years):
        found.features["other_year"] = 1.0


def _worth(time: Time, day: Day, apart: int) -> float:
    """Return how well a word for a time means a day so many days `apart`, 0 to 1."""
    if time.precision is Precision.YEAR:
        return 0.0 if apart else _TO_YEAR
    if day.precision is Precision.YEAR:
        return 0.0
    if time.precision is Precision.DAY:
        return 0.0 if apart else day.sharpness
    return _MONTH_OFF if apart else _TO_MONTH


def _speaks_of(time: Time, facts: Facts, profile: Profile, closeness: Sequence[float]) -> bool | None:
    """Say whether the sentence of a time speaks of the target, True if a word for its kind stands beside the time.

    It does by a telling name of it, or by its words together with a word for its kind.
    """
    number, said, kind = time.sentence, time.expression, profile.target.kind
    words = facts.kind_words.get(kind, ())
    beside = any(match.start() - said.end <= _BESIDE and said.start - match.end() <= _BESIDE for match in words)
    names = facts.names_of_sentences[number]
    rarity = facts.index.name_rarity
    if any(rarity(name) >= _TELLING for name in names & profile.target.names):
        return beside
    company = profile.target.company
    if beside and (not company or company in names or company in facts.names_of_sentences[0]):
        return True
    known = kind in facts.rules.kind_words
    if closeness[number] >= _FITTING and (not known or number in facts.kinds_of_sentences.get(kind, ())):
        return beside
    return None


def _of_kind(facts: Facts, found: Measured) -> None:
    kind, features = found.profile.target.kind, found.features
    if expected := facts.expected.get(kind, 0.0):
        features["prior"] = expected
    features[f"kind_{kind}"] = 1.0
    if kind not in facts.rules.kind_words:
        return
    words = facts.kind_words.get(kind)
    if not words:
        features["no_kind_word"] = 1.0
    else:
        in_title = words[0].end() <= len(facts.reading.title)
        features["kind_word_title" if in_title else "kind_word_text"] = 1.0
        if found.sentence in facts.kinds_of_sentences[kind]:
            features["kind_word_passage"] = 1.0


def _of_numbers(facts: Facts, found: Measured) -> None:
    profile, number = found.profile, found.profile.target.number
    for identifier in profile.identifiers:
        if match := identifier.search(facts.reading.folded):
            found.identifier = match.span()
            found.features["identifier"] = 1.0
            return
    if number and facts.numbers:
        found.features["number" if number in facts.numbers else "other_number"] = 1.0
