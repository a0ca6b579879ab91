"""Reading filings: an 8-K and a proxy statement of 2.5 MB, processor time and peak memory, edgartools beside them.

`python -m tests.bench.filings [--edgartools PYTHON] [FILE ...]`: PYTHON is one that can import edgartools, which is no
dependency of ours; it is given the same files and reads them to text, which is all it does of an Item 5.07. Further
files are measured as well. Both sides run in a process of their own, on what they have loaded already.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 9
EIGHT_K_BUDGET, PROXY_BUDGET, MEMORY_BUDGET = 0.050, 1.0, 200
PROXY_BYTES = 2_500_000
OURS = """
import json, resource, sys, time
from pathlib import Path
from tracker.filings.proxy_statement.statement import read_proxy_statement
from tracker.filings.voting_results.results import read_voting_results
path, rounds, form = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
read = read_voting_results if form == "8-K" else read_proxy_statement
spent = []
for _ in range(rounds):
    begin = time.process_time()
    read(path.read_bytes())
    spent.append(time.process_time() - begin)
try:  # what a process had at most; `ru_maxrss` keeps its parent's
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    peak = int(line.split()[1]) // 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": sorted(spent)[rounds // 2], "peak": peak}))
"""
THEIRS = """
import json, resource, sys, time
from pathlib import Path
from edgar.documents import HTMLParser
path, rounds = Path(sys.argv[1]), int(sys.argv[2])
spent = []
for _ in range(rounds):
    begin = time.process_time()
    HTMLParser().parse(path.read_text(errors="replace")).text()
    spent.append(time.process_time() - begin)
try:  # what a process had at most; `ru_maxrss` keeps its parent's
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    peak = int(line.split()[1]) // 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": sorted(spent)[rounds // 2], "peak": peak}))
"""


def eight_k() -> str:
    """Return a report of 20 nominees and 12 proposals, printed as filing agents do, with their styles."""
    style = "style='font-family:Times New Roman;font-size:10pt;vertical-align:bottom;padding-left:2px'"

    def row(*cells: str) -> str:
        return (
            "<tr>"
            + "".join(f"<td {style}><div {style}><font {style}>{cell}</font></div></td>" for cell in cells)
            + "</tr>"
        )

    heads = ("For", "Against", "Abstain", "Broker Non-Votes")
    names = "".join(row(f"Amara {chr(65 + n)}. Boyd", "1,234,567", "89,012", "3,456", "78,901") for n in range(20))
    body = "<p>Proposal 1: Election of Directors</p><table>" + row("Nominee", *heads) + names + "</table>"
    for number in range(2, 14):
        title = f"<p {style}><b>Proposal {number}: Shareholder proposal regarding subject {number}</b></p>"
        body += f"{title}<table>{row(*heads)}{row('1,234,567', '89,012', '3,456', '78,901')}</table>"
    item = (
        "<p>Item 5.07 Submission of Matters to a Vote of Security Holders</p><p>On May 22, 2031, a meeting was "
        "held.</p>"
    )
    return f"<html><p>FORM 8-K</p>{item}{body}<p>SIGNATURES</p></html>"


def proxy_statement(size: int = PROXY_BYTES) -> str:
    """Return a statement of about `size` bytes with tables, styled text and four shareholder proposals at its end."""
    style = "style='font-family:Arial;font-size:9.5pt;margin-top:6pt;text-align:justify'"
    words = (
        "The committee reviewed the compensation of the executive officers in light of the results of the year. " * 4
    )
    part = f"<p {style}><span {style}>{words}</span></p>"
    part += "<table>" + f"<tr>{f'<td {style}><span {style}>12,345</span></td>' * 8}</tr>" * 12 + "</table>"
    proposals = "".join(
        f"<h2>Proposal {number}: Shareholder Proposal Regarding Subject {number}</h2><p {style}>Amara Boyd, who "
        f"owns 100 shares, "
        f"has informed us that she intends to present the following proposal.</p><p {style}>RESOLVED: Shareholders "
        f"request a report "
        f"on subject {number}.</p><p {style}>Supporting Statement</p><p {style}>{words}</p><p {style}>The Board "
        f"recommends a vote "
        f"AGAINST this proposal.</p><p {style}>{words}</p>"
        for number in range(4, 8)
    )
    return f"<html><body><p>SCHEDULE 14A</p>{part * (size // len(part))}{proposals}</body></html>"


def measured(python: str, program: str, path: Path, form: str) -> str:
    """Return time and peak memory of reading a file, in words."""
    done = subprocess.run([python, "-c", program, path, str(ROUNDS), form], capture_output=True, text=True, check=False)
    if done.returncode:
        return f"failed: {done.stderr.strip().splitlines()[-1][:80] if done.stderr.strip() else done.returncode}"
    figures = json.loads(done.stdout)
    seconds, limit = figures["seconds"], EIGHT_K_BUDGET if form == "8-K" else PROXY_BUDGET
    kept = "" if program is THEIRS else "  kept" if seconds <= limit and figures["peak"] <= MEMORY_BUDGET else "  OVER"
    return f"{seconds * 1000:8.1f} ms {figures['peak']:5} MB{kept}"


def main(edgartools: str | None = None, files: tuple[Path, ...] = ()) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        report, statement = Path(folder) / "8-k.htm", Path(folder) / "def14a.htm"
        report.write_text(eight_k(), encoding="utf-8")
        statement.write_text(proxy_statement(), encoding="utf-8")
        cases = [(report, "8-K"), (statement, "DEF 14A")]
        cases += [(path, "8-K" if "8k" in path.name.lower().replace("-", "") else "DEF 14A") for path in files]
        print(f"{'file':<44} {'form':<8} {'bytes':>9}  {'ours, median and peak':<28} edgartools, to text only")
        for path, form in cases:
            theirs = measured(edgartools, THEIRS, path, form) if edgartools else "not at hand"
            print(
                f"{path.name[:44]:<44} {form:<8} {path.stat().st_size:>9,}  "
                f"{measured(sys.executable, OURS, path, form):<28} {theirs}"
            )
    print(
        f"budgets: an 8-K {EIGHT_K_BUDGET * 1000:.0f} ms, a statement {PROXY_BUDGET:.0f} s, peak memory "
        f"{MEMORY_BUDGET} MB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.filings", description=__doc__.partition("\n")[0])
    parser.add_argument("--edgartools", metavar="PYTHON", help="a Python that can import edgartools")
    parser.add_argument("files", nargs="*", type=Path, help="further files to read")
    chosen = parser.parse_args()
    main(chosen.edgartools, tuple(chosen.files))
