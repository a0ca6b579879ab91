"""Which items of a ballot a solicitation speaks of, and which way it asks to vote on each.

Only what the solicitor asks counts: not what the board, management or an adviser recommends, not how shareholders voted
before. "Vote FOR this proposal" belongs to the item when the text names one alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.filings.letters.passages import Found, place_of
from tracker.filings.proxy_statement.numbers import NUMBER, WORDS, in_digits

_ITEM = re.compile(
    rf"\b(?P<label>(?:ballot\s+|agenda\s+|voting\s+)?(?:items?|proposals?|resolutions?))\s{{0,3}}(?P<sign>(?:nos?\.?|numbers?|\#)?\s{{0,3}}[:#]?)\s{{0,3}}"
    rf"(?P<numbers>{NUMBER}(?:\s{{0,3}}(?:,\s{{0,3}}(?:and\s)?|and\s|&\s{{0,3}}|or\s|through\s|to\s|[-–—]\s{{0,3}})\s{{0,3}}(?:\#|no\.\s?)?{NUMBER}\b)*)"
    r"(?![\w%]|\.\d|\s?%|\s{0,3}(?:of|to)\s(?:the\s|our\s|its\s)?(?:company['’]s\s)?(?:form|annual\s+report|regulation|10-)|\s{0,3}(?:words|years|percent))",
    re.IGNORECASE,
)
_VOTE = (
    r"vot(?:e|ing)\b[\s:“\"'‘*]{1,4}"
    r"(?:(?:a|all|of|your|their|our|the|my|shares?|stock|prox(?:y|ies)|ballots?|to)\s+){0,5}[“\"'‘*]{0,2}"
)
_FROM = r"withhold(?:ing)?(?:\s+(?:your\s+|their\s+)?(?:votes?|support|authority|consent))?\s+(?:from|for|on|against)\b"
_OUR = (
    r"\b(?:support(?:ing)?|in\s+support\s+of)\s+(?=(?:the|this|our)\s+(?:share\w+\s+|stock\w+\s+)?(?:proposal|resolution)\b"
    r"|(?:share\w+\s+|stock\w+\s+|ballot\s+)?(?:item|proposal|resolution)s?\s+(?:\#|no\b|number\b|\d|(?-i:[A-Z])))"
)
# "Vote FOR Item 5 and AGAINST Item 2"
_ALSO = (
    r"\b(?:and|or)\s+[“\"'‘]?(?-i:{0})[”\"'’]?\s+"
    r"(?=(?:ballot\s+|share\w+\s+|stock\w+\s+)?(?:item|proposal|resolution)s?\b)"
)
_OTHER_ITEMS = re.compile(r"\b(?:10-?[KQ]|8-?K|20-?F|Regulation\s+S-?K|risk\s+factors?)\b", re.IGNORECASE)
_ASKED = {
    "withhold": rf"{_FROM}|{_VOTE}withhold",
    "against": rf"{_VOTE}(?:against\b|no\b(?!\.))|\b(?:oppos(?:e|ing)|reject)\b|{_ALSO.format('AGAINST')}",
    "for": rf"{_VOTE}(?:for|yes|in\s+fav(?:o|ou)r(?:\s+of)?)\b|{_OUR}|{_ALSO.format('FOR')}",
    "abstain": rf"{_VOTE}abstain\b",
}
_POSITION = re.compile("|".join(rf"(?P<{name}>\b(?:{pattern}))" for name, pattern in _ASKED.items()), re.IGNORECASE)
# Somebody else, not "we", as the one who recommends.
_NOT_OURS = (
    r"\b(?:board|management|company|directors|committee|iss|institutional\s+shareholder\s+services|glass,?\s+lewis|advis[eo]rs?"
    r"|firms?{0})\b(?:['’]s)?(?:\W+(?!we\b|i\b|our\b|shareholders?\b|investors?\b|proponents?\b)[\w'’]+){{0,8}}?"
    r"\W+(?:recommend\w*|advis\w*|urge[sd]?|oppos\w*|asks?|asked|wants?|suggest\w*|believes?)\b"
    r"|\brecommendation\s+of\s+(?:the|our)\s+board\b|\bboard['’]?s?\s+recommendation"
)
# What is said of an item of an earlier meeting.
_PAST = re.compile(r"%|\bper\s?cent|\blast\s+year|\bprevious|\bprior\b|\bvoted\b|\breceived\b|\bwon\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r";|,\s+(?=(?:we|i|and\s+we|so\s+we)\b)|\b(?=(?:but|however|while|whose|despite|although|instead)\b)", re.IGNORECASE
)
_NEGATED = re.compile(
    r"\b(?:not|never|without|instead\s+of|rather\s+than)\s+(?:\w+\s+){0,2}$|n['’]t\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_THIS = re.compile(
    r"\s*[”\"'’]?\s*(?:on\s+)?(?:the|this|our|these)?\s*(?:share|stock)?(?:holder|owner)?s?\s*(?:proposals?|resolutions?)\b|\s*[”\"'’]?\W*$",
    re.IGNORECASE,
)
_NOMINEES = re.compile(
    r"(?:\b(?:re-?election\s+of|directors?|nominees?|chair(?:man|woman|person)?|members?)\b[,:]?\s+)((?:(?:Mr|Ms|Mrs|Dr)\.\s+)?(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+"
    r"(?:(?:,\s+and|,|\s+and|\s+&)\s+(?:(?:Mr|Ms|Mrs|Dr)\.\s+)?(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+)*)"
)
_HEADS = re.compile(r"\W{0,3}\s{0,3}[:–—-]\s{0,3}(?:please\s+)?", re.IGNORECASE)
_FARTHEST = 160  # characters between an item and what is asked for it
_SHORTEST_NAME = 3  # letters; "The" names nobody
_CLEAR = 3  # times as often as the opposite


@dataclass(frozen=True, slots=True)
class SolicitedItem:
    """An item and the vote asked for; `number` is None where the text gives none, `position` where it is uncertain."""

    number: str | None
    position: str | None
    nominees: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Ask:
    number: str | None
    position: str
    nominees: tuple[str, ...]
    place: Found


def solicited_items(sentences: Iterable[Found], company: str = "") -> tuple[tuple[SolicitedItem, ...], tuple[str, ...]]:
    """Return the items that votes are asked on, in the order of their numbers' first mention, and warnings.

    What `company`, by its name, recommends is not what the solicitor asks.
    """
    name = next((word for word in company.split() if len(word) > _SHORTEST_NAME), "")
    not_ours = re.compile(_NOT_OURS.format(f"|{re.escape(name.strip('.,'))}" if name else ""), re.IGNORECASE)
    asks: list[_Ask] = []
    mentioned: dict[str, Found] = {}
    for sentence in sentences:
        items = list(_items(sentence))
        others = list(_others(sentence, not_ours))
        for number, place in () if _PAST.search(sentence.text) else items:
            if not any(start <= place.start < end for start, end in others):
                mentioned.setdefault(number, place)
        asks += _asks(sentence, items, others)
    return _judged(asks, mentioned)


def _items(sentence: Found) -> Iterator[tuple[str, Found]]:
    """Yield the numbers of ballot items in a sentence; other filings and rules have items too."""
    if _OTHER_ITEMS.search(sentence.text):
        return
    for found in _ITEM.finditer(sentence.text):
        for number in _numbers(found["numbers"], signed=bool(found["sign"].strip())):
            yield number, place_of(sentence, found.start(), found.end())


def _numbers(text: str, *, signed: bool) -> Iterator[str]:
    """Yield the numbers of "4", "4, 5 and 7", "4 through 6"; a Roman numeral must be in capitals, a lone "I" signed."""
    parts = re.split(r"(\s*(?:,\s*(?:and\s)?|\band\s|&|\bor\s|\bthrough\s|\bto\s|[-–—])\s*)", text, flags=re.IGNORECASE)
    before = None
    for place in range(0, len(parts), 2):
        raw = re.sub(r"^(?:#|no\.\s?)", "", parts[place].strip(), flags=re.IGNORECASE)
        plain = raw.lower().replace(" ", "-")
        if raw.isalpha() and plain not in WORDS and (not raw.isupper() or (raw == "I" and not signed)):
            continue
        number = in_digits(raw)
        joint = parts[place - 1].strip().lower() if place else ""
        if before and joint in {"through", "to", "-", "–", "—"} and before.isdigit() and number.isdigit():
            yield from (str(between) for between in range(int(before) + 1, min(int(number), int(before) + 30)))
        before = number
        yield number


def _asks(sentence: Found, items: Sequence[tuple[str, Found]], others: Sequence[tuple[int, int]]) -> Iterator[_Ask]:
    asked = list(_POSITION.finditer(sentence.text))
    for number, found in enumerate(asked):
        if any(start <= sentence.start + found.start() < end for start, end in others):
            continue
        if _NEGATED.search(sentence.text[max(0, found.start() - 40) : found.start()]):
            continue
        position = str(found.lastgroup)
        since = asked[number - 1].end() if number else 0
        until = asked[number + 1].start() if number + 1 < len(asked) else len(sentence.text)
        nominees = _nominees(sentence.text[found.end() : min(until, found.end() + 300)])
        place = place_of(sentence, found.start(), found.end())
        if near := _nearest(sentence, items, found, since, until):
            yield from (_Ask(of, position, nominees, where) for of, where in near)
        elif nominees:
            yield _Ask(None, position, nominees, place)
        elif _THIS.match(sentence.text, found.end()):
            yield _Ask(None, position, (), place)


def _others(sentence: Found, not_ours: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where the clauses stand in which somebody else recommends."""
    text = sentence.text
    for start, end in pairwise([0, *(found.end() for found in _CLAUSE.finditer(text)), len(text)]):
        if not_ours.search(text[start:end]):
            yield sentence.start + start, sentence.start + end


