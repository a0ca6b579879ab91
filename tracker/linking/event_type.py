"""What happened, by scored cues: title counts most, then the first sentence, then the rest; the form is a prior.

Cues and weights are in `config/terms.toml`. Names are replaced by their role before matching, so that a cue can say who
acts ("{company} says", "{regulator} fines"): most confusions between types are confusions of actors, not of words.
What no cue tells, the words tell by how they are used in examples (`event_words`).
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tracker.domain.errors import ConfigError
from tracker.domain.reasons import Reason
from tracker.domain.vocab import EventType
from tracker.domain.words import Tokens
from tracker.linking.event_words import EventWords, Used
from tracker.linking.mentions import PERSON, PRODUCT, Mention
from tracker.linking.sieve import Sieve
from tracker.linking.words import fold, tokens_of

# One letter per role, from a script that no source here uses: a letter, so that word borders hold. A name is
# overwritten by as many of them as it has characters, so offsets stay true.
_ROLES = (
    *("company", "agency", "regulator", "court", "lawmaker", "advocate"),
    *("investor", "adviser", "publisher", "product", "person"),
)
_MARK = {role: chr(0xA000 + number) for number, role in enumerate(_ROLES)}
_MARKED = {role: role for role in _ROLES} | {"vendor": "company", "issuer": "company"}
_GAP = r"[^.;!?]{0,60}?"
_MOST_TEXT = 500  # characters of a text in which cues are looked for
_FURTHER = 0.5  # what each further cue of one type and place is worth of the one before
_Counted = tuple[float, str, int, int]  # points of a cue, the place it stands in, and where in the document
_PLACES = ("title", "first", "rest")
_ALSO = 0.1  # probability from which a further type is worth an editor's look
_EXPLAINED = 3  # types whose words are told one by one: those that an editor is offered
_WORDS_TOLD = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern: what it speaks for, its points before the place counts, where it may stand, and what silences it."""

    event_type: EventType
    pattern: re.Pattern[str]
    weight: float
    where: tuple[str, ...] = _PLACES
    unless: re.Pattern[str] | None = None


class Ranked(NamedTuple):
    """One type with its probability (all types together make 1) and its reasons, strongest first.

    Only those that an editor may be offered, the likeliest, have reasons.
    """

    event_type: EventType
    probability: float
    reasons: tuple[Reason, ...]


class EventRules:
    """The compiled `[event_type]` part of `config/terms.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Compile; raises ConfigError naming the type and pattern at fault."""
        self.base = {EventType(name): float(points) for name, points in table.get("base", {}).items()}
        self.sharpness = float(table.get("sharpness", 1.0))
        self.places = {name: float(factor) for name, factor in table["places"].items()}
        self.kinds = _priors(table.get("kind", {}))
        self.forms = _priors(table.get("form", {}))
        self.cues = tuple(_cue(name, row) for name, rows in table["cues"].items() for row in rows)
        self.sieve = Sieve([cue.pattern for cue in self.cues])
        learned = table.get("words", {"weight": 0.0, "text": 0.0, "pull": 1.0})
        self.word_weight = float(learned["weight"])
        self.words = EventWords.from_config(learned, table.get("examples", {}), table.get("decided"))

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "EventRules":
        """Build from the parsed file; its part may hold `examples` (event_examples.toml) and what was `decided`.

        Raises ConfigError when a part is missing or a type is unknown.
        """
        try:
            return cls(tables["event_type"])
        except (KeyError, ValueError) as error:
            raise ConfigError(f"terms.toml: [event_type]: {error}; compare it with the file as shipped") from error


