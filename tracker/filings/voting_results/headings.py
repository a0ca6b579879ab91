"""Titles of matters: from headings, from the opening list, from the labels of a table's rows."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.domain.text import first_sentence
from tracker.filings.voting_results.kinds import is_election, names_matter
from tracker.filings.voting_results.numbering import ORDINALS, number_alone, numbered, place_of, referred_to

_TRAIL = re.compile(r"[\s;,.:]+(?:and|or)?[\s;,:]*$")
_LEAD = re.compile(
    r"\s*(?:(?:with respect to|as to|regarding|concerning|in connection with)\s+(?:the\s+)?|the vote (?:on|for"
    r"|regarding) |a vote (?:on|regarding) |for the |(?:to )?vote (?:up)?on (?:a |the )?|(?:upon|on) (?:a"
    r"|the) proposal |(?:a|the) (?=proposal\b))",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(
    r"(?:\s*\([“\"][^()“”\"]{1,60}[”\"]\)|,?\s+if (?:it is )?properly (?:presented|brought"
    r"|introduced)[^.;]{0,60})[\s.;:,]*$",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"\b(?:annual|special|general|extraordinary|virtual)\b[^.]{0,60}\bmeeting\b.{0,400}\b(?:held|convened|conducted"
    r"|proxy|quorum|voted"
    r"|record|present|proposals|matters)\b|\bheld\b.{0,120}\bmeeting\b|\bquorum\b|\boutstanding\b|\brecord date\b"
    r"|\bproxy statement\b"
    r"|\bmatters? voted (?:up)?on\b|\bsubmission of matters\b|\bwere (?:present|represented)\b"
    r"|\binspectors? of elections?\b",
    re.IGNORECASE | re.DOTALL,
)
# What a matter needed to pass, which opens no item: "by two-thirds of the outstanding shares".
_REQUIRED = re.compile(
    r"\b(?:majority|two-thirds|three-fourths|three-quarters|percent|[0-9/. ]{1,8}%) of (?:the |our |all )*"
    r"(?:issued and |then )?outstanding\b",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(
    rf"\W*the (?:{'|'.join(ORDINALS)}|next|last|final|only|other) (?:matter|item|proposal|resolution)\b"
    r"[^.]{0,80}\b(?:was|is)\b",
    re.IGNORECASE,
)
# One outcome told with its vote: the shareholders approved the pay disclosed in the proxy statement by the vote below.
_TELLS_ONE = re.compile(
    r"\W*(?:the |our |all )?(?:company['’]s |common )?(?:share|stock|unit)holders (?:also |duly |then )*(?:approved"
    r"|ratified"
    r"|adopted|rejected|defeated|(?:did not|failed to) (?:approve|adopt|ratify))(?P<what>(?:(?!\b(?:following|quorum"
    r"|outstanding|elected|ratified|approved|adopted|record date)\b).)*)",
    re.IGNORECASE | re.DOTALL,
)
_PARTS_OF_ITEM = frozenset("abcd")
_CALLED = re.compile(r"\([“\"]?(?:the )?(?:proposal|item) (?:no\.? |number )?\w{1,6}[”\"]?\)[\s.:;]*$", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"\b(?:set forth|described|listed|stated|shown) below\b|\bas follows\b|\bfollowing (?:matters|proposals|results"
    r"|actions|items|votes)\b"
    r"|\b(?:voting )?results\b|\bnumber of (?:votes|shares)\b|\btabulat",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:proposals?|resolutions?|vot(?:es?|ed|ing)|report(?:s|ed|ing)?|meetings?|matters?)\b", re.IGNORECASE
)
_RESULTS = re.compile(
    r"\W*(?:the )?(?:final |preliminary |voting |vote |tabulation |the )*(?:results?|votes?|voting|tabulation"
    r"|count)\b[^.]{0,120}"
    r"(?:as follows|below|were)\W*|\W*(?:votes?|shares?) (?:cast|voted)\W*|[-–\s]*[0-9]{1,3}[-–\s]*"
    r"|\W*(?:page|table of contents)\W*[0-9]*\W*|\W*(?:the )?(?:final |preliminary "
    r"|voting )*results?(?: of (?:the )?vot(?:e|es|ing))?\W*",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\W*(?:the|this|these|each|all|accordingly|as a result|therefore|based on)\b.{0,120}\b(?:was|were|is|has been"
    r"|have been)\s+"
    r"(?:not\s+|duly\s+|therefore\s+|thereby\s+)*(?:approved|adopted|elected|passed|carried|defeated|rejected"
    r"|ratified)\b",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\bNo)(?<!\bInc)(?<!\bCorp)(?<!\bLtd)(?<!\bCo)\.\s{1,4}(?=[A-Z“\"])")
_LONG = 600


class Text(NamedTuple):
    """A text that stands before figures: a heading, a row's label, a paragraph."""

    text: str
    start: int
    end: int
    strong: bool = False


