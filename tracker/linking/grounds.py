"""The points of a candidate in words: one reason for every feature that counted, and together they are the score.

A reason carries the document's own words and their place where it has any, and names what it met on the object's side.
"""

from collections.abc import Callable, Mapping, Sequence

from tracker.domain.additive import BIAS
from tracker.domain.reasons import Reason
from tracker.domain.text import plural
from tracker.linking.facts import Facts
from tracker.linking.features import Measured
from tracker.linking.scoring import Weighed
from tracker.linking.targets import TargetIndex

_WORDS_SHOWN = 3
_COUNTS = 1e-9
_KIND = "kind_"
_FIXED = {
    BIAS: "Before anything is known of it.",
    "other_company": "Names another company, not this one's.",
    "no_party": "None of the object's parties is named.",
    "own": "It was published by a party to the object.",
    "no_date": "One of the two has no date.",
    "far": "More than a year apart, and no word for the time.",
    "address": "It is the very page given as evidence of the object.",
}
# Features that count more or less for a kind of object (`features.BY_KIND`); those that speak for a link at all.
_FOR_KIND = {
    "day": "nearness of the day counts {}",
    "season": "nearness in the year counts {}",
    "no_party": "it counts {} that no party is named",
}
_SPEAKS_FOR = frozenset({"day", "season"})
_Said = tuple[str, tuple[int, int] | None, str]


def reasons(facts: Facts, row: Weighed) -> tuple[Reason, ...]:
    """Return every reason, heaviest first and the bias last; their weights sum to the points of the candidate."""
    found = []
    for code, weight in row.points.items():
        if abs(weight) > _COUNTS:
            words, span, sentence = _said(code, facts, row)
            found.append(Reason(code, weight, words, span, sentence))
    return tuple(sorted(found, key=lambda r: (r.code == BIAS, -abs(r.weight), r.code, r.words)))


def _said(code: str, facts: Facts, row: Weighed) -> _Said:
    if code in _FIXED:
        return "", None, _FIXED[code]
    if code in _OF_PAIR:
        return _OF_PAIR[code](facts, row.measured)
    if code in _OF_OTHERS:
        return _OF_OTHERS[code](row, facts.index)
    kind = row.measured.profile.target.kind.replace("_", " ")
    if code.startswith(_KIND):
        return kind, None, f"Links to {_a(kind)} are {'more' if row.points[code] > 0 else 'less'} common."
    if (told := code.removesuffix(f"_{row.measured.profile.target.kind}")) in _FOR_KIND:
        more = "more" if (row.points[code] > 0) == (told in _SPEAKS_FOR) else "less"
        return kind, None, f"For {_a(kind)} {_FOR_KIND[told].format(more)}."
    return "", None, code.replace("_", " ").capitalize() + "."


def _common(facts: Facts, found: Measured) -> str:
    vector, weights = found.profile.vector, facts.whole.weights
    common = sorted([(-vector[term] * weights[term], term) for term in vector.keys() & weights.keys()])
    return ", ".join([term for _, term in common[:_WORDS_SHOWN]])


def _similarity(facts: Facts, found: Measured) -> _Said:
    common = _common(facts, found)
    return common, None, f"Shares the words {common}."


def _coverage(facts: Facts, found: Measured) -> _Said:
    share = found.features["coverage"]
    return (
        _common(facts, found),
        None,
        f"It has {share:.0%} of the words of the object's description that tell something.".replace("%", " %"),
    )


def _passage(facts: Facts, found: Measured) -> _Said:
    words, span = facts.passage(found.sentence or 0)
    return words, span, f"One passage speaks of it: {_quoted(words)}"


def _title(facts: Facts, _: Measured) -> _Said:
    words, span = facts.passage(0)
    return words, span, f"Its title speaks of it: {_quoted(words)}"


def _title_named(_: Facts, found: Measured) -> _Said:
    title = found.profile.target.title
    return (
        title,
        None,
        f"A sentence has {found.features['title_named']:.0%} of the words of “{_short(title)}”.".replace("%", " %", 1),
    )


def _name(facts: Facts, found: Measured) -> _Said:
    shared, clearest = found.shared, facts.clearest_mentions
    order = sorted(shared, key=lambda name: (-shared[name], clearest[name].name))
    mention = clearest[order[0]]
    listed = _listed([clearest[name].name for name in order])
    return mention.text, (mention.start, mention.end), f"Both name {listed}."


def _dates(facts: Facts, found: Measured) -> _Said:
    fit, published = found.fit, facts.reading.published
    if fit is None or published is None:
        return "", None, _FIXED["no_date"]
    if fit.days:
        distance = f"{plural(fit.days, 'day')} from {fit.day.words}"
    else:
        distance = "its own day" if fit.day.words == published.words() else f"at the time of it, {fit.day.words}"
    return fit.day.written, None, f"Published {published.words()}, {distance}."


def _ahead(_: Facts, found: Measured) -> _Said:
    fit = found.fit
    if fit is None:
        return "", None, _FIXED["no_date"]
    return fit.day.written, None, f"It happened {fit.days} days later, on {fit.day.words}."


