"""One-time codes from an app (TOTP, RFC 6238), beside the password."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from passlib.exc import TokenError
from passlib.totp import TOTP

from tracker.domain.errors import InputError
from tracker.models.account import Account
from tracker.store import accounts, passkeys
from tracker.store.engine import reading, writing
from tracker.workflows import throttle
from tracker.workflows.runtime import Runtime
from tracker.workflows.secret_key import secret_key

WINDOW = 30  # seconds that a clock may be off, either way
WRONG = "This code is wrong or was used already. Wait for the next one, and check the clock of your device."


@dataclass(frozen=True, slots=True)
class Offered:
    """A new secret: encrypted as it will be kept, in letters for typing, and as the address that a QR code carries."""

    kept: str
    letters: str
    address: str


def offer(runtime: Runtime, account: Account) -> Offered:
    """Return a new secret for an account; nothing is kept until `switch_on` has seen a code made with it."""
    secret = _factory(secret_key(runtime.settings)).new()
    kept = secret.to_json(encrypt=True)
    return Offered(kept, secret.pretty_key(sep=" "), secret.to_uri(label=account.email))


def switch_on(runtime: Runtime, account_id: int, kept: str, code: str) -> None:
    """Ask for codes of this secret from now on; raise InputError unless `code` is one."""
    counter = _counter(runtime, kept, code, 0)
    if counter is None:
        raise InputError(WRONG)
    with writing(runtime.engine) as session:
        account = accounts.locked(session, account_id)
        account.totp_secret, account.totp_last = kept, counter


def switch_off(runtime: Runtime, account_id: int) -> None:
    """Ask an account for codes no longer."""
    with writing(runtime.engine) as session:
        account = accounts.locked(session, account_id)
        account.totp_secret, account.totp_last = "", 0


def check(runtime: Runtime, account_id: int, code: str, place: str) -> bool:
    """Return whether this is the account's code of now; each is taken once. Raises TooManyError as passwords do."""
    tries = throttle.begin(runtime, f"code {account_id}", place)
    with writing(runtime.engine) as session:
        account = accounts.locked(session, account_id)
        counter = _counter(runtime, account.totp_secret, code, account.totp_last) if account.totp_secret else None
        if counter is None or not account.active:
            return False
        account.totp_last = counter
    throttle.forget(runtime, tries)
    return True


def take_away(runtime: Runtime, account_id: int) -> None:
    """Take away all that an account is held by beside its password, for somebody who lost it; end their sessions."""
    with writing(runtime.engine) as session:
        account = accounts.locked(session, account_id)
        account.totp_secret, account.totp_last = "", 0
        passkeys.drop_all(session, account_id)
        accounts.end_sessions(session, account_id)


def is_on(runtime: Runtime, account_id: int) -> bool:
    """Return whether an account is asked for codes."""
    if not runtime.settings.one_time_codes:
        return False
    with reading(runtime.engine) as session:
        account = accounts.by_id(session, account_id)
    return account is not None and bool(account.totp_secret)


def _counter(runtime: Runtime, kept: str, code: str, last: int) -> int | None:
    """Return the place of a code in time, above `last`, or None when it is none of this secret's."""
    try:
        found = _factory(secret_key(runtime.settings)).verify(
            "".join(code.split()), kept, time=runtime.clock(), window=WINDOW, last_counter=last or None
        )
    except (TokenError, ValueError, TypeError):
        return None
    counter: int = found.counter
    return counter


@lru_cache(maxsize=4)
def _factory(key: str) -> Any:
    """Return passlib's maker of secrets, which keeps them encrypted with the site's key."""
    return TOTP.using(secrets={"1": key}, issuer="Whereas")
