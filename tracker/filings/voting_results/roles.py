"""Which count of a vote a heading or a label means: for, against, withheld, abstain, broker non-votes, years."""

import re
from typing import NamedTuple

FOR, AGAINST, WITHHELD, ABSTAIN, BROKER = "for", "against", "withheld", "abstain", "broker_non_votes"
COUNTS = (FOR, AGAINST, WITHHELD, ABSTAIN, BROKER)
YEARS = ("1 year", "2 years", "3 years")
# The first two name whichever of two a matter has; of the others nothing is read.
AGAINST_OR_WITHHELD, ABSTAIN_OR_WITHHELD = "against or withheld", "abstain or withheld"
MIXED, TOTAL, LABEL = "mixed", "total", "label"


class Role(NamedTuple):
    """What a column holds, and whether as a percentage."""

    name: str
    percent: bool = False


_FOOTNOTE = re.compile(r"\([0-9a-z*†]{1,2}\)|[*†‡§#¹²³⁰-⁹]+")
_WORD = re.compile(r"[a-z0-9%]+(?:['’][a-z]+)?")
_VOCABULARY = frozenset(
    [
        "for",
        "against",
        "withheld",
        "withhold",
        "witheld",
        "withold",
        "withholding",
        "abstain",
        "abstained",
        "abstaining",
        "abstains",
        "abstention",
        "abstentions",
        "abstensions",
        "abstension",
        "abstentation",
        "abstentations",
        "broker",
        "brokers",
        "brokered",
        "brokernon",  # the space lost at a line's end
        "non",
        "nonvote",
        "nonvotes",
        "nonvoted",
        "vote",
        "votes",
        "voted",
        "voting",
        "share",
        "shares",
        "unit",
        "units",
        "cast",
        "of",
        "number",
        "no",
        "numbers",
        "total",
        "totals",
        "percent",
        "percentage",
        "pct",
        "%",
        "in",
        "favor",
        "favour",
        "favoring",
        "affirmative",
        "negative",
        "yes",
        "opposed",
        "oppose",
        "opposing",
        "uncast",
        "uninstructed",
        "unvoted",
        "not",
        "bnv",
        "bnvs",
        "authority",
        "the",
        "to",
        "and",
        "or",
        "one",
        "two",
        "three",
        "1",
        "2",
        "3",
        "year",
        "years",
        "yr",
        "yrs",
        "every",
        "annual",
        "annually",
        "biennial",
        "biennially",
        "triennial",
        "triennially",
        "other",
        "election",
        "approval",
        "present",
        "represented",
        "outstanding",
        "results",
        "result",
        "count",
        "counts",
        "tally",
        "from",
        "approve",
        "approved",
        "disapprove",
        "disapproved",
        "votes'",
        "shares'",
        "by",
        "proxy",
        "person",
        "common",
        "stock",
        "ordinary",
        "entitled",
        "eligible",
        "final",
        "nor",
        "any",
        "delivered",
        "received",
        "class",
        "a",
        "b",
        "c",
        "series",
        "combined",
        "voters'",
        "holders",
    ]
)
_LABELS = re.compile(
    r"(?:(?:names?|nominees?|directors?|trustees?|candidates?|proposals?|items?|matters?|resolutions?|descriptions?"
    r"|of|for|the|"
    r"and|or|to|no|number|class|i|ii|iii|director's|director’s|elected|agenda|voted|on|upon|"
    r"ballot|company|board|management|shareholder|stockholder|brief|subject|individual|person|#)[\s:./()’'-]*){1,8}"
)
_BROKER = re.compile(
    r"\bnon[\s-]*vot(?:e|es|ed|ing)\b|\bnonvotes?\b|\bbnvs?\b|\buncast\b|\bunvoted\b|\buninstructed\b|\bnot voted\b"
    r"|\bbroker"
)
_YEARS = (
    re.compile(r"\b(?:1|one)[\s-]*(?:yrs?|years?)\b|\bannual(?:ly)?\b|\bevery (?:1|one )?\s?year\b"),
    re.compile(r"\b(?:2|two)[\s-]*(?:yrs?|years?)\b|\bbiennial(?:ly)?\b|\bevery other year\b"),
    re.compile(r"\b(?:3|three)[\s-]*(?:yrs?|years?)\b|\btriennial(?:ly)?\b"),
)
_WITHHELD = re.compile(r"\bwith?h[eo]ld(?:ing)?\b|\bwithold\b")
_AGAINST = re.compile(r"\bagainst\b|\boppos(?:ed|e|ing)\b|\bnegative\b|\bdisapproved?\b|^(?:votes? )?no(?: votes?)?$")
_ABSTAIN = re.compile(r"\babst(?:ain|en)")
_FOR = re.compile(r"\bfor\b|\bfavou?r(?:ing)?\b|\baffirmative\b|^(?:votes? )?yes(?: votes?)?$|^approved?$")
_PERCENT = re.compile(r"%|\bpercent|\bpct\b")
_EITHER = re.compile(r"/|\bor\b")
_OBJECT = re.compile(
    r"\s(?:(?:of|the|this|each|such|director) )*(?:proposals?|resolutions?|nominees?|directors?|amendments?|plan"
    r"|election|"
    r"approval|adoption|ratification|motion|matter)$"
)
_ROLE_WORD = re.compile(r"\b(?:for|against|withheld|withhold|abst\w+|favou?r)\b")
_DASH = re.compile(r"[‐‑‒–—−]")


def _plain(text: str) -> str:
    return " ".join(_DASH.sub("-", _FOOTNOTE.sub(" ", text.lower())).split()).strip(" :.;,-")


