"""Tokens by which programs act for somebody: shown once, kept hashed, within scopes, until they expire."""

from collections.abc import Sequence
from datetime import timedelta

from tracker.domain.accounts import LONGEST_TOKEN_DAYS, Scope
from tracker.domain.errors import InputError, NotFoundError
from tracker.models.account import Account, ApiToken
from tracker.store import api_tokens
from tracker.store.engine import reading, writing
from tracker.workflows import passwords
from tracker.workflows.runtime import Runtime

# So that programs which look for secrets in files find ours.
PREFIX = "whereas_"
ENDS_WITH = 4
LONGEST_NAME = 120
USED_EVERY = timedelta(minutes=5)


def make(runtime: Runtime, account_id: int, name: str, scopes: Sequence[Scope], days: int) -> str:
    """Make a token and return it; it cannot be shown again. Raises InputError for a wrong name, scope or time."""
    called = " ".join(name.split())
    if not 1 <= len(called) <= LONGEST_NAME:
        raise InputError(f"Say what the token is for, in 1 to {LONGEST_NAME} letters: you will know it by that.")
    if not scopes:
        raise InputError("Choose at least one thing that the program may do.")
    if not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise InputError(f"A token holds for 1 to {LONGEST_TOKEN_DAYS} days.")
    key, now = PREFIX + passwords.new_key(), runtime.clock()
    with writing(runtime.engine) as session:
        session.add(
            ApiToken(
                account_id=account_id, name=called, key_hash=passwords.fingerprint(key), ends_with=key[-ENDS_WITH:],
                scopes=list(dict.fromkeys(scopes)), made_at=now, expires_at=now + timedelta(days=days),
            )
        )  # fmt: skip
    return key


def found(runtime: Runtime, key: str) -> tuple[Account, list[Scope]] | None:
    """Return for whom a token acts and what it may; None when it is none, was revoked, or has expired."""
    now = runtime.clock()
    with reading(runtime.engine) as session:
        row = api_tokens.by_key(session, passwords.fingerprint(key), now)
    if row is None:
        return None
    token, account = row
    if token.used_at is None or now - token.used_at >= USED_EVERY:
        with writing(runtime.engine) as session:
            api_tokens.used(session, token.id or 0, now)
    return account, [Scope(scope) for scope in token.scopes]


def revoke(runtime: Runtime, account_id: int, token_id: int) -> None:
    """Let a token hold no longer; raise NotFoundError when the account has none of this number that still does."""
    with writing(runtime.engine) as session:
        if not api_tokens.revoke(session, account_id, token_id, runtime.clock()):
            raise NotFoundError("This token holds no more already.")
