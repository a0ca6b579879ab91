"""The picture that goes with an address where it is passed on: what it is, its title, a key figure, our name.

Drawn with the fonts that pages have. A letter that none of them has is never drawn as a box: a title in another script
is left out, and stands in full in the words beside the picture; signs such as emoji are dropped.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from tracker.domain.vocab import Lane
from tracker.web.assets import FOLDER

WIDTH, HEIGHT = 1200, 630
MARGIN, FOOT = 72, 534
SERIF, SANS = "source-serif-4", "inter"
# As whereas.css cuts them: most text needs the first alone. The last three are for pictures only: a reader's own system
# has letters that a page's fonts lack, a server may not.
PARTS = ("core", "latin", "latin-ext", "vietnamese", "greek", "cyrillic")
BOLD, PLAIN = 650, 450
ELLIPSIS = "…"
# Sizes of a title with the lines for which there is room, the largest first: the first in which it fits is taken.
TITLE_SIZES = ((68, 2), (58, 2), (48, 3))
MOST_FIGURES, LABEL_LINE = 3, 31
# Beyond these no picture could show more; a title may be as long as a page.
MOST_CHARACTERS = 400

# Variation selectors: they choose a picture for the sign before them.
SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), 0x034F)))
# A character that is none and never will be: no font has it.
NOBODYS = "\U0010ffff"
# One character at a time needs no shaping, and the shaper refuses some.
_BASIC = ImageFont.Layout.BASIC

# The light scheme of whereas.css.
GROUND, INK, MUTED, LINE, MARK = "#fbfaf6", "#1b1e23", "#5c636c", "#e3e0d7", "#b3261e"
WARN, WARN_GROUND = "#7a4500", "#fdeed8"
LANES = {
    Lane.INVESTORS: "#3f51b5", Lane.ADVOCATES: "#00695d", Lane.LAWMAKERS: "#8f5200", Lane.COMPANY: "#b3261e",
    Lane.REGULATORS: "#455a64", Lane.PRESS: "#5c6269",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says: `over` is what kind of thing it is, `figures` (value, what it is) up to three.

    `foot` is where and when it was drawn: figures move on after a picture was taken away.
    """

    over: str
    title: str
    figures: tuple[tuple[str, str], ...] = ()
    lane: Lane | None = None
    fictional: bool = False
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: family, weight, size in pixels."""

    family: str
    weight: int
    size: int


OVER, LABEL, SMALL = Type(SANS, BOLD, 26), Type(SANS, PLAIN, 24), Type(SANS, PLAIN, 24)
WORDMARK = Type(SERIF, 700, 46)


@lru_cache(maxsize=64)
def png(card: Card) -> bytes:
    """Return the picture as a PNG file, 1200 by 630 pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    colour = LANES[card.lane] if card.lane else INK
    draw.rectangle((0, 0, WIDTH, 14), fill=colour)
    room = WIDTH - 2 * MARGIN
    if card.fictional:
        room -= _badge(draw, "Fictional, made up to show the site")
    _line(draw, (MARGIN, 92), _cut(drawable(card.over), OVER, room), OVER, colour)
    below = _title(draw, card.title)
    _figures(draw, card.figures, below + 40, colour)
    draw.line((MARGIN, FOOT, WIDTH - MARGIN, FOOT), fill=LINE, width=2)
    _wordmark(draw)
    foot = _cut(drawable(card.foot), SMALL, 760)
    _line(draw, (WIDTH - MARGIN - width(foot, SMALL), 588), foot, SMALL, MUTED)
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def drawable(text: str) -> str:
    """Return a text as our fonts can set it on one line: without signs they lack, "" when they lack a letter of it."""
    plain = " ".join(unicodedata.normalize("NFC", text[:MOST_CHARACTERS]).split())
    if any(_is_letter(sign) and not _known(sign) for sign in plain):
        return ""
    return " ".join("".join(sign for sign in plain if _known(sign)).split())


