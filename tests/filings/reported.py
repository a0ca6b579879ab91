"""Whole reports typed after how companies of many sorts report votes, in a short notation, with what they say.

A line is a paragraph ("# " before it: bold), "|" parts the cells of a table's row, "@3" after a cell spans three
columns, "//" breaks a line, and a line that begins with "<" is HTML already. A house prints these as its tool does.
A report begins with "=== name | day | house", and its matters follow "---"; those of filing agents are whole filings.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from tests.filings.filing_agents import AGENTS, filed
from tracker.filings.voting_results.results import Matter

KINDS = {
    "d": "director",
    "a": "auditor",
    "p": "say_on_pay",
    "f": "say_on_frequency",
    "s": "shareholder_proposal",
    "o": "other",
}
FOLDER = Path(__file__).parent / "reported_votes"
COVER = "FORM 8-K\n# CURRENT REPORT\nDate of Report (Date of earliest event reported): June 9, 2031"
ITEM = "# Item 5.07 Submission of Matters to a Vote of Security Holders."


@dataclass(frozen=True)
class Report:
    """A report as printed, and its matters: "d 1 Jane Roe: 10 . 2 . 5" gives for, against, withheld, abstain, broker.

    "." is a count that the report does not give. The frequency vote, "f 3: 10 20 30 4 5", gives one, two and three
    years, abstain, broker.
    """

    body: bytes
    day: str | None
    matters: str

    def expected(self) -> list[tuple[object, ...]]:
        return [_expected(line.strip()) for line in self.matters.strip().splitlines()]


def _expected(line: str) -> tuple[object, ...]:
    head, _, figures = line.rpartition(":")
    letter, number, *name = head.split(" ", 2)
    counts = [None if figure == "." else int(figure) for figure in figures.split()]
    return (KINDS[letter], None if number == "-" else number, " ".join(name) or None, *counts)


def answered(matter: Matter) -> tuple[object, ...]:
    """Return what was read of a matter, in the shape of what is expected."""
    choices = dict(matter.choices or {})
    counts = [matter.for_, matter.against, matter.withheld]
    if choices:
        counts = [choices.get(year) for year in ("1 year", "2 years", "3 years")]
    return (matter.kind, matter.number, matter.nominee, *counts, matter.abstain, matter.broker_non_votes)


def reports() -> dict[str, Report]:
    """Return the reports in the files beside this one, by their names."""
    found: dict[str, Report] = {}
    for file in sorted(FOLDER.glob("*.txt")):
        for part in file.read_text().split("=== ")[1:]:
            first, rest = part.split("\n", 1)
            name, day, house = (word.strip() for word in first.split("|"))
            body, matters = rest.rsplit("\n---\n", 1)
            if house in AGENTS:
                found[f"{file.stem}: {name}"] = Report(filed(name, date.fromisoformat(day), body, house), day, matters)
            else:
                found[f"{file.stem}: {name}"] = _report(body, None if day == "-" else day, matters, house)
    return found


def _report(body: str, day: str | None, matters: str, house: str) -> Report:
    text = body.strip("\n")
    if not text.startswith("FORM"):
        text = f"{COVER}\n{ITEM}\n{text}"
    text += "\n# SIGNATURES\nPursuant to the requirements of the Securities Exchange Act of 1934, signed by J. Doe."
    printed = text if house == "text" else f"<html><body>{_page(text, _HOUSES[house])}</body></html>"
    return Report(printed.encode(), day, matters)


House = Callable[[list[tuple[str, int]]], str]


def _page(text: str, house: House) -> str:
    printed: list[str] = []
    rows: list[str] = []
    for line in [*text.splitlines(), ""]:
        if "|" in line and not line.startswith("<"):
            rows.append(house([_cell(cell.strip()) for cell in line.split("|")]))
            continue
        if rows:
            printed.append(f"<table>{''.join(rows)}</table>")
            rows = []
        if line.startswith("<"):
            printed.append(line)
        elif line.startswith("# "):
            printed.append(f'<p style="font-weight:bold">{escape(line[2:])}</p>')
        elif line.strip():
            printed.append(f"<p>{_lines(line)}</p>")
    return "\n".join(printed)


def _cell(text: str) -> tuple[str, int]:
    spans = re.search(r"@([0-9])$", text)
    return (text[: spans.start()], int(spans[1])) if spans else (text, 1)


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("//", "<br>")


def _plain(cells: list[tuple[str, int]]) -> str:
    return f"<tr>{''.join(f'<td colspan={span}>{_lines(text)}</td>' for text, span in cells)}</tr>"


def _word(cells: list[tuple[str, int]]) -> str:
    inner = "".join(
        f'<td colspan="{span}" valign=top><p class=MsoNormal align=center><span style="font-size:10.0pt">'
        f"{_lines(text) or '&nbsp;'}</span></p></td>"
        for text, span in cells
    )
    return f"<tr>{inner}</tr>"


def _spread(cells: list[tuple[str, int]]) -> str:
    """Print a cell over three columns, the figure in the first two, as reports made from spreadsheets do."""
    inner = ""
    for text, span in cells:
        if text[:1].isdigit() and span == 1:
            inner += f'<td colspan="2" style="text-align:right">{_lines(text)}</td><td>&#160;</td>'
        else:
            inner += f'<td colspan="{3 * span}"><div><span>{_lines(text)}</span></div></td>'
        inner += '<td colspan="3" style="display:none"></td>'
    return f"<tr>{inner}</tr>"


def _guttered(cells: list[tuple[str, int]]) -> str:
    """Print a gutter before and after each column, as financial printers do."""
    inner = ""
    for place, (text, span) in enumerate(cells):
        gutter = "" if not place else '<td valign="bottom">&nbsp;&nbsp;</td>'
        width = 4 * span - 2 if place else 4 * span - 3
        if place and text[:1].isdigit():
            inner += f'{gutter}<td>&nbsp;</td><td align="right" nowrap>{_lines(text)}</td><td nowrap>&nbsp;</td>'
        else:
            inner += f'{gutter}<td colspan="{width}" align="center">{_lines(text) or "&nbsp;"}</td>'
            inner += "<td>&nbsp;</td>" if place else ""
    return f"<tr>{inner}</tr>"


_HOUSES: dict[str, House] = {"plain": _plain, "word": _word, "spread": _spread, "guttered": _guttered}
