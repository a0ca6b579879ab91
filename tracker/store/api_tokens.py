"""Tokens of programs, by account and by key."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from tracker.models.account import Account, ApiToken


def of_account(session: Session, account_id: int) -> list[ApiToken]:
    """Return an account's tokens that were not revoked, the newest first."""
    query = select(ApiToken).where(ApiToken.account_id == account_id, col(ApiToken.revoked_at).is_(None))
    return list(session.exec(query.order_by(col(ApiToken.id).desc())))


def by_key(session: Session, key_hash: str, now: datetime) -> tuple[ApiToken, Account] | None:
    """Return a token that holds and whose it is."""
    found = session.exec(
        select(ApiToken, Account)
        .join(Account, col(Account.id) == ApiToken.account_id)
        .where(
            ApiToken.key_hash == key_hash,
            col(ApiToken.revoked_at).is_(None),
            ApiToken.expires_at > now,
            col(Account.active),
        )
    ).first()
    return None if found is None else (found[0], found[1])


def used(session: Session, token_id: int, now: datetime) -> None:
    """Note that a token was used."""
    session.connection().execute(update(ApiToken).where(col(ApiToken.id) == token_id).values(used_at=now))


def revoke(session: Session, account_id: int, token_id: int, now: datetime) -> bool:
    """Let one of an account's tokens hold no longer; return False when it has none such."""
    ended = (
        update(ApiToken)
        .where(col(ApiToken.account_id) == account_id, col(ApiToken.id) == token_id, col(ApiToken.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    return session.connection().execute(ended).rowcount == 1
