"""What administrators do with sources: keep one that was tried, pause, change, retire one; each act on the record."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConflictError, InputError
from tracker.domain.field_errors import FieldsError
from tracker.domain.text import one_line
from tracker.domain.vocab import DocumentKind
from tracker.models.document import Source
from tracker.store import acts, work
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.runtime import Runtime
from tracker.workflows.setup import every_fault
from tracker.workflows.source_names import free_name, name_from, named, refuse_known
from tracker.workflows.try_source import kept_trial

LONGEST_TITLE, LONGEST_REASON = 200, 500
COLLECT = "collect_due"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be changed of a source: the name people read, its address, hours between two visits, what it publishes.

    `kind` is a DocumentKind's code, or "" for what its reader says.
    """

    title: str
    url: str
    hours: str
    kind: str

    @classmethod
    def of(cls, row: Source) -> "Settings":
        """Return what a source has now."""
        return cls(row.title, row.url, f"{row.every_seconds / 3600:g}", str(row.options.get("kind", "")))


def keep_trial(runtime: Runtime, key: str, given: Settings, by: str) -> str:
    """Add the source that was tried under `key`, due at once; return its name.

    Raises InputError when the look is older than an hour, nothing could be read, or its address is here already;
    FieldsError for what cannot be kept.
    """
    trial = kept_trial(runtime, key)
    if trial is None:
        raise InputError("keeping a source: it was tried more than an hour ago; try it once more, then keep it")
    if trial.failed or trial.source:
        raise InputError(f"keeping {trial.address}: nothing could be read there, so there is nothing to keep yet")
    seconds = _checked(given)
    now = runtime.clock()
    with writing(runtime.engine) as session, recording(session, Cause(by, now, "A source was added.")):
        refuse_known(session, trial.address, trial.url)
        title = one_line(given.title) or trial.title
        row = Source(
            name=free_name(session, name_from(title or trial.url), chosen=False),
            reader=trial.reader,
            title=title,
            url=trial.url,
            options={**trial.options, **({"kind": given.kind} if given.kind else {})},
            every_seconds=seconds,
            due_at=now,
        )
        session.add(row)
        session.flush()
        acts.record(
            session, acts.SOURCE, row.id or 0, "added", by=by, now=now, detail=f"{row.url}, read by {row.reader}"
        )
        work.hasten(session, [COLLECT], now)
        return row.name


def pause(runtime: Runtime, name: str, why: str, until: str, by: str) -> None:
    """Stop asking a source, until a day or until somebody resumes it; raises FieldsError without a reason."""
    now, errors = runtime.clock(), dict[str, str]()
    reason = one_line(why)
    if not 3 <= len(reason) <= LONGEST_REASON:
        errors["why"] = f"Say why, in 3 to {LONGEST_REASON} characters: others will wonder."
    end = None
    if until.strip():
        try:
            day = PartialDate.parse(until.strip()).exact_day
        except InputError:
            day = None
        if day is None:
            errors["until"] = f"“{one_line(until)[:40]}” is not one day; write for example 2026-12-31, or nothing."
        elif day <= now.date():
            errors["until"] = "That day is past; write a later one, or nothing to pause it until it is resumed."
        else:
            end = datetime.combine(day, time(), UTC)
    if errors:
        raise FieldsError(errors)
    with writing(runtime.engine) as session, recording(session, Cause(by, now, reason)):
        row = _asked(named(session, name))
        row.paused, row.paused_reason, row.paused_until = True, reason, end
        detail = f"until {end:%Y-%m-%d}" if end else "until it is resumed"
        acts.record(session, acts.SOURCE, row.id or 0, "paused", by=by, now=now, why=reason, detail=detail)


def resume(runtime: Runtime, name: str, by: str) -> None:
    """Ask a source again, at once."""
    now = runtime.clock()
    with writing(runtime.engine) as session, recording(session, Cause(by, now, "Resumed.")):
        row = _asked(named(session, name))
        if row.paused:
            row.paused, row.paused_reason, row.paused_until, row.due_at = False, "", None, now
            acts.record(session, acts.SOURCE, row.id or 0, "resumed", by=by, now=now)


def ask_now(runtime: Runtime, name: str, by: str) -> None:
    """Let a source be due at once; whoever runs the jobs asks it within some seconds and keeps what comes."""
    now = runtime.clock()
    with writing(runtime.engine) as session:
        row = _asked(named(session, name))
        if row.paused:
            raise InputError(f"asking {name}: it is paused; resume it first")
        row.due_at = min(row.due_at, now)
        acts.record(session, acts.SOURCE, row.id or 0, "asked now", by=by, now=now)
        work.hasten(session, [COLLECT], now)


