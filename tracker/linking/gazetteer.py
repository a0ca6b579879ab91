"""Recognise known names: longest match from the first word on, at no cost per name in the list.

A name matches whole words only, whatever stands between them (hyphen, full stop, ampersand), with curly quotes,
accents and legal suffixes folded. A name written with a capital needs one in the text; an acronym, or a name listed as
case-sensitive, needs every letter as written; an ambiguous one also needs a second cue in the document.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.errors import ConfigError
from tracker.linking.mentions import ORGANIZATION, PERSON, PRODUCT, Entity, Mention
from tracker.linking.words import LEGAL_SUFFIXES, Tokens, plain, slug, tokens_of

_LONGEST_GAP = 3  # characters between two words of one name: ". ", " & ", "-"
_OWNER_STEPS = 4  # product -> subsidiary -> company; more would be a circle in the file
_KINDS = {"organization": ORGANIZATION, "product": PRODUCT, "person": PERSON}


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a name. An empty `entity_id` guards: the phrase is passed over and names nobody.

    `exact` holds the words as they must be written; `capital` asks only for a capital at the beginning.
    `context` lists folded phrases of which one must stand in the same document; empty asks for none.
    """

    words: tuple[str, ...]
    entity_id: str
    exact: tuple[str, ...] = ()
    capital: bool = False
    context: tuple[str, ...] = ()


class Gazetteer:
    """All known names, indexed by their first two words. Built once, never changed; `extended` makes another."""

    def __init__(self, entities: Mapping[str, Entity], aliases: Iterable[Alias]) -> None:
        """Index `aliases`; raises ConfigError when two entities claim one unconditional alias."""
        self.entities = dict(entities)
        # First word, second word (empty for a name of one), names that begin so.
        self._index: dict[str, dict[str, list[Alias]]] = {}
        self._by_words: dict[tuple[str, ...], str] = {}
        self._aliases = tuple(dict.fromkeys(aliases))
        for alias in self._aliases:
            self._add(alias)
        for row in (row for rows in self._index.values() for row in rows.values()):
            row.sort(key=lambda alias: (-len(alias.words), bool(alias.entity_id), not alias.context))

    def _add(self, alias: Alias) -> None:
        second = alias.words[1] if len(alias.words) > 1 else ""
        self._index.setdefault(alias.words[0], {}).setdefault(second, []).append(alias)
        if not alias.entity_id or alias.context:
            return
        holder = self._by_words.setdefault(alias.words, alias.entity_id)
        if holder != alias.entity_id:
            raise ConfigError(
                f"organizations.toml: {' '.join(alias.words)!r} is a name of both {holder!r} and {alias.entity_id!r}; "
                f"make it ambiguous with needs_context, or remove it from one"
            )

    @classmethod
    def from_config(cls, tables: Mapping[str, Any]) -> "Gazetteer":
        """Build from the parsed `config/organizations.toml`; raises ConfigError naming the line's id or name."""
        entities: dict[str, Entity] = {}
        aliases: list[Alias] = []
        for table, kind in _KINDS.items():
            for row in tables.get(table, ()):
                entity = _entity(row, kind)
                if entity.id in entities:
                    raise ConfigError(f"organizations.toml: two entries have the id {entity.id!r}; give one another id")
                entities[entity.id] = entity
                aliases.extend(_aliases_of(row, entity.id))
        _check_owners(entities)
        return cls(entities, aliases)

    def extended(self, extra: Iterable[tuple[Entity, Sequence[str]]]) -> "Gazetteer":
        """Return a gazetteer that also knows `extra` entities, each with its aliases.

        An entity whose name is known already lends its new aliases to the known one, so nothing is named twice.
        Aliases taken by another entity are left out: the configured meaning of a word stands.
        """
        entities, aliases = dict(self.entities), list(self._aliases)
        taken = {alias.words: alias.entity_id for alias in self._aliases if alias.entity_id}
        for entity, names in extra:
            known = self.resolve(entity.name)
            target = known or next((found for name in names if (found := self.resolve(name))), None) or entity.id
            if target == entity.id:
                entities.setdefault(entity.id, entity)
            for name in (entity.name, *names):
                words = plain(name)
                if words and _is_a_name(name) and taken.setdefault(words, target) == target:
                    aliases.append(_alias(name, words, target))
        return Gazetteer(entities, aliases)

    def names_in_any_letters(self) -> dict[str, list[str]]:
        """Return each entity's names that count however they are written, in lower case: for texts in capitals."""
        found: dict[str, list[str]] = {}
        for alias in self._aliases:
            if alias.entity_id and not alias.exact and not alias.context:
                found.setdefault(alias.entity_id, []).append(" ".join(alias.words))
        return found

    def resolve(self, name: str) -> str | None:
        """Return the id of the entity that `name` alone certainly means, or None."""
        return self._by_words.get(plain(name))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return every mention in the order of the text, then the entities these imply (vendor, parent)."""
        tokens = tokens_of(text)
        index = self._index
        document = ""
        found: list[Mention] = []
        free = 0  # words before it belong to a name already
        # Few words begin a name: those that do are picked out at once, and only they are looked at.
        for position in [n for n, word in enumerate(tokens.words) if word in index]:
            if position < free:
                continue
            document = document or f" {' '.join(tokens.words)} "
            second = tokens.words[position + 1] if position + 1 < len(tokens.words) else ""
            rows = index[tokens.words[position]]
            begun = (*rows.get(second, ()), *rows.get("", ())) if second else rows.get("", ())
            alias = next((a for a in begun if _matches(a, tokens, position, text, document)), None)
            if alias is not None:
                free = position + len(alias.words)
                if alias.entity_id:
                    found.append(self._mention(alias, tokens, position, text))
        return (*found, *self._implied(found))

    def _mention(self, alias: Alias, tokens: Tokens, position: int, text: str) -> Mention:
        words, starts = tokens
        start, after = starts[position], position + len(alias.words)
        end = starts[after - 1] + len(words[after - 1])
        if after < len(words) and words[after] in LEGAL_SUFFIXES and starts[after] - end <= 2:
            end = starts[after] + len(words[after])
        entity = self.entities[alias.entity_id]
        return Mention(
            entity.id, entity.name, entity.kind, start, end, text[start:end], roles=entity.roles, watched=entity.watched
        )

    def _implied(self, found: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the owners of what was named; a person implies nobody, since people change houses."""
        named = {mention.entity_id for mention in found}
        for mention in found:
            if mention.kind == PERSON:
                continue
            entity: Entity | None = self.entities[mention.entity_id]
            for _ in range(_OWNER_STEPS):
                entity = self.entities.get(entity.owner) if entity else None
                if entity is None or entity.id in named:
                    break
                named.add(entity.id)
                yield Mention(
                    entity.id, entity.name, entity.kind, mention.start, mention.end, mention.text,
                    implied_by=mention.entity_id, roles=entity.roles, watched=entity.watched,
                )  # fmt: skip


