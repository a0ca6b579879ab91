"""Labels of a table's rows: a matter's number, its title, a nominee."""

import re
from collections.abc import Sequence

from tracker.filings.voting_results.headings import Text
from tracker.filings.voting_results.kinds import person_in
from tracker.filings.voting_results.numbering import number_alone, numbered
from tracker.filings.voting_results.opening import nominee_in
from tracker.filings.voting_results.tables import Piece

DECIDED = re.compile(
    r"\W*(?:not )?(?:re-?elected|elected|approved|adopted|ratified|passed|carried|defeated|rejected|failed)\W*",
    re.IGNORECASE,
)

# "Ratification of appointment" under the heading that says whose: it names no other matter.
GENERAL_LABEL = re.compile(
    r"\W*(?:(?:to|the|of|on|a|an|its|our|this|such|vote|votes|advisory|proposal|resolution|ratif(?:y|ication)|approv(?:e|al)"
    r"|adopt(?:ion)?|appointment|selection|amendment|auditors?|plan)(?:\W+|$)){1,8}",
    re.IGNORECASE,
)
_TERM = re.compile(r"(?:[1-3]|one|two|three)[\s-]years?(?: term)?|until (?:19|20)[0-9]{2}", re.IGNORECASE)


def label_of(labels: Sequence[Piece]) -> tuple[str | None, Text]:
    """Return the number that a row's labels begin with, and what is left of them as one text."""
    number = None
    pieces = list(labels)
    while pieces and not any(mark.isalnum() for mark in pieces[0].text):
        pieces.pop(0)
    pieces = [one for one in pieces if not (DECIDED.fullmatch(one.text) or _TERM.fullmatch(one.text))] or pieces
    alone = len(pieces) == 1 and pieces[0].text.isdigit()
    if (len(pieces) > 1 or alone) and (number := number_alone(pieces[0].text)) is not None:
        pieces.pop(0)
    if not pieces:
        return number, Text("", 0, 0)
    text = " ".join(piece.text for piece in pieces)
    start = pieces[0].start
    if number is None and (found := numbered(text)):
        number, at = found
        start, text = start + at, text[at:]
    return number, Text(text.strip(), start, pieces[-1].end)


def elected_in(text: str) -> str | None:
    """Return the person whom a row's label says is elected: "Election of Director: A. B.", "Election of A. B."."""
    for part in re.split(r"\s*[:–—]\s*|\s-\s", text)[1:]:
        if name := person_in(part):
            return name
    return nominee_in(text)
