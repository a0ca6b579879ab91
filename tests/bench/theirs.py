"""The feed reader we are measured beside: `python -m tests.bench.theirs FEEDS PORT`, in a process of its own.

`reader` (Adrian Ghizaru's library of that name), as its documentation says to use it, with eight workers. Every line
printed is JSON: first {"phase": NAME} where a phase begins, then one line of results.
"""

import sys
import tempfile
from pathlib import Path

from reader import Reader, make_reader

from tests.bench.phases import Phase, results
from tests.bench.server import Serving

WORKERS = 8


def update(reader: Reader) -> dict[str, int]:
    """Ask every feed once; return how many were new, unchanged or failed, and how many entries came."""
    found = {"ok": 0, "unchanged": 0, "failed": 0, "entries": 0}
    for result in reader.update_feeds_iter(workers=WORKERS, scheduled=False):
        if result.value is None:
            found["unchanged"] += 1
        elif isinstance(result.value, Exception):
            found["failed"] += 1
        else:
            found["ok"] += 1
            found["entries"] += result.value.new
    return found


def main(count: int, port: int) -> None:
    """Fetch, index, fetch again."""
    server = Serving(port)
    with tempfile.TemporaryDirectory() as folder, make_reader(str(Path(folder) / "reader.db")) as reader:
        for number in range(count):
            reader.add_feed(server.url(number))
        phase = Phase("first fetch")
        first, fetched = update(reader), phase.spent()
        phase = Phase("search index")
        reader.enable_search()
        reader.update_search()
        indexed = phase.spent()
        phase = Phase("all unchanged")
        second, unchanged = update(reader), phase.spent()
        Phase("end")
        stored = reader.get_entry_counts().total
    results(
        {
            "first_seconds": fetched,
            "index_seconds": indexed,
            "unchanged_seconds": unchanged,
            "first": first,
            "second": second,
            "stored": stored,
        }
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
