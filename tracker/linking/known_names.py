"""The files of `config/names` as entities and the ways to write them. Names are data: none is ever a pattern."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.errors import ConfigError
from tracker.linking.mentions import ORGANIZATION, PERSON, PRODUCT, Entity
from tracker.linking.words import plain, slug, tokens_of

_KINDS = {"organization": ORGANIZATION, "product": PRODUCT, "person": PERSON}
_PLACE = "{place}"
# What has a capital in the full name of an office and often none in the news: "the Tampa police department".
_OFTEN_SMALL = frozenset(
    {
        *("of", "on", "the", "for", "and", "in", "to", "at", "with", "by", "from", "a"),
        *("police", "department", "service", "services", "office", "sheriff", "s", "county", "city", "town", "state"),
        *("committee", "council", "commission", "commissioner", "commissioners", "authority", "agency", "bureau"),
        *("board", "supervisors", "court", "senate", "house", "legislature", "assembly", "attorney", "general", "ag"),
        *("government", "ministry", "minister", "parliament", "administration", "patrol", "troopers", "guard", "force"),
        *("privacy", "data", "protection", "information", "inspector", "comptroller", "treasurer", "secretary"),
        *("pension", "pensions", "fund", "retirement", "system", "systems", "schools", "school", "district"),
        *("camera", "cameras", "doorbell", "doorbells", "glasses", "app", "database", "platform", "scanner", "group"),
        *("caucus", "employees", "union", "university", "institute", "circuit", "airport", "army", "military"),
    }
)


@dataclass(frozen=True, slots=True)
class Office:
    """A phrase that with the words before it names a party: Police Department after a place, Coalition after a name.

    `by_name` tells that all capitalised words before it belong to the name, not only a place.
    """

    name: str
    roles: tuple[str, ...]
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a name. An empty `entity_id` guards: the phrase is passed over and names nobody.

    `exact` holds the words as they must be written; `capitals` are the numbers of those that need a capital.
    `context` lists folded phrases of which one must stand in the same document; empty asks for none.
    `office` is set instead of an entity where the phrase names one together with the place before it.
    """

    words: tuple[str, ...]
    entity_id: str
    exact: tuple[str, ...] = ()
    capitals: tuple[int, ...] = ()
    context: tuple[tuple[str, ...], ...] = ()
    office: Office | None = None

    @property
    def certain(self) -> bool:
        """Whether the words alone mean the entity."""
        return bool(self.entity_id) and not self.context


def known_names(tables: Mapping[str, Any]) -> tuple[dict[str, Entity], list[Alias]]:
    """Read the tables of all files together; raises ConfigError naming the line's id or name."""
    entities: dict[str, Entity] = {}
    aliases: list[Alias] = []
    for table, kind in _KINDS.items():
        for row in tables.get(table, ()):
            entity = _entity(row, kind)
            if entity.id in entities:
                raise ConfigError(f"config/names: two entries have the id {entity.id!r}; give one another id")
            entities[entity.id] = entity
            aliases.extend(_aliases_of(row, entity.id))
    aliases.extend(_offices(tables.get("local", ())))
    _add_compounds(tables, entities, aliases)
    _check_owners(entities)
    return entities, aliases


def places_of(tables: Mapping[str, Any]) -> frozenset[str]:
    """Return the folded names of every [place] list."""
    return frozenset(" ".join(_whole(place)) for places in tables.get("place", {}).values() for place in places)


def given_names_of(tables: Mapping[str, Any]) -> frozenset[str]:
    """Return the folded given names."""
    return frozenset(" ".join(_whole(name)) for name in tables.get("given_names", ()))


def alias(name: str, entity_id: str) -> Alias | None:
    """Return the plain alias that a name is, or None when it has no word; a name in capitals counts only so."""
    return _plainly_written(name, plain(name), entity_id)


def _plainly_written(name: str, words: tuple[str, ...], entity_id: str) -> Alias | None:
    if not words:
        return None
    core = _as_written(name)[: len(words)]  # without the legal suffix: "NEC Corp." is NEC
    if "".join(core).isupper():
        return Alias(words, entity_id, exact=core)
    capitals = (n for n, word in enumerate(core) if word[0].isupper() and (n == 0 or words[n] not in _OFTEN_SMALL))
    return Alias(words, entity_id, capitals=tuple(capitals))


