"""Proponents on lines of their own below "Proponents" or "Filed by:", each line a name with its address and role; or
in rows of a table, each with its label: "Lead filer", "Co-filer".
"""

import re
from collections.abc import Sequence

from tracker.filings.proxy_statement.intro import is_label_of_names, label_cell_of
from tracker.filings.proxy_statement.paragraphs import Paragraph, Span
from tracker.filings.proxy_statement.proponents import Named, named_in
from tracker.filings.proxy_statement.words import LIST_ITEM, opens_proposal_part

_LONGEST_LINE = 250
_MOST_LINES = 15
_FACT = re.compile(
    r"(?:number of )?(?:shares?|stock|holdings?|ownership|address|location|beneficial ownership|shareholding)\b.{0,40}",
    re.IGNORECASE,
)


def names_below(paragraphs: Sequence[Paragraph], at: int) -> tuple[Named, int, Span] | None:
    """Return who is named on the lines below the label at `at`, the last of these lines and where they stand."""
    if not is_label_of_names(paragraphs[at].text):
        return None
    proponents: list[str] = []
    representatives: list[str] = []
    last = at
    for line in range(at + 1, min(at + 1 + _MOST_LINES, len(paragraphs))):
        text = paragraphs[line].text
        if is_label_of_names(text) and not proponents:
            last = line
            continue
        if len(text) > _LONGEST_LINE or opens_proposal_part(text):
            break
        mark = LIST_ITEM.match(text)
        if proponents and not mark:
            break  # one name without a mark, or a list with one for each
        named = named_in(text[mark.end() if mark else 0 :].strip())
        if not named.proponents:
            break
        proponents += named.proponents
        representatives += named.representatives
        last = line
    if not proponents:
        return None
    return Named(tuple(proponents), tuple(representatives)), last, Span(paragraphs[at + 1].start, paragraphs[last].end)


def rows_below(paragraphs: Sequence[Paragraph], at: int) -> tuple[Named, int]:
    """Return whom the rows below the labelled row at `at` name, and the last row on who submits it or what is held."""
    proponents: list[str] = []
    representatives: list[str] = []
    last = at
    for line in range(at + 1, min(at + 1 + _MOST_LINES, len(paragraphs))):
        row = paragraphs[line]
        if not row.row or len(row.marks) == 1:
            break
        cell = row.marks[1][0]
        if label := label_cell_of(row.text, cell):
            named = named_in(row.text[label.start : label.end])
            proponents += named.proponents
            representatives += named.representatives
        elif not _FACT.fullmatch(row.text[:cell].rstrip(": ")):
            break
        last = line
    return Named(tuple(proponents), tuple(representatives)), last
