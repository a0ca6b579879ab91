"""Campaign files in: organisations, campaign and objects with their evidence, in one transaction.

The file's keys are the tables' own columns (docs/campaign-file.md); importing the same file again changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.canonical import canonical_url
from tracker.domain.errors import InputError
from tracker.models import kinds
from tracker.models.evidence import Evidence
from tracker.store import filings, imports, organizations
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.store.records import Names, read, refused_as_input, replace, require, tables
from tracker.workflows import campaign_file
from tracker.workflows.project import Clock, Projected, project, project_all
from tracker.workflows.runtime import Runtime

# What an entry of evidence may say, and what is meant where it says nothing.
EVIDENCE: dict[str, Any] = {
    "field": "", "value": "", "url": "", "locator": "", "note": "", "chosen": True, "confidence": None, "read_by": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: objects new, changed and unchanged, and timeline rows touched.

    `kept` is how many values that people gave, emptied or took out stand against the file.
    """

    new: int
    changed: int
    same: int
    events: int
    kept: int = 0


def import_campaign(runtime: Runtime, file: Any, *, read_by: str = "campaign file") -> Imported:
    """Bring one campaign file into the store; all of it or nothing.

    Raises InputError naming the object and key that cannot be read.
    """
    campaign_file.check(file)
    cause = Cause(read_by, runtime.clock(), "The campaign file was imported again with another value.")
    with writing(runtime.engine) as session:
        with recording(session, cause) as act:
            done = _Import(session, runtime.clock, read_by)
            done.whole(file)
        events = done.project()
        return Imported(**done.counts, events=events.touched, kept=act.kept)


@dataclass
class _Import:
    """One file on its way in: what every step of it needs."""

    session: Session
    clock: Clock
    read_by: str
    now: datetime = field(init=False)
    names: Names = field(init=False)
    counts: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "same": 0}, init=False)
    touched: list[int] = field(default_factory=list, init=False)
    renamed: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Begin with no name looked up."""
        self.now = self.clock()
        self.names = Names(self.session)

    def whole(self, file: Mapping[str, Any]) -> None:
        """Write everything but the timeline."""
        session, names = self.session, self.names
        self.renamed = organizations.merge(session, file)
        with refused_as_input(f"campaign {file['campaign']['slug']}"):
            campaign_id = imports.campaign(session, file["campaign"], names, self.now)
        for given in file.get("families", ()):
            with refused_as_input(f"family {given['slug']}"):
                imports.family(session, given, names)
        # Spines first, for objects point to each other in any order; responses last, for they assess questions.
        ordered = sorted(file["objects"], key=lambda given: given["kind"] == "company_response")
        spines = [imports.spine(session, given, names, self.now) for given in ordered]
        for given, (spine_id, spine_change) in zip(ordered, spines, strict=True):
            with refused_as_input(f"object {given['slug']}"):
                change = self._object(given, spine_id)
            joined = imports.join(session, campaign_id, spine_id)
            outcome = "changed" if change and spine_change == "same" else spine_change
            self.counts[outcome] += 1
            if outcome == "changed":
                imports.touch(session, spine_id, self.now)
            if outcome != "same" or joined:
                self.touched.append(spine_id)
        filings.compare_again(session, self.touched)

    def project(self) -> Projected:
        """Bring the timeline up to date: all of it when a party's name or lane changed, which stand in many rows."""
        if self.renamed:
            return project_all(self.session, clock=self.clock)
        return project(self.session, object_ids=self.touched, clock=self.clock)

    def _object(self, given: Mapping[str, Any], spine_id: int) -> bool:
        """Write an object's detail, parts and evidence; return whether anything changed."""
        where, kind = f"object {given['slug']}", given["kind"]
        detail = kinds()[kind]
        own = {key: value for key, value in given.items() if key not in {*imports.SPINE_COLUMNS, "parts", "evidence"}}
        values = read(detail, own, self.names, where, owner="id")
        changed = imports.detail(self.session, detail, spine_id, values, where)
        for table_name, rows in given.get("parts", {}).items():
            changed |= self._parts(table_name, rows, (kind, spine_id), where)
        if "evidence" in given:
            rows = [self._evidence(entry, f"{where}, evidence {n}") for n, entry in enumerate(given["evidence"], 1)]
            changed |= imports.evidence(self.session, spine_id, rows, self.read_by, self.now)
        return changed

    def _parts(self, table_name: str, rows: Sequence[Mapping[str, Any]], owner: tuple[str, int], where: str) -> bool:
        """Write the rows of one child table and, below each, its own children; return whether anything changed."""
        table = tables().get(table_name)
        column = imports.owner_column(table, owner[0]) if table is not None else None
        if table is None or column is None:
            raise InputError(f"{where}: a {owner[0].replace('_', ' ')} has no part called {table_name!r}")
        wanted = []
        for number, row in enumerate(rows, 1):
            here = f"{where}, {table_name} {number}"
            plain = {key: value for key, value in row.items() if not _is_part(key, table_name)}
            values = imports.question(self.session, plain, self.names, here) if "question" in plain else {}
            values |= read(table, plain, self.names, here, owner=column)
            require(table, values, here, owner=column)
            wanted.append(values)
        stored, changed = replace(self.session, table, (column, owner[1]), wanted, self.now)
        for number, (given, made) in enumerate(zip(rows, stored, strict=True), 1):
            for child in (key for key in given if _is_part(key, table_name)):
                below = (table_name, int(made.id))  # type: ignore[attr-defined]  # every part has a whole-number key
                here = f"{where}, {table_name} {number}"
                changed |= self._parts(child, _rows(given[child], f"{here}.{child}"), below, here)
        return changed

    def _evidence(self, entry: Mapping[str, Any], where: str) -> dict[str, Any]:
        """Return the columns of one row of evidence, those left out with their defaults."""
        unknown = set(entry) - set(EVIDENCE)
        if unknown:
            raise InputError(f"{where}: it has no {min(unknown)!r}; it has {', '.join(sorted(EVIDENCE))}")
        if not entry.get("field") or not entry.get("url"):
            raise InputError(f"{where}: it needs 'field' and 'url'")
        given = read(Evidence, {**EVIDENCE, "read_by": self.read_by, **entry}, self.names, where)
        return {**given, "canonical_url": canonical_url(given["url"]) or given["url"]}


def _is_part(key: str, owner: str) -> bool:
    """Return whether a key of a part's row names a table that hangs on it."""
    return key in tables() and imports.owner_column(tables()[key], owner) is not None


def _rows(value: Any, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise InputError(f"{where}: expected a list of objects, found {value!r}")
    return value
