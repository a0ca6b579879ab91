"""Plain text: white space, excerpts, words, and whether two texts are the same."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

# Control characters but tab and line feed, surrogates (no encoding can write them), Unicode's non-characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 17))
    + "]"
)
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
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return `text` as one line: no control or invisible characters, single spaces."""
    return " ".join(_INVISIBLE.sub("", strip_controls(text)).split())


def tidy_lines(text: str) -> str:
    """Return `text` with single spaces within its lines and at most one empty line between paragraphs."""
    lines = (" ".join(line.split()) for line in _INVISIBLE.sub("", strip_controls(text)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


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
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    return text.translate(_PLAIN)


_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "ł": "l", "ø": "o"}
)


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order; an apostrophe within a word belongs to it."""
    return _WORD.findall(fold(text))


def content_hash(*parts: str) -> str:
    """Return 64 hexadecimal digits that are the same when the parts read the same: white space does not count."""
    return _digest([one_line(part) for part in parts])


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(unicodedata.normalize("NFC", part) for part in parts).encode()).hexdigest()
