"""Passkeys (WebAuthn): a key pair on a device, for this site alone, opened there by finger, face or PIN.

A passkey is asked for with user verification, so it stands for password and second factor together.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracker.domain.accounts import AccountAct
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.models.account import Account, Passkey
from tracker.store import accounts, passkeys
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime

LONGEST_ANSWER = 20_000
LONGEST_NAME = 120
_CREDENTIAL = re.compile(r"[A-Za-z0-9_=-]+")  # base64url: no half of a surrogate pair and no U+0000 gets to a database
NOT_TAKEN = "The passkey was not accepted. Try again, or sign in with your password."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is asked (JSON for `navigator.credentials`), and the challenge that its answer must hold."""

    options: str
    challenge: str


def offered(runtime: Runtime) -> bool:
    """Return whether passkeys can work here: they are for a name, not a number, and for https or this machine."""
    parts = urlsplit(runtime.settings.site)
    host = parts.hostname or ""
    by_name = host == "localhost" or (
        parts.scheme == "https" and not host.replace(".", "").isdigit() and ":" not in host
    )
    return runtime.settings.passkeys and by_name


def ask_new(runtime: Runtime, account: Account) -> Asked:
    """Return what a browser is asked to make a passkey for an account."""
    with reading(runtime.engine) as session:
        known = passkeys.of_account(session, account.id or 0)
    options = generate_registration_options(
        rp_id=_host(runtime),
        rp_name="Whereas",
        user_id=account.passkey_handle.encode(),
        user_name=account.email,
        user_display_name=account.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(key.credential_id)) for key in known],
    )
    return Asked(options_to_json(options), bytes_to_base64url(options.challenge))


def keep(runtime: Runtime, account_id: int, name: str, answer: str, challenge: str) -> None:
    """Keep the passkey that a browser made. Raises InputError when the answer is not to this challenge."""
    called = " ".join(name.split())[:LONGEST_NAME] or "Passkey"
    credential = _read(answer)
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(runtime),
            expected_origin=_origin(runtime),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise InputError(NOT_TAKEN) from error
    credential_id = bytes_to_base64url(made.credential_id)
    transports = credential.get("response", {}).get("transports", [])
    with writing(runtime.engine) as session:
        account = accounts.locked(session, account_id)
        if passkeys.by_credential(session, credential_id) is not None:
            raise ConflictError("This passkey is kept already.")
        session.add(
            Passkey(
                account_id=account_id, name=called, credential_id=credential_id,
                public_key=bytes_to_base64url(made.credential_public_key), sign_count=made.sign_count,
                transports=[str(way)[:40] for way in transports[:8]], made_at=runtime.clock(),
            )
        )  # fmt: skip
        accounts.note(session, account_id, AccountAct.PASSKEY_MADE, by=account.name, now=runtime.clock(), detail=called)


def ask_who(runtime: Runtime) -> Asked:
    """Return what a browser is asked at the sign-in page: any passkey that it has for this site."""
    options = generate_authentication_options(
        rp_id=_host(runtime), user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asked(options_to_json(options), bytes_to_base64url(options.challenge))


def who(runtime: Runtime, answer: str, challenge: str) -> Account:
    """Return whose passkey answered. Raises InputError when none of ours did, or not to this challenge."""
    credential = _read(answer)
    with writing(runtime.engine) as session:
        kept = passkeys.by_credential(session, str(credential.get("id", "")))
        account = accounts.by_id(session, kept.account_id) if kept is not None else None
        if kept is None or account is None or not account.active:
            raise InputError(NOT_TAKEN)
        try:
            seen = verify_authentication_response(
                credential=credential,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=_host(runtime),
                expected_origin=_origin(runtime),
                credential_public_key=base64url_to_bytes(kept.public_key),
                credential_current_sign_count=kept.sign_count,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise InputError(NOT_TAKEN) from error
        kept.sign_count, kept.used_at = seen.new_sign_count, runtime.clock()
        return account


def drop(runtime: Runtime, account_id: int, passkey_id: int) -> None:
    """Take one of an account's passkeys away; raise NotFoundError when it has none of this number."""
    with writing(runtime.engine) as session:
        if not passkeys.drop(session, account_id, passkey_id):
            raise NotFoundError("This passkey was taken away already.")
        name = accounts.locked(session, account_id).name
        accounts.note(session, account_id, AccountAct.PASSKEY_TAKEN, by=name, now=runtime.clock())


def _read(answer: str) -> dict[str, Any]:
    """Return a browser's answer; raise InputError for what is none."""
    try:
        found = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("response"), dict):
        raise InputError(NOT_TAKEN)
    if not _CREDENTIAL.fullmatch(str(found.get("id", ""))):
        raise InputError(NOT_TAKEN)
    return found


def _host(runtime: Runtime) -> str:
    return urlsplit(runtime.settings.site).hostname or ""


def _origin(runtime: Runtime) -> str:
    parts = urlsplit(runtime.settings.site)
    return f"{parts.scheme}://{parts.netloc}"
