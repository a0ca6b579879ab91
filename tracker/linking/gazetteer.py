"""Recognise known names: longest match from the first word on, at no cost per name in the list.

A name matches whole words only, whatever stands between them (hyphen, full stop, ampersand), with curly quotes,
accents and legal suffixes folded. A word written with a capital needs one in the text, but for ordinary words of an
office; an acronym, or a name listed as case-sensitive, needs every letter as written; an ambiguous one also needs a
second cue in the document. A surname alone is nobody's when another given name stands before it.

Names are looked up by their words, in tables that answer in the same time however many names they hold. It is what an
Aho-Corasick automaton over characters would give, and cheaper here: the words are there for the other stages anyway.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, Self

from tracker.domain.errors import ConfigError
from tracker.domain.words import Tokens
from tracker.linking.known_names import Alias, alias, given_names_of, known_names, places_of
from tracker.linking.local_offices import words_before
from tracker.linking.mentions import ORGANIZATION, PERSON, Entity, Mention
from tracker.linking.people import BEFORE_PEOPLE, NO_GIVEN_NAMES, TITLES, follows_given_name, person_at
from tracker.linking.words import LEGAL_SUFFIXES, plain, slug, tokens_of

_LONGEST_GAP = 3  # characters between two words of one name: ". ", " & ", "-"
# Mentions kept of one document, of one entity and in all: pages of megabytes that list names are not worth more.
_MOST_OF_ONE, _MOST = 100, 5000
_LONGEST_TOLD = 100  # characters of a name that no list holds: what is longer is no name
_OWNER_STEPS = 4  # product -> subsidiary -> company; more would be a circle in the file


class Gazetteer:
    """All known names, indexed by their words. Built once, never changed; `extended` makes another."""

    def __init__(
        self,
        entities: Mapping[str, Entity],
        aliases: Iterable[Alias],
        places: frozenset[str] = frozenset(),
        given_names: frozenset[str] = frozenset(),
    ) -> None:
        """Index `aliases`; raises ConfigError when two entities claim one unconditional alias.

        `places` are folded names of places and peoples, which name no party by themselves. `given_names` are those of
        people in general; the ones that people of the list bear are known anyway.
        """
        self.entities = dict(entities)
        self.places = places
        self._aliases = tuple(dict.fromkeys(aliases))
        self._phrases: dict[tuple[str, ...], tuple[Alias, ...]] = {}
        self._by_words: dict[tuple[str, ...], str] = {}
        self._lengths: dict[str, dict[str, tuple[int, ...]]] = {}
        self.given_names = given_names
        self._take(self._aliases, self.entities.values())

    def _take(self, aliases: Iterable[Alias], entities: Iterable[Entity]) -> None:
        """Index further aliases, and the given names of further people."""
        begun = set()
        for known in aliases:
            self._add(known)
            begun.add(known.words[0])
        self._lengths |= _lengths(words for words in self._phrases if words[0] in begun)
        people = (entity for entity in entities if entity.kind == PERSON)
        self.given_names |= frozenset(words[0] for person in people if len(words := plain(person.name)) > 1)
        self._sure_given_names = self.given_names - self.places - NO_GIVEN_NAMES
        self._heads = frozenset({*self._lengths, *self.given_names, *BEFORE_PEOPLE})

    def _add(self, known: Alias) -> None:
        rows = (*self._phrases.get(known.words, ()), known)
        # First a name that its context makes certain, then the one that always holds; a guard only where neither is.
        self._phrases[known.words] = tuple(
            sorted(rows, key=lambda a: (not a.entity_id and not a.office, not a.context))
        )
        if not known.certain:
            return
        holder = self._by_words.setdefault(known.words, known.entity_id)
        if holder != known.entity_id:
            raise ConfigError(
                f"config/names: {' '.join(known.words)!r} is a name of both {holder!r} and {known.entity_id!r}; "
                f"make it ambiguous with needs_context, or remove it from one"
            )

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "Gazetteer":
        """Build from the tables of the files in `config/names`; raises ConfigError naming the line's id or name."""
        return cls(*known_names(tables), places_of(tables), given_names_of(tables))

    def extended(self, extra: Iterable[tuple[Entity, Sequence[str]]]) -> "Gazetteer":
        """Return a gazetteer that also knows `extra` entities, each with its aliases.

        An entity whose name is known already lends its new aliases to the known one, so nothing is named twice.
        Aliases taken by another entity are left out: the configured meaning of a word stands.
        """
        if not (extra := list(extra)):
            return self
        entities, aliases = dict(self.entities), list(self._aliases)
        taken = {known.words: known.entity_id for known in self._aliases if known.entity_id}
        for entity, names in extra:
            known = self.resolve(entity.name)
            target = known or next((found for name in names if (found := self.resolve(name))), None) or entity.id
            if target == entity.id:
                entities.setdefault(entity.id, entity)
            for name in (entity.name, *names):
                added = alias(name, target)
                if added and _is_a_name(name) and taken.setdefault(added.words, target) == target:
                    aliases.append(added)
        return copy(self)._further(entities, tuple(dict.fromkeys(aliases)))  # noqa: SLF001 - a copy of our own

    def _further(self, entities: dict[str, Entity], aliases: tuple[Alias, ...]) -> Self:
        """Take further names into a copy. What is indexed already is copied as it is: a tenth of the time."""
        new = [entity for number, entity in entities.items() if number not in self.entities]
        added, self.entities, self._aliases = aliases[len(self._aliases) :], entities, aliases
        self._phrases, self._by_words, self._lengths = dict(self._phrases), dict(self._by_words), dict(self._lengths)
        self._take(added, new)
        return self

    def names_in_any_letters(self) -> dict[str, list[str]]:
        """Return each entity's names that count however they are written, in lower case: for texts in capitals."""
        found: dict[str, list[str]] = {}
        for known in self._aliases:
            if known.certain and not known.exact:
                found.setdefault(known.entity_id, []).append(" ".join(known.words))
        return found

    def resolve(self, name: str) -> str | None:
        """Return the id of the entity that `name` alone certainly means, or None."""
        return self._by_words.get(plain(name))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in the order of the text, then the entities these imply (vendor, parent).

        A document as long as people write them is gone through whole; of one entity at most 100 mentions are kept.
        """
        tokens = tokens_of(text)
        words, starts = tokens
        heads, lengths = self._heads, self._lengths
        contexts = _Contexts(words)
        found: list[Mention] = []
        taken: list[tuple[int, int]] = []  # numbers of the first word of every known name and of the one after it
        people: list[int] = []
        times: dict[str, int] = {}
        free = 0  # words before it belong to a name already
        # Few words begin a name: those that do are picked out at once, and only they are looked at.
        for position in [n for n, word in enumerate(words) if word in heads]:
            if position < free:
                continue
            if len(found) == _MOST:
                break
            seconds = lengths.get(words[position])
            known = self._longest(position, seconds, tokens, text, contexts) if seconds else None
            if known is None:
                if text[starts[position]].isupper() or words[position] in BEFORE_PEOPLE:
                    people.append(position)
                continue
            mention = self._local(known, position, free, tokens, text) if known.office else None
            free = position + len(known.words)
            taken.append((position, free))
            if known.entity_id:
                mention = self._mention(known, tokens, position, text)
            if mention and (before := times.get(mention.entity_id, 0)) < _MOST_OF_ONE:
                times[mention.entity_id] = before + 1
                found.append(mention)
        found.extend(self._unlisted(people, taken, tokens, text))
        found.sort(key=lambda mention: mention.start)
        return (*found, *self._implied(found))

    def _unlisted(
        self, people: Sequence[int], taken: Sequence[tuple[int, int]], tokens: Tokens, text: str
    ) -> Iterator[Mention]:
        """Yield the people who are in no list, where their titles or given names tell them."""
        free = 0
        for position in people[:_MOST]:
            if position < free:
                continue
            at = bisect_right(taken, (position, len(tokens.words)))
            end = taken[at][0] if at < len(taken) else len(tokens.words)
            name = person_at(position, end, tokens, text, self._given_names_before(position, tokens))
            if name and not self._in_place(position, tokens):
                free = name.stop
                start, last = tokens.starts[name.start], name.stop - 1
                written = text[start : tokens.starts[last] + len(tokens.words[last])]
                if len(written) > _LONGEST_TOLD:
                    continue
                yield Mention(slug(written), written, PERSON, start, start + len(written), written)

    def _given_names_before(self, position: int, tokens: Tokens) -> frozenset[str]:
        """Return what is a given name there: after a title also what elsewhere may be a place or begin a sentence."""
        return self.given_names if position and tokens.words[position - 1] in TITLES else self._sure_given_names

    def _in_place(self, position: int, tokens: Tokens) -> bool:
        """Whether a word and the next one, or the one before, are a place: "San Diego", "Ann Arbor"."""
        words = tokens.words
        return " ".join(words[position : position + 2]) in self.places or (
            position > 0 and " ".join(words[position - 1 : position + 1]) in self.places
        )

    def _longest(
        self,
        position: int,
        seconds: Mapping[str, tuple[int, ...]],
        tokens: Tokens,
        text: str,
        contexts: "_Contexts",
    ) -> Alias | None:
        """Return the longest name that begins with a word; `seconds` says by second word how long those may be."""
        words = tokens.words
        second = words[position + 1] if position + 1 < len(words) else ""
        lengths = seconds.get(second, ())
        if second and "" in seconds:
            lengths += seconds[""]
        for length in lengths:
            for known in self._phrases.get(words[position : position + length], ()):
                if _written_so(known, tokens, position, text) and contexts.allow(known):
                    if length == 1 and self._is_somebody_else(known, tokens, position, text):
                        continue
                    return known
        return None

    def _is_somebody_else(self, known: Alias, tokens: Tokens, position: int, text: str) -> bool:
        """Whether a surname stands after a given name that is not its owner's: "Kristen Hawley" is no senator."""
        if not position or not known.entity_id or self.entities[known.entity_id].kind != PERSON:
            return False
        return follows_given_name(position, tokens, text, self.given_names)

    def _mention(self, known: Alias, tokens: Tokens, position: int, text: str) -> Mention:
        words, starts = tokens
        start, after = starts[position], position + len(known.words)
        end = starts[after - 1] + len(words[after - 1])
        if after < len(words) and words[after] in LEGAL_SUFFIXES and starts[after] - end <= 2:
            end = starts[after] + len(words[after])
        entity = self.entities[known.entity_id]
        return Mention(
            entity.id, entity.name, entity.kind, start, end, text[start:end], roles=entity.roles, watched=entity.watched
        )

    def _local(self, known: Alias, position: int, free: int, tokens: Tokens, text: str) -> Mention | None:
        named = words_before(position, free, tokens, text, known.office) if known.office else range(0)
        if not named or known.office is None:
            return None
        last = position + len(known.words) - 1
        if known.office.by_name and tokens.words[last + 1 : last + 2] == ("of",):  # the name goes on
            return None
        start = tokens.starts[named.start]
        end = tokens.starts[last] + len(tokens.words[last])
        whose = text[start : tokens.starts[named.stop - 1] + len(tokens.words[named.stop - 1])]
        name = f"{whose} {known.office.name}"
        if len(name) > _LONGEST_TOLD:
            return None
        target = self.entities.get(self.resolve(name) or "") or Entity(
            slug(name), name, ORGANIZATION, known.office.roles
        )
        return Mention(target.id, target.name, target.kind, start, end, text[start:end], roles=target.roles)

    def _implied(self, found: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the owners of what was named; a person implies nobody, since people change houses."""
        named = {mention.entity_id for mention in found}
        for mention in found:
            if mention.kind == PERSON:
                continue
            entity = self.entities.get(mention.entity_id)
            for _ in range(_OWNER_STEPS):
                entity = self.entities.get(entity.owner) if entity else None
                if entity is None or entity.id in named:
                    break
                named.add(entity.id)
                yield Mention(
                    entity.id, entity.name, entity.kind, mention.start, mention.end, mention.text,
                    implied_by=mention.entity_id, roles=entity.roles, watched=entity.watched,
                )  # fmt: skip


class _Contexts:
    """Which second cues a document holds, each looked for once however often its name stands there."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._known: dict[str, bool] = {}
        self._distinct: frozenset[str] | None = None

    def allow(self, known: Alias) -> bool:
        if not known.context:
            return True
        if known.entity_id not in self._known:
            self._known[known.entity_id] = any(map(self._holds, known.context))
        return self._known[known.entity_id]

    def _holds(self, cue: tuple[str, ...]) -> bool:
        self._distinct = self._distinct if self._distinct is not None else frozenset(self._words)
        if not self._distinct.issuperset(cue):
            return False
        return len(cue) == 1 or f" {' '.join(cue)} " in f" {' '.join(self._words)} "


def _lengths(phrases: Iterable[tuple[str, ...]]) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return by first and second word ("" for none) how long the names are that begin so, longest first."""
    found: dict[str, dict[str, set[int]]] = {}
    for words in phrases:
        second = words[1] if len(words) > 1 else ""
        found.setdefault(words[0], {}).setdefault(second, set()).add(len(words))
    return {
        first: {second: tuple(sorted(lengths, reverse=True)) for second, lengths in row.items()}
        for first, row in found.items()
    }


def _written_so(known: Alias, tokens: Tokens, position: int, text: str) -> bool:
    """Whether the words found are a name as it must be written: side by side, in the letters asked for."""
    words, starts = tokens
    last = position + len(known.words) - 1
    for n in range(position, last):
        if starts[n + 1] - starts[n] - len(words[n]) > _LONGEST_GAP:
            return False
    if known.exact:
        return all(
            text[starts[n] : starts[n] + len(words[n])] == known.exact[n - position] for n in range(position, last + 1)
        )
    return all(text[starts[position + n]].isupper() for n in known.capitals)


def _is_a_name(name: str) -> bool:
    """Whether a given alias is a name at all: "the Company" describes, and only its own paper knows whom."""
    return any(char.isupper() or char.isdigit() for char in name) and not name.lower().startswith("the ")
