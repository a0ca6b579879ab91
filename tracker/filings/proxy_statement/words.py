"""Words by which the parts of a shareholder proposal are told apart."""

import re

HOLDER = r"(?:(?:share|stock|unit)[- ]?(?:holder|owner))"
_COMPANY = r"(?:our|the|your|its|[A-Z][\w.&’'-]{0,40}(?: [A-Z][\w.&’'-]{0,40}){0,4}['’]s?)"

RESOLVED = re.compile(
    r"[“\"‘'*]{0,2}(?:(?:[Nn]ow,? |NOW,? )?(?:[Tt]herefore|THEREFORE),? ?(?:[Ll]et "
    r"|LET )?)?(?:[Bb][Ee] [Ii][Tt] |[Ii]t is |IT IS )?(?:[Hh]ereby |HEREBY |[Ff]urther |FURTHER )?"
    r"(?:RESOLVED|R E S O L V E D|Resolved|(?:Resolution|RESOLUTION)(?=\s*(?::|$))"
    r"|resolved(?=[:,]? that\b))(?: [Cc]lause| CLAUSE| FURTHER"
    r"| [Ff]urther)?(?P<mark>[\"”’]?\s{0,2}(?:[:;,.—–-]{1,2}|\b(?=\s|$)))\s*"
)
THEREFORE = re.compile(r"[“\"‘']?(?:(?:NOW|Now),? )?(?:THEREFORE|Therefore)(?:[,:]| it is)\s*")
WHEREAS = re.compile(r"[“\"‘']?(?:WHEREAS|Whereas)\b[:,;—–-]?\s*")
SUPPORTING = re.compile(
    r"[“\"‘']?(?:(?:(?:The )?(?:Proponent|Share(?:holder|owner)|Stock(?:holder"
    r"|owner))(?:['’]?s?['’]?) )?(?:SUPPORTING STATEMENT|Supporting [Ss]tatement|STATEMENT OF SUPPORT"
    r"|Statement of [Ss]upport|"
    r"STATEMENT IN SUPPORT|Statement [Ii]n [Ss]upport)(?: of (?:the |this )?(?:Share|Stock)?(?:holder "
    rf"|owner )?(?:[Pp]roposal|[Rr]esolution))?"
    rf"|(?:[Tt]he (?:{HOLDER}|[Pp]roponent)|M(?:r|s|rs)\. [A-Z][\w’-]+)(?:['’]?s?['’]?) (?:(?:ha(?:s|ve) )?(?:submitted"
    r"|provided|furnished|given) the following (?:supporting )?statement\b[^.:]{0,60}"
    r"|(?:supporting statement|statement in support)\b[^.:]{0,50} (?:follows|reads as follows)))"
    r"[”\"’]?\s{0,2}(?P<mark>[:.—–-]{1,2}\s*|$)"
)
_PART_HEADINGS = re.compile(
    rf"(?:background|(?:{HOLDER} )?proponents?(?:\s?\(?[\d*]\)?)?|"
    rf"(?:identity of )?the proponents?|introduction(?: and .{{0,60}})?"
    r"|(?:the )?resolution(?: and supporting statement)?"
    r"|(?:the )?proponents?['’]?s? proposal|the proposal|"
    rf"(?:the )?{HOLDER}(?:['’]?s?['’]?) resolution|"
    rf"\(?(?:beginning|start|end) of (?:the )?(?:{HOLDER}(?:['’]?s?['’]?) )?proposal(?: and .{{0,40}})?\)?|"
    rf"(?:text of )?(?:the )?(?:{HOLDER}(?:['’]?s?['’]?) )?(?:proposal"
    r"|resolution) and (?:supporting statement|statement(?: of support| in support)?)"
    rf"|(?:{HOLDER}(?:['’]?s?['’]?) )statement|"
    r"(?:the )?(?:vote|votes) required.{0,40}|required vote.{0,30}|what am i.{0,30}|(?:proposal )?snapshot\b.{0,200}"
    r"|dear (?:fellow )?.{3,25}|overview|summary|reasons?)[\s:.]*",
    re.IGNORECASE,
)
_BOARD = r"(?:board|company|management|directors|corporation|we)"
_ADVICE = re.compile(
    rf"\W{{0,3}}(?:for (?:the|these) reasons.{{0,120}}?,?\s)?(?:our|the|your|its)?\s?(?:entire |full "
    rf"|company['’]s )?{_BOARD}\b.{{0,60}}?\b(?:recommend|oppose|unanimously|makes? no|does not)"
    r"|\W{0,3}no recommendation|(?:board |voting )?recommendation\b|\W{0,3}(?:vote )?[“\"]?(?:against|for)[”\"]?$",
    re.IGNORECASE,
)


LABELLED = re.compile(
    r"(?:(?:names? of )?(?:the )?(?:lead )?(?:proponent|filer|sponsor)s?(?:\(s\))?"
    rf"|(?:{HOLDER} )?(?:proposal )?(?:submitted|sponsored|proposed|presented"
    rf"|filed) by|received from)\s{{0,3}}[:–—]\s{{0,3}}(?=\S)"
    r"|(?:proposal )?(?:submitted|sponsored) by (?=[^.]{3,250}$)",
    re.IGNORECASE,
)
LIST_ITEM = re.compile(
    r"[•●■▪◦○□►➢](?=\w)|(?:[•●■▪◦○□►➢*·‣–—-]|o|\(?\d{1,2}[.)]|\(?[a-z][.)]|\((?:[ivx]{1,4}|[A-Z])\))(?=\s|$)"
)


def is_part_heading(text: str) -> bool:
    """Whether a paragraph is nothing but the name of a part, such as "The proposal"."""
    return _PART_HEADINGS.fullmatch(text) is not None


_VOTE_REQUIRED = re.compile(
    r"(?:the )?(?:vote|votes) (?:required|necessary)\b.{0,60}|required (?:vote|approval)\b.{0,30}"
    r"|what (?:vote|votes|approval) (?:is|are) (?:required|needed|necessary).{0,60}"
    r"|voting (?:requirements?|standard)|effect of (?:the )?(?:proposal|vote)",
    re.IGNORECASE,
)


def is_vote_required(text: str) -> bool:
    """Whether a paragraph is the heading below which the company says how many votes the proposal needs."""
    return _VOTE_REQUIRED.fullmatch(text.rstrip(":.? ")) is not None


def opens_clause(text: str) -> bool:
    """Whether a paragraph is the proponent's resolution or begins what leads to it."""
    return bool(RESOLVED.match(text) or THEREFORE.match(text) or WHEREAS.match(text))


def opens_proposal_part(text: str) -> bool:
    """Whether a paragraph opens a part of a proposal and so ends its heading."""
    return bool(
        opens_clause(text)
        or SUPPORTING.match(text)
        or _PART_HEADINGS.fullmatch(text)
        or _ADVICE.match(text)
        or LABELLED.match(text)
    )