def change(runtime: Runtime, name: str, given: Settings, shown: Settings, *, by: str, why: str) -> list[str]:
    """Change a source and return what changed, in words. An address it had stays known: it is not added twice.

    Raises FieldsError for what cannot be kept, ConflictError when it is no longer as it was `shown`.
    """
    seconds, reason, now = _checked(given), one_line(why), runtime.clock()
    if not given.url.strip():
        raise FieldsError({"url": "Write its address; a source without one is never asked."})
    if len(reason) > LONGEST_REASON:
        raise FieldsError({"why": f"Write {LONGEST_REASON} characters at most."})
    with writing(runtime.engine) as session, recording(session, Cause(by, now, reason)):
        row = _asked(named(session, name))
        before = Settings.of(row)
        if before != shown:
            raise ConflictError(
                f"changing the source {name}: somebody changed it meanwhile; look at it again, and change what is left"
            )
        url = given.url.strip()
        said: list[str] = []
        columns: set[str] = set()
        if one_line(given.title) != row.title:
            said.append(f"name: {row.title or 'none'} → {one_line(given.title) or 'none'}")
            row.title = one_line(given.title)
            columns.add("title")
        if url != row.url:
            refuse_known(session, url)
            said.append(f"address: {row.url} → {url}")
            row.former_urls = list(dict.fromkeys([*row.former_urls, row.url]))
            columns.add("url")
            row.url, row.moved_to, row.moved_since, row.moved_times, row.gone_since = url, None, None, 0, None
        if seconds != row.every_seconds:
            said.append(f"asked every {before.hours} h → {given.hours.strip()} h")
            row.every_seconds, row.interval_seconds = seconds, None
            columns.add("every_seconds")
        if given.kind != before.kind:
            said.append(f"publishes: {before.kind or 'as its reader says'} → {given.kind or 'as its reader says'}")
            row.options = {key: value for key, value in row.options.items() if key != "kind"} | (
                {"kind": given.kind} if given.kind else {}
            )
            columns.add("options")
        if said:
            row.set_by_hand = sorted({*row.set_by_hand, *columns})
            row.due_at, row.leased_by, row.leased_until = now, "", None
            acts.record(
                session, acts.SOURCE, row.id or 0, "changed", by=by, now=now, why=reason, detail="; ".join(said)
            )
        return said


def retire(runtime: Runtime, name: str, why: str, by: str) -> None:
    """Stop asking a source for good; it keeps its place and its history, for documents rest on it."""
    reason, now = one_line(why), runtime.clock()
    if not 3 <= len(reason) <= LONGEST_REASON:
        raise FieldsError({"why": f"Say why, in 3 to {LONGEST_REASON} characters: it is for good."})
    with writing(runtime.engine) as session, recording(session, Cause(by, now, reason)):
        row = _asked(named(session, name))
        row.paused, row.paused_reason, row.paused_until, row.retired_at = True, reason, None, now
        acts.record(session, acts.SOURCE, row.id or 0, "retired", by=by, now=now, why=reason)


def _asked(row: Source) -> Source:
    """Return a source that can be tended; raises InputError for one filled by hand or retired."""
    if not row.url:
        raise InputError(f"the source {row.name} is filled by hand and never asked: there is nothing to change")
    if row.retired_at is not None:
        raise InputError(f"the source {row.name} is retired: it keeps its history and is not asked again")
    return row


def _checked(given: Settings) -> int:
    """Return the seconds between two visits; raises FieldsError."""
    errors: dict[str, str] = {}
    seconds = 0
    try:
        seconds = round(float(given.hours.replace(",", ".")) * 3600)
        if fault := every_fault(seconds):
            errors["hours"] = f"Write hours from 0.02 (a minute) to 8784 (366 days): {fault}."
    except (ValueError, OverflowError):
        errors["hours"] = f"“{one_line(given.hours)[:40]}” is no number of hours; write for example 2 or 0.5."
    if len(given.title) > LONGEST_TITLE:
        errors["title"] = f"Write {LONGEST_TITLE} characters at most."
    if given.kind and given.kind not in set(DocumentKind):
        errors["kind"] = "Choose one of the list."
    address = given.url.strip()
    if address and not _is_address(address):
        errors["url"] = "Write the whole address, as https://www.example.org/feed."
    if errors:
        raise FieldsError(errors)
    return seconds


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and text.isprintable() and " " not in text
