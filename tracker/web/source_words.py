"""A source's health in plain sentences: the same for its page, the list, and the list as JSON and CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.domain.failures import MOVE_PROOFS, MOVE_TIME
from tracker.domain.source_health import is_being_asked
from tracker.domain.text import plural
from tracker.models.document import Source
from tracker.web.source_lines import Line
from tracker.web.words import UNITS, ago, day, moment

# What a failure's kind means, as the end of "Failing: …". Kinds are those of errors.FetchError and of a visit.
KIND_WORDS = {
    "challenge": "it answers with a page that tests browsers instead of its content",
    "connect": "its server could not be reached",
    "dns": "its name could not be looked up",
    "empty": "it answers without any entries, although it always has some",
    "encoding": "its answer could not be unpacked",
    "http_401": "it asks for a password",
    "http_403": "its server refuses us",
    "http_404": "there is nothing at its address",
    "http_410": "its server says that it is gone for good",
    "http_429": "its server says that we ask too often",
    "no_contact": "it may only be asked when the setting contact names somebody",
    "not_asked": "it cannot be asked as it is configured",
    "not_kept": "what it sent could not be stored",
    "protocol": "its server does not keep to HTTP",
    "rate_threshold": "its server says that we ask too often",
    "redirects": "its redirects lead nowhere",
    "refused_address": "its address is not one that we may ask",
    "robots": "its robots.txt does not let us",
    "timeout": "its server was too slow",
    "tls": "its certificate is not good",
    "too_large": "its answer is larger than we take",
    "truncated": "its answer was cut off",
    "undeclared": "its server does not take us for a program that says who it is",
    "unreadable": "its answer could not be read",
}
# Facts as they stand in the row.
FACTS = (
    "due_at", "last_tried_at", "last_ok_at", "last_new_at", "failing_since", "failures", "failure_weight", "last_error",
    "last_error_kind", "gone_since", "every_seconds", "interval_seconds", "rhythm_seconds", "quiet_seconds",
    "usual_items", "moved_to", "moved_times", "moved_since", "former_urls",
)  # fmt: skip
COLUMNS = (
    "name", "title", "reader", "url", "state", "state_words", "says", "paused", "silent_since", "late_since", *FACTS,
    "server_rests_until", "server_rests_because", "network_out_until", "documents", "quarantined", "unreadable_answers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; its tone is bad, warn or nothing, and it may lead somewhere."""

    text: str
    tone: str = ""
    leads_to: str = ""


def kind_in_words(kind: str) -> str:
    """Return what a failure's kind means, or "" where it is not known."""
    if kind.startswith("http_5"):
        return f"its server is in trouble (status {kind.removeprefix('http_')})"
    if kind.startswith("http_") and kind not in KIND_WORDS:
        return f"its server answers with status {kind.removeprefix('http_')}"
    return KIND_WORDS.get(kind, "")


def span(seconds: int) -> str:
    """Return a length of time to follow "every": "hour", "90 minutes", "2 days"; off by a sixth at most."""
    for size, unit in UNITS:
        count = round(seconds / size)
        if count and (count > 2 or abs(seconds / size - count) < 0.05):
            return unit if count == 1 else plural(count, unit)
    return "second" if seconds == 1 else plural(seconds, "second")


def sentences(line: Line, now: datetime) -> list[Sentence]:
    """Return everything there is to say of a source; none of it reads as calm where something is wrong."""
    if line.by_hand:
        return [Sentence("Filled by hand: there is nothing to ask."), *_unread(line)]
    return [
        *_answered(line, now),
        *_wrong(line),
        *_next(line, now),
        *_address(line),
        *_rhythm(line, now),
        *_unread(line),
    ]


def fields(line: Line, now: datetime) -> dict[str, Any]:
    """Return a line as data: the state, what the page says, and the facts that rests on."""
    source = line.source
    told: dict[str, Any] = {
        "name": source.name,
        "title": line.title,
        "reader": source.reader,
        "url": source.url,
        "state": line.health.state.value,
        "state_words": line.health.words(),
        "says": " ".join(sentence.text for sentence in sentences(line, now)),
        "paused": source.paused,
        "silent_since": line.health.silent_since,
        "late_since": line.health.late_since,
        **{name: getattr(source, name) for name in FACTS},
        "server_rests_until": line.host.rest_until if line.host else None,
        "server_rests_because": line.host.rest_reason if line.host else "",
        "network_out_until": line.network.rest_until if line.network else None,
        "documents": line.documents,
        "quarantined": line.quarantined,
        "unreadable_answers": line.unread,
    }
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in told.items()}


def _answered(line: Line, now: datetime) -> Iterator[Sentence]:
    source = line.source
    if source.last_ok_at:
        yield Sentence(f"Last answered well {ago(source.last_ok_at, now)} ({moment(source.last_ok_at)}).")
    elif source.last_tried_at:
        yield Sentence(f"Has never answered well; last asked {ago(source.last_tried_at, now)}.", "warn")
    else:
        yield Sentence("Has never been asked.", "warn")