def rank(
    title: str, text: str, mentions: Iterable[Mention], rules: EventRules, *, kind: str = "", form: str = ""
) -> tuple[Ranked, ...]:
    """Return every event type, likeliest first, for a document whose names were found in `title + newline + text`.

    `kind` is a DocumentKind value, `form` the form type of a filing; both may be empty.
    """
    document = f"{title}\n{text}"
    roles, end = _spans(mentions), _end_of_telling(document, len(title))
    parts = _parts(_marked(document[:end], roles), len(title))
    tokens, marks = tokens_of(document), [(_MARK[role], start) for start, _, role in roles]
    points: dict[EventType, float] = {event_type: rules.base.get(event_type, 0.0) for event_type in EventType}
    priors = (("kind", kind, rules.kinds.get(kind, {})), ("form", form, rules.forms.get(form.upper(), {})))
    for _, _, weights in priors:
        for event_type, weight in weights.items():
            points[event_type] += weight
    cues: dict[EventType, list[_Counted]] = {}
    for place, (start, part) in parts.items():
        # The words of names are left in, though marks cover them: no cue is found in one, and none is missed.
        inside = tokens.between(start, start + len(part)).joined(m for m in marks if start <= m[1] < start + len(part))
        for event_type, found in _hits(part, place, inside, start, rules).items():
            for step, (weight, (begin, stop)) in enumerate(sorted(found, key=lambda f: (-f[0], f[1]))):
                worth = weight * rules.places[place] * _FURTHER**step
                points[event_type] += worth
                cues.setdefault(event_type, []).append((worth, place, start + begin, start + stop))
    used = rules.words.known(document, len(title), roles)
    told = rules.words.told(used)
    for event_type, worth in told.items():
        points[event_type] += rules.word_weight * worth
    offered = sorted(points, key=lambda t: -points[t])[:_EXPLAINED]
    weightiest = rules.words.weightiest(used, {event_type: told[event_type] for event_type in offered}, _WORDS_TOLD)
    # Only what an editor is offered is put into words: that costs as much as all the arithmetic.
    reasons = {
        event_type: [
            *(_from_prior(*prior, event_type) for prior in priors if event_type in prior[-1]),
            *(_from_cue(document, *cue) for cue in cues.get(event_type, ())),
            *_from_words(document, used, chosen, rest, rules.word_weight),
        ]
        for event_type, (chosen, rest) in weightiest.items()
    }
    return _ranked(points, reasons, rules.sharpness)


def _from_prior(source: str, name: str, weights: Mapping[EventType, float], event_type: EventType) -> Reason:
    return Reason(source, weights[event_type], name, None, f"Its {source} is {name}.")


def _from_cue(document: str, worth: float, place: str, start: int, end: int) -> Reason:
    words = document[start:end]
    return Reason("cue", worth, words, (start, end), f"The {_named(place)} says “{words}”.")