def _entity(row: Mapping[str, Any], kind: str) -> Entity:
    try:
        name = str(row["name"])
    except KeyError as error:
        raise ConfigError(f"config/names: the {kind} {dict(row)!r} has no name; add name = ...") from error
    if kind == ORGANIZATION and "id" not in row:
        raise ConfigError(f"config/names: the organization {name!r} has no id; add id = {slug(name)!r}")
    return Entity(
        id=str(row.get("id") or slug(name)),
        name=name,
        kind=kind,
        roles=tuple(row.get("roles", ())),
        owner=str(row.get("parent") or row.get("organization") or ""),
        watched=bool(row.get("watched", False)),
    )


def _aliases_of(row: Mapping[str, Any], entity_id: str) -> Iterator[Alias]:
    name, exact, ambiguous = row["name"], row.get("case_sensitive", ()), row.get("ambiguous", ())
    context = tuple(_whole(cue) for cue in row.get("needs_context", ()))
    if ambiguous and not context:
        raise ConfigError(f"config/names: {entity_id!r} has ambiguous aliases but no needs_context; add cues")
    guarded = {plain(written) for written in ambiguous}
    for written in (name, *row.get("aliases", ())):
        if written in ambiguous or written in exact:
            continue
        # Where the word alone is ambiguous the legal suffix is what tells: "Ring" may be anything, "Ring LLC" is not.
        words = _whole(written) if plain(written) in guarded else plain(written)
        if found := _plainly_written(written, words, entity_id):
            yield found
    for written in exact:
        yield Alias(_whole(written), entity_id, exact=_as_written(written))
    for written in ambiguous:
        yield Alias(_whole(written), entity_id, exact=_as_written(written), context=context)
    for phrase in row.get("not_in", ()):
        yield Alias(_whole(phrase), "")


def _offices(rows: Iterable[Mapping[str, Any]]) -> Iterator[Alias]:
    for row in rows:
        by_name = bool(row.get("by_name", False))
        office = Office(str(row.get("name") or row["phrase"]), tuple(row["roles"]), by_name=by_name)
        words = _whole(row["phrase"])
        yield Alias(words, "", capitals=tuple(range(len(words))) if by_name else (), office=office)


def _add_compounds(tables: Mapping[str, Any], entities: dict[str, Entity], aliases: list[Alias]) -> None:
    """Add the offices that every place of a list has; what is configured by itself stands."""
    taken = {known.words: known.entity_id for known in aliases if known.certain}
    for row in tables.get("compound", ()):
        for place in _places(row, tables.get("place", {})):
            name = row["name"].replace(_PLACE, place)
            entity_id = taken.get(plain(name)) or slug(name)
            owner = str(row.get("parent", ""))
            entities.setdefault(entity_id, Entity(entity_id, name, ORGANIZATION, tuple(row["roles"]), owner))
            for written in (row["name"], *row["written"]):
                whole = written.replace(_PLACE, place)  # its end is no legal suffix: "Ohio AG"
                found = _plainly_written(whole, _whole(whole), entity_id)
                if found and taken.setdefault(found.words, entity_id) == entity_id:
                    aliases.append(found)


def _places(row: Mapping[str, Any], lists: Mapping[str, list[str]]) -> list[str]:
    try:
        return lists[row["places"]]
    except KeyError as error:
        raise ConfigError(f"config/names: the compound {row.get('name')!r}: no [place] list {error}; add it") from error


def _check_owners(entities: Mapping[str, Entity]) -> None:
    for entity in entities.values():
        if entity.owner and entity.owner not in entities:
            raise ConfigError(
                f"config/names: {entity.id!r} belongs to {entity.owner!r}, which is no id of these files; correct it"
            )


def _whole(written: str) -> tuple[str, ...]:
    return tokens_of(written).words


def _as_written(written: str) -> tuple[str, ...]:
    words, starts = tokens_of(written)
    return tuple(written[start : start + len(word)] for word, start in zip(words, starts, strict=True))
