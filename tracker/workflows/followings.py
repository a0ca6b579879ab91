"""What a document follows: earlier documents it answers or goes on from, and numbers of matters we do not know yet.

Both are looked at when stories are told, in the same transaction. A number that no object has is kept; when an object
with it appears, the documents that named it are linked again, in the same run (`tracker.workflows.restudy`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.linking.between import BetweenRules, Matters
from tracker.linking.explain import explain
from tracker.linking.identifiers import key_of
from tracker.linking.telling import Telling
from tracker.store import document_links, linkables
from tracker.store.document_links import Following
from tracker.store.fingerprints import Unread
from tracker.workflows.tellings import MOST_NEAR, Tellings

_LONGEST = 80  # letters and digits of a number that is kept


def follow(
    batch: Sequence[Unread], told: Mapping[int, Telling], tellings: Tellings, rules: BetweenRules
) -> list[Following]:
    """Return what the documents of a batch follow.

    `told` are the tellings at hand, the batch's among them; `tellings` has those of further documents of one matter.
    """
    ids = [one.document_id for one in batch]
    wanted = [number for number in tellings.in_common.near(ids, most=MOST_NEAR) if number not in told]
    around = {**told, **tellings.of(wanted)}
    story_of = tellings.story_of(around)
    members: dict[int, list[int]] = {}
    for number, story in story_of.items():
        members.setdefault(story, []).append(number)
    matters = Matters(tellings.of_matters.become(around), rules)
    return [
        Following(
            tied.later,
            tied.earlier,
            tied.kind,
            tied.score,
            [reason.plain() for reason in tied.reasons],
            explain(tied.reasons),
        )
        for number in ids
        if number in around
        for tied in matters.ties(number, apart=members.get(story_of.get(number, 0), ()))
    ]


def write_followed(session: Session, tellings: Tellings, rows: Iterable[Following], now: datetime) -> None:
    """Write what documents follow, and the numbers that they name and no object has."""
    ids = list(tellings.numbers)
    document_links.write(session, ids, rows, now)
    named = [(document_id, number) for document_id, numbers in tellings.numbers.items() for number in numbers]
    known = known_numbers(session) if named else frozenset()
    document_links.refer(
        session,
        ids,
        [
            (document_id, number.key, number.words)
            for document_id, number in named
            if number.key not in known and len(number.key) <= _LONGEST
        ],
        now,
    )


def known_numbers(session: Session) -> frozenset[str]:
    """Return the keys of all numbers that objects have."""
    return frozenset(map(key_of, linkables.numbers(session)))
