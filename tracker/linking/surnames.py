"""Whose a surname is that stands alone: a given name before it that is not its owner's makes it somebody else's."""

from collections.abc import Collection

from tracker.linking.words import Tokens

# What may stand with a capital before a surname and is no given name: titles, offices, parties.
TITLES = frozenset(
    {
        *("sen", "senator", "senators", "sens", "rep", "representative", "reps", "congressman", "congresswoman"),
        *("mr", "mrs", "ms", "dr", "prof", "professor", "sir", "lord", "lady", "baroness", "dame", "sister", "father"),
        *(
            "president",
            "mayor",
            "governor",
            "gov",
            "minister",
            "secretary",
            "commissioner",
            "chief",
            "sheriff",
            "judge",
        ),
        *("justice", "general", "attorney", "chair", "chairman", "chairwoman", "director", "ceo", "officer", "founder"),
        *("democrat", "democrats", "republican", "republicans", "d", "r", "speaker", "leader", "comptroller"),
        *("executive", "counsel", "superintendent", "captain", "ag", "mp", "msp", "mep", "cllr", "councillor"),
    }
)
_SENTENCE_ENDS = ".!?:;\n\"“”'‘(—–-/|•"


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
