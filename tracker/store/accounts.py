"""Accounts, the sessions in which people are signed in, and one-time links."""

from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from tracker.domain.accounts import ABSOLUTE, IDLE, AccountAct, LinkPurpose
from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import Role
from tracker.models.account import Account, AccountEntry, AccountLink, AccountName, AccountSession


def every(session: Session) -> list[Account]:
    """Return all accounts, by name."""
    return list(session.exec(select(Account).order_by(Account.name)))


def by_id(session: Session, account_id: int) -> Account | None:
    """Return an account by its number."""
    return session.get(Account, account_id)


def by_email(session: Session, email: str) -> Account | None:
    """Return the account with a mail address, however it is written."""
    # PostgreSQL takes no U+0000, and no address has one.
    return session.exec(select(Account).where(Account.email == email.replace("\0", " ").strip().lower())).first()


def by_name(session: Session, name: str) -> Account | None:
    """Return the account with a public name; names that differ in case alone are one."""
    return session.exec(select(Account).where(func.lower(Account.name) == name.lower())).first()


def name_owner(session: Session, name: str) -> int | None:
    """Return the number of the account that has a name or had it, or None when it is free."""
    found = session.get(AccountName, name.casefold())
    return found.account_id if found is not None else None


def keep_name(session: Session, account_id: int, name: str) -> None:
    """Remember a name as an account's for good; names that differ in case alone are one."""
    if session.get(AccountName, name.casefold()) is None:
        session.add(AccountName(name=name.casefold(), account_id=account_id))


def locked(session: Session, account_id: int) -> Account:
    """Return an account that is about to be changed; raise NotFoundError when it is gone."""
    found = session.exec(select(Account).where(Account.id == account_id).with_for_update()).first()
    if found is None:
        raise NotFoundError(f"looking for account {account_id}: there is none of this number")
    return found


def administrators(session: Session) -> list[int]:
    """Return the numbers of the active administrators; until the transaction ends nobody else changes them."""
    query = select(Account).where(Account.role == Role.ADMINISTRATOR, col(Account.active))
    return [account.id or 0 for account in session.exec(query.order_by(col(Account.id)).with_for_update())]


# --- what was done to them --------------------------------------------------------------------------------------------


def note(session: Session, account_id: int, act: AccountAct, *, by: str, now: datetime, detail: str = "") -> None:
    """Keep what was done to an account, by whom and when."""
    session.add(AccountEntry(account_id=account_id, act=act, detail=detail[:200], made_by=by, made_at=now))


def entries(session: Session, account_id: int | None = None, *, limit: int) -> list[tuple[AccountEntry, str]]:
    """Return what was done, newest first, each with the account's name of today; of one account or of all."""
    query = select(AccountEntry, Account.name).join(Account, col(Account.id) == AccountEntry.account_id)
    if account_id is not None:
        query = query.where(AccountEntry.account_id == account_id)
    newest = query.order_by(col(AccountEntry.made_at).desc(), col(AccountEntry.id).desc()).limit(limit)
    return [(entry, name) for entry, name in session.exec(newest)]


# --- sessions ---------------------------------------------------------------------------------------------------------


def session_by_key(session: Session, key_hash: str, now: datetime) -> tuple[AccountSession, Account] | None:
    """Return a session that still holds and whose it is; None when it ended, or the account may not sign in."""
    found = session.exec(
        select(AccountSession, Account)
        .join(Account, col(Account.id) == AccountSession.account_id)
        .where(
            AccountSession.key_hash == key_hash,
            AccountSession.seen_at > now - IDLE,
            AccountSession.started_at > now - ABSOLUTE,
            col(Account.active),
        )
    ).first()
    return None if found is None else (found[0], found[1])


def seen(session: Session, session_id: int, now: datetime) -> None:
    """Note that a session was used; one that was ended meanwhile stays ended."""
    noted = update(AccountSession).where(col(AccountSession.id) == session_id).values(seen_at=now)
    session.connection().execute(noted)


def sessions_of(session: Session, account_id: int, now: datetime) -> list[AccountSession]:
    """Return an account's sessions that still hold, the one last seen first."""
    return list(
        session.exec(
            select(AccountSession)
            .where(
                AccountSession.account_id == account_id,
                AccountSession.seen_at > now - IDLE,
                AccountSession.started_at > now - ABSOLUTE,
            )
            .order_by(col(AccountSession.seen_at).desc(), col(AccountSession.id).desc())
        )
    )


def end_sessions(session: Session, account_id: int, *, but: str = "") -> int:
    """End an account's sessions, all but the one with this key's hash; return how many."""
    ended = delete(AccountSession).where(
        col(AccountSession.account_id) == account_id, col(AccountSession.key_hash) != but
    )
    return session.connection().execute(ended).rowcount


def end_session(session: Session, account_id: int, key_hash: str) -> None:
    """End one of an account's sessions."""
    ended = delete(AccountSession).where(
        col(AccountSession.account_id) == account_id, col(AccountSession.key_hash) == key_hash
    )
    session.connection().execute(ended)


def end_session_number(session: Session, account_id: int, session_id: int) -> bool:
    """End one of an account's sessions by its number; return False when it has none of this number."""
    ended = delete(AccountSession).where(
        col(AccountSession.account_id) == account_id, col(AccountSession.id) == session_id
    )
    return session.connection().execute(ended).rowcount == 1


def drop_ended(session: Session, now: datetime) -> None:
    """Take away the sessions that no longer hold."""
    ended = (col(AccountSession.seen_at) <= now - IDLE) | (col(AccountSession.started_at) <= now - ABSOLUTE)
    session.connection().execute(delete(AccountSession).where(ended))


# --- one-time links ---------------------------------------------------------------------------------------------------


def link_by_key(session: Session, key_hash: str, now: datetime) -> AccountLink | None:
    """Return a one-time link that was not used and still holds."""
    return session.exec(
        select(AccountLink).where(
            AccountLink.key_hash == key_hash, col(AccountLink.used_at).is_(None), AccountLink.expires_at > now
        )
    ).first()


def use_link(session: Session, key_hash: str, now: datetime) -> bool:
    """Use a one-time link up; return False when another did, or it is too old."""
    used = (
        update(AccountLink)
        .where(
            col(AccountLink.key_hash) == key_hash, col(AccountLink.used_at).is_(None), col(AccountLink.expires_at) > now
        )
        .values(used_at=now)
    )
    return session.connection().execute(used).rowcount == 1


def drop_links(session: Session, account_id: int | None, purpose: LinkPurpose | None = None) -> None:
    """Take away an account's links, or those for one purpose; with no account those of a first administrator."""
    gone = delete(AccountLink).where(col(AccountLink.account_id) == account_id)
    session.connection().execute(gone if purpose is None else gone.where(col(AccountLink.purpose) == purpose))
