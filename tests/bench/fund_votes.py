"""Reading fund votes: a vote table of 300 MiB, time and peak memory.

`python -m tests.bench.fund_votes [--size MIB]` generates the table, reads it in a process of its own, and prints. It
needs Linux.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.filings.generated_fund_votes import TABLE, table_of
from tests.filings.test_fund_votes import ONE

SIZE = 300
MEMORY_BUDGET = 200
PROGRAM = """
import json, re, sys, time
from pathlib import Path
from tracker.filings.fund_votes.votes import fund_votes
from tracker.filings.fund_votes.xml_parts import unpacked
begin, votes = time.perf_counter(), 0
with open(sys.argv[1], "rb") as file:
    for _ in fund_votes(unpacked(iter(lambda: file.read(2**18), b""))):
        votes += 1
# Not ru_maxrss: over exec it keeps the peak of the process that started this one.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
print(json.dumps({"votes": votes, "seconds": time.perf_counter() - begin, "peak": peak}))
"""


def write_table(path: Path, size: int) -> None:
    """Write a vote table of about `size` bytes."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f'<inf:proxyVoteTable xmlns:inf="{TABLE}">')
        while file.tell() < size:
            rows = [replace(ONE, issuer=f"Invented Issuer {file.tell()}-{number}, Inc.") for number in range(500)]
            file.write(table_of(rows).partition(">")[2].rpartition("</")[0])
        file.write("</inf:proxyVoteTable>")


def main(size: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.xml"
        write_table(path, size * 2**20)
        done = subprocess.run([sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    kept = "kept" if found["peak"] <= MEMORY_BUDGET else "OVER"
    print(
        f"{size} MiB, {found['votes']:,} votes: {found['seconds']:.1f} s, "
        f"{found['peak']} MB (at most {MEMORY_BUDGET}: {kept})"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    main(parser.parse_args().size)
