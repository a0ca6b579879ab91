"""The clause of a shareholder proposal: the paragraph in which the request begins, and the one before which it ends.

"RESOLVED" mostly opens it; where nothing does, it is the first sentence that asks for something. Where no heading
follows, it ends where the argument begins, which is told by how a paragraph begins.
"""

import re
from collections.abc import Iterator, Sequence

from tracker.filings.proxy_statement.paragraphs import Paragraph
from tracker.filings.proxy_statement.words import (
    HOLDER,
    LIST_ITEM,
    RESOLVED,
    SUPPORTING,
    THEREFORE,
    WHEREAS,
    is_part_heading,
)

_INLINE = re.compile(
    r"(?<=[.;!?”\")\]\d]) (?=[“\"]?(?:(?:B[Ee] [Ii][Tt] )?(?:RESOLVED|Resolved)(?:[:,;]| [Tt]hat\b)"
    r"|(?:WHEREAS|Whereas)[:,;]|(?:NOW, |Now, )?(?:THEREFORE|Therefore)[,:] (?:BE IT|be it|[Bb]e It)|"
    r"(?:SUPPORTING STATEMENT|Supporting Statement|STATEMENT OF SUPPORT|Statement of Support)(?:[:.—–-]| [A-Z])))"
)
_REQUEST = re.compile(
    rf"(?:[“\"]?(?:(?:[Tt]he|[Aa]s|[Oo]ur|[Tt]hat the|[Aa]ll|[A-Z]\w+) )?(?:{HOLDER}s?(?! proposals?\b)|[Pp]roponents?"
    rf"|[Ii]nvestors|[Tt]he undersigned|[Ww]e|I)\b(?:(?:[^.;]|\b(?:Inc|Co|Corp|Ltd)\.){{0,120}}?\b)?"
    r"(?:request|ask|urge|recommend|direct|call (?:on|upon|for)|propose|encourage|petition|seek"
    r"|resolve|require|instruct|demand|want|move|support the adoption|approve|vote)s?\b)",
    re.IGNORECASE,
)
# Words in which only a holder speaks to the company: "Shareholders request that the Board ...", without a modal verb.
_HOLDERS_REQUEST = re.compile(
    rf"[“\"]?(?:[Tt]hat,? )?(?:(?:[Tt]he|[Aa]s|[Oo]ur|[Aa]ll|[A-Z]\w+) )?(?:{HOLDER}s?(?! proposals?\b)|[Pp]roponents?"
    r"|[Ii]nvestors|[Tt]he undersigned)\b(?:(?!\b(?:may|might|can|could|who|should|must|will|would|wish(?:ing)?|to)\b)"
    r"(?:[^.;]|\b(?:Inc|Co|Corp|Ltd)\.)){0,160}?"
    r"\b(?:request|ask|urge|recommend|direct|call (?:on|upon|for)|propose|encourage|petition|seek|instruct)s?\b"
    r"[^.]{0,160}\b(?:board|directors|company|corporation|bank|trust|trustees|management|committee|(?-i:[A-Z])\w+)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;:”\"]) (?=[A-Z“\"])")
