"""Our copy of a document as HTML that runs and loads nothing, with passages and names marked in it.

Places are counted in the copy's plain text (`tracker.ingest.cleaning.plain_text`). In the HTML they are found by
counting the characters that are no white space, since the two differ in nothing else; where they do differ, a passage
is looked for by its words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise

import nh3
from markupsafe import Markup, escape

from tracker.domain.quotes import find_again
from tracker.domain.text import visible

# Copies were cleaned when they were stored. Pictures are left out here as well: they would be fetched from elsewhere.
TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"}
# The cleaner writes "<" in a text as "&lt;", and attributes within double quotes.
_TOKEN = re.compile(r'<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<rest>(?:[^<>"]|"[^"]*")*)>|(?P<text>[^<]+)|<')
_LINES = frozenset({"br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "p", "pre", "table", "td",
                    "th", "tr"})  # fmt: skip
_HEADING = re.compile("h[1-6]")
# Headings of the copy stand below the heading of the part that holds it, which is one of the second level.
HIGHEST, LOWEST = 3, 6
# So many passages are looked for by their words where the HTML says something else than the text.
MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to be marked: characters `start` to `end` of the text.

    `kind` is its class in the style. `anchors` are names under which it has an address. `number`, where there is one,
    is set behind it and leads to `leads_to`; `said` is what a reader who cannot see the mark is told of it.
    """

    start: int
    end: int
    kind: str
    anchors: tuple[str, ...] = ()
    number: str = ""
    leads_to: str = ""
    said: str = ""


def cleaned(html: str, text: str) -> str:
    """Return a copy's HTML, safe to show; of a copy that has text alone, its paragraphs."""
    if html:
        return nh3.clean(html, tags=TAGS)
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def marked_copy(html: str, text: str, marks: Iterable[Mark]) -> tuple[Markup, list[Mark]]:
    """Return cleaned HTML with the marks in it, and which of them have no place there, such as what was cut off."""
    tokens = [_Token(found) for found in _TOKEN.finditer(html)]
    size = sum(len(_squeezed(token.words)) for token in tokens)
    placed, lost = [], []
    for mark, place in _places(list(marks), text, tokens):
        if place.start < place.end <= size:
            placed.append(place)
        else:
            lost.append(mark)
    # Shorter ones within longer ones; those of one place in the order given.
    placed.sort(key=lambda mark: (mark.start, -mark.end))
    return Markup("").join(_written(tokens, placed)), lost


class _Token:
    """A tag of the HTML, or a text between two of them with its words as they are read."""

    def __init__(self, found: re.Match[str]) -> None:
        self.written, self.tag, self.ends, self.rest = found[0], found["tag"] or "", found["end"] == "/", found["rest"]
        self.words = visible(unescape(found["text"])) if found["text"] else ""


def _squeezed(text: str) -> str:
    return "".join(visible(text).split())


def _places(marks: Sequence[Mark], text: str, tokens: Sequence[_Token]) -> Iterator[tuple[Mark, Mark]]:
    """Yield each mark as it was given, and with its place among the characters of the HTML's text that are no white
    space: (0, 0) for none.
    """
    shown = "".join(token.words or ("\n" if token.tag in _LINES else "") for token in tokens)
    alike = _alike(_squeezed(text), _squeezed(shown))
    before = _counts(text, {edge for mark in marks for edge in (mark.start, mark.end)})
    looked_for = 0
    for mark in marks:
        place = (before[mark.start], before[mark.end])
        if place[1] > alike:
            # To look for a passage takes long in a long text: names are left out, and of all else there are few.
            looked_for += bool(mark.anchors)
            span = find_again(shown, text, mark.start, mark.end) if mark.anchors and looked_for <= MOST_FOUND else None
            counted = _counts(shown, span) if span else {}
            place = (counted[span[0]], counted[span[1]]) if span else (0, 0)
        yield mark, replace(mark, start=place[0], end=place[1])


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    if one.startswith(other):
        return len(other)
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _counts(text: str, places: Iterable[int]) -> dict[int, int]:
    """Return how many characters that are no white space stand before each place of a text."""
    found, last, count = {}, 0, 0
    for place in sorted(places):
        count += len(_squeezed(text[last:place]))
        found[place], last = count, place
    return found