def further(ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Return what else may have happened besides the first: one document may tell of several events."""
    return tuple(row for row in ranked[1:_EXPLAINED] if row.probability >= _ALSO)


def _from_words(
    document: str, used: Mapping[str, Used], chosen: Iterable[tuple[float, str]], rest: float, weight: float
) -> Iterator[Reason]:
    """Yield what the words of a document count for a type: the weightiest one by one, the others in one sum."""
    for given, name in chosen:
        _, start, end = used[name]
        words = document[start:end]
        yield Reason("word", weight * given, words, (start, end), f"Such news often says “{words}”.")
    if rest:
        sentence = "The rest of its wording fits." if rest > 0 else "Against: the rest of its wording fits less well."
        yield Reason("words", weight * rest, "", None, sentence)


def _ranked(
    points: Mapping[EventType, float], reasons: Mapping[EventType, list[Reason]], sharpness: float
) -> tuple[Ranked, ...]:
    top = max(points.values())
    shares = {event_type: math.exp(sharpness * (value - top)) for event_type, value in points.items()}
    total = sum(shares.values())
    likeliest = sorted((-share / total, event_type) for event_type, share in shares.items())
    return tuple(
        [Ranked(event_type, -share, _heaviest_first(reasons.get(event_type, ()))) for share, event_type in likeliest]
    )


def _heaviest_first(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda r: (-r.weight, r.words)) if len(reasons) > 1 else reasons)


def _hits(
    part: str, place: str, tokens: Tokens, start: int, rules: EventRules
) -> dict[EventType, list[tuple[float, tuple[int, int]]]]:
    found: dict[EventType, list[tuple[float, tuple[int, int]]]] = {}
    for number, match in rules.sieve.search(part, tokens, start):
        cue = rules.cues[number]
        if place in cue.where and not (cue.unless and cue.unless.search(part)):
            found.setdefault(cue.event_type, []).append((cue.weight, match.span()))
    return found


def used_words(title: str, text: str, mentions: Iterable[Mention], rules: EventRules) -> dict[str, Used]:
    """Return the words of a document as they are counted when a person said what happened in it."""
    return rules.words.used(f"{title}\n{text}", len(title), _spans(mentions))


def with_roles(document: str, mentions: Iterable[Mention]) -> str:
    """Return the folded document with every name overwritten by the mark of its role, as cues read it."""
    return _marked(document, _spans(mentions))


def _marked(document: str, roles: Iterable[tuple[int, int, str]]) -> str:
    folded, at = fold(document), 0
    parts: list[str] = []
    for start, end, role in sorted(roles):
        begin, stop = max(start, at), min(end, len(folded))
        if begin < stop:
            parts += folded[at:begin], _MARK[role] * (stop - begin)
            at = stop
    return "".join([*parts, folded[at:]])


def _end_of_telling(document: str, title_end: int) -> int:
    """Return where the part ends that says what happened: cues further down are background, and other events."""
    most = title_end + 1 + _MOST_TEXT
    if len(document) <= most:
        return len(document)
    space = max(document.rfind(" ", title_end + 1, most), document.rfind("\n", title_end + 1, most))
    return space if space >= 0 else most


def _spans(mentions: Iterable[Mention]) -> list[tuple[int, int, str]]:
    """Return the place and the role of every name really written that has a role cues know."""
    found = []
    for mention in mentions:
        if not mention.implied_by:
            role = next((_MARKED[role] for role in _roles(mention) if role in _MARKED), "")
            if role:
                found.append((mention.start, mention.end, role))
    return found


def _roles(mention: Mention) -> Sequence[str]:
    return (mention.kind,) if mention.kind in {PERSON, PRODUCT} else mention.roles


def _parts(document: str, title_end: int) -> dict[str, tuple[int, str]]:
    """Return title, first sentence and rest, each with its place in the document."""
    start = title_end + 1
    while start < len(document) and document[start].isspace():
        start += 1
    end = _SENTENCE_END_FOLDED.search(document, start)
    first_end = end.end() if end else len(document)
    return {
        "title": (0, document[:title_end]),
        "first": (start, document[start:first_end]),
        "rest": (first_end, document[first_end:]),
    }


_SENTENCE_END_FOLDED = re.compile(r"(?<=[a-z0-9)\"'%\ua000-\ua0ff]{2})[.!?][\"']?(?=\s)|\n")


def _cue(name: str, row: Sequence[Any]) -> Cue:
    where = tuple(row[2]) if len(row) > 2 else _PLACES
    unless = _pattern(name, row[3]) if len(row) > 3 else None
    return Cue(EventType(name), _pattern(name, row[0]), float(row[1]), where, unless)


def _pattern(name: str, source: str) -> re.Pattern[str]:
    roles = {role: f"{mark}+" for role, mark in _MARK.items()}
    filled = source
    for role, mark in {**roles, "gap": _GAP}.items():
        filled = filled.replace("{" + role + "}", mark)
    try:
        return re.compile(filled)
    except re.error as error:
        raise ConfigError(f"terms.toml: the cue {source!r} of {name} is no regular expression: {error}") from error


def _priors(table: Mapping[str, Mapping[str, float]]) -> dict[str, dict[EventType, float]]:
    return {name: {EventType(t): float(points) for t, points in row.items()} for name, row in table.items()}


def _named(place: str) -> str:
    return {"title": "title", "first": "first sentence", "rest": "text"}[place]
