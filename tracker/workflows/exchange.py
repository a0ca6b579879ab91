"""Campaign files in: organisations, campaign and objects with their evidence, in one transaction.

The file's keys are the tables' own columns (docs/campaign-file.md); importing the same file again changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.canonical import canonical_url
from tracker.domain.errors import InputError
from tracker.models import kinds
from tracker.models.base import Base
from tracker.store import imports, organizations
from tracker.store.engine import writing
from tracker.store.records import Names, read, tables
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime

EVIDENCE_KEYS = frozenset({"field", "value", "url", "locator", "note", "chosen", "confidence", "read_by"})


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: objects new, changed and unchanged, and timeline rows touched."""

    new: int
    changed: int
    same: int
    events: int


def import_campaign(runtime: Runtime, file: Mapping[str, Any], *, read_by: str = "campaign file") -> Imported:
    """Bring one campaign file into the store; all of it or nothing.

    Raises InputError naming the object and key that cannot be read.
    """
    now = runtime.clock()
    with writing(runtime.engine) as session:
        organizations.merge(session, file)
        names = Names(session)
        campaign_id = imports.campaign(session, file["campaign"], names, now)
        imports.families(session, file.get("families", ()), names)
        counts = {"new": 0, "changed": 0, "same": 0}
        touched: list[int] = []
        # Spines first, for objects point to each other in any order; responses last, for they assess letters' questions.
        ordered = sorted(file["objects"], key=lambda given: given.get("kind") == "company_response")
        spines = [imports.spine(session, given, names, now) for given in ordered]
        for given, (spine_id, spine_change) in zip(ordered, spines, strict=True):
            change = _object(session, given, spine_id, names, now, read_by)
            joined = imports.join(session, campaign_id, spine_id)
            outcome = spine_change if spine_change != "same" else "changed" if change else "same"
            counts[outcome] += 1
            if outcome != "same" or joined:
                imports.touch(session, spine_id, now, new=outcome == "new")
                touched.append(spine_id)
        done = project(session, object_ids=touched)
    return Imported(**counts, events=done.touched)


def _object(
    session: Session, given: Mapping[str, Any], spine_id: int, names: Names, now: datetime, read_by: str
) -> bool:
    """Write an object's detail, parts and evidence; return whether anything changed."""
    where = f"object {given['slug']}"
    detail = kinds()[given["kind"]]
    own = {key: value for key, value in given.items() if key not in imports.SPINE_KEYS}
    changed = imports.detail(session, detail, spine_id, read(detail, own, names, where))
    for table_name, rows in given.get("parts", {}).items():
        changed |= _parts(session, table_name, rows, (given["kind"], spine_id), names, now, where)
    wanted = [_evidence(entry, read_by, where) for entry in given.get("evidence", ())]
    return imports.evidence(session, spine_id, wanted, now) or changed


def _parts(
    session: Session,
    table_name: str,
    rows: list[Mapping[str, Any]],
    owner: tuple[str, int],
    names: Names,
    now: datetime,
    where: str,
) -> bool:
    """Write the rows of one child table and, below each, its own children."""
    table = tables().get(table_name)
    column = imports.owner_column(table, owner[0]) if table is not None else None
    if table is None or column is None:
        raise InputError(f"{where}: a {owner[0].replace('_', ' ')} has no part called {table_name!r}")
    children = {key for row in rows for key in row if key in tables() and imports.owner_column(tables()[key], table_name)}
    wanted = []
    for number, row in enumerate(rows, 1):
        plain = {key: value for key, value in row.items() if key not in children}
        values = imports.question(session, plain, names, where)
        wanted.append(values | read(table, plain, names, f"{where}, {table_name} {number}"))
    stored, changed = imports.replace(session, table, column, owner[1], wanted, now)
    for given, row in zip(rows, stored, strict=True):
        for child in sorted(children & set(given)):
            changed |= _parts(session, child, given[child], (table_name, _id(row)), names, now, where)
    return changed


def _id(row: Base) -> int:
    return int(row.id)  # type: ignore[attr-defined]  # every part table has a whole-number key


def _evidence(entry: Mapping[str, Any], read_by: str, where: str) -> dict[str, Any]:
    unknown = set(entry) - EVIDENCE_KEYS
    if unknown:
        raise InputError(f"{where}: evidence has no {sorted(unknown)[0]!r}; it has {', '.join(sorted(EVIDENCE_KEYS))}")
    url = str(entry.get("url", ""))
    return {"read_by": read_by, **entry, "canonical_url": canonical_url(url) or url}