_BOARDS_OWN = re.compile(r"(?:that )?(?:the|our|your) board(?: of directors)?\b.{0,40}\brecommend", re.IGNORECASE)
# What a company has its shareholders resolve: on pay, on its auditors, on its charter.
_COMPANYS_RESOLUTION = re.compile(
    rf"(?:that,? )?(?:the (?:company['’]s )?)?(?:(?:common )?{HOLDER}s?"
    r"(?: of (?:[\w&,’'-]+\.? ){1,6}?)?,? ?(?:hereby )?"
    r"(?:approves?|ratif(?:y|ies)|authori[sz]es?|adopts?)\b"
    r"|(?:compensation|appointment|selection|amendment|plan)\b[^.;]{0,300}?"
    r"\b(?:is|are|be|hereby) (?:hereby |and (?:is|are) )*(?:approved|ratified|adopted)\b)",
    re.IGNORECASE,
)
OF_COMPANY = re.compile(
    r"not responsible|responsib(?:le|ility) for|no responsibility|disclaim|verbatim|reprint|exactly as|as (?:it was "
    r"|they were )?(?:submitted|received)|(?:oral|written|upon|on) (?:or (?:oral|written) )?request|"
    r"promptly (?:upon|provide|furnish)|rule 14a-8|sec rules|rules of the (?:sec|securities)"
    r"|securities (?:laws|and exchange commission)|properly presented|beneficial(?:ly)? own|(?:holder"
    r"|owner) of|"
    r"\brecommends (?:that|a vote|you|voting)|\bboard\b.{0,80}\brecommend|set forth (?:below|above|in)"
    r"|(?:included|printed"
    r"|presented|quoted|reproduced) (?:below|above)|has (?:advised|notified|informed)"
    r"|\bwe (?:have been (?:advised|notified|informed)|(?:have )?received the following)"
    rf"|\btext of the (?:{HOLDER} )?proposal"
    r"|statements? contained|"
    r"being asked to vote|as explained below|follows the (?:share|stock)|graphic.{0,80}submitted"
    r"|may contain assertions|voted? (?:up)?on at|annual meeting (?:only )?if",
    re.IGNORECASE,
)
_COMPANY_SAYS = re.compile(
    r"not responsible|disclaim|verbatim|exactly as|as (?:it was |they were )?(?:submitted|received)|properly presented"
    r"|\brecommends (?:that|a vote|you|voting)|\bboard\b.{0,80}\brecommend|(?:oral|written) request"
    r"|has (?:advised|notified|informed)|being asked to vote|set forth below",
    re.IGNORECASE,
)
_REPORT = (
    r"(?:reports?|polic(?:y|ies)|proposals?|resolutions?|board|amendments?|disclosures?|assessments?"
    r"|audits?|reviews?|committees?|study|plans?|information|requirements?|analys[ie]s|provisions?|bylaws?"
    r"|by-laws?|guidelines?|proponents?|evaluation|company|term|vote|targets?|goals?)"
)
_GOES_ON = re.compile(
    r"(?!(?:the|this|our) (?:proposal|resolution) would\b)(?:(?:the|this|these|such|said|any|each|that"
    rf"|our)\s+(?:[\w’'-]+\s+){{0,3}}{_REPORT}\b(?:[^.]{{0,120}}?\b(?:shall|should|may|must|would)"
    rf"|[^.,]{{0,40}}?\b(?:could|will|is not intended|is to|are to|need not|ha(?:s"
    r"|ve) (?:the )?discretion))\b"
    rf"|(?:this|these|such|said)\s+(?:[\w’'-]+\s+){{0,3}}{_REPORT}\b[^.,]{{0,40}}?\b(?:does not|do not"
    r"|applies|apply|includes?|covers?)\b"
    r"|[^.?!]{0,140}?\b(?:shall|(?:would|will|may|should) have (?:the )?(?:discretion|option|flexibility))\b"
    r"|(?:this|these|it) (?:includes?|shall|should|may|must|would|could|applies|does not|is not intended|amendments)"
    r"|(?:whenever|where|if) [^.]{0,160}(?:shall|should|may|must|will|would)\b"
    r"|for (?:the )?purposes? of|it is (?:a best practice to adopt|further|requested)"
    r"|(?:and )?(?:be it )?further,? resolved|further resolved"
    r"|(?:also|in addition|further|additionally|optimally),? (?:the |this |that |[^.]{0,80}shall"
    r"|[^.]{0,80}should)|[“\"][^”\"]{2,60}[”\"](?: or [“\"][^”\"]{2,60}[”\"])? (?:means?|includes?"
    r"|refers?|shall|is|are)\b"
    r"|(?:[“\"]?[\w/ -]{3,50}[”\"]?) (?:means|is defined|are defined|shall mean|refers to"
    r"|is the difference|are the difference)\b|both [“\"])",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"[“\"]?(?P<term>[A-Z][\w’'/ -]{5,50}?)[”\"]? (?:includes?|means?|refers? to|(?:do|does) not include)\b"
)
FOOTNOTE = re.compile(
    r"(?:\(?\d{1,2}[).]?|[*†‡¹²³⁴⁵⁶⁷⁸⁹])\s{0,3}(?:https?:|www\.|see\b|ibid|id\.|[A-Z].{0,120}https?:)|https?://\S+$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:thank you|please vote|we urge (?:share|stock)|i urge|we ask (?:share|stock)holders to vote"
    r"|contact:|vote (?:for|yes))\b",
    re.IGNORECASE,
)
_OPEN_ENDS = (":", ";", ",", " and", " or", " to", " that", " of", " on", " by", " for", " including", " which")
_MOST_OF_CLAUSE = 4500
_LOOK_FOR_HEADING = 40
_LONG = 120
_SHORTEST_REQUEST, _SENTENCE_OF_COMPANY = 60, 400


