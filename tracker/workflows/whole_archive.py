"""The whole archive as files, and back: a file of JSON Lines for each table, whole or not at all.

People's own data (accounts, subscribers and what they follow) stay where they are: `whole.PRIVATE`. The search index is
made again. An archive that was brought in gives the same files when it is exported.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.domain.errors import InputError
from tracker.store import migrate, whole
from tracker.store.engine import reading, writing
from tracker.workflows import export_folder
from tracker.workflows.runtime import Runtime

Step = Callable[[int, int, str], None]
FORMAT, ABOUT = "whereas-archive-1", "archive.json"
README = """The archive of a Whereas installation: a file of JSON Lines for each table, a row a line.

`tracker import DIR` brings it into a new, empty database of the schema that archive.json names.
Accounts and subscribers are not in it, and the search index is made again.
SHA256SUMS has the hash of every file: `sha256sum -c SHA256SUMS` says whether all are as written.
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """What went out or came in."""

    tables: int
    rows: int


def export_archive(runtime: Runtime, target: Path, *, step: Step) -> Moved:
    """Write every table into the folder `target`, which is new, empty or an earlier export; all of it or nothing.

    Raises InputError for a folder that holds something else. What is written is of one moment; the same archive gives
    the same bytes.
    """
    tables, counts = whole.tables(), {}
    with export_folder.taking_its_place(target) as into, reading(runtime.engine) as session:
        whole.one_moment(session)
        for number, table in enumerate(tables, 1):
            step(number, len(tables), table.name)
            with (into / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
                counts[table.name] = 0
                for row in whole.rows(session, table):
                    file.write(json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
                    counts[table.name] += 1
        about = {"format": FORMAT, "schema": migrate.head(), "rows": counts, "left_out": list(whole.PRIVATE)}
        (into / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8", newline="\n")
        (into / "README.txt").write_text(README, encoding="utf-8", newline="\n")
        export_folder.write_sums(into)
    return Moved(len(tables), sum(counts.values()))


def import_archive(runtime: Runtime, source: Path, *, step: Step) -> Moved:
    """Bring an exported archive into an empty database, in one transaction; broken off, nothing of it is there.

    Raises InputError for a folder that is no export, was changed, or is of another schema, and for a database that
    holds anything.
    """
    counts = _checked(source)
    tables = whole.tables()
    with writing(runtime.engine) as session:
        if found := whole.occupied(session):
            name = max(found, key=lambda one: found[one])
            raise InputError(
                f"importing the archive {source}: the database is not empty ({found[name]:,} rows in {name}); "
                f"name a new one with TRACKER_DATABASE_URL and run `tracker db upgrade` on it first"
            )
        for number, table in enumerate(tables, 1):
            step(number, len(tables), table.name)
            file = source / f"{table.name}.jsonl"
            place = _Place(file)
            try:
                come = whole.put(session, table, place.lines())
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"importing {file}, line {place.line}: {error}; export it again") from error
            if come != counts[table.name]:
                raise InputError(f"importing {file}: it has {come} rows, and {ABOUT} says {counts[table.name]}")
        whole.settle(session)
    return Moved(len(tables), sum(counts.values()))


class _Place:
    """A file that is being read, and the line that was read last."""

    def __init__(self, file: Path) -> None:
        self._file, self.line = file, 0

    def lines(self) -> Iterator[Any]:
        with self._file.open(encoding="utf-8") as lines:
            for self.line, line in enumerate(lines, 1):
                yield json.loads(line)


def _checked(source: Path) -> dict[str, int]:
    """Return how many rows each table has, or raise InputError saying why the folder cannot be brought in."""
    about = _about(source)
    if about.get("schema") != migrate.head():
        raise InputError(
            f"importing the archive {source}: its schema is {about.get('schema')}, and this program's is "
            f"{migrate.head()}; export it again from a program of this version"
        )
    if name := export_folder.broken(source):
        raise InputError(f"importing the archive {source}: {name} is missing or not as it was written; copy it again")
    counts = about.get("rows")
    wanted = {table.name for table in whole.tables()}
    if not isinstance(counts, dict) or counts.keys() != wanted:
        raise InputError(f"importing the archive {source}: {ABOUT} does not list the tables; export it again")
    return counts


def _about(source: Path) -> dict[str, Any]:
    try:
        about = json.loads((source / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"importing the archive {source}: {ABOUT} cannot be read ({error}); "
            f"name a folder that `tracker export` wrote"
        ) from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise InputError(f"importing the archive {source}: {ABOUT} is not of the format {FORMAT}")
    return about
