"""What a letter under Rule 14a-8 says, in the shape that docs/commands.md gives, and in lines for people."""

from collections.abc import Iterator
from typing import Any

from tracker.domain.status import label
from tracker.domain.vocab import ResolutionCode
from tracker.filings.letters.no_action import no_action_paper

_KINDS = {
    "staff_response": "Response of the SEC's staff",
    "no_action_request": "Request of the company for a no-action letter",
    "reconsideration_request": "Request to reconsider",
    "notice": "Notice of the company",
    "proponent_response": "Response of the proponent",
}


def no_action_report(body: bytes) -> dict[str, Any]:
    """Return what a letter says; raises ParseError for a document that is none under Rule 14a-8."""
    read = no_action_paper(body)
    return {
        "kind": read.kind,
        "company": read.company.text if read.company else None,
        "proponents": [{"name": party.name, "on_behalf_of": list(party.on_behalf_of)} for party in read.proponents],
        "date": read.day.isoformat() if read.day else None,
        "bases": [
            {"paragraph": ground.paragraph, "decision": ground.decision.value if ground.decision else None}
            for ground in read.grounds
        ],
        "outcome": read.outcome.value if read.outcome else None,
        "status": read.code.value if read.code else None,
        "reasonable_basis_represented": read.representation,
        "warnings": list(read.warnings),
    }


def no_action_lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield what a letter says as lines for people."""
    yield f"{_KINDS[report['kind']]}, {report['date'] or 'without a date'}"
    yield f"  company    {report['company'] or 'not named plainly'}"
    for party in report["proponents"]:
        behalf = f", on behalf of {', '.join(party['on_behalf_of'])}" if party["on_behalf_of"] else ""
        yield f"  proponent  {party['name']}{behalf}"
    for basis in report["bases"]:
        yield f"  basis      {basis['paragraph']}{': ' + _words(basis['decision']) if basis['decision'] else ''}"
    if report["outcome"]:
        status = f" ({label(ResolutionCode(report['status']))})" if report["status"] else ""
        yield f"  outcome    {_words(report['outcome'])}{status}"
    if report["reasonable_basis_represented"]:
        yield "  the company represents that it has a reasonable basis; staff finds nothing by not objecting to that"


def _words(code: str) -> str:
    return code.replace("_", " ")
