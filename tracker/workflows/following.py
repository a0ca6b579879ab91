"""Following without an account: anybody may ask for an address, and only its owner can let it count (double opt-in).

Whoever asks is answered the same, whether the address is known, confirmed, left or suppressed.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.mailing import Frequency, SuppressionReason
from tracker.domain.text import strip_controls
from tracker.domain.vocab import SubscriberState
from tracker.models.subscriber import Subscriber
from tracker.net.mail import is_address
from tracker.store import follows, notices, subscribers
from tracker.store.engine import reading, writing
from tracker.store.follows import Followed, FollowLine, Target, Wanted
from tracker.workflows import throttle
from tracker.workflows.compose_digest import zone_of
from tracker.workflows.mail_keys import address_hash
from tracker.workflows.passwords import fingerprint, new_key
from tracker.workflows.runtime import Runtime
from tracker.workflows.send_notices import tell
from tracker.workflows.subscribe import TOKEN_BYTES

# The version of the words that people agree to (templates/subscribe/agree.html); kept with each consent.
WORDING = "2026-11"
LINK_HOLDS = timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(days=30)
LONGEST_NOTE, LONGEST_SEARCH, MOST_FOLLOWS = 500, 200, 200
LONGEST_PAUSE = timedelta(days=365)
# Mails of confirmation to one address in a quarter of an hour; more would make us a tool against its owner.
MAILS_OF_ADDRESS = 3
# Columns of a delivery that say nothing of its reader.
OURS = {"id", "subscriber_id", "leased_by", "leased_until"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody's mail comes: how often, on which day (Monday is 0) and hour, by the clock of which zone."""

    frequency: Frequency
    weekday: int
    hour: int
    zone: str
    quiet_line: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """All that somebody's own page shows. `token` is their secret."""

    email: str
    token: str
    state: SubscriberState
    rhythm: Rhythm
    paused_until: date | None
    lines: tuple[FollowLine, ...]


def wanted(text: str) -> Wanted:
    """Return what "campaign:slug", "organization:slug", "object:slug" or "search:words" asks for; InputError else."""
    what, _, name = text.partition(":")
    name = " ".join(strip_controls(name).split())
    if what not in set(Followed) or not name or len(name) > LONGEST_SEARCH:
        raise InputError(
            f"following {text[:80]!r}: that is nothing that can be followed; begin from the page of a thing"
        )
    return Wanted(Followed(what), name)


def targets(runtime: Runtime, asked: Sequence[str]) -> list[Target]:
    """Return the things somebody wants to follow; raise InputError or NotFoundError for the first that is none."""
    with reading(runtime.engine) as session:
        return [follows.target(session, wanted(text)) for text in dict.fromkeys(asked)]


def ask(runtime: Runtime, email: str, asked: Sequence[str], rhythm: Rhythm, *, note: str, place: str) -> None:
    """Send a link to an address by which its owner confirms; nothing counts before.

    `place` is where the question comes from, for the throttle. Raises InputError for what is no address or nothing to
    follow, TooManyError where too much was asked of late.
    """
    address = email.strip().lower()
    if not is_address(address):
        raise InputError(f"{email[:80]!r} is no mail address; write for example ann@example.org")
    if not asked or len(asked) > MOST_FOLLOWS:
        raise InputError("choose something to follow" if not asked else f"choose at most {MOST_FOLLOWS} things at once")
    zone_of(rhythm.zone)
    found = targets(runtime, asked)
    throttle.begin(runtime, f"follow {address}", place, of_account=MAILS_OF_ADDRESS)
    key, now = new_key(), runtime.clock()
    hashed = address_hash(runtime.settings, address)
    with writing(runtime.engine) as session:
        if notices.suppressed(session, hashed) is SuppressionReason.COMPLAINED:
            return
        person = subscribers.by_email(session, address) or _pending(session, address, now)
        if person.state is not SubscriberState.CONFIRMED:
            _set_rhythm(person, rhythm)
            person.wording, person.joined_at = WORDING, now if person.confirmed_at is None else person.joined_at
        for one in found:
            follows.ask(session, person.id or 0, one, note=_note(note), confirmed=False)
        follows.keep_newest(session, person.id or 0, MOST_FOLLOWS)
        follows.add_link(session, person.id or 0, fingerprint(key), now + LINK_HOLDS)
        tell(session, runtime, address, "confirm_following", {"key": key, "titles": [one.title for one in found]})


