"""Everything the page of one contract shows."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.store import campaigns, contract_table, evidence
from tracker.store.contract_table import ContractRow
from tracker.store.evidence import FieldEvidence, LinkedDocument


@dataclass(frozen=True, slots=True)
class ContractPage:
    """One contract with what each of its fields rests on; `campaigns` are (slug, title)."""

    row: ContractRow
    evidence: tuple[FieldEvidence, ...]
    documents: tuple[LinkedDocument, ...]
    campaigns: tuple[tuple[str, str], ...]


def page(session: Session, slug: str) -> ContractPage | None:
    """Return what is known of one shown contract, or None when there is none of this name. Five queries."""
    rows = contract_table.rows(session, [slug])
    if not rows:
        return None
    key = rows[0].object_id
    return ContractPage(
        row=rows[0],
        evidence=tuple(evidence.by_field(session, key)),
        documents=tuple(evidence.linked(session, key)),
        campaigns=tuple(campaigns.of_object(session, key)),
    )
