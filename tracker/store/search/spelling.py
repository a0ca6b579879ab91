"""Did you mean: words of the archive that differ from a typed one by a slip of the finger."""

from collections.abc import Sequence
from difflib import get_close_matches
from string import ascii_lowercase

from sqlmodel import Session, col, select

from tracker.models.search import SearchWord
from tracker.store.search.entries import LONGEST_WORD, SHORTEST_WORD
from tracker.store.search.finding import find
from tracker.store.search.query import Query, parse, plain_words
from tracker.store.visits import parts

# A word that begins alike may differ by more; so many of them are looked at, and so much has to be the same.
BEGINNING, MOST_ALIKE, ALIKE = 3, 2_000, 0.75
MOST_WORDS = 4


def suggestion(session: Session, text: str) -> str | None:
    """Return a text with the words that nothing has put right, when that finds something; None otherwise.

    The first `MOST_WORDS` words are looked at, outside of phrases and fields.
    """
    better = text
    for typed in text.split()[:MOST_WORDS]:
        word = typed.strip(".,;!?()").removeprefix("-")
        plain = "".join(plain_words(word))
        if not (word.isalpha() and SHORTEST_WORD <= len(plain) <= LONGEST_WORD) or find(
            session, Query((word,)), limit=1
        ):
            continue
        near = _nearest(session, plain)
        if near is not None:
            better = better.replace(word, near)
    return better if better != text and find(session, parse(better), limit=1) else None


def _nearest(session: Session, word: str) -> str | None:
    """Return the word of the archive that is most like another: one slip away, or else of the same beginning."""
    slips = [known for part in parts(sorted(_slips(word))) for known in _known(session, part)]
    if not slips:
        begins = col(SearchWord.word).startswith(word[:BEGINNING], autoescape=True)
        slips = list(session.exec(select(SearchWord.word).where(begins).order_by(SearchWord.word).limit(MOST_ALIKE)))
    return next(iter(get_close_matches(word, sorted(slips), n=1, cutoff=ALIKE)), None)


def _known(session: Session, words: Sequence[str]) -> list[str]:
    return list(session.exec(select(SearchWord.word).where(col(SearchWord.word).in_(words))))


def _slips(word: str) -> set[str]:
    """Return what a word may have been before one letter was left out, put in, changed or swapped with the next."""
    cut = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    letters = sorted({*ascii_lowercase, *word})
    gone = {a + b[1:] for a, b in cut if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cut if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cut if b for letter in letters}
    put_in = {a + letter + b for a, b in cut for letter in letters}
    return (gone | swapped | changed | put_in) - {word}
