"""Invented words in the frequencies of real ones: a few are everywhere, most are seldom."""

import random
from collections.abc import Sequence

SYLLABLES = (
    "ba", "cor", "den", "el", "fir", "gan", "hol", "is", "jun", "kal", "lor", "mer",
    "nov", "or", "pel", "quin", "ras", "sil", "tor", "ul", "ven", "wes", "yar", "zen",
)  # fmt: skip
KNOWN = (
    "the", "of", "to", "and", "in", "on", "company", "police", "board", "shareholders", "report", "letter", "vote",
    "recognition", "surveillance", "rights", "policy", "contract", "agency", "data", "privacy", "investors", "meeting",
    "proposal", "support", "answer", "study", "law", "court", "union",
)  # fmt: skip
SUBJECTS = ("Customer due diligence", "Face recognition", "Political spending", "Water use", "Climate risk", "Pay gap",
            "Lobbying", "Worker safety", "Data requests", "Human rights policy")  # fmt: skip


class Words:
    """A vocabulary of 30,000 words, and texts cut from a few thousand ready paragraphs, which is quick."""

    def __init__(self, chance: random.Random) -> None:
        """Make the vocabulary and the paragraphs."""
        self._chance = chance
        made = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(30_000)}
        self._vocabulary = [*KNOWN, *sorted(made)]
        weights = [1 / (place + 8) for place in range(len(self._vocabulary))]
        stream = chance.choices(self._vocabulary, weights, k=400_000)
        self._lines = [" ".join(stream[place : place + 14]).capitalize() for place in range(0, 200_000, 14)]
        self._text = " ".join(stream)

    def names(self, count: int) -> list[str]:
        """Return different names of organisations."""
        chance, found = self._chance, dict[str, None]()
        while len(found) < count:
            found[f"{self._word().title()} {self._word().title()} {chance.choice(('Inc.', 'Corp.', 'Group'))}"] = None
        return list(found)

    def title(self) -> str:
        """Return a headline."""
        chance = self._chance
        return f"{chance.choice(SUBJECTS)} {chance.choice(self._lines)[: chance.randint(30, 60)].rsplit(' ', 1)[0]}"

    def line(self) -> str:
        """Return a sentence."""
        return f"{self._chance.choice(self._lines)}."

    def text(self, length: int) -> str:
        """Return about so many characters."""
        begin = self._chance.randrange(len(self._text) - length)
        return self._text[begin : begin + length]

    def _word(self) -> str:
        return self._vocabulary[self._chance.randrange(len(KNOWN), len(self._vocabulary))]


__all__: Sequence[str] = ("Words",)
