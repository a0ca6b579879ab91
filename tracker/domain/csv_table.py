"""Tables in text files, read as people's programs write them: any encoding and separator, and never more than a row.

Nothing here holds a whole file. A record that cannot be read is told with its line and what to do; reading goes on with
the next line. Source of the form: RFC 4180, and what spreadsheets make of it.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tracker.domain.errors import InputError
from tracker.domain.text import strip_controls

SEPARATORS = ",;\t|"
# Characters. A cell is what a person writes; a record is all its cells; a quote that is not closed within this many
# lines was never meant to open anything.
LONGEST_CELL = 100_000
LONGEST_RECORD = 2_000_000
MOST_LINES = 1_000
MOST_COLUMNS = 500
PIECE = 2**16
# What `export` puts before a cell that a spreadsheet would take for a formula (OWASP, CSV Injection).
_GUARDED = re.compile("'[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# Bytes that Windows-1252 does not know, and those that stand in no text.
_NO_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
ENCODING_WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
    "cp1252": "Windows-1252",
}
SEPARATOR_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}

csv.field_size_limit(LONGEST_RECORD)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: its place among the rows (from 1), the line of the file on which it begins, its cells.

    `problem` says why it cannot be read; then there are no cells.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file as it was recognised. `warnings` are about the whole of it."""

    encoding: str
    separator: str
    header: tuple[str, ...]
    warnings: tuple[str, ...]

    def words(self) -> str:
        """Return how it was read, for a person."""
        return f"{ENCODING_WORDS[self.encoding]}, separated by {SEPARATOR_WORDS[self.separator]}"


def recognise(file: BinaryIO) -> Table:
    """Return how a file is written and its header; the file is read through once, in pieces.

    Raises InputError for what is no table of text: another kind of file, an unknown encoding, nothing in it.
    """
    encoding = _encoding(file)
    lines = _lines(file, encoding)
    first = next((line for line in lines if not _is_blank(line)), "")
    if _is_blank(first):
        raise InputError("there is no row in it; its first row must name the columns")
    separator = _separator(first)
    found = next(_records(_lines(file, encoding), separator))
    if found.problem:
        raise InputError(f"its first row, which must name the columns, cannot be read: {found.problem}")
    header = tuple(" ".join(name.split()) for name in found.cells)
    if not any(header):
        raise InputError("its first row names no column; put the names of the columns there")
    if len(header) > MOST_COLUMNS:
        raise InputError(
            f"it has {len(header):,} columns, and {MOST_COLUMNS} are the most; leave those out that say nothing"
        )
    return Table(encoding, separator, header, _doubts(header))


def rows(file: BinaryIO, table: Table, *, after: int = 0) -> Iterator[Record]:
    """Yield the rows below the header, those after number `after`; empty ones are passed over."""
    found = _records(_lines(file, table.encoding), table.separator)
    next(found)
    for number, record in enumerate((one for one in found if one.problem or any(one.cells)), 1):
        if number > after:
            yield _checked(record, number, table)


def _checked(record: Record, number: int, table: Table) -> Record:
    """Return a row with as many cells as there are columns, or with what is wrong with it."""
    cells, wanted = record.cells, len(table.header)
    problem = record.problem
    if not problem and len(cells) > wanted and any(cells[wanted:]):
        problem = (
            f"it has {len(cells)} cells, and there are {wanted} columns; a cell in which the separator stands "
            "must be put into quotation marks"
        )
    elif not problem and len(cells) < wanted:
        problem = f"it has {len(cells)} cells, and there are {wanted} columns; write the separator for empty cells too"
    for name, cell in zip(table.header, cells, strict=False):
        if problem:
            break
        if len(cell) > LONGEST_CELL:
            problem = f"{name!r} holds {len(cell):,} characters, and {LONGEST_CELL:,} are the most; shorten it"
        elif strip_controls(cell).replace("\n", "") != cell.replace("\r", "").replace("\n", ""):
            problem = f"{name!r} holds characters that cannot be printed, such as a NUL; take them out"
    if problem:
        return Record(number, record.line, (), problem)
    return Record(number, record.line, tuple(map(_plain, cells[:wanted])))


def _plain(cell: str) -> str:
    """Return a cell without what guards a formula in our own files: it is text here, whatever it begins with."""
    return (cell[1:] if _GUARDED.match(cell) else cell).strip()


def _doubts(header: tuple[str, ...]) -> tuple[str, ...]:
    counted = Counter(name.casefold() for name in header if name)
    first = {name.casefold(): name for name in reversed(header)}
    twice = [name for key, name in first.items() if counted[key] > 1]
    doubts = [
        f"two columns are called {name!r}; only the first is read, rename the other if it is meant" for name in twice
    ]
    if "" in header:
        doubts.append(f"column {header.index('') + 1} has no name and is not read")
    return tuple(doubts)


