"""Letters as they stand on a day."""

from datetime import date

import pytest

from tests import factories
from tests.engines import statements_of
from tracker.domain.vocab import AnswerGrade, Channel, Lane, PartyRole, ResponseState
from tracker.models.base import ObjectState
from tracker.models.correspondence import LetterParty
from tracker.store import letters

TODAY = factories.TODAY


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon.com, Inc.")


@pytest.fixture
def caucus(session):
    return factories.organization(session, "caucus", name="Congressional Black Caucus", lane=Lane.LAWMAKERS)


@pytest.fixture
def letter(session, company, caucus):
    return factories.letter(
        session,
        "caucus-letter",
        senders=[caucus],
        recipients=[company],
        questions=["Who knows bias?", "Will you talk?"],
    )


def test_a_letter_names_its_parties_and_stands_in_its_senders_lane(session, letter):
    [found] = letters.standings(session, today=TODAY)
    assert (found.senders, found.recipients, found.lane) == (
        ("Congressional Black Caucus",),
        ("Amazon.com, Inc.",),
        Lane.LAWMAKERS,
    )


def test_without_a_search_silence_is_not_asserted(session, letter):
    assert letters.standing(session, "caucus-letter", TODAY).state.state is None
    factories.search(session, letter, "2026-11-20", where="newsroom")
    found = letters.standing(session, "caucus-letter", TODAY)
    assert found.state.state is ResponseState.NO_RESPONSE
    assert (found.last_search.on, found.last_search.where) == (date(2026, 11, 20), "newsroom")


def test_the_best_grade_of_a_question_counts_and_unasked_ones_have_none(session, company, letter):
    factories.response(
        session,
        "first",
        company=company,
        day="2018-06-01",
        answers={letter.id: ResponseState.TANGENTIAL},
        grades={(letter.id, 1): AnswerGrade.BESIDE},
    )
    factories.response(
        session,
        "second",
        company=company,
        day="2018-08",
        answers={letter.id: ResponseState.ANSWERED_PARTIAL},
        grades={(letter.id, 1): AnswerGrade.PARTLY},
    )
    found = letters.standing(session, "caucus-letter", TODAY)
    assert [question.grade for question in found.questions] == [AnswerGrade.PARTLY, None]
    assert [answer.slug for answer in found.answers] == ["first", "second"]


def test_a_letter_stands_as_it_stood_on_the_day_asked_for(session, company, letter):
    factories.response(session, company=company, day="2019-02-07", answers={letter.id: ResponseState.ANSWERED_FULL})
    factories.search(session, letter, "2018-09-01")
    then = letters.standing(session, "caucus-letter", date(2018, 10, 1))
    assert (then.state.state, then.answers) == (ResponseState.NO_RESPONSE, ())
    now = letters.standing(session, "caucus-letter", TODAY)
    assert now.state.facts >= {ResponseState.ANSWERED_LATE, ResponseState.NO_RESPONSE}


def test_drafts_withdrawn_and_merged_letters_are_not_shown(session, letter):
    factories.letter(session, "draft", state=ObjectState.DRAFT)
    factories.letter(session, "withdrawn", state=ObjectState.WITHDRAWN)
    factories.letter(session, "merged", merged_into=letter.id)
    assert [found.slug for found in letters.standings(session, today=TODAY)] == ["caucus-letter"]
    assert letters.standing(session, "draft", TODAY) is None


def test_an_unpublished_response_answers_nothing(session, company, letter):
    factories.response(
        session,
        company=company,
        answers={letter.id: ResponseState.ANSWERED_FULL},
        grades={(letter.id, 1): AnswerGrade.FULL},
        state=ObjectState.DRAFT,
    )
    found = letters.standing(session, "caucus-letter", TODAY)
    assert (found.answers, found.questions[0].grade) == ((), None)


def test_letters_are_filtered_by_campaign_and_by_company(session, company, letter):
    campaign = factories.campaign(session)
    other = factories.organization(session, "initech")
    factories.letter(session, "in-campaign", sent="2020-01-01", campaign=campaign, recipients=[other])
    slugs = [found.slug for found in letters.standings(session, today=TODAY, campaign_id=campaign.id)]
    assert slugs == ["in-campaign"]
    slugs = [found.slug for found in letters.standings(session, today=TODAY, company_id=company.id)]
    assert slugs == ["caucus-letter"]


