"""What the board recommends on a shareholder proposal, and where its own statement begins."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from tracker.filings.proxy_statement.paragraphs import Paragraph, Span
from tracker.filings.proxy_statement.words import HOLDER

Recommendation = Literal["for", "against", "none"]

_WHO = (
    r"(?:board(?: of (?:directors|trustees))?|directors|company|corporation|management|trustees|general partner|bank)"
)
_OWNER = rf"(?:(?:our|the|your|its)\s+)?(?:[\w.&,’'-]+\s+){{0,5}}?{_WHO}(?:['’]?s?['’]?)"
_SAYING = (
    r"(?:statement|response|reply|answer|position|comments?|opposition|opposing|recommendation|views?"
    r"|rationale|reasons)"
)
_HEADING = re.compile(
    rf"\W{{0,4}}(?:(?:proposal|item)\s(?:no\.?\s|number\s)?(?:\d{{1,2}}|[a-z]+)\s?[–—:-]\s?)?"
    rf"(?:{_OWNER}\s+(?:[\w’'-]+\s+){{0,3}}?{_SAYING}\b"
    rf"|(?:[\w.&’'–—:|-]+\s+){{0,5}}?(?:statement|response)\s+(?:in|of)\s+opposition\b"
    rf"|(?:[\w.&’'-]+\s+){{0,5}}?(?:opposing|opposition)\s+statement\b"
    r"|(?:statement|response|reply|opposition|comments?|position|recommendation)\s+(?:of|by|from|in|to"
    rf"|regarding|against|on)\b.{{0,160}}\b(?:board|directors|management|company|opposition|proposal"
    r"|trustees|item)\b"
    rf"|(?:[\w.&-]+\s+){{0,4}}?[\w.&-]+['’]s?\s+(?:{_SAYING})\b|(?:our|the company['’]s"
    rf"|management['’]s)\s+(?:{_SAYING})\b"
    rf"|what (?:does|is) (?:the|our|your) board.{{0,30}}recommend|what (?:the|our|your) board (?:thinks|believes|says)"
    rf"|why (?:does )?(?:the|our|your|we"
    rf"|you).{{0,40}}(?:recommend|oppose|against)|(?:reasons?|rationale) for (?:the board|our board"
    r"|opposing|opposition|voting against)"
    rf"|(?:the |our |your )?board recommends .{{0,40}}against.{{0,60}}(?:reasons|because)\W*$"
    rf"|(?:the |our |your )?(?:board|directors) asks? (?:you|{HOLDER}s|that you) (?:to )?"
    r"vote (?:no|against)\b.{0,60}$"
    rf"|(?:in )?opposition to (?:the |this )?(?:{HOLDER}s?['’]? )?proposal|opposition statement"
    rf"|board response|company response|{_OWNER}\s(?:considerations?|perspectives?|analysis|assessment|explanation"
    rf"|rebuttal|reasoning|observations?|viewpoint)(?:\s(?:on|of|regarding)\s(?:this|the)\s.{{0,60}})?\W*$)",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"\W{0,3}(?:the )?(?:supporting|proponent|share(?:holder|owner)s?['’]?s? (?:supporting|statement)"
    r"|stock(?:holder|owner)s?['’]?s? (?:supporting|statement))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    rf"\W{{0,4}}(?:RESOLVED, that )?(?:(?:for|after|in|upon|accordingly|while"
    rf"|although)\b[^.]{{0,200}},\s+)?(?:we\b|management\b|(?:our|the|your|its"
    rf"|[A-Z][\w.&’'-]{{1,30}}(?: [A-Z][\w.&’'-]{{1,30}}){{0,3}}['’]s?) (?:company['’]s |entire |full "
    rf"|independent |current ){{0,2}}{_WHO}\b(?!['’]))[^.]{{0,160}}?"
    rf"\b(?:(?:unanimously |strongly |therefore )*(?:recommends?|opposes?|favou?rs? a)\b[^.]{{0,160}}\b(?:vote"
    r"|voting|against|oppos\w*|proposal)|(?:has|have|had) (?:carefully |thoroughly )?(?:considered"
    rf"|reviewed|evaluated)\b[^.]{{0,60}}\b(?:proposal|resolution|it)\b|"
    rf"makes? no (?:voting )?recommendation|(?:opposes|does not support|supports) (?:this|the)\b)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"\W{{0,4}}(?:we\b|(?:[\w’'-]+\s+){{0,3}}{_WHO}\b(?!['’])|no recommendation)", re.IGNORECASE)
_ADVICE = re.compile(
    rf"(?:{_WHO}|\bwe|\bit|unanimously|therefore)\b[^.]{{0,200}}?\b(?:recommends?|recommending|urges?|favou?rs? a vote"
    rf"|recommended)\b[^.]{{0,160}}?[“\"‘']?\b(?P<for>against|for)\b(?! (?:the (?:following|foregoing"
    r"|above) reasons|the reasons|these reasons|all of|several))[”\"’']?",
    re.IGNORECASE,
)
_BRIEF_ADVICE = re.compile(
    r"\b(?i:recommendation)(?: (?i:of (?:the|our) board(?: of directors)?))?"
    r"(?:\s?[:–—-]\s?[“\"]?(?P<for>(?i:against|for))\b|\W{1,6}(?P<cell>AGAINST|FOR)\W*$)"
)
_REASONS = re.compile(r"for (?:the|these) (?:following |foregoing |above )?reasons", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:makes?|making|has made|is making|provid\w+|expresses) no (?:voting )?recommendation"
    r"|\bno recommendation\b|\bnot (?:making|make|made) (?:a|any) (?:voting )?recommendation"
    r"|neither (?:supports?|recommends?)[^.]{0,40}nor|\btakes no position|remains? neutral",
    re.IGNORECASE,
)
_OPPOSES = re.compile(
    rf"\b(?:{_WHO}|we)\b[^.]{{0,80}}?\b(?:(?:unanimously |strongly )?opposes?)\b|\bvote against\b"
    r"|\bvote [“\"‘']against[”\"’']",
    re.IGNORECASE,
)
_SUPPORTS = re.compile(
    rf"\b{_WHO}\b[^.]{{0,80}}?\b(?:will support|supports|recommends (?:approval"
    rf"|adoption))\b[^.]{{0,40}}\b(?:proposal|resolution)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"(?:why|how|what|reasons?)\b", re.IGNORECASE)
_MARK_ONLY = re.compile(r"\W*vote (?:against|for)\W*", re.IGNORECASE)
_SUMMARY_ROW = re.compile(
    r"(?:(?i:proposal|item)\s(?i:no\.?\s)?)?(?P<item>\d{1,2})[.:)]?\s(?P<title>.{5,200}?)\s[“\"✘✓✔xX]?\s?"
    r"(?P<way>AGAINST|FOR|Against|For)[”\"]?(?:\s+\d{1,3})?"
)
_QUOTED = re.compile(r"[“\"][^”\"]{5,200}[”\"],? ")
_LONGEST_HEADING = 220
_SHORT = 60
_GLYPH = re.compile(
    r"^[o§üØvý·]\s+(?=\S)"
)  # bullets of symbol fonts, written with the letter that stands at their place


def opens_board_statement(text: str) -> Literal["heading", "sentence", ""]:
    """Return whether a paragraph begins the board's statement, and as what."""
    if _NOT_OURS.match(text) or _quotes(text):
        return ""
    if len(text) <= _LONGEST_HEADING and _HEADING.match(text) and not text.rstrip().endswith((".", ";", ",")):
        return "heading"
    if _SENTENCE.match(text[:700]) or (_NONE.search(text[:300]) and _SUBJECT.match(text)):
        return "sentence"
    return ""


