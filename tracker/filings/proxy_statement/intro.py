"""The company's sentence that says who submits a proposal: "X has notified us that it intends to present the following
proposal", "The following proposal was submitted by X". Rule 14a-8(l) has every company write one, or say that it will
name the proponent on request.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.filings.proxy_statement.words import HOLDER, LABELLED

_TOLD = (
    r"(?:advised|notified|informed|told|indicated|given|provided|submitted|represented|requested"
    r"|proposed|stated|expressed|announced|delivered|sent|asked)"
)
_LEAD = re.compile(
    r"\b(?:(?:have|has|had|was|were|been|been|being|is) (?:been )?(?:advised|notified"
    r"|informed)(?: (?:in writing|by (?:letter|e-?mail|mail)))?"
    r"(?: on [a-z]+ \d{1,2}, \d{4},?)?(?: by| of)?(?: that)?"
    r"|(?:received|has been given)(?: a| an)?(?: written)? (?:notice|notification|letter"
    r"|communication)s? (?:from|that)"
    r"|(?:submitted|presented|made|brought|filed|sponsored) on behalf of"
    r"|notice of (?:the |its |an )?intention (?:of|by|from)"
    rf"|(?:expects?|anticipates?|understands?)(?: that)?(?= .{{0,200}}(?:propos|resolution|present))"
    rf"|received .{{0,90}}?(?:proposal|resolution)s?.{{0,40}}? from"
    r"|(?:submitted|presented|sponsored|proposed|made|offered|introduced|brought|filed|received|put forward"
    rf"|supported)\b[^.;:]{{0,90}}? (?:by|from)"
    r"|(?:proposal|resolution)s?\b[^.;:]{0,60}? (?:comes?|came) from"
    rf"|{HOLDER} (?:proposal|resolution)s? from(?=\s+(?:the\s+)?(?-i:[A-Z]))"
    rf"|proponents?(?: of (?:this|the)(?: following)? (?:{HOLDER}(?:['’]?s?) )?(?:proposal"
    rf"|resolution)(?: (?:no\.? )?\d{{1,2}})?)?(?: is| are|:)"
    rf"|^(?:the|that) {HOLDER} is(?=\s+(?-i:[A-Z]))"
    rf"|(?:submitted|sponsored|proposed|presented|requisitioned) by:?(?: an? group of {HOLDER}s led by)?)\s+",
    re.IGNORECASE,
)
_VERB = re.compile(
    r",?\s+(?:(?:who|which)\s+)?(?:each\s+|jointly\s+)?(?:(?:has|have|had)(?:\s+(?:each|also|jointly"
    rf"|both|separately))?\s+{_TOLD}\b"
    rf"|(?:has|have) been (?:a|the) (?:beneficial|record|registered)? ?(?:owner|holder)"
    rf"|(?:notified|advised|informed|submitted)\s+(?:us|our|the|this|a|it)\b"
    r"|(?-i:intends?|plans?|proposes?|expects?|wishes|requests?)\s+(?:to|that|for)\b|(?:proposes?|submits?|sent|delivered"
    r"|sponsors?) the following|(?:is|are) the proponents?\b|will\s+(?:present|submit|propose|offer"
    r"|introduce|move|cause)\b)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:propos(?:al|als|es|e|ing)|resolutions?|intends? to (?:present|submit|introduce)|for action at"
    r"|the following to be (?:brought|presented)|submitted it\b|proponents? (?:is|are)"
    r"|(?:submits?|offers?|presents?|introduces?|moves?|bring)(?: to the meeting)? the following(?=\s*[:.]))\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?<!\bacting)\s(?:for (?:consideration|inclusion|presentation|a vote|action|the|approval)|pursuant to"
    r"|in accordance|upon (?:proper|oral|written)|"
    r"(?:is|are|was|were) (?:set|included|printed|reprinted|quoted|not|presented|reproduced|submitted"
    r"|responsible)|will (?:be|furnish|provide)|intends?|plans? to|to (?:present|submit|introduce)"
    r"|that (?:it|he|she|they|a representative)\b|may be|and (?:is|will|was|it|we|the following)\b"
    r"|to be presented|"
    r"(?-i:(?<=\.) ?(?:The (?:proposal|Company|Board|text|shareholder|stockholder|proponent)"
    r"|In accordance|We|As|Our)\b)|at (?:the|our) .{0,40}meeting|as follows|if properly|of (?:his|her"
    r"|its|their) inten)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bSt)(?<!\bAve)(?<!\bNo)(?<!\bInc)(?<!\bCo)(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bLtd)(?<!\bBlvd)(?<!\bRd)(?<!\bCorp)(?<!\bJr)(?<!\bSr)(?<!\bSte)(?<!\bRev)(?<!\bMt)(?<!\bFt)"
    r"[.:]['”\"]?(?=\s+[A-Z“\"(]|\s*$)"
)
_OUR_OWN = re.compile(
    r"\b(?:proposals? (?:nos?\.? |numbers? )?\d{1,2} ?(?:through|to|and|[-–—]) ?(?:no\.? )?\d|nominat"
    r"|future|next (?:year|annual)|(?<!to )any (?:share|stock)(?:holder|owner)|a (?:share|stock)(?:holder"
    r"|owner) (?:who|may|must|wish)|each (?:share|stock)holder|no (?:share|stock)holder|"
    r"not (?:aware|received|been|intend)|no longer intend|did not receive"
    r"|no (?:other )?(?:proposals|matters|business)|if (?:a|any|the) |last year\b|(?:prior|previous) year"
    r"|received (?:approximately |about |over |more than )?\d|\d ?% (?:of|support))",
    re.IGNORECASE,
)
_IS_PROPOSAL = re.compile(
    r"\s*(?:that )?(?:the|this|a|an|one|two|three|each|following|it|these)\b(?: (?:following|below"
    rf"|attached|next|above|advisory|written|\w+))?(?: {HOLDER}(?:['’]?s?['’]?))?(?: (?:proposal"
    r"|resolution|statement)s?\b)",
    re.IGNORECASE,
)
_COMPANY_ITSELF = re.compile(
    r"^we$|(?:^|,\s)(?:the|our|your|its) (?:board|company|committee|management|directors|corporation|audit"
    r"|compensation|nominating|governance)\b(?!['’])",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r",?\s+(?:who |which )?(?:each |jointly )?(?:have|intend|plan|propose|wish|expect|request|are)\b", re.IGNORECASE
)
_SEVERAL_ARE = re.compile(r"\bproponents\b.*(?:\bare|:)\s*$", re.IGNORECASE)
_STRONG = re.compile(
    r"\bproposes? the following\b|\b(?:advised|notified|informed|notice)\b.{0,300}\b(?:present|submit"
    r"|introduce|propose|offer|move"
    r"|bring)|\bintends? to (?:present|submit|introduce|propose|offer|move)|\bfollowing\b.{0,80}\b(?:proposal"
    r"|resolution)|\b(?:proposal|resolution)\b.{0,40}\b(?:following|below)",
    re.IGNORECASE,
)
_SAYS_HELD = re.compile(
    r"\b(?:indicated|represent(?:ed|s)|state[ds]|advised|informed|notified|confirmed)\b.{0,40}"
    r"\bthat (?:it|he|she|they) "
    r"(?:\w+ ){0,3}?(?:owns?|holds?|held|owned|(?:is|are) the)\b",
    re.IGNORECASE,
)
_LONGEST_WHO = 700
_LONGEST_LOOK = 1500


_LABEL_CELL = re.compile(
    rf"(?:names? of )?(?:the )?(?:lead |primary |co-?)?(?:{HOLDER} )?(?:proponent|filer|sponsor)s?(?:\(s\))?"
    rf"|(?:{HOLDER} )?(?:proposal )?(?:co-?)?(?:submitted|sponsored|proposed|presented|filed) by",
    re.IGNORECASE,
)
_HOLDING = re.compile(
    r",\s+(?:(?:the|a|an|each|beneficial|record|registered|collectively) ){0,3}"
    r"(?:(?:owner|holder)s? of|(?:who|which) (?:owns?|holds?)|owning|holding)\s"
    r"(?:at least |more than |over |approximately )?[\d$]"
)
_OF_SHARES = re.compile(r"[^;:]{0,120}\b(?:shares|stock|units)\b[^.;:]{0,80}\.?$")


@dataclass(frozen=True, slots=True)
class Intro:
    """Where, in a paragraph's text, the words stand that name who submits the proposal, and where their sentence ends.

    `several`: the verb stands in the plural. `strong`: it says that somebody told the company of a proposal.
    """

    start: int
    end: int
    sentence_end: int
    several: bool
    strong: bool


def intro_in(text: str) -> Intro | None:
    """Return where a paragraph first says who submits a proposal, or None when it says nothing of it."""
    return next(intros_in(text), None)


def intros_in(text: str) -> Iterator[Intro]:
    """Yield every place in which a paragraph says who submits a proposal.

    Below "A shareholder has advised us" a sentence may name the holder that speaks of nothing but what is held.
    """
    if label := LABELLED.match(text):
        yield Intro(label.end(), min(len(text), label.end() + _LONGEST_WHO), len(text), several=False, strong=True)
        return
    told = False
    for start, end in _sentences(text[:_LONGEST_LOOK]):
        sentence = text[start:end]
        about = _ABOUT.search(sentence) or (told and _SAYS_HELD.search(sentence))
        if about and not _OUR_OWN.search(sentence) and (found := _in_sentence(sentence)):
            who_start, who_end, several = found
            yield Intro(start + who_start, start + who_end, end, several, _STRONG.search(sentence) is not None)
            told = True


def label_cell_of(text: str, first_cell: int) -> Intro | None:
    """Return whom the second cell of a table's row names where the first, `first_cell` characters, says "Proponent"."""
    if not _LABEL_CELL.fullmatch(text[:first_cell].rstrip(": ")):
        return None
    return Intro(first_cell, min(len(text), first_cell + _LONGEST_WHO), len(text), several=False, strong=True)


