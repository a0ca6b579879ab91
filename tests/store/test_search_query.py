"""What is typed into the search, taken apart."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import InputError
from tracker.store.search import Query, parse
from tracker.store.search.query import known_kinds


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('police "face recognition"', Query(words=("police", "face recognition"))),
        ('-police -"face recognition"', Query(without=("police", "face recognition"))),
        ("whistle-blower", Query(words=("whistle-blower",))),
        ("kind:letter kind:RESOLUTION", Query(kinds=("kind9letter", "kind9resolution"))),
        ("kind:company_response", Query(kinds=("kind9companyresponse",))),
        ('kind:"company response" -kind:news', Query(kinds=("kind9companyresponse",), marks_without=("kind9news",))),
        ('company:"Palmetto Gaze"', Query(marks=("company9palmetto", "company9gaze"))),
        ("Source:Zürich", Query(marks=("source9zurich",))),
        ("before:2019", Query(last=date(2018, 12, 31))),
        ("after:2018-05 before:2019-05-24", Query(first=date(2018, 6, 1), last=date(2019, 5, 23))),
        ("after:2018 after:2016", Query(first=date(2019, 1, 1))),
        ("title:police", Query(words=("title police",), unknown=("title",))),
        ("https://paper.example/a", Query(words=("https://paper.example/a",))),
        ('"police', Query(words=("police",))),
        ("- * () \0", Query()),
    ],
)
def test_words_phrases_and_fields_are_told_apart(text, wanted):
    assert parse(text) == wanted


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind:leter", "does not know “leter”. It takes: campaign, "),
        ("police kind:", "“kind:” has nothing behind it. Write kind:letter."),
        ('source:""', "“source:” has nothing behind it"),
        ("before:yesterday", "“before:” takes a day, month or year"),
        ("after:..2019", "such as 2019-05, not “..2019”"),
        ("before:0001", "the year 1 lies outside 1900 to 2200"),
        ("-before:2019", "cannot be excluded"),
    ],
)
def test_a_field_that_cannot_be_understood_says_what_it_takes(text, says):
    with pytest.raises(InputError) as refused:
        parse(text)
    assert says in str(refused.value)


def test_every_kind_there_is_can_be_asked_for():
    assert {"document", "news", "letter", "contract", "measure", "campaign", "organization"} <= set(known_kinds())
    for kind in known_kinds():
        assert parse(f"kind:{kind}").kinds


@given(st.text(max_size=80))
def test_whatever_is_typed_is_understood_or_refused(text):
    with suppress(InputError):
        found = parse(text)
        assert all(any(letter.isalnum() for letter in word) for word in (*found.words, *found.without))
