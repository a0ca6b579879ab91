"""What people type into the search, taken apart: words, phrases, what must not be there, fields."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.vocab import DocumentKind
from tracker.models import kinds

FIELDS = ("company", "kind", "source", "before", "after")
# Kinds that are neither a kind of document nor of campaign object.
DOCUMENT, CAMPAIGN, ORGANIZATION = "document", "campaign", "organization"
# A field with nothing behind it; or a minus, a field, and a phrase or a word.
_NAME = rf"(?i:{'|'.join(FIELDS)})|[A-Za-z]+(?=:[\"\w])"
_TERM = re.compile(rf'(?:(-?)([A-Za-z]+):(?=\s|$))|(-?)(?:({_NAME}):)?(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `words` and `without` hold words and phrases as typed; marks are words of fields, as indexed.

    Of `kinds` one has to be there. `first` and `last` are the days between which it lies, both included. `unknown` are
    words that look like fields and are none, so they were taken as words.
    """

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    marks_without: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    unknown: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing."""
        named = (self.words, self.without, self.marks, self.kinds, self.marks_without, self.first, self.last)
        return not any(named)


def known_kinds() -> list[str]:
    """Return what `kind:` takes."""
    return sorted({DOCUMENT, CAMPAIGN, ORGANIZATION, *kinds(), *DocumentKind})


def plain_words(text: str) -> list[str]:
    """Return the words of a text without case, accents and signs."""
    bare = text
    if not text.isascii():
        bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return _WORD.findall(bare.casefold())


def mark(field: str, word: str) -> str:
    """Return the word that stands in the index for a word of a field."""
    return f"{field}9{word}"


def parse(text: str) -> Query:
    """Return what a text asks for.

    Raises InputError where a field's value cannot be understood, saying what it takes.
    """
    readable = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    found = _Found()
    for bare_minus, bare_field, minus, field, phrase, word in _TERM.findall(readable):
        name, value, without = field or bare_field, phrase or word, bool(minus or bare_minus)
        if name.lower() in FIELDS:
            found.field(name.lower(), value, without=without)
        else:
            found.unknown += [name] if field else []
            found.word(f"{name} {value}", without=without)
    return found.query()


class _Found:
    """What was found so far."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.without: list[str] = []
        self.marks: list[str] = []
        self.kinds: list[str] = []
        self.marks_without: list[str] = []
        self.unknown: list[str] = []
        self.first: date | None = None
        self.last: date | None = None

    def word(self, value: str, *, without: bool) -> None:
        term = value.replace('"', " ").strip()
        if _WORD.search(term):
            (self.without if without else self.words).append(term)

    def field(self, name: str, value: str, *, without: bool) -> None:
        """Take a field; raise InputError saying what it takes."""
        if not value.strip():
            raise InputError(f"The field “{name}:” has nothing behind it. Write {_EXAMPLES[name]}.")
        if name == "kind":
            (self.marks_without if without else self.kinds).append(mark("kind", _kind(value)))
        elif name in {"before", "after"}:
            if without:
                raise InputError(f"The field “{name}:” cannot be excluded. Write {_EXAMPLES[name]}.")
            self._bound(name, value)
        else:
            words = [mark(name, word) for word in plain_words(value)]
            (self.marks_without if without else self.marks).extend(words)

    def _bound(self, name: str, value: str) -> None:
        try:
            known = PartialDate.parse(value)
        except InputError as error:
            raise InputError(f"The field “{name}:” takes a day, month or year: {error}.") from error
        if known.earliest is None or known.latest is None:
            raise InputError(f"The field “{name}:” takes a day, month or year such as 2019-05, not “{value}”.")
        if name == "before":
            day = known.earliest - timedelta(days=1)
            self.last = min(day, self.last or day)
        else:
            day = known.latest + timedelta(days=1)
            self.first = max(day, self.first or day)

    def query(self) -> Query:
        lists = (self.words, self.without, self.marks, self.kinds, self.marks_without)
        words, without, marks, kinds_, marks_without = (tuple(dict.fromkeys(found)) for found in lists)
        unknown = tuple(dict.fromkeys(self.unknown))
        return Query(words, without, marks, kinds_, marks_without, self.first, self.last, unknown)


_EXAMPLES = {
    "company": "company:amazon",
    "kind": "kind:letter",
    "source": "source:guardian",
    "before": "before:2019 or before:2019-05-24",
    "after": "after:2019 or after:2019-05-24",
}


def _kind(value: str) -> str:
    """Return a kind's plain code; raise InputError naming all of them."""
    names = {name: name for name in known_kinds()} | {
        found.label.lower().replace(" ", "_"): code for code, found in kinds().items()
    }
    code = names.get("_".join(value.lower().split()).replace("-", "_"))
    if code is None:
        raise InputError(f"The field “kind:” does not know “{value}”. It takes: {', '.join(known_kinds())}.")
    return code.replace("_", "")


def phrases(words: tuple[str, ...]) -> Iterator[str]:
    """Yield terms in quotation marks: both databases read that, and no sign and no operator in it means anything."""
    for term in words:
        yield f'"{term}"'
