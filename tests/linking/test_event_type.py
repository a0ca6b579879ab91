import pytest

from tracker.domain.errors import ConfigError
from tracker.linking.event_type import EventRules, further, rank


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("City sues Acme over face scans", "The complaint says privacy law was broken.", "lawsuit_filed"),
        ("Senators demand answers from Clearview AI", "They wrote to the company on Monday.", "letter_sent"),
        ("FTC fines Rite Aid over face recognition", "The order lasts five years.", "regulator_action"),
        ("Microsoft defends its work for ICE", "Its president said critics are wrong.", "company_response"),
        ("IBM stops selling face recognition", "The company ends the product.", "company_policy_change"),
        ("Shareholders reject proposal on Rekognition", "It won 27 percent of votes.", "vote_result"),
        ("SEC rejects Amazon's bid to block vote on proposal", "Staff told the company so.", "sec_decision"),
        ("Google workers demand end to border contract", "Employees signed a petition.", "employee_protest"),
        ("Police sign $2 million contract with Clearview AI", "The deal runs a year.", "contract_awarded"),
        ("City cancels contract with Flock Safety", "The cameras come down in June.", "contract_ended"),
    ],
)
def test_the_newest_act_of_the_headline_decides(title, text, expected, gazetteer, event_rules):
    mentions = gazetteer.find(f"{title}\n{text}")
    assert rank(title, text, mentions, event_rules, kind="news")[0].event_type == expected


def test_the_form_of_a_filing_is_a_strong_prior(event_rules):
    [first, *_] = rank("Notice", "", (), event_rules, kind="filing", form="PX14A6G")
    assert first.event_type == "exempt_solicitation"
    assert first.reasons[0].sentence == "Its form is PX14A6G."


def test_probabilities_add_up_and_every_type_is_ranked(event_rules):
    ranked = rank("", "", (), event_rules)
    assert len(ranked) == 23
    assert sum(row.probability for row in ranked) == pytest.approx(1)


def test_a_document_may_tell_of_a_further_event(gazetteer, event_rules):
    title, text = (
        "Workers sign letter as senators ask Amazon about Rekognition",
        "Employees and lawmakers want answers.",
    )
    ranked = rank(title, text, gazetteer.find(f"{title}\n{text}"), event_rules, kind="news")
    assert {ranked[0].event_type, *(row.event_type for row in further(ranked))} >= {"employee_protest", "letter_sent"}
    assert all(ranked[0].probability >= row.probability >= 0.1 and row.reasons for row in further(ranked))


def test_the_words_of_a_reason_stand_where_it_says(gazetteer, event_rules):
    title, text = "Amazon’s staff sign a petition", "Workers of Amazon demand an end to ICE contracts. It went on."
    document = f"{title}\n{text}"
    for row in rank(title, text, gazetteer.find(document), event_rules):
        for reason in row.reasons:
            if reason.span:
                assert document[slice(*reason.span)] == reason.words


def test_a_wrong_pattern_is_named():
    with pytest.raises(ConfigError, match="the cue '\\(' of hearing"):
        EventRules.from_config({"event_type": {"places": {"title": 1}, "cues": {"hearing": [["(", 1.0]]}}})
