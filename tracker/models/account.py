"""People who may edit, how each proves who they are, and what keeps the machine's own work in order.

No secret is kept as it was given: passwords as argon2 hashes, tokens and links as SHA-256 of what only their owner has.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from tracker.domain.accounts import LinkPurpose, Scope
from tracker.domain.vocab import Role
from tracker.models.base import Base, Json, UtcDateTime, choice

DIGEST = 64  # letters of SHA-256 in hexadecimal


class Account(Base, table=True):
    """Somebody with a role. `name` is public and unique: decisions, changes and corrections name them by it."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower_case"),)
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=320, unique=True)
    name: str = Field(max_length=120, unique=True)
    role: Role = Field(sa_type=choice(Role))
    password_hash: str = ""
    active: bool = True
    totp_secret: str = ""
    totp_last: int = 0
    passkey_handle: str = Field(default="", max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)


class AccountSession(Base, table=True):
    """Somebody signed in on one device; the row is the session, so that ending it here ends it there."""

    __tablename__ = "account_session"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    key_hash: str = Field(max_length=DIGEST, unique=True)
    started_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
    device: str = Field(default="", max_length=200)


class AccountLink(Base, table=True):
    """A link that lets its holder choose a password once: the invitation of a new account, or a forgotten password."""

    __tablename__ = "account_link"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="CASCADE")
    purpose: LinkPurpose = Field(sa_type=choice(LinkPurpose))
    key_hash: str = Field(max_length=DIGEST, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInFailure(Base, table=True):
    """One failed try to sign in, counted against an account's address and against where it came from (both hashed)."""

    __tablename__ = "sign_in_failure"
    id: int | None = Field(default=None, primary_key=True)
    counted: str = Field(max_length=DIGEST, index=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class Passkey(Base, table=True):
    """A key pair whose private half never leaves a device (WebAuthn Level 2)."""

    __tablename__ = "passkey"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=120)
    credential_id: str = Field(max_length=1400, unique=True)
    public_key: str
    sign_count: int = 0
    transports: list[str] = Field(default_factory=list, sa_type=Json)
    made_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApiToken(Base, table=True):
    """What a program shows to act for somebody, within scopes; `ends_with` lets its owner tell it from others."""

    __tablename__ = "api_token"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=120)
    key_hash: str = Field(max_length=DIGEST, unique=True)
    ends_with: str = Field(max_length=8)
    scopes: list[Scope] = Field(default_factory=list, sa_type=Json)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Lease(Base, table=True):
    """Who may do a thing that only one process may do (the scheduler), until when; an expired lease is taken over."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True, max_length=60)
    leased_by: str = Field(max_length=120)
    leased_until: datetime = Field(sa_type=UtcDateTime)


class JobRun(Base, table=True):
    """One run of a scheduled job: when it is due next, how the last one went."""

    __tablename__ = "job_run"
    name: str = Field(primary_key=True, max_length=60)
    due_at: datetime = Field(sa_type=UtcDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_by: str = Field(default="", max_length=120)
    last_started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_result: str = ""
    last_error: str = ""
