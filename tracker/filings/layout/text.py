"""The layout of a text document: its lines as filed, without the tags that EDGAR's text documents carry.

Source: EDGAR Filer Manual, volume II: <PAGE>, <TABLE>, <CAPTION>, <S>, <C> and <FN> are the tags a text may hold.
"""

import html
import re

from tracker.filings.layout.blocks import Layout, Writer

_TAG = re.compile(
    r"</?(?:TABLE|CAPTION|S|C|FN|F\d{1,2}|TEXT|DOCUMENT|PRE|HTML|BODY|XML|R)>|<(?:TYPE|SEQUENCE|FILENAME"
    r"|DESCRIPTION)>[^\n]*",
    re.IGNORECASE,
)
_PAGE = re.compile(r"</?PAGE>", re.IGNORECASE)
_PIECE = re.compile(r"\S+(?: \S+)*")
_SPACES = str.maketrans(
    dict.fromkeys("\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " ")
)
_NOTHING = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# Bytes of Windows-1252 that were taken for the control characters of ISO 8859-1.
_WINDOWS = {number: bytes([number]).decode("cp1252", "ignore") for number in range(0x80, 0xA0)}


def text_layout(text: str, warnings: tuple[str, ...] = (), form: str = "") -> Layout:
    """Return the layout of a text document."""
    writer = Writer()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for page, section in enumerate(_PAGE.sub("\f", text).split("\f")):
        if page:
            writer.page_break()
        write_lines(writer, section)
    return writer.layout(warnings, form)


def write_lines(writer: Writer, text: str) -> None:
    """Write a text's lines, each as it stands, without EDGAR's tags; a line of nothing but tags is left out."""
    for raw in text.split("\n"):
        bare = _TAG.sub(lambda tag: " " * len(tag[0]), raw) if "<" in raw else raw
        line = plain(html.unescape(bare) if "&" in bare else bare).expandtabs(8).rstrip()
        if line or not raw.strip():
            writer.line(line, [(piece[0], piece.start()) for piece in _PIECE.finditer(line)])


def plain(text: str) -> str:
    """Return `text` with common spaces for odd ones, without invisible marks, Windows-1252 as it was meant."""
    if text.isascii():
        return text
    return text.translate(_SPACES).translate(_NOTHING).translate(_WINDOWS)
