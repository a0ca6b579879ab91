"""What every start does: the configured organisations and sources are brought into the database."""

from functools import cache
from pathlib import Path
from typing import Any

from tracker.domain.errors import ConfigError
from tracker.linking.words import slug
from tracker.settings import read_toml
from tracker.sources.base import all_sources
from tracker.store import organizations, sources
from tracker.store.engine import writing
from tracker.workflows.project import project_all
from tracker.workflows.runtime import Runtime

SOURCE_TYPES: dict[str, type] = {
    "name": str, "reader": str, "title": str, "url": str, "options": dict, "every_seconds": int, "known": str,
}  # fmt: skip
SOURCE_KEYS = frozenset(SOURCE_TYPES)


@cache
def config_file(folder: Path, name: str) -> dict[str, Any]:
    """Return a file of the configuration folder, read once a process; an absent one is empty."""
    path = folder / name
    return read_toml(path) if path.exists() else {}


def prepare(runtime: Runtime, configured: list[dict[str, Any]] | None = None) -> None:
    """Bring organisations and sources from the configuration into the database; what is there already stays.

    `configured` takes the place of config/sources.toml. Raises ConfigError naming the wrong source.
    """
    folder = runtime.settings.config_dir
    wanted = config_file(folder, "sources.toml").get("source", []) if configured is None else configured
    check_sources(wanted)
    with writing(runtime.engine) as session:
        known = organizations.from_gazetteer(config_file(folder, "organizations.toml"), slug)
        if organizations.merge(session, known):
            # Names and lanes stand in timeline rows.
            project_all(session, clock=runtime.clock)
        sources.sync(session, wanted, runtime.clock())


def check_sources(wanted: Any) -> None:
    """Raise ConfigError for the first source with an unknown key or reader, or without name or address."""
    if not isinstance(wanted, list) or not all(isinstance(entry, dict) for entry in wanted):
        raise ConfigError("reading the sources: expected a list of them; begin each with a line [[source]]")
    readers = all_sources()
    seen: set[str] = set()
    for entry in wanted:
        where = f"reading the source {entry.get('name', '?')}"
        unknown = set(entry) - SOURCE_KEYS
        if unknown:
            raise ConfigError(f"{where}: no key {min(unknown)!r}; it has {', '.join(sorted(SOURCE_KEYS))}")
        for key, kind in SOURCE_TYPES.items():
            if key in entry and (not isinstance(entry[key], kind) or isinstance(entry[key], bool)):
                raise ConfigError(f"{where}: {key} is {entry[key]!r}; it should be a {kind.__name__}")
        if entry.get("reader") not in readers:
            raise ConfigError(f"{where}: no reader {entry.get('reader')!r}; there are {', '.join(readers)}")
        if not entry.get("name") or not entry.get("url"):
            raise ConfigError(f"{where}: it needs a name and a url")
        if entry.get("every_seconds", 1) <= 0:
            raise ConfigError(f"{where}: every_seconds is {entry['every_seconds']}; it must be above zero")
        if entry["name"] in seen:
            raise ConfigError(f"{where}: two sources have this name; give one of them another")
        seen.add(entry["name"])
