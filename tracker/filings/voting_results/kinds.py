"""What sort of matter a title names, by its words alone; and what looks like a person's name."""

import re
from typing import Literal

Kind = Literal["director", "auditor", "say_on_pay", "say_on_frequency", "shareholder_proposal", "other"]

_HOLDER = r"(?:share|stock)\s?-?(?:holder|owner)s?(?:['’]s?)?"
_PROPOSAL = re.compile(
    rf"\b{_HOLDER}s?[\s-]+(?:advisory |non-?binding |precatory |resolution |sponsored |submitted )*(?:proposals?"
    rf"|resolutions?)\b"
    rf"|\b{_HOLDER}[\s-]+(?:sponsored|submitted|proposed|requested)\b"
    r"|\b(?:proposal|resolution)s?\b[^.;]{0,60}\b(?:submitted|presented|made|brought|sponsored|offered|put forward"
    r"|introduced|filed)\b[^.;]{0,30}\b(?:by|from)\b"
    rf"|\b(?:proposal|resolution)s? (?:of|from|by) (?:a |an |one |two |certain |several |the |our |individual "
    rf"|one of (?:our|its) )*{_HOLDER}"
    r"|\brepeal (?:of )?(?:any|each) (?:(?:provisions?|amendments?)\b[^.;]{0,80}\bby-?laws\b"
    r"|by-?laws?\b)"  # in a contest
    r"|\bproposals? (?:of|from|by) the (?-i:[A-Z])\w+ (?-i:Group|Parties|Investors|Funds?)\b"
    r"|\bproposal (?:of|from|by) [^.;]{1,80}\b(?:requesting|urging|asking)\b"
    r"|\b(?:proposal|resolution)\b[^.;]{0,40}\b(?:requesting|urging|asking"
    r"|calling)\b[^;]{0,300}\bif (?:it is )?properly (?:presented|brought|introduced)",
    re.IGNORECASE,
)
_BY_COMPANY = re.compile(
    r"\b(?:submitted|presented|made|brought|sponsored|offered) by (?:the )?(?:company|board|management|our board)",
    re.IGNORECASE,
)
_SECTION = re.compile(
    rf"\W*(?:[a-z0-9]{{1,4}}[.)]\s*)?(?:{_HOLDER}s?)\s+(?:proposals|proposal|resolutions?|matters)(?:\W*$|\s?[:–—])"
    rf"|.{{0,150}}\bfollowing\b.{{0,20}}\b{_HOLDER}s?\s+(?:proposals|resolutions)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_OWN_SECTION = re.compile(
    r"\W*(?:[a-z0-9]{1,4}[.)]\s*)?(?:management|company|board)(?:['’]s)?\s+(?:proposals?|resolutions?|matters)\W*$",
    re.IGNORECASE,
)
_AUDITOR = re.compile(
    r"^\W*(?:the )?(?:independent |external )?auditors?\W*$"
    r"|\bauditors?['’]s?\s(?:remuneration|fees)\b|\b(?:remuneration|fees) of (?:the |our )?(?:\w+ )?auditors?\b"
    r"|\b(?:ratif\w+|appoint\w*|re-?appoint\w*|select\w*|engag\w+|approv\w+|confirm\w*)\b.{0,200}"
    r"\b(?:audit(?:or|ors)|accounting firms?|accountants?|account(?:ing)? firm|P?LLP|L\.L\.P\.|P\.C\."
    r"|PLLC|P\.L\.L\.C\.|CPAs?|P\.C\b|P\.A\b|L\.L\.[PC]\b)"
    r"|\bindependent\b.{0,30}\b(?:accounting firms?|auditors?|accountants?)\b"
    r"|\bratif\w+\b.{0,40}\b(?:appointment|selection|engagement|retention) of (?:the firm of )?(?-i:[A-Z])"
    r"(?!.{0,80}\b(?:directors?|trustees?|officers?|members?|advis[eo]rs?|agents?)\b)"
    r"|\bratif\w+(?: of)? (?-i:(?:[A-Z&][\w.'’-]{0,30},? (?:and )?){1,6}"
    r"(?:Ltd|Co|Company|Associates|Partners|S\.C|P\.A)\b)"
    r"|\b(?:appointment|selection) of (?-i:[A-Z])[^;]{2,60}(?:& Co\b|\bP\.A\.|\bS\.C\.|\bCPAs?\b)"
    r"|\b(?:appointment|selection|engagement) of (?-i:[A-Z])[^.;]{2,60} (?:was|were|is|has been) (?:duly )?ratified\b"
    r"|\bratif\w+\b.{0,60}\b(?:audit|account)|\b(?:auditors?|accounting firm|accountants)\b.{0,40}\b(?:ratif|appoint"
    r"|select)",
    re.IGNORECASE | re.DOTALL,
)
# "Ratification of Plante Moran": of a name and nothing else.
_RATIFIES_FIRM = re.compile(
    r"\W*(?i:ratif(?:y|ication of|ied))(?: the)?(?: (?!(?:Amendments?|Plans?|Rights|Agreements?|By-?[Ll]aws?|Charter"
    r"|Directors?|Board|Actions?|Election|Severance|Termination|Stock|Shares?|Tax|NOL|Section|Executives?|Awards?|Grants?"
    r"|Issuance|Compensation|Contract|Acquisition|Forum|Exclusive|Poison|Golden|Named|Say|Trust|Advis\w+)\b)"
    r"(?:[A-Z][\w.’'-]+,?|&|and)){2,5}\W*"
)
_PLAN = re.compile(
    r"\b(?:plan|plans|amendment to the|amended and restated|directors?['’]? compensation)\b", re.IGNORECASE
)
_PAY = re.compile(
    r"\bsay[\s-]on[\s-]pay\b|\b(?:executive|officers?|NEOs?)\b.{0,40}\b(?:compensation|pay|remuneration)\b"
    r"|\b(?:compensation|pay|remuneration)\b.{0,80}\b(?:executives?|officers?|NEOs?)\b|\bremuneration report\b"
    r"|\badvisory\b.{0,80}\bcompensation\b",
    re.IGNORECASE | re.DOTALL,
)
_PARACHUTE = re.compile(
    r"\bgolden parachute|\bmerger[\s-]related|in connection with the (?:merger|transaction)|\bmerger\b", re.IGNORECASE
)
_PARACHUTE_PAY = re.compile(
    r"\bcompensation\b[^.;]{0,200}\b(?:in connection with|relat\w+ to) (?:the|such) (?:proposed )?(?:\w+ )?(?:merger"
    r"|mergers|transactions?|acquisition|business combination)\b",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(
    r"\bsay[\s-]on[\s-](?:frequency|when)\b|\b(?:frequency|how often)\b.{0,200}\b(?:vot\w+|compensation"
    r"|say[\s-]on[\s-]pay|advisory|pay)\b"
    r"|\bvote\w*\b.{0,80}\bfrequency\b|\b(?:every|one|two|three) years?\b.{0,60}\badvisory vot",
    re.IGNORECASE | re.DOTALL,
)
_ELECTION = re.compile(
    r"\b(?:re-?)?appoint(?:ment of|ed|ing)? .{4,60}? as (?:an? )?(?:class \w{1,3} )?(?:non-)?(?:executive )?"
    r"(?:director|trustee)\b|"
    r"\b(?:re-?)?elect(?:ion|ions|ed|ing|s)?\b(?:.{0,160}\b(?:directors?|trustees?|nominees?|board|managers?"
    r"|members?|class [iv123]+)\b)?",
    re.IGNORECASE | re.DOTALL,
)
_WERE_ELECTED = re.compile(
    r"\b(?:directors?|trustees?|nominees?|individuals|persons|candidates)\b[^.;]{0,60}"
    r"\b(?:was|were|is|are|been) (?:\w+ly )?(?:re-?)?elected\b",
    re.IGNORECASE,
)
_NO_ELECTION = re.compile(
    r"\bmajority\b|\bdeclassif|\bstandard\b|\bcumulative\b|\bamend|\bbylaws?\b|\bby-laws?\b|\bcharter\b"
    r"|\bcertificate\b|\bannual election\b|"
    r"\bprovide for\b|\bplurality\b|\bratif|\bapprov",
    re.IGNORECASE,
)
_FIXES = re.compile(r"\b(?:fix|set|determin)\w*\b[^.;]{0,20}\bnumber of directors\b", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:directors?|trustees?|nominees?|board|managers?)\b", re.IGNORECASE)
_MATTER = re.compile(
    r"\b(?:re-?)?elect(?:ion|ed|ing|s)?\b|\bratif|\bapprov|\bamend|\badopt|\badvisory\b|\bcompensation\b"
    r"|\bproposal\b|\bresolution\b|\bfrequency\b|"
    r"\badjourn|\bmerger\b|\bissuance\b|\bauthoriz|\bincrease\b|\breverse\b|\bsplit\b|\bplan\b|\bsay[\s-]on"
    r"|\bcharter\b|\bbylaw|\bby-law|"
    r"\bauditor|\baccount(?:ant|ing)|\bappoint|\breport\b|\bpolicy\b|\bdeclassif|\bremov|\breincorporat|\bdissol"
    r"|\bliquidat|\btransact|\bagreement\b|"
    r"\bvote\b|\bindependent\b|\bright to\b|\bdisclos|\brequir|\bconver|\bsale of\b|\bextension\b|\bfundamental\b"
    r"|\bsubadvis|\badviser|\bselection of\b",
    re.IGNORECASE,
)
_TITLES = (
    r"(?:(?:mr|ms|mrs|dr|hon|the hon|honorable|the honorable|sir|lord|lady|prof|professor|admiral|adm|general|gen|lt"
    r"|maj|col|ambassador|amb|rev|senator|sen|governor|gov)\.?\s+)"
)
_NAME_WORD = (
    r"(?:[A-ZÀ-ÞĀ-Ž][\w'’.À-ÿ-]*|(?:de|da|di|du|la|le|van|von|der|den|del|della|dos|bin|al|el|y|e|ten|ter|st\.?)"
    r"|[“\"'‘(][\w.’' -]{1,20}[”\"'’)])"
)
_SUFFIX = (
    r"(?:,?\s+(?:jr|sr|ii|iii|iv|esq|ph\.?\s?d|m\.?d|m\.?b\.?a|d\.?v\.?m|pharm\.?d|j\.?d|c\.?p\.?a|ed\.?d|dr\.?p\.?h"
    r"|d\.?sc|sc\.?d|r\.?n|cfa|dds|d\.?m\.?d|usn|usaf|usmc|usa|p\.?e|ret|obe|cbe|kbe|mph|llm|faan|frs|dba)\b\.?"
    r"|,?\s?\(ret(?:\.|ired)?\))"
)
_NAME = re.compile(rf"{_TITLES}{{0,3}}{_NAME_WORD}(?:,?\s+{_NAME_WORD}){{1,5}}{_SUFFIX}{{0,4}}", re.UNICODE)
_CASELESS_TITLES = re.compile(_TITLES, re.IGNORECASE)
_CASELESS_SUFFIX = re.compile(rf"{_SUFFIX}(?={_SUFFIX}{{0,4}}$)|{_SUFFIX}$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:proposals?|election|directors?|nominees?|vot(?:e|es|ing)|shares?|stock|class|total|company|plan|approv\w+"
    r"|ratif\w+|compensation|"
    r"amend\w*|board|annual|meeting|common|advisory|report|policy|llp|corporation|committee|item|inc|resolution"
    r"|series|results?|"
    r"preferred|fund|trust|for|against|abstain|withheld|broker|officers?|executive|auditors?|merger|adjournment"
    r"|reverse|split|says?|pay|name|group|party|"
    r"combined|together|ordinary|holders?|quorum|final|preliminary|one|two|three|year|years|matter|year|company"
    r"|stockholders?|shareholders?)\b|,\s?P\.\s?[AC]\.?(?:\W|$)|\bL\.L\.[PC]\b|\bPLLC\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b[JS]r|\bEsq|\.[A-Z][a-z]?|\bPh\.?\s?D|[A-Z]{2})\.$")
_NOTES = re.compile(
    r"\s*(?:\([^()]{0,40}\)|\[[^\[\]]{0,20}\]|[*†‡§#¹²³⁰-⁹]+|,?\s*(?:age|aged)?\s*[0-9]{2}\b"
    r"|\bclass [ivx123]{1,3}\b)\s*",
    re.IGNORECASE,
)


def is_shareholder_proposal(text: str) -> bool:
    """Return whether a matter's title, heading or opening entry names it a proposal of shareholders."""
    return any(not _BY_COMPANY.search(text, found.start(), found.end() + 30) for found in _PROPOSAL.finditer(text))


def section_of_holders(text: str) -> bool | None:
    """Return True for a heading "Shareholder Proposals", False for "Management Proposals", None for any other."""
    if len(text) > 250:
        return None
    if _SECTION.match(text) and not re.search(r"\b(?:proposal|resolution)\W+\w", text):
        return True
    return False if _OWN_SECTION.match(text) else None


def is_election(text: str) -> bool:
    """Return whether a heading is that of an election of directors or trustees."""
    found = _ELECTION.search(text[:400])
    if not found or is_shareholder_proposal(text):
        return False
    if _NO_ELECTION.search(text[: found.start()]) or _NO_ELECTION.search(found[0]):
        return False
    return bool(_OFFICE.search(found[0]) or found.start() < 30 or _WERE_ELECTED.search(text[:400]))


def fixes_number(text: str) -> bool:
    """Return whether a text puts the number of directors to the vote."""
    return _FIXES.search(text) is not None


def names_matter(text: str) -> bool:
    """Return whether a text has words in which matters are put to a vote."""
    return _MATTER.search(text) is not None


def kind_of(title: str, *, holders: bool) -> Kind:
    """Return the kind of a matter that is no director's election; `holders`: it is known to be shareholders' own."""
    if holders or is_shareholder_proposal(title):
        return "shareholder_proposal"
    if _FREQUENCY.search(title) and not (_PLAN.search(title) and "frequency" not in title.lower()):
        return "say_on_frequency"
    if _AUDITOR.search(title) or _RATIFIES_FIRM.fullmatch(title):
        return "auditor"
    if _PAY.search(title) and not _PLAN.search(title) and not _PARACHUTE.search(title):
        return "say_on_pay"
    return "other"


def pays_for_merger(said: str) -> bool:
    """Return whether what is said of a matter on pay makes it the pay that a merger brings, which is no say on pay.

    Source: Exchange Act section 14A(b): that vote is another than the one on pay under section 14A(a).
    """
    return _PARACHUTE_PAY.search(said) is not None


def person_in(text: str) -> str | None:
    """Return the person's name that a text is, without footnote marks, age and class; None when it is none."""
    bare = " ".join(_NOTES.sub(" ", text).split()).strip(" ,;:–—-")
    if bare.endswith(".") and not _ABBREVIATED.search(bare):
        bare = bare[:-1]
    if not 3 < len(bare) < 70 or _NO_NAME.search(bare):
        return None
    core = _CASELESS_TITLES.sub("", _CASELESS_SUFFIX.sub("", bare))
    return bare if _NAME.fullmatch(core) else None
