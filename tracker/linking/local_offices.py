"""Offices and groups that no list holds, told by what they are: "Dunmore Police Department", "Quorn Rights Coalition".

Whose they are is said by the capitalised words before the phrase. In a headline every word has a capital, so there only
the last one counts as a place, with what usually goes before or after it ("Fort Dunmore", "Dunmore Heights"), and
groups are not told at all.
"""

from tracker.domain.words import Tokens
from tracker.linking.known_names import Office

_MOST_WORDS = 3  # of a place's name: "North Dunmore Heights"
_MOST_OF_NAME = 6  # words of a party's name before the phrase that says what it is
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
# What may have a capital and begins no name: the first word of a sentence, a day.
_NO_NAME = frozenset(
    {
        *("the", "a", "an", "this", "that", "their", "our", "its", "his", "her", "your", "my", "any", "each"),
        *("every", "and", "or", "but", "in", "on", "at", "by", "for", "from", "to", "with", "as", "of"),
        *("after", "before", "when", "while", "since", "if", "how", "why", "what", "which", "who", "where"),
        *("all", "some", "other", "no", "both", "then", "says", "said", "also", "meanwhile", "however", "although"),
        *("because", "under", "over", "about", "against", "between", "many", "most", "several", "two", "three"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"),
        *("former", "even", "only", "not", "is", "are", "was", "were", "it", "he", "she", "they", "we", "i", "you"),
    }
)  # fmt: skip
# What says which sort of office it is, and not of which place.
_NO_PLACE = _NO_NAME | {
    *("local", "state", "federal", "national", "campus", "transit", "tribal", "police", "sheriff", "city", "town"),
    *("county", "village", "us"),
}
# Words that make what such a phrase ends no party: "the Metropolitan Detention Center", "a Credit Union".
_NO_PARTY = frozenset(
    {"detention", "credit", "convention", "shopping", "data", "soviet", "european", "student", "audit"}
)


def words_before(position: int, free: int, tokens: Tokens, text: str, office: Office) -> range:
    """Return the numbers of the words before word `position` that say whose or which office the phrase there is.

    Words before number `free` belong to a name already and are not looked at. Empty when nothing says it for certain.
    """
    end = position
    if end - 1 > free and tokens.words[end - 1] == "s" and text[tokens.starts[end - 1] - 1] in "'’":
        end -= 1  # "Oakland's City Council"
    first = _name_before(end, free, tokens, text) if office.by_name else _place_before(end, free, tokens, text)
    return range(first, end)


def _place_before(end: int, free: int, tokens: Tokens, text: str) -> int:
    first = end
    while first > max(free, end - _MOST_WORDS) and _may_belong(first - 1, tokens, text):
        first -= 1
    if first < end - 1 and in_headline(end, tokens, text):
        first = _last_name(first, end, tokens)
    words = tokens.words
    while first < end and words[first] in _NO_PLACE:
        first += 1
    return end if first == end or words[first] in _LAST else first


def _name_before(end: int, free: int, tokens: Tokens, text: str) -> int:
    """Return where the capitalised words before word `end` begin; `end` itself where they may be more than a name."""
    if in_headline(end, tokens, text):
        return end
    words, starts = tokens
    first = end
    while first > max(free, end - _MOST_OF_NAME) and _belongs_to_name(first - 1, tokens, text):
        first -= 1
    cut = first > max(0, free) and words[first - 1] in {"and", "of", "for"} and first > 1
    if cut and text[starts[first - 2]].isupper():  # "Refugee and Advocacy Coalition": where does it begin?
        return end
    return end if not _NO_PARTY.isdisjoint(words[first:end]) else first


def _belongs_to_name(number: int, tokens: Tokens, text: str) -> bool:
    word, start = tokens.words[number], tokens.starts[number]
    between = text[start + len(word) : tokens.starts[number + 1]]
    return between in {" ", "-", " & "} and text[start].isupper() and word not in _NO_NAME


def _may_belong(number: int, tokens: Tokens, text: str) -> bool:
    """Whether a word is written like a part of a place's name and followed by the next one with nothing between."""
    word, start = tokens.words[number], tokens.starts[number]
    between = text[start + len(word) : tokens.starts[number + 1]]
    possessive = between in {"'", "’"} and tokens.words[number + 1] == "s"
    if between not in {" ", "-"} and not possessive and not (between == ". " and word in _FIRST):
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
