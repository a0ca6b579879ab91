"""Whole numbers and percentages as editors type them: "1,234,567", "1 234 567", "12 million", "27.5 %"."""

import re
from decimal import Decimal

from tracker.domain.errors import InputError
from tracker.domain.text import one_line

LONGEST = 40
_SCALES = {
    "k": 10**3, "thousand": 10**3, "thousands": 10**3, "tsd": 10**3, "tausend": 10**3,
    "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6, "millions": 10**6, "millionen": 10**6,
    "bn": 10**9, "billion": 10**9, "billions": 10**9, "mrd": 10**9,
}  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[,.' ])\d{3})(?:(?P=mark)\d{3})*", re.ASCII)
_SCALED = re.compile(r"(\d+(?:[.,]\d+)?) ?([a-z]+)\.?", re.ASCII | re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))? ?(?:%|per ?cent)?", re.ASCII | re.IGNORECASE)
_CURRENCY = re.compile(r"[$€£¥]|\b(?:usd|eur|gbp|chf)\b", re.IGNORECASE)


def read(text: str) -> int:
    """Return the whole number, zero or more, that an editor means; raises InputError that says what would do."""
    line = one_line(text).replace("\u2019", "'")
    if len(line) > LONGEST:
        raise InputError(f"a number has at most {LONGEST} characters, this has {len(line)}")
    if _CURRENCY.search(line):
        raise InputError(f"{line!r}: leave the currency out, it has a field of its own")
    if line.isascii() and line.isdigit():
        return int(line)
    grouped = _GROUPED.fullmatch(line)
    if grouped is not None:
        if grouped["mark"] == "." and line.count(".") == 1:
            whole, part = line.split(".")
            raise InputError(
                f"{line!r} may be {whole},{part} or {whole} and a fraction: write it without the full stop"
            )
        return int(re.sub(r"\D", "", line))
    scaled = _SCALED.fullmatch(line)
    scale = _SCALES.get(scaled[2].lower()) if scaled else None
    if scaled is not None and scale is not None:
        number = Decimal(scaled[1].replace(",", ".")) * scale
        if number == number.to_integral_value():
            return int(number)
    raise InputError(
        f"{line!r} is not understood as a whole number; write for example 1234567, 1,234,567 or 12 million"
    )


def understood(number: int) -> str:
    """Return a number with its thousands apart, which `read` reads back."""
    return f"{number:,}"


def read_percentage(text: str) -> tuple[int, int]:
    """Return a percentage as hundredths of a percent and the decimals it was given with: "27.5 %" is (2750, 1).

    Raises InputError for more than 100 or more than two decimals: nothing is rounded here.
    """
    line = one_line(text)
    found = _PERCENT.fullmatch(line)
    if found is None:
        raise InputError(f"{line[:LONGEST]!r} is not understood as a percentage; write for example 27.5 or 27.52 %")
    decimals = found[2] or ""
    hundredths = int(found[1]) * 100 + int(decimals.ljust(2, "0"))
    if hundredths > 100 * 100:
        raise InputError(f"{line} is more than 100 percent")
    return hundredths, len(decimals)


def understood_percentage(hundredths: int, decimals: int) -> str:
    """Return a percentage with the decimals it was given with, which `read_percentage` reads back."""
    return f"{Decimal(hundredths) / 100:.{decimals}f} %"
