"""The title of a proposal: the company's heading, or the proponent's own where the heading only says what it is."""

from tracker.filings.proxy_statement.finding import Found
from tracker.filings.proxy_statement.headings import headings_of, is_generic
from tracker.filings.proxy_statement.paragraphs import Span
from tracker.filings.proxy_statement.words import opens_clause, opens_proposal_part

_LONGEST_TITLE = 200


def title_of(found: Found) -> tuple[str, Span]:
    """Return a proposal's title and its place."""
    heading = found.heading
    if not is_generic(heading.title):
        return heading.title, heading.title_place
    first = 0 if found.intro is None else found.intro + 1
    for at, paragraph in enumerate(found.body[first : first + 6], first):
        if own := next((own for own in headings_of(found.body[at : at + 4]) if own.first == 0 and own.title), None):
            return own.title, own.title_place
        text = paragraph.text
        if opens_clause(text):
            break
        if len(text) <= _LONGEST_TITLE and not text.endswith((".", ":")) and not opens_proposal_part(text):
            return text, paragraph.place()
    return "", heading.title_place
