"""What a source is, and how it is found by name.

A source says what to ask for (`requests`) and reads what came (`parse`). Fetching, retrying, storing and the time of
day are not its business. A new source is one file in this package with one class marked `@register`.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from tracker.domain.errors import NotFoundError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind


class Source(Protocol):
    """One kind of place that documents come from; `every` is how often it is worth asking."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> DocumentKind: ...
    @property
    def every(self) -> timedelta: ...

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        """Yield what to fetch for these targets."""
        ...

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        """Yield the items of an answer, and what else to fetch because of it; raises only ParseError."""
        ...


_SOURCES: dict[str, Source] = {}
S = TypeVar("S", bound=Source)


def register(source: type[S]) -> type[S]:
    """Make a source known by its name, which must be its own."""
    made = source()
    taken = _SOURCES.get(made.name)
    if taken is not None and type(taken).__qualname__ != source.__qualname__:
        raise ValueError(f"two sources are called {made.name!r}: {type(taken).__qualname__} and {source.__qualname__}")
    _SOURCES[made.name] = made
    return source


def all_sources() -> Mapping[str, Source]:
    """Return every source by name, in the order of names."""
    package = importlib.import_module("tracker.sources")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return MappingProxyType(dict(sorted(_SOURCES.items())))


def is_source(name: Any) -> bool:
    """Return whether a source is called `name`; of the sources only that one is loaded."""
    return isinstance(name, str) and (_loaded(name) or name in all_sources())


def source_named(name: str) -> Source:
    """Return the source called `name`; raises NotFoundError that lists the names there are."""
    if _loaded(name):
        return _SOURCES[name]
    sources = all_sources()
    if name not in sources:
        raise NotFoundError(f"looking for a source called {name!r}: there is none; there are {', '.join(sources)}")
    return sources[name]


def _loaded(name: str) -> bool:
    """Load the file of this name, for a source lies in the file of its name; return whether it is one.

    So a process that reads feeds needs no other.
    """
    if name not in _SOURCES and name.isidentifier() and find_spec(f"tracker.sources.{name}") is not None:
        importlib.import_module(f"tracker.sources.{name}")
    return name in _SOURCES


def validated(url: str, options: Mapping[str, Any], *, accept: str = "*/*", context: Mapping[str, Any]) -> Request:
    """Return a request with the validators the workflow put into the target's options ("etag", "last_modified")."""
    return Request(
        url, accept=accept, etag=options.get("etag"), last_modified=options.get("last_modified"), context=context
    )


def read_json(answer: Fetched) -> Any:
    """Return the answer read as JSON; raises ParseError also for what the standard reader chokes on."""
    try:
        return answer.json()
    except RecursionError as error:
        raise ParseError(f"reading {answer.url} as JSON: it is nested too deeply; it is not what we follow") from error
