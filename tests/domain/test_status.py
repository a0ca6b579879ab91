"""The history of a resolution: DOMAIN.md 3, 4 and the case of section 10."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.status import (
    ENDS,
    LABELS,
    Entry,
    History,
    commitment_words,
    current,
    explanation,
    is_end,
    label,
)
from tracker.domain.stepper import StepState, steps
from tracker.domain.vocab import CommitmentState
from tracker.domain.vocab import ResolutionCode as Code

parse = PartialDate.parse


def history(*rows):
    return History.of((code, parse(on) if on else None, "") for code, on in rows)


AMAZON_2019 = history(
    (Code.VOTED_FINAL, "2019-05-22"),
    (Code.SEC_NOT_CONCURRED, "2019-03-28"),
    (Code.FILED, "2019-01"),
    (Code.EXCLUSION_NOTICED, "2019-01"),
    (Code.RECONSIDERATION_SOUGHT, None),
    (Code.RECONSIDERATION_DENIED, "2 or 3 April 2019"),
    (Code.ON_BALLOT, "2019-04-11"),
)
entries = st.builds(
    Entry,
    st.sampled_from(Code),
    st.none()
    | st.sampled_from(["2018", "2019", "2018-12", "2019-01", "2019-01-05", "2019-03-28", "..2019"]).map(parse),
)


def test_amazons_2019_resolution_is_put_in_order_and_nothing_in_it_surprises():
    assert [entry.code for entry in AMAZON_2019.entries] == [
        Code.FILED, Code.EXCLUSION_NOTICED, Code.SEC_NOT_CONCURRED, Code.RECONSIDERATION_SOUGHT,
        Code.RECONSIDERATION_DENIED, Code.ON_BALLOT, Code.VOTED_FINAL,
    ]  # fmt: skip
    assert AMAZON_2019.warnings() == []


def test_the_current_step_is_the_last_one_begun_by_that_day():
    def code(day):
        return current(AMAZON_2019, day).code

    assert code(date(2019, 3, 27)) is Code.EXCLUSION_NOTICED
    assert code(date(2019, 4, 1)) is Code.SEC_NOT_CONCURRED
    assert code(date(2019, 4, 2)) is Code.RECONSIDERATION_DENIED
    assert code(date(2019, 4, 12)) is Code.ON_BALLOT
    assert code(date(2019, 5, 22)) is Code.VOTED_FINAL
    assert current(history((Code.FILED, "2019-01-05")), date(2019, 1, 4)) is None
    assert current(History(()), date(2019, 1, 4)) is None


def test_a_vote_known_only_to_its_year_still_follows_the_filing_of_that_year():
    found = history((Code.VOTED_FINAL, "2019"), (Code.FILED, "2019-01"), (Code.ON_BALLOT, "2019-04-11"))
    assert [entry.code for entry in found.entries] == [Code.FILED, Code.ON_BALLOT, Code.VOTED_FINAL]


@given(st.lists(entries, max_size=8))
def test_any_history_keeps_every_row_and_can_be_read(rows):
    found = History.of(rows)
    assert sorted(map(repr, found.entries)) == sorted(map(repr, rows))
    assert all(isinstance(warning, str) for warning in found.warnings())
    assert len(steps(found)) == 6


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(Code.CURED, "2019-01-01")], "Defect notified"),
        ([(Code.SEC_CONCURRED, "2019-01-01")], "Challenged"),
        ([(Code.FILED, "2019-01-01"), (Code.FILED, "2019-02-01")], "twice"),
        ([(Code.WITHDRAWN_AGREEMENT, "2019-01-01"), (Code.ON_BALLOT, "2019-02-01")], "an end"),
        (
            [
                (Code.EXCLUSION_NOTICED, "2019-01-01"),
                (Code.SEC_CONCURRED, "2019-02-01"),
                (Code.ON_BALLOT, "2019-03-01"),
            ],
            "no court",
        ),
        ([(Code.EXCLUSION_NOTICED, "2019-01-01"), (Code.SEC_NO_RESPONSE, "2019-02-01")], "17 November 2025"),
        ([(Code.EXCLUSION_NOTICED, "2025-12-01"), (Code.SEC_CONCURRED, "2026-02-01")], "(i)(1)"),
        ([(Code.VOTED_FINAL, "2019-05-22")], "On the ballot"),
    ],
)
def test_a_surprising_step_is_reported_and_not_refused(rows, said):
    assert any(said in warning for warning in history(*rows).warnings())


def test_a_court_may_reopen_what_had_ended():
    found = history(
        (Code.FILED, "2025-12-01"), (Code.EXCLUSION_NOTICED, "2026-01-02"), (Code.OMITTED, "2026-02-01"),
        (Code.LITIGATED, "2026-02-05"), (Code.INJUNCTION_GRANTED, "2026-02-20"), (Code.ON_BALLOT, "2026-03-01"),
    )  # fmt: skip
    assert found.warnings() == []
    assert steps(found)[4].state is StepState.NO_RECORD


def test_every_step_has_its_own_label_and_an_explanation():
    assert set(LABELS) == set(Code)
    assert len({label(code) for code in Code}) == len(Code)
    assert all(explanation(code).endswith(".") for code in Code)


def test_what_staff_does_since_2025_shares_no_words_with_a_concurrence():
    for code in (Code.SEC_NO_OBJECTION_ON_REPRESENTATION, Code.SEC_NO_RESPONSE):
        assert label(code).startswith("No SEC review")
        assert "agreed" not in label(code)
    assert "no finding" in explanation(Code.SEC_NO_OBJECTION_ON_REPRESENTATION)


def test_a_preliminary_vote_is_no_end():
    assert not is_end(Code.VOTED_PRELIM)
    assert is_end(Code.VOTED_FINAL)
    assert {Code.OMITTED, Code.WITHDRAWN_MOOT} < ENDS


def test_the_steps_say_no_record_where_nothing_is_known():
    found = steps(history((Code.ON_BALLOT, "2023-04-13"), (Code.VOTED_PRELIM, "2023-05-24")))
    known = [step.key for step in found if step.state is StepState.DONE]
    assert known == ["outcome", "voted"]
    assert {step.state for step in found} == {StepState.DONE, StepState.NO_RECORD}
    assert found[0].words == "no record"


def test_a_withdrawal_under_challenge_leaves_no_sec_decision_and_no_vote():
    found = history((Code.FILED, "2019-01"), (Code.EXCLUSION_NOTICED, "2019-02"), (Code.WITHDRAWN_PARTIAL, "2019-03"))
    by_key = {step.key: step for step in steps(found, CommitmentState.PENDING)}
    assert by_key["sec"].state is StepState.NOT_REACHED
    assert "withdrawn" in by_key["sec"].words
    assert by_key["voted"].words == "No vote: withdrawn: part agreed."
    assert by_key["commitment"].state is StepState.DONE


def test_no_commitment_and_no_record_of_one_are_told_apart():
    assert commitment_words(None) != commitment_words(CommitmentState.NONE)
    assert all(commitment_words(state).endswith(".") for state in CommitmentState)
