"""Organisations, products and people: kept equal to the gazetteer file, and completed by campaign files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from tracker.domain.canonical import organization_key
from tracker.domain.errors import InputError
from tracker.domain.vocab import Lane, OrganizationRole
from tracker.models.base import Base
from tracker.models.organization import (
    Alias,
    Identifier,
    IdentifierScheme,
    Organization,
    OrganizationInRole,
    Person,
    Product,
)
from tracker.store.records import code, columns, refused_as_input, update

LANES = {
    OrganizationRole.ISSUER: Lane.COMPANY,
    OrganizationRole.VENDOR: Lane.COMPANY,
    OrganizationRole.AGENCY: Lane.REGULATORS,
    OrganizationRole.INVESTOR: Lane.INVESTORS,
    OrganizationRole.ADVOCATE: Lane.ADVOCATES,
    OrganizationRole.LAWMAKER: Lane.LAWMAKERS,
    OrganizationRole.REGULATOR: Lane.REGULATORS,
    OrganizationRole.COURT: Lane.REGULATORS,
    OrganizationRole.PUBLISHER: Lane.PRESS,
    OrganizationRole.ADVISER: Lane.INVESTORS,
}


def merge(session: Session, file: Mapping[str, Any]) -> bool:
    """Add or complete the organisations, products and people of a campaign file; by slug, nothing is taken away.

    Returns whether anything changed: names and lanes stand in timeline rows. Raises InputError naming entry and key.
    """
    known = {row.slug: row for row in session.exec(select(Organization))}
    led = _led(known.values())
    changed = False
    given = list(file.get("organizations", ()))
    for entry in given:
        slug = entry.get("slug")
        if slug in led:  # it is told by another now, under whose name its other names are added
            known[str(slug)] = led[str(slug)]
            continue
        with _naming(f"organization {slug}"):
            known[str(slug)], new = _organization(session, known.get(str(slug)), entry)
        changed |= new
    session.flush()
    ids = {slug: row.id for slug, row in known.items()}
    holders = {(row.scheme, row.value): row for row in session.exec(select(Identifier))}
    names = _StoredNames(session)
    for entry in given:
        row = known[entry["slug"]]
        with _naming(f"organization {entry['slug']}"):
            changed |= update(row, _owner(entry, "parent", "parent_id", ids))
            changed |= names.add(row.id or 0, entry)
            changed |= _identifiers(session, row.id or 0, entry, holders)
    names.write(session)
    products = {row.slug: row for row in session.exec(select(Product))}
    for entry in file.get("products", ()):
        with _naming(f"product {entry.get('slug')}"):
            plain = _filled(entry, ("name",)) | _owner(entry, "vendor", "vendor_id", ids)
            changed |= _simple(session, Product, products, entry, plain)
    people = {row.slug: row for row in session.exec(select(Person))}
    for entry in file.get("people", ()):
        with _naming(f"person {entry.get('slug')}"):
            plain = _filled(entry, ("name", "position")) | _owner(entry, "organization", "organization_id", ids)
            changed |= _simple(session, Person, people, entry, plain)
    session.flush()
    return changed


@contextmanager
def _naming(where: str) -> Iterator[None]:
    """Say in which entry something is wrong."""
    with refused_as_input(where):
        try:
            yield
        except InputError as error:
            raise InputError(f"{where}: {error}") from error


def _filled(entry: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Return the keys that say something: an empty text completes nothing."""
    return {key: entry[key] for key in keys if entry.get(key) not in {None, ""}}


def _owner(entry: Mapping[str, Any], key: str, column: str, ids: Mapping[str, int | None]) -> dict[str, Any]:
    if not entry.get(key):
        return {}
    if entry[key] not in ids:
        raise InputError(f"{key}: no organization is called {entry[key]!r}; add it first")
    return {column: ids[entry[key]]}


def _organization(session: Session, row: Organization | None, entry: Mapping[str, Any]) -> tuple[Organization, bool]:
    plain = _filled(entry, ("slug", "name", "home_url", "fictional"))
    roles = [code(OrganizationRole, role) for role in entry.get("roles", ())]
    if "lane" in entry:
        plain["lane"] = code(Lane, entry["lane"])
    if row is not None:
        return row, update(row, plain)
    plain.setdefault("lane", LANES[roles[0]] if roles else Lane.PRESS)
    row = Organization(**_complete(Organization, plain))
    session.add(row)
    return row, True


