"""Counting votes: four whole numbers and a named formula; a percentage is derived, and never rounded across a bar.

Sources: DOMAIN.md 5; SEC Staff Legal Bulletin No. 14 (2001), F.4, for what counts towards resubmission.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from tracker.domain.errors import InputError
from tracker.domain.regimes import KNOWN_BARS
from tracker.domain.vocab import SupportFormula, VoteUnit

MAJORITY = Fraction(1, 2)
MOST_DIGITS = 4
# Nothing, a majority and everything are lines a reader sees as sharply as the bars of Rule 14a-8(i)(12).
LINES = tuple(sorted({Fraction(0), *KNOWN_BARS, MAJORITY, Fraction(1)}))
FORMULA_WORDS = {
    SupportFormula.FOR_AGAINST: "for / (for + against)",
    SupportFormula.FOR_AGAINST_ABSTAIN: "for / (for + against + abstentions)",
    SupportFormula.FOR_PRESENT: "for / votes present",
    SupportFormula.FOR_OUTSTANDING: "for / votes outstanding",
    SupportFormula.INSIDERS_EXCLUDED: "for / (for + against), without the insiders' votes",
    SupportFormula.UNKNOWN: "formula not known",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one ballot item, in `unit`; None where the filing gives no such column, which is not zero.

    With two classes of shares the counts are votes, not shares. Raises InputError for a negative or broken count.
    """

    for_: int | None
    against: int | None
    abstain: int | None = None
    broker_non_votes: int | None = None
    unit: VoteUnit = VoteUnit.VOTES

    def __post_init__(self) -> None:
        """Refuse anything but whole numbers from zero up; True is no count."""
        for field in fields(self)[:4]:
            count = getattr(self, field.name)
            if count is not None:
                _checked(count, field.name.strip("_").replace("_", " "))


@dataclass(frozen=True, slots=True)
class Share:
    """A share that we counted: `numerator` of `denominator` votes, and which formula that is."""

    numerator: int
    denominator: int
    formula: SupportFormula

    @property
    def value(self) -> Fraction:
        """The exact share, from 0 to 1."""
        return Fraction(self.numerator, self.denominator)

    def words(self) -> str:
        """Return the arithmetic: "24.96 % (2,496 of 10,000; for / (for + against))"."""
        return f"{percent_words(self)} ({self.numerator:,} of {self.denominator:,}; {FORMULA_WORDS[self.formula]})"


@dataclass(frozen=True, slots=True)
class Claim:
    """A percentage that somebody published without counts. It is as exact as its digits, and no more.

    `percent` is text or Decimal ("27.5"), so that its digits are known. Without a known formula it is UNKNOWN.
    """

    percent: Decimal
    formula: SupportFormula
    source: str

    def __post_init__(self) -> None:
        """Refuse figures outside 0 to 100 and figures without a source."""
        if not (self.percent.is_finite() and 0 <= self.percent <= 100):
            raise InputError(f"a share of {self.percent} %: it must lie between 0 and 100")
        if not self.source.strip():
            raise InputError(f"{self.percent} % has no source: name who published it")

    @classmethod
    def read(cls, text: str, formula: SupportFormula, source: str) -> "Claim":
        """Return the claim of a figure as printed, "27.5" or "27.5 %"; raises InputError."""
        try:
            return cls(Decimal(text.strip().removesuffix("%").strip()), formula, source)
        except InvalidOperation as error:
            raise InputError(f"reading {text!r} as a percentage: write for example 27.5") from error

    @property
    def value(self) -> Fraction:
        """The printed share, from 0 to 1."""
        return Fraction(self.percent) / 100

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The smallest and the largest share that rounds to the printed digits."""
        exponent = self.percent.as_tuple().exponent
        half = Fraction(1, 200) * (Fraction(10) ** (exponent if isinstance(exponent, int) else 0))
        return max(Fraction(0), self.value - half), min(Fraction(1), self.value + half)

    def words(self) -> str:
        """Return "27.5 % (according to ISS; formula not known)"."""
        return f"{self.percent} % (according to {self.source}; {FORMULA_WORDS[self.formula]})"


def support(
    tally: Tally, formula: SupportFormula = SupportFormula.FOR_AGAINST, *, denominator: int | None = None
) -> Share | None:
    """Return the share in favour under `formula`, or None when nothing was cast that it could be a share of.

    FOR_PRESENT and FOR_OUTSTANDING need `denominator`, in the unit of the tally; the other formulas refuse one.
    Broker non-votes are no votes cast and enter neither of the first two formulas.
    Raises InputError when a needed count is missing, the denominator is too small, or the formula is UNKNOWN or
    needs the insiders' votes (`insiders_excluded`): a share is labelled or refused.
    """
    in_favour, against = _present(tally.for_, "for", formula), _present(tally.against, "against", formula)
    if formula in {SupportFormula.FOR_PRESENT, SupportFormula.FOR_OUTSTANDING}:
        least = in_favour + against + (tally.abstain or 0)
        if formula is SupportFormula.FOR_OUTSTANDING:
            least += tally.broker_non_votes or 0
        whole = _checked(_present(denominator, "total", formula), "total")
        if whole < least:
            raise InputError(f"{formula}: a total of {whole:,} is smaller than the {least:,} votes counted")
    elif denominator is not None:
        raise InputError(f"{formula} takes its denominator from the counts, not from a given total of {denominator:,}")
    elif formula is SupportFormula.FOR_AGAINST:
        whole = in_favour + against
    elif formula is SupportFormula.FOR_AGAINST_ABSTAIN:
        whole = in_favour + against + _present(tally.abstain, "abstain", formula)
    else:
        raise InputError(f"a share cannot be computed under the formula {formula}")
    return Share(in_favour, whole, formula) if whole else None


def supports(tally: Tally, *, present: int | None = None, outstanding: int | None = None) -> tuple[Share, ...]:
    """Return every share that these counts allow, each with its formula; none when for or against is missing."""
    if tally.for_ is None or tally.against is None:
        return ()
    shares = [support(tally)]
    if tally.abstain is not None:
        shares.append(support(tally, SupportFormula.FOR_AGAINST_ABSTAIN))
    if present is not None:
        shares.append(support(tally, SupportFormula.FOR_PRESENT, denominator=present))
    if outstanding is not None:
        shares.append(support(tally, SupportFormula.FOR_OUTSTANDING, denominator=outstanding))
    return tuple(share for share in shares if share is not None)


def insiders_excluded(tally: Tally, insider_votes: int, *, assumed_against: bool = True) -> Share | None:
    """Return the share in favour among everybody else: the insiders' votes leave the votes cast, for + against.

    They are not taken from the votes outstanding. How insiders voted is an assumption, which the page must name:
    all against, or all for. Returns None when nobody else voted; raises InputError when the insiders are said to have
    more votes than were cast on their side.
    """
    in_favour = _present(tally.for_, "for", SupportFormula.INSIDERS_EXCLUDED)
    against = _present(tally.against, "against", SupportFormula.INSIDERS_EXCLUDED)
    side, cast = ("against", against) if assumed_against else ("for", in_favour)
    if _checked(insider_votes, "insiders' votes") > cast:
        raise InputError(f"insiders cannot have cast {insider_votes:,} votes {side}: only {cast:,} were")
    whole = in_favour + against - insider_votes
    numerator = in_favour if assumed_against else in_favour - insider_votes
    return Share(numerator, whole, SupportFormula.INSIDERS_EXCLUDED) if whole else None


def carried(share: Share) -> bool:
    """Return whether the share is more than half; a tie does not carry. The company's own bar may differ."""
    return share.value > MAJORITY


