"""Names out of a list of proponents: "A, 9 Oak Street, B and C, holders of 90 shares".

Addresses, holdings and offices stand between the names; they are passed over and never kept.
"""

import re
from collections.abc import Iterator

from tracker.filings.proxy_statement.asides import ADDRESS, ASIDE, OFFICE, OTHERS, PLACE_TAIL, SOME_HOLDER, STATE
from tracker.filings.proxy_statement.words import HOLDER

_SUFFIX = re.compile(
    r"(?:inc|llc|l\.l\.c|l\.?p|llp|ltd|limited|n\.a|s\.a|plc|jr|sr|i{2,3}|iv|esq|p\.?c|co|corp|ph\.?d"
    r"|m\.?d|cpa|trust|n\.?v|ag|sss?f|osf|osb|op|csj|rsm|bvm|ssnd|scn|ihm|cpps)\.?(?:\s+(?:of\s+)?(?-i:[A-Z]).*)?$",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\s*[(\[](?!U\.?[SK]\.?\) [A-Z])(?P<inside>[^()\[\]]{0,200})[)\]’']?")
_SHORT_NAME = re.compile(
    r"[(\[]\s*(?:the |collectively,? |together,? |hereinafter,? )*[“\"‘'][^()]{1,60}[”\"’'][^()]{0,20}[)\]]"
)
_TITLES = re.compile(
    r"^(?:messrs?\.?|mr\.? and mrs\.?|mr\.?|mrs\.?|ms\.?|miss|dr\.?|prof\.?|professor|rev\.?|the reverend|sr\.)\s+",
    re.IGNORECASE,
)
ROLE = re.compile(
    r",?\s+(?:as|serving as|acting as|the|is the|are the)\s+(?:an?\s|the\s)?(?:lead|primary|co|main"
    r"|sponsoring|principal)?[- ]?(?:filer|sponsor|proponent|filers|sponsors|proponents)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:fund|funds|trust|trusts|foundation|inc|llc|l\.p|ltd|limited|corp|corporation|company"
    r"|sisters|brothers|friars|fathers|church|churches|ministries|ministry|congregation|diocese"
    r"|province|order|society|societies|missionary|oblates|management|capital|investments?|"
    r"investors?|plan|system|systems|retirement|union|council|center|centre|association|institute"
    r"|partners|advisors|advisers|asset|assets|endowment|university|college|bank|group|board|office"
    r"|comptroller|treasurer|teamsters|brotherhood|federation|network|alliance|coalition|project"
    r"|commons|etf|portfolio|pension|pensions|estate|family|rev tr|committee|sow|peta|animals|league"
    r"|conference|benefit|benefits|health|hospital|hospitals|dominicans?|franciscans?|benedictines?|adrian"
    r"|mercy|charity|daughters|fellowship|friends|advocates)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:[A-Z][\w’'-]*\.?|[A-Z]\.(?:[A-Z]\.)?)(?: (?:[A-Z][\w’'-]*\.?|[A-Z]\.|de|van|von|der|del|la|di|da|le)){1,4}"
)
_NAME_WORD = re.compile(r"^(?:the |The )?[A-Z0-9“\"]")
_SMALL = frozenset(
    re.findall(
        r"\S+",
        "of and the for on in to de van von der del la di & - – a du des le at with inc. inc plc ltd. s.e.n.c. gmbh",
    )
)
_PROVINCE = re.compile(  # of an order: "Daughters of Mercy, Province of St. Louise"
    r"(?P<province>(?:[A-Z][\w.]+ ){0,3}Province\b(?: of (?:the )?(?:[A-Z][\w.’']+ ?)+)?)(?:\s*and (?P<next>.*))?$"
)
_SUFFIX_AND = re.compile(
    r"(?P<suffix>(?:inc|llc|l\.l\.c|l\.?p|llp|ltd|limited|n\.a|s\.a|plc|jr|sr|co|corp|osf|osb|op|csj|rsm|bvm"
    r"|ssnd)\.?),? (?:and|together with|along with) ",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\b[A-Z]\.")
_PARTED = re.compile(r"(?=[,;]\s)")
JOINT = re.compile(r"(?:and|(?:together |along )?with|as well as)\s+(?:by\s+)?(?![Aa]n? )(?!(?:his|her|its|their) )")
_AND = re.compile(r",? (?:and|together with|along with) ")
_CO_FILED = re.compile(
    r",?\s+(?:and|(?:together |along )?with) (?:(?:an?|its|the) )?"
    r"(?:co-?(?:filed|sponsored) by|co-?(?:filer|sponsor|proponent)s?[:,]?)\s+"
    r"(?=(?:the )?(?-i:[A-Z]))",
    re.IGNORECASE,
)
_ROLE_AND = re.compile(
    r"\((?:the )?(?:lead|primary|co)[- ]?(?:filer|sponsor|proponent)\),? and (?=(?:the )?(?-i:[A-Z]))", re.IGNORECASE
)
_HOLDING_AND = re.compile(r"(?:(?<=\bshares)|(?<=\bstock)|(?<=\bshares\))|(?<=\s\d{5}))\s+and\s+(?=(?:the )?[A-Z])")
_FIRM = re.compile(r"(^|\b[Tt]he |\band )([A-Z][\w’'-]+), (?=[A-Z][\w’'-]+ & [A-Z])")  # "Bell, Book & Candle Trust"
_DASHED_ADDRESS = re.compile(r"\s+[-–—]\s+(?=\d)")
_CO_FILERS = re.compile(
    r"(?:(?:its|the|lead) )?(?:co-?|lead )?(?:filer|sponsor|proponent|filed by)s?[: ]\s*(?=(?:the )?(?-i:[A-Z]))",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s+(?:who|whose|which|(?:the )?(?:beneficial |record |registered )?(?:holder|owner)s? of"
    r"|with an? address|located|residing|has|have|is|are|as (?:his|her|its|their)|and/or|to act|(?:at|of) \d.*"
    r"|\d+[A-Za-z]? (?:[NSEW]\.? )?[A-Z]\w+ (?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Drive|Lane|Court|Way"
    r"|Boulevard|Blvd).*)\b"
)
_AT_NUMBER = re.compile(r"\s+(?:at|of)\s+\d")
_BODY_OF_PLACE = re.compile(
    r"\b(?:City|County|State|Town|Village|Commonwealth|Province|Diocese|Archdiocese) of (?:the )?[A-Z][\w .’'-]*$"
    r"|^(?:the |The )?(?:Sisters|Daughters|Friars|Brothers|Fathers|Congregation|Order) of .* of [A-Z][\w .’'-]*$"
)
_NEEDS_STOP = re.compile(r"(?:\b(?:[Ii]nc|Ltd|Co|Corp|Jr|Sr|Bros)|\b[A-Z]\.[A-Z])$")
_KIND_OF_HOLDER = re.compile(
    rf"^(?:(?:[Ii]ts|[Tt]heir|[Oo]ur|[Aa]|[Tt]he|long-?term) )*"
    rf"(?:{HOLDER}|client|investor|proponent)s? (?=(?:the )?[A-Z])"
    rf"|^(?i:{HOLDER}) (?=(?:the )?[A-Z])(?!(?:Association|Commons|Rights|Advoca|Project|Forum|Resource|Education)\w*)"
)
_NO_NAME = re.compile(
    r"(?:the )?(?:\w+ly|however|therefore|thus|also|further|(?:january|february|march|april|may|june"
    r"|july|august|september|october|november|december)\b.*|proponents?|company"
    rf"|board(?: of directors)?|{HOLDER}s?|(?:\d{{4}} )?annual meeting|corporation|(?:proposal"
    r"|resolution|item)\b.*|board of (?:directors|trustees)|.*\b(?:audit|compensation|governance"
    r"|nominating|human resources|executive|finance)\b.*\bcommittee|.*\bdirectors)",
    re.IGNORECASE,
)
_NUMBER_LAST = re.compile(r"[A-Z][\w’' .-]{2,40} \d{1,3}\s?[A-Za-z]?")
_LONGEST_NAME = 140
_SURNAME = re.compile(r"(?:Mr|Mrs|Ms|Dr)\.? [A-Z][\w’'-]+")
_CAPITALS_OF_ACRONYM = 2


def names_in(words: str, *, several: bool) -> list[str]:
    """Return the names in a list of names, addresses and holdings."""
    words = _CO_FILED.sub("; and ", _ROLE_AND.sub("; and ", words))
    words = _HOLDING_AND.sub("; and ", _DASHED_ADDRESS.sub(", ", words))
    words = _FIRM.sub("\\1\\2\x02 ", words.strip())
    words = _SHORT_NAME.sub("\x01", words, count=20)
    words = _PARENTHESES.sub("", words)
    found: list[str] = []
    named = passing = False  # whether a name was just read, and whether an address or holdings are passed over
    for lead, segment in _segments(words):
        complete = segment.rstrip(" .,").endswith("\x01")
        text = segment.replace("\x01", "").replace(" .", ".").strip(' ,;:*“”"')
        joined = lead != ","
        if label := _CO_FILERS.match(text):
            text, joined = text[label.end() :], True
        if not text:
            continue
        if named and (suffixed := _SUFFIX_AND.match(text)):
            found[-1] = f"{found[-1]}, {suffixed['suffix']}"
            text, joined = text[suffixed.end() :], True
        if named and (province := _PROVINCE.match(text)):
            found[-1] = f"{found[-1]}, {province['province'].strip()}"
            text, joined = province["next"] or "", True
            if not text:
                continue
        if named and _SUFFIX.match(text):
            found[-1] = f"{found[-1]}, {PLACE_TAIL.sub('', text)}"
        elif named and not passing and (state := STATE.fullmatch(text.rstrip("."))):
            found[-1] = _placed(found[-1], state[0], complete=complete)
        elif SOME_HOLDER.match(text):
            passing = named = False
        elif (
            (named and OFFICE.match(text))
            or OTHERS.match(text)
            or ASIDE.match(text)
            or STATE.fullmatch(text.rstrip("."))
            or _is_address(text, first=not found and not passing)
        ):
            passing, named = True, False
        elif joined or not passing:
            new = [clean for name in _apart(text, several=several) if (clean := _clean(name))]
            found += new
            named = bool(new)
            passing = bool(_AFTER_NAME.search(text)) or (passing and not new)
    return [_ended(name) for name in found]


def _is_address(text: str, *, first: bool) -> bool:
    """Whether a part of a list is (the beginning of) an address; what stands first may be a person called Lane."""
    if first and (at_number := _AT_NUMBER.search(text)):
        text = text[: at_number.start()]  # "A. Bee of 9 Oak Street"
    if not first and _NUMBER_LAST.fullmatch(text):
        return True  # as on the continent: "Hauptstrasse 12"
    return ADDRESS.match(text) is not None and not (first and _is_person(text))


def _placed(name: str, state: str, *, complete: bool) -> str:
    """Return a name after which a state is printed: with it where the place is part of the name, without both else."""
    if complete or _BODY_OF_PLACE.search(name) or state in {"USA", "U.S.A."}:
        return f"{name}, {state}"
    return PLACE_TAIL.sub("", name)


def _ended(name: str) -> str:
    name = name.rstrip(".").replace("\x02", ",")
    return f"{name}." if _NEEDS_STOP.search(name) else name.removeprefix("the ")


def _segments(words: str) -> Iterator[tuple[str, str]]:
    """Yield what commas and semicolons part, each with what stands in front: "," or ";" or "and"."""
    for piece in _PARTED.split(words):
        text = piece.lstrip(",; ")
        lead = ";" if piece.startswith(";") else ","
        joint = JOINT.match(text)
        yield ("and", text[joint.end() :]) if joint else (lead, text)


def _apart(text: str, *, several: bool) -> Iterator[str]:
    """Yield the names of "A and B" where both sides are names of their own."""
    for joint in _AND.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        if OTHERS.match(right) or ASIDE.match(right) or SOME_HOLDER.match(right):
            yield from _apart(left, several=several)
            return
        if _are_two(left, right, several=several):
            yield left
            yield from _apart(right, several=several)
            return
    yield text


def _are_two(left: str, right: str, *, several: bool) -> bool:
    people, bodies = (
        (_is_person(left), _is_person(right)),
        (bool(_ORGANISATION.search(left)), bool(_ORGANISATION.search(right))),
    )
    if all(people):
        return True
    if bodies[0]:
        return bodies[1] or people[1] or right[:4].lower() == "the "
    return people[0] and bodies[1] and (several or bool(_INITIAL.search(left) or _TITLES.match(left)))


def _is_person(text: str) -> bool:
    plain = _TITLES.sub("", text.strip())
    return bool(_PERSON.fullmatch(plain)) and not _ORGANISATION.search(plain)


def _clean(name: str) -> str:
    """Return a name as it should stand, or "" when it is none."""
    name = _KIND_OF_HOLDER.sub("", _AFTER_NAME.split(ROLE.sub("", name))[0].strip())
    name = name.strip(" ,;:“”\"'‘’")
    titled, name = name, _TITLES.sub("", name).strip()
    if _SURNAME.fullmatch(titled):
        return titled  # "Mr. Chevedden": the title makes it a name
    if name.endswith(")") and "(" not in name:
        name = name[:-1].rstrip()
    words = name.split()
    if not words or len(name) > _LONGEST_NAME or not _NAME_WORD.match(name):
        return ""
    if len(words) == 1 and sum(mark.isupper() for mark in name) < _CAPITALS_OF_ACRONYM:
        return ""
    if any(not (word.lstrip("(")[:1].isupper() or word[0].isdigit() or word.lower() in _SMALL) for word in words):
        return ""
    if (
        ASIDE.match(name)
        or SOME_HOLDER.match(name)
        or STATE.fullmatch(name)
        or _SUFFIX.fullmatch(name)
        or _NO_NAME.fullmatch(name)
    ):
        return ""
    return name
