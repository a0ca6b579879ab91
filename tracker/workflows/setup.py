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
from tracker.workflows.runtime import Runtime

SOURCE_KEYS = frozenset({"name", "reader", "title", "url", "options", "every_seconds", "known"})


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
        organizations.merge(session, organizations.from_gazetteer(config_file(folder, "organizations.toml"), slug))
        sources.sync(session, wanted, runtime.clock())


def check_sources(wanted: list[dict[str, Any]]) -> None:
    """Raise ConfigError for the first source with an unknown key or reader, or without name or address."""
    readers = all_sources()
    for entry in wanted:
        name = entry.get("name", "?")
        unknown = set(entry) - SOURCE_KEYS
        if unknown:
            raise ConfigError(f"reading the source {name}: no key {sorted(unknown)[0]!r}; it has {', '.join(sorted(SOURCE_KEYS))}")
        if entry.get("reader") not in readers:
            raise ConfigError(f"reading the source {name}: no reader {entry.get('reader')!r}; there are {', '.join(readers)}")
        if not entry.get("name") or not entry.get("url"):
            raise ConfigError(f"reading the source {name}: it needs a name and a url")
