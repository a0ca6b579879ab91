"""When a phrase was first and last seen in a document: over all kept versions, not only the newest.

White space, case and typographic marks do not count. The work is bounded: so many of the newest versions are searched,
so many documents are shown, and it is said when there are more.
"""

import re
import unicodedata
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, func, or_
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState
from tracker.models.document import Document, DocumentVersion

MOST_VERSIONS = 20_000
MOST_DOCUMENTS = 100
MOST_VERSIONS_OF_ONE = 200
# So many documents are looked at for each that may be shown, and so many words are asked of the database.
LOOKED_AT = 5
MOST_WORDS = 6

# Marks inside words that nobody sees: where a line may be broken.
_INSIDE_WORDS = ("\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}")
_SAME = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        **dict.fromkeys(_INSIDE_WORDS),
    }
)
_ASCII_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """One version: its number, when we saw it, and whether it is the page itself, fetched after a summary."""

    number: int
    seen_at: datetime
    whole_page: bool


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where a phrase stands in one document.

    `before` is the version before the first with the phrase, None when none before is known to lack it: then it is not
    known when it appeared. `vanished` is the version after the last one with it, None while it is still there.
    `missing` are versions between first and last that lack it. `cut` is set when the oldest versions were not read.
    That a summary lacks the phrase says nothing where the whole page was fetched too.
    """

    document: Document
    first: Seen
    last: Seen
    before: Seen | None
    vanished: Seen | None
    missing: tuple[int, ...]
    cut: bool

    @property
    def summary_before(self) -> bool:
        """Whether we had only a summary before the version in which it is first seen."""
        return self.before is None and not self.cut and self.first.number > 1

    @property
    def still_there(self) -> bool:
        """Whether the newest version has the phrase."""
        return self.vanished is None


@dataclass(frozen=True, slots=True)
class Found:
    """The documents with a phrase, earliest first. `unread` is how many older versions were not searched.

    `more` says that further documents have the phrase, or may have it.
    """

    appearances: tuple[Appearance, ...]
    unread: int = 0
    more: bool = False


def plain(text: str) -> str:
    """Return a text as it is compared: one space between words, lower case, plain quotation marks and dashes."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME).lower().split())


def first_seen(session: Session, phrase: str, *, versions: int = MOST_VERSIONS, limit: int = MOST_DOCUMENTS) -> Found:
    """Return where a phrase was first and last seen; withdrawn documents are left out. An empty phrase is nowhere."""
    wanted = plain(phrase)
    if not wanted:
        return Found(())
    newest = col(DocumentVersion.id).desc()
    window = select(DocumentVersion.id).order_by(newest).limit(versions).subquery()
    likely = (
        select(DocumentVersion.document_id)
        .join(window, window.c.id == DocumentVersion.id)
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(col(Document.state) != DocumentState.WITHDRAWN, _may_hold(wanted))
        .distinct()
        .order_by(col(DocumentVersion.document_id).desc())
        .limit(limit * LOOKED_AT + 1)
    )
    waiting, found = deque(session.exec(likely)), list[Appearance]()
    more = len(waiting) > limit * LOOKED_AT
    while waiting and len(found) <= limit:
        one = _appearance(session, session.get_one(Document, waiting.popleft()), wanted)
        if one is not None:
            found.append(one)
    held = session.exec(select(func.count()).select_from(DocumentVersion)).one()
    shown = sorted(found[:limit], key=lambda one: (one.first.seen_at, one.document.id or 0))
    return Found(tuple(shown), unread=max(held - versions, 0), more=more or len(found) > limit)


def _may_hold(wanted: str) -> Any:
    """Return a condition on versions that every one with the phrase fulfils: its plain words stand in them.

    Databases differ in lowering other letters than ASCII's, so a phrase without such a word is sought as it may be
    written: in small letters, in capitals, or with capitals at the beginning of words.
    """
    texts = [_without_breaks(col(DocumentVersion.title)), _without_breaks(col(DocumentVersion.text))]
    words = [word for word in dict.fromkeys(_ASCII_WORD.findall(wanted)) if len(word) > 1]
    if words:
        longest = sorted(words, key=len)[-MOST_WORDS:]
        return and_(*(or_(*(text.icontains(word) for text in texts)) for word in longest))
    alone = max(wanted.split(), key=len)
    forms = dict.fromkeys((alone, alone.upper(), alone.capitalize()))
    return or_(*(text.contains(form, autoescape=True) for form in forms for text in texts))


def _without_breaks(text: Any) -> Any:
    """Return a column without the marks that stand inside words and are not seen."""
    for mark in _INSIDE_WORDS:
        text = func.replace(text, mark, "", type_=String)
    return text


def _appearance(session: Session, document: Document, wanted: str) -> Appearance | None:
    """Return where the phrase stands in a document's newest versions; None where it stands in none of them."""
    query = (
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document.id)
        .order_by(col(DocumentVersion.number).desc())
        .limit(MOST_VERSIONS_OF_ONE)
    )
    return _told(document, list(session.exec(query))[::-1], wanted)


def _told(document: Document, versions: list[DocumentVersion], wanted: str) -> Appearance | None:
    holding = {row.number for row in versions if wanted in plain(f"{row.title}\n{row.text}")}
    if not holding:
        return None
    oldest = versions[0].number
    if any(row.whole_page for row in versions):
        versions = [row for row in versions if row.whole_page or row.number in holding]
    has = [index for index, row in enumerate(versions) if row.number in holding]
    first, last = has[0], has[-1]
    return Appearance(
        document=document,
        first=_seen(versions[first]),
        last=_seen(versions[last]),
        before=_seen(versions[first - 1]) if first else None,
        vanished=_seen(versions[last + 1]) if last + 1 < len(versions) else None,
        missing=tuple(row.number for row in versions[first:last] if row.number not in holding),
        cut=oldest > 1 and first == 0,
    )


def _seen(version: DocumentVersion) -> Seen:
    return Seen(version.number, version.seen_at, version.whole_page)
