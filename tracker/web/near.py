"""What somebody may have meant who came to an address that there is not: its words, and names and pages like it."""

import logging
import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from flask import current_app, request, url_for

from tracker.domain.errors import TrackerError
from tracker.store import near_names
from tracker.store.near_names import NearName
from tracker.web import pages

log = logging.getLogger(__name__)

WORD = re.compile(r"[^\W_]+")
ENDING = re.compile(r"\.\w{2,5}$")
MOST = 5
LIKE_ENOUGH = 0.6
LONGEST = 80


def words_of(path: str) -> str:
    """Return the words of an address to search for: those of its last part that has any, or of all of it.

    Names of groups of pages ("letters") and endings of files say nothing of what was looked for.
    """
    groups = _groups()
    parts = [" ".join(WORD.findall(ENDING.sub("", part))) for part in unquote(path).split("/")]
    said = [part for part in parts if part and part not in groups]
    return (said[-1] if said else "")[:LONGEST].strip()


def pages_like(path: str) -> list[tuple[str, str]]:
    """Return label and address of pages whose address is like this one, then of things whose name is; best first.

    Three statements. Where the archive cannot be read, only pages are found.
    """
    parts = [part for part in unquote(path).split("/") if part]
    if not parts:
        return []
    found = list(_lists_like(parts[0])) if len(parts) == 1 else []
    slug = ENDING.sub("", parts[-1]).lower()[:120]
    try:
        with pages.reading() as session:
            known = {name.slug: name for name in near_names.beginning_like(session, slug)}
    except TrackerError:
        log.warning("near names not found", exc_info=True)
        return found
    for near in get_close_matches(slug, known, n=MOST, cutoff=LIKE_ENOUGH):
        address = _address(known[near])
        if address:
            found.append((known[near].title, address))
    return found[:MOST]


def _groups() -> dict[str, str]:
    """Return the first parts of the addresses of groups of pages, each with the endpoint of its list."""
    return {
        rule.rule.strip("/"): rule.endpoint
        for rule in current_app.url_map.iter_rules()
        if rule.endpoint.endswith(".index") and not rule.arguments and rule.rule.count("/") == 1 and len(rule.rule) > 1
    }


def _lists_like(part: str) -> Iterator[tuple[str, str]]:
    groups = _groups()
    for name in get_close_matches(part.lower(), groups, n=2, cutoff=LIKE_ENOUGH):
        yield name.replace("-", " ").capitalize(), url_for(groups[name])


def _address(name: NearName) -> str | None:
    if name.kind == "campaign":
        return url_for("timeline.page", slug=name.slug)
    if name.kind == "organization":
        return url_for("organizations.page", slug=name.slug)
    return pages.object_url(name.kind, name.slug)


def same_page() -> tuple[str, str] | None:
    """Return the way to the page that was asked for, without the filters that were not understood."""
    return ("This page without filters", request.path) if request.query_string and request.method == "GET" else None
