"""Whether a sentence, up to some words in it, speaks of what is still ahead: "will vote" before "on Wednesday"."""

import re

_BEFORE = 90  # characters before the words; what stands farther off is another clause
_END = re.compile(r"[.!?;\n](?=\s|$)")
# A verb that "will" or "be" leads is part of what is ahead: "will be asked on Wednesday".
_AHEAD = re.compile(
    r"\b(?:(?:will|would|shall|may|must|can)(?: not)?(?: also| then| again)?(?: be)?(?: \w+)?"
    r"|to be (?:held|\w+ed)|(?:due|set|scheduled|expected|slated|planned|plans?|planning|hopes?|intends?|about)"
    r" (?:to|for|in|on)(?: be)?(?: \w+)?"
    r"|upcoming|forthcoming|coming|ahead of|in the run-up to)\b"
)
_BEHIND = re.compile(
    r"\b(?:\w{2,}ed|said|says|told|wrote|sent|won|lost|met|held|came|went|gave|found|ran|began|was|were|has|had|have)\b"
)


def ahead(folded: str, start: int) -> bool:
    """Return whether the last verb before `folded[start]` in its sentence speaks of the future.

    `folded` is text as `tracker.linking.words.fold` leaves it. Where no verb tells, what is written about has happened.
    """
    before = folded[max(0, start - _BEFORE) : start]
    ends = [match.end() for match in _END.finditer(before)]
    clause = before[ends[-1] :] if ends else before
    coming = [match.span() for match in _AHEAD.finditer(clause)]
    if not coming:
        return False
    first, last = coming[-1]
    return not any(match.start() >= last or match.end() <= 0 for match in _BEHIND.finditer(clause, first))
