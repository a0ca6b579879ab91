"""Tables run together to lines, as a copy of a page leaves them: of the columns nothing is left but their order."""

import re
from collections.abc import Sequence

from tracker.filings.voting_results.columns import Counted
from tracker.filings.voting_results.counts import read_count
from tracker.filings.voting_results.roles import in_flat, leading_heads, role_of
from tracker.filings.voting_results.tables import Piece

_TOKEN = re.compile(
    r"(?<!\S)(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|-0-|[-–—−]{1,3}|[(\[]?[0-9.]+\s?%[)\]]?|n/a|none)"
    r"(?:\([0-9a-z*]\)|[*†‡])?(?!\S)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FEWEST = 2


def rows_in(piece: Piece, wanted: int) -> list[list[Piece]]:
    """Return the rows that a line holds, each a label and `wanted` figures; none when it is no such line.

    Several rows run together are parted where every label is followed by as many figures; a line in which they are
    not is one row when it ends in as many.
    """
    if wanted < _FEWEST:
        return []
    found = _runs(piece.text)
    runs = [_counts(run, wanted) for run in found]
    if len(runs) > 1 and all(len(run) == wanted and any("," in token[0] for token in run) for run in runs):
        starts = [0, *(run[-1].end() for run in found[:-1])]
        return [_row(piece, start, run) for start, run in zip(starts, runs, strict=True)]
    counts = _counts(_tail(piece.text), wanted)
    if len(counts) != wanted or not any(len(token[0]) > 2 for token in counts):
        return []
    return [_row(piece, 0, counts)]


def after_heads(piece: Piece) -> tuple[Piece, Piece] | None:
    """Return the headings that a line begins with and the rows after them, where a name or title stands between."""
    end = leading_heads(piece.text)
    rest = piece.text[end:]
    lead = len(rest) - len(rest.lstrip())
    first = _TOKEN.search(rest)
    if not end or first is None or first.start() <= lead:
        return None
    at = piece.start + end + lead
    heads = piece._replace(text=piece.text[:end], end=piece.start + end)
    return heads, Piece(rest.strip(), at, at + len(rest.strip()), 0, len(rest.strip()))


def all_heads_first(piece: Piece) -> tuple[Piece, dict[str, Counted]] | None:
    """Return what leads and the counts of a table run together in a line: all headings, then as many figures."""
    found = list(in_flat(piece.text))
    if not found:
        return None
    start = found[0][0].start()
    counts: dict[str, Counted] = {}
    for key, token in found:
        role, count = role_of(key[0]), read_count(token[1])
        if role is None or count is None or role.name in counts:
            return None
        counts[role.name] = Counted(count.value, piece.start + token.start(1), piece.start + token.end(1))
    lead = piece.text[:start].rstrip()
    return Piece(lead, piece.start, piece.start + len(lead), 0, len(lead)), counts


def ends_in_figures(line: str) -> bool:
    """Return whether a line ends in several figures of which one at least is grouped: a row without columns."""
    tail = _tail(line)
    return len(tail) > 1 and any("," in token[0] for token in tail)


def _row(piece: Piece, start: int, counts: Sequence[re.Match[str]]) -> list[Piece]:
    text = piece.text[start : counts[0].start()]
    label = text.strip()
    at = piece.start + start + len(text) - len(text.lstrip())
    found = [Piece(label, at, at + len(label), -1, 0)] if label else []
    return found + [
        Piece(one[0], piece.start + one.start(), piece.start + one.end(), place, place + 1)
        for place, one in enumerate(counts)
    ]


def _counts(run: Sequence[re.Match[str]], wanted: int) -> list[re.Match[str]]:
    """Return the counts among figures that stand together: no percentages, and no year before them."""
    counts = [token for token in run if "%" not in token[0]]
    return counts[1:] if len(counts) == wanted + 1 and _YEAR.fullmatch(counts[0][0]) else counts


def _runs(text: str) -> list[list[re.Match[str]]]:
    runs: list[list[re.Match[str]]] = []
    for token in _TOKEN.finditer(text):
        if runs and not text[runs[-1][-1].end() : token.start()].strip():
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _tail(text: str) -> list[re.Match[str]]:
    """Return the figures that a line ends in."""
    runs = _runs(text)
    return runs[-1] if runs and not text[runs[-1][-1].end() :].strip() else []