def _written(tokens: Iterable[_Token], marks: Sequence[Mark]) -> Iterator[Markup]:
    """Yield the tokens; texts are cut where a mark begins or ends, and put into it."""
    levels, told, waiting = _Levels(), set[str](), list(reversed(marks))
    active: list[Mark] = []
    within_link, end = False, 0
    for token in tokens:
        if token.tag:
            within_link = not token.ends if token.tag == "a" else within_link
            yield Markup(levels.of(token))  # noqa: S704 - the cleaner's own tag
            continue
        start, end = end, end + len(_squeezed(token.words))
        active = [mark for mark in active if mark.end > start]
        while waiting and waiting[-1].start < end:
            active.append(waiting.pop())
        for piece, around, ending in _cut(token.words, start, active):
            yield _wrapped(piece, around, told)
            yield from (_number(mark, linked=not within_link) for mark in ending if mark.number)


def _cut(words: str, start: int, marks: Sequence[Mark]) -> Iterator[tuple[str, list[Mark], list[Mark]]]:
    """Yield the pieces of a text between the edges of marks, each with the marks around it and those that end with it.

    White space at an edge belongs to neither side: a mark begins with its first character and ends behind its last.
    """
    signs = [place for place, sign in enumerate(words) if not sign.isspace()] if marks else []
    spans = [
        (signs[max(mark.start - start, 0)], signs[min(mark.end - start, len(signs)) - 1] + 1, mark)
        for mark in marks
        if signs
    ]
    edges = sorted({0, len(words), *(edge for span in spans for edge in span[:2])})
    for begin, end in pairwise(edges):
        around = [mark for first, last, mark in spans if first <= begin and end <= last]
        yield words[begin:end], around, [mark for mark in around if _last_place(signs, mark, start) == end]


def _last_place(signs: Sequence[int], mark: Mark, start: int) -> int | None:
    """Return where in a text a mark ends, or None where it goes on behind it."""
    size = mark.end - start
    return signs[size - 1] + 1 if size <= len(signs) else None


def _wrapped(piece: str, marks: Sequence[Mark], told: set[str]) -> Markup:
    """Return a piece of text within its marks; the first piece of each carries its anchors, which no other has."""
    inner = escape(piece)
    for mark in reversed(marks):
        anchors = Markup("").join(
            Markup('<span id="{}"></span>').format(one) for one in mark.anchors if one not in told
        )
        told.update(mark.anchors)
        inner = Markup('<mark class="{}">{}{}</mark>').format(mark.kind, anchors, inner)
    return inner


def _number(mark: Mark, *, linked: bool) -> Markup:
    if not linked:  # no link may stand within another
        return Markup('<sup class="passage-number">{}</sup>').format(mark.number)
    return Markup('<sup class="passage-number"><a href="#{}" aria-label="{}">{}</a></sup>').format(
        mark.leads_to, mark.said, mark.number
    )


class _Levels:
    """The levels of the copy's headings: below ours, and never a level left out, whatever the publisher wrote."""

    def __init__(self) -> None:
        self._last, self._open = HIGHEST - 1, HIGHEST

    def of(self, token: _Token) -> str:
        """Return a tag as it is written, a heading's with its level among ours."""
        if not _HEADING.fullmatch(token.tag):
            return token.written
        if token.ends:
            return f"</h{self._open}>"
        self._open = self._last = min(int(token.tag[1]) + HIGHEST - 1, self._last + 1, LOWEST)
        return f"<h{self._open}{token.rest}>"
