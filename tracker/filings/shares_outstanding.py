"""How many votes may be cast at a meeting: the shares outstanding and entitled to vote, as a filing says them.

The figure is the ground on which counts are refused, so it is given only where it is surely all votes of the meeting:
one class of stock with one vote a share, or a total of votes that the filing itself states. Classes, preferred stock,
depositary shares, votes added up for one nominee, rounded or differing figures: then nothing is said.
Source: Schedule 14A, Item 6(a): the shares of each class outstanding and the votes to which each class is entitled.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_FIGURE = r"(?<![\d.,$])(?P<figure>\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d{1,6}))?(?![\d,])"
_PAR = r"(?:\$\s?\d?\.\d{1,6}|[^\d;$])"
# "1,234,567 shares of common stock outstanding", "outstanding 1,234,567 shares"; a par value may stand between.
_SHARES = (
    re.compile(
        rf"{_FIGURE}\s(?P<between>{_PAR}{{0,60}}?\bshares?\b{_PAR}{{0,120}}?)\boutstanding\b(?!\s+and\s+held)",
    ),
    re.compile(rf"\boutstanding,?\s(?P<between>(?:a total of\s)?){_FIGURE}\s[^\d.;]{{0,60}}\bshares?\b"),
    re.compile(
        rf"{_FIGURE}\s(?P<between>{_PAR}{{0,60}}?\bshares?\b{_PAR}{{0,60}}?)\b(?:were|are) entitled to (?:be )?vote",
    ),
)
# What makes the figure another than that of all shares: those present, those of some holders, those under awards.
_OTHER = re.compile(
    r"\b(?:thousands?|millions?|present|represent\w*|prox(?:y|ies)|voted|majority|quorum|constitut\w+|percent|options?|units?|awards?|plan|"
    r"underlying|beneficial\w*|subject to|reserved|repurchased|treasury|excluding|other than|holders?"
    r"|of (?:the|all|our|its)(?: total)? (?:issued|shares|outstanding)|of all)\b|%|\bof (?:the|our|its)(?: total)?\s*$",
)
_ROUNDED = re.compile(r"\b(?:approximately|about|around|nearly|over|than|least|most|million|thousand)\s*$")
_THIS_MEETING = re.compile(
    r"\brecord date\b|\bclose of business\b|\b(?:on|as of) (?:that|such|this) date\b"
    r"|\b(?:entitled|eligible) to (?:be )?(?:vote|cast)|\bwere (?:present|represented)\b"
)
# Near the figure: not all of the stock, or not one vote a share.
_CLASSES = re.compile(
    r"\bclass(?:es)? (?:[a-z]|[0-9])\b(?:\s\w+)?\s(?:common|ordinary|stock|shares?|capital)|\bseries [a-z0-9]\b"
    r"|(?<!['’\w])[b-z] (?:common|ordinary) (?:stock|shares)\b|\bpreferred\b|\bpreference\b|\bdepositary\b"
    r"|\b(?:ads|adr|gdr|cdi)s?\b"
    r"|\bexchangeable\b|\bconvertible\b|\bspecial voting\b|\bmultiple voting\b|\bsubordinate voting\b|\btenure\b"
    r"|\bfounders?['’]? (?:stock|shares?)\b|\bfor each (?:fund|portfolio|series)\b"
    # What is given in another unit than a share of that day is no count of votes.
    r"|\bin (?:thousands|millions)\b|\bsplit\b[^.]{0,80}\badjust|\badjust\w*\b[^.]{0,80}\bsplit\b",
)
_NO_PREFERRED = re.compile(
    r"\bno (?:shares of )?(?:\w+ ){0,3}preferred (?:stock|shares?) (?:\w+ ){0,3}outstanding",
)
# Anywhere in the document: a share may have several votes, or all of a holder's votes may go to one nominee.
_PER_SHARE = re.compile(r"votes?\s(?:per|for each|for every|a)\s(?:\w+\s){0,3}share")
_ONE = re.compile(r"(?:\bone|\b1|\(1\)|\ba|\bthe|\bno|\bsingle)\s$")
_FRACTION = re.compile(r"(?:-|\s)(?:tenth|half|fifth|third|hundredth) (?:of (?:a|one) )?$")
_RESTATED = re.compile(
    r"\b(?:as[- ]converted|split[- ]adjusted)\b|(?:giving|gives) effect to\b[^.]{0,40}\bsplit\b",
)
_CUMULATIVE = re.compile(r"cumulat\w+\s(?:vot|their vot|his|her|your vot)")
_NOT_CUMULATIVE = re.compile(
    r"\b(?:no|not|without|nor|neither|eliminat\w+|prohibit\w*|denied)\b[^.]{0,60}$",
)
_NOT_AFTER = re.compile(
    r"^[^.]{0,40}\b(?:not|no)\b(?:\s\w+){0,2}\s(?:permitted|allowed|available|apply|applicable|provided)"
)
# "entitles its holder to ten votes", "(two votes each)": some stock has several votes a share.
_SEVERAL_VOTES = re.compile(
    r"(?:\b(?:entitle[sd]?|carr(?:y|ies|ied|ying)|has|have|having|with|cast)\s|\()(?:[a-z]+\s){0,4}?"
    r"(?:two|three|four|five|six|eight|ten|twelve|fifteen|twenty|hundred|thousand|[2-9]|[1-9]\d{1,2}|[1-9]\d?,000)\s"
    r"(?:\([\d,]+\)\s)?votes\b(?!\s(?:for|against|in favor))"
)
# Before a figure: whose shares these are. Those of some holders are not all of them.
_WHOSE = re.compile(r"\b(?:held|holds?|holding|own(?:s|ed|ing)?|holders? of|power over|issued to)\s(?:[a-z,]+\s){0,4}$")
_CAME = re.compile(r"\b(?:were|was) (?:present|represented)\b|\battend|\bparticipat|(?<!\bbe )\bvoted\b")
_ANY_FIGURE = re.compile(r"(?<![\d.,$])\d{1,3}(?:,\d{3})+(?![\d,])")
_ANY_SHARES = re.compile(rf"{_FIGURE}\s[^\d.;$]{{0,60}}?\b(?:shares?|votes?)\b")
_ONE_VOTE = re.compile(r"one\s+(?:\(1\)\s+)?vote\b")
_ALL_VOTES = (
    re.compile(
        rf"(?:total|aggregate)(?:\s\w+){{0,2}}\sof\s{_FIGURE}\s(?:\w+\s){{0,2}}votes?\b[^.]{{0,80}}"
        r"\b(?:entitled|eligible) to be (?:cast|voted)",
    ),
    re.compile(
        r"(?:entitled|eligible) to (?:cast|vote)\s(?:\w+\s){0,2}(?:total|aggregate) of\s"
        rf"{_FIGURE}\s(?:\w+\s)?votes?\b"
    ),
    re.compile(
        r"outstanding\b[^.]{0,200}\brepresenting\s(?:\w+\s){0,2}(?:total|aggregate) of\s"
        rf"{_FIGURE}\s(?:\w+\s)?votes?\b"
        r"(?!\s(?:were|was|present|cast|for))",
    ),
)
_VOTES = re.compile(rf"{_FIGURE}\s(?:\w+\s)?votes?\b")
_LARGE = re.compile(r"\d,\d{3}")
_OUTSTANDING = re.compile(r"outstanding\b|entitled to (?:be )?vote")
_BEFORE, _AFTER, _NEAR = 320, 260, 500
_FEWEST = 1000


@dataclass(frozen=True, slots=True)
class Entitled:
    """All votes that may be cast at the meeting, and where the figure stands in the text."""

    votes: int
    start: int
    end: int


def entitled_in(text: str, *, one_vote_said: bool) -> Entitled | None:
    """Return the votes that may be cast at the meeting that `text` is about, None where that is not surely said.

    `one_vote_said` asks that the text also says that a share has one vote, as a proxy statement must.
    """
    text, cased = text.replace("İ", "I").lower(), text
    totals = [_found(found) for pattern in _ALL_VOTES for found in pattern.finditer(text)]
    if totals:
        most = max((_number(found) for found in _VOTES.finditer(text)), default=0)
        alike = {total.votes for total in totals} == {totals[0].votes}
        return totals[0] if alike and max(most, _most_near(text, totals)) <= totals[0].votes else None
    figures = list(_figures(text, cased))
    if not figures or {figure.votes for figure in figures} != {figures[0].votes}:
        return None
    if figures[0].votes < _FEWEST or (one_vote_said and not _ONE_VOTE.search(text)) or _is_odd(text):
        return None
    # More shares than all shares are those of another class, or these are only some of them.
    if _CLASSES.search(_NO_PREFERRED.sub("", _near(text, figures))) or _most_near(text, figures) > figures[0].votes:
        return None
    return figures[0]


def _near(text: str, figures: Sequence[Entitled]) -> str:
    return " ".join(text[max(0, figure.start - _NEAR) : figure.end + _NEAR] for figure in figures)


def _most_near(text: str, figures: Sequence[Entitled]) -> int:
    """Return the largest figure of shares or votes that stands near these."""
    return max((_number(found) for found in _ANY_SHARES.finditer(_near(text, figures))), default=0)


def _figures(text: str, cased: str) -> Iterator[Entitled]:
    """Yield each figure that a sentence gives as the shares outstanding for the meeting, once for each place."""
    seen: set[int] = set()
    for word in _OUTSTANDING.finditer(text):
        start, end = max(0, word.start() - _BEFORE), word.end() + _AFTER
        around = text[start:end]
        if not _LARGE.search(around) or not _THIS_MEETING.search(around):
            continue
        for pattern in _SHARES:
            for found in pattern.finditer(text, start, end):
                at = found.start("figure")
                if at in seen or _OTHER.search(found["between"]) or _ROUNDED.search(text[max(0, at - 20) : at]):
                    continue
                sentence = _sentence(cased, found)
                # Shares that were voted are some of all shares, unless both figures are given.
                only_some = _CAME.search(sentence) and len(set(_ANY_FIGURE.findall(sentence))) == 1
                whose = _WHOSE.search(text[max(0, at - 60) : at])
                if _THIS_MEETING.search(sentence) and not only_some and not whose:
                    seen.add(at)
                    yield _found(found)


def _sentence(text: str, found: re.Match[str]) -> str:
    """Return the sentence in which a figure stands, as far as it reaches around it."""
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    after = text[found.end() : found.end() + _AFTER]
    begin = max((one.end() for one in re.finditer(r"[a-z0-9)]\.\s+(?=[A-Z])", before)), default=0)
    end = re.search(r"[a-z0-9)]\.\s+(?=[A-Z])", after)
    return (before[begin:] + found[0] + (after[: end.start() + 1] if end else after)).lower()


def _is_odd(text: str) -> bool:
    """Whether a share may have other than one vote for each nominee and matter."""
    for found in _PER_SHARE.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if not _ONE.search(before) or _FRACTION.search(before):
            return True
    return (
        _RESTATED.search(text) is not None
        or _SEVERAL_VOTES.search(text) is not None
        or any(
            not _NOT_CUMULATIVE.search(text[max(0, found.start() - 80) : found.start()])
            and not _NOT_AFTER.search(text[found.end() : found.end() + 80])
            for found in _CUMULATIVE.finditer(text)
        )
    )


def _found(found: re.Match[str]) -> Entitled:
    return Entitled(_number(found), found.start("figure"), found.end("figure"))


def _number(found: re.Match[str]) -> int:
    """Return a figure in whole votes; a fraction of a share counts as one more."""
    return int(found["figure"].replace(",", "")) + (1 if int(found["part"] or 0) else 0)
