"""Rows of a CSV file held against what is stored: what each would add or change, and which object it may be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Float, Integer, func, tuple_
from sqlmodel import Session, col, select

from tracker.domain import typed_dates, typed_numbers
from tracker.domain.canonical import organization_key
from tracker.domain.code_words import code_words
from tracker.domain.csv_judged import FieldChange, Problem
from tracker.domain.errors import InputError
from tracker.domain.text import fold
from tracker.models import kinds
from tracker.models.base import CampaignObject, ObjectDetail, PartialDateText
from tracker.store import organizations, typed_names
from tracker.store.csv_fields import SPINE, Field, fields
from tracker.store.csv_parts import Given, StoredParts
from tracker.store.records import Names, columns, read, slug_table, tables

# By which columns two objects of one kind are likely the same when their titles are alike too.
ALIKE_BY: dict[str, tuple[str, ...]] = {
    "resolution": ("company_id", "season"),
    "letter": ("sent_on",),
    "contract": ("agency_id", "vendor_id"),
    "commitment": ("company_id",),
    "meeting": ("company_id", "held_on"),
    "company_response": ("company_id", "on"),
    "statement": ("on",),
    "study": ("published_on",),
    "measure": ("jurisdiction",),
    "proceeding": ("opened_on",),
}
ALIKE = 0.75
MOST_ALIKE = 200
TRUE = {"yes", "y", "true", "1", "ja", "wahr"}
FALSE = {"no", "n", "false", "0", "nein", "falsch"}


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says, read: values by column, parts by name, its source and campaign; or what is wrong with it."""

    spine: Mapping[str, Any]
    detail: Mapping[str, Any]
    parts: tuple[Given, ...]
    source: str
    campaign: str
    texts: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass
