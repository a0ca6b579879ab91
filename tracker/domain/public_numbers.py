"""Public numbers of organisations, as people type them: tidied, and refused where they cannot be right.

Sources: CIK, SEC EDGAR filer manual (up to ten digits, no check digit); LEI, ISO 17442 with the check digits of
ISO/IEC 7064 MOD 97-10; UEI, GSA's specification (twelve letters and digits, never O or I, no zero at first; how its
last character is worked out is not published, so only its form is looked at); ticker, by form alone.
"""

import re

from tracker.domain.errors import InputError

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_UEI = re.compile(r"[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}")
_TICKER = re.compile(r"[A-Z0-9]{1,8}(?:[.-][A-Z0-9]{1,4})?")
_CIK = re.compile(r"[0-9]{1,10}")


def read(scheme: str, typed: str) -> str:
    """Return a number as it is kept; raises InputError that says what is wrong with it."""
    text = re.sub(r"\s", "", typed).upper()
    if scheme == "cik":
        text = text.removeprefix("CIK")
        if not _CIK.fullmatch(text) or not int(text):
            raise InputError(f"{typed!r} is no CIK: it has up to ten digits, such as 1018724")
        return f"{int(text):010d}"
    if scheme == "lei":
        return _lei(text, typed)
    if scheme == "uei" and not _UEI.fullmatch(text):
        raise InputError(f"{typed!r} is no UEI: it has twelve letters and digits, never O or I, and no zero at first")
    if scheme == "ticker" and not _TICKER.fullmatch(text):
        raise InputError(f"{typed!r} is no ticker: it has up to eight letters and digits, such as AMZN or BRK.B")
    return text


def _lei(text: str, typed: str) -> str:
    if not _LEI.fullmatch(text):
        raise InputError(f"{typed!r} is no LEI: it has eighteen letters and digits and two digits that check them")
    if int("".join(str(int(mark, 36)) for mark in text)) % 97 != 1:
        raise InputError(f"{typed!r} is no LEI: its last two digits do not fit the rest; a character is wrong")
    return text
