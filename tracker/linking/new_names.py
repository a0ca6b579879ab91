"""Names that recur in documents and that nobody told us: capitalised words, told apart by the ordinary words near them.

A name is proposed when several documents have it inside a sentence. Headlines do not count, since every word has a
capital there, and neither does the first word of a sentence alone. It is of the kind that most occurrences speak for.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.vocab import NewNameKind as Kind
from tracker.domain.words import Tokens
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.local_offices import in_headline, is_no_name
from tracker.linking.mentions import PERSON, Mention
from tracker.linking.people import TITLES
from tracker.linking.words import LEGAL_SUFFIXES, plain, tokens_of

LEAST_DOCUMENTS = 3
_MOST_EXAMPLES = 3
_LONGEST, _LONGEST_OF_PERSON = 7, 3  # words of a name
_MOST_WORDS = 20_000  # of a document: names that matter stand in its beginning
_PARTICLES = frozenset({"de", "la", "del", "der", "den", "van", "von", "du", "des", "al", "bin"})
_CONNECT = frozenset({"of", "for", "on", "and", "the"})  # parts of an office's name, and what stands between two names
_SENTENCE_ENDS = '.!?:;\n"“”‘(•|'
_DAYS = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july"),
        *("august", "september", "october", "november", "december"),
    }
)
_EXAMPLE_ENDS = re.compile(r"[.!?]\s|\n")
_ALREADY_NAMED = 0.6  # of a name's documents that have a longer name with it inside: then only that one is proposed


_SAYS = {
    Kind.AGENCY: frozenset(
        {
            *("police", "department", "ministry", "commission", "commissioner", "council", "court", "authority"),
            *("agency", "bureau", "senate", "committee", "sheriff", "administration", "parliament", "tribunal"),
            *("constabulary", "legislature", "office", "directorate", "patrol", "county", "district"),
        }
    ),
    Kind.INVESTOR: frozenset(
        {
            *("capital", "investments", "investment", "asset", "fund", "funds", "pension", "retirement", "management"),
            *("shareholders", "investors", "sisters", "partners", "trust"),
        }
    ),
    Kind.ADVOCATE: frozenset(
        {
            *("foundation", "institute", "coalition", "alliance", "union", "association", "center", "centre"),
            *("project", "network", "campaign", "society", "rights", "watch", "justice", "liberties", "league"),
            *("initiative", "lab", "collective", "federation", "workers"),
        }
    ),
    Kind.COMPANY: LEGAL_SUFFIXES
    | frozenset({"technologies", "technology", "systems", "labs", "software", "security", "solutions", "ai", "stores"}),
}  # fmt: skip
_OF_A_PLACE = (
    _SAYS[Kind.AGENCY]
    | _SAYS[Kind.ADVOCATE]
    | {"bank", "university", "city", "state", "college", "church", "board", "house", "friends", "citizens", "sisters"}
)
_BEFORE = {
    "company": Kind.COMPANY, "vendor": Kind.COMPANY, "startup": Kind.COMPANY, "firm": Kind.COMPANY,
    "retailer": Kind.COMPANY, "contractor": Kind.COMPANY, "supplier": Kind.COMPANY, "chain": Kind.COMPANY,
    "group": Kind.ADVOCATE, "nonprofit": Kind.ADVOCATE, "charity": Kind.ADVOCATE, "organization": Kind.ADVOCATE,
    "organisation": Kind.ADVOCATE, "investor": Kind.INVESTOR, "shareholder": Kind.INVESTOR, "regulator": Kind.AGENCY,
}  # fmt: skip
_AFTER_PERSON = frozenset({"said", "says", "told", "wrote", "added", "argued", "testified", "tweeted"})


@dataclass(frozen=True, slots=True)
class Example:
    """One place where a new name stands: the document's id and the words around it."""

    document: int
    words: str


@dataclass(frozen=True, slots=True)
class NewName:
    """A name to propose: as it is written, what it seems to be, in how many documents, and some of the places."""

    name: str
    kind: Kind
    documents: int
    examples: tuple[Example, ...]


def new_names(
    documents: Iterable[tuple[int, str, str]], gazetteer: Gazetteer, *, least: int = LEAST_DOCUMENTS
) -> list[NewName]:
    """Return the unknown names that stand in `least` documents or more, those of most documents first.

    `documents` are id, title and text.
    """
    found: dict[tuple[str, ...], list[tuple[int, str, str, Kind]]] = defaultdict(list)
    for number, title, text in documents:
        for words, start, end, kind, document in _unknown(f"{title}\n{text}", gazetteer):
            example = _sentence(document, start, end)
            found[words].append((number, document[start:end], example, kind))
    spread = {words: {row[0] for row in rows} for words, rows in found.items()}
    holding: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in spread:
        for word in set(words):
            holding[word].append(words)
    often = {
        words: ids
        for words, ids in spread.items()
        if len(ids) >= least and not _in_longer(words, ids, holding[words[0]], spread)
    }
    names = [_proposed(found[words], len(ids)) for words, ids in often.items()]
    return sorted(names, key=lambda row: (-row.documents, row.name))


def _proposed(rows: Sequence[tuple[int, str, str, Kind]], documents: int) -> NewName:
    written = Counter(name for _, name, _, _ in rows).most_common(1)[0][0]
    kinds = Counter(kind for *_, kind in rows if kind is not Kind.UNCLEAR)
    examples = {number: Example(number, words) for number, _, words, _ in reversed(rows)}
    return NewName(
        " ".join(written.split()),
        kinds.most_common(1)[0][0] if kinds else Kind.UNCLEAR,
        documents,
        tuple(examples[number] for number in sorted(examples)[:_MOST_EXAMPLES]),
    )