def _quotes(text: str) -> bool:
    """Whether a paragraph begins with words that somebody quotes, and goes on with his own."""
    quoted = _QUOTED.match(text)
    return quoted is not None and text[quoted.end() : quoted.end() + 1].islower()


def recommends(text: str) -> Recommendation | None:
    """Return what a paragraph says the board recommends, None where it says nothing of it."""
    if _NONE.search(text):
        return "none"
    advice = _ADVICE.search(_REASONS.sub("", text))
    way = advice["for"] if advice else None
    if way is None and (brief := _BRIEF_ADVICE.search(text)):
        way = brief["for"] or brief["cell"]
    if way:
        return "against" if way.lower() == "against" else "for"
    return None


def recommendation_in(*sections: Sequence[Paragraph]) -> tuple[Recommendation, Span] | None:
    """Return what the board recommends and where it says so; the first section that says it counts."""
    for section in sections:
        for paragraph in section:
            if found := recommends(paragraph.text):
                return found, paragraph.place()
    for section in sections:
        for paragraph in section:
            if _OPPOSES.search(paragraph.text):
                return "against", paragraph.place()
            if _SUPPORTS.search(paragraph.text):
                return "for", paragraph.place()
    return None


def recommendation_in_row(paragraphs: Iterable[Paragraph], item: str, title: str) -> tuple[Recommendation, Span] | None:
    """Return what the rows of a summary say the board recommends on an item of that title; None where they differ."""
    wanted = re.sub(r"\W", "", title.lower())
    found: dict[Recommendation, Span] = {}
    for paragraph in paragraphs:
        row = _SUMMARY_ROW.fullmatch(paragraph.text) if item and wanted else None
        if row and row["item"] == item and wanted in re.sub(r"\W", "", row["title"].lower()):
            found.setdefault("against" if row["way"].lower() == "against" else "for", paragraph.place())
    return next(iter(found.items())) if len(found) == 1 else None


def statement_of(paragraphs: Sequence[Paragraph], title: str) -> list[Paragraph]:
    """Return the board's statement without the headings that only name it."""
    start = 0
    while start < len(paragraphs) and (
        _MARK_ONLY.fullmatch(paragraphs[start].text)
        or _only_names_it(paragraphs[start].text)
        or _repeats(paragraphs[start].text, title)
        or (start and _is_second_line(paragraphs[start - 1], paragraphs[start]))
    ):
        start += 1
    return list(paragraphs[start:])


def _is_second_line(above: Paragraph, below: Paragraph) -> bool:
    """Whether a line goes on with the heading above it: short, close to it, and no sentence."""
    text = below.text
    close = below.wrapped and not below.gap and above.text.isupper() == text.isupper()
    return close and len(text) < _SHORT and text[-1] not in ".:;" and not recommends(text)


def _only_names_it(text: str) -> bool:
    advises = re.search(r"recommends\b", text, re.IGNORECASE) and not _QUESTION.match(text)
    return opens_board_statement(text) == "heading" and not advises


def _repeats(text: str, title: str) -> bool:
    plain, wanted = (re.sub(r"[^a-z]", "", words.lower()) for words in (text, title))
    return len(plain) > 5 and plain in wanted and len(text) < _LONGEST_HEADING


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    """Return paragraphs as one text, a line each."""
    return "\n".join([_GLYPH.sub("• ", paragraph.text) for paragraph in paragraphs])
