"""How a rule's suggestions fared with people: kept, changed, rejected, and how sure that share is.

A suggestion counts once, by the last word of a person that was not undone: *kept* is accepted as it was suggested,
*changed* is accepted with another relation, *rejected* is neither. "Not sure" is no word on it. What was accepted in
bulk is counted beside, for nobody looked at each.

The interval is that of Wilson (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
Journal of the American Statistical Association 22, 1927): it holds for few cases too, and stays between 0 and 1.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
HALF = 0.5
# Where bands of scores begin; the last ends above 1, for a score of 1 belongs to it.
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
END = 1.01


@dataclass(frozen=True, slots=True)
class Fared:
    """What people said of suggestions one by one, and how many they accepted in bulk."""

    kept: int = 0
    changed: int = 0
    rejected: int = 0
    in_bulk: int = 0

    def __add__(self, other: "Fared") -> "Fared":
        """Return both together."""
        return Fared(
            self.kept + other.kept,
            self.changed + other.changed,
            self.rejected + other.rejected,
            self.in_bulk + other.in_bulk,
        )

    @property
    def decided(self) -> int:
        """The denominator: suggestions that somebody looked at."""
        return self.kept + self.changed + self.rejected

    @property
    def rate(self) -> float | None:
        """The share that was kept, 0 to 1; None where nobody decided."""
        return self.kept / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The bounds between which the rate is, with a confidence of 95 %; None where nobody decided."""
        return wilson(self.kept, self.decided) if self.decided else None

    @property
    def badly(self) -> bool:
        """Whether it is certain (at 95 %) that fewer than half are kept."""
        return self.interval is not None and self.interval[1] < HALF


def wilson(kept: int, decided: int) -> tuple[float, float]:
    """Return Wilson's interval of a share, 0 to 1. Raises ValueError unless 0 <= kept <= decided and decided > 0."""
    if not 0 <= kept <= decided or not decided:
        raise ValueError(f"{kept} of {decided} is no share")
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share, spread = kept / decided, z * z / decided
    middle = (share + spread / 2) / (1 + spread)
    reach = z / (1 + spread) * sqrt(share * (1 - share) / decided + spread / (4 * decided))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def band(score: float) -> tuple[float, float]:
    """Return the band of a score: where it begins, and below which it ends."""
    ends = (*BANDS[1:], END)
    return next((start, end) for start, end in reversed(list(zip(BANDS, ends, strict=True))) if score >= start)
