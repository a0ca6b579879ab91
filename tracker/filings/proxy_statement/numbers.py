"""Numbers of ballot items as filings print them: 6, 4a, Six, Eleven, Twenty-One, VI."""

import re

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
WORDS = {word: number for number, word in enumerate([*_UNITS, *_TEENS, "twenty"], 1)}
WORDS |= {f"twenty-{unit}": 20 + number for number, unit in enumerate(_UNITS, 1)}
_ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        [
            "i",
            "ii",
            "iii",
            "iv",
            "v",
            "vi",
            "vii",
            "viii",
            "ix",
            "x",
            "xi",
            "xii",
            "xiii",
            "xiv",
            "xv",
            "xvi",
            "xvii",
            "xviii",
            "xix",
            "xx",
        ],
        1,
    )
}
_ALL_WORDS = "|".join(sorted([*WORDS, *_ROMAN], key=len, reverse=True)).replace("-", "[- ]")
NUMBER = rf"(?:\d{{1,2}}(?:\s?\([a-z]\)|[a-z])?|(?:{_ALL_WORDS})|(?-i:[A-H])(?=\s{{0,3}}[:.|–—-]))"


def in_digits(number: str) -> str:
    """Return a ballot item's number in digits: "Six" is "6", "VI" is "6", "4(A)" is "4a"."""
    plain = re.sub(r"[^a-z0-9-]", "", number.lower().replace(" ", "-") if number[:1].isalpha() else number.lower())
    value = WORDS.get(plain) or _ROMAN.get(plain)
    if value:
        return str(value)
    return number if len(number) == 1 else plain.lstrip("0")
