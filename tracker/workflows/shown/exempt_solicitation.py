"""What an exempt solicitation says, in the shape that docs/commands.md gives, and in lines for people."""

from collections.abc import Iterator
from typing import Any

from tracker.filings.letters.exempt_solicitation import exempt_solicitation


def solicitation_report(body: bytes) -> dict[str, Any]:
    """Return what a solicitation says; raises ParseError for another document. No postal address is in it."""
    read = exempt_solicitation(body)
    return {
        "registrant": read.registrant.text if read.registrant else None,
        "persons": [{"name": party.name, "on_behalf_of": list(party.on_behalf_of)} for party in read.persons],
        "items": [
            {"number": item.number, "position": item.position, "nominees": list(item.nominees)} for item in read.items
        ],
        "meeting_date": read.meeting_date.isoformat() if read.meeting_date else None,
        "voluntary": read.voluntary,
        "warnings": list(read.warnings),
    }


def solicitation_lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield what a solicitation says as lines for people."""
    voluntary = " (voluntary)" if report["voluntary"] else ""
    yield f"Exempt solicitation{voluntary} to shareholders of {report['registrant'] or 'a company not named'}"
    for person in report["persons"]:
        behalf = f", on behalf of {', '.join(person['on_behalf_of'])}" if person["on_behalf_of"] else ""
        yield f"  by       {person['name']}{behalf}"
    yield f"  meeting  {report['meeting_date'] or 'not said'}"
    for item in report["items"]:
        number = f"item {item['number']}" if item["number"] else "an item without a number"
        nominees = f" ({', '.join(item['nominees'])})" if item["nominees"] else ""
        yield f"  asks     {item['position'] or 'not certain'}: {number}{nominees}"
