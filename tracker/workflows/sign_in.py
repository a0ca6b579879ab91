"""Signing in and out: a session is a row, and the key to it stands in the signed cookie of one browser."""

from dataclasses import dataclass
from datetime import timedelta

from tracker.domain.errors import NotFoundError
from tracker.models.account import Account, AccountSession
from tracker.store import accounts
from tracker.store.engine import reading, writing
from tracker.workflows import passwords
from tracker.workflows.runtime import Runtime

# How exactly the last moment of a session is kept: a write for every page would be one too many.
SEEN_EVERY = timedelta(minutes=5)
LONGEST_DEVICE = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session belongs to."""

    account: Account
    session: AccountSession


def check_password(runtime: Runtime, email: str, password: str) -> Account | None:
    """Return the account whose address and password these are; None otherwise, after the same time."""
    with reading(runtime.engine) as session:
        account = accounts.by_email(session, email)
    right = passwords.matches(account.password_hash if account else "", password)
    if account is None or not right or not account.active:
        return None
    return account


def begin(runtime: Runtime, account_id: int, device: str = "") -> str:
    """Begin a session and return its key, which is kept nowhere but in the browser that gets it."""
    key, now = passwords.new_key(), runtime.clock()
    with writing(runtime.engine) as session:
        if accounts.by_id(session, account_id) is None:
            raise NotFoundError(f"signing in: account {account_id} is no longer there")
        accounts.drop_ended(session, now)
        session.add(
            AccountSession(
                account_id=account_id, key_hash=passwords.fingerprint(key), started_at=now, seen_at=now,
                device=device[:LONGEST_DEVICE],
            )
        )  # fmt: skip
    return key


def found(runtime: Runtime, key: str) -> SignedIn | None:
    """Return whose session a key opens, or None when it holds no more; note now and then that it was used."""
    now = runtime.clock()
    with reading(runtime.engine) as session:
        row = accounts.session_by_key(session, passwords.fingerprint(key), now)
    if row is None:
        return None
    if now - row[0].seen_at >= SEEN_EVERY:
        with writing(runtime.engine) as session:
            accounts.seen(session, row[0].id or 0, now)
    return SignedIn(account=row[1], session=row[0])


def end(runtime: Runtime, account_id: int, key: str) -> None:
    """End one session."""
    with writing(runtime.engine) as session:
        accounts.end_session(session, account_id, passwords.fingerprint(key))