def standing(preliminary: Sequence[bool]) -> int | None:
    """Return which report of one ballot item's counts stands, as its place; None without a report.

    `preliminary` says of each report, oldest first, whether it is: the last final report stands, else the last one.
    Every other is superseded. An 8-K/A restates the items it names: those it does not name have no later report.
    Source: Form 8-K, Item 5.07; DOMAIN.md 5.
    """
    final = [place for place, early in enumerate(preliminary) if not early]
    return max(final or range(len(preliminary)), default=None)


def support_words(support: Share | Claim) -> str:
    """Return the percentage alone: of counts to one digit or as many as a bar needs, of a claim as it was printed."""
    return percent_words(support) if isinstance(support, Share) else f"{support.percent} %"


def percent_words(share: Share | Fraction, digits: int = 1, lines: Iterable[Fraction] = LINES) -> str:
    """Return the share as a percentage that never rounds onto or across a line it has not reached or has left.

    Rounds half up to `digits`; where that would change how the figure compares with a line (the bars of every
    regime, 0, 50 and 100 %), shows more digits, up to four: 24.96 % stays 24.96 %, and 24.99999 % is "just under
    25 %". A share that equals a line shows it plainly.
    """
    return _percent_words(share.value if isinstance(share, Share) else share, digits, tuple(lines))


# A table says the bars of its years and the same shares again and again.
@lru_cache(maxsize=20_000)
def _percent_words(value: Fraction, digits: int, known: tuple[Fraction, ...]) -> str:
    lines = tuple(line for line in known if line != value)
    for shown in range(digits, max(digits, MOST_DIGITS) + 1):
        scale = 100 * 10**shown
        rounded = Fraction((value * scale * 2 + 1) // 2, scale)
        if all(_side(rounded, line) == _side(value, line) for line in lines):
            return f"{float(rounded * 100):.{shown}f} %"
    nearest = min(lines, key=lambda line: abs(line - value))
    return f"just {'under' if value < nearest else 'over'} {float(nearest * 100):g} %"


def _side(value: Fraction, line: Fraction) -> int:
    return (value > line) - (value < line)


def _present(count: int | None, name: str, formula: SupportFormula) -> int:
    if count is None:
        raise InputError(f"{formula} needs the count {name!r}, which the source does not give")
    return count


def _checked(count: object, name: str) -> int:
    if isinstance(count, bool) or not isinstance(count, int):
        raise InputError(f"{name}: {count!r} is no whole number of votes")
    if count < 0:
        raise InputError(f"{name}: votes cannot be negative, found {count:,}")
    return count
