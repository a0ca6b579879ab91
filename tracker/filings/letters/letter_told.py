"""A letter as somebody else tells of it: "the caucus wrote to the company on 24 May 2018".

Only names that are known stand in it as senders and recipients, where the sentence puts them: before what they did,
and after "to". Whoever else is named in a report may only comment.
"""

import re
from collections.abc import Iterator, Sequence

from tracker.filings.letters.days import days_in
from tracker.filings.letters.letter_parts import LetterParts
from tracker.filings.letters.passages import Found
from tracker.filings.letters.questions import SENTENCE_END

_WROTE = re.compile(
    r"\b(?:(?:writes?|wrote|has\s+written|have\s+written)\s+(?:again\s+)?to"
    r"|(?:(?:sends?|sent|leads?|led|signs?|signed|delivers?|delivered|circulates?|publish(?:es|ed)?|addressed)\b[^.]{0,60}?\s)?"
    r"(?:open\s+|joint\s+|public\s+|bipartisan\s+|\w+['’]\s+|\w+['’]s\s+)?letters?\s+(?:dated\s+[^.]{4,20}\s+)?to)\b",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(
    r"\b(?:about|over|on|regarding|concerning|asking|urging|calling|demanding|expressing|against|that|which|who|saying|re|in|after"
    r"|because|warning|and\s+said|to\s+\w+\s+(?:its|their|the|his|her))\b|[;(“\"]",
    re.IGNORECASE,
)
# Its people write, and it does not: "Amazon employees' letter".
_ITS_PEOPLE = re.compile(
    r"(?:['’]s?)?\s+(?:employees|workers|staff|engineers|shareholders|stockholders|investors|customers|users|members)\b"
)
_ANSWERS = re.compile(
    r"\b(?:repl(?:y|ies|ied)|respon[ds]\w*|answers?|answered|obtains?|recalls?|cites?)\b", re.IGNORECASE
)


def told_letter(text: str, known: Sequence[Found]) -> LetterParts:
    """Return what the first sentence that tells of a letter says of it; `known` are names with their places in `text`.

    Empty where no sentence has both a sender and a recipient that are known: half of it would be a guess.
    """
    for sentence in _sentences(text):
        wrote = _WROTE.search(sentence.text)
        if wrote is None or _ANSWERS.search(sentence.text[: wrote.start()]):
            continue
        verb, to = sentence.start + wrote.start(), sentence.start + wrote.end()
        until = _TOLD_OF.search(text, to, sentence.end)
        senders = tuple(
            name for name in _within(known, sentence.start, verb) if _ITS_PEOPLE.match(text, name.end) is None
        )
        recipients = _within(known, to, until.start() if until else sentence.end)
        if senders and recipients:
            days = list(days_in(sentence))
            return LetterParts(senders, recipients, days[0] if len(days) == 1 else None)
    return LetterParts()


def _within(known: Sequence[Found], start: int, end: int) -> tuple[Found, ...]:
    """Return the names between two places, each once, those within longer ones left out."""
    inside = [name for name in known if start <= name.start and name.end <= end]
    longest = [name for name in inside if not any(_lies_in(name, other) for other in inside)]
    return tuple({name.text.casefold(): name for name in sorted(longest, key=lambda one: one.start)}.values())


def _sentences(text: str) -> Iterator[Found]:
    for line in re.finditer(r"[^\n]+", text):
        place = 0
        for gap in [*SENTENCE_END.finditer(line[0]), None]:
            end = gap.start() if gap else len(line[0])
            yield Found(line[0][place:end], line.start() + place, line.start() + end)
            place = gap.end() if gap else end


def _lies_in(name: Found, other: Found) -> bool:
    return other.start <= name.start and name.end <= other.end and len(other.text) > len(name.text)
