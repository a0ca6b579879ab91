"""One-time links: an invitation, a forgotten password, the first administrator of an installation."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.accounts import BY_MAIL, COMMAND_LINE, LINK_HOLDS, AccountAct, LinkPurpose
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.vocab import Role
from tracker.models.account import Account, AccountLink
from tracker.net.mail import is_address
from tracker.store import accounts
from tracker.store.corrections import Cause
from tracker.store.engine import reading, writing
from tracker.workflows import accounts as accounts_made
from tracker.workflows import passwords, throttle
from tracker.workflows.runtime import Runtime
from tracker.workflows.send_notices import tell

RESETS = 3  # mails to one address in a quarter of an hour


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a link is for, and whose account it opens (None: the first administrator's, which is still to be made)."""

    purpose: LinkPurpose
    account: Account | None


def make(
    runtime: Runtime, account_id: int | None, purpose: LinkPurpose, *, by: str = COMMAND_LINE, site: str = ""
) -> str:
    """Make a link that lets its holder choose a password once, and return its address; an older one holds no more.

    `site` is where people reach the site, when it is elsewhere than the settings say: on a port that was found free.
    """
    key = passwords.new_key()
    with writing(runtime.engine) as session:
        _keep(session, key, account_id, purpose, Cause(by, runtime.clock()))
    return f"{site or runtime.settings.site}/welcome/{key}"


def _keep(session: Session, key: str, account_id: int | None, purpose: LinkPurpose, cause: Cause) -> None:
    # Anybody may ask for a reset, and must not take away the invitation that an administrator gave.
    accounts.drop_links(session, account_id, purpose if purpose is LinkPurpose.RESET else None)
    if account_id is not None:
        accounts.note(session, account_id, AccountAct.LINK_MADE, by=cause.by, now=cause.now, detail=purpose.value)
    session.add(
        AccountLink(
            account_id=account_id, purpose=purpose, key_hash=passwords.fingerprint(key), made_at=cause.now,
            expires_at=cause.now + LINK_HOLDS[purpose],
        )
    )  # fmt: skip


def for_first_administrator(runtime: Runtime, site: str = "") -> str | None:
    """Return a link that makes the first administrator, or None where there is one."""
    with reading(runtime.engine) as session:
        if accounts.administrators(session):
            return None
    return make(runtime, None, LinkPurpose.FIRST_ADMINISTRATOR, site=site)


def found(runtime: Runtime, key: str) -> Welcome:
    """Return what a link is for; raise NotFoundError when it was used, is too old, or was never made."""
    with reading(runtime.engine) as session:
        row = accounts.link_by_key(session, passwords.fingerprint(key), runtime.clock())
        account = accounts.by_id(session, row.account_id) if row is not None and row.account_id else None
        is_first = row is not None and row.account_id is None
        idle = bool(accounts.administrators(session)) if is_first else account is None or not account.active
    if row is None or idle:
        raise NotFoundError("This link was used, or is too old. Ask for a new one.")
    return Welcome(row.purpose, account)


def choose_password(runtime: Runtime, key: str, password: str) -> Account:
    """Give the account of a link its password, use the link up, and end every session of the account.

    Raises InputError for a password that is none, NotFoundError for a link that holds no more.
    """
    account = found(runtime, key).account
    if account is None:
        raise NotFoundError("This link makes the first administrator and belongs to no account yet.")
    kept = passwords.hashed(password, about=(account.email, account.name))
    with writing(runtime.engine) as session:
        _use_up(session, key, runtime)
        row = accounts.locked(session, account.id or 0)
        row.password_hash = kept
        accounts.note(
            session, row.id or 0, AccountAct.PASSWORD_CHANGED, by=row.name, now=runtime.clock(), detail="by a link"
        )
        accounts.end_sessions(session, row.id or 0)
        accounts.drop_links(session, row.id or 0)
    throttle.forget_account(runtime, account.email)
    return account


def first_administrator(runtime: Runtime, key: str, *, email: str, name: str, password: str) -> Account:
    """Make the first administrator. Raises InputError as `accounts.add` does, ConflictError where there is one."""
    given = accounts_made.checked(email, name, password)
    with writing(runtime.engine) as session:
        _use_up(session, key, runtime)
        if accounts.administrators(session):
            raise ConflictError("There is an administrator by now; ask them for an invitation.")
        return accounts_made.insert(session, given, Role.ADMINISTRATOR, given.name, runtime.clock())


def _use_up(session: Session, key: str, runtime: Runtime) -> None:
    """Use a link; of two that come at once one is told that it was used."""
    if not accounts.use_link(session, passwords.fingerprint(key), runtime.clock()):
        raise NotFoundError("This link was used, or is too old. Ask for a new one.")


def may_ask(runtime: Runtime, email: str, place: str) -> None:
    """Raise TooManyError where too many links were asked for, for one address or from one place."""
    throttle.begin(runtime, f"reset {email.strip()}", place, of_account=RESETS)


def send_reset(runtime: Runtime, email: str) -> None:
    """Let a link go out to an address that is known; for any other, do nothing."""
    key, hours = passwords.new_key(), round(LINK_HOLDS[LinkPurpose.RESET].total_seconds() / 3600)
    with writing(runtime.engine) as session:
        account = accounts.by_email(session, email)
        if account is not None and account.active and is_address(account.email):
            _keep(session, key, account.id, LinkPurpose.RESET, Cause(BY_MAIL, runtime.clock()))
            values = {"name": account.name, "key": key, "hours": hours}
            tell(session, runtime, account.email, "new_password", values)