def unglued(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield a paragraph in parts where a clause begins within it."""
    start = 0
    for joint in _INLINE.finditer(paragraph.text):
        yield paragraph.part(start, joint.start())
        start = joint.end()
    yield paragraph.part(start) if start else paragraph


def clause_within(text: str) -> bool:
    """Whether a resolution begins in the middle of a paragraph."""
    return any(RESOLVED.match(text, joint.end()) for joint in _INLINE.finditer(text))


def marker_at(text: str) -> re.Match[str] | None:
    """Return the mark with which a paragraph opens the clause, None where it opens none."""
    found = RESOLVED.match(text) or THEREFORE.match(text)
    if found and (_BOARDS_OWN.match(text, found.end()) or _COMPANYS_RESOLUTION.match(text, found.end())):
        return None
    return found


def clause_start(whole: Sequence[Paragraph], after_intro: int, board: int) -> tuple[int, int] | None:
    """Return the paragraph in which the request begins, and where in it; None where nothing is requested."""
    therefore = None
    for at in range(board):
        text = whole[at].text
        if (found := RESOLVED.match(text)) and marker_at(text):
            if found.end() < len(text):
                return at, found.end()
            if at + 1 < board:
                inner = RESOLVED.match(whole[at + 1].text)
                return at + 1, inner.end() if inner else 0
        if therefore is None and (found := THEREFORE.match(text)) and _REQUEST.search(text, found.end()):
            therefore = at, found.end()
    if therefore:
        return therefore
    argued = next((at for at in range(after_intro, board) if SUPPORTING.match(whole[at].text)), board)
    if not any(_is_prose(part.text) for part in whole[after_intro:argued]):
        argued = board
    for only_first in (True, False):
        for at in range(after_intro, argued):
            if (offset := _request_in(whole[at].text, only_first=only_first)) is not None:
                return at, offset
    return next(((at, 0) for at in range(after_intro, argued) if _is_prose(whole[at].text)), None)


def _is_prose(text: str) -> bool:
    """Whether a paragraph is a sentence of the proponent's, and neither a heading nor the company's words."""
    return (len(text) > _LONG or text.rstrip('”"').endswith((".", ":"))) and not (
        OF_COMPANY.search(text) or SUPPORTING.match(text) or is_part_heading(text)
    )


def _request_in(text: str, *, only_first: bool) -> int | None:
    """Return where the sentence begins that asks for something, None where none does."""
    if only_first:
        return 0 if asks(text) else None
    start = 0
    for sentence in _SENTENCE.split(text):
        if asks(sentence):
            return start
        start += len(sentence) + 1
    return None


def asks(sentence: str) -> bool:
    """Whether a proponent's sentence asks the company or its board for something."""
    return _REQUEST.match(sentence) is not None and not (_THANKS.match(sentence) or _COMPANY_SAYS.search(sentence))


def holders_ask(text: str) -> bool:
    """Whether a paragraph is a request that shareholders make of the company: no company's own proposal reads so."""
    marker = marker_at(text)
    request = text[marker.end() :] if marker else text
    return (
        len(request) > _SHORTEST_REQUEST
        and _HOLDERS_REQUEST.match(request) is not None
        and not (_THANKS.match(request) or _COMPANY_SAYS.search(request[:_SENTENCE_OF_COMPANY]))
    )


def clause_end(whole: Sequence[Paragraph], start: int, board: int) -> int:
    """Return the paragraph before which the request ends."""
    size = 0
    for at in range(start + 1, min(board, start + _LOOK_FOR_HEADING)):
        text = whole[at].text
        if SUPPORTING.match(text) or WHEREAS.match(text) or _ends_clause(text):
            return at
        size += len(text)
        if size > _MOST_OF_CLAUSE:
            break
    return _end_by_words(whole, start, board)


def _ends_clause(text: str) -> bool:
    return bool(
        re.match(
            r"(?:reasons?|rationale|argument|background|statement|why (?:vote|this))\b[\w ]{0,40}[:.]?$",
            text,
            re.IGNORECASE,
        )
    )


def _end_by_words(whole: Sequence[Paragraph], start: int, board: int) -> int:
    end = start + 1
    while end < board:
        above, text = whole[end - 1].text, whole[end].text
        open_above = above.rstrip().endswith(_OPEN_ENDS)
        listed = LIST_ITEM.match(text)
        goes_on = _GOES_ON.match(text) or _defines(whole[start:end], text)
        if not (open_above or listed or goes_on or RESOLVED.match(text) or FOOTNOTE.match(text)):
            break
        end += 1
    while end > start + 1 and FOOTNOTE.match(whole[end - 1].text):
        end -= 1
    return end


def _defines(clause: Sequence[Paragraph], text: str) -> bool:
    """Whether a paragraph says what a term of the clause above it means."""
    defined = _DEFINED.match(text)
    if defined is None:
        return False
    term = defined["term"].lower().rstrip("s")
    return any(term in part.text.lower() for part in clause)
