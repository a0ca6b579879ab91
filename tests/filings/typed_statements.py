"""Whole proxy statements typed after how large companies print shareholder proposals, with what a reader must find.

A statement begins with "=== name | house | front | company | holder": the house prints it, and `front` chooses what
stands around the proposals. A line is a paragraph; "# " before it is a heading over the page, "## " and "### " one at
the left, "- " a bullet, "| a | b" the cells of a table's row, "!" a new page, "~s2" and "~b3" two of a proponent's
usual arguments and three of a board's. What must be found stands in "@item | title | proponents | representative |
recommendation" with "-" for none, "%" where a proposal begins, and in marks within the text: «r» the clause, «s» the
supporting statement, «b» the board's statement, each closed by «/r» and so on.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "typed_statements"
ARGUMENTS = (
    "This topic won substantial support at other large companies in our industry last year.",
    "According to a 2023 study, more than two thirds of large companies now disclose this, up from fewer than half.",
    "In 2022 regulators in four states opened inquiries, and press reports have been critical.",
    "A proposal on this topic received 43% of the votes cast at the 2023 annual meeting.",
    "Our largest competitor publishes a full account each year, reviewed by an outside firm.",
    "We believe that better disclosure would serve all owners, at reasonable cost.",
    "See https://www.example.org/research/2023/report-on-disclosure.pdf for the survey cited above.",
    "The proponent has engaged with the Company since 2020. The Company’s response was that its policies suffice.",
    "We urge shareholders to support this proposal and to hold the Board to account.",
    "In short, the Board of Directors has not explained why it needs so much time.",
    "Is our Board so confident that it can do without advice? The Company’s website speaks of transparency.",
)
ANSWERS = (
    "The Board, through its Governance Committee, reviews these matters each year and hears from senior management.",
    "We already publish extensive information on our website, including our annual Responsibility Report.",
    "The requested action would impose cost and divert management’s time without new information.",
    "The Board regularly seeks the views of investors. During 2023 we contacted holders of 65% of our shares.",
    "Our policies require compliance with all applicable laws, and our employees receive training each year.",
    "The proponent’s supporting statement relies on figures that are out of date.",
    "A similar proposal was presented at our 2021 and 2022 annual meetings, and more than 70% voted against it.",
    "In addition, the Proposal asks for a report that would duplicate what we file with regulators.",
    "We do not believe that the resolution, if adopted, would enhance shareholder value.",
)
_MARK = re.compile(r"«(/?)([rsb])»")
_FILLED = re.compile(r"~([sb])(\d)(.*)")
_KIND = re.compile(r"^(?:#{1,3} |- |\| |!)")


@dataclass
class Wanted:
    """What must be read of one proposal; `texts` holds the clause, the supporting and the board's statement by mark."""

    item: str
    title: str
    proponents: tuple[str, ...] | None
    representative: str | None
    recommendation: str
    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys("rsb", ""))


@dataclass(frozen=True)
class Typed:
    """A statement as typed, its lines without marks."""

    house: str
    front: str
    company: str
    holder: str
    lines: tuple[str, ...]
    proposals: tuple[Wanted, ...]


def typed_statements() -> dict[str, Typed]:
    """Return the statements in the files beside this one, by their names."""
    found: dict[str, Typed] = {}
    for file in sorted(FOLDER.glob("*.txt")):
        for part in file.read_text(encoding="utf-8").split("=== ")[1:]:
            head, _, rest = part.partition("\n")
            name, house, front, company, holder = (word.strip() for word in head.split("|"))
            found[f"{file.stem}: {name}"] = _typed(house, front, company, holder, rest)
    return found


def _typed(house: str, front: str, company: str, holder: str, text: str) -> Typed:
    proposals: list[Wanted] = []
    lines: list[str] = []
    current, mark = -1, ""
    for line in _filled(text):
        if line.startswith("@"):
            item, title, names, agent, advice = (word.strip() for word in line[1:].split("|"))
            proponents = None if names == "-" else tuple(name.strip() for name in names.split(";"))
            proposals.append(Wanted(item, title.removeprefix("-"), proponents, None if agent == "-" else agent, advice))
        elif line == "%":
            current += 1
        else:
            mark = _marked(line, mark, proposals[current].texts)
            lines.append(_MARK.sub("", line))
    return Typed(house, front, company, holder, tuple(lines), tuple(proposals))


def _marked(line: str, mark: str, texts: dict[str, str]) -> str:
    """Add what stands between marks in a line to the texts; return the mark that is still open at its end."""
    pieces = _MARK.split(_KIND.sub("", line))
    for piece, closes, letter in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
        if mark:
            texts[mark] += f"{piece}\n"
        mark = "" if closes else letter or mark
    return mark


def _filled(text: str) -> Iterator[str]:
    chance = random.Random(text)
    for line in text.splitlines():
        if filled := _FILLED.fullmatch(line):
            *most, last = chance.sample(ARGUMENTS if filled[1] == "s" else ANSWERS, int(filled[2]))
            yield from (*most, last + filled[3])
        elif line.strip():
            yield line
