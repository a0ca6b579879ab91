"""Organisations, products and people: kept equal to the gazetteer file, and completed by campaign files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.vocab import Lane, OrganizationRole
from tracker.models.organization import (
    Alias,
    Identifier,
    IdentifierScheme,
    Organization,
    OrganizationInRole,
    Person,
    Product,
)
from tracker.store.records import update

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


def merge(session: Session, file: Mapping[str, Any]) -> None:
    """Add or complete the organisations, products and people of a campaign file; by slug, nothing is taken away."""
    known = {row.slug: row for row in session.exec(select(Organization))}
    given = list(file.get("organizations", ()))
    for entry in given:
        known[entry["slug"]] = _organization(session, known.get(entry["slug"]), entry)
    session.flush()
    for entry in given:
        if entry.get("parent"):
            known[entry["slug"]].parent_id = known[entry["parent"]].id
        _names(session, known[entry["slug"]].id or 0, entry)
    ids = {slug: row.id for slug, row in known.items()}
    for entry in file.get("products", ()):
        _simple(session, Product, entry, {"vendor_id": ids.get(entry.get("vendor", ""))}, ("name", "aliases"))
    for entry in file.get("people", ()):
        owner = {"organization_id": ids.get(entry.get("organization", ""))}
        _simple(session, Person, entry, owner, ("name", "aliases", "position"))
    session.flush()


def _organization(session: Session, row: Organization | None, entry: Mapping[str, Any]) -> Organization:
    plain = {key: entry[key] for key in ("name", "home_url", "fictional") if key in entry}
    roles = [OrganizationRole(role) for role in entry.get("roles", ())]
    if "lane" in entry:
        plain["lane"] = Lane(entry["lane"])
    if row is None:
        lane = plain.pop("lane", None) or (LANES[roles[0]] if roles else Lane.PRESS)
        row = Organization(slug=entry["slug"], lane=lane, **plain)
        session.add(row)
    else:
        update(row, plain)
    return row


def _names(session: Session, organization_id: int, entry: Mapping[str, Any]) -> None:
    for role in entry.get("roles", ()):
        session.merge(OrganizationInRole(organization_id=organization_id, role=OrganizationRole(role)))
    stored = set(session.exec(select(Alias.text).where(Alias.organization_id == organization_id)))
    for text, exact, context in _aliases(entry):
        if text not in stored:
            stored.add(text)
            session.add(
                Alias(organization_id=organization_id, text=text, case_sensitive=exact, needs_context=context)
            )
    numbers = set(session.exec(select(Identifier.scheme).where(Identifier.organization_id == organization_id)))
    for scheme, value in entry.get("identifiers", {}).items():
        if IdentifierScheme(scheme) not in numbers:
            session.add(
                Identifier(organization_id=organization_id, scheme=IdentifierScheme(scheme), value=str(value))
            )


def _aliases(entry: Mapping[str, Any]) -> Iterable[tuple[str, bool, list[str]]]:
    for text in entry.get("aliases", ()):
        yield text, False, []
    for text in entry.get("case_sensitive", ()):
        yield text, True, []
    for text in entry.get("ambiguous", ()):
        yield text, True, list(entry.get("needs_context", ()))


def _simple(
    session: Session,
    table: type[Product] | type[Person],
    entry: Mapping[str, Any],
    owner: Mapping[str, int | None],
    keys: tuple[str, ...],
) -> None:
    plain = {key: entry[key] for key in keys if key in entry} | {key: value for key, value in owner.items() if value}
    row = session.exec(select(table).where(table.slug == entry["slug"])).first()
    if row is None:
        session.add(table(slug=entry["slug"], **plain))
    else:
        update(row, plain)


def from_gazetteer(tables: Mapping[str, Any], slug_of: Any) -> dict[str, Any]:
    """Return the gazetteer file (config/organizations.toml) in the form that `merge` reads."""
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
    return f"{int(value):010d}" if scheme == "cik" else str(value)


def _named(row: Mapping[str, Any], slug_of: Any, owner: str) -> dict[str, Any]:
    return {
        "slug": row.get("id") or slug_of(row["name"]),
        "name": row["name"],
        owner: row.get("organization", ""),
        "aliases": [*row.get("aliases", ()), *row.get("case_sensitive", ())],
    }


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
    for row in session.exec(select(OrganizationInRole).order_by(col(OrganizationInRole.role))):
        found[row.organization_id].append(row.role.value)
    return found
