"""Which entry of a feed is which, seen against what the same source brought before.

A reader sees one answer at a time. It cannot know that an identifier it meets twice today was one entry's alone
yesterday, nor that a feed writes a new session into its identifiers on every visit. The keys known before tell.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

# As `sources.feed_text` writes a key that several entries share.
_FINGERPRINT = re.compile(r"\|[0-9a-f]{24}(?:#\d+)?$")

Entry = tuple[str, str | None]


def wanted(entries: Sequence[Entry]) -> list[str]:
    """Return the keys that `settled` may need to know of, besides those of documents with the entries' addresses."""
    keys = [key for entry in entries for key in (entry[0], _bare(entry), _shared(entry)) if key]
    return list(dict.fromkeys(keys))


def settled(entries: Sequence[Entry], known: Mapping[str, str | None]) -> list[str]:
    """Return the key of each entry, in their order, so that those kept before keep theirs.

    `entries` are keys and addresses as one answer has them, `known` the addresses of this source's documents by key.
    Two things are mended. An identifier that several entries share belongs to the one that had it first, with the
    address it had. And where more of the entries have an unknown key at a known address than have a known key, the
    identifiers change by themselves: then the address tells, if it is no front page and neither side has it twice.
    """
    keys = [_first_come(entry, known) for entry in entries]
    moved = _moved(keys, entries, known)
    stayed = sum(key in known for key in keys)
    if len(moved) > stayed:
        keys = [moved.get(place, key) for place, key in enumerate(keys)]
    given = [key for key, _ in entries]
    return keys if len(set(keys)) == len(set(given)) else given  # never one key for two entries


def _first_come(entry: Entry, known: Mapping[str, str | None]) -> str:
    key, url = entry
    if key in known and (known[key] == url or _shared(entry) not in known):
        return key
    bare, shared = _bare(entry), _shared(entry)
    if bare and key not in known and url is not None and known.get(bare) == url:
        return bare
    return shared if shared in known else key


def _bare(entry: Entry) -> str:
    """Return the identifier behind a key that tells sharing entries apart, "" when the key is no such."""
    key, url = entry
    if url and key.endswith(f"|{url}"):
        return key.removesuffix(f"|{url}")
    found = _FINGERPRINT.search(key)
    return key[: found.start()] if found else ""


def _shared(entry: Entry) -> str:
    """Return the key that the entry would have if others had its identifier as well, "" when it has no address."""
    key, url = entry
    return f"{key}|{url}" if url and key != url and not _bare(entry) else ""


def _moved(keys: Sequence[str], entries: Sequence[Entry], known: Mapping[str, str | None]) -> dict[int, str]:
    """Return, by place, the known key of each entry that comes under an unknown one from an address of its own."""
    at = Counter(url for _, url in entries)
    before = Counter(known.values())
    holders = {url: key for key, url in known.items() if url}
    return {
        place: holders[url]
        for place, (_, url) in enumerate(entries)
        if url in holders
        and keys[place] not in known
        and holders[url] not in keys
        and at[url] == before[url] == 1
        and not _is_front_page(url)
    }


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