def _complete(table: type[Base], plain: dict[str, Any]) -> dict[str, Any]:
    for key in ("slug", "name"):
        if not isinstance(plain.get(key), str):
            raise InputError(f"it needs {key!r} as text, found {plain.get(key)!r}")
        longest = columns(table).c[key].type.length  # type: ignore[attr-defined]
        if len(plain[key]) > longest:
            raise InputError(f"{key}: it has {len(plain[key])} characters, and {longest} are the most; shorten it")
    return plain


class _StoredNames:
    """The roles and aliases there are, and those to add: read and written in one go, since the gazetteer is long."""

    def __init__(self, session: Session) -> None:
        roles = select(OrganizationInRole.organization_id, OrganizationInRole.role)
        self._roles = {(key, role) for key, role in session.exec(roles)}
        self._aliases = set(session.exec(select(Alias.organization_id, Alias.text)))
        self._new: dict[type[Base], list[dict[str, Any]]] = {OrganizationInRole: [], Alias: []}

    def add(self, organization_id: int, entry: Mapping[str, Any]) -> bool:
        """Note the roles and aliases that are not there yet; return whether there were any."""
        before = sum(map(len, self._new.values()))
        for role in (code(OrganizationRole, role) for role in entry.get("roles", ())):
            if (organization_id, role) not in self._roles:
                self._roles.add((organization_id, role))
                self._new[OrganizationInRole].append({"organization_id": organization_id, "role": role})
        for text, exact, context in _aliases(entry):
            if (organization_id, text) not in self._aliases:
                self._aliases.add((organization_id, text))
                row = {"organization_id": organization_id, "text": text}
                self._new[Alias].append({**row, "case_sensitive": exact, "needs_context": context})
        return sum(map(len, self._new.values())) > before

    def write(self, session: Session) -> None:
        """Write what was noted."""
        for table, rows in self._new.items():
            if rows:
                session.execute(insert(table), rows)


def _identifiers(
    session: Session,
    organization_id: int,
    entry: Mapping[str, Any],
    holders: dict[tuple[IdentifierScheme, str], Identifier],
) -> bool:
    """Keep an organisation's numbers, one of each scheme; a number is one organisation's alone."""
    changed = False
    for name, given in entry.get("identifiers", {}).items():
        scheme, value = code(IdentifierScheme, name), _number(name, given)
        holder = holders.get((scheme, value))
        if holder is not None and holder.organization_id != organization_id:
            other = session.get_one(Organization, holder.organization_id)
            raise InputError(
                f"identifiers.{name}: {value} is {other.slug}'s already; use that slug, or correct the number"
            )
        if holder is not None:
            continue
        mine = [
            row for (known, _), row in holders.items() if known is scheme and row.organization_id == organization_id
        ]
        row = mine[0] if mine else Identifier(organization_id=organization_id, scheme=scheme, value=value)
        holders.pop((scheme, row.value), None)
        row.value = value
        holders[scheme, value] = row
        session.add(row)
        changed = True
    return changed


def _aliases(entry: Mapping[str, Any]) -> Iterable[tuple[str, bool, list[str]]]:
    for text in entry.get("aliases", ()):
        yield text, False, []
    for text in entry.get("case_sensitive", ()):
        yield text, True, []
    for text in entry.get("ambiguous", ()):
        yield text, True, list(entry.get("needs_context", ()))


def _simple(
    session: Session,
    table: type[Product | Person],
    rows: dict[str, Any],
    entry: Mapping[str, Any],
    plain: dict[str, Any],
) -> bool:
    row = rows.get(entry.get("slug", ""))
    if row is not None:
        return update(row, {**plain, "aliases": list(dict.fromkeys([*row.aliases, *entry.get("aliases", ())]))})
    values = _complete(table, {**plain, "slug": entry.get("slug")})
    rows[values["slug"]] = table(**values, aliases=list(entry.get("aliases", ())))
    session.add(rows[values["slug"]])
    return True


def from_gazetteer(tables: Mapping[str, Any], slug_of: Any) -> dict[str, Any]:
    """Return the gazetteer (the files of config/names) in the form that `merge` reads."""
    organizations = []
    for row in tables.get("organization", ()):
        numbers = {key: _number(key, row[key]) for key in ("cik", "ticker", "lei", "uei") if key in row}
        organizations.append({**row, "slug": row["id"], "identifiers": numbers})
    return {
        "organizations": organizations,
        "products": [_named(row, slug_of, "vendor") for row in tables.get("product", ())],
        "people": [_named(row, slug_of, "organization") for row in tables.get("person", ())],
    }


