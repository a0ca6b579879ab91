"""Signing in and out: a session is a row, and the key to it stands in the signed cookie of one browser."""

from dataclasses import dataclass
from datetime import timedelta

from tracker.domain.accounts import AccountAct
from tracker.domain.errors import InputError, NotFoundError
from tracker.models.account import Account, AccountSession
from tracker.store import accounts
from tracker.store.engine import reading, writing
from tracker.workflows import passwords, throttle
from tracker.workflows.runtime import Runtime

# How exactly the last moment of a session is kept: a write for every page would be one too many.
SEEN_EVERY = timedelta(minutes=5)
LONGEST_DEVICE = 200
WRONG = "This is not your password."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session belongs to."""

    account: Account
    session: AccountSession


def check_password(runtime: Runtime, email: str, password: str, place: str) -> Account | None:
    """Return the account whose address and password these are; None otherwise, after the same time.

    `place` is the network address that asks. Raises TooManyError where too many tries failed of late: the same for an
    address that nobody has.
    """
    tries = throttle.begin(runtime, email, place)
    with reading(runtime.engine) as session:
        account = accounts.by_email(session, email)
    right = passwords.matches(account.password_hash if account else "", password)
    if account is None or not right or not account.active:
        return None
    throttle.forget(runtime, tries)
    if passwords.outdated(account.password_hash):
        with writing(runtime.engine) as session:
            row = accounts.locked(session, account.id or 0)
            if row.password_hash == account.password_hash:  # one that was chosen meanwhile stays
                row.password_hash = passwords.again(password)
                account.password_hash = row.password_hash
    return account


def change_password(runtime: Runtime, account_id: int, *, old: str, new: str, key: str, place: str) -> None:
    """Give an account another password and end its other sessions; `key` is that of the one that stays.

    Raises InputError when the old one is wrong (counted as a failed try) or the new one is none.
    """
    with reading(runtime.engine) as session:
        found = accounts.by_id(session, account_id)
    account = check_password(runtime, found.email, old, place) if found is not None else None
    if account is None:
        raise InputError(WRONG)
    kept = passwords.hashed(new, about=(account.email, account.name))
    with writing(runtime.engine) as session:
        row = accounts.locked(session, account_id)
        if row.password_hash != account.password_hash:
            # Somebody was faster, perhaps to shut this very session out.
            raise InputError(WRONG)
        row.password_hash = kept
        accounts.note(session, account_id, AccountAct.PASSWORD_CHANGED, by=row.name, now=runtime.clock())
        accounts.end_sessions(session, account_id, but=passwords.fingerprint(key))
        accounts.drop_links(session, account_id)


def begin(runtime: Runtime, account_id: int, device: str = "") -> str:
    """Begin a session and return its key, which is kept nowhere but in the browser that gets it."""
    key, now = passwords.new_key(), runtime.clock()
    with writing(runtime.engine) as session:
        if not accounts.locked(session, account_id).active:
            raise NotFoundError("This account cannot sign in any longer.")
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
    """End one session, by its key."""
    with writing(runtime.engine) as session:
        accounts.end_session(session, account_id, passwords.fingerprint(key))


def end_number(runtime: Runtime, account_id: int, session_id: int) -> None:
    """End one of an account's sessions by its number; raise NotFoundError when it has none of this number."""
    with writing(runtime.engine) as session:
        if not accounts.end_session_number(session, account_id, session_id):
            raise NotFoundError("This session has ended already.")


def end_others(runtime: Runtime, account_id: int, key: str) -> int:
    """End all of an account's sessions but the one with this key; return how many."""
    with writing(runtime.engine) as session:
        return accounts.end_sessions(session, account_id, but=passwords.fingerprint(key))
