"""Passkeys, by account and by credential."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.models.account import Passkey


def of_account(session: Session, account_id: int) -> list[Passkey]:
    """Return an account's passkeys, the oldest first."""
    return list(session.exec(select(Passkey).where(Passkey.account_id == account_id).order_by(col(Passkey.id))))


def by_credential(session: Session, credential_id: str) -> Passkey | None:
    """Return the passkey with a credential's id (base64url); it is locked until the transaction ends."""
    return session.exec(select(Passkey).where(Passkey.credential_id == credential_id).with_for_update()).first()


def drop(session: Session, account_id: int, passkey_id: int) -> bool:
    """Take one of an account's passkeys away; return False when it has none of this number."""
    gone = delete(Passkey).where(col(Passkey.account_id) == account_id, col(Passkey.id) == passkey_id)
    return session.connection().execute(gone).rowcount == 1


def drop_all(session: Session, account_id: int) -> None:
    """Take all of an account's passkeys away."""
    session.connection().execute(delete(Passkey).where(col(Passkey.account_id) == account_id))
