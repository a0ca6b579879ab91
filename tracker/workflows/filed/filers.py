"""The proponents that a proxy statement names become the filers of their resolution, the lead filer first.

A name that is surely one organisation's or person's of ours becomes that one; any other stands as printed. Who filed is
not changed where people have said it: then the names are evidence alone.
"""

from collections.abc import Sequence
from typing import Any

from tracker.domain.canonical import organization_key
from tracker.domain.text import excerpt
from tracker.domain.vocab import FilerRole
from tracker.models.resolution import Filer
from tracker.store import organizations, proposals
from tracker.store.offers import About, Place
from tracker.workflows.filed.record import Record

_LONGEST_NAME, _LONGEST_FIELD = 300, 100


def keep_filers(record: Record, resolution_id: int, proponents: Sequence[str]) -> None:
    """Write the proponents as filers, unless people have, with evidence for each."""
    parties = organizations.parties(record.session)
    known = [(name, parties.get(organization_key(name))) for name in dict.fromkeys(proponents)]
    wanted: list[dict[str, Any]] = []
    ours = _is_ours(record, resolution_id, [_field(name, party) for name, party in known])
    for name, party in known:
        # The words around a proponent's name may hold an address; the name alone is kept.
        record.offers.witness(About(resolution_id, _field(name, party), Place(excerpt(name, 120))), name)
        who: dict[str, Any] = {"organization_id": None, "person_id": None, "named": ""}
        who |= {party.column: party.id} if party else {"named": name[:_LONGEST_NAME]}
        if who not in [{key: row[key] for key in who} for row in wanted]:
            wanted.append({**who, "role": FilerRole.CO_FILER if wanted else FilerRole.LEAD_FILER})
    if ours and wanted:
        _become(record, resolution_id, wanted)


def _field(name: str, party: organizations.PartyKey | None) -> str:
    return f"filer:{(party.slug if party else name)[:_LONGEST_FIELD]}"


def _is_ours(record: Record, resolution_id: int, fields: Sequence[str]) -> bool:
    """Whether nobody has said who filed, or this very paper did when it was read before."""
    stored = proposals.filers(record.session, resolution_id)
    if any(not row.read_fields for row in stored):
        return False
    return not stored or any(record.offers.said_before(resolution_id, name) for name in fields)


def _become(record: Record, resolution_id: int, wanted: Sequence[dict[str, Any]]) -> None:
    """Make the filers that readers gave equal to `wanted`, touching only what differs."""
    stored = proposals.filers(record.session, resolution_id)
    for row in stored:
        if not any(all(getattr(row, key) == value for key, value in one.items()) for one in wanted):
            record.session.delete(row)
            record.touched.add(resolution_id)
    for one in wanted:
        if not any(all(getattr(row, key) == value for key, value in one.items()) for row in stored):
            made = Filer(resolution_id=resolution_id, **one, read_fields=sorted(one), recorded_at=record.now)
            if record.taken_out(made, "organization_id", "person_id", "named", about=(resolution_id,)):
                continue
            record.session.add(made)
            record.session.flush()
            record.touched.add(resolution_id)