def _matches(alias: Alias, tokens: Tokens, position: int, text: str, document: str) -> bool:
    last = position + len(alias.words) - 1
    words, starts = tokens
    if last > position:
        if words[position : last + 1] != alias.words:
            return False
        if any(starts[n + 1] - starts[n] - len(words[n]) > _LONGEST_GAP for n in range(position, last)):
            return False
    if alias.exact:
        if any(
            text[starts[n] : starts[n] + len(words[n])] != alias.exact[n - position] for n in range(position, last + 1)
        ):
            return False
    elif alias.capital and not text[starts[position]].isupper():
        return False
    return not alias.context or any(cue in document for cue in alias.context)


def _entity(row: Mapping[str, Any], kind: str) -> Entity:
    try:
        name = str(row["name"])
    except KeyError as error:
        raise ConfigError(f"organizations.toml: the {kind} {dict(row)!r} has no name; add name = ...") from error
    if kind == ORGANIZATION and "id" not in row:
        raise ConfigError(f"organizations.toml: the organization {name!r} has no id; add id = {slug(name)!r}")
    return Entity(
        id=str(row.get("id") or slug(name)),
        name=name,
        kind=kind,
        roles=tuple(row.get("roles", ())),
        owner=str(row.get("parent") or row.get("organization") or ""),
        watched=bool(row.get("watched", False)),
    )


def _check_owners(entities: Mapping[str, Entity]) -> None:
    for entity in entities.values():
        if entity.owner and entity.owner not in entities:
            raise ConfigError(
                f"organizations.toml: {entity.id!r} belongs to {entity.owner!r}, which is no id of the file; correct it"
            )


def _aliases_of(row: Mapping[str, Any], entity_id: str) -> Iterator[Alias]:
    name, exact, ambiguous = row["name"], row.get("case_sensitive", ()), row.get("ambiguous", ())
    context = tuple(f" {' '.join(_whole(cue))} " for cue in row.get("needs_context", ()))
    if ambiguous and not context:
        raise ConfigError(f"organizations.toml: {entity_id!r} has ambiguous aliases but no needs_context; add cues")
    for alias in (name, *row.get("aliases", ())):
        if alias not in ambiguous and alias not in exact and (words := plain(alias)):
            yield _alias(alias, words, entity_id)
    for alias in exact:
        yield Alias(_whole(alias), entity_id, exact=_as_written(alias))
    for alias in ambiguous:
        yield Alias(_whole(alias), entity_id, exact=_as_written(alias), context=context)
    for phrase in row.get("not_in", ()):
        yield Alias(_whole(phrase), "")


def _alias(name: str, words: tuple[str, ...], entity_id: str) -> Alias:
    core = _as_written(name)[: len(words)]  # without the legal suffix: "NEC Corp." is NEC
    if "".join(core).isupper():
        return Alias(words, entity_id, exact=core)
    return Alias(words, entity_id, capital=name[:1].isupper())


def _is_a_name(alias: str) -> bool:
    """Whether a given alias is a name at all: "the Company" describes, and only its own paper knows whom."""
    return any(char.isupper() or char.isdigit() for char in alias) and not alias.lower().startswith("the ")


def _whole(alias: str) -> tuple[str, ...]:
    return tokens_of(alias).words


def _as_written(alias: str) -> tuple[str, ...]:
    words, starts = tokens_of(alias)
    return tuple(alias[start : start + len(word)] for word, start in zip(words, starts, strict=True))