# --- encodings --------------------------------------------------------------------------------------------------------


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _encoding(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(4096)
    if not start.strip():
        raise InputError("it is empty")
    kind = _other_kind(start)
    if kind:
        raise InputError(f"it is {kind}, whatever its name says; save it as CSV in UTF-8")
    if start.startswith(BOM_UTF8):
        chosen = "utf-8-sig"
    elif start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        chosen = "utf-16"
    else:
        chosen = _without_mark(start)
    if _decodes(file, chosen):
        return chosen
    if chosen == "utf-8" and not any(
        _NO_WINDOWS_1252.search(piece) or _NO_TEXT.search(piece) for piece in _pieces(file)
    ):
        return "cp1252"
    raise InputError(
        "its characters are in no encoding that is known here (UTF-8, UTF-16, Windows-1252); save it as CSV in UTF-8"
    )


def _other_kind(start: bytes) -> str:
    """Return what a file is that is no text at all."""
    kinds = {b"PK\x03\x04": "a spreadsheet or ZIP file", b"\xd0\xcf\x11\xe0": "an Excel file", b"%PDF": "a PDF",
             b"\x1f\x8b": "a compressed file", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture"}  # fmt: skip
    found = next((words for mark, words in kinds.items() if start.startswith(mark)), "")
    head = start.removeprefix(BOM_UTF8).lstrip()[:200].lower()
    return found or ("an HTML page" if head.startswith((b"<!doctype html", b"<html")) else "")


def _without_mark(start: bytes) -> str:
    """Return UTF-16 where every other byte of most characters is zero, otherwise UTF-8."""
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if half and start[0::2].count(0) > half * 0.7 else "utf-8"


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = getincrementaldecoder(encoding)()
    try:
        for piece in _pieces(file):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


# --- lines and records ------------------------------------------------------------------------------------------------


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Yield lines with their ends. One that is too long for any record comes cut to just more than that."""
    decoder = io.IncrementalNewlineDecoder(getincrementaldecoder(encoding)(), translate=True)
    rest = ""
    for piece in _pieces(file):
        *whole, end = decoder.decode(piece).split("\n")
        for line in whole:
            yield f"{rest}{line}"[: LONGEST_RECORD + 1] + "\n"
            rest = ""
        rest = f"{rest}{end}" if len(rest) <= LONGEST_RECORD else rest
    rest += decoder.decode(b"", final=True).rstrip("\n")
    if rest:
        yield rest[: LONGEST_RECORD + 1]


def _separator(line: str) -> str:
    """Return the separator that stands most often in a header, outside of quotation marks."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(SEPARATORS, key=lambda mark: (bare.count(mark), -SEPARATORS.index(mark)))


def _records(lines: Iterator[str], separator: str) -> Iterator[Record]:
    """Yield records, numbered not yet. Lines after a quote that is never closed are read on their own."""
    waiting: deque[str] = deque()
    source = _Lines(lines, waiting)
    for line in source:
        begins = source.number
        text, is_open = line, _is_open(line, separator, within=False)
        if is_open:
            taken: list[str] = []
            while is_open and len(taken) < MOST_LINES and len(text) <= LONGEST_RECORD:
                following = next(source, None)
                if following is None:
                    break
                taken.append(following)
                text += following
                is_open = _is_open(following, separator, within=True)
            if is_open:
                waiting.extendleft(reversed(taken))
                source.number = begins
                yield Record(0, begins, (), "a quotation mark opens a cell and is never closed; close it")
                continue
        if len(text) > LONGEST_RECORD:
            yield Record(0, begins, (), f"it has more than {LONGEST_RECORD:,} characters; shorten it")
        elif not _is_blank(text):
            yield Record(0, begins, tuple(next(csv.reader([text], delimiter=separator), ())))


class _Lines:
    """Lines with their numbers, those first that were looked at in vain."""

    def __init__(self, lines: Iterator[str], waiting: deque[str]) -> None:
        self._lines, self._waiting, self.number = lines, waiting, 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self.number += 1
        return line


def _is_open(line: str, separator: str, *, within: bool) -> bool:
    """Return whether a quoted cell goes on after a line; a quotation mark opens one only where a cell begins."""
    place, length = 0, len(line)
    while place < length:
        if within:
            end = line.find('"', place)
            if end < 0:
                return True
            if line[end + 1 : end + 2] == '"':
                place = end + 2
                continue
            within, place = False, end + 1
        elif line[place] == '"':
            within, place = True, place + 1
            continue
        following = line.find(separator, place)
        if following < 0:
            return False
        place = following + 1
    return within


def _is_blank(line: str) -> bool:
    return not line.strip()
