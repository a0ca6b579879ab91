"""Accounts: making them, what they may, how they end. Sessions are in `sign_in`, passwords in `passwords`."""

import logging
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.accounts import BY_MAIL, COMMAND_LINE, AccountAct
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.models.account import Account
from tracker.net.mail import is_address
from tracker.store import accounts
from tracker.store.engine import reading, writing
from tracker.workflows import passwords
from tracker.workflows.runtime import Runtime

log = logging.getLogger(__name__)

LONGEST_NAME = 120
LAST = "This is the last administrator: make somebody else one first, or nobody could mend anything."


@dataclass(frozen=True, slots=True)
class Checked:
    """What an account would be made of, after the address, name and password were found good."""

    email: str
    name: str
    password_hash: str


def add(runtime: Runtime, email: str, name: str, role: Role, password: str = "", *, by: str = COMMAND_LINE) -> Account:
    """Make an account; without a password nobody can sign in to it until a one-time link has chosen one.

    Raises InputError for what is no address, name or password, ConflictError when the address or name is taken.
    """
    given = checked(email, name, password)
    with writing(runtime.engine) as session:
        return insert(session, given, role, by, runtime.clock())


def checked(email: str, name: str, password: str = "") -> Checked:
    """Return what an account would be made of. Raises InputError for what is no address, name or password."""
    address, called = email.strip().lower(), public_name(name)
    if not is_address(address):
        raise InputError(f"{email[:80]!r} is no mail address: write for example ann@example.org.")
    kept = passwords.hashed(password, about=(address, called)) if password else ""
    return Checked(address, called, kept)


def insert(session: Session, given: Checked, role: Role, by: str, now: datetime) -> Account:
    """Make an account; raise ConflictError when the address or name is taken."""
    if accounts.by_email(session, given.email) is not None:
        raise ConflictError(f"{given.email} has an account already: change its role, or write another address.")
    _refuse_taken(session, given.name, None)
    account = Account(
        email=given.email, name=given.name, password_hash=given.password_hash, role=role, created_at=now,
        passkey_handle=passwords.new_key(),
    )  # fmt: skip
    session.add(account)
    session.flush()
    accounts.keep_name(session, account.id or 0, account.name)
    accounts.note(session, account.id or 0, AccountAct.MADE, by=by, now=now, detail=role.value)
    log.info("account made", extra={"account": account.id, "role": role.value})
    return account


def public_name(name: str) -> str:
    """Return a name as it will stand on pages; raise InputError for none, a too long one, or one that deceives.

    Control characters and those that turn the direction of writing could make one name look like another.
    """
    called = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(called) <= LONGEST_NAME:
        raise InputError(f"A public name has 1 to {LONGEST_NAME} letters, this one {len(called)}.")
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} for letter in called):
        raise InputError("A public name holds no invisible characters: type it instead of pasting it.")
    plain = called.casefold()
    if plain.startswith(("rule:", "reader:", "model:")) or plain in {COMMAND_LINE, BY_MAIL}:
        raise InputError(
            "This name stands for no person in the records: write another, without rule:, reader:, model:."
        )
    return called


def every(runtime: Runtime) -> list[Account]:
    """Return all accounts, by name."""
    with reading(runtime.engine) as session:
        return accounts.every(session)


def by_email(runtime: Runtime, email: str) -> Account:
    """Return an account; raise NotFoundError when nobody has it."""
    with reading(runtime.engine) as session:
        found = accounts.by_email(session, email)
    if found is None:
        raise NotFoundError(f"looking for the account of {email}: there is none; `tracker user list` names them all")
    return found


def rename(runtime: Runtime, account_id: int, name: str) -> None:
    """Give an account another public name. What it did before keeps the name it had, which nobody else can take."""
    called = public_name(name)
    with writing(runtime.engine) as session:
        account = accounts.locked(session, account_id)
        _refuse_taken(session, called, account_id)
        accounts.keep_name(session, account_id, called)
        accounts.note(
            session, account_id, AccountAct.RENAMED, by=called, now=runtime.clock(), detail=f"{account.name} → {called}"
        )
        account.name = called


def change_role(runtime: Runtime, account_id: int, role: Role, *, by: str = COMMAND_LINE) -> None:
    """Give an account another role and end its sessions. Raises ConflictError for the last administrator."""
    with writing(runtime.engine) as session:
        _refuse_last(session, account_id, stays=role is Role.ADMINISTRATOR)
        account = accounts.locked(session, account_id)
        if account.role is not role:
            change = f"{account.role.value} → {role.value}"
            accounts.note(session, account_id, AccountAct.ROLE_CHANGED, by=by, now=runtime.clock(), detail=change)
            account.role = role
            accounts.end_sessions(session, account_id)
    log.info("account's role changed", extra={"account": account_id, "role": role.value})


def set_active(runtime: Runtime, account_id: int, *, active: bool, by: str = COMMAND_LINE) -> None:
    """Let an account sign in or not. Its name stays on what it did. Raises ConflictError for the last administrator."""
    with writing(runtime.engine) as session:
        _refuse_last(session, account_id, stays=active)
        accounts.locked(session, account_id).active = active
        act = AccountAct.ENABLED if active else AccountAct.DISABLED
        accounts.note(session, account_id, act, by=by, now=runtime.clock())
        if not active:
            accounts.end_sessions(session, account_id)
            accounts.drop_links(session, account_id)
    log.info("account switched", extra={"account": account_id, "active": active})


def _refuse_last(session: Session, account_id: int, *, stays: bool) -> None:
    if not stays and accounts.administrators(session) == [account_id]:
        raise ConflictError(LAST)


def _refuse_taken(session: Session, name: str, own: int | None) -> None:
    if accounts.name_owner(session, name) not in {None, own}:
        raise ConflictError(f"The name {name!r} is taken: names are public and each is one person's, so write another.")