def _eve(_: Facts, found: Measured) -> _Said:
    day = found.fit.day if found.fit else None
    return (day.written if day else ""), None, "It happened only after this was published."


def _when(_: Facts, found: Measured) -> _Said:
    if found.time is None:
        return "", None, "It says when."
    said = found.time.expression
    return said.words, (said.start, said.end), f"It says “{said.words}” ({said.on.words()})."


def _dated_kind(facts: Facts, found: Measured) -> _Said:
    words, span, sentence = _when(facts, found)
    kind = found.profile.target.kind.replace("_", " ")
    return words, span, f"{sentence[:-1]} right beside a word for {_a(kind)}."


def _other_year(facts: Facts, _: Measured) -> _Said:
    years = ", ".join(str(year) for year in sorted(facts.reading.years))
    return years, None, f"Names only other years: {years}."


def _prior(facts: Facts, found: Measured) -> _Said:
    events, kind = facts.reading.events, found.profile.target.kind.replace("_", " ")
    likely = events[0].event_type.value.replace("_", " ") if events else ""
    often = "often" if found.features["prior"] > 0 else "seldom"
    return likely, None, f"It reads like news of the kind “{likely}”, which is {often} about {_a(kind)}."


def _kind_word(facts: Facts, found: Measured) -> _Said:
    kind = found.profile.target.kind
    match = facts.kind_words[kind][0]
    said = facts.reading.document[match.start() : match.end()]
    place = "title" if match.end() <= len(facts.reading.title) else "text"
    return said, match.span(), f"The {place} says “{said}”, a word for {_a(kind.replace('_', ' '))}."


def _kind_word_passage(facts: Facts, found: Measured) -> _Said:
    kind = found.profile.target.kind
    match = next(m for m in facts.kind_words[kind] if facts.sentence_at(m.start()) == found.sentence)
    said = facts.reading.document[match.start() : match.end()]
    return said, match.span(), f"That passage says “{said}”, a word for {_a(kind.replace('_', ' '))}."


def _no_kind_word(_: Facts, found: Measured) -> _Said:
    kind = found.profile.target.kind.replace("_", " ")
    return kind, None, f"No word speaks of {_a(kind)}."


def _identifier(facts: Facts, found: Measured) -> _Said:
    span = found.identifier or (0, 0)
    said = facts.reading.document[span[0] : span[1]]
    return said, span, f"Names {said}, its own number."


def _number(_: Facts, found: Measured) -> _Said:
    number = found.profile.target.number
    return number, None, f"Names item {number}, its number on the ballot."


def _other_number(facts: Facts, _: Measured) -> _Said:
    others = ", ".join(sorted(facts.numbers))
    return others, None, f"Names item {others}, another number."


def _neighbour(row: Weighed, index: TargetIndex) -> _Said:
    title = _short(index.targets[row.lender].title)
    fits = "fits as well" if row.among["neighbour"] >= 0.5 else "fits little"
    return title, None, f"It belongs with “{title}”, which {fits}."


def _neighbour_seldom(row: Weighed, index: TargetIndex) -> _Said:
    kind = index.targets[row.target_id].kind.replace("_", " ")
    return kind, None, f"What it belongs with may be meant alone: such news is seldom about {_a(kind)}."


def _behind_kind(row: Weighed, index: TargetIndex) -> _Said:
    title = _short(index.targets[row.rival].title)
    return title, None, f"“{title}”, of the same kind, fits better."


def _behind_best(row: Weighed, index: TargetIndex) -> _Said:
    title = _short(index.targets[row.leader].title)
    return title, None, f"“{title}” fits the document best."


def _better(_row: Weighed, _index: TargetIndex) -> _Said:
    return "", None, "Other objects fit the document better."


def _better_passage(_row: Weighed, _index: TargetIndex) -> _Said:
    return "", None, "Other objects fit that passage better."


_OF_PAIR: Mapping[str, Callable[[Facts, Measured], _Said]] = {
    "similarity": _similarity, "coverage": _coverage, "passage": _passage, "title": _title,
    "title_named": _title_named, "name": _name, "day": _dates, "season": _dates, "ahead": _ahead, "eve": _eve,
    "when": _when, "dated_kind": _dated_kind, "other_year": _other_year, "prior": _prior, "kind_word_title": _kind_word,
    "kind_word_text": _kind_word, "kind_word_passage": _kind_word_passage, "no_kind_word": _no_kind_word,
    "identifier": _identifier, "number": _number, "other_number": _other_number,
}  # fmt: skip
_OF_OTHERS: Mapping[str, Callable[[Weighed, TargetIndex], _Said]] = {
    "neighbour": _neighbour, "neighbour_expected": _neighbour, "neighbour_seldom": _neighbour_seldom,
    "behind_best": _behind_best, "behind_kind": _behind_kind, "better": _better, "better_passage": _better_passage,
}  # fmt: skip


def _quoted(words: str) -> str:
    short = _short(words)
    return f"“{short}”" if short.endswith((".", "!", "?", "…")) else f"“{short}”."


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeio' else 'a'} {noun}"


def _listed(names: Sequence[str], most: int = 3) -> str:
    shown = list(names[:most])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _short(words: str, most: int = 160) -> str:
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"