def _heading(text: str) -> str:
    """Return a heading's words without what was voted on: "For the proposal" is "for"."""
    plain = _plain(text)
    bare = _OBJECT.sub("", plain)
    return bare if bare != plain and _ROLE_WORD.search(bare) else plain


def is_label_head(text: str) -> bool:
    """Return whether a heading names what the rows are about: "Nominee", "Name of Director", "Proposal"."""
    plain = _plain(text)
    return bool(plain) and _LABELS.fullmatch(plain) is not None


def in_vocabulary(text: str) -> bool:
    """Return whether a heading's words are all words that count columns are headed with."""
    plain = _heading(text)
    words = _WORD.findall(plain)
    return bool(words) and len(plain) <= 90 and all(word in _VOCABULARY for word in words)


def role_of(text: str) -> Role | None:
    """Return what a heading or a row's label means, None when it means no count."""
    if not in_vocabulary(text) or text.strip().lower() == "no.":
        return None
    plain = _heading(text)
    percent = _PERCENT.search(plain) is not None
    broker, withheld = _BROKER.search(plain), _WITHHELD.search(plain)
    against, abstain = _AGAINST.search(plain), _ABSTAIN.search(plain)
    if abstain and withheld and not (broker or against) and _EITHER.search(plain):
        return Role(ABSTAIN_OR_WITHHELD, percent)
    if (broker and (abstain or against or withheld)) or (abstain and (against or withheld)):
        return Role(MIXED, percent)
    if against and withheld:
        return Role(AGAINST_OR_WITHHELD, percent)
    for name, found in ((BROKER, broker), (WITHHELD, withheld), (AGAINST, against), (ABSTAIN, abstain)):
        if found:
            return Role(name, percent)
    for name, pattern in zip(YEARS, _YEARS, strict=True):
        if pattern.search(plain):
            return Role(name, percent)
    if _FOR.search(plain):
        return Role(FOR, percent)
    if percent or "total" in plain:
        return Role(TOTAL, percent)
    return None


_KEY = re.compile(
    r"(?:brokers?[\s-]{0,3})?\bnon[\s-]{0,3}vot(?:es?|ed|ing)\b|\bbnvs?\b|\buncast\b|\buninstructed\b|\bagainst(?:\s?/\s?withheld"
    r"| (?:or|and) withheld)?\b"
    r"|\bwith?h[eo]ld(?:ing)?\b|\babst(?:ain(?:ed|ing|s)?|entions?)\b|\bin favou?r\b|\baffirmative\b|\bfor\b"
    r"|\b(?:every )?(?:1|2|3|one|two|three) years?\b|\bevery year\b|\b(?:annual|biennial|triennial)(?:ly)?\b",
    re.IGNORECASE,
)


def before_heads(text: str) -> str:
    """Return `text` without the words of headings at its end: "A. B. Cole – Shares Voted" is "A. B. Cole"."""
    words = text.split()
    kept = len(words)
    while kept and (words[kept - 1].lower() in _VOCABULARY or not any(mark.isalnum() for mark in words[kept - 1])):
        kept -= 1
    return text if kept == len(words) else " ".join(words[:kept])


def in_sequence(text: str) -> list[tuple[int, int]]:
    """Return the places of the column headings in a line in which they stand side by side, if it is such a line."""
    plain = _DASH.sub("-", text)
    if len(plain) > 300:
        return []
    found = list(_KEY.finditer(plain))
    if len(found) < 2:
        return []
    label, others = plain[: found[0].start()], _KEY.sub(" ", plain[found[0].end() :])
    if not _in_vocabulary(others) or any(mark.isdigit() for mark in _FOOTNOTE.sub("", label + others)):
        return []
    label = before_heads(label)
    if label and not is_label_head(label):
        return []
    return [(match.start(), match.end()) for match in found]


def leading_heads(text: str) -> int:
    """Return where the column headings end that a line begins with, side by side; 0 when it begins with none."""
    plain, end, known = _DASH.sub("-", text[:300]), 0, 0
    for found in _KEY.finditer(plain):
        between = plain[end : found.start()]
        label = before_heads(between) if not known else ""
        if (label and not is_label_head(label)) or not _in_vocabulary(between[len(label) :]):
            break
        end, known = found.end(), known + 1
    return end if known > 1 else 0


# A percentage after a figure is of that figure and no column of its own.
_FIGURE = re.compile(
    r"\s{0,4}((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}|[-–—−]{1,2})(?![0-9,.%]))(?=\s|$)(?!\s+years?\b)"
    r"(?:\s{1,3}[(\[]?[0-9]{0,3}(?:\.[0-9]{1,4})?\s?%[)\]]?)?",
    re.IGNORECASE,
)


def in_flat(text: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Return headings and figures, paired, of a line in which all headings stand before all figures."""
    if len(text) > 3000:
        return []
    keys = list(_KEY.finditer(_DASH.sub("-", text)))
    for last in range(len(keys) - 1, 0, -1):
        at, figures = keys[last].end(), []
        while figure := _FIGURE.match(text, at):
            figures.append(figure)
            at = figure.end()
        first = last - len(figures) + 1
        if len(figures) > 1 and first >= 0:
            between = _KEY.sub(" ", text[keys[first].start() : keys[last].end()])
            if _in_vocabulary(between) and not any(mark.isdigit() for mark in _FOOTNOTE.sub("", between)):
                return list(zip(keys[first : last + 1], figures, strict=True))
    return []


def _in_vocabulary(text: str) -> bool:
    return all(word in _VOCABULARY for word in _WORD.findall(_FOOTNOTE.sub(" ", text.lower())))
