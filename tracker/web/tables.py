"""A list that a page shows, given to programs: as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response

# A cell that begins with one of these is a formula to spreadsheets; much of what we show comes from outside.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(told: Any) -> Response:
    """Return plain values as JSON."""
    return Response(json.dumps(told, indent=1, ensure_ascii=False), mimetype="application/json")


def as_csv(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    """Return rows as a CSV file in UTF-8; several values in one field are separated by spaces."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    answer = Response(text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
