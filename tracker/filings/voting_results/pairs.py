"""Rows in which every figure follows the word for it: "For | 1,234 | Against | 56"."""

from tracker.filings.voting_results.columns import Counts, without_percentages
from tracker.filings.voting_results.labels import DECIDED
from tracker.filings.voting_results.roles import (
    ABSTAIN_OR_WITHHELD,
    AGAINST_OR_WITHHELD,
    COUNTS,
    TOTAL,
    YEARS,
    Role,
    role_of,
)
from tracker.filings.voting_results.tables import Figure, Piece, parted


def pairs_in(row: list[Piece]) -> tuple[list[Piece], list[tuple[Role, list[Figure]]]] | None:
    """Return a row in which every figure follows the word for it: what leads it and the pairs; None for any other."""
    labels, figures = parted(row)
    by_piece = {figure.piece: figure for figure in figures}
    lead: list[Piece] = []
    pairs: list[tuple[Role, list[Figure]]] = []
    for piece in sorted([*labels, *by_piece], key=lambda piece: piece.start):
        figure = by_piece.get(piece)
        if figure is not None:
            if not pairs:
                return None
            pairs[-1][1].append(figure)
        elif (role := role_of(piece.text)) and not (pairs == [] and lead and DECIDED.fullmatch(piece.text)):
            pairs.append((role, []))
        elif pairs:
            return None
        else:
            lead.append(piece)
    if all(role.name == TOTAL for role, _ in pairs) and len(figures) > 1:  # a row of totals under headings
        return None
    if lead and len(pairs) == 1 and pairs[0][0].name in YEARS and len(figures) > 1:  # a nominee's term
        return None
    return lead, pairs


def counts_of(pairs: list[tuple[Role, list[Figure]]]) -> Counts:
    """Return the counts of a row of pairs; beside a word with several figures there is none to be sure of."""
    counts = Counts()
    for role, figures in pairs:
        kept = _without_dash(figures)
        if role.percent or role.name not in (*COUNTS, *YEARS, AGAINST_OR_WITHHELD, ABSTAIN_OR_WITHHELD):
            continue
        if len(kept) == 1:
            counts.add(role.name, kept[0])
        elif kept:
            counts.notes.append(f"{len(kept)} figures stand beside “{role.name.replace('_', ' ')}”: none was taken")
    return counts


def _without_dash(figures: list[Figure]) -> list[Figure]:
    """Return what follows a word, without percentages and a dash that is no count: "For - 1,234", "1,234 | 5 % | -"."""
    kept = without_percentages(figures)
    dashes = [figure for figure in kept if not any(mark.isalnum() for mark in figure.piece.text)]
    if len(kept) == 2 and len(dashes) == 1 and (len(kept) < len(figures) or _led_by(dashes[0], kept)):
        kept.remove(dashes[0])
    return kept


def _led_by(dash: Figure, kept: list[Figure]) -> bool:
    """Return whether a dash stands right before a figure, in a line of text."""
    gap = kept[1].piece.start - dash.piece.end
    return kept[0] is dash and kept[1].piece.left - dash.piece.right == gap > 0
