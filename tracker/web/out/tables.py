"""A list that a page shows, given to programs: as CSV, JSON and JSON Lines, and the schema of the table."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Response, stream_with_context

from tracker.web import pages
from tracker.web.shapes import flat
from tracker.web.shapes.base import Shape

# A cell that begins with one of these is a formula to spreadsheets, in full width to those of East Asia too (OWASP, CSV
# Injection); much of what we show comes from outside.
FORMULA = tuple("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
                "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
LINES = "application/jsonl"
ENCODED = "; charset=utf-8"


def as_json(told: Any) -> Response:
    """Return plain values as JSON."""
    return Response(json.dumps(told, indent=1, ensure_ascii=False), mimetype="application/json")


def as_csv(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    """Return rows as a CSV file in UTF-8; several values in one field are separated by spaces."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return _attached(Response(text.getvalue(), mimetype="text/csv"), name, "csv")


def as_list(name: str, ending: str, shape: type[Shape], rows: Iterable[Shape]) -> Response:
    """Return rows of one shape as a file or, for the ending "json", as JSON with the moment of the answer."""
    if ending != "json":
        return as_file(name, ending, shape, rows)
    as_of = pages.now().isoformat(timespec="seconds")
    return as_json({"as_of": as_of, "items": [row.model_dump(mode="json") for row in rows]})


def as_file(name: str, ending: str, shape: type[Shape], rows: Iterable[Shape]) -> Response:
    """Return rows of one shape as a file that is sent while it is being read, so that its length does not matter.

    `ending` is "csv" or "jsonl". The response's header Link names the schema of the table.
    """
    lines = _csv_lines(shape, rows) if ending == "csv" else (f"{row.model_dump_json()}\n" for row in rows)
    media_type = f"text/csv{ENCODED}; header=present" if ending == "csv" else f"{LINES}{ENCODED}"
    answer = _attached(Response(stream_with_context(_in_chunks(lines)), content_type=media_type), name, ending)
    if ending == "csv":
        answer.headers["Link"] = f'<{pages.site()}/schema/{name}.json>; rel="describedby"'
    return answer


def _attached(answer: Response, name: str, ending: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{pages.today()}.{ending}"'
    return answer


def _csv_lines(shape: type[Shape], rows: Iterable[Shape]) -> Iterator[str]:
    columns = list(flat.columns(shape))
    line = _LineWriter()
    yield line([column.name for column in columns])
    for row in rows:
        yield line([_cell(value) for value in flat.values(row, columns)])


class _LineWriter:
    """Writes one line of CSV after the other (RFC 4180)."""

    def __init__(self) -> None:
        self._text = io.StringIO()
        self._write: Callable[[Iterable[Any]], Any] = csv.writer(self._text).writerow

    def __call__(self, cells: Iterable[Any]) -> str:
        self._write(cells)
        line = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return line


def _in_chunks(lines: Iterable[str], size: int = 2**16) -> Iterator[str]:
    """Put lines together: each piece that is sent costs the server some work."""
    waiting: list[str] = []
    length = 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length >= size:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting)


def _cell(value: object) -> str:
    """Return a value as a cell; moments and truths are written as JSON has them, and a formula becomes text."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else " ".join(map(str, value)) if isinstance(value, list) else str(value)
    is_number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text