def asked_by(runtime: Runtime, key: str) -> Mine:
    """Return what a link would confirm; raise NotFoundError where it holds no more."""
    with reading(runtime.engine) as session:
        return _mine(session, _holder(session, key, runtime.clock()))


def confirm(runtime: Runtime, key: str) -> Mine:
    """Let everything that was asked for an address count, once; return its owner's page. Raises as `asked_by` does."""
    now = runtime.clock()
    with writing(runtime.engine) as session:
        person = _holder(session, key, now)
        link, _ = follows.by_link(session, fingerprint(key)) or (None, None)
        if link is not None:
            link.used_at = now
        if person.state is not SubscriberState.CONFIRMED:
            # Somebody who left comes back with a new token: links in old mail lead nowhere.
            person.token = secrets.token_urlsafe(TOKEN_BYTES)
        person.state, person.confirmed_at, person.left_at = SubscriberState.CONFIRMED, now, None
        follows.confirm_all(session, person.id or 0)
        notices.lift(session, address_hash(runtime.settings, person.email))
        session.flush()
        return _mine(session, person)


def mine(runtime: Runtime, token: str) -> Mine:
    """Return somebody's own page; raise NotFoundError for a token that is nobody's."""
    with reading(runtime.engine) as session:
        return _mine(session, _owner(session, token))


def change(runtime: Runtime, token: str, rhythm: Rhythm, paused_until: date | None) -> None:
    """Let mail come otherwise, or not before a day. Raises InputError, NotFoundError."""
    zone_of(rhythm.zone)
    today = runtime.clock().date()
    with writing(runtime.engine) as session:
        person = _owner(session, token)
        kept = person.paused_until
        if paused_until not in {None, kept} and not today < paused_until <= today + LONGEST_PAUSE:
            raise InputError("a pause ends on a day to come, within a year; to end the mail for good, leave")
        if paused_until is None and kept is not None:
            paused_until = min(kept, today)  # over, and not forgotten: the next mail tells what happened meanwhile
        _set_rhythm(person, rhythm)
        person.paused_until = paused_until
        session.flush()


def follow(runtime: Runtime, token: str, asked: Sequence[str], note: str = "") -> None:
    """Let somebody who holds their own page's token follow more. Raises InputError, NotFoundError."""
    found = targets(runtime, asked)
    with writing(runtime.engine) as session:
        person = _owner(session, token)
        # What strangers asked for in this name takes no place.
        if sum(line.confirmed for line in follows.of(session, person.id or 0)) + len(found) > MOST_FOLLOWS:
            raise InputError(f"one address follows at most {MOST_FOLLOWS} things: give one up first")
        for one in found:
            follows.ask(session, person.id or 0, one, note=_note(note), confirmed=True)


def change_note(runtime: Runtime, token: str, follow_id: int, text: str) -> None:
    """Keep why somebody follows a thing. Raises InputError, NotFoundError."""
    with writing(runtime.engine) as session:
        if not follows.note(session, _owner(session, token).id or 0, follow_id, _note(text)):
            raise NotFoundError("that is followed no more: open your page again")


def unfollow(runtime: Runtime, token: str, follow_id: int) -> None:
    """Let somebody follow a thing no more; what is not theirs stays as it is."""
    with writing(runtime.engine) as session:
        follows.drop(session, _owner(session, token).id or 0, follow_id)


