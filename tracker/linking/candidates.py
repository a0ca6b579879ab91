"""The few targets worth weighing for a document, found through the index and never by going through all targets.

Every list that is looked into is short (`TargetIndex`), and so is what is returned: fifty thousand targets cost hardly
more than five hundred. What a target is found by does not matter later; all that is found is weighed in full.
"""

from collections import defaultdict
from collections.abc import Iterable

from tracker.linking.facts import Facts
from tracker.linking.targets import Calendar, Profile
from tracker.linking.timing import Span

_WORDS = 24  # words looked up, the heaviest first
_NAMES = 16  # names looked up, the most telling first
_TIMES = 4  # time expressions at whose days targets are looked up
_NEAR = 12  # targets around a day
_BEST = 36  # targets kept
_OF_NEIGHBOURS = 6  # of how many the neighbours are taken as well
_NAME, _DAY = 0.25, 0.2  # what a name and a day count beside the cosine, which is 0 to 1
_SURE = 10.0


def candidates(facts: Facts, same_address: Iterable[str] = ()) -> list[Profile]:
    """Return the targets to weigh, in the order of the index; those of `same_address` are always among them."""
    index, worth = facts.index, _worth(facts)
    for target_id in same_address:
        if target_id in index.profiles:
            worth[index.profiles[target_id].number] += _SURE
    best = sorted(sorted(worth), key=worth.__getitem__, reverse=True)[:_BEST]
    chosen = set(best)
    for number in best[:_OF_NEIGHBOURS]:
        around = index.graph[index.in_order[number].target.id]
        chosen.update(index.profiles[target_id].number for target_id in sorted(around)[:_NEAR])
    return [index.in_order[number] for number in sorted(chosen)]


def _worth(facts: Facts) -> dict[int, float]:
    index, worth = facts.index, defaultdict[int, float](float)
    length = facts.whole.length or 1.0
    words = facts.whole.weights
    for term in sorted(words, key=words.__getitem__, reverse=True)[:_WORDS]:
        weight = words[term] / length
        for number, share in index.by_term[term]:
            worth[number] += weight * share
    spans = [facts.published] if facts.published else []
    spans += [time.span for time in facts.times[:_TIMES]]
    names = dict(facts.names)
    names |= {company: names.get(company, 0.0) for company in facts.companies}
    for name in sorted(names, key=lambda n: (-names[n], n))[:_NAMES]:
        if name in index.by_name:
            for number in _on(index.by_name[name], spans):
                worth[number] += _NAME * names[name] + _DAY
    if index.by_day and spans:
        for number in _on(index.by_day, spans[:1]):
            worth[number] += _DAY
    for word in facts.words & index.by_number.keys():
        for profile in index.by_number[word][:_NEAR]:
            if any(identifier.search(facts.reading.folded) for identifier in profile.identifiers):
                worth[profile.number] += _SURE
    return worth


def _on(calendar: Calendar, spans: list[Span]) -> set[int]:
    """Return the targets around any of the spans, and some without a day; without spans the latest."""
    found = set(calendar.undated[:_NEAR])
    for span in spans:
        found.update(calendar.around(span, _NEAR))
    return found if spans else found.union(calendar.numbers[-_NEAR:])
