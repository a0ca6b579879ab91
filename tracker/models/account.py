"""People who may edit, and what keeps the machine's own work in order."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from tracker.domain.vocab import Role
from tracker.models.base import Base, UtcDateTime, choice


class Account(Base, table=True):
    """Somebody with a role; decisions and corrections name them."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower_case"),)
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=320, unique=True)
    name: str = Field(max_length=200)
    role: Role = Field(sa_type=choice(Role))
    password_hash: str = ""
    active: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)


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
