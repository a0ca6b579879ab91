"""In which language a text is: as its source says, if that can be true; else as its letters say, where that is clear.

py3langid's model and numpy take some 80 MB, more for a moment while it is read. So it is loaded for the first text that
needs it and not before; after that a text takes less than a millisecond.
"""

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import islice
from typing import Any

FEWEST_LETTERS = 60
LEAST_PROBABILITY = 0.7
_READ, _LETTERS_READ = 3000, 300
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.ASCII)
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "xx", "xxx", "qaa"})
# The script of languages that are not written in Latin letters, as Unicode's names of letters begin.
_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "kk", "ky", "mn", "tg"), frozenset({"CYRILLIC"})),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug"), frozenset({"ARABIC"})),
    **dict.fromkeys(("he", "iw", "yi"), frozenset({"HEBREW"})),
    **dict.fromkeys(("hi", "mr", "ne"), frozenset({"DEVANAGARI"})),
    "el": frozenset({"GREEK"}),
    "zh": frozenset({"CJK"}),
    "ja": frozenset({"CJK", "HIRAGANA", "KATAKANA"}),
    "ko": frozenset({"HANGUL", "CJK"}),
    "th": frozenset({"THAI"}),
    "ka": frozenset({"GEORGIAN"}),
    "hy": frozenset({"ARMENIAN"}),
    "am": frozenset({"ETHIOPIC"}),
    "bn": frozenset({"BENGALI"}),
    "ta": frozenset({"TAMIL"}),
}
_EITHER = frozenset({"sr", "bs", "az", "uz", "ku", "pa", "ms", "ha"})  # written in more than one script


def language_of(text: str, stated: str) -> str:
    """Return the code of a text's language in lower case ("en", "pt-br"), or "" when it cannot be told.

    What the source states counts unless it is no code, or the text stands in letters that the language is not written
    in. Texts of fewer than 60 letters are not guessed at.
    """
    code = stated.strip().lower().replace("_", "-")
    if _CODE.fullmatch(code) and code.partition("-")[0] not in _NO_LANGUAGE and _is_written(code, text):
        return code
    beginning = text[:_READ]
    if sum(mark.isalpha() for mark in beginning) < FEWEST_LETTERS:
        return ""
    found, probability = _identifier().classify(beginning)
    return str(found) if probability >= LEAST_PROBABILITY and found not in _NO_LANGUAGE else ""


def _is_written(code: str, text: str) -> bool:
    """Whether a text may be in a language as far as its letters go."""
    language = code.partition("-")[0]
    expected = _SCRIPTS.get(language, frozenset({"LATIN"}))
    if language in _EITHER or "latn" in code or "cyrl" in code:
        return True
    if text[:_READ].isascii() and "LATIN" in expected:
        return True
    letters = Counter(islice(filter(str.isalpha, text[:_READ]), _LETTERS_READ))
    if letters.total() < FEWEST_LETTERS:
        return True
    fitting = [count for mark, count in letters.items() if unicodedata.name(mark, "").partition(" ")[0] in expected]
    return sum(fitting) * 4 >= letters.total()


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - see above

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
