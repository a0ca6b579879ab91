"""Of a letter only what stands in it is told: who, to whom, when, what is asked, and by when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.filings.written_letters import HELD_BACK, LEARNED, Written
from tracker.filings.letters.letter_parts import LetterParts, letter_parts
from tracker.filings.letters.letter_told import told_letter
from tracker.filings.letters.passages import Found


def told(parts: LetterParts) -> dict[str, list[str]]:
    days = {"sent_on": parts.sent_on, "respond_by": parts.respond_by}
    return {
        "senders": [name.text for name in parts.senders],
        "recipients": [name.text for name in parts.recipients],
        "questions": [question.text for question in parts.questions],
        **{name: [day[0].isoformat()] if day else [] for name, day in days.items()},
    }


def measured(letters: tuple[Written, ...]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return by field how many were missed, and what was said that is not so."""
    missed, invented = {}, {}
    for letter in letters:
        for field, found in told(letter_parts(letter.text)).items():
            given_ = getattr(letter, field)
            wanted = [given_] if isinstance(given_, str) and given_ else list(given_)
            for value in found:
                same = [one for one in wanted if (value.startswith(one) if field == "questions" else value == one)]
                if same:
                    wanted.remove(same[0])
                else:
                    invented.setdefault(field, []).append(value)
            missed[field] = missed.get(field, 0) + len(wanted)
    return missed, invented


def test_letters_that_were_learned_from_are_read_whole():
    assert measured(LEARNED) == (dict.fromkeys(("senders", "recipients", "questions", "sent_on", "respond_by"), 0), {})


def test_of_letters_held_back_little_is_missed_and_no_question_invented():
    missed, invented = measured(HELD_BACK)
    assert {field: count for field, count in missed.items() if count} == {"recipients": 2, "questions": 1}
    assert invented == {"recipients": ["Board of Directors, Sable Motors Inc."]}


@pytest.mark.parametrize("letter", LEARNED + HELD_BACK)
def test_everything_has_its_place_in_the_text(letter):
    parts = letter_parts(letter.text)
    days = [day[1] for day in (parts.sent_on, parts.respond_by) if day]
    for place in (*parts.senders, *parts.recipients, *parts.questions, *days):
        assert " ".join(letter.text[place.start : place.end].split()) == place.text


@given(st.text(alphabet=st.sampled_from("Dear Mr.X,:\n?12 May2019SincerelyTo\t"), max_size=300))
def test_any_text_is_read_without_an_error_and_nothing_is_told_that_is_not_in_it(text):
    parts = letter_parts(text)
    for place in (*parts.senders, *parts.recipients, *parts.questions):
        assert " ".join(text[place.start : place.end].split()) == place.text


def known(text: str, *names: str) -> list[Found]:
    return [Found(name, text.index(name), text.index(name) + len(name)) for name in names]


@pytest.mark.parametrize(
    ("text", "names", "senders", "recipients"),
    [
        (
            "The Harbour Caucus wrote to Ada Finch of Corvid on 24 May 2018 about its cameras, said Tern.",
            ("Harbour Caucus", "Ada Finch", "Corvid", "Tern"),
            ["Harbour Caucus"],
            ["Ada Finch", "Corvid"],
        ),
        ("Rep. Joan Pell Leads Letter to Corvid", ("Joan Pell", "Corvid"), ["Joan Pell"], ["Corvid"]),
        ("Corvid employees' open letter to Ada Finch", ("Corvid", "Ada Finch"), [], []),
        ("Corvid replied to the letter to Ada Finch", ("Corvid", "Ada Finch"), [], []),
        ("Forty groups wrote to Corvid about its cameras.", ("Corvid",), [], []),
    ],
)
def test_a_report_tells_only_of_known_names_where_the_sentence_puts_them(text, names, senders, recipients):
    parts = told_letter(text, known(text, *names))
    assert ([one.text for one in parts.senders], [one.text for one in parts.recipients]) == (senders, recipients)
    assert parts.questions == ()
