"""Who submits a proposal that is surely a shareholder's: the company's words between its heading and its clause.

Elsewhere a sentence must say that somebody submits a proposal. Here the heading and the clause say so, and a label or
half a sentence is enough: "Sponsor: X", "From our stockholder X", "X gave notice that it would bring this before the
meeting".
"""

import re
from collections.abc import Sequence

from tracker.filings.proxy_statement.clause import holders_ask, marker_at
from tracker.filings.proxy_statement.intro import end_of_names, label_cell_of
from tracker.filings.proxy_statement.paragraphs import Paragraph, Span
from tracker.filings.proxy_statement.proponents import Named, named_in, names_company
from tracker.filings.proxy_statement.words import HOLDER, SUPPORTING, WHEREAS

_NEAR = 4  # paragraphs below the heading
_LONGEST = 500
_FILER = rf"(?:{HOLDER}|proponent|filer|sponsor|submitter)s?(?:\(s\))?"
_LABEL = re.compile(
    rf"(?:names? of )?(?:the )?(?:lead |primary |co-?)?(?:{HOLDER} )?"
    rf"(?:{_FILER}|from|(?:submitted|presented|filed|sponsored|proposed|brought|put forward) by)\s?[:–—|]\s*"
    rf"|(?:(?:this|the) (?:proposal|resolution|item) )?"
    rf"(?:(?:is|was|comes?|came|has been) )?(?:(?:submitted|presented|filed|sponsored|proposed|brought|offered) )?"
    rf"(?:to us )?(?:by|from) (?:our |a )?(?:{_FILER},? )?(?=(?:the )?(?-i:[A-Z]))",
    re.IGNORECASE,
)
_SPEAKS_OF_IT = re.compile(
    r"\b(?:propos\w+|resolutions?|notice|print(?:ed)?|sponsors?|present(?:s|ed)?|submit\w*|introduc\w+|bring|offers?"
    r"|include|the following|what follows|this item|proponents?|lead filer)\b",
    re.IGNORECASE,
)
_HOLDING_FIRST = re.compile(
    rf"(?:The |An? |Our )?(?:(?:beneficial |record )?(?:owner|holder)s? of [^,]{{1,60}}, |proponent, |{_FILER} )"
    r"(?=(?:the )?(?-i:[A-Z]))",
    re.IGNORECASE,
)
_VERB = re.compile(
    r",? (?:(?:who|which) )?(?:(?:has|have|had|gave|gives?|is|are|was|were) (?:\w+ )?(?:the (?:sponsor|proponent|filer)"
    r"|given|asked|told|informed|advised|notified|notice|submitted|requested|presented|proposed|filed|brought|offered)\b"
    r"|(?:intends?|asks?|asked|submits?|submitted|proposes?|proposed|offers?|presents?|requests?|requested|sponsors?"
    r"|filed|files|brings|will|would|plans?|wishes)\b)"
)


def named_above_clause(body: Sequence[Paragraph]) -> tuple[int, Named, Span] | None:
    """Return which paragraph below a shareholder proposal's heading names who submits it, who that is, and where."""
    for at, paragraph in enumerate(body[:_NEAR]):
        text = paragraph.text
        if marker_at(text) or holders_ask(text) or WHEREAS.match(text) or SUPPORTING.match(text):
            return None
        if len(text) > _LONGEST:
            continue
        start, end = _who(paragraph)
        named = named_in(text[start:end]) if end > start and not names_company(text[start:end]) else None
        if named and named.proponents:
            return at, named, paragraph.place(start, end)
    return None


def _who(paragraph: Paragraph) -> tuple[int, int]:
    """Return where in a paragraph the words stand that may name somebody; nothing where no words say so."""
    text = paragraph.text
    if paragraph.row and len(paragraph.marks) > 1 and (cell := label_cell_of(text, paragraph.marks[1][0])):
        return cell.start, cell.end
    if label := _LABEL.match(text):
        return label.end(), end_of_names(text, label.end())
    if not _SPEAKS_OF_IT.search(text):
        return 0, 0
    first = _HOLDING_FIRST.match(text)
    start = first.end() if first else 0
    verb = _VERB.search(text, start)
    return (start, verb.start()) if verb else (0, 0)
