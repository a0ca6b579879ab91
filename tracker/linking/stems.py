"""The words of a text that carry meaning, cut to their stems, for comparing what texts speak of."""

from collections.abc import Iterable
from functools import lru_cache

from tracker.linking.words import tokens_of

_STOPWORDS = frozenset(
    """
    a about after again against all also an and any are as at be been before but by can did do does for from had has
    have he her his how if in into is it its more most no not now of on one or other our out over s said say says she
    should so some such t than that the their them then there these they this those to two under until up use used uses
    was we were what when which while who will with would you your per
    """.split()  # noqa: SIM905 - a paragraph of words is easier to keep than a list of strings
)
_SHORTEST = 2  # letters of a word that says anything
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s")
_STEM = 4  # letters that must remain when an ending goes
_REMEMBERED = 16384  # words; rarer ones are cut again


def terms_of(text: str) -> list[str]:
    """Return the stems of the words of `text` that carry meaning, in order and with repeats."""
    return list(filter(None, stems_of(tokens_of(text).words)))


def stems_of(words: Iterable[str]) -> list[str]:
    """Return the stem of every folded word in order, nothing for one that carries no meaning."""
    return list(map(_stem, words))


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    """Return the stem of a folded word, or nothing for one that carries no meaning."""
    if len(word) < _SHORTEST or word in _STOPWORDS:
        return ""
    if word.isalpha():
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _STEM:
                return word[: -len(ending)]
    return word