def is_label_of_names(text: str) -> bool:
    """Whether a paragraph is nothing but "Proponents", "Submitted by:" or the like."""
    return _LABEL_CELL.fullmatch(text.rstrip(": ")) is not None


def held_in(text: str) -> Intro | None:
    """Return the names in a paragraph that is a name, an address and a holding: "X, 9 Oak St., holder of 90 shares"."""
    if len(text) > _LONGEST_WHO or not text[:1].isupper():
        return None
    holding = _HOLDING.search(text)
    if holding is None or not _OF_SHARES.match(text, holding.end()):
        return None
    return Intro(0, len(text), len(text), several=False, strong=False)


def names_holder(text: str) -> bool:
    """Whether a paragraph says who submits a proposal, or names a holder with what is held."""
    return held_in(text) is not None or ((found := intro_in(text)) is not None and found.strong)


def end_of_names(text: str, start: int) -> int:
    """Return where the words end that name somebody from `start` on: at what follows them, or with the sentence."""
    ends = [found.start() for found in (_SENTENCE_END.search(text, start), _STOP.search(text, start)) if found]
    return min([*ends, start + _LONGEST_WHO, len(text)])


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        yield start, stop.end()
        start = stop.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        yield start, len(text)


def _in_sentence(sentence: str) -> tuple[int, int, bool] | None:
    verb = _VERB.search(sentence)
    if verb and _COMPANY_ITSELF.search(sentence[: verb.start()]):
        verb = None
    for lead in _LEAD.finditer(sentence):
        if verb and verb.start() < lead.start() and not _IS_PROPOSAL.match(sentence):
            break
        if _IS_PROPOSAL.match(sentence, lead.end()):
            continue
        after = _VERB.search(sentence, lead.end())
        stop = _STOP.search(sentence, lead.end())
        end = min([found.start() for found in (after, stop) if found], default=len(sentence))
        if 0 < end - lead.end() < _LONGEST_WHO:
            several = bool(after and after.start() == end and _PLURAL.match(after[0]))
            return lead.end(), end, several or _SEVERAL_ARE.search(lead[0]) is not None
    if verb and 0 < verb.start() < _LONGEST_WHO and not _IS_PROPOSAL.match(sentence):
        return 0, verb.start(), bool(_PLURAL.match(verb[0]))
    return None