def test_a_letter_to_a_companys_officer_is_a_letter_to_the_company(session, company):
    officer = factories.person(session, "chief-executive", organization=company)
    row = factories.letter(session, "to-the-officer")
    factories.add(
        session,
        LetterParty(letter_id=row.id, role=PartyRole.RECIPIENT, name=officer.name, person_id=officer.id),
    )
    [found] = letters.standings(session, today=TODAY, company_id=company.id)
    assert (found.slug, found.recipients) == ("to-the-officer", ("Chief Executive",))
    assert letters.recipients(session) == [(company.id, "amazon", "Amazon.com, Inc.")]


def test_only_those_who_were_written_to_can_be_filtered_by(session, company, letter, caucus):
    factories.letter(session, "draft", recipients=[caucus], state=ObjectState.DRAFT)
    assert letters.recipients(session) == [(company.id, "amazon", "Amazon.com, Inc.")]


def test_letters_come_newest_first_and_by_name_within_a_day(session):
    for slug, day in (("b", "2019-01-02"), ("a", "2019-01-02"), ("c", "2020")):
        factories.letter(session, slug, sent=day)
    assert [found.slug for found in letters.standings(session, today=TODAY)] == ["c", "a", "b"]


def test_a_letter_asked_again_knows_the_other(session, letter):
    factories.letter(session, "again", sent="2018-11-29", reasks=letter.id)
    assert letters.standing(session, "again", TODAY).reasks.slug == "caucus-letter"
    assert [ref.slug for ref in letters.standing(session, "caucus-letter", TODAY).asked_again] == ["again"]


def test_the_senders_judgement_is_theirs(session, company, letter):
    factories.response(session, company=company, answers={letter.id: ResponseState.ANSWERED_PARTIAL})
    factories.judgement(session, letter, "2018-06-10", by="Rep. Example", quote="insufficient")
    found = letters.standing(session, "caucus-letter", TODAY)
    assert (found.judgement.by, found.state.state) == ("Rep. Example", ResponseState.SENDER_DEEMED_INSUFFICIENT)


@pytest.mark.parametrize("assessment", [ResponseState.PRIVATE, ResponseState.ANSWERED_ELSEWHERE])
def test_how_an_answer_came_leaves_open_how_full_it_was(session, company, letter, assessment):
    factories.response(session, company=company, public=False, channel=Channel.BLOG, answers={letter.id: assessment})
    found = letters.standing(session, "caucus-letter", TODAY)
    assert ResponseState.ANSWERED_PARTIAL in found.state.facts


def test_rates_name_what_they_leave_out(session, company, letter):
    factories.response(
        session,
        company=company,
        day="2018-06-03",
        answers={letter.id: ResponseState.ANSWERED_PARTIAL},
        grades={(letter.id, 1): AnswerGrade.FULL},
    )
    silent = factories.letter(session, "silent", sent="2019-01-15", recipients=[company], questions=["Will you stop?"])
    factories.search(session, silent, "2026-11-21")
    factories.letter(
        session, "not-due", sent="2026-11-20", respond_by="2026-12-31", recipients=[company], questions=["?"]
    )
    factories.letter(session, "not-searched", sent="2020-01-15", recipients=[company])
    found = letters.rates_of(letters.standings(session, today=TODAY, company_id=company.id), TODAY)
    assert (found.letters, found.rate.numerator, found.rate.denominator) == (4, 1, 2)
    assert (found.rate.excluded_not_due, found.rate.excluded_not_searched) == (1, 1)
    assert (found.median.fewest, found.median.letters) == (10, 1)
    assert (found.questions_full, found.questions) == (1, 3)


def test_there_are_no_rates_without_letters(session):
    assert letters.rates_of(letters.standings(session, today=TODAY), TODAY) is None


def test_the_number_of_queries_does_not_depend_on_the_number_of_letters(session, company, caucus):
    def queries():
        with statements_of(session.get_bind()) as asked:
            letters.standings(session, today=TODAY)
        return len(asked)

    def fill(first, last):
        for number in range(first, last):
            row = factories.letter(session, f"letter-{number}", senders=[caucus], recipients=[company], questions=["?"])
            factories.response(
                session,
                f"reply-{number}",
                company=company,
                answers={row.id: ResponseState.DECLINED},
                grades={(row.id, 1): AnswerGrade.NOT},
            )
            factories.search(session, row, "2026-11-21")

    fill(0, 2)
    few = queries()
    fill(2, 12)
    assert queries() == few == 8
