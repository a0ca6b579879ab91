"""What becomes of one answer: read by its source, each entry studied, its bytes packed. Pure, and done apart.

An answer comes from outside and may be made to cost time or memory, so this runs in processes of its own (`readers`);
nothing here needs the database, and importing it is cheap.
"""

import logging
import time
from dataclasses import replace
from datetime import datetime

from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request
from tracker.ingest.normalise import normalise
from tracker.sources.base import source_named
from tracker.workflows.filed.readers import FILING, read_filed
from tracker.workflows.readings import WHOLE_PAGE, Reading, Studied, pack
from tracker.workflows.study import Linker, quarantined

log = logging.getLogger(__name__)


def read(reader: str, answer: Fetched, linker: Linker, now: datetime) -> Reading:
    """Return what the source called `reader` finds in an answer, studied. Never raises for what an answer contains."""
    # A filing is read from bytes that are kept already.
    packed = None if reader.startswith(FILING) else pack(answer)
    begin = time.perf_counter()
    try:
        if reader.startswith(FILING):
            return Reading(filing=read_filed(reader, answer, linker))
        parsed = [_page(answer, now)] if reader == WHOLE_PAGE else list(source_named(reader).parse(answer))
    except (ParseError, InputError) as error:
        return Reading("unreadable", str(error), packed=packed)
    except MemoryError:
        said = f"reading {answer.url}: it takes more memory than a reader may have; look at the kept bytes"
        return Reading("unreadable", said, packed=packed)
    except Exception as problem:  # a reader that stumbles over hostile bytes must not take the run down
        log.exception("reader failed", extra={"url": answer.url, "reader": reader})
        reason = f"{type(problem).__name__}: {problem}"
        said = f"reading {answer.url}: the reader {reader!r} failed ({reason}); report it"
        return Reading("unreadable", said, packed=packed)
    seconds = {"reading": time.perf_counter() - begin, "cleaning": 0.0, "linking": 0.0}
    items = tuple(
        _studied(item, answer.request.name, linker, now, seconds) for item in parsed if isinstance(item, RawItem)
    )
    further = tuple(item for item in parsed if isinstance(item, Request))
    return Reading(items=items, further=further, packed=packed, seconds=seconds)


def _studied(item: RawItem, asked: str, linker: Linker, now: datetime, seconds: dict[str, float]) -> Studied:
    """Study one item. What cannot be read is quarantined with the reason, so that it never blocks its source."""
    begin = time.perf_counter()
    try:
        draft = normalise(item, now=now)
        cleaned = time.perf_counter()
        seconds["cleaning"] += cleaned - begin
        studied = linker.study(draft, asked)
        seconds["linking"] += time.perf_counter() - cleaned
    except Exception as problem:  # hostile input must not take the run down
        log.exception("item quarantined", extra={"key": item.key[:200]})
        return quarantined(item, asked, f"{type(problem).__name__}: {problem}")
    return studied


def _page(answer: Fetched, now: datetime) -> RawItem:
    """Return the page behind a summary under the title that its source gave; raises ParseError if it has no text."""
    # Heavy, and needed for few answers.
    from tracker.ingest.whole_document import whole_document  # noqa: PLC0415

    found = whole_document(answer.body, answer.headers.get("content-type", ""), answer.url, now)
    return replace(found, title=str(answer.request.context.get("title") or found.title))
