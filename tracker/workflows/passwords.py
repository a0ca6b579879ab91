"""Passwords and keys: what is kept of them, and what a password must be."""

import hashlib
import secrets
from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.domain.errors import InputError

# NIST SP 800-63B rev. 4, section 3.1.1.2: length is what counts; no rules of composition.
SHORTEST, LONGEST = 12, 256
KEY_BYTES = 32
# argon2id as OWASP's Password Storage Cheat Sheet has it: 19 MiB, two passes, one lane. The 64 MiB and four lanes of
# RFC 9106 would let eight tries at once take half a gigabyte and both cores of a small server.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str, *, about: Sequence[str] = ()) -> str:
    """Return what is kept of a new password; raise InputError when it is too short, too long or too easily guessed.

    `about` are words that stand beside it: address and name.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"A password has {SHORTEST} to {LONGEST} letters, this one {len(password)}: choose another.")
    plain = password.casefold()
    if len(set(plain)) < 5 or any(word and word.casefold() in plain and len(word) * 2 > len(plain) for word in about):
        raise InputError("This is too easily guessed: several words that have nothing to do with you are good.")
    return HASHER.hash(password)


def matches(kept: str, password: str) -> bool:
    """Return whether a password is the one kept; where none is kept it takes as long to say no."""
    try:
        HASHER.verify(kept or _nobodys(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def again(password: str) -> str:
    """Return today's hash of a password that was accepted before."""
    return HASHER.hash(password)


def outdated(kept: str) -> bool:
    """Return whether a hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return HASHER.hash(new_key())


def new_key() -> str:
    """Return a secret that nobody can guess, as it stands in a link, a cookie or a token: 43 letters."""
    return secrets.token_urlsafe(KEY_BYTES)


def fingerprint(key: str) -> str:
    """Return what is kept of such a secret. It is long and random, so one round of SHA-256 does."""
    return hashlib.sha256(key.encode()).hexdigest()
