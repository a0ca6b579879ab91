"""People: whose a surname is that stands alone, and who is named that no list holds.

A person is told by a title before two names ("Councilmember Ada Quorndon"), or by a given name of which there are
well-known bearers before a surname ("Ada Quorndon, a lawyer"). Only in prose: in a headline every word has a capital.
"""

from collections.abc import Collection

from tracker.domain.words import Tokens
from tracker.linking.local_offices import in_headline, is_no_name
from tracker.linking.words import LEGAL_SUFFIXES

# What may stand with a capital before a surname and is no given name: titles, offices, parties.
TITLES = frozenset(
    {
        *("sen", "senator", "senators", "sens", "rep", "representative", "reps", "congressman"),
        *("congresswoman", "mr", "mrs", "ms", "dr", "prof", "professor", "sir", "lord", "lady", "baroness"),
        *("dame", "sister", "father", "president", "mayor", "governor", "gov", "minister", "secretary"),
        *("commissioner", "chief", "sheriff", "judge", "justice", "general", "attorney", "chair", "chairman"),
        *("chairwoman", "director", "ceo", "cto", "cfo", "coo", "founder", "officer", "executive", "counsel"),
        *("democrat", "democrats", "republican", "republicans", "d", "r", "speaker", "leader", "comptroller"),
        *("superintendent", "captain", "ag", "mp", "msp", "mep", "cllr", "councillor", "councilmember"),
        *("councilman", "councilwoman", "alderman", "alderwoman", "supervisor", "lawyer", "lieutenant"),
        *("sergeant", "detective", "reporter", "researcher", "activist", "spokesman"),
        *("spokeswoman", "spokesperson"),
    }
)  # fmt: skip
# Titles before which two names are a person's; the others also stand before names of parties and offices.
BEFORE_PEOPLE = TITLES - {
    *("general", "justice", "executive", "officer", "d", "r", "democrat", "democrats", "republican", "republicans"),
    *("ag", "father", "lord", "reps", "sens", "senators"),
}
_PARTICLES = frozenset({"de", "la", "del", "der", "den", "van", "von", "al", "bin", "el", "o", "st"})
# Words that make what begins like a person the name of a place, a party or a law.
_NO_NAME_OF_PEOPLE = LEGAL_SUFFIXES | {
    *("data", "protection", "regulation", "privacy", "security", "intelligence", "rights", "affairs", "services"),
    *("police", "department", "county", "city", "council", "court", "university", "college", "school"),
    *("street", "park", "avenue", "road", "beach", "foundation", "institute", "center", "centre"),
    *("capital", "investments", "group", "partners", "fund", "trust", "act", "law", "bill", "times"),
    *("post", "news", "tribune", "journal", "award", "hall", "house", "hospital", "church", "airport"),
    *("stadium", "square", "valley", "hills", "island", "river", "lake", "sheriff", "state"),
    *("administration", "campaign", "day", "memorial", "asset", "management", "associates"),
    *("technologies", "systems", "labs", "software", "security", "solutions", "media", "project"),
    *("prize",),
}  # fmt: skip
_NO_PART = _NO_NAME_OF_PEOPLE | TITLES - {"d", "r"}  # but initials: "John D. Quorndon"
# Given names that begin sentences as other words: "Will Meta ...", "May elections".
NO_GIVEN_NAMES = frozenset(
    {
        *("will", "may", "bill", "grant", "sue", "mark", "summer", "april", "june", "august", "joy", "hope"),
        *("faith", "art", "guy", "rich", "drew", "chase", "pierce", "major", "page", "dawn", "ray", "jan"),
        *("van", "christian", "jean", "grace"),
    }
)  # fmt: skip
_SENTENCE_ENDS = ".!?:;\n\"“”'‘(—–-/|•"
_MOST_WORDS = 4  # of a person's name


def follows_given_name(position: int, tokens: Tokens, text: str, given_names: Collection[str]) -> bool:
    """Whether the word before word `position` is a given name of somebody.

    A known given name always is; another word with a capital is where only names have one, inside a sentence.
    """
    before, start = tokens.words[position - 1], tokens.starts[position - 1]
    if text[start + len(before) : tokens.starts[position]] != " " or not text[start].isupper():
        return False
    if before in given_names:
        return True
    if before in TITLES or len(before) < 2 or text[start + 1].isupper():
        return False
    earlier = text[:start].rstrip(" ")[-1:]
    inside = bool(earlier) and earlier not in _SENTENCE_ENDS
    # Where the word before has a capital too, this is a headline, or a longer name that was not known.
    return inside and position > 1 and text[tokens.starts[position - 2]].islower()


def person_at(position: int, end: int, tokens: Tokens, text: str, given_names: Collection[str]) -> range:
    """Return the numbers of the words of the person's name that word `position`, a title or given name, leads to.

    Words from number `end` on belong to a known name. Empty when nobody is named there, or nobody for certain.
    """
    words, starts = tokens
    titled = words[position] in BEFORE_PEOPLE
    first = position + 1 if titled else position
    nobody = range(0)
    if first >= end or (titled and not _goes_on(first, tokens, text)) or not text[starts[first]].isupper():
        return nobody
    last = first
    while last + 1 < min(end, first + _MOST_WORDS) and _goes_on(last + 1, tokens, text):
        last += 1
    while last > first and (words[last] in _PARTICLES or is_no_name(words[last])):
        last -= 1
    if last == first or len(words[last]) == 1 or not _NO_PART.isdisjoint(words[first : last + 1]):
        return nobody
    if not titled and (words[first] not in given_names or text[starts[first] + 1].isupper()):
        return nobody
    return nobody if in_headline(first, tokens, text) else range(first, last + 1)


def _goes_on(number: int, tokens: Tokens, text: str) -> bool:
    """Whether a word stands beside the one before as in a person's name: a space, a hyphen, the point of an initial."""
    before = tokens.words[number - 1]
    between = text[tokens.starts[number - 1] + len(before) : tokens.starts[number]]
    if between not in {" ", "-", "’", "'"} and not (between == ". " and (len(before) == 1 or before in TITLES)):
        return False
    return text[tokens.starts[number]].isupper() or tokens.words[number] in _PARTICLES
