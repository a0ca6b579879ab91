"""Writing one row of a CSV file: its object, the parts it names, and where each value was read."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, update

from tracker.domain.canonical import canonical_url
from tracker.domain.csv_judged import Judged, Outcome
from tracker.models import kinds
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.evidence import Evidence
from tracker.store import addresses, csv_parts, imports
from tracker.store.csv_parts import StoredParts
from tracker.store.csv_rows import Row
from tracker.store.records import Names, refused_as_input


@dataclass(frozen=True, slots=True)
class Ground:
    """What all rows of a file share: who brings it in and when, its name, its source and campaign, whether it shows."""

    by: str
    now: datetime
    file_name: str
    source: str = ""
    campaign_id: int | None = None
    publish: bool = False


def write(session: Session, kind: str, judged: Judged, row: Row, ground: Ground) -> int:
    """Write a new or changed row and return its object's id. InputError names the row that the database refuses."""
    where = f"row {judged.number}"
    names = Names(session)
    spine = {key: value for key, value in row.spine.items() if key != "slug"}
    with refused_as_input(where):
        given = {"kind": kind, "slug": judged.slug, **spine}
        object_id, outcome = imports.spine(session, given, names, ground.now)
        if outcome == "new" and not ground.publish:
            session.get_one(CampaignObject, object_id).state = ObjectState.DRAFT
        imports.detail(session, kinds()[kind], object_id, row.detail, where)
        parts = StoredParts.of(session, kind, [object_id]) if row.parts else None
        if parts is not None:
            csv_parts.add(session, object_id, list(parts.missing(object_id, row.parts)), ground.now)
        campaign_id = names.id_of("campaign", row.campaign) if row.campaign else ground.campaign_id
        if campaign_id is not None:
            imports.join(session, campaign_id, object_id)
        _evidence(session, object_id, judged, row, ground)
        if judged.outcome is Outcome.CHANGED:
            imports.touch(session, object_id, ground.now)
    return object_id


def _evidence(session: Session, object_id: int, judged: Judged, row: Row, ground: Ground) -> None:
    """Keep for each value that came in where it was read; of what was read before nothing is taken away."""
    url = row.source or ground.source
    if not url:
        return
    canonical = canonical_url(url) or url
    documents = addresses.of(session, [canonical])
    changed = [one for one in judged.changes if one.key not in {"slug", "aliases"}]
    if judged.outcome is Outcome.CHANGED:
        of_fields = col(Evidence.field).in_([one.key for one in changed])
        session.exec(update(Evidence).where(col(Evidence.object_id) == object_id, of_fields).values(chosen=False))
    for one in changed:
        session.add(
            Evidence(object_id=object_id, field=one.key, value=one.after, url=url, canonical_url=canonical,
                     document_id=documents.get(canonical), locator=f"{ground.file_name}, row {judged.number}",
                     read_by=ground.by, read_at=ground.now)
        )  # fmt: skip
    session.flush()
