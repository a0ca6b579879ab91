"""Finding a passage again in another rendering of the same document, where spaces and line ends fall differently."""

import re
from collections.abc import Callable
from itertools import islice

_HEAD, _TAIL = 16, 12  # words by which the ends of a long passage are looked for
_MOST_PLACES = 200
_FEW = 3
# Signs that printers and copyists put for one another.
_ALIKE = {sign: f"[{group}]" for group in ("'’‘", '"“”„«»', "-‐‑–—") for sign in group}
_FIRST_ALIKE = {ord(sign): group[1] for sign, group in _ALIKE.items()}
_SIGN = re.compile(f"[{''.join(map(re.escape, _ALIKE))}]")
_LEFT_OUT = re.compile(r"\s*(?:\[\s*)?(?:…|\.\.\.|\. \. \.)(?:\s*\])?\s*")
_LONGEST_GAP = 1000
_AROUND = " \t\n\"'“”„«»‘’…."


def find_again(text: str, source: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where `source[start:end]` stands in `text`, or None when its words are not there in this order.

    A passage that occurs several times is taken where it lies as far into the text as it did in the source. One within
    a line is looked for within that line first, so that a figure is found beside its own label.
    """
    first, last = source.rfind("\n", 0, start) + 1, source.find("\n", end)
    line = source[first : last if last >= 0 else len(source)]
    if "\n" not in source[start:end] and len(line) > end - start:
        around = _nearest(text, line, first / max(len(source), 1))
        if around is not None:
            inside = _ordinal(text[around[0] : around[1]], source[start:end], source[first:start])
            if inside is not None:
                return around[0] + inside[0], around[0] + inside[1]
        if len(source[start:end].split()) < _FEW:
            return None  # a figure alone stands in many places
    return _nearest(text, source[start:end], start / max(len(source), 1))


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a quotation stands in `text`, or None when its words are not there in this order.

    White space, the kind of quotation marks and dashes, capitals and the signs around it do not count: people quote so.
    Where words are left out ("…") the passage runs from the first part to the last, each of which ends within 1,000
    characters of the one before.
    """
    patterns = [_pattern(part.split(), _loosely) for part in _parts(quote)]
    if not patterns:
        return None
    for found in islice(patterns[0].finditer(text), _MOST_PLACES):
        end = found.end()
        for part in patterns[1:]:
            following = part.search(text, end, end + _LONGEST_GAP)
            if following is None:
                break
            end = following.end()
        else:
            return found.start(), end
    return None


class Searched:
    """A text in which many quotations are looked for: one whose words are not in it is told without going through it.

    To go through a text takes some 16 ms for each million characters, and hundreds of values may rest on a document.
    """

    def __init__(self, text: str) -> None:
        self._text, self._bare = text, _bare(text)

    def find(self, quote: str) -> tuple[int, int] | None:
        """Return what `find_quote` returns."""
        return find_quote(self._text, quote) if all(_bare(part) in self._bare for part in _parts(quote)) else None


def line_around(source: str, start: int, end: int) -> str:
    """Return the line or lines that a passage stands in, on one line."""
    first, last = source.rfind("\n", 0, start) + 1, source.find("\n", end)
    return " ".join(source[first : last if last >= 0 else len(source)].split())


def _parts(quote: str) -> list[str]:
    """Return the parts of a quotation between which words are left out."""
    return [part for found in _LEFT_OUT.split(quote) if (part := found.strip(_AROUND))]


def _bare(text: str) -> str:
    """Return a text without what does not count in a quotation: whatever `find_quote` finds is found in it as well."""
    return "".join(text.casefold().translate(_FIRST_ALIKE).split())


def _nearest(text: str, passage: str, share: float) -> tuple[int, int] | None:
    words = passage.split()
    if not words:
        return None
    head = _pattern(words[:_HEAD])
    places = [found.span() for found in islice(head.finditer(text), _MOST_PLACES)]
    if not places:
        return None
    begin, end = min(places, key=lambda place: abs(place[0] / max(len(text), 1) - share))
    if len(words) > _HEAD:
        tail = _pattern(words[-_TAIL:]).search(text, begin, begin + 2 * len(passage) + 200)
        return None if tail is None else (begin, tail.end())
    return begin, end


def _ordinal(text: str, passage: str, before: str) -> tuple[int, int] | None:
    """Return the passage's place in a line: the same figure may stand there twice."""
    pattern = _pattern(passage.split())
    places = [found.span() for found in islice(pattern.finditer(text), _MOST_PLACES)]
    number = len(pattern.findall(before))
    return places[number] if number < len(places) else None


def _pattern(words: list[str], written: Callable[[str], str] = re.escape) -> re.Pattern[str]:
    flags = re.IGNORECASE if written is _loosely else 0
    return re.compile(r"(?<!\w)" * words[0][:1].isalnum() + r"\s*".join(map(written, words)), flags)


def _loosely(word: str) -> str:
    """Return the pattern of a word whose quotation marks and dashes may be other ones."""
    return "".join(_ALIKE[sign[0]] if (sign := _SIGN.fullmatch(one)) else re.escape(one) for one in word)
