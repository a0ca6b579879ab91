"""One part of a judgement, as data: what counted, how much, and where the words stand."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` names the feature, `weight` is in points (log odds, negative speaks against).

    `words` are the document's own words at `span` (in title, newline, text), or a value such as a date or a kind when
    `span` is None. `sentence` says it plainly and stands alone.
    """

    code: str
    weight: float
    words: str
    span: tuple[int, int] | None
    sentence: str

    def plain(self) -> dict[str, Any]:
        """Return it as it is stored. Written out: it is done for every reason, and a loop takes twice as long."""
        return {
            "code": self.code,
            "weight": self.weight,
            "words": self.words,
            "span": self.span,
            "sentence": self.sentence,
        }