class Reader:
    """Reads rows of one kind in one session; names are looked up once and can be handed on to the next session."""

    session: Session
    kind: str
    slugs: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no name looked up."""
        self.names = Names(self.session)

    def read(self, cells: Mapping[str, tuple[Field, str]]) -> Row:
        """Return a row of cells by column name; an empty cell says nothing."""
        spine: dict[str, Any] = {}
        detail: dict[str, Any] = {}
        given = {field.key: text for field, text in cells.values() if text}
        parts: list[Given] = []
        problems: list[Problem] = []
        for name, (one, text) in cells.items():
            if not text:
                continue
            try:
                if one.table:
                    parts += self._given(one, text, given)
                elif one.column is not None:
                    target = spine if one.key in SPINE else detail
                    table = CampaignObject if one.key in SPINE else kinds()[self.kind]
                    target.update(read(table, {one.key: self._plain(one.column, text)}, self.names, "", owner="id"))
                elif one.key == "source":
                    _address(text)
                elif one.key == "campaign":
                    self.names.id_of("campaign", text)
                elif one.key == "status_on":
                    typed_dates.read(text)
            except InputError as error:
                problems.append(Problem(name, str(error).removeprefix(f".{one.key}: ")))
        source, campaign = given.get("source", ""), given.get("campaign", "")
        return Row(spine, detail, tuple(parts), source, campaign, given, tuple(problems))

    def _given(self, one: Field, text: str, given: Mapping[str, str]) -> list[Given]:
        """Return the parts that a cell names, with the organisations and people they are."""
        if one.table == "resolution_status":
            return [Given.status(text, given.get("status_on", ""))]
        if "parties" not in self.slugs:
            self._parties()
        known: Any = self.slugs["parties"]
        names = [name.strip() for name in text.split(";") if name.strip()]
        return [Given.party_named(one, name, known.get(organization_key(name), ())) for name in names]

    def _parties(self) -> None:
        found = organizations.parties(self.session)
        self.slugs["parties"] = {key: [party.column, str(party.id)] for key, party in found.items()}

    def _plain(self, column: Column[Any], text: str) -> Any:
        """Return a cell as a plain value of the kind that the column takes."""
        kind = column.type
        table = slug_table(column)
        if table is not None:
            return self._slug(table, text)
        if isinstance(kind, Boolean):
            if text.casefold() not in TRUE | FALSE:
                raise InputError(f"{text!r} is neither yes nor no; write one of them")
            return text.casefold() in TRUE
        if isinstance(kind, Float):
            return _decimal(text)
        if isinstance(kind, Integer):
            return _whole(column, text)
        if isinstance(kind, PartialDateText):
            return str(typed_dates.read(text))
        if isinstance(kind, Date):
            return _day(text)
        if isinstance(kind, JSON):
            return [one.strip() for one in text.split(";") if one.strip()]
        return _code(kind.enum_class, text) if isinstance(kind, Enum) else text

    def _slug(self, table: str, text: str) -> str:
        """Return the slug of what a cell names, by slug or name."""
        if table not in self.slugs:
            self.slugs[table] = self._all_of(table)
        known = self.slugs[table]
        if f"/{text}" in known:
            return text
        found = known.get(organization_key(text) if table == "organization" else fold(text), [])
        if len(found) > 1:
            raise InputError(f"{len(found)} are called {text!r}; write {' or '.join(sorted(found))}")
        if not found:
            what = table.replace("campaign_object", "object").replace("_", " ").replace("organization", "organisation")
            raise InputError(f"no {what} is called {text!r}; add it first, or correct the name")
        return found[0]

    def _all_of(self, table: str) -> dict[str, list[str]]:
        """Return slugs by folded name, and each by itself with a stroke before it."""
        row: Any = tables()[table]
        name = row.title if "title" in row.model_fields else row.name
        found: dict[str, list[str]] = defaultdict(list)
        is_party = table == "organization"
        for slug, words in self.session.exec(select(row.slug, name)):
            found[f"/{slug}"] = [slug]
            found[organization_key(words) if is_party else fold(words)].append(slug)
        if is_party:
            for key, slug in organizations.keys(self.session).items():
                found.setdefault(key, [slug])
        return dict(found)


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or any(mark.isspace() for mark in text):
        raise InputError(f"{text!r} is not an address; a source begins with https://")
    return text


def _code(vocabulary: Any, text: str) -> str:
    folded = fold(text).replace("_", " ").replace("-", " ")
    for code in vocabulary:
        if folded in {code.value.replace("_", " "), fold(code_words(code)).replace("-", " ")}:
            return str(code.value)
    raise InputError(f"there is no {text!r}; there are {', '.join(code.value for code in vocabulary)}")


def _whole(column: Column[Any], text: str) -> int:
    if text.isascii() and text.removeprefix("-").isdigit():
        return int(text)
    if column.name == "season":
        raise InputError(f"{text!r} is not a year; write for example 2026")
    return typed_numbers.read(text)


def _decimal(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise InputError(f"{text!r} is not a number; write for example 12.5") from error


def _day(text: str) -> str:
    day = typed_dates.read(text).exact_day
    if day is None:
        raise InputError(f"{text!r} is not one day; write for example 2019-05-24")
    return day.isoformat()


# --- against what is stored -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """The objects that a batch of rows may be, with their details and parts: a handful of queries for all of them."""

    by_slug: Mapping[str, tuple[CampaignObject, ObjectDetail]]
    titles: Mapping[str, list[tuple[str, str]]]
    alike: Mapping[tuple[Any, ...], list[tuple[str, str]]]
    parts: StoredParts
    of_other_kinds: Mapping[str, str]
    named: Mapping[tuple[str, int], str]

    def likely(self, kind: str, row: Row) -> tuple[tuple[str, str], ...]:
        """Return slug and title of objects that a row without a slug may be."""
        title = str(row.spine.get("title", ""))
        found = dict(self.titles.get(title.casefold(), ()))
        key = tuple(row.detail.get(name) for name in ALIKE_BY.get(kind, ()))
        for slug, other in self.alike.get(key, ()):
            match = SequenceMatcher(None, fold(title), fold(other), autojunk=False)
            if match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE:
                found[slug] = other
        return tuple(found.items())


def stored(session: Session, kind: str, rows: Sequence[Row], slugs: Iterable[str]) -> Stored:
    """Return what a batch of rows is held against: objects by slug, by title, and by what they have in common."""
    wanted, detail = set(slugs), kinds()[kind]
    spine_of: Any = detail.id  # type: ignore[attr-defined]
    others = select(CampaignObject.slug, CampaignObject.kind).where(
        col(CampaignObject.slug).in_(wanted), CampaignObject.kind != kind
    )
    joined = select(CampaignObject, detail).join(detail, spine_of == col(CampaignObject.id))
    mine = list(session.exec(joined.where(col(CampaignObject.slug).in_(wanted))))
    texts = {str(row.spine["title"]).casefold() for row in rows if row.spine.get("title")}
    titles: dict[str, list[tuple[str, str]]] = defaultdict(list)
    open_ones = select(CampaignObject.slug, CampaignObject.title).where(
        CampaignObject.kind == kind, col(CampaignObject.merged_into_id).is_(None)
    )
    for slug, title in session.exec(open_ones.where(func.lower(CampaignObject.title).in_(texts))):
        titles[title.casefold()].append((slug, title))
    return Stored(
        by_slug={spine.slug: (spine, row) for spine, row in mine},
        titles=titles,
        alike=_alike(session, kind, rows),
        parts=StoredParts.of(session, kind, [spine.id or 0 for spine, _ in mine]),
        of_other_kinds=dict(session.exec(others).all()),
        named=typed_names.texts(session, _pointed_to(detail, [row for _, row in mine])),
    )


def _pointed_to(detail: type[ObjectDetail], rows: Sequence[ObjectDetail]) -> Iterator[tuple[str, int]]:
    """Yield the rows, by table and id, that details point to."""
    for column in columns(detail).c:
        table = slug_table(column) if column.name != "id" else None
        for row in rows if table else ():
            if (number := getattr(row, column.name)) is not None:
                yield table or "", number


def _alike(session: Session, kind: str, rows: Sequence[Row]) -> dict[tuple[Any, ...], list[tuple[str, str]]]:
    names = ALIKE_BY.get(kind, ())
    keys = {tuple(row.detail[name] for name in names) for row in rows if all(name in row.detail for name in names)}
    if not names or not keys:
        return {}
    detail: Any = kinds()[kind]
    shared = [getattr(detail, name) for name in names]
    query = (
        select(CampaignObject.slug, CampaignObject.title, *shared)
        .join(detail, detail.id == col(CampaignObject.id))
        .where(tuple_(*shared).in_(sorted(keys, key=str)), col(CampaignObject.merged_into_id).is_(None))
        .order_by(col(CampaignObject.id))
    )
    found: dict[tuple[Any, ...], list[tuple[str, str]]] = defaultdict(list)
    for slug, title, *key in session.exec(query):
        if len(found[tuple(key)]) < MOST_ALIKE:
            found[tuple(key)].append((slug, title))
    return found


def changes(kind: str, row: Row, held: Stored, slug: str) -> list[FieldChange]:
    """Return what a row says otherwise than the object of its slug, or all that it says where there is none."""
    spine, detail = held.by_slug.get(slug, (None, None))
    known, found = fields(kind), []
    for where, values in ((spine, row.spine), (detail, row.detail)):
        for name, value in values.items():
            before = getattr(where, name) if where is not None else None
            key = name.removesuffix("_id") if name.removesuffix("_id") in known else name
            if before != value and not (name == "slug" and where is not None):
                words = _words(known[key].column, before, held)
                found.append(FieldChange(key, known[key].label, words, row.texts[key]))
    number = spine.id or 0 if spine is not None else 0
    found += [FieldChange(part.key, part.label, "", part.words) for part in held.parts.missing(number, row.parts)]
    return found


def _words(column: Column[Any] | None, value: Any, held: Stored) -> str:
    """Return a stored value as people read it: the name of what it points to."""
    if value is None or value == "":
        return ""
    table = slug_table(column) if column is not None else None
    if table is not None:
        return held.named.get((table, value), "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value.value if isinstance(value, StrEnum) else str(value)
