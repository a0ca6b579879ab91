"""Plain text: white space, excerpts, words, and whether two texts are the same."""

import hashlib
import re
import unicodedata

# Control characters but tab and line feed, surrogates (no encoding can write them), Unicode's non-characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 17))
    + "]"
)
# Most texts hold nothing of it, and saying so is much cheaper than taking it out: plain ASCII, or the first plane. The
# class above names characters of all planes, which makes it ten times slower.
_ASCII_CONTROLS = bytes([*range(9), *range(11, 32), 127])
_PRINTABLE = re.compile("[\t\n -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]*")
# Text in which nothing is to be tidied within a line, but perhaps spaces beside spaces and line feeds.
_EVEN = re.compile(
    "[\n -~\xa1-\xac\xae-\u167f\u1681-\u1fff\u200c\u200d\u2010-\u2027\u2030-\u205e\u2061-\u2065\u206a-\u2fff"
    "\u3001-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd]*"
)
_GAPS = ("  ", " \n", "\n ", "\n\n\n")
# Invisible marks that change how text runs or is compared, but say nothing.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9À-Þ]|\s*$)|\n")
# A full stop after one of these, or after a single capital letter, does not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Sgt|St|No|vs|v|Inc|Corp|Co|Ltd|Jr|Sr|U\.S|U\.K|E\.U|D\.C|a\.m|p\.m|e\.g|i\.e"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)


def strip_controls(text: str) -> str:
    """Return `text` without characters that databases and XML refuse; a carriage return becomes a line feed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        plain = text.encode("ascii").translate(None, _ASCII_CONTROLS)
        return text if len(plain) == len(text) else plain.decode("ascii")
    return text if _PRINTABLE.fullmatch(text) else _UNPRINTABLE.sub("", text)


def visible(text: str) -> str:
    """Return `text` without control characters and the marks that nobody sees, such as soft hyphens."""
    if text.isascii():
        return strip_controls(text)
    return text if _EVEN.fullmatch(text) else _INVISIBLE.sub("", strip_controls(text))


def one_line(text: str) -> str:
    """Return `text` as one line: no control or invisible characters, single spaces."""
    return " ".join(visible(text).split())


def tidy_lines(text: str) -> str:
    """Return `text` with single spaces within its lines and at most one empty line between paragraphs."""
    text = text.strip()
    if _EVEN.fullmatch(text) and not any(gap in text for gap in _GAPS):
        return text
    tidy = "\n".join([" ".join(line.split()) for line in visible(text).split("\n")])
    return (re.sub(r"\n{3,}", "\n\n", tidy) if "\n\n\n" in tidy else tidy).strip()


def plural(count: int, one: str, many: str = "") -> str:
    """Return "1 letter", "17 letters"; `many` for words that do not end in s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def excerpt(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text` as one line, cut between words and marked with an ellipsis."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[: max(limit - 1, 0)]
    if line[len(cut) : len(cut) + 1].strip():  # within a word
        cut = cut.rpartition(" ")[0] or cut
    return (cut.rstrip(" ,;:–—-.") + "…")[:limit] if limit > 0 else ""


def first_sentence(text: str, limit: int = 300) -> str:
    """Return the first sentence of `text` as one line, cut as `excerpt` does when it is longer than `limit`."""
    text = tidy_lines(text)
    for end in _SENTENCE_END.finditer(text):
        sentence = text[: end.end()].rstrip()
        if sentence and not _ABBREVIATION.search(sentence):
            return excerpt(sentence, limit)
    return excerpt(text, limit)


def fold(text: str) -> str:
    """Return `text` for comparison: case, accents, width and curly quotes do not count."""
    if text.isascii():  # nothing in it but letters has another form, and most names and headlines are such
        return text.casefold()
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    return text.translate(_PLAIN)


_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "ł": "l", "ø": "o"}
)


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order; an apostrophe within a word belongs to it."""
    return _WORD.findall(fold(text))


def joined(text: str) -> str:
    """Return what `one_line` says of a text that `tidy_lines` has made, much sooner."""
    return text.replace("\n\n", " ").replace("\n", " ").strip()


def content_hash(*parts: str) -> str:
    """Return 64 hexadecimal digits that are the same when the parts read the same: white space does not count."""
    return lines_hash(*(one_line(part) for part in parts))


def lines_hash(*lines: str) -> str:
    """Return the `content_hash` of parts that `one_line` or `joined` has made."""
    return hashlib.sha256("\x1f".join(unicodedata.normalize("NFC", line) for line in lines).encode()).hexdigest()
