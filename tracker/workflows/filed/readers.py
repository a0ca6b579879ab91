"""Which reader reads which filed form, and reading one: done apart, like answers, for filings come from outside too.

A reader's version is raised when it reads better than before: what it read earlier is then read again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.errors import NotFoundError
from tracker.domain.items import Fetched
from tracker.workflows.readings import FilingValue

if TYPE_CHECKING:
    from tracker.workflows.study import Linker

# What a reading process is asked to read as a filing: this, then the reader's name.
FILING = "filing:"


@dataclass(frozen=True, slots=True)
class FilingReader:
    """A reader of filings: its name as evidence has it, its version, and its forms."""

    name: str
    version: str
    forms: tuple[str, ...]
    read: Callable[[bytes, str, "Linker"], FilingValue]
    # Reads our copy of one entry instead of the bytes kept, which are an answer with many.
    of_copy: bool = False

    @property
    def called(self) -> tuple[str, str]:
        """Its name and version."""
        return self.name, self.version


def _voting_results(body: bytes, media_type: str, _: "Linker") -> FilingValue:
    from tracker.filings.moved_meeting import moved_in  # noqa: PLC0415
    from tracker.filings.voting_results.checks import differing_totals, without_impossible  # noqa: PLC0415
    from tracker.filings.voting_results.results import read_voting_results  # noqa: PLC0415 - loaded where filings are read

    found = read_voting_results(body, media_type)
    found = without_impossible(found, found.entitled.votes if found.entitled else None)
    # A read-only mapping cannot be sent from one process to another.
    matters = tuple(
        replace(matter, places=dict(matter.places), choices=dict(matter.choices) if matter.choices else None)
        for matter in found.matters
    )
    warnings = (*found.warnings, *differing_totals(found.matters))
    moved = None if matters else moved_in(found.text)
    return FilingValue(replace(found, matters=matters, text=""), found.text, warnings, moved=moved)


def _proxy_statement(body: bytes, media_type: str, linker: "Linker") -> FilingValue:
    from tracker.filings.proxy_statement.statement import read_proxy_statement  # noqa: PLC0415 - see above

    found = read_proxy_statement(body, media_type)
    concerning = frozenset(
        number
        for number, proposal in enumerate(found.proposals)
        if linker.concerns(proposal.title, f"{proposal.resolved}\n{proposal.supporting_statement}")
    )
    return FilingValue(replace(found, text=""), found.text, found.warnings, concerning)


def _proxy_supplement(body: bytes, media_type: str, _: "Linker") -> FilingValue:
    from tracker.filings.layout.filed import layout_of  # noqa: PLC0415 - see above
    from tracker.filings.moved_meeting import moved_in  # noqa: PLC0415

    layout = layout_of(body, media_type)
    return FilingValue(None, layout.text, layout.warnings, moved=moved_in(layout.text))


def _exempt_solicitation(body: bytes, media_type: str, _: "Linker") -> FilingValue:
    from tracker.filings.layout.filed import layout_of  # noqa: PLC0415
    from tracker.filings.letters.exempt_solicitation import solicitation_in  # noqa: PLC0415 - see above

    layout = layout_of(body, media_type)
    found = solicitation_in(layout)
    return FilingValue(found, layout.text, found.warnings)


def _no_action(body: bytes, media_type: str, _: "Linker") -> FilingValue:
    from tracker.filings.layout.filed import layout_of  # noqa: PLC0415 - see above
    from tracker.filings.letters.no_action import paper_in  # noqa: PLC0415

    layout = layout_of(body, media_type)
    found = paper_in(layout)
    return FilingValue(found, layout.text, found.warnings)


def _contract_award(body: bytes, media_type: str, linker: "Linker") -> FilingValue:
    from tracker.filings.contract_award import award_in  # noqa: PLC0415 - see above
    from tracker.filings.layout.filed import layout_of  # noqa: PLC0415

    layout = layout_of(body, media_type)
    found = award_in(layout, linker.trade_names)
    concerning = frozenset({0} if found.product else ())
    # A read-only mapping cannot be sent from one process to another.
    return FilingValue(replace(found, places=dict(found.places)), layout.text, found.warnings, concerning)


READERS = (
    FilingReader("voting results", "3", ("8-K", "8-K/A"), _voting_results),
    FilingReader("proxy statement", "3", ("DEF 14A",), _proxy_statement),
    FilingReader("proxy supplement", "2", ("DEFA14A",), _proxy_supplement),
    FilingReader("exempt solicitation", "1", ("PX14A6G",), _exempt_solicitation),
    FilingReader("no-action letter", "1", ("NO ACT",), _no_action),
    FilingReader("contract award", "1", ("award",), _contract_award, of_copy=True),
)
BY_FORM = {form: reader for reader in READERS for form in reader.forms}


def reader_named(name: str) -> FilingReader:
    """Return a reader by its name."""
    for reader in READERS:
        if reader.name == name:
            return reader
    raise NotFoundError(f"no reader of filings is called {name!r}; there are {', '.join(r.name for r in READERS)}")


def read_filed(asked: str, answer: Fetched, linker: "Linker") -> FilingValue:
    """Read a filing; `asked` is FILING and the reader's name. Raises ParseError or InputError for a wrong document."""
    reader = reader_named(asked.removeprefix(FILING))
    return reader.read(answer.body, answer.headers.get("content-type", ""), linker)
