"""Letters and answers: DOMAIN.md 9 and the letters of section 10."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.response_rates import median_days, rate
from tracker.domain.responses import (
    ANSWER_KINDS,
    Answer,
    Judgement,
    LetterFacts,
    Search,
    days_words,
    due,
    state,
)
from tracker.domain.vocab import Basis, Channel
from tracker.domain.vocab import ResponseState as State

parse = PartialDate.parse
SENT = parse("2018-11-29")
BY = parse("2018-12-13")
SEARCH = Search(date(2019, 1, 10), "the company's newsroom")


def letter(*answers, sent=SENT, respond_by=BY, searches=(SEARCH,), judgement=None):
    return LetterFacts(sent, None, respond_by, answers, searches, judgement)


def answer(on, kind=State.ANSWERED_FULL, **more):
    return Answer(parse(on), kind, **more)


def test_the_caucus_letter_was_answered_in_sixty_nine_to_ninety_nine_days():
    caucus = letter(
        answer("August 2018", State.ANSWERED_PARTIAL), sent=parse("2018-05-24"), respond_by=None, searches=()
    )
    found = state(caucus, date(2018, 9, 30))
    assert found.days == (69, 99)
    assert "in August 2018, 69 to 99 days" in found.words
    assert found.state is State.ANSWERED_LATE
    assert State.ANSWERED_PARTIAL in found.flags
    assert "our convention" in found.words


def test_the_senders_judgement_is_theirs_and_begins_on_its_day():
    judged = letter(answer("2018-12-10"), judgement=Judgement("the eight members", parse("2018-12-20")))
    assert state(judged, date(2018, 12, 19)).state is State.ANSWERED_FULL
    found = state(judged, date(2018, 12, 20))
    assert found.state is State.SENDER_DEEMED_INSUFFICIENT
    assert State.ANSWERED_FULL in found.flags
    assert "according to the eight members" in found.words


def test_a_letter_is_not_due_through_its_last_day():
    assert state(letter(), date(2018, 12, 13)).state is State.NOT_DUE
    assert "as the letter asks" in state(letter(), date(2018, 12, 13)).words


def test_without_a_search_silence_is_not_asserted():
    for found in (state(letter(searches=()), date(2019, 2, 1)), state(letter(), date(2019, 1, 9))):
        assert found.state is None
        assert "not searched yet" in found.words
        assert State.NO_RESPONSE not in found.facts


def test_a_search_before_the_due_day_does_not_make_silence():
    early = letter(searches=(Search(date(2018, 12, 13), "newsroom"),))
    assert state(early, date(2019, 2, 1)).state is None


def test_silence_is_dated_by_the_search_behind_it():
    found = state(letter(), date(2019, 2, 1))
    assert found.state is State.NO_RESPONSE
    assert "No answer found as of 10 January 2019, 42 days after it was sent" in found.words
    assert "newsroom" in found.words
    assert found.days == (64, 64)


def test_a_late_answer_ends_the_silence_without_erasing_it():
    found = state(letter(answer("2019-03-01")), date(2019, 4, 1))
    assert found.state is State.ANSWERED_LATE
    assert {State.NO_RESPONSE, State.ANSWERED_FULL} <= found.flags
    assert "no answer had been found as of 10 January 2019" in found.words
    assert state(letter(answer("2019-03-01")), date(2019, 2, 28)).state is State.NO_RESPONSE


def test_an_answer_in_time_is_not_late_and_an_uncertain_one_only_perhaps():
    assert state(letter(answer("2018-12-13")), date(2019, 4, 1)).facts == {State.ANSWERED_FULL}
    perhaps = state(letter(answer("December 2018")), date(2019, 4, 1))
    assert perhaps.state is State.ANSWERED_FULL
    assert "perhaps late" in perhaps.words


def test_an_acknowledgement_is_no_answer():
    acknowledged = letter(answer("2018-12-01", State.ACKNOWLEDGED))
    assert state(acknowledged, date(2018, 12, 5)).facts == {State.ACKNOWLEDGED, State.NOT_DUE}
    found = state(acknowledged, date(2019, 2, 1))
    assert found.state is State.ACKNOWLEDGED
    assert State.NO_RESPONSE in found.flags
    assert not found.answered


@pytest.mark.parametrize("kind", [State.DECLINED, State.TANGENTIAL])
def test_weak_answers_are_shown_as_what_they_are_and_do_not_count_as_answers(kind):
    found = state(letter(answer("2019-03-01", kind)), date(2019, 4, 1))
    assert found.state is kind
    assert State.ANSWERED_LATE in found.flags
    assert not found.answered


def test_a_private_answer_is_said_to_exist_by_someone():
    found = state(letter(answer("2018-12-10", public=False, said_by="the company")), date(2019, 4, 1))
    assert found.state is State.PRIVATE
    assert "said to exist by the company" in found.words


def test_an_answer_given_in_a_blog_is_an_answer_elsewhere():
    found = state(letter(answer("2018-12-10", channel=Channel.BLOG)), date(2019, 4, 1))
    assert found.state is State.ANSWERED_ELSEWHERE
    assert "elsewhere (blog)" in found.words


def test_the_first_answer_of_the_fullest_kind_tells_and_sets_the_days():
    found = state(
        letter(
            answer("2018-12-01", State.DECLINED),
            answer("2018-12-05", State.ANSWERED_PARTIAL),
            answer("2018-12-12"),
            answer("2018-12-13"),
        ),
        date(2019, 4, 1),
    )
    assert found.state is State.ANSWERED_FULL
    assert found.days == (13, 13)
    assert found.words == (
        "Answered on 12 December 2018, 13 days after it was sent;"
        " besides: declined to answer on 1 December 2018, answered in part on 5 December 2018."
    )


def test_a_full_answer_after_the_due_day_is_late_though_a_part_came_in_time():
    both = letter(answer("2018-12-05", State.ANSWERED_PARTIAL), answer("2019-09-01"))
    found = state(both, date(2019, 10, 1))
    assert (found.state, found.days) == (State.ANSWERED_LATE, (276, 276))
    assert found.words.startswith(
        "Answered on 1 September 2019, 276 days after it was sent; late: due 13 December 2018"
    )
    assert found.words.endswith("besides: answered in part on 5 December 2018.")
    assert State.NO_RESPONSE not in found.facts, "the search of January came after the part"
    assert state(both, date(2019, 8, 1)).words.startswith("Answered in part on 5 December 2018, 6 days")


def test_what_is_said_of_an_answers_way_is_said_of_the_answer_that_tells():
    found = state(
        letter(answer("2018-12-05", State.ANSWERED_PARTIAL), answer("2018-12-12", public=False)), date(2019, 4, 1)
    )
    assert found.state is State.PRIVATE


@pytest.mark.parametrize(
    ("answers", "unanswered", "awaited"),
    [
        ([], True, True),
        ([answer("2018-12-05", State.ACKNOWLEDGED)], True, True),
        ([answer("2018-12-05", State.TANGENTIAL)], True, True),
        ([answer("2018-12-05", State.DECLINED)], True, False),
        ([answer("2018-12-05", State.ANSWERED_PARTIAL)], False, False),
    ],
)
def test_a_letter_is_unanswered_once_due_and_awaited_until_answered_or_declined(answers, unanswered, awaited):
    found = state(letter(*answers), date(2019, 4, 1))
    assert (found.unanswered, found.awaited) == (unanswered, awaited)
    early = state(letter(), date(2018, 12, 1))
    assert (early.unanswered, early.awaited) == (False, True)


def test_no_clock_runs_for_a_letter_that_was_not_sent():
    assert due(letter(sent=None)) is None
    found = state(letter(sent=None), date(2019, 4, 1))
    assert (found.state, found.days) == (State.NOT_DUE, None)
    assert state(letter(), date(2018, 11, 1)).days is None


def test_an_answer_dated_before_its_letter_is_not_counted():
    assert state(letter(answer("2018-11-01")), date(2019, 2, 1)).state is State.NO_RESPONSE


def test_without_a_day_in_the_letter_our_convention_is_named():
    when = due(letter(respond_by=None))
    assert (str(when.on), when.basis) == ("2018-12-29", Basis.COMPUTED)
    assert "our convention" in when.words
    assert due(letter()).basis is Basis.STATED_BY_SENDER


def test_a_letter_known_to_its_month_is_perhaps_due_before_it_is_due():
    vague = letter(sent=parse("2018-11"), respond_by=None, searches=())
    assert "Perhaps due" in state(vague, date(2018, 12, 15)).words
    assert state(vague, date(2018, 12, 31)).state is None


@given(
    st.dates(date(2018, 11, 29), date(2020, 1, 1)),
    st.lists(st.tuples(st.dates(date(2018, 1, 1), date(2020, 1, 1)), st.sampled_from(ANSWER_KINDS)), max_size=4),
    st.lists(st.dates(date(2018, 1, 1), date(2020, 1, 1)), max_size=3),
)
def test_silence_is_never_asserted_without_a_search_by_that_day(on, answers, searches):
    facts = letter(
        *(Answer(PartialDate.day(day), kind) for day, kind in answers),
        searches=tuple(Search(day, "newsroom") for day in searches),
    )
    found = state(facts, on)
    assert State.NO_RESPONSE not in found.facts or any(BY.latest < day <= on for day in searches)
    assert found.words
    assert found.state not in found.flags


def test_an_answer_needs_a_kind():
    with pytest.raises(InputError):
        answer("2018-12-01", State.NO_RESPONSE)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((69, 99), "69 to 99 days"), ((1, 1), "1 day"), ((1200, 1200), "1,200 days"), ((69, None), "at least 69 days"),
        ((None, 5), "at most 5 days"), ((None, None), "an unknown number of days"), (None, "an unknown number of days"),
        ((-3, 20), "0 to 20 days"), ((2002, 2032), "2,002 to 2,032 days"),
    ],
)  # fmt: skip
def test_days_are_said_as_they_are_known(days, words):
    assert days_words(days) == words


def test_a_rate_shows_its_numbers_its_window_and_what_it_leaves_out():
    on = date(2019, 4, 1)
    states = [
        state(facts, on)
        for facts in (
            letter(answer("2018-12-10")),
            letter(answer("2019-03-01", State.ANSWERED_PARTIAL)),
            letter(answer("2018-12-10", State.DECLINED)),
            letter(),
            letter(searches=()),
            letter(respond_by=parse("2019-05-01")),
            letter(sent=None),
            letter(answer("2018-01-05"), sent=parse("2017-12-31")),
        )
    ]
    found = rate(states, (date(2018, 1, 1), date(2018, 12, 31)))
    assert (found.numerator, found.denominator) == (2, 4)
    assert (found.excluded_not_due, found.excluded_not_searched) == (1, 1)
    assert found.value == Fraction(1, 2)
    assert "2 of 4 letters" in found.words()
    assert "proves no wrongdoing" in found.rule
    median = median_days(states[:4])
    assert (median.fewest, median.most, median.letters) == (51.5, 51.5, 2)


def test_an_empty_rate_has_no_value_and_a_window_runs_forward():
    assert rate([], (date(2018, 1, 1), date(2018, 1, 1))).value is None
    assert median_days([]) is None
    with pytest.raises(InputError):
        rate([], (date(2018, 1, 2), date(2018, 1, 1)))
