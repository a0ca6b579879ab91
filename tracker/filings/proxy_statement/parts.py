"""A shareholder proposal taken apart: the resolved clause, the supporting statement, and the board's statement.

The proponent's words stand between the company's: first it says who submits the proposal, and after it why the board
opposes it. Nothing but words and headings parts them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.filings.proxy_statement.board import opens_board_statement, recommends
from tracker.filings.proxy_statement.clause import (
    FOOTNOTE,
    OF_COMPANY,
    clause_end,
    clause_start,
    marker_at,
    unglued,
)
from tracker.filings.proxy_statement.paragraphs import Paragraph
from tracker.filings.proxy_statement.words import (
    LIST_ITEM,
    RESOLVED,
    SUPPORTING,
    WHEREAS,
    is_part_heading,
    is_vote_required,
)

_OWN_HEADING = re.compile(
    r"[“\"]?(?:proposal|item)\s+(?:no\.?\s*|number\s*)?(?:\d{1,2}|[a-z]+)\s*[-–—:|*]+\s*[^.]{0,160}$", re.IGNORECASE
)
_SALUTATION = re.compile(r"dear\b", re.IGNORECASE)
_LONG = 120


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a proposal, each as the paragraphs that it consists of; empty where there is none."""

    resolved: tuple[Paragraph, ...]
    supporting: tuple[Paragraph, ...]
    board: tuple[Paragraph, ...]
    before: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...] = ()


def parts_of(paragraphs: Sequence[Paragraph], intro: int | None, title: str) -> Parts:
    """Return the parts of a proposal; `paragraphs` follow its heading, `intro` is the one that names the proponent."""
    whole: list[Paragraph] = []
    after_intro = 0
    for at, paragraph in enumerate(paragraphs):
        whole += unglued(paragraph)
        if at == intro:
            after_intro = len(whole)
    board_heading = next(
        (at for at in range(after_intro + 1, len(whole)) if opens_board_statement(whole[at].text) == "heading"),
        len(whole),
    )
    clause = clause_start(whole, after_intro, board_heading)
    if clause is None:
        return Parts((), (), (), tuple(whole))
    start, offset = clause
    board = next((at for at in range(start + 1, len(whole)) if opens_board_statement(whole[at].text)), len(whole))
    own_end = next((at for at in range(start + 1, board) if is_vote_required(whole[at].text)), board)
    end = clause_end(whole, start, own_end)
    first = whole[start].part(offset)
    resolved = tuple(part for part in (first, *whole[start + 1 : end]) if part.text and not FOOTNOTE.match(part.text))
    begins = _proponent_begins(whole, after_intro, start)
    while begins < start and (_is_own_title(whole[begins]) or _is_fact(whole[begins])):
        begins += 1
    lead = (whole[start].part(0, offset),) if offset and not marker_at(whole[start].text) else ()
    supporting = [*whole[begins:start], *lead, *whole[end:own_end]]
    answer_end = next((at for at in range(board + 2, len(whole)) if is_vote_required(whole[at].text)), len(whole))
    return Parts(
        resolved,
        tuple(_without_labels(supporting, title)),
        tuple(whole[board:answer_end]),
        tuple(whole[:begins]),
        tuple(whole[answer_end:]),
    )


def _proponent_begins(whole: Sequence[Paragraph], after_intro: int, clause: int) -> int:
    """Return the first paragraph of the proponent's own words."""
    begins = clause
    for at in range(clause - 1, after_intro - 1, -1):
        text = whole[at].text
        if OF_COMPANY.search(text) and len(text) < 900 and not WHEREAS.match(text) and not SUPPORTING.match(text):
            break
        if recommends(text) and len(text) < 300:
            break
        begins = at
    return begins


def _is_own_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the title that the proponent gave the proposal, or the company's label of it."""
    text = paragraph.text
    set_off = paragraph.strong or (paragraph.wrapped and text[0].isupper())
    return set_off and len(text) < _LONG and text[-1] not in ".:;,?!" and not WHEREAS.match(text)


def _is_fact(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a row in which the company says what vote the proposal needs, or what is held."""
    text = paragraph.text
    row = paragraph.row and len(paragraph.marks) > 1 and len(text) < _LONG
    return row and not LIST_ITEM.match(text) and text[-1] not in ".;:,"


def _without_labels(paragraphs: Sequence[Paragraph], title: str) -> Iterator[Paragraph]:
    """Yield a statement's paragraphs without the headings that only name it."""
    in_heading = False
    for paragraph in paragraphs:
        text = paragraph.text
        if in_heading and _is_part_of(text, title):
            continue
        in_heading = _OWN_HEADING.match(text) is not None
        if label := SUPPORTING.match(text):
            if label.end() < len(text):
                yield paragraph.part(label.end())
        elif not (
            (is_part_heading(text) and not _SALUTATION.match(text))
            or _OWN_HEADING.match(text)
            or (RESOLVED.match(text) and len(text) < 12)
            or _same(text, title)
        ):
            yield paragraph


def _is_part_of(text: str, title: str) -> bool:
    return len(text) < _LONG and not text.endswith(".") and _letters(text) in _letters(title)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _same(text: str, title: str) -> bool:
    """Whether a line only repeats the title."""
    if len(text) > 300:
        return False
    plain, wanted = _letters(text), _letters(title)
    return (
        len(plain) > 5
        and len(wanted) > 5
        and (
            plain == wanted
            or (plain.endswith(wanted) and text[-1] not in ".!?")
            or wanted.endswith(plain.removeprefix("proposal").removeprefix("item"))
        )
    )
