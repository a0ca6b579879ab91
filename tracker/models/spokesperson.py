"""Who may declare votes for an organisation: an account is tied to at most one, by an administrator."""

from sqlmodel import Field

from tracker.models.base import Base


class Spokesperson(Base, table=True):
    """An account that speaks for an organisation."""

    __tablename__ = "spokesperson"
    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    organization_id: int = Field(foreign_key="organization.id", index=True, ondelete="CASCADE")