def wrapped(text: str, set_in: Type, room: int, most: int) -> list[str]:
    """Return a text in at most `most` lines no wider than `room` pixels; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most:
        count = len(rest)
        while count > 1 and width(" ".join(rest[:count]), set_in) > room:
            count -= 1
        last = len(lines) == most - 1
        lines.append(_cut(" ".join(rest if last else rest[:count]), set_in, room))
        # A word wider than a line is cut there as well.
        rest = rest[count:]
    return lines


def width(text: str, set_in: Type) -> float:
    """Return how wide a drawable text is, in pixels."""
    return sum(font.getlength(run) for font, run in _runs(text, set_in))


def _title(draw: ImageDraw.ImageDraw, title: str) -> int:
    """Draw a title in the largest size in which it fits; return where it ends."""
    text, room = drawable(title), WIDTH - 2 * MARGIN
    lines: list[str] = []
    for size, most in TITLE_SIZES:
        set_in = Type(SERIF, BOLD, size)
        lines = wrapped(text, set_in, room, most)
        if " ".join(lines) == text:
            break
    y = 118
    for line in lines:
        y += round(size * 1.18)
        _line(draw, (MARGIN, y - round(size * 0.2)), line, set_in, INK)
    return y


def _figures(draw: ImageDraw.ImageDraw, figures: Sequence[tuple[str, str]], top: int, colour: str) -> None:
    """Draw up to three figures side by side, each with what it is below it."""
    shown = [(drawable(value), drawable(label)) for value, label in figures[:MOST_FIGURES]]
    if not shown:
        return
    gap = 40
    room = (WIDTH - 2 * MARGIN - gap * (len(shown) - 1)) // len(shown)
    size = 76 if len(shown) == 1 else 52
    while size > 30 and any(width(value, Type(SANS, BOLD, size)) > room for value, _ in shown):
        size -= 4
    below = top + size + 42
    most = (FOOT - 12 - below) // LABEL_LINE + 1
    for place, (value, label) in enumerate(shown):
        x = MARGIN + place * (room + gap)
        set_in = Type(SANS, BOLD, size)
        _line(draw, (x, top + size), _cut(value, set_in, room), set_in, colour)
        for number, line in enumerate(wrapped(label, LABEL, room, most)):
            _line(draw, (x, below + LABEL_LINE * number), line, LABEL, MUTED)


def _badge(draw: ImageDraw.ImageDraw, text: str) -> int:
    """Draw a short warning at the upper right; return how much of the line it takes."""
    left = WIDTH - MARGIN - round(width(text, LABEL)) - 36
    draw.rounded_rectangle((left, 60, WIDTH - MARGIN, 106), 8, fill=WARN_GROUND)
    _line(draw, (left + 18, 92), text, LABEL, WARN)
    return WIDTH - MARGIN - left + 24


def _wordmark(draw: ImageDraw.ImageDraw) -> None:
    end = _line(draw, (MARGIN, 590), "Whereas", WORDMARK, INK)
    _line(draw, (end, 590), ",", WORDMARK, MARK)


def _line(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, set_in: Type, colour: str) -> float:
    """Draw a line from the left of its baseline; return where it ends."""
    x, y = at
    for font, run in _runs(text, set_in):
        draw.text((x, y), run, font=font, fill=colour, anchor="ls")
        x += font.getlength(run)
    return x


def _cut(text: str, set_in: Type, room: int) -> str:
    """Return a text, shortened at a word where one is near, so that it is no wider than `room` pixels."""
    if width(text, set_in) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle] + ELLIPSIS, set_in) <= room else (low, middle - 1)
    space = text.rfind(" ", low - 15 if low > 15 else 0, low)
    return text[: space if space > 0 else low].rstrip(" ,;:·") + ELLIPSIS


def _runs(text: str, set_in: Type) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
    """Yield a text in pieces, each with the font that has its letters."""
    for part, run in groupby(text, key=lambda sign: _part_of(sign, set_in.family) or PARTS[0]):
        yield _font(set_in, part), "".join(run)


def _is_letter(sign: str) -> bool:
    """Whether a text reads otherwise without a character: a letter, a digit, a mark on one. Selectors only vary."""
    return unicodedata.category(sign)[0] in "LMN" and sign not in SELECTORS


def _known(sign: str) -> bool:
    """Whether a character can be drawn; what only steers others (category C, such as a zero-width joiner) cannot."""
    return unicodedata.category(sign)[0] != "C" and all(_part_of(sign, family) is not None for family in (SERIF, SANS))


@lru_cache(maxsize=4096)
def _part_of(sign: str, family: str) -> str | None:
    """Return the file that has a character, None where no file has it."""
    if sign == " ":
        return PARTS[0]
    return next((part for part in PARTS if _shape(sign, family, part) != _shape(NOBODYS, family, part)), None)


def _shape(sign: str, family: str, part: str) -> tuple[object, bytes]:
    """Return how a character looks; one that a font lacks looks like any other that it lacks."""
    mask = _font(Type(family, PLAIN, 24), part, _BASIC).getmask(sign)
    return mask.size, bytes(mask)


@lru_cache(maxsize=128)
def _font(set_in: Type, part: str, layout: ImageFont.Layout | None = None) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FOLDER / "fonts" / f"{set_in.family}-{part}.woff2", set_in.size, layout_engine=layout)
    font.set_variation_by_axes([set_in.weight])
    return font