def _nearest(
    sentence: Found, items: Sequence[tuple[str, Found]], asked: re.Match[str], since: int, until: int
) -> list[tuple[str, Found]]:
    """Return the items that a vote is asked on: those named right before it ("Item 5: vote FOR"), else those after it,
    up to the next vote asked for, else those before it, back to the last one.
    """
    start, end = sentence.start + asked.start(), sentence.start + asked.end()
    before = [item for item in items if item[1].end <= start and start - item[1].end <= _FARTHEST]
    before = [item for item in before if item[1].start >= sentence.start + since]
    before = [item for item in before if item[1].start == before[-1][1].start]
    if before and _HEADS.fullmatch(sentence.text, before[-1][1].end - sentence.start, asked.start()):
        return before
    after = [item for item in items if 0 <= item[1].start - end <= _FARTHEST and item[1].end <= sentence.start + until]
    return [item for item in after if item[1].start == after[0][1].start] or before


def _nominees(text: str) -> tuple[str, ...]:
    found = _NOMINEES.search(text)
    return (
        tuple(" ".join(name.split()) for name in re.split(r",\s+and\s+|,\s+|\s+and\s+|\s+&\s+", found[1]))
        if found
        else ()
    )


def _judged(asks: Sequence[_Ask], mentioned: dict[str, Found]) -> tuple[tuple[SolicitedItem, ...], tuple[str, ...]]:
    """Put together what is asked for each item; take back what is asked for it both ways."""
    numbers = list(dict.fromkeys(ask.number for ask in asks if ask.number))
    loose = [ask for ask in asks if ask.number is None and not ask.nominees]
    if not numbers and len(mentioned) == 1:
        numbers = list(mentioned)
        asks = [*asks, *(_Ask(numbers[0], ask.position, (), mentioned[numbers[0]]) for ask in loose)]
    items: list[SolicitedItem] = []
    warnings: list[str] = []
    for number in numbers:
        own = [ask for ask in asks if ask.number == number and not ask.nominees]
        position = _clear(own)
        if own and position is None:
            warnings.append(f"item {number}: votes are asked for both ways: which way is left open")
        if own or not any(ask.number == number for ask in asks):
            place = own[0].place if own else mentioned[number]
            items.append(SolicitedItem(number, position, (), place.start, place.end))
    named = {(ask.number, ask.nominees, ask.position): ask for ask in reversed(asks) if ask.nominees}
    numbered = {(nominees, position) for number, nominees, position in named if number}
    items += [
        SolicitedItem(ask.number, ask.position, ask.nominees, ask.place.start, ask.place.end)
        for ask in reversed(named.values())
        if ask.number or (ask.nominees, ask.position) not in numbered
    ]
    if not items and loose and (position := _clear(loose)):
        items.append(SolicitedItem(None, position, (), loose[0].place.start, loose[0].place.end))
    return tuple(items), tuple(warnings)


def _clear(asks: Sequence[_Ask]) -> str | None:
    """Return the vote that is asked for, unless another is asked for too, nearly as often."""
    counted = Counter(ask.position for ask in asks).most_common(2)
    if not counted:
        return None
    return counted[0][0] if len(counted) == 1 or counted[0][1] >= _CLEAR * counted[1][1] else None
