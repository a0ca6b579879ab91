"""What speaks for and against one document bearing on one target: each signal a reason with points and words.

Points are log odds from `[link.points]` of `config/terms.toml`. A further shared name never takes points away, and a
date further off never gives any. Learning replaces the weights, not the signals: `code` is the name of the feature.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from tracker.domain.dates import Precision
from tracker.domain.reasons import Reason
from tracker.linking.facts import Facts, Time
from tracker.linking.targets import Profile
from tracker.linking.timing import Day, gap

_NEAR_YEAR = 200  # days: a document this near to the object may name any year
_FAR = 400  # days beyond which a document needs a word for the time to bear on an object
_TELLING = 0.25  # rarity from which a shared name makes a sentence speak of the target
_FITTING = 0.12  # cosine from which it does
_ADJACENT = 35  # days by which "last month" may be wrong
_WORDS_SHOWN = 3


def signals(facts: Facts, profile: Profile) -> list[Reason]:
    """Return every reason for or against, without bias, siblings and neighbours; zero points are left out."""
    found = [
        *_of_words(facts, profile),
        *_of_names(facts, profile),
        *_of_dates(facts, profile),
        *_of_times(facts, profile),
        *_of_kind(facts, profile),
        *_of_numbers(facts, profile),
    ]
    return [reason for reason in found if abs(reason.weight) > 1e-9]


def _of_words(facts: Facts, profile: Profile) -> Iterator[Reason]:
    points, whole = facts.rules.points, facts.whole.weights
    dots, covered = facts.overlaps
    common = sorted([(-weight * whole[term], term) for term, weight in profile.vector.items() if term in whole])
    shared = ", ".join([term for _, term in common[:_WORDS_SHOWN]])
    cosine = min(1.0, dots[profile.number] / facts.whole.length) if common else 0.0
    yield Reason("similarity", points["similarity"] * cosine, shared, None, f"Shares the words {shared}.")
    covering = min(1.0, covered[profile.number])
    sentence = f"Has {covering:.0%} of the telling words of its description."
    yield Reason("coverage", points["coverage"] * covering, shared, None, sentence)
    if closest := facts.closest(profile):
        number, cosine = closest
        words, span = facts.passage(number)
        yield Reason("passage", points["passage"] * cosine, words, span, f"One passage speaks of it: “{_short(words)}”")


def name_points(total: float, points: Mapping[str, float]) -> float:
    """Return the points of shared names that together tell `total`; each further one adds less."""
    return points["name"] * 2 * (1 - math.exp(-total / 2))


def _of_names(facts: Facts, profile: Profile) -> Iterator[Reason]:
    points = facts.rules.points
    shared = {name: facts.names[name] for name in profile.named if name in facts.names}
    if shared:
        total = sum(sorted(shared.values()))
        mention = facts.clearest_mentions[max(shared, key=lambda name: (shared[name], name))]
        firsts = sorted((facts.first_mentions[name] for name in shared), key=lambda m: (-shared[m.entity_id], m.name))
        names = _listed([mention.name for mention in firsts])
        span = mention.start, mention.end
        yield Reason("name", name_points(total, points), mention.text, span, f"Both name {names}.")
    if profile.target.company and facts.companies and profile.house.isdisjoint(facts.companies):
        sentence = "Names another company, not this one's."
        yield Reason("other_company", points["other_company"], facts.companies[0], None, sentence)


def _of_dates(facts: Facts, profile: Profile) -> Iterator[Reason]:
    fit, published = facts.fits[profile.number], facts.reading.published
    if fit is None or published is None:
        return
    weight, day, days = facts.of_dates[profile.number], fit.day, fit.days
    if fit.ahead:
        yield Reason("ahead", weight, day.written, None, f"It happened {days} days later, on {day.words}.")
        return
    distance = "of the same time" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"
    sentence = f"Published {facts.published_words}, {distance} from {day.words}."
    yield Reason("date", weight, day.written, None, sentence)


def time_points(facts: Facts, profile: Profile) -> float:
    """Return the points of the best time expression, were its sentence to fit, or of none where none comes near."""
    points = facts.rules.points
    best = max((_worth(time, day, points) for time in facts.times for day in profile.days), default=0.0)
    lost = sum(points[code] for code in _lacks(facts, profile))
    return max(best, lost) if best > 0 else lost


def _lacks(facts: Facts, profile: Profile) -> list[str]:
    """Return what speaks against a target far from the document whose time no word means, by code."""
    fit, years = facts.fits[profile.number], facts.reading.years
    if fit is None or fit.distance <= _NEAR_YEAR:
        return []
    far = ["far"] if fit.distance > _FAR else []
    return [*far, "other_year"] if years and years.isdisjoint(profile.years) else far


def _of_times(facts: Facts, profile: Profile) -> Iterator[Reason]:
    best: tuple[float, Time] | None = None
    for time in facts.times:
        worth = max((_worth(time, day, facts.rules.points) for day in profile.days), default=0.0)
        if worth > (best[0] if best else 0.0) and _fits(time, facts, profile):
            best = (worth, time)
    if best:
        weight, said = best[0], best[1].expression
        yield Reason("when", weight, said.words, (said.start, said.end), f"It says “{said.words}” ({said.on.words()}).")
        return
    for code in _lacks(facts, profile):
        years = ", ".join(str(year) for year in sorted(facts.reading.years)) if code == "other_year" else ""
        sentence = f"Names only other years: {years}." if years else "More than a year apart, and no word for the time."
        yield Reason(code, facts.rules.points[code], years, None, sentence)


def _worth(time: Time, day: Day, points: Mapping[str, float]) -> float:
    apart = abs(gap(day.span, time.span))
    if apart > _ADJACENT:
        return 0.0
    if time.precision is Precision.YEAR:
        return 0.0 if apart else points["when_year"]
    if day.precision is Precision.YEAR:
        return 0.0
    if time.precision is Precision.DAY:
        return 0.0 if apart else points["when_day"] * day.sharpness
    return points["when_month"] / 2 if apart else points["when_month"]


def _fits(time: Time, facts: Facts, profile: Profile) -> bool:
    """Whether the sentence of a time expression speaks of the target: by a telling name, its words, or its kind."""
    if any(facts.index.name_rarity(name) >= _TELLING for name in time.names & profile.target.names):
        return True
    if facts.closeness(profile).get(time.sentence, 0.0) < _FITTING:
        return False
    words = facts.rules.kind_words.get(profile.target.kind)
    sentence = facts.reading.sentences[time.sentence]
    return words is None or bool(words.search(facts.reading.folded, sentence.start, sentence.end))


def kind_points(kind: str, facts: Facts) -> float:
    """Return the points that a document gives to every target of a kind."""
    fit, points = facts.kind(kind), facts.rules.points
    return points["prior"] * fit.prior + (points[fit.code] if fit.code else 0.0)


def _of_kind(facts: Facts, profile: Profile) -> Iterator[Reason]:
    reading, points = facts.reading, facts.rules.points
    fit = facts.kind(profile.target.kind)
    likely = reading.events[0].event_type.value.replace("_", " ") if reading.events else ""
    kind = profile.target.kind.replace("_", " ")
    sentence = f"Reads like: {likely}; such documents are {'often' if fit.prior > 0 else 'seldom'} about a {kind}."
    yield Reason("prior", points["prior"] * fit.prior, likely, None, sentence)
    if fit.word is not None:
        said = reading.document[fit.word.start() : fit.word.end()]
        place = "title" if fit.in_title else "text"
        sentence = f"The {place} says “{said}”, a word for a {kind}."
        yield Reason(fit.code, points[fit.code], said, fit.word.span(), sentence)
    elif fit.code:
        yield Reason(fit.code, points[fit.code], kind, None, f"No word speaks of a {kind}.")


def _of_numbers(facts: Facts, profile: Profile) -> Iterator[Reason]:
    reading, points, number = facts.reading, facts.rules.points, profile.target.number
    for identifier in profile.identifiers:
        if match := identifier.search(reading.folded):
            said = reading.document[match.start() : match.end()]
            yield Reason("identifier", points["identifier"], said, match.span(), f"Names {said}, its own number.")
            return
    if not number or not facts.numbers:
        return
    if number in facts.numbers:
        yield Reason("number", points["number"], number, None, f"Names item {number}, its number on the ballot.")
    else:
        others = ", ".join(sorted(facts.numbers))
        yield Reason("other_number", points["other_number"], others, None, f"Names item {others}, another number.")


def _listed(names: Sequence[str], most: int = 3) -> str:
    shown = list(names[:most])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _short(words: str, most: int = 160) -> str:
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"