def _in_longer(
    words: tuple[str, ...], ids: set[int], others: Iterable[tuple[str, ...]], spread: Mapping[tuple[str, ...], set[int]]
) -> bool:
    """Whether a name is mostly a part of a longer one: a surname after the full name, a short form."""
    longer = [
        other
        for other in others
        if len(other) > len(words) and any(other[n : n + len(words)] == words for n in range(len(other)))
    ]
    return any(len(ids & spread[other]) >= _ALREADY_NAMED * len(ids) for other in longer)


def _unknown(text: str, gazetteer: Gazetteer) -> Iterator[tuple[tuple[str, ...], int, int, Kind, str]]:
    """Yield every capitalised run of words that names nobody known: its words, place, kind, and the document."""
    tokens = tokens_of(text)
    found = gazetteer.find(text)
    # Offices of places are told by rule, and right by it; people told by rule may be worth a line of the list.
    known = {n for m in found if m.kind != PERSON or m.entity_id in gazetteer.entities for n in _numbers(tokens, m)}
    people = {mention.start for mention in found if mention.kind == PERSON}
    at, end = 0, min(len(tokens.words), _MOST_WORDS)
    while at < end:
        after = _run(at, tokens, text, known)
        if after == at:
            at += 1
            continue
        first = at
        while first < after and (is_no_name(tokens.words[first]) or tokens.words[first] in TITLES):
            first += 1
        if first < after and _is_a_name(first, after, tokens, text) and not in_headline(first, tokens, text):
            start, last = tokens.starts[first], after - 1
            finish = tokens.starts[last] + len(tokens.words[last])
            words = tokens.words[first:after]
            if plain(text[start:finish]) and not _is_told(words, text[start:finish], gazetteer):
                kind = Kind.PERSON if start in people else _kind(first, after, tokens)
                yield words, start, finish, kind, text
        at = after


def _is_told(words: tuple[str, ...], written: str, gazetteer: Gazetteer) -> bool:
    """Whether it is no name to propose: one we know, a place, a month."""
    return gazetteer.resolve(written) is not None or " ".join(words) in gazetteer.places or words[0] in _DAYS


def _numbers(tokens: Tokens, mention: Mention) -> range:
    first = bisect_left(tokens.starts, mention.start)
    return range(first, bisect_left(tokens.starts, mention.end))


def _run(at: int, tokens: Tokens, text: str, known: set[int]) -> int:
    """Return where the run of capitalised words that begins at word `at` ends; `at` itself when none begins there."""
    words, starts = tokens
    after = at
    number = at
    while number < min(len(words), at + _LONGEST) and number not in known and words[number] not in _DAYS:
        capital = text[starts[number]].isupper()
        if not capital and not (number > at and _goes_on(words[at:number], words[number])):
            break
        if number > at and not _joined(number, tokens, text):
            break
        number += 1
        after = number if capital else after
    return after


def _goes_on(run: Sequence[str], word: str) -> bool:
    """Whether a small word may stand inside the name begun: "Bank of ..." or "Centre for ...", not "Doe and ..."."""
    if word in _PARTICLES:
        return True
    return word in _CONNECT and not _OF_A_PLACE.isdisjoint(run)


def _joined(number: int, tokens: Tokens, text: str) -> bool:
    before = tokens.starts[number - 1] + len(tokens.words[number - 1])
    between = text[before : tokens.starts[number]]
    return between in {" ", "-", " & ", "'", "’"} or (between == ". " and len(tokens.words[number - 1]) == 1)


def _is_a_name(first: int, after: int, tokens: Tokens, text: str) -> bool:
    """Whether a run is surely a name: of several words, or one written as no ordinary word begins a sentence."""
    start, word = tokens.starts[first], tokens.words[first]
    if after - first > 1:
        return True
    if any(word in telling for telling in _SAYS.values()):  # "the Senate", "the Commission": which, only the place says
        return False
    written = text[start : start + len(word)]
    inner = any(char.isupper() for char in written[1:])
    inside = start > 0 and text[:start].rstrip(" ")[-1:] not in _SENTENCE_ENDS
    return len(written) > 2 and (inner or inside) and not written.isdigit()


def _kind(first: int, after: int, tokens: Tokens) -> Kind:
    words = tokens.words
    run = words[first:after]
    for place in (-1, 0):  # what it ends with tells more than what it begins with: "Liberty Capital", "Capital Watch"
        for kind, telling in _SAYS.items():
            if run[place] in telling:
                return kind
    if inside := next((kind for kind, telling in _SAYS.items() if not telling.isdisjoint(run)), None):
        return inside
    if 1 < len(run) <= _LONGEST_OF_PERSON and after < len(words) and words[after] in _AFTER_PERSON:
        return Kind.PERSON
    return _BEFORE.get(words[first - 1] if first else "", Kind.UNCLEAR)


def _sentence(text: str, start: int, end: int) -> str:
    ends = [found.end() for found in _EXAMPLE_ENDS.finditer(text, max(0, start - 200), start)]
    begin = ends[-1] if ends else max(0, start - 100)
    stop = _EXAMPLE_ENDS.search(text, end, end + 200)
    return " ".join(text[begin : stop.start() + 1 if stop else end + 100].split())
