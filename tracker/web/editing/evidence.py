"""A document's text as a reviewer reads it: the passages that speak for or against, with the evidence marked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from tracker.store.archive import Naming

AROUND = 170
MOST_SHOWN = 2_600
WHOLE = 30_000
# Which kind of evidence a reason's code is; what stands first here is drawn above what stands later.
KINDS = {
    "date": ("when", "dated_kind"),
    "number": ("identifier",),
    "word": ("kind_word_title", "kind_word_text", "kind_word_passage"),
    "name": ("name",),
    "passage": ("passage", "title"),
}
_KIND_OF = {code: kind for kind, codes in KINDS.items() for code in codes}
_RANK = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of title, newline and text; what they are, and the sentence that says why."""

    start: int
    end: int
    kind: str
    said: str


def marks_of(
    document: str, headline: int, reasons: Iterable[Mapping[str, Any]], namings: Iterable[Naming]
) -> list[Mark]:
    """Return the places of reasons and names; a reason whose words are no longer there has none.

    That the `headline` speaks of it is said in words: marked as a whole it would say nothing.
    """
    found = {}
    for reason in reasons:
        span = reason.get("span")
        kind = _KIND_OF.get(reason.get("code", ""), "word")
        if (
            span
            and (kind != "passage" or span[0] >= headline)
            and _same(document[span[0] : span[1]], reason.get("words", ""))
        ):
            found[span[0], span[1]] = Mark(span[0], span[1], kind, reason.get("sentence", ""))
    for naming in namings:
        for start, end in naming.places:
            found.setdefault((start, end), Mark(start, end, "name", naming.name))
    return sorted(found.values(), key=lambda mark: (mark.start, mark.end))


def marked(document: str, marks: Sequence[Mark], start: int, end: int) -> Markup:
    """Return characters `start` to `end` of the document as HTML with the marks in them; all of it escaped."""
    near = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted({start, end, *(min(max(place, start), end) for mark in near for place in (mark.start, mark.end))})
    pieces: list[tuple[int, int, Mark | None]] = []
    for begin, stop in pairwise(cuts):
        over = [mark for mark in near if mark.start <= begin and mark.end >= stop]
        top = min(over, key=lambda mark: (_RANK[mark.kind], mark.end - mark.start), default=None)
        if pieces and pieces[-1][2] is top:
            pieces[-1] = (pieces[-1][0], stop, top)
        else:
            pieces.append((begin, stop, top))
    return Markup("").join(_drawn(document[begin:stop], mark) for begin, stop, mark in pieces)


def passages(document: str, headline: int, marks: Sequence[Mark]) -> list[Markup]:
    """Return the passages of the text, behind the `headline` first characters, in which the evidence stands.

    Without any in the text its beginning is returned. Together they have about `MOST_SHOWN` characters at most.
    """
    inside = sorted(
        (mark for mark in marks if mark.start >= headline), key=lambda mark: (mark.kind == "name", mark.start)
    )
    windows: list[tuple[int, int]] = []
    for mark in inside:
        begin, stop = _to_words(document, headline, mark.start - AROUND, mark.end + AROUND)
        windows = _joined([*windows, (begin, stop)])
        if sum(stop - begin for begin, stop in windows) > MOST_SHOWN:
            break
    if not windows:
        windows = [_to_words(document, headline, headline, headline + 4 * AROUND)]
    return [
        Markup("{}{}{}").format(
            "… " if begin > headline else "", marked(document, marks, begin, stop), " …" if stop < len(document) else ""
        )
        for begin, stop in windows
        if begin < stop
    ]


def _to_words(document: str, headline: int, begin: int, stop: int) -> tuple[int, int]:
    begin, stop = max(begin, headline), min(stop, len(document))
    if begin > headline:
        begin = document.find(" ", begin, begin + 40) + 1 or begin
    if stop < len(document):
        stop = max(document.rfind(" ", stop - 40, stop), begin)
    return begin, stop


def _joined(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begin, stop in sorted(windows):
        if joined and begin <= joined[-1][1] + 20:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((begin, stop))
    return joined


def _drawn(text: str, mark: Mark | None) -> Markup:
    if mark is None or not text.strip():
        return escape(text)
    return Markup('<mark class="evidence-{}" title="{}">{}</mark>').format(mark.kind, mark.said, text)


def _same(one: str, other: str) -> bool:
    return bool(other) and re.sub(r"\s+", " ", one).strip() == re.sub(r"\s+", " ", other).strip()
