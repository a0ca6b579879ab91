"""Identifiers of securities: CUSIP, ISIN, FIGI. One with a wrong check digit names nothing and is not taken.

Sources: ANSI X9.6 (CUSIP), ISO 6166 (ISIN), OMG Financial Instrument Global Identifier.
"""

import re

_CUSIP = re.compile(r"[0-9A-Z*@#]{8}[0-9]")
_ISIN = re.compile(r"[A-Z]{2}[0-9A-Z]{9}[0-9]")
_FIGI = re.compile(r"[B-DF-HJ-NP-TV-Z]{2}G[0-9B-DF-HJ-NP-TV-Z]{8}[0-9]")
_NONE = re.compile(r"(?:N/?A|NONE|NULL|0*|-+)", re.IGNORECASE)
_VALUES = {mark: value for value, mark in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*@#")}


def checked_cusip(text: str, warnings: list[str]) -> str | None:
    """Return the nine characters of a CUSIP; None for a placeholder, and with a warning for what is none."""
    return _checked(text, "CUSIP", _CUSIP, cusip_is_sound, warnings)


def checked_isin(text: str, warnings: list[str]) -> str | None:
    """Return the twelve characters of an ISIN; None for a placeholder, and with a warning for what is none."""
    return _checked(text, "ISIN", _ISIN, isin_is_sound, warnings)


def checked_figi(text: str, warnings: list[str]) -> str | None:
    """Return the twelve characters of a FIGI; None for a placeholder, and with a warning for what is none."""
    return _checked(text, "FIGI", _FIGI, figi_is_sound, warnings)


def cusip_is_sound(cusip: str) -> bool:
    """Return whether the last digit is the check digit of the eight before it."""
    return _doubled(cusip[:8]) == int(cusip[8])


def figi_is_sound(figi: str) -> bool:
    """Return whether the last digit is the check digit of the eleven before it."""
    return _doubled(figi[:11]) == int(figi[11])


def isin_is_sound(isin: str) -> bool:
    """Return whether the last digit is the check digit of the eleven before it (letters count as two digits)."""
    digits = "".join(str(_VALUES[mark]) for mark in isin[:11])
    total = sum(_digits(int(digit) * (2 - place % 2)) for place, digit in enumerate(reversed(digits)))
    return -total % 10 == int(isin[11])


def isin_of_cusip(cusip: str) -> str:
    """Return the ISIN of an American security."""
    body = f"US{cusip}"
    return next(found for digit in "0123456789" if isin_is_sound(found := body + digit))


def _doubled(marks: str) -> int:
    return -sum(_digits(_VALUES[mark] * (1 + place % 2)) for place, mark in enumerate(marks)) % 10


def _digits(number: int) -> int:
    return number // 10 + number % 10


def _checked(text: str, name: str, shape: re.Pattern[str], sound: object, warnings: list[str]) -> str | None:
    plain = text.upper().replace(" ", "")
    if _NONE.fullmatch(plain):
        return None
    if not shape.fullmatch(plain) or not (callable(sound) and sound(plain)):
        warnings.append(f"{text[:40]!r} is no {name}: a character or the check digit is wrong")
        return None
    return plain
