"""Organisations, people and products as forms have them: read with a stamp of what stood, written where they differ."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, func, select

from tracker.domain.errors import InputError
from tracker.domain.vocab import DocumentState, Lane, OrganizationRole
from tracker.models.document import Document
from tracker.models.organization import (
    Alias,
    Identifier,
    IdentifierScheme,
    Organization,
    OrganizationInRole,
    Person,
    Product,
)

# A name that so many newest documents have in their titles is hardly one organisation's alone.
LOOKED_AT = 5_000
VERY_MUCH = 0.05


@dataclass(frozen=True, slots=True)
class AliasForm:
    """Another name: `exact` counts capitals, `context` are words of which one must stand near."""

    text: str
    exact: bool = False
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganizationForm:
    """An organisation as its form has it; `parent` is a slug, `numbers` are public numbers by scheme."""

    name: str
    lane: str
    home_url: str = ""
    parent: str = ""
    roles: tuple[str, ...] = ()
    aliases: tuple[AliasForm, ...] = ()
    numbers: Mapping[str, str] | None = None

    def stamp(self) -> str:
        """Return what tells this state from another: a form made from it is stale once another stands."""
        plain = json.dumps(asdict(self), sort_keys=True, default=str)
        return sha256(plain.encode()).hexdigest()[:16]

    def names(self) -> tuple[Any, ...]:
        """Return what mentions in documents are found by."""
        return (self.name, self.aliases)


def organization(session: Session, slug: str) -> tuple[Organization, OrganizationForm] | None:
    """Return an organisation and the form of it as it stands."""
    row = session.exec(select(Organization).where(Organization.slug == slug)).first()
    if row is None:
        return None
    parent = session.get(Organization, row.parent_id) if row.parent_id else None
    aliases = select(Alias).where(Alias.organization_id == row.id).order_by(col(Alias.id))
    roles = select(OrganizationInRole.role).where(OrganizationInRole.organization_id == row.id)
    numbers = select(Identifier.scheme, Identifier.value).where(Identifier.organization_id == row.id)
    return row, OrganizationForm(
        name=row.name,
        lane=row.lane.value,
        home_url=row.home_url,
        parent=parent.slug if parent else "",
        roles=tuple(sorted(OrganizationRole(role).value for role in session.exec(roles))),
        aliases=tuple(
            AliasForm(one.text, one.case_sensitive, tuple(one.needs_context)) for one in session.exec(aliases)
        ),
        numbers={
            IdentifierScheme(scheme).value: value
            for scheme, value in session.exec(numbers.order_by(col(Identifier.scheme)))
        },
    )


def write(session: Session, row: Organization | None, slug: str, form: OrganizationForm) -> Organization:
    """Make an organisation what a form says, touching only what differs; raises InputError for a number of another."""
    if row is None:
        row = Organization(slug=slug, name=form.name, lane=Lane(form.lane))
        session.add(row)
    parent_id = None
    if form.parent:
        parent_id = session.exec(select(Organization.id).where(Organization.slug == form.parent)).first()
    for name, value in (
        ("name", form.name), ("lane", Lane(form.lane)), ("home_url", form.home_url), ("parent_id", parent_id)
    ):  # fmt: skip
        if getattr(row, name) != value:
            setattr(row, name, value)
    session.flush()
    key = row.id or 0
    _roles(session, key, form.roles)
    _aliases(session, key, form.aliases)
    _numbers(session, key, form.numbers or {})
    session.flush()
    return row


def _roles(session: Session, key: int, wanted: Sequence[str]) -> None:
    stored = {
        row.role: row
        for row in session.exec(select(OrganizationInRole).where(OrganizationInRole.organization_id == key))
    }
    for role in set(map(OrganizationRole, wanted)) - stored.keys():
        session.add(OrganizationInRole(organization_id=key, role=role))
    for role in stored.keys() - set(map(OrganizationRole, wanted)):
        session.delete(stored[role])


def _aliases(session: Session, key: int, wanted: Sequence[AliasForm]) -> None:
    stored = {row.text: row for row in session.exec(select(Alias).where(Alias.organization_id == key))}
    for one in wanted:
        row = stored.pop(one.text, None)
        if row is None:
            session.add(
                Alias(organization_id=key, text=one.text, case_sensitive=one.exact, needs_context=[*one.context])
            )
        elif (row.case_sensitive, tuple(row.needs_context)) != (one.exact, one.context):
            row.case_sensitive, row.needs_context = one.exact, [*one.context]
    for row in stored.values():
        session.delete(row)


def _numbers(session: Session, key: int, wanted: Mapping[str, str]) -> None:
    stored = {
        row.scheme.value: row for row in session.exec(select(Identifier).where(Identifier.organization_id == key))
    }
    for scheme, value in wanted.items():
        held = session.exec(
            select(Organization.name)
            .join(Identifier, col(Identifier.organization_id) == col(Organization.id))
            .where(Identifier.scheme == IdentifierScheme(scheme), Identifier.value == value, Organization.id != key)
        ).first()
        if held is not None:
            raise InputError(f"{scheme}: {value} is the number of {held} already; correct one of them")
        row = stored.pop(scheme, None)
        if row is None:
            session.add(Identifier(organization_id=key, scheme=IdentifierScheme(scheme), value=value))
        elif row.value != value:
            row.value = value
    for row in stored.values():
        session.delete(row)


def people_of(session: Session, organization_id: int) -> list[Person]:
    """Return an organisation's people by name."""
    query = select(Person).where(Person.organization_id == organization_id)
    return list(session.exec(query.order_by(Person.name, col(Person.id))))


def products_of(session: Session, organization_id: int) -> list[Product]:
    """Return an organisation's products by name."""
    query = select(Product).where(Product.vendor_id == organization_id)
    return list(session.exec(query.order_by(Product.name, col(Product.id))))


def documents_to_read_again(session: Session) -> int:
    """Return how many documents are read again when names change: those judged by rule."""
    states = [DocumentState.RELEVANT, DocumentState.SCREENED]
    return int(session.exec(select(func.count()).where(col(Document.state).in_(states))).one())


def share_of_titles(session: Session, name: str) -> tuple[int, int]:
    """Return in how many titles of the newest documents a name stands, and how many were looked at."""
    newest = select(Document.title).order_by(col(Document.id).desc()).limit(LOOKED_AT).subquery()
    total = session.exec(select(func.count()).select_from(newest)).one()
    wanted = f"% {_escaped(name.lower())} %"
    padded = " " + func.lower(newest.c.title) + " "
    found = session.exec(select(func.count()).select_from(newest).where(padded.like(wanted, escape="\\"))).one()
    return int(found), int(total)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
