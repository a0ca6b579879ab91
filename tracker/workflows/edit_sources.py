"""What the changes of a form rest on: the source given for each, and its evidence beside what was read before."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.domain.canonical import canonical_url
from tracker.domain.errors import InputError
from tracker.domain.quotes import find_quote
from tracker.domain.typed_text import line
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.store import addresses, documents
from tracker.store.evidence import comparable
from tracker.workflows.runtime import Runtime
from tracker.workflows.typed_form import RowPlan

# The source of every change that has none of its own.
FOR_ALL = "all"
LONGEST_QUOTE, LONGEST_PLACE, LONGEST_WHY = 1_000, 200, 500
ASKED = "say where the new value stands: an address or a document of the archive, beside the field or for all changes"
ASKED_WHY = "Why: this is published, so say in a sentence why it is changed"
_OF_ARCHIVE = re.compile(
    r"(?:#|no\.? ?|document )?(\d{1,9})|(?P<root>.*)/documents/(\d{1,9})(?:[/?#].*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source as typed: an address or a document of the archive, the words there, the place, and why it is changed."""

    where: str = ""
    quote: str = ""
    place: str = ""
    why: str = ""

    def __bool__(self) -> bool:
        """Return whether anything was given."""
        return any(text.strip() for text in (self.where, self.quote, self.place, self.why))


@dataclass(frozen=True, slots=True)
class Found:
    """A source that was understood. No address: nothing but a reason was given."""

    document_id: int | None = None
    url: str = ""
    locator: str = ""
    why: str = ""


@dataclass
class Sources:
    """The sources of one form, each looked up once; what is wrong with one is told beside it."""

    session: Session
    runtime: Runtime
    given: Mapping[str, Source]
    errors: dict[str, str] = field(default_factory=dict)
    _found: dict[str, Found] = field(default_factory=dict, init=False)

    def of(self, *names: str) -> Found:
        """Return the source of a field: the first of these names that has one, else the one for all."""
        own = next((name for name in names if self.given.get(name)), FOR_ALL)
        found, general = self._look(own), self._look(FOR_ALL)
        if not found.url:
            found = Found(general.document_id, general.url, found.locator or general.locator, found.why)
        return Found(found.document_id, found.url, found.locator, found.why or general.why)

    def _look(self, name: str) -> Found:
        if name not in self._found:
            self._found[name] = self._read(name, self.given.get(name) or Source())
        return self._found[name]

    def _read(self, name: str, given: Source) -> Found:
        texts = {}
        for part, longest in (
            ("where", 2000),
            ("quote", LONGEST_QUOTE),
            ("place", LONGEST_PLACE),
            ("why", LONGEST_WHY),
        ):
            try:
                texts[part] = line(getattr(given, part), longest)
            except InputError as error:
                self.errors[f"{name}~{part}"] = str(error)
        if len(texts) < len(("where", "quote", "place", "why")):
            return Found()
        locator = ", ".join(text for text in (texts["quote"], texts["place"]) if text)
        try:
            document_id, url = self._where(texts["where"])
        except InputError as error:
            self.errors[f"{name}~where"] = str(error)
            return Found(why=texts["why"])
        if texts["quote"] and document_id is not None and not self._says(document_id, texts["quote"]):
            self.errors[f"{name}~quote"] = (
                f"these words do not stand in the archived text of document {document_id}; copy them from there, or "
                "leave the quotation empty and say in which place it stands"
            )
        return Found(document_id, url, locator, texts["why"])

    def _where(self, text: str) -> tuple[int | None, str]:
        if not text:
            return None, ""
        ours = _OF_ARCHIVE.fullmatch(text)
        if ours is not None and (ours["root"] or "").rstrip("/") in {"", self.runtime.settings.site}:
            document = self.session.get(Document, int(ours[1] or ours[3]))
            if document is None:
                raise InputError(f"the archive has no document {text!r}; give its number or its address")
            return document.id, document.url or document.canonical_url or ""
        address = canonical_url(text)
        if address is None:
            raise InputError(f"{text[:80]!r} is no address; write it whole, or the number of a document of the archive")
        return addresses.of(self.session, [address]).get(address), text

    def _says(self, document_id: int, quote: str) -> bool:
        return find_quote(documents.newest(self.session, document_id).text, quote) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """A value to be put down as evidence: of which object and field, as a source writes it, and where it stands."""

    object_id: int
    field: str
    value: str
    source: Found


def source_names(row: RowPlan, key: str) -> tuple[str, ...]:
    """Return under which names the source of a field may have been given: its own, its row's, of the row above."""
    names = [row.name(key)]
    above: RowPlan | None = row
    while above is not None and above.path:
        names.append(above.path)
        above = above.above
    return tuple(names)


def write(session: Session, readings: Iterable[Reading], by: str, runtime: Runtime) -> None:
    """Put readings down as chosen; what says otherwise of the same field stays and is set aside, with the reason.

    A reading that stands already and says the same is chosen instead of a second one.
    """
    now = runtime.clock()
    wanted = {(reading.object_id, reading.field): reading for reading in readings}
    if not wanted:
        return
    known: dict[tuple[int, str], list[Evidence]] = {}
    of_objects = col(Evidence.object_id).in_({number for number, _ in wanted})
    for row in session.exec(select(Evidence).where(of_objects).order_by(col(Evidence.id))):
        known.setdefault((row.object_id, row.field), []).append(row)
    for key, reading in wanted.items():
        before = known.get(key, [])
        same = [row for row in before if comparable(row.value) == comparable(reading.value)]
        for row in before:
            if row.chosen and row not in same:
                row.chosen = False
                row.note = reading.source.why or f"{by} found {reading.value or 'nothing'} elsewhere."
            row.differs = False
        if reading.source.url or reading.source.document_id is not None:
            session.add(_row(reading, by, now))
        elif same:
            same[-1].chosen = True
            same[-1].note = reading.source.why
    session.flush()


def _row(reading: Reading, by: str, now: datetime) -> Evidence:
    source = reading.source
    return Evidence(
        object_id=reading.object_id,
        field=reading.field,
        value=reading.value,
        document_id=source.document_id,
        url=source.url,
        canonical_url=canonical_url(source.url) or source.url,
        locator=source.locator,
        read_by=by,
        read_at=now,
        note=source.why,
    )