def data(runtime: Runtime, token: str) -> dict[str, Any]:
    """Return all that is kept of somebody, as plain values, for them to take along."""
    with reading(runtime.engine) as session:
        person = _owner(session, token)
        kept = person.model_dump(mode="json", exclude={"id", "token"})
        sent = subscribers.deliveries_of(session, person.id or 0)
        return {
            "subscriber": kept,
            "follows": [
                {"what": line.target.wanted.what.value, "name": line.target.wanted.name, "title": line.target.title,
                 "note": line.note, "confirmed": line.confirmed}
                for line in follows.of(session, person.id or 0)
            ],
            "mails": [row.model_dump(mode="json", exclude=OURS) for row in sent],
        }  # fmt: skip


def erase(runtime: Runtime, token: str) -> None:
    """Forget somebody: their address, what they followed, what was sent. That they asked for it stays, as a hash."""
    with writing(runtime.engine) as session:
        forget(session, runtime, _owner(session, token))


def forget(session: Session, runtime: Runtime, person: Subscriber) -> None:
    """Delete all that is kept of somebody, mails to confirm among it, and keep a hash that says they asked for it."""
    hashed = address_hash(runtime.settings, person.email)
    notices.suppress(session, hashed, SuppressionReason.ASKED, runtime.clock())
    notices.forget(session, person.email)
    session.delete(person)
    session.flush()


def send_link(session: Session, runtime: Runtime, person: Subscriber) -> None:
    """Mail somebody a link by which they confirm what was asked for them; raise InputError after a complaint."""
    hashed = address_hash(runtime.settings, person.email)
    if notices.suppressed(session, hashed) is SuppressionReason.COMPLAINED:
        raise InputError("mailing a link: this address complained of mail from here, so it is mailed no more")
    key, number = new_key(), person.id or 0
    follows.add_link(session, number, fingerprint(key), runtime.clock() + LINK_HOLDS)
    titles = [line.target.title for line in follows.of(session, number) if not line.confirmed]
    tell(session, runtime, person.email, "confirm_following", {"key": key, "titles": titles})


def forget_unconfirmed(runtime: Runtime) -> int:
    """Forget addresses that nobody confirmed within 30 days; return how many."""
    with writing(runtime.engine) as session:
        before = runtime.clock() - FORGOTTEN_AFTER
        notices.prune(session, before)
        return follows.drop_unconfirmed(session, before, [SubscriberState.PENDING])


# --- parts ------------------------------------------------------------------------------------------------------------


def _pending(session: Session, address: str, now: datetime) -> Subscriber:
    person = Subscriber(email=address, token=secrets.token_urlsafe(TOKEN_BYTES), joined_at=now)
    session.add(person)
    session.flush()
    return person


def _set_rhythm(person: Subscriber, rhythm: Rhythm) -> None:
    person.frequency, person.send_weekday, person.send_hour = rhythm.frequency, rhythm.weekday, rhythm.hour
    person.time_zone, person.quiet_line = rhythm.zone, rhythm.quiet_line


def _holder(session: Session, key: str, now: datetime) -> Subscriber:
    found = follows.by_link(session, fingerprint(key))
    if found is None or found[0].used_at is not None or found[0].expires_at <= now:
        raise NotFoundError(
            "this link holds no more: it does for a day, and once; ask again, and the newest mail has one that does"
        )
    return found[1]


def _owner(session: Session, token: str) -> Subscriber:
    person = subscribers.by_token(session, token)
    if person is None or person.state in {SubscriberState.PENDING, SubscriberState.LEFT}:
        # The token is a secret, so it is not repeated here.
        raise NotFoundError("nobody has the page of this link any more: ask for the mail again, and follow its link")
    return person


def _mine(session: Session, person: Subscriber) -> Mine:
    return Mine(
        email=person.email,
        token=person.token,
        state=person.state,
        rhythm=Rhythm(person.frequency, person.send_weekday, person.send_hour, person.time_zone, person.quiet_line),
        paused_until=person.paused_until,
        lines=tuple(follows.of(session, person.id or 0)),
    )


def _note(text: str) -> str:
    plain = " ".join(strip_controls(text).split())
    if len(plain) > LONGEST_NOTE:
        raise InputError(f"the note has {len(plain)} letters; {LONGEST_NOTE} are the most")
    return plain
