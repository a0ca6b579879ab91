"""What a letter asks: its questions, and the demands that it lists or states, sentence by sentence, as they stand."""

import re
from collections.abc import Iterator

from tracker.filings.letters.passages import Found

_MARK = r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[•●▪◦*–—-])\s+"
_ITEM = re.compile(rf"\s*{_MARK}(?P<said>\S.*)", re.DOTALL)
# Words with which a listed demand begins; whatever else stands in a list may be a reason.
_DEMAND = re.compile(
    r"(?:please\s+)?(?:immediately\s+|publicly\s+|also\s+)?(?:provide|describe|explain|list|disclose|identify|state|confirm|detail|publish"
    r"|stop|end|cease|halt|suspend|commit|adopt|conduct|establish|report|release|share|specify|clarify|produce|submit|refrain"
    r"|withdraw|terminate|ban|prohibit|ensure|require|create|appoint|meet|answer|respond)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:we|i)(?:,[^,.?!]{2,150},)?\s+(?:\w+ly\s+|therefore\s+|also\s+|hereby\s+|further\s+|again\s+|strongly\s+){0,2}"
    r"(?:ask|request|urge|demand|call\s+(?:up)?on|implore|insist)\b(?!\s+(?:ourselves|questions?\b))"
    r"|^\W*please\s+(?:provide|describe|explain|list|disclose|identify|state|confirm|detail|publish|specify|clarify|produce)\b",
    re.IGNORECASE,
)
# That answers are wanted, or that questions follow, is no question itself.
_ABOUT = re.compile(
    r"\b(?:respon[ds]\w*|answers?|repl(?:y|ies))\b(?=[^.?]{0,80}\b(?:by|before|no\s+later|within|following|questions?|below)\b)"
    r"|\bfollowing\s*(?:questions?|information)?\s*:?\s*$|:\s*$|\bmeeting\s+to\s+discuss\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bInc\.)(?<!\bNo\.)(?<!\bRep\.)(?<!\bReps\.)(?<!\bSen\.)(?<!\bSens\.)(?<!\bU\.S\.)(?<!\be\.g\.)(?<!\bi\.e\.)"
    r"(?<=[.!?])[\"”’)\]]{0,2}\s+(?=[\"“‘(\[]?[A-Z0-9])"
)
_LONGEST = 1500  # characters of one question


def asked_in(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield the questions and demands between two places of a text, in order, each on one line with its place."""
    for passage in _passages(text, start, end):
        item = _ITEM.fullmatch(passage.text)
        shift = item.start("said") if item else 0
        within = Found(passage.text[shift:], passage.start + shift, passage.end)
        sentences = list(_sentences(within))
        for number, sentence in enumerate(sentences):
            if _is_asked(sentence.text, first_of_item=item is not None and number == 0):
                yield sentence


def _is_asked(sentence: str, *, first_of_item: bool) -> bool:
    if len(sentence) > _LONGEST:
        return False
    if sentence.rstrip('"”’) ').endswith("?"):
        return not sentence.startswith(("“", '"')) or sentence.rstrip().endswith("?")
    if first_of_item and _DEMAND.match(sentence):
        return True
    return _ASKS.search(sentence) is not None and _ABOUT.search(sentence) is None


def _sentences(within: Found) -> Iterator[Found]:
    place = 0
    for gap in [*SENTENCE_END.finditer(within.text), None]:
        end = gap.start() if gap else len(within.text)
        said = within.text[place:end]
        if said.strip():
            begin = place + len(said) - len(said.lstrip())
            yield Found(" ".join(said.split()), within.start + begin, within.start + begin + len(said.strip()))
        place = gap.end() if gap else end


def _passages(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield paragraphs and items: lines go on until an empty one, or one that begins with a mark of a list."""
    begin: int | None = None
    last = start
    for line in re.finditer(r"[^\n]*\n?", text[start:end]):
        if not line[0]:
            break
        empty, marked = not line[0].strip(), re.match(rf"\s*{_MARK}", line[0]) is not None
        if begin is not None and (empty or marked):
            yield Found(text[begin:last], begin, last)
            begin = None
        if not empty:
            begin = start + line.start() if begin is None else begin
            last = start + line.start() + len(line[0].rstrip())
    if begin is not None:
        yield Found(text[begin:last], begin, last)
