"""What every start does: the configured organisations and sources are brought into the database."""

import re
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import ConfigError
from tracker.linking.words import slug
from tracker.settings import config_file, names_of
from tracker.sources.base import all_sources, is_source
from tracker.sources.edgar import Edgar
from tracker.sources.edgar_filing import API, FUND_VOTES
from tracker.store import last_words, organizations, sources
from tracker.store.engine import writing
from tracker.workflows.project import project_all
from tracker.workflows.runtime import Runtime

SOURCE_TYPES: dict[str, type] = {
    "name": str, "reader": str, "title": str, "url": str, "options": dict, "every_seconds": int, "paused": bool,
    "known": str,
}  # fmt: skip
SOURCE_KEYS = frozenset(SOURCE_TYPES)
# A minute and 366 days: dates that are reckoned from longer ones no calendar and no database holds.
SHORTEST_EVERY, LONGEST_EVERY = 60, 366 * 86400
# A source's page stands at /sources/NAME: there is another page at the first, and browsers take the dots out.
RESERVED = frozenset({"unreadable", ".", ".."})
LONGEST_NAME = 100
# Since this day votes of funds are filed as XML; before they were text of any shape (SEC release 33-11131).
VOTES_AS_XML = "2024-07-01"
_NAME = re.compile(rf"[\w.-]{{1,{LONGEST_NAME}}}")


def prepare(runtime: Runtime, configured: list[dict[str, Any]] | None = None) -> None:
    """Bring organisations and sources from the configuration into the database; what is there already stays.

    `configured` takes the place of config/sources.toml. Raises ConfigError naming the wrong source.
    """
    folder = runtime.settings.config_dir
    wanted = config_file(folder, "sources.toml").get("source", []) if configured is None else configured
    check_sources(wanted)
    with writing(runtime.engine) as session:
        known = organizations.from_gazetteer(names_of(folder), slug)
        with last_words.kept(session):
            is_changed = organizations.merge(session, known)
            sources.sync(session, [*wanted, *_of_investors(session, wanted)], runtime.clock())
        if is_changed:
            # Names and lanes stand in timeline rows.
            project_all(session, clock=runtime.clock)


def _of_investors(session: Session, wanted: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a source for each investor whose number at the SEC we know: its votes, which it files once a year."""
    names = {entry["name"] for entry in wanted}
    for investor, cik in organizations.investors(session):
        name = f"fund-votes-{investor.slug}"[:LONGEST_NAME]
        if name not in names:
            yield {
                "name": name,
                "reader": Edgar.name,
                "title": f"{investor.name}: votes of funds",
                "url": f"{API}/submissions/CIK{cik:010d}.json",
                "options": {"cik": cik, "forms": list(FUND_VOTES), "since": VOTES_AS_XML},
                "every_seconds": 86400,
            }


def check_sources(wanted: Any) -> None:
    """Raise ConfigError for the first source with an unknown key or reader, or a wrong name, address or interval."""
    if not isinstance(wanted, list) or not all(isinstance(entry, dict) for entry in wanted):
        raise ConfigError("reading the sources: expected a list of them; begin each with a line [[source]]")
    seen: set[str] = set()
    for entry in wanted:
        name = entry.get("name", "?")
        where = f"reading the source {name if str(name).isprintable() else repr(name)}"
        unknown = set(entry) - SOURCE_KEYS
        if unknown:
            raise ConfigError(f"{where}: no key {min(unknown)!r}; it has {', '.join(sorted(SOURCE_KEYS))}")
        for key, kind in SOURCE_TYPES.items():
            # A bool is an int to Python, so types are compared exactly.
            if key in entry and type(entry[key]) is not kind:
                raise ConfigError(f"{where}: {key} is {entry[key]!r}; it should be a {kind.__name__}")
        if not is_source(entry.get("reader")):
            raise ConfigError(f"{where}: no reader {entry.get('reader')!r}; there are {', '.join(all_sources())}")
        if not entry.get("name") or not entry.get("url"):
            raise ConfigError(f"{where}: it needs a name and a url")
        if fault := name_fault(entry["name"]) or every_fault(entry.get("every_seconds", SHORTEST_EVERY)):
            raise ConfigError(f"{where}: {fault}")
        if entry["name"] in seen:
            raise ConfigError(f"{where}: two sources have this name; give one of them another")
        seen.add(entry["name"])


def name_fault(name: str) -> str:
    """Return why a name that somebody chose cannot be a source's, and what can; "" when it can."""
    if name in RESERVED:
        return f"the name {name!r} is reserved for another page; choose another"
    if not _NAME.fullmatch(name):
        shown = repr(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}...")
        return f"the name {shown} will not do; use 1 to {LONGEST_NAME} letters, digits, and the marks . _ -"
    return ""


def every_fault(seconds: int) -> str:
    """Return why a source cannot be asked at this interval; "" when it can."""
    if SHORTEST_EVERY <= seconds <= LONGEST_EVERY:
        return ""
    return f"every_seconds is {seconds}; it must be {SHORTEST_EVERY} (a minute) to {LONGEST_EVERY} (366 days)"
