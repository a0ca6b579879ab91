"""Campaign objects given as JSON (`tracker link predict --objects FILE`) read as link targets and extra names.

The shape is the one of an export: lists by kind, each row with id and type; `entities` extends the gazetteer. Rows may
lack any field: what is missing is not known, and says nothing against a link.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.identifiers import written_in
from tracker.linking.mentions import ORGANIZATION, PARTY, PERSON, PRODUCT, Entity
from tracker.linking.targets import LinkTarget
from tracker.linking.words import slug

_NOT_TARGETS = frozenset({"entities", "links", "relations"})
_PARTIES = ("senders", "recipients", "lead_filer", "co_filers", "vendor", "agency", "company", "parties", "authors")
_NEIGHBOURS = ("meeting_id", "resolution_ids", "responds_to", "response_object_ids", "resolution_id", "letter_id")
# A request to leave proposals out belongs with those that have its day among their steps.
_DISPUTED, _DISPUTE = "resolution", "no_action_request"
_TEXTS = ("ask", "asks", "summary", "note", "response_type", "product", "status", "subtype")
_OWNER_STEPS = 4  # as in the gazetteer
_KIND_OF_ENTITY = {"person": PERSON, "product": PRODUCT}
_ROLE_OF_ENTITY = {
    "company": "issuer", "ngo": "advocate", "investor": "investor", "agency": "agency", "proxy adviser": "adviser",
    "law firm": "adviser", "caucus": "lawmaker", "worker group": "advocate", "publisher": "publisher",
    "regulator": "regulator",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_BETWEEN = re.compile(r"\s*(?:;|/|\band\b|,(?! (?:Inc|LLC|Ltd|Corp|Oregon|Florida)))\s*")


def rows_of(objects: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every object row of the file that can be linked to, in the order of the file."""
    for key, rows in objects.items():
        if key not in _NOT_TARGETS and isinstance(rows, list):
            for row in rows:
                if isinstance(row, dict) and row.get("id"):
                    yield row if row.get("type") else {**row, "type": key.rstrip("s")}


def gazetteer_for(objects: Mapping[str, Any], gazetteer: Gazetteer) -> Gazetteer:
    """Return `gazetteer` extended by the file's entities and by the parties its objects name."""
    entities = [_entity(row) for row in objects.get("entities", ()) if isinstance(row, dict) and row.get("name")]
    wider = gazetteer.extended(entities)
    parties = dict.fromkeys(name for row in rows_of(objects) for name in _party_names(row, wider) if _full_name(name))
    return wider.extended(
        (Entity(f"party-{slug(name)}", name, PARTY), ()) for name in parties if wider.resolve(name) is None
    )


def targets_of(objects: Mapping[str, Any], gazetteer: Gazetteer) -> list[LinkTarget]:
    """Return the link targets of the file; their names are ids of `gazetteer`, which must be the extended one."""
    targets = [_target(row, gazetteer) for row in rows_of(objects)]
    steps: dict[tuple[str, PartialDate], list[str]] = defaultdict(list)
    for target in targets:
        if target.kind == _DISPUTED:
            for on in target.dates:
                steps[target.company, on].append(target.id)
    return [
        replace(target, neighbours=(*target.neighbours, *steps.get((target.company, target.on), ())))
        if target.kind == _DISPUTE and target.on
        else target
        for target in targets
    ]


def partial_date(value: object) -> PartialDate | None:
    """Return the date a field begins with ("2016-12 (adoption)"), or None where it holds none."""
    match = re.match(r"\d{4}(?:-\d\d){0,2}", value) if isinstance(value, str) else None
    try:
        return PartialDate.parse(match.group()) if match else None
    except InputError:
        return None


def strings(value: object) -> list[str]:
    """Return a field as a list of strings, whether it holds one, several or none."""
    if isinstance(value, str):
        return [value] if value else []
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _target(row: Mapping[str, Any], gazetteer: Gazetteer) -> LinkTarget:
    title = _title(row)
    text = ". ".join(part for key in _TEXTS for part in strings(row.get(key)) if part != title)
    parties = " ; ".join(part for key in _PARTIES for part in strings(row.get(key)))
    found = gazetteer.find(f"{title}\n{text}\n{parties}")
    names = {m.entity_id for m in found if m.kind != PRODUCT and not m.implied_by}
    steps = row.get("no_action")
    dates = [row.get("period_end"), *(steps.values() if isinstance(steps, dict) else ()), row.get("deadline")]
    main = next((d for key in ("date", "filed_date", "period_start") if (d := partial_date(row.get(key)))), None)
    due = partial_date(row.get("meeting_date"))
    if row["type"] == "meeting":
        main, due = None, main
    return LinkTarget(
        id=str(row["id"]),
        kind=str(row["type"]),
        title=title,
        campaign=str(row.get("campaign") or ""),
        aliases=tuple(strings(row.get("aliases"))),
        text=f"{text}. {parties}" if parties else text,
        company=_company(row, gazetteer),
        names=frozenset(names),
        products=frozenset(m.entity_id for m in found if m.kind == PRODUCT),
        on=main,
        dates=tuple(d for value in dates if (d := partial_date(value)) and d != main),
        due=due,
        number=str(row.get("item_no") or ""),
        identifiers=tuple(number.words for number in written_in(f"{title} {row.get('note') or ''}")),
        neighbours=tuple(other for key in _NEIGHBOURS for other in strings(row.get(key))),
    )


def _title(row: Mapping[str, Any]) -> str:
    if title := row.get("title") or row.get("short_title"):
        return str(title)
    if row.get("agency"):
        return ", ".join(part for key in ("product", "agency") for part in strings(row.get(key)))
    return str(row.get("summary") or row["id"])


def _company(row: Mapping[str, Any], gazetteer: Gazetteer) -> str:
    """Return the company concerned, as its topmost owner: as given, else the first addressee, else of the title."""
    for key in ("company", "vendor", "recipients", "title"):
        for given in strings(row.get(key)):
            for mention in gazetteer.find(given):
                if mention.kind == ORGANIZATION and not {"vendor", "issuer"}.isdisjoint(mention.roles):
                    return _top(mention.entity_id, gazetteer)
    return ""


def _top(entity_id: str, gazetteer: Gazetteer) -> str:
    for _ in range(_OWNER_STEPS):
        owner = gazetteer.entities[entity_id].owner
        if not owner:
            break
        entity_id = owner
    return entity_id


def _entity(row: Mapping[str, Any]) -> tuple[Entity, Sequence[str]]:
    kind = str(row.get("type") or "")
    role = _ROLE_OF_ENTITY.get(kind)
    entity = Entity(
        id=str(row.get("id") or slug(row["name"])),
        name=str(row["name"]),
        kind=_KIND_OF_ENTITY.get(kind, ORGANIZATION),
        roles=(role,) if role else (),
    )
    return entity, strings(row.get("aliases"))


def _party_names(row: Mapping[str, Any], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the parts of party fields that may be names the gazetteer does not know yet."""
    for key in _PARTIES:
        for value in strings(row.get(key)):
            for part in (_IN_BRACKETS.sub("", value), *_IN_BRACKETS.findall(value)):
                if gazetteer.resolve(part) is None:
                    yield from (name.strip() for name in _BETWEEN.split(part))


def _full_name(name: str) -> bool:
    """Whether the words are surely a proper name: two or more, the first and the last beginning with a capital."""
    words = name.split()
    return len(words) >= 2 and words[0][:1].isupper() and words[-1][:1].isupper()
