"""Whose proposal at which company a letter under Rule 14a-8 is about: from its subject line and its defined terms."""

import re
from collections.abc import Sequence

from tracker.filings.letters.parties import Party, name_in, parties_in
from tracker.filings.letters.passages import Found, place_of

_DEFINED = (
    r"(?:\s{{0,3}},)?\s{{0,3}}\((?:[^()]{{0,60}}\s)?(?:the\s|each,?\s+a\s|together,?\s+the\s|collectively,?\s+the\s)?"
    r"[“\"'‘]{{1,2}}(?:{0})[”\"'’]{{1,2}}"
)
_COMPANY_TERM = re.compile(_DEFINED.format("Company|Corporation|Registrant|Bank|Trust|Fund|Issuer"))
_PROPONENT_TERM = re.compile(
    _DEFINED.format("(?:Lead\\s)?Proponents?|Stockholder\\sProponents?|Shareholder\\sProponents?|Filers?")
)
_NAME_BEFORE = re.compile(
    r"(?:\bour\s+client,?\s+|\bon\s+behalf\s+of\s+(?:our\s+client,?\s+)?|\bcounsel\s+(?:to|for)\s+|\bclient,\s+|^\W*)"
    r"(?P<name>[A-Z0-9](?:[^()“”\"]|\([^()]{1,20}\)){1,120}?)(?:,\s+an?\s+[A-Z][\w\s]{2,30}(?:corporation|company|partnership|trust))?,?$"
)
_SUBMITTED = re.compile(
    r"\b(?:received\s+from|submitted\s+(?:to\s+[^()]{1,80}?\s+)?by|(?:share|stock)holder\s+proposal\s+(?:of|from|by)|sponsored\s+by|proposal\s+(?:of|from|by)|purportedly\s+(?:from|by)|presented\s+by)\s+",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^\W*(?:re|subject)\s*:\s*(?P<rest>.*)$", re.IGNORECASE)
_PROPOSAL_OF = re.compile(
    r"(?:share|stock)(?:holder|owner)\s+proposals?\s+(?:(?:submitted|filed|received)\s+)?(?:of|by|from)\s+(?P<name>[^()\n]{3,160})",
    re.IGNORECASE,
)
_FOR_INCLUSION = re.compile(
    r"(?:proposals?\s+)?submitted\s+to\s+(?P<company>.{3,100}?)\s+(?:\(the\s[^()]{3,20}\)\s+)?by\s+(?P<name>.{3,160}?)(?:\s+\(the\s[^()]{3,25}\))?\s+for\s+inclusion",
    re.IGNORECASE | re.DOTALL,
)
_NOT_A_COMPANY = re.compile(
    r"rule\s+14a|securities\s+exchange\s+act|(?:share|stock)holder\s+proposal|incoming\s+letter|no-?action|\bdated\b|proposals?\s+(?:of|from|by|submitted)|section\s+14|notice",
    re.IGNORECASE,
)
_TERM = re.compile(r"(?:the\s+)?(?:company|corporation|you|bank|registrant)", re.IGNORECASE)
_TITLE = re.compile(r"^(?:Messrs|Mr|Mrs|Ms|Dr)\.?\s+", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|by)\s+(?=[A-Z]|the\s+[A-Z])")
_ET_AL = re.compile(r",?\s+et\s+al\.?$", re.IGNORECASE)
_CUT = re.compile(
    r"\s*(?:,?\s+(?:dated|regarding|requesting|concerning|relating|pursuant|under|for\s+inclusion|received|submitted|in\s+reliance|who\b|which\b)|\s[-–—]\s|[–—]|;|\.\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_AFTER_SUBJECT = 4


def company_of(told: Sequence[Found]) -> Found | None:
    """Return the company's name: from "submitted to ... by", the subject line, or the term "the Company"."""
    for sentence in told:
        found = _FOR_INCLUSION.search(sentence.text)
        if found and not _TERM.fullmatch(found["company"]):
            return name_in(place_of(sentence, *found.span("company")))
    return _subject_company(told) or _defined_company(told)


def proponents_of(told: Sequence[Found]) -> tuple[Party, ...]:
    """Return who made the proposal, one or several; empty where no sentence says it plainly."""
    for sentence in told:
        if found := _FOR_INCLUSION.search(sentence.text):
            return _people(place_of(sentence, *found.span("name")))
    for sentence in told:
        if term := _PROPONENT_TERM.search(sentence.text):
            before = sentence.text[: term.start()]
            opened = list(_SUBMITTED.finditer(before)) or list(_FROM.finditer(before))
            if opened and (people := _people(place_of(sentence, opened[-1].end(), term.start()))):
                return people
    for sentence in told:
        if found := _PROPOSAL_OF.search(sentence.text):
            start, end = found.span("name")
            cut = _CUT.search(found["name"])
            people = _people(place_of(sentence, start, start + cut.start() if cut else end))
            if people:
                return people
    return ()


def _people(named: Found) -> tuple[Party, ...]:
    start = named.start + len(named.text) - len(_TITLE.sub("", named.text))
    text = _ET_AL.sub("", named.text[start - named.start :])
    return parties_in([Found(text, start, start + len(text))]) if len(named.text) <= 200 else ()


def _subject_company(told: Sequence[Found]) -> Found | None:
    """Return the first line under "Re:" that is a name: the proposal and the rule are named there as well."""
    for number, sentence in enumerate(told):
        found = _SUBJECT.match(sentence.text.split("\n")[0]) if len(sentence.text) < 600 else None
        if found is None:
            continue
        lines = _subject_lines(told[number : number + _AFTER_SUBJECT], found.start("rest"))
        return next((name for line in lines if not _NOT_A_COMPANY.search(line.text) and (name := name_in(line))), None)
    return None


def _subject_lines(below: Sequence[Found], start: int) -> list[Found]:
    lines: list[Found] = []
    for passage in below:
        place = start
        for raw in passage.text[start:].split("\n"):
            for cell in re.split(r"\t", raw):
                line = place_of(passage, place, place + len(cell))
                cut = re.search(
                    r"\s*(?:[–—;]|\s-\s|\s\((?:the\s)?[“\"]|,?\s+(?:incoming|(?:share|stock)holder\s+proposal|rule\s+14a)).*$",
                    line.text,
                    re.IGNORECASE,
                )
                lines.append(
                    Found(line.text[: cut.start()], line.start, line.start + cut.start())
                    if cut and cut.start()
                    else line
                )
                place += len(cell) + 1
        start = 0
    return [line for line in lines if re.search(r"[A-Za-z]{2}", line.text)]


def _defined_company(told: Sequence[Found]) -> Found | None:
    for sentence in told:
        term = _COMPANY_TERM.search(sentence.text)
        before = sentence.text[: term.start()] if term else ""
        if before and (found := _NAME_BEFORE.search(" ".join(before.split()) if "\n" in before else before)):
            at = before.rfind(found["name"].split()[0])
            return name_in(Found(found["name"], sentence.start + max(at, 0), sentence.start + len(before)))
    return None
