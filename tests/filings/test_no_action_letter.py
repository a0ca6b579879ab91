"""Letters under Rule 14a-8: who, on which grounds, and what staff answered, with the answers since 2025 apart."""

import pytest
from hypothesis import given, settings

from tests.filings.generated_no_action import FORMATS, KINDS, RULES, STAFF_WORDS, rendered_letters
from tracker.domain.errors import ParseError
from tracker.domain.vocab import ResolutionCode
from tracker.filings.letters.no_action import Outcome, no_action_paper

OUTCOMES = {
    "representation": Outcome.NO_OBJECTION_ON_REPRESENTATION,
    "withdrawn": Outcome.REQUEST_WITHDRAWN,
    "reconsideration": Outcome.RECONSIDERATION_DENIED,
    "request": None,
    "notice": None,
}


@settings(max_examples=300)
@given(rendered_letters())
def test_a_generated_letter_reads_back_as_it_was_written(made):
    said, body = made
    found = no_action_paper(body)
    assert found.company is not None
    assert found.company.text == said.company
    assert tuple(party.name for party in found.proponents) == said.proponents
    assert found.day == said.day
    grounds = {ground.paragraph: ground.decision for ground in found.grounds}
    if said.kind == "decision":
        decided = {
            paragraph: Outcome.CONCURRED if basis else Outcome.NOT_CONCURRED for paragraph, basis in said.grounds
        }
        assert grounds == decided
        assert found.outcome is (
            Outcome.CONCURRED if any(basis for _, basis in said.grounds) else Outcome.NOT_CONCURRED
        )
    else:
        assert found.outcome is OUTCOMES[said.kind]
        argued = said.grounds if said.kind in {"request", "notice"} else ()
        assert grounds == dict.fromkeys([paragraph for paragraph, _ in argued])
    assert "Invented Street" not in repr(found)
    if said.kind in {"request", "notice"}:
        assert found.kind == ("no_action_request" if said.kind == "request" else "notice")
        assert found.representation is said.represents
    else:
        assert found.kind == "staff_response"


def test_there_are_more_than_thirty_layouts():
    assert len(FORMATS) * len(RULES) * len(STAFF_WORDS) * len(KINDS) > 30


def staff(answer):
    return no_action_paper(
        f"January 5, 2026\n\nIncoming letter dated May 1, 2025\n\nRe: Example Co.\n\n{answer} (Rule 14a-8)".encode()
    )


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (
            "Based solely on that representation, we will not object if the Company excludes the Proposal.",
            ResolutionCode.SEC_NO_OBJECTION_ON_REPRESENTATION,
        ),
        (
            "There appears to be some basis for your view that the Company may exclude it under rule 14a-8(i)(1).",
            ResolutionCode.SEC_CONCURRED,
        ),
        ("We are unable to concur in your view that the Company may exclude it.", ResolutionCode.SEC_NOT_CONCURRED),
        ("We express no view on whether the Company may exclude the Proposal.", None),
        ("Your letter says that the Company withdraws its request.", None),
    ],
)
def test_not_objecting_to_a_representation_is_never_told_as_agreeing(answer, code):
    assert staff(answer).code is code


def test_an_answer_in_unknown_words_is_no_answer():
    found = staff("We thank you for your letter about exclusion.")
    assert (found.outcome, found.code) == (None, None)
    assert "not known here" in found.warnings[0]


def test_a_view_that_holds_on_a_condition_is_said():
    found = staff(
        "There appears to be some basis for your view that the proposal may be excluded under rule 14a-8(f). "
        "Accordingly, unless the proponent provides the Company with proof within seven calendar days, we will not "
        "recommend enforcement action."
    )
    assert found.outcome is Outcome.CONCURRED
    assert "condition" in found.warnings[0]


def test_agreeing_that_words_be_left_out_is_not_agreeing_that_the_proposal_be():
    found = staff(
        "We are unable to concur in your view that the Company may exclude the entire proposal under rule 14a-8(i)(3). "
        "However, there appears to be some basis for your view that portions of the supporting statement may be false. "
        "Accordingly, we will not recommend enforcement action if the Company omits only these portions."
    )
    assert found.outcome is Outcome.NOT_CONCURRED
    assert "portions" in found.warnings[0]


