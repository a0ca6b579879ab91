"""RawItem to Draft: cleaned, with a canonical address, its text, a date that can be true, and a hash of its words."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from tracker.domain.canonical import canonical_url
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.items import Draft, RawItem
from tracker.domain.text import content_hash, excerpt, first_sentence, joined, lines_hash, one_line, strip_controls
from tracker.ingest.cleaning import clean_html, plain_text
from tracker.ingest.mojibake import repaired
from tracker.ingest.noise import steady_hash

AHEAD = timedelta(days=2)
LONGEST_TITLE = 500
LONGEST_KEY = 1000
LONGEST_HTML = 6_000_000
LONGEST_TEXT = 3_000_000
MOST_AUTHORS = 20
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.ASCII)


def normalise(item: RawItem, *, now: datetime) -> Draft:
    """Return the document that `item` is, ready to be stored.

    `now` is aware; a publication date more than two days after it is dropped. Whatever is changed or missing beyond
    cleaning is said in `warnings`. Never raises for what an item contains.
    """
    notes = list(item.warnings)
    base = item.base_url or item.url or ""
    summary = clean_html(_cut(_readable(item.summary_html, notes), LONGEST_HTML, "its summary", notes), base)
    body = clean_html(_cut(_readable(item.content_html, notes), LONGEST_HTML, "its text", notes), base)
    text, line = _whole_text(plain_text(summary), plain_text(body))
    if len(text) > LONGEST_TEXT:
        text = _cut(text, LONGEST_TEXT, "its plain text", notes)
        line = joined(text)
    canonical = canonical_url(item.url)
    url = _url(item.url or "") if canonical else None
    own_title = _title(_readable(item.title, notes), notes)
    title = own_title or first_sentence(text, 120) or canonical or "Untitled"
    published, moment = _published(item, now, notes)
    return Draft(
        key=key_of(item, url),
        title=title,
        url=url,
        canonical_url=canonical,
        publisher=excerpt(item.publisher, 200),
        kind=item.kind,
        published=published,
        published_at=moment,
        updated_at=_utc(item.updated) if item.updated else None,
        authors=tuple(_authors(item)),
        summary_html=summary,
        html=body or summary,
        text=text,
        language=_language(item.language),
        content_hash=steady_hash(title, text) if item.steady else lines_hash(title, line),
        form=one_line(item.form)[:40] if item.form else "",
        watched=item.steady,
        untitled=not own_title,
        warnings=tuple(dict.fromkeys(map(one_line, notes))) if notes else (),
    )


def _readable(text: str, notes: list[str]) -> str:
    """Return text whose characters were decoded wrongly before it reached us as it was meant, and say so."""
    if text.isascii():
        return text
    text, note = repaired(text)
    if note:
        notes.append(note)
    return text


def _cut(text: str, limit: int, what: str, notes: list[str]) -> str:
    if len(text) <= limit:
        return text
    notes.append(f"{what} has {len(text):,} characters: only the first {limit:,} were kept")
    return text[:limit]


def key_of(item: RawItem, url: str | None) -> str:
    """Return what tells an item apart within its source; `url` is its address, cleaned.

    Keys that no index can hold are shortened; what is cut off still tells two of them apart.
    """
    key = one_line(item.key) or url or content_hash(item.title, item.content_html or item.summary_html)
    return key if len(key) <= LONGEST_KEY else f"{key[: LONGEST_KEY - 65]}#{content_hash(key)}"


def _url(address: str) -> str:
    return "".join(strip_controls(address).split())


def _title(text: str, notes: list[str]) -> str:
    title = one_line(text)
    if len(title) <= LONGEST_TITLE:
        return title
    notes.append(f"its title has {len(title)} characters: only the first {LONGEST_TITLE} were kept")
    return excerpt(title, LONGEST_TITLE)


def _whole_text(summary: str, body: str) -> tuple[str, str]:
    """Return what the document says, once, and the same as one line.

    Most summaries are the beginning of the text or an excerpt of it.
    """
    first, rest = joined(summary), joined(body)
    if not summary or not body:
        return body or summary, rest or first
    if first[:80].rstrip(" .…[]") in rest:
        return body, rest
    return f"{summary}\n\n{body}", f"{first} {rest}"


def _published(item: RawItem, now: datetime, notes: list[str]) -> tuple[PartialDate | None, datetime | None]:
    """Return the day and, where known, the moment of publication; without either the day of the last change."""
    published = item.published
    if isinstance(published, PartialDate):
        first = published.earliest or published.latest or date.min
        if first > (now + AHEAD).date():
            notes.append(f"its date {published} lies in the future and was dropped")
            return None, None
        return published, None
    moment = _utc(published) if published else None
    if moment is not None and moment > now + AHEAD:
        notes.append(f"its date {moment.isoformat()} lies in the future and was dropped")
        return None, None
    known = moment or (_utc(item.updated) if item.updated else None)
    if known is None or known > now + AHEAD:
        return None, None
    try:
        return _day(known.date()), moment
    except InputError:
        notes.append(f"its date {known.isoformat()} is too old to be true and was dropped")
        return None, None


@lru_cache(maxsize=4096)
def _day(on: date) -> PartialDate:
    """Return the day; the entries of a feed share a few."""
    return PartialDate.day(on)


def _utc(moment: datetime) -> datetime:
    """Return the moment in UTC; one without a zone, which no source should give, is taken to be in UTC."""
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:  # the first and last day of the calendar, moved across its edge
        return moment.replace(tzinfo=UTC)


def _authors(item: RawItem) -> Iterator[str]:
    names = dict.fromkeys(excerpt(name, 200) for name in item.authors)
    yield from [name for name in names if name][:MOST_AUTHORS]


def _language(code: str) -> str:
    code = code.strip().lower().replace("_", "-")
    return code if _LANGUAGE.fullmatch(code) else ""
