"""The history told in lines, for a terminal."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tracker.domain.acts import About
from tracker.domain.errors import NotFoundError
from tracker.models.revision import RevisionChange
from tracker.store import history_list, history_subjects
from tracker.store.engine import reading
from tracker.workflows.runtime import Runtime

LONGEST = 80  # characters of a value


def told(runtime: Runtime, thing: str = "", *, by: str = "", since: date | None = None, most: int = 20) -> list[str]:
    """Return acts as lines, the newest first: of one thing (a slug or a document's number), of one author, since a day.

    Raises NotFoundError for a thing there is not.
    """
    with reading(runtime.engine) as session:
        about = _about(session, thing) if thing else None
        filters = history_list.Filters(about=about, by=by, since=since, confidential=True)
        acts = history_list.every(session, filters, limit=most)
    lines = [line for act in acts.lines for line in _lines(act, acts)]
    return lines or ["Nothing is on record under this."]


def _about(session: Any, thing: str) -> tuple[About, int]:
    for kind in (About.DOCUMENT, About.OBJECT, About.CAMPAIGN, About.ORGANIZATION):
        found = history_subjects.named(session, kind, thing)
        if found is not None:
            return kind, found[0]
    raise NotFoundError(
        f"telling the history of {thing!r}: no object, campaign or organisation is called that, and no document has "
        "this number; the name is the last part of its page's address"
    )


def _lines(line: history_list.ActLine, acts: history_list.Acts) -> Iterator[str]:
    act = line.act
    why = f": {act.why}" if act.why else ""
    undid = f" (undid act {act.reverts_id})" if act.reverts_id else ""
    yield f"{act.id}  {act.made_at:%Y-%m-%d %H:%M}  {act.made_by}{undid}{why}"
    for change in line.changes:
        name = acts.names.get((history_list.table_of(change.about), change.about_id))
        yield f"      {name.text if name else f'{change.about.value} {change.about_id}'}: {_words(change)}"
    if line.more:
        yield f"      and {line.more} more changes"
    if line.undone_by:
        yield f"      undone by act {', '.join(map(str, line.undone_by))}"


def _words(change: RevisionChange) -> str:
    item = f" ({change.item})" if change.item else ""
    part = change.part.replace("_", " ")
    if not change.field:
        return f"{part}{item} {'added' if change.before is None else 'taken out'}"
    return f"{part}{item}, {change.field}: {_short(change.before)} -> {_short(change.after)}"


def _short(value: Any) -> str:
    text = "nothing" if value is None or value == "" else " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
