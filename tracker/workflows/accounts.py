"""Accounts: making them, what they may, how they end. Sessions are in `sign_in`, passwords in `passwords`."""

import unicodedata

from tracker.domain.accounts import LINK_HOLDS, LinkPurpose
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.models.account import Account, AccountLink
from tracker.net.mail import is_address
from tracker.store import accounts
from tracker.store.engine import reading, writing
from tracker.workflows import passwords
from tracker.workflows.runtime import Runtime

LONGEST_NAME = 120


def add(runtime: Runtime, email: str, name: str, role: Role, password: str = "") -> Account:
    """Make an account; without a password nobody can sign in to it until a one-time link has chosen one.

    Raises InputError for what is no address, name or password, ConflictError when the address or name is taken.
    """
    address, called = email.strip().lower(), public_name(name)
    if not is_address(address):
        raise InputError(f"adding an account: {email!r} is no mail address; write for example ann@example.org")
    kept = passwords.hashed(password, about=(address, called)) if password else ""
    with writing(runtime.engine) as session:
        if accounts.by_email(session, address) is not None:
            raise ConflictError(f"adding an account: {address} has one already; change its role, or choose another")
        if accounts.by_name(session, called) is not None:
            raise ConflictError(f"adding an account: the name {called!r} is taken; names are public, so choose another")
        account = Account(
            email=address, name=called, role=role, password_hash=kept, created_at=runtime.clock(),
            passkey_handle=passwords.new_key(),
        )  # fmt: skip
        session.add(account)
        session.flush()
        return account


def public_name(name: str) -> str:
    """Return a name as it will stand on pages; raise InputError for none, a too long one, or one that deceives.

    Control characters and those that turn the direction of writing could make one name look like another.
    """
    called = " ".join(unicodedata.normalize("NFC", name).split())
    if not called or len(called) > LONGEST_NAME:
        raise InputError(f"a public name has 1 to {LONGEST_NAME} letters, this has {len(called)}: write another")
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} for letter in called):
        raise InputError("a public name holds no invisible characters: type it instead of pasting it")
    return called


def every(runtime: Runtime) -> list[Account]:
    """Return all accounts, by name."""
    with reading(runtime.engine) as session:
        return accounts.every(session)


def one_time_link(runtime: Runtime, account_id: int | None, purpose: LinkPurpose) -> str:
    """Make a link that lets its holder choose a password once, and return its address; an older one holds no more."""
    key, now = passwords.new_key(), runtime.clock()
    with writing(runtime.engine) as session:
        accounts.drop_links(session, account_id, [purpose])
        session.add(
            AccountLink(
                account_id=account_id, purpose=purpose, key_hash=passwords.fingerprint(key), made_at=now,
                expires_at=now + LINK_HOLDS[purpose],
            )
        )  # fmt: skip
    return f"{runtime.settings.site}/welcome/{key}"


def by_email(runtime: Runtime, email: str) -> Account:
    """Return an account; raise NotFoundError when nobody has it."""
    with reading(runtime.engine) as session:
        found = accounts.by_email(session, email)
    if found is None:
        raise NotFoundError(f"looking for the account of {email}: there is none; `tracker user list` names them all")
    return found
