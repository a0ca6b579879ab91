"""Exempt solicitations: who asks for which votes, in every layout, and never where somebody lives."""

import re

from hypothesis import given, settings

from tests.filings.generated_solicitations import FIELD_STYLES, FORMATS, rendered_solicitations
from tracker.filings.exempt_solicitation import exempt_solicitation


@settings(max_examples=300)
@given(rendered_solicitations())
def test_a_generated_solicitation_reads_back_as_it_was_written(made):
    found = exempt_solicitation(made.body)
    said = made.said
    assert found.registrant is not None
    assert found.registrant.text == said.company
    assert tuple((party.name, party.on_behalf_of) for party in found.persons) == said.persons
    assert {(item.number, item.position) for item in found.items} == {(str(n), position) for n, position in said.items}
    assert found.meeting_date == said.day


@settings(max_examples=200)
@given(rendered_solicitations())
def test_no_part_of_an_address_is_in_anything_that_was_read(made):
    told = repr(exempt_solicitation(made.body))
    for line in (line for address in made.said.addresses for line in address):
        for part in re.split(r",\s*|\s(?=[A-Z]{2} \d)", line):
            assert part not in told


def test_there_are_more_than_thirty_layouts():
    assert len(FIELD_STYLES) * len(FORMATS) > 30