class Heading(NamedTuple):
    """A matter's number as printed (words as digits), its title, where the title stands, and all that was said.

    `listed` is what the opening list calls it.
    """

    number: str | None
    title: str
    start: int
    end: int
    said: str = ""
    listed: str = ""

    @property
    def elects(self) -> bool:
        """Whether it heads an election of directors."""
        return is_election(self.title or self.said)


def title_in(text: str, at: int = 0) -> str:
    """Return the title that a heading's text gives from `at` on: one sentence at most, without what leads to it."""
    rest = text[at:]
    while found := _LEAD.match(rest):
        rest = rest[found.end() :]
    rest = " ".join(rest.split()).strip(" •·▪■●◦")
    if rest.startswith("(") and rest.rstrip(".:;").endswith(")") and rest.count("(") == 1:
        rest = rest.rstrip(".:;")[1:-1]
    title = _TRAIL.sub("", _AFTERTHOUGHT.sub("", first_sentence(rest, 400))).strip(" .:;–—-|")
    return "" if number_alone(title) or _says_nothing(title) else title


def bare(title: str) -> str:
    """Return the words of a title without case and marks, for comparing."""
    return " ".join(re.findall(r"[a-z0-9]+", title.lower()))


def _says_nothing(text: str) -> bool:
    """Return whether a text is a page number or only announces figures: "The results were as follows:"."""
    if _speaks_of_one(text):
        return False
    return _RESULTS.fullmatch(text) is not None and not names_matter(_GENERAL.sub(" ", text))


def _speaks_of_one(text: str) -> bool:
    """Return whether a short text speaks of one proposal by its number: "The vote on Proposal Two was as follows:"."""
    return len(text) < _LONG // 4 and referred_to(text) is not None


def is_opener(text: str) -> bool:
    """Return whether a text introduces the results and names no single matter."""
    start = text[:_LONG]
    if _ONE_OF_SEVERAL.match(start) or _speaks_of_one(text) or _tells_one(start):
        return False
    if _OPENER.search(_REQUIRED.sub(" ", start)):
        return True
    return bool(_ANNOUNCES.search(start)) and not names_matter(_GENERAL.sub(" ", _ANNOUNCES.sub(" ", start)))


def _tells_one(text: str) -> bool:
    """Return whether a text tells the outcome of one matter that it names, however it refers to the proxy statement."""
    found = _TELLS_ONE.fullmatch(text)
    return found is not None and names_matter(_GENERAL.sub(" ", found["what"]))


def _closing(text: Text) -> Text | None:
    """Return the last sentence of a text that opens the item, when it names the matter whose counts come next."""
    at = max((end.end() for end in _SENTENCE_END.finditer(text.text)), default=0)
    last = text.text[at:]
    if at and names_matter(_GENERAL.sub(" ", last)) and not is_opener(last):
        return Text(last, text.start + at, text.end)
    return None


def heading_of(text: Text) -> Heading:
    """Return a text as the heading that it is, numbered or not."""
    number, at = numbered(text.text) or (None, 0)
    again = numbered(text.text[at:]) if number else None
    if number and again and place_of(again[0]) == place_of(number):  # "2. Proposal Two. Ratify"
        at += again[1]
    elif number and again and number in _PARTS_OF_ITEM and again[0].isdigit():  # "(b) (1) The following were elected"
        number, at = again[0], at + again[1]
    elif number is None and _CALLED.search(text.text):  # "The election of two directors (Proposal 1):"
        number = referred_to(text.text)
    title = title_in(text.text, at)
    offset = text.text.find(title[:20], at) if title else -1
    start = text.start + offset if offset >= 0 else text.start
    return Heading(number, title, start, text.end, text.text)