def _number(scheme: str, value: Any) -> str:
    text = str(value).strip()
    return f"{int(text):010d}" if scheme == "cik" and text.isascii() and text.isdecimal() else text


def _named(row: Mapping[str, Any], slug_of: Any, owner: str) -> dict[str, Any]:
    return {
        "slug": row.get("id") or slug_of(row["name"]),
        "name": row["name"],
        owner: row.get("organization", ""),
        "aliases": [*row.get("aliases", ()), *row.get("case_sensitive", ())],
    }


def _led(rows: Iterable[Organization]) -> dict[str, Organization]:
    """Return by its slug where each organisation ended that was merged into another."""
    by_id = {row.id: row for row in rows}
    found = {}
    for row in by_id.values():
        last = row
        for _ in by_id:  # a circle of merges comes to rest
            last = by_id.get(last.merged_into_id, last)
        if last is not row:
            found[row.slug] = last
    return found


def all_of(session: Session) -> tuple[list[Organization], list[Product], list[Person]]:
    """Return every organisation, product and person, ordered by slug."""
    return (
        list(session.exec(select(Organization).order_by(col(Organization.slug)))),
        list(session.exec(select(Product).order_by(col(Product.slug)))),
        list(session.exec(select(Person).order_by(col(Person.slug)))),
    )


def aliases(session: Session) -> list[Alias]:
    """Return every alias, ordered by id."""
    return list(session.exec(select(Alias).order_by(col(Alias.id))))


def roles(session: Session) -> dict[int, list[str]]:
    """Return each organisation's roles by its id, in the order of their codes."""
    found: dict[int, list[str]] = defaultdict(list)
    held = select(OrganizationInRole.organization_id, OrganizationInRole.role)
    for number, role in session.exec(held.order_by(col(OrganizationInRole.role))):
        found[number].append(OrganizationRole(role).value)
    return found


def keys(session: Session) -> dict[str, str]:
    """Return slugs of organisations by the keys of their names and aliases; a key that several share is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = list(session.exec(select(Organization).where(col(Organization.merged_into_id).is_(None))))
    slugs = {row.id: row.slug for row in rows}
    for row in rows:
        found[organization_key(row.name)].add(row.slug)
    for alias in aliases(session):
        if not alias.needs_context and alias.organization_id in slugs:
            found[organization_key(alias.text)].add(slugs[alias.organization_id])
    return {key: next(iter(named)) for key, named in found.items() if len(named) == 1}


def investors(session: Session) -> list[tuple[Organization, int]]:
    """Return the investors whose number at the SEC (CIK) is known, with it, ordered by slug."""
    query = (
        select(Organization, Identifier.value)
        .join(Identifier, col(Identifier.organization_id) == col(Organization.id))
        .join(OrganizationInRole, col(OrganizationInRole.organization_id) == col(Organization.id))
        .where(Identifier.scheme == IdentifierScheme.CIK, OrganizationInRole.role == OrganizationRole.INVESTOR)
        .order_by(col(Organization.slug))
    )
    return [(row, int(value)) for row, value in session.exec(query) if value.isdecimal()]


@dataclass(frozen=True, slots=True)
class PartyKey:
    """An organisation or a person that a name stands for: the column of a part in which its id is written."""

    column: str
    id: int
    slug: str


def parties(session: Session) -> dict[str, PartyKey]:
    """Return organisations and people by the keys of their names; a key that several share is left out."""
    ids = dict(session.exec(select(Organization.slug, Organization.id)).all())
    found = {key: [PartyKey("organization_id", ids[slug] or 0, slug)] for key, slug in keys(session).items()}
    for person in session.exec(select(Person).order_by(col(Person.id))):
        for name in {person.name, *person.aliases}:
            found.setdefault(organization_key(name), []).append(PartyKey("person_id", person.id or 0, person.slug))
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1}


def by_key(session: Session, key: str) -> Organization | None:
    """Return the one organisation whose name or alias has this key."""
    slug = keys(session).get(key)
    return session.exec(select(Organization).where(Organization.slug == slug)).first() if slug else None


def by_slug_or_name(session: Session, text: str) -> Organization | None:
    """Return the organisation that has this slug, or is called so, if there is one."""
    text = " ".join(text.split())
    row = session.exec(select(Organization).where(Organization.slug == text)).first()
    return row or (by_key(session, organization_key(text)) if text else None)
