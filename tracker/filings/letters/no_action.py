"""Letters under Rule 14a-8: what companies argue to leave a proposal out, and what the SEC's staff answers.

Until November 2025 staff said of each ground whether it saw "some basis" for the company's view. Since then it weighs
(i)(1) alone; to a company that represents, without qualification, that it has a reasonable basis, it answers that it
will not object, solely because of that representation. That finds nothing about the proposal, and is never told as if
it did. Sources: DOMAIN.md 3; 17 CFR 240.14a-8(j).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.errors import ParseError
from tracker.domain.vocab import ResolutionCode
from tracker.filings.layout.filed import Layout, layout_of
from tracker.filings.letters.days import days_in
from tracker.filings.letters.no_action_parties import company_of, proponents_of
from tracker.filings.letters.parties import Party
from tracker.filings.letters.passages import Found, place_of, sentences
from tracker.filings.letters.rule_14a8 import grounds_in


class Outcome(StrEnum):
    """What staff answered. The last two are of the process since November 2025; none shares a word with the older."""

    CONCURRED = "concurred"
    NOT_CONCURRED = "not_concurred"
    REQUEST_WITHDRAWN = "request_withdrawn"
    NO_VIEW = "no_view"
    RECONSIDERATION_DENIED = "reconsideration_denied"
    NO_OBJECTION_ON_REPRESENTATION = "no_objection_on_representation"


CODES = {
    Outcome.CONCURRED: ResolutionCode.SEC_CONCURRED,
    Outcome.NOT_CONCURRED: ResolutionCode.SEC_NOT_CONCURRED,
    Outcome.NO_OBJECTION_ON_REPRESENTATION: ResolutionCode.SEC_NO_OBJECTION_ON_REPRESENTATION,
    Outcome.RECONSIDERATION_DENIED: ResolutionCode.RECONSIDERATION_DENIED,
}
_STAFF_SAYS = {
    Outcome.NO_OBJECTION_ON_REPRESENTATION: (
        r"solely\s+on\s+(?:that|this|the|your)\s+representation[^.]{0,80}\b(?:not\s+object|no\s+objection)"
        r"|will\s+not\s+object\b[^.]{0,160}\b(?:solely|representation)"
    ),
    Outcome.REQUEST_WITHDRAWN: (
        r"\bwithdraws?\s+(?:its|the|your)\s+(?:\w+\s+\d{1,2},\s+\d{4}\s+)?(?:request|letter|no-action)"
        r"|matter\s+is\s+now\s+moot"
    ),
    Outcome.RECONSIDERATION_DENIED: (
        r"no\s+basis\s+to\s+reconsider\b"
        r"|(?:den(?:y|ied)|declin\w+)\s+(?:your|the|to)\s+(?:request\s+(?:for|that\s+we)\s+)?reconsider"
    ),
    Outcome.NO_VIEW: (
        r"\b(?:express(?:es|ing)?|states?|takes?)\s+no\s+view\b|\bdeclin\w+\s+to\s+(?:state|express)\s+(?:a|any)\s+view\b"
        r"|\bnot\s+express(?:ing)?\s+(?:a|any)\s+view\b"
    ),
    Outcome.NOT_CONCURRED: (
        r"\b(?:unable\s+to|do\s+not|cannot|does\s+not)\s+(?:concur|conclude|agree)\b"
        r"|do\s+not\s+believe\s+that\b[^.]{0,60}\bmay\s+(?:omit|exclude)"
    ),
    Outcome.CONCURRED: (
        r"\b(?:appears|there\s+is|seems)\b[^.]{0,30}\b(?:some|a)\s+basis\s+for\s+your\s+(?:view|position|opinion)"
        r"|will\s+not\s+recommend\s+(?:any\s+)?enforcement\s+action"
    ),
}
_PATTERNS = {outcome: re.compile(pattern, re.IGNORECASE) for outcome, pattern in _STAFF_SAYS.items()}
_STAFF = re.compile(
    r"\bresponse\s+of\s+the\s+office\s+of\s+chief\s+counsel\b|\byour\s+(?:view|position|opinion)\s+that\b|\bincoming\s+letter\s+dated\b|\byou\s+represent\s+that\b"
    r"|\bin\s+(?:response|regard)\s+to\s+your\s+(?:letters?|correspondence)\b|\brule\s+14a-8\s+review\s+team\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:intends?|intention|proposes?|plans?)\s+(?:to\s+|is\s+to\s+)?(?:omit|exclude)\b|\b(?:our|my)\s+client,|\bmay\s+properly\s+be\s+(?:omitted|excluded)"
    r"|\brequests?\s+(?:confirmation\s+)?that\s+the\s+staff\b|\bnotice\s+of\s+intent(?:ion)?\s+to\s+(?:omit|exclude)\b",
    re.IGNORECASE,
)
_PROPONENT = re.compile(
    r"\b(?:on\s+behalf\s+of\s+the\s+proponents?|i\s+am\s+the\s+proponent|we\s+are\s+the\s+proponents?)\b"
    r"|\bin\s+response\s+to\s+the\s+company['’]s\s+(?:letter|request|no-action)|\brebuttal\b"
    r"|\burge\s+the\s+staff\s+to\s+(?:deny|reject)\b|\bnot\s+be\s+excluded\s+from\s+the\s+company['’]s",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:request\w*|asks?)\b[^.]{0,120}\b(?:concur\w*|confirm\w*|no-action|not\s+recommend|not\s+object|respond|response)\b",
    re.IGNORECASE,
)
# Where a letter of the company or the proponent begins that is enclosed with staff's answer.
_ENCLOSED = re.compile(
    r"\bladies\s+and\s+gentlemen\b|\bdear\s+(?:sir|madam)|\bour\s+client\b|\bthis\s+letter\s+is\s+to\s+(?:inform|notify|advise)\b"
    r"|\bwe\s+(?:hereby\s+)?(?:respectfully\s+)?request\s+that\s+the\s+staff\b|\bhereby\s+notif(?:y|ies)\b|\bto\s+whom\s+it\s+may\s+concern\b",
    re.IGNORECASE,
)
_RECONSIDER = re.compile(r"\b(?:request|ask)\w*\b[^.]{0,100}\breconsider", re.IGNORECASE)
_REPRESENTS = re.compile(r"\brepresent(?:s|ation|ed)?\b[^.]{0,200}\breasonable\s+basis\b", re.IGNORECASE)
_QUALIFIED = re.compile(r"\b(?:subject\s+to|unless|provided\s+that|may\s+have|we\s+believe)\b", re.IGNORECASE)
_ARGUES = re.compile(r"\b(?:exclu|omi(?:t|ssion))\w*", re.IGNORECASE)
_THE_PROPOSAL = re.compile(r"\bthe\s+(?:\w+\s+)?proposals?\b", re.IGNORECASE)
_PRECEDENT = re.compile(
    r"\(\s?avail|\bstaff\s+(?:has\s+)?(?:concurred|permitted|agreed|allowed)|\bconcurr(?:ed|ing|ence)\b|\brelease\s+no|\blegal\s+bulletin",
    re.IGNORECASE,
)
_YOUR_VIEW = re.compile(r"\byour\s+(?:view|position|opinion|request|letter)\b", re.IGNORECASE)
_RELIANCE = re.compile(r"\b(?:in\s+reliance\s+on|may\s+(?:omit|exclude))\b", re.IGNORECASE)
_OUR_VIEW = re.compile(r"\brespectfully\b|\bour\s+(?:view|opinion|belief)\b", re.IGNORECASE)
_LISTED = re.compile(r"^[\W\d]*(?:[ivx]+\.\s+|[a-z]\.\s+)?rules?\s+14a", re.IGNORECASE)
_SUBJECT_MATTER = re.compile(r"\b14a\s?[-‐‑–—]\s?8\b", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"\bdivision\s+of\s+corporat(?:ion|e)\s+finance\b|\boffice\s+of\s+(?:the\s+)?chief\s+counsel\b|shareholderproposals@sec"
    r"|\brule\s+14a-8\s+review\s+team\b|\bincoming\s+letter\s+dated\b|\b14a\s?-\s?8\s?\(j\)",
    re.IGNORECASE,
)
_INCOMING = re.compile(r"\bincoming\s+letter\s+dated\b", re.IGNORECASE)
_BEGINNING = 30_000  # characters
# Staff agreed to leave out words of a proposal, which itself stays.
_PORTIONS = re.compile(
    r"\bportions?\s+of\b|\bonly\s+(?:these|those|this|the)\b|\bcertain\s+(?:statements|sentences)|\bfollowing\s+(?:statements?|sentences?)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\bunless\b[^.]{0,120}\bprovid|\bwithin\s+(?:seven|fourteen|7|14)\s+(?:calendar\s+)?days\b", re.IGNORECASE
)
_COMPANY_KINDS = frozenset({"no_action_request", "notice", "reconsideration_request"})
_HEAD = 40  # sentences in which a letter's date stands


@dataclass(frozen=True, slots=True)
class Ground:
    """A paragraph of Rule 14a-8; `decision` is what staff said of it, None where it said nothing."""

    paragraph: str
    argued: bool
    decision: Outcome | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NoActionPaper:
    """A letter. `kind` is "staff_response", "no_action_request", "notice", "reconsideration_request" (the company's),
    or "proponent_response".

    `outcome` is staff's answer as a whole, None in a company's letter and where the words are not known.
    `representation`: the company represents without qualification that it has a reasonable basis.
    """

    kind: str
    company: Found | None
    proponents: tuple[Party, ...]
    day: date | None
    grounds: tuple[Ground, ...]
    outcome: Outcome | None
    outcome_place: Found | None
    representation: bool
    warnings: tuple[str, ...]

    @property
    def code(self) -> ResolutionCode | None:
        """The step in a resolution's life that the letter is; None where it leaves that open."""
        if self.kind == "staff_response":
            return CODES.get(self.outcome) if self.outcome else None
        if self.kind == "reconsideration_request":
            return ResolutionCode.RECONSIDERATION_SOUGHT
        return ResolutionCode.EXCLUSION_NOTICED if self.kind in {"no_action_request", "notice"} else None


def no_action_paper(body: bytes, content_type: str = "") -> NoActionPaper:
    """Read a letter as HTML, text or PDF; raises ParseError for what is none under Rule 14a-8."""
    return paper_in(layout_of(body, content_type))


def paper_in(layout: Layout) -> NoActionPaper:
    """Read a letter; raises ParseError for a document that is not about leaving out a proposal under Rule 14a-8."""
    about = _SUBJECT_MATTER.search(layout.text) or _INCOMING.search(layout.text[:_BEGINNING])
    if not about or not _ADDRESSEE.search(layout.text[:_BEGINNING]):
        raise ParseError(
            "reading a letter under Rule 14a-8: it is neither from nor to the SEC's Division of Corporation Finance "
            "about that rule; it is another document"
        )
    told = tuple(sentences(layout))
    kind = _kind(layout.text)
    outcome, place, decisions = _answer(told) if kind == "staff_response" else (None, None, {})
    warnings = list(layout.warnings)
    if kind == "staff_response" and outcome is None:
        warnings.append("what staff answered is in words that are not known here")
    if kind == "staff_response" and _PORTIONS.search(layout.text):
        warnings.append("staff seems to speak of portions of the proposal: read the letter")
    if outcome is Outcome.CONCURRED and _CONDITION.search(layout.text):
        warnings.append("staff's view seems to hold on a condition: read the letter")
    company, proponents = company_of(told), proponents_of(told)
    warnings += [] if company else ["the company is not named plainly"]
    warnings += [] if proponents else ["the proponent is not named plainly"]
    return NoActionPaper(
        kind,
        company,
        proponents,
        next((day for sentence in told[:_HEAD] for day, _ in days_in(sentence)), None),
        _grounds(told, decisions, by_staff=kind == "staff_response"),
        outcome,
        place,
        kind in _COMPANY_KINDS and _represents(told),
        tuple(warnings),
    )


def _kind(text: str) -> str:
    """Return who speaks, which the first words that only one of them writes tell: letters quote each other."""
    first = {
        kind: found.start()
        for kind, pattern in (("staff_response", _STAFF), ("company", _COMPANY), ("proponent_response", _PROPONENT))
        if (found := pattern.search(text))
    }
    kind = min(first, key=lambda each: first[each], default="company")
    if kind != "company":
        return kind
    if _RECONSIDER.search(text):
        return "reconsideration_request"
    return "no_action_request" if _REQUEST.search(text) else "notice"


def _answer(told: Iterable[Found]) -> tuple[Outcome | None, Found | None, dict[str, Outcome]]:
    """Return staff's answer, where it stands, and what it says of each ground."""
    said: dict[Outcome, Found] = {}
    decisions: dict[str, Outcome] = {}
    for sentence in told:
        if _ENCLOSED.search(sentence.text):
            break
        outcome = next((outcome for outcome, pattern in _PATTERNS.items() if pattern.search(sentence.text)), None)
        if outcome is None or (outcome is Outcome.CONCURRED and _PORTIONS.search(sentence.text)):
            continue
        said.setdefault(outcome, place_of(sentence, 0, len(sentence.text)))
        if outcome in {Outcome.CONCURRED, Outcome.NOT_CONCURRED}:
            for cited in grounds_in(sentence.text):
                decisions.setdefault(cited.paragraph, outcome)
    # One ground is enough; an answer to a representation stands above all, for it weighs none.
    ranked = (
        Outcome.NO_OBJECTION_ON_REPRESENTATION,
        Outcome.RECONSIDERATION_DENIED,
        Outcome.CONCURRED,
        Outcome.REQUEST_WITHDRAWN,
        Outcome.NOT_CONCURRED,
        Outcome.NO_VIEW,
    )
    outcome = next((each for each in ranked if each in said), None)
    return outcome, said.get(outcome) if outcome else None, decisions


def _grounds(told: Sequence[Found], decisions: dict[str, Outcome], *, by_staff: bool) -> tuple[Ground, ...]:
    """Return the grounds argued for this proposal, not those of the precedents, and those staff spoke of."""
    found: dict[str, Ground] = {}
    for sentence in told:
        cited = list(grounds_in(sentence.text))
        if not cited or not _argues(sentence.text, by_staff=by_staff):
            continue
        for citation in cited:
            place = place_of(sentence, citation.start, citation.end)
            ground = Ground(citation.paragraph, True, decisions.get(citation.paragraph), place.start, place.end)
            found.setdefault(citation.paragraph, ground)
    return tuple(found.values())


def _argues(sentence: str, *, by_staff: bool) -> bool:
    """Return whether a sentence is about leaving out this proposal; staff speaks of the company's view of it."""
    if by_staff:
        return _YOUR_VIEW.search(sentence) is not None or _RELIANCE.search(sentence) is not None
    if _PRECEDENT.search(sentence) and not _OUR_VIEW.search(sentence):
        return False
    if _YOUR_VIEW.search(sentence):
        return False  # staff's words in another matter
    if _LISTED.match(sentence):
        return True
    return _ARGUES.search(sentence) is not None and _THE_PROPOSAL.search(sentence) is not None


def _represents(told: Iterable[Found]) -> bool:
    return any(_REPRESENTS.search(sentence.text) and not _QUALIFIED.search(sentence.text) for sentence in told)
