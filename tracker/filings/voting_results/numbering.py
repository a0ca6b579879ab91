"""Numbers of matters as printed: "Proposal No. 4", "Item Four", "(ii)", "3.", "First Proposal"."""

import re

from tracker.filings.voting_results.kinds import person_in

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_WORDS = {word: number for number, word in enumerate(_UNITS, 1)} | {
    f"twenty-{word}": 20 + number for number, word in enumerate(_UNITS[:9], 1)
}
_SPELLED = "|".join(sorted(_WORDS, key=len, reverse=True))
ROMAN = r"x{0,2}(?:ix|iv|v?i{1,3}|v|x)"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS |= {word: number for number, word in enumerate(ORDINALS, 1)}
_NUMBERED = re.compile(
    rf"""\s{{0,20}}(?:[•·▪■●◦§\-–—*]\s{{1,4}})?
    (?:(?:the\ )?(?:(?:final|corrected|revised|complete)\ )?(?:votes?|voting|results?)\ (?:cast\ |results?\ )?
    (?=with\ |as\ |regarding\ |on\ |for\ |of\ ))?
    (?:with\ respect\ to\ |as\ to\ |regarding\ |re:\s?|on\ |for\ |of\ )?(?:the\ )?(?:
    (?:(?:management|company|shareholder|stockholder|shareowner|board|advisory|agenda|ballot|voting|annual\ meeting)
    \s{{1,3}})?
    (?P<word>proposals?|items?|matters?|resolutions?|agenda\ items?|question|motion)(?![a-z])
    \s{{0,3}}(?:\#|no\.?|number|num\.?)?\s{{0,3}}[(\[]?
    (?P<named>[0-9]{{1,2}}(?![0-9]|\.[0-9]{{2}}|,[0-9])(?:\.[0-9]|[a-z]\b|\([a-z0-9]{{1,2}}\))?
    |(?-i:[A-Z])\b(?!\.[A-Z])|{ROMAN}\b|(?:{_SPELLED})\b)
    [)\]]?
    |(?P<ordinal>{"|".join(ORDINALS)})\s(?:proposals?|items?|matters?|resolutions?)\b(?=\s?[.:–—-]|\s?$)
    |(?P<lettered>[0-9]{{1,2}}\.\s?\([a-z]\)(?=:))
    |(?P<bare>\(?(?:[0-9]{{1,2}}(?:\.[0-9]{{1,2}}|[a-z]|\([a-z0-9]{{1,2}}\))?|{ROMAN}|[a-h])[.)](?![0-9])
    |\([0-9]{{1,2}}\)|\#[0-9]{{1,2}}|[0-9]{{1,2}}(?=\t)|[0-9]{{1,2}}\.[0-9]{{1,2}}(?=\s[A-Z–—]))(?=\s|$|[A-Z“"])
    )[\s.:;,)\]\-–—−‐‑|/]{{0,8}}""",
    re.VERBOSE | re.IGNORECASE,
)
_ALONE = re.compile(
    rf"\s*[(#]?(?P<number>[0-9]{{1,2}}(?:[a-z]|\s?\([a-z]\))?|{ROMAN}|[a-h])[.):\]]{{0,2}}\s*", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"\W*(?:(?:proposals?|items?) (?:nos?\. ?)?)?\(?[0-9]{1,2}[a-z]?[).]{0,2}\s?(?:through|to|[-–—])"
    r"\s?(?:proposal |item )?\(?[0-9]{1,2}[a-z]?\b",
    re.IGNORECASE,
)
_REFERRED = re.compile(
    rf"\b(?:proposal|item)\s(?:no\.?\s?|number\s)?(?P<number>[0-9]{{1,2}}(?![0-9.,])|(?:{_SPELLED})\b)", re.IGNORECASE
)

_ONE = rf"(?:[0-9]{{1,2}}(?![0-9,.%]*[0-9])|(?:{_SPELLED})\b)"
_NAMED = re.compile(
    r"\s(?:on|for|with respect to|in respect of|as to|regarding|relating to|in connection with)\s(?:each of\s|both\s)?"
    r"(?:the\s)?(?:proposals?|items?|matters?)\s(?:nos?\.?\s|numbers?\s)?"
    rf"(?P<list>{_ONE}(?:(?:,\s(?:and\s)?|\sand\s|\sthrough\s|\sto\s)(?:(?:proposal|item)\s(?:no\.\s)?)?{_ONE})*)",
    re.IGNORECASE,
)


def numbered(text: str) -> tuple[str, int] | None:
    """Return the number that a heading begins with, and where its title begins; None when it begins with none."""
    found = _NUMBERED.match(text)
    if not found or (
        found["bare"] and found["bare"][0].isupper() and person_in(text.split("\t", maxsplit=1)[0])
    ):  # "S. P. Cole" is a name
        return None
    return number_of(found["named"] or found["ordinal"] or found["lettered"] or found["bare"]), found.end()


def number_alone(text: str) -> str | None:
    """Return the number that a cell is, and nothing else: "3.", "(ii)", "Proposal No. 4:", "Proposal Four"."""
    if found := _NUMBERED.fullmatch(text):
        return number_of(found["named"] or found["ordinal"] or found["lettered"] or found["bare"])
    found = _ALONE.fullmatch(text)
    return number_of(found["number"]) if found else None


def numbers_several(text: str) -> bool:
    """Return whether a heading numbers several matters at once: "(1) through (9) Election of directors"."""
    return _SEVERAL.match(text) is not None


def referred_to(text: str) -> str | None:
    """Return the number of the one proposal that a text speaks of: "our stockholders approved Proposal Two"."""
    numbers = {number_of(found["number"]) for found in _REFERRED.finditer(text)}
    return numbers.pop() if len(numbers) == 1 else None


def named_in(text: str, at: int) -> list[str]:
    """Return the numbers of the matters of which a count is told, "on each of Proposals 1, 2 and 4", from `at` on."""
    found = _NAMED.match(text, at)
    if not found:
        return []
    numbers = [number_of(one) for one in re.findall(rf"[0-9]{{1,2}}|\b(?:{_SPELLED})\b", found["list"], re.IGNORECASE)]
    first, last = (place_of(numbers[0]), place_of(numbers[-1]))
    if re.search(r"through|to", found["list"]) and len(numbers) == 2 and first and last:
        return [str(number) for number in range(first, last + 1)]
    return numbers


def number_of(text: str) -> str:
    """Return a printed number bare: "Four" is "4", "(II)." is "ii"."""
    plain = re.sub(r"\.\s?\(", "(", text).strip(" ().:#[]").lower()
    plain += ")" * (plain.count("(") - plain.count(")"))
    return str(_WORDS[plain]) if plain in _WORDS else plain


def place_of(number: str) -> int | None:
    """Return what a number counts to: 4 for "4", "4a", "iv" and "d"."""
    if digits := re.match(r"[0-9]+", number):
        return int(digits[0])
    if re.fullmatch(ROMAN, number):
        values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in number]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < after else value for value, after in pairs)
    return ord(number) - ord("a") + 1 if len(number) == 1 and number.isalpha() else None