def _wrong(line: Line) -> Iterator[Sentence]:
    source, silent = line.source, line.health.silent_since
    if source.gone_since:
        yield Sentence(
            f"Its server says since {moment(source.gone_since)} that it is gone for good (410); it is asked once a "
            "week in case it comes back.",
            "bad",
        )
    elif source.failing_since:
        why = kind_in_words(source.last_error_kind)
        yield Sentence(f"Failing since {moment(source.failing_since)}{f': {why}' if why else ''}.", "bad")
    if source.failing_since:
        weight = f", which weighs {source.failure_weight:.3g}" if source.failure_weight else ""
        yield Sentence(f"Failed {plural(source.failures, 'time')} in a row{weight}.")
    if silent is not None and source.rhythm_seconds:
        yield Sentence(
            f"Quiet since {day(silent.date())}, although it usually publishes every {span(source.rhythm_seconds)}; "
            "its answers are well-formed: look at the site itself.",
            "bad",
        )
    elif silent is not None:
        yield Sentence(f"Quiet since {day(silent.date())}, longer than ever before: look at the site itself.", "bad")


def _next(line: Line, now: datetime) -> Iterator[Sentence]:
    source, late = line.source, line.health.late_since
    if source.paused:
        yield Sentence(_stopped(source), "warn")
    elif late is not None and line.network is not None:
        yield Sentence(f"It was due {ago(late, now)} and could not be asked: our own network is out.", "bad")
    elif late is not None:
        yield Sentence(
            f"It was due {ago(late, now)} and nobody has asked it since: the collector may not be running.", "bad"
        )
    elif is_being_asked(source, now):
        yield Sentence("A worker is asking it now.")
    elif source.due_at <= now:
        yield Sentence("Next try as soon as a worker is free.")
    else:
        yield Sentence(f"Next try {ago(source.due_at, now)} ({moment(source.due_at)}).")
    if line.host is not None and line.host.rest_until is not None:
        why = f": {line.host.rest_reason}" if line.host.rest_reason else ""
        until = moment(line.host.rest_until)
        yield Sentence(f"Its server {line.host.name} is left alone until {until}{why}.".replace("..", "."), "warn")
    if not source.paused:
        yield Sentence(_interval(source))


def _stopped(source: Source) -> str:
    """Return that a source is paused or retired, why, and until when."""
    why = f" Reason given: {source.paused_reason.rstrip('.')}." if source.paused_reason else ""
    if source.retired_at is not None:
        return f"Retired on {day(source.retired_at.date())}: it is not asked any more and keeps its history.{why}"
    until = f" until {day(source.paused_until.date())}" if source.paused_until else ""
    return f"Paused{until}: it is not asked, so nothing new can arrive.{why}"


def _interval(source: Source) -> str:
    used, configured = source.interval_seconds or source.every_seconds, source.every_seconds
    if used == configured:
        return f"Asked every {span(used)}, as configured."
    why = f", because it usually publishes every {span(source.rhythm_seconds)}" if source.rhythm_seconds else ""
    return f"Asked every {span(used)} instead of every {span(configured)} as configured{why}."


def _address(line: Line) -> Iterator[Sentence]:
    source = line.source
    if source.moved_to:
        yield Sentence(
            f"Its address has moved to {source.moved_to} (seen {min(source.moved_times, MOVE_PROOFS)} of {MOVE_PROOFS} "
            f"times{f' since {moment(source.moved_since)}' if source.moved_since else ''}); it is taken over when that "
            f"has stood for {MOVE_TIME.days} days.",
            "warn",
        )
    if source.former_urls:
        yield Sentence(f"Former addresses: {', '.join(source.former_urls)}.")


def _rhythm(line: Line, now: datetime) -> Iterator[Sentence]:
    source = line.source
    if source.rhythm_seconds:
        yield Sentence(f"Usually something new every {span(source.rhythm_seconds)}.")
    elif source.last_ok_at:
        yield Sentence("How often it publishes is not known yet, so its silence would not be noticed.")
    if source.last_new_at:
        yield Sentence(f"Last brought something new {ago(source.last_new_at, now)}.")
    elif source.last_ok_at:
        yield Sentence("Has not brought anything new yet.")
    if source.usual_items:
        yield Sentence(f"Its last good answer had {plural(source.usual_items, 'entry', 'entries')}.")


def _unread(line: Line) -> Iterator[Sentence]:
    parts = [
        plural(count, one, many)
        for count, one, many in (
            (line.quarantined, "entry", "entries"),
            (line.unread, "answer", "answers"),
        )
        if count
    ]
    if parts:
        yield Sentence(f"{' and '.join(parts)} of it could not be read.", "bad", "sources.unreadable")
