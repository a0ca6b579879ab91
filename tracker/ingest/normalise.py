"""RawItem to Draft: cleaned, with a canonical address, its text, a date that can be true, and a hash of its words."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tracker.domain.canonical import canonical_url
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.items import Draft, RawItem
from tracker.domain.text import content_hash, excerpt, first_sentence, one_line, strip_controls
from tracker.ingest.cleaning import clean_html, plain_text

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
    summary = clean_html(_cut(item.summary_html, LONGEST_HTML, "its summary", notes), base)
    body = clean_html(_cut(item.content_html, LONGEST_HTML, "its text", notes), base)
    text = _cut(_whole_text(plain_text(summary), plain_text(body)), LONGEST_TEXT, "its plain text", notes)
    canonical = canonical_url(item.url)
    url = "".join(strip_controls(item.url or "").split()) if canonical else None
    title = _title(item.title, notes) or first_sentence(text, 120) or url or "Untitled"
    published, moment = _published(item, now, notes)
    return Draft(
        key=_key(item, url),
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
        content_hash=content_hash(title, text),
        form=one_line(item.form)[:40],
        warnings=tuple(dict.fromkeys(one_line(note) for note in notes)),
    )


def _cut(text: str, limit: int, what: str, notes: list[str]) -> str:
    if len(text) <= limit:
        return text
    notes.append(f"{what} has {len(text):,} characters: only the first {limit:,} were kept")
    return text[:limit]


def _key(item: RawItem, url: str | None) -> str:
    """Keys that no index can hold are shortened; what is cut off still tells two of them apart."""
    key = one_line(item.key) or url or content_hash(item.title, item.content_html or item.summary_html)
    return key if len(key) <= LONGEST_KEY else f"{key[: LONGEST_KEY - 65]}#{content_hash(key)}"


def _title(text: str, notes: list[str]) -> str:
    title = one_line(text)
    if len(title) > LONGEST_TITLE:
        notes.append(f"its title has {len(title)} characters: only the first {LONGEST_TITLE} were kept")
    return excerpt(title, LONGEST_TITLE)


def _whole_text(summary: str, body: str) -> str:
    """Return what the document says, once: most summaries are the beginning of the text or an excerpt of it."""
    if not summary or not body:
        return body or summary
    start = one_line(summary)[:80].rstrip(" .…[]")
    return body if start in one_line(body) else f"{summary}\n\n{body}"


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
        return PartialDate.from_datetime(known), moment
    except InputError:
        notes.append(f"its date {known.isoformat()} is too old to be true and was dropped")
        return None, None


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
