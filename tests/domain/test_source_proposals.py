"""Which sources are proposed for a campaign: those of its companies, of its subject, of who speaks; never another's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.source_proposals import Company, Group, Place, reason, telling

ACME = Company("Acme", ("Acme", "Acme Robotics", "RoboLens"), ("acme.example",), 1234)
SUBJECT = "Acme: machine vision in schools. Have its effects reviewed."


def place(reader: str = "feed", title: str = "A title", url: str = "https://x.example/", **options) -> Place:
    return Place(reader, title, url, options)


@pytest.mark.parametrize(
    ("source", "group", "says"),
    [
        (place("edgar", "Acme Inc", cik=1234), Group.COMPANY, "Filings of Acme at the SEC"),
        (place("edgar", "Acme"), Group.COMPANY, "Filings of Acme at the SEC"),
        (place("edgar_atom", ciks=[99, 1234]), Group.COMPANY, "Acme among them"),
        (place("watched_page", "Terms", "https://policies.acme.example/terms"), Group.COMPANY, "watched for changes"),
        (place("watched_page", "Terms", publisher="Acme Robotics"), Group.COMPANY, "watched for changes"),
        (place("usaspending", "Contracts", recipients=["Acme Robotics"]), Group.COMPANY, "Federal contracts with Acme"),
        (place("feed", "News about RoboLens", kind="news"), Group.COMPANY, "names it in its title"),
        (place("federal_register", "FR", term='"machine vision"'), Group.SUBJECT, "“machine vision”"),
        (place("feed", "The Paper", kind="news"), Group.VOICES, "News"),
        (place("feed", "Rights Group", kind="statement"), Group.VOICES, "An organisation"),
    ],
)
def test_a_source_is_proposed_with_its_reason(source: Place, group: Group, says: str):
    found = reason(source, [ACME], SUBJECT)
    assert found.group is group
    assert says in found.why


@pytest.mark.parametrize(
    "source",
    [
        place("edgar", "Zeta", cik=77),
        place("edgar", "Acme", cik=77),
        place("watched_page", "Acmeist poetry", "https://notacme.example/"),
        place("watched_page", "Machine vision in schools", publisher="Zeta"),
        place("usaspending", "Contracts: machine vision", recipients=["Zeta"]),
        place("federal_register", "FR", term='"face recognition"'),
        place("feed", "Bills", kind="legislation"),
    ],
)
def test_what_is_about_others_or_nothing_of_it_is_not(source: Place):
    assert reason(source, [ACME], SUBJECT) is None


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_whatever_is_typed_is_no_pattern_and_breaks_nothing(title: str, ask: str, name: str):
    found = reason(place("watched_page", title), [Company(name, (name,))], ask)
    assert found is None or found.group is Group.COMPANY


def test_words_that_say_nothing_are_left_out():
    assert telling("Have the effects of it on schools reviewed") == ["effects", "schools", "reviewed"]