def test_a_basis_believed_or_conditional_is_no_unqualified_representation():
    letter = (
        "To the Division of Corporation Finance. The Company intends to omit the Proposal under Rule 14a-8(i)(7). "
        "Subject to further review, the Company represents that it has a reasonable basis to exclude it."
    )
    assert no_action_paper(letter.encode()).representation is False


@pytest.mark.parametrize(
    "body",
    [
        b"<p>Our 2027 meeting: proposals under Rule 14a-8 must be received by November 1; we may exclude others.</p>",
        b"Some other paper of the Division of Corporation Finance",
        b"Item 5.07 Submission of Matters to a Vote of Security Holders",
    ],
)
def test_another_document_is_refused(body):
    with pytest.raises(ParseError, match="another document"):
        no_action_paper(body)


def test_a_company_that_quotes_staff_has_no_answer_yet():
    letter = (
        "Office of Chief Counsel, Division of Corporation Finance. Example Corp. (the “Company”) intends to omit the "
        "Proposal under Rule 14a-8(i)(7). In Other Co. (avail. May 4, 2015) staff said: “there appears to be some "
        "basis for your view that the company may exclude the proposal under rule 14a-8(i)(3)” and “we will "
        "not recommend enforcement action”."
    )
    found = no_action_paper(letter.encode())
    assert (found.kind, found.outcome, found.code) == ("notice", None, ResolutionCode.EXCLUSION_NOTICED)
    assert [ground.paragraph for ground in found.grounds] == ["(i)(7)"]


def test_a_proponents_letter_is_no_notice_of_exclusion():
    letter = (
        "Division of Corporation Finance. I write on behalf of the Proponent in response to the Company's letter: it "
        "intends to omit the Proposal under Rule 14a-8(i)(7). We request that the Staff not concur."
    )
    found = no_action_paper(letter.encode())
    assert (found.kind, found.outcome, found.code) == ("proponent_response", None, None)


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Example Cloud, Inc. (the “Company”)",
        "Re:  Example Cloud, Inc. – Shareholder Proposal of Jane Sample",
        "Subject: Example Cloud, Inc.; Rule 14a-8",
        "RE: Shareholder Proposal of Jane Sample\n     Example Cloud, Inc.",
        "Re: Example Cloud, Inc., Incoming letter dated May 1, 2019",
    ],
)
def test_the_company_stands_in_the_subject_line(subject):
    letter = f"January 5, 2020\n\n{subject}\n\nIncoming letter dated May 1, 2019\n\nRule 14a-8: exclusion"
    assert no_action_paper(letter.encode()).company.text == "Example Cloud, Inc."


def test_a_letter_to_several_proponents_names_the_first_of_them():
    found = staff(
        "This letter is in response to your correspondence on the shareholder proposal submitted to Example Co. by "
        "Ms. Jane Sample et al. (the “Proponents”) for inclusion in the proxy materials."
    )
    assert [party.name for party in found.proponents] == ["Jane Sample"]


@pytest.mark.parametrize(
    "begins",
    [
        "Ladies and Gentlemen: the Company intends to omit the Proposal.",
        "This letter is to inform you that our client intends to omit the Proposal.",
        "To Whom It May Concern: the Company hereby notifies the Staff.",
    ],
)
def test_staffs_letter_with_the_companys_enclosed_is_read_for_staffs_answer_alone(begins):
    found = staff(
        "We are unable to concur in your view that the Company may exclude the Proposal under rule 14a-8(i)(7).\n\n"
        f"{begins} There appears to be some basis for your view under rule 14a-8(i)(3), as staff once said."
    )
    assert found.outcome is Outcome.NOT_CONCURRED
    assert {ground.paragraph: ground.decision for ground in found.grounds}["(i)(7)"] is Outcome.NOT_CONCURRED
    assert all(ground.decision is not Outcome.CONCURRED for ground in found.grounds)


def test_a_proponent_is_found_behind_received_a_proposal_from():
    letter = (
        "Office of Chief Counsel. Example Co. (the “Company”) has received a stockholder proposal (the “Proposal”) "
        "from the Nowhere City\nEmployees’ Retirement System (the “Proponent”) and proposes to omit it under Rule "
        "14a-8(i)(7)."
    )
    found = no_action_paper(letter.encode())
    assert [party.name for party in found.proponents] == ["Nowhere City Employees’ Retirement System"]
    assert found.kind == "notice"
