"""Which characters the bytes of a document mean.

Servers and prologs are often wrong in the same way, so the order is: byte order mark, UTF-8 if the bytes are valid
UTF-8 (by chance they never are), what the server said, what the document says, and in the end Windows-1252.
"""

import codecs
import re
from collections.abc import Iterator
from email.message import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<" and the sign after it look in encodings that ASCII patterns cannot read.
_OPENINGS = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),  # <?xm in EBCDIC
)
_PROLOG = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:+-]{1,40})["']""", re.ASCII | re.IGNORECASE)
_META = re.compile(r"""<meta[^>]{1,300}?charset\s*=\s*["']?([\w.:+-]{1,40})""", re.ASCII | re.IGNORECASE)
_FAMILIES = re.compile(r"(utf|iso|cp|koi8|mac|gb|big5|euc|shift|hz|latin|ascii|us-ascii|johab|tis|ptcp|kz)", re.ASCII)
# Names mean what browsers take them for, a little more than the standards say.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
    "utf-8-sig": "utf-8",
}
_ALIASES = {"mac": "mac-roman", "csmacintosh": "mac-roman", "ms-cyrl": "cp1251"}  # registered names that Python lacks
_SEVEN_BIT = re.compile(r"(iso2022|hz)", re.ASCII)


def decode(body: bytes, content_type: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text of `body` and warnings about what had to be guessed; never raises."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _lossy(body[len(mark) :], codec)
    for opening, codec in _OPENINGS:
        if body.startswith(opening):
            said = _said_by_document(body[:2048].decode(codec, "replace")) if codec == "cp037" else None
            return _lossy(body, said or codec)
    declared = list(_declared(body, content_type))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, declared)
    stateful = next((codec for codec in declared if _SEVEN_BIT.match(codec)), None)
    if stateful and body.isascii():  # these hide their characters in plain ASCII bytes
        return _lossy(body, stateful)
    return text, ()


def _decode_other(body: bytes, declared: list[str]) -> tuple[str, tuple[str, ...]]:
    for codec in declared:
        if codec == "utf-8":  # mostly right, with some characters pasted from a word processor, or cut off at the end
            return body.decode("utf-8", "tracker.windows"), ("it is not valid UTF-8: some characters may be wrong",)
        try:
            return body.decode(codec), ()
        except UnicodeError:
            continue
    if declared:
        return body.decode(declared[0], "replace"), (f"it is not valid {declared[0]}: some characters may be wrong",)
    return (
        body.decode("cp1252", "tracker.windows"),
        ("its character encoding is not stated: Windows-1252 was assumed",),
    )


def _lossy(body: bytes, codec: str) -> tuple[str, tuple[str, ...]]:
    try:
        return body.decode(codec), ()
    except UnicodeError:
        return body.decode(codec, "replace"), (f"it is not valid {codec}: some characters may be wrong",)


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    """Yield the codecs named by the server and by the document, in that order, as far as we know them."""
    header = Message()
    header["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    try:
        named = header.get_content_charset()
    except (LookupError, UnicodeError, ValueError, IndexError):  # an odd parameter; the document may say it better
        named = None
    if named and (codec := _known(named)):
        yield codec
    if codec := _said_by_document(body[:2048].decode("ascii", "replace")):
        yield codec


def _said_by_document(start: str) -> str | None:
    found = _PROLOG.search(start) or _META.search(start)
    return _known(found[1]) if found else None


def _known(name: str) -> str | None:
    """Return Python's name of a character encoding. Codecs that are no encodings of text, or slow, are unknown here."""
    try:
        codec = codecs.lookup(_ALIASES.get(name.lower(), name)).name
    except (LookupError, ValueError):
        return None
    if not _FAMILIES.match(codec) or codec == "utf-7":
        return None
    return _WIDER.get(codec, codec)


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not valid as Windows-1252, in which they nearly always were."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("tracker.windows", _windows)
