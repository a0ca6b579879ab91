"""The form of one entry of the review queue, read: which verdicts were meant, and how they are told afterwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import request

from tracker.domain.errors import InputError
from tracker.domain.review_token import Shown
from tracker.domain.vocab import EventType, Relation, Verdict
from tracker.models.decision import Decision
from tracker.web import pages
from tracker.web.language import gettext
from tracker.web.words import kind_words, relation_words
from tracker.workflows.decide import Said

LONGEST_NOTE = 2000
# What a button says of one link, or of those that are ticked.
OF_ONE = {"accept": Verdict.ACCEPT, "reject": Verdict.REJECT, "unsure": Verdict.UNSURE}
# The relations that have a digit, the commonest first; the others stand behind them.
BY_DIGIT = (
    Relation.REPORTS_ON, Relation.RESPONDS_TO, Relation.ANNOUNCES, Relation.MENTIONS, Relation.CITES,
    Relation.VOTES_ON, Relation.CHALLENGES, Relation.DECIDES, Relation.SUPPORTS,
)  # fmt: skip
RELATIONS = (*BY_DIGIT, *(relation for relation in Relation if relation not in BY_DIGIT))


@dataclass(frozen=True, slots=True)
class Form:
    """What was meant, and what was shown when it was."""

    said: list[Said]
    shown: Shown


def read(who: str) -> Form:
    """Read the form; raise InputError in words for people where something is missing."""
    if any("\0" in text for pair in request.form.items(multi=True) for text in pair):
        raise InputError(gettext("The form holds the character U+0000, which cannot be kept: take it out."))
    note = request.form.get("note", "").strip()
    if len(note) > LONGEST_NOTE:
        raise InputError(gettext("The note is longer than %(most)s characters.") % {"most": LONGEST_NOTE})
    shown = Shown.read(request.form.get("shown", ""))
    return Form(list(_said(who, note)), shown)


def numbers(name: str) -> list[int]:
    """Return the rows' numbers that a form names, one at least; raise InputError for what is none."""
    return [pages.row_number(text) for text in request.form.getlist(name) or [""]]


def _said(who: str, note: str) -> Iterator[Said]:
    button, _, slug = request.form.get("say", "").partition(":")
    if button == "type":
        yield Said(Verdict.EVENT_TYPE, who, event_type=_event_type(), note=note)
    elif button == "digit":
        # "digit:<number>:<object>": the relation that has this digit.
        digit, _, slug = slug.partition(":")
        if digit not in {str(number) for number in range(1, len(BY_DIGIT) + 1)}:
            raise InputError(gettext("The relations have the digits 1 to 9."))
        yield _accepted(who, slug, BY_DIGIT[int(digit) - 1], note)
    elif button in OF_ONE and slug:
        yield _one(who, OF_ONE[button], slug, note)
    elif button in OF_ONE:
        chosen = request.form.getlist("waiting" if button == "unsure" else "chosen")
        if not chosen:
            raise InputError(gettext("No suggestion is ticked: tick those that are meant."))
        yield from (_one(who, OF_ONE[button], each, note) for each in dict.fromkeys(chosen))
    else:
        raise InputError(gettext("Nothing was decided: choose what to say of a suggestion."))


def _one(who: str, verdict: Verdict, slug: str, note: str) -> Said:
    if verdict is Verdict.ACCEPT:
        return _accepted(who, slug, _relation(slug), note)
    return Said(verdict, who, slug, note=note)


def _accepted(who: str, slug: str, relation: Relation | None, note: str) -> Said:
    """Return the acceptance of a link: with another relation than the one suggested that is what was wrong of it."""
    suggested = request.form.get(f"was:{slug}", "")
    if relation is None or relation.value == suggested:
        return Said(Verdict.ACCEPT, who, slug, note=note)
    # Of a link that nobody suggested no relation was wrong.
    verdict = Verdict.WRONG_RELATION if suggested else Verdict.ACCEPT
    return Said(verdict, who, slug, relation, note=note)


def _relation(slug: str) -> Relation | None:
    text = request.form.get(f"relation:{slug}", "")
    if text and text not in set(Relation):
        raise InputError(gettext("No relation is called “%(name)s”.") % {"name": text[:40]})
    return Relation(text) if text else None


def _event_type() -> EventType:
    text = request.form.get("event_type", "")
    if text not in set(EventType):
        raise InputError(gettext("Say what happened: choose one of the list."))
    return EventType(text)


VERDICTS = {
    Verdict.ACCEPT: "Accepted",
    Verdict.WRONG_RELATION: "Accepted with another relation",
    Verdict.REJECT: "Rejected",
    Verdict.UNSURE: "Not sure",
    Verdict.EVENT_TYPE: "What happened was set",
    Verdict.UNDO: "Undone",
}


def verdict_words(decision: Decision, target: str) -> str:
    """Return one decision as a sentence: "Accepted: responds to Letter of ..."."""
    what = gettext(VERDICTS[decision.verdict])
    if decision.event_type is not None:
        return f"{what}: {kind_words(decision.event_type)}."
    relation = relation_words(decision.relation) if decision.relation else ""
    return f"{what}: {relation} {target}.".replace("  ", " ")


def told(found: Sequence[Decision], titles: dict[int, str]) -> str:
    """Return what was decided at once in one line."""
    if len(found) == 1:
        return verdict_words(found[0], titles.get(found[0].object_id or 0, ""))
    what = gettext(VERDICTS[found[0].verdict])
    return gettext("%(what)s: %(count)s suggestions.") % {"what": what, "count": len(found)}
