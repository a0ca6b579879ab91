"""Offices of places that no list holds: "the Dunmore Police Department" is named by its place and what it is.

The place is the capitalised words before the phrase. In a headline every word has a capital, so there only the last
one counts, with what usually goes before or after it in names of places ("Fort Dunmore", "Dunmore Heights").
"""

from tracker.linking.known_names import Office
from tracker.linking.words import Tokens

_MOST_WORDS = 3  # of a place's name: "North Dunmore Heights"
_LEAST_OF_HEADLINE = 0.7  # of a line's words that have a capital; those of a sentence are far fewer
_MOST_OF_HEADLINE = 300  # characters; what goes on longer is no headline
_LEAST_WORDS = 5  # of a line that can be told to be a headline
_FIRST = frozenset(
    {
        *("new", "north", "south", "east", "west", "upper", "lower", "san", "santa", "los", "las", "la", "el", "st"),
        *("saint", "fort", "mount", "mt", "lake", "port", "palm", "grand", "cape", "glen", "big", "little", "old"),
        *("ft", "greater", "northern", "southern", "eastern", "western", "central"),
    }
)  # fmt: skip
_LAST = frozenset(
    {
        *("city", "park", "heights", "hills", "springs", "falls", "beach", "grove", "valley", "lake", "lakes", "ridge"),
        *("township", "village", "island", "rapids", "creek", "rock", "point", "harbor", "bay", "bluff", "bluffs"),
        *("terrace", "forest", "view", "station", "junction", "center", "county", "parish", "borough", "regional"),
        *("university", "unified", "independent", "mills", "brook", "haven", "river", "wells", "woods", "gardens"),
    }
)  # fmt: skip
# What may have a capital before such a phrase and is no part of a place: the beginning of a sentence, another's word.
_NO_PLACE = frozenset(
    {
        *("the", "a", "an", "this", "that", "their", "our", "its", "his", "her", "your", "my", "any", "each"),
        *("every", "and", "or", "but", "in", "on", "at", "by", "for", "from", "to", "with", "as", "of"),
        *("after", "before", "when", "while", "since", "if", "how", "why", "what", "which", "who", "where"),
        *("all", "some", "other", "no", "both", "local", "state", "federal", "national", "campus", "transit"),
        *("tribal", "former", "then", "says", "said", "also", "meanwhile", "however", "although", "because"),
        *("under", "over", "about", "against", "between", "police", "sheriff", "city", "town", "county"),
        *("village", "many", "most", "several", "two", "three", "us", "monday", "tuesday", "wednesday"),
        *("thursday", "friday", "saturday", "sunday", "today", "yesterday"),
    }
)  # fmt: skip


def place_before(position: int, free: int, tokens: Tokens, text: str) -> int | None:
    """Return the number of the word with which the place before word `position` begins, or None when there is none.

    Words before number `free` belong to a name already and are not looked at.
    """
    first = position
    while first > max(free, position - _MOST_WORDS) and _may_belong(first - 1, tokens, text):
        first -= 1
    if first < position - 1 and in_headline(position, tokens, text):
        first = _last_name(first, position, tokens)
    words = tokens.words
    while first < position and words[first] in _NO_PLACE:
        first += 1
    return None if first == position or words[first] in _LAST else first


def _may_belong(number: int, tokens: Tokens, text: str) -> bool:
    """Whether a word is written like a part of a place's name and followed by the next one with nothing between."""
    word, start = tokens.words[number], tokens.starts[number]
    between = text[start + len(word) : tokens.starts[number + 1]]
    if between not in {" ", "-"} and not (between == ". " and word in _FIRST):
        return False
    return word not in _NO_PLACE and text[start].isupper() and (word in _FIRST or not text[start : start + 2].isupper())


def _last_name(first: int, position: int, tokens: Tokens) -> int:
    """Return where the last name among the words before `position` begins."""
    begin = position - 1
    if tokens.words[begin] in _LAST and begin > first:
        begin -= 1
    if begin > first and tokens.words[begin - 1] in _FIRST:
        begin -= 1
    return begin


def in_headline(position: int, tokens: Tokens, text: str) -> bool:
    """Whether word `position` stands in a line in which nearly every word has a capital."""
    here = tokens.starts[position]
    start, end = text.rfind("\n", 0, here) + 1, text.find("\n", here)
    end = end if end >= 0 else len(text)
    if end - start > _MOST_OF_HEADLINE:
        return False
    line = text[start:end].split()
    written = [word for word in line if word[:1].isalpha() and len(word) > 3]  # short words stay small in any headline
    if len(line) < _LEAST_WORDS or line[-1].endswith((".", ".”", '."')):  # a line that ends with a full stop is prose
        return False
    return sum(word[0].isupper() for word in written) >= _LEAST_OF_HEADLINE * len(written)


def is_no_name(word: str) -> bool:
    """Whether a folded word that may have a capital, at the beginning of a sentence say, is no part of a name."""
    return word in _NO_PLACE


def called(place: str, office: Office) -> str:
    """Return the name of a place's office."""
    return f"{place} {office.name}"
