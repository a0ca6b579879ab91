"""Parties: organisations in their several roles, their names and numbers, their products and people."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.vocab import Lane, OrganizationRole
from tracker.models.base import Base, Json, choice


class IdentifierScheme(StrEnum):
    """Public numbers by which a party is known for certain."""

    CIK = "cik"
    TICKER = "ticker"
    LEI = "lei"
    UEI = "uei"


class Organization(Base, table=True):
    """One party. A vendor is often the issuer as well: roles stand in their own table."""

    __tablename__ = "organization"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=120, unique=True)
    name: str = Field(max_length=300)
    lane: Lane = Field(sa_type=choice(Lane))
    home_url: str = ""
    parent_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    merged_into_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    fictional: bool = False


class OrganizationInRole(Base, table=True):
    """A role an organisation has in our campaigns."""

    __tablename__ = "organization_role"
    organization_id: int = Field(foreign_key="organization.id", primary_key=True, ondelete="CASCADE")
    role: OrganizationRole = Field(primary_key=True, sa_type=choice(OrganizationRole))


class Alias(Base, table=True):
    """Another name of an organisation; one that is a common word counts only near one of `needs_context`."""

    __tablename__ = "alias"
    __table_args__ = (UniqueConstraint("organization_id", "text"), CheckConstraint("text <> ''", name="text_given"))
    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True, ondelete="CASCADE")
    text: str = Field(max_length=300)
    case_sensitive: bool = False
    needs_context: list[str] = Field(default_factory=list, sa_type=Json)


class Identifier(Base, table=True):
    """A public number of an organisation (CIK, ticker, LEI, UEI)."""

    __tablename__ = "identifier"
    __table_args__ = (UniqueConstraint("scheme", "value"),)
    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True, ondelete="CASCADE")
    scheme: IdentifierScheme = Field(sa_type=choice(IdentifierScheme))
    value: str = Field(max_length=40)


class Product(Base, table=True):
    """What a vendor sells; naming it implies its vendor."""

    __tablename__ = "product"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=120, unique=True)
    name: str = Field(max_length=200)
    vendor_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    aliases: list[str] = Field(default_factory=list, sa_type=Json)


class Person(Base, table=True):
    """A person in a public part: signatory, officer, filer. No private data is kept."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=120, unique=True)
    name: str = Field(max_length=200)
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    position: str = ""
    aliases: list[str] = Field(default_factory=list, sa_type=Json)