def chosen(texts: Sequence[Text], *, weak: bool = True) -> Heading | None:
    """Return the heading that the texts since the last figures give to the next: the best of them, completed.

    `weak`: a text without any word of a matter may be one, where there is no better.
    """
    kept = [text for text in texts if text.text.strip() and not _says_nothing(text.text)]
    marked = [(place, numbered(text.text)) for place, text in enumerate(kept)]
    places = [place for place, found in marked if found and not _opens_only(kept[place], found[0])]
    if len(places) > 1 and _is_list([marked[place][1] for place in places]):  # an opening list, or one left out
        after = [text for text in kept[places[-1] + 1 :] if not is_opener(text.text)]
        if any(names_matter(text.text) and len(text.text) < _LONG for text in after):
            kept, places = after, []
    if places:
        return _completed(kept, _top_level(kept, places))
    own = [text for text in kept if not is_opener(text.text)]
    strong = [text for text in own if text.strong and names_matter(text.text)]
    short = [text for text in own if len(text.text) < _LONG // 2 and names_matter(text.text)]
    for fitting in (strong, short, [text for text in own if names_matter(text.text)]):
        if fitting:
            return heading_of(_telling(fitting))._replace(said=" ".join(text.text for text in own))
    if closing := [last for text in kept if is_opener(text.text) and (last := _closing(text))]:
        return heading_of(closing[-1])
    others = [text for text in own if weak and (text.strong or len(text.text) < _LONG // 4)]
    return heading_of(others[-1]) if others else None


def _telling(texts: Sequence[Text]) -> Text:
    """Return the last text, or the one before when the last speaks of matters in general."""
    *_, before, last = (texts[0], *texts)
    general = not names_matter(_GENERAL.sub(" ", last.text))
    tells = names_matter(_GENERAL.sub(" ", before.text)) and not is_outcome(before.text)
    return before if general and tells else last


def is_outcome(text: str) -> bool:
    """Return whether a sentence tells how a vote ended: "The proposal was approved"."""
    return _OUTCOME.match(text) is not None


def heads_matter(text: Text) -> bool:
    """Return whether a text is likely to head the counts that follow it, and is no outcome of those before it."""
    if numbered(text.text) or text.strong:
        return True
    return names_matter(_GENERAL.sub(" ", text.text)) and not is_outcome(text.text)


def _opens_only(text: Text, number: str) -> bool:
    """Return whether a text opens the item, which itself has parts (a) to (d), rather than one matter."""
    return (len(text.text) > _LONG or number in {"a", "b", "c", "d"}) and is_opener(text.text)


def _is_list(found: Iterable[tuple[str, int] | None]) -> bool:
    numbers = [one[0] for one in found if one]
    alike = len({number.isdigit() for number in numbers}) == 1
    return alike and [place_of(number) for number in numbers] == list(range(1, len(numbers) + 1))


def _top_level(kept: Sequence[Text], places: Sequence[int]) -> int:
    """Return the place of the last heading; of "Proposal 1" and "(a) Class I" after it, that of the first."""
    last = places[-1]
    letter = re.fullmatch(r"[a-z]", (numbered(kept[last].text) or ("", 0))[0])
    for place in reversed(places[:-1]):
        if letter and (numbered(kept[place].text) or ("", 0))[0].isdigit():
            return place
    return last


def _completed(kept: Sequence[Text], place: int) -> Heading:
    heading = heading_of(kept[place])
    said = " ".join(text.text for text in kept[place:])
    if heading.title:
        return heading._replace(said=said)
    for text in kept[place + 1 :]:
        if (text.strong or len(text.text) < _LONG // 2) and names_matter(text.text) and not is_opener(text.text):
            named = heading_of(text)
            return Heading(heading.number, named.title, named.start, named.end, said)
    return heading._replace(said=said)
