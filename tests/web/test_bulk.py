"""Accepting many at once through the pages: what is shown, what is refused, what becomes of it; and the kept rates."""

import json

import pytest
from sqlmodel import select

from tests.web import people, queues_scenario
from tracker.domain.vocab import LinkState, Role, Verdict
from tracker.models.bulk import BulkAct
from tracker.models.decision import Decision
from tracker.models.link import Link
from tracker.store.engine import reading
from tracker.workflows.decide import Said, decide

CHOICE = "/review/bulk?rule=rule:score&from=0.90"


@pytest.fixture
def queue(editing):
    queues_scenario.fill(editing.runtime)
    return editing


@pytest.fixture
def ann(queue):
    return people.signed_in(queue.app, Role.EDITOR, "Ann")


def rows(queue, kind, *where):
    with reading(queue.runtime.engine) as session:
        return list(session.exec(select(kind).where(*where)))


def test_what_accepting_would_do_is_shown_before(ann):
    page = ann.get(CHOICE).text
    assert "15 suggestions of “score”, scores 0.90 and above" in page
    assert "10 of 15, the least certain first" in page
    assert page.count("It names Amazon, to whom the letter was sent.") == 10
    assert "3 of 4 that people looked at" in page
    # Each story makes a row of its own: none is within two weeks of the letter.
    assert '<td class="number">15</td><td class="number">0</td><td class="number">0</td>' in page
    assert "Accept them all" in page


def test_all_are_accepted_when_the_count_is_typed_and_undone_as_one(queue, ann):
    answer = people.post(ann, CHOICE, {"count": "15", "note": "Looked at ten."}, page=CHOICE)
    assert answer.status_code == 303
    assert len(rows(queue, Decision, Decision.decided_by == "Ann", Decision.verdict == Verdict.ACCEPT)) == 15
    page = ann.get(answer.location).text
    assert "Looked at ten." in page
    assert "Undo the whole act" in page
    assert people.post(ann, f"{answer.location}/undo", page=answer.location).status_code == 303
    page = ann.get(answer.location).text
    assert "Ann undid this" in page
    assert "Undo the whole act" not in page
    assert len(rows(queue, Link, Link.state == LinkState.SUGGESTED)) == 16


@pytest.mark.parametrize(("typed", "said"), [("14", "You typed 14; 15 wait"), ("", "Type the number"), ("<b>", "Type")])
def test_another_count_is_refused_and_what_was_typed_stays(queue, ann, typed, said):
    answer = people.post(ann, CHOICE, {"count": typed, "note": "Because."}, page=CHOICE)
    assert answer.status_code in {409, 422}
    assert said in answer.text
    assert 'value="Because."' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert rows(queue, BulkAct) == []


def test_a_count_that_others_changed_meanwhile_is_refused(queue, ann):
    ann.get(CHOICE)
    decide(queue.runtime, 1, Said(Verdict.REJECT, "Bob", queues_scenario.LETTER))
    answer = people.post(ann, CHOICE, {"count": "15"}, page=CHOICE)
    assert answer.status_code == 409
    assert "14 wait" in answer.text
    assert len(rows(queue, Decision, Decision.decided_by == "Ann")) == 0


def test_another_editor_may_not_undo_an_act_and_a_publisher_may(queue, ann):
    place = people.post(ann, CHOICE, {"count": "15"}, page=CHOICE).location
    bob = people.signed_in(queue.app, Role.EDITOR, "Bob")
    assert "Undo the whole act" not in bob.get(place).text
    refused = people.post(bob, f"{place}/undo", page="/review/bulk")
    assert refused.status_code == 422
    assert "Ann did this; a publisher can undo it." in refused.text
    pat = people.signed_in(queue.app, Role.PUBLISHER, "Pat")
    assert people.post(pat, f"{place}/undo", page=place).status_code == 303
    assert people.post(pat, f"{place}/undo", page="/review/bulk").status_code == 409


@pytest.mark.parametrize(
    ("asked", "status"),
    [("from=0.30", 422), ("from=0.90&below=0.60", 422), ("relation=nonsense", 422), ("type=nonsense", 422)],
)
def test_a_choice_that_is_none_is_told(ann, asked, status):
    assert ann.get(f"/review/bulk?rule=rule:score&{asked}").status_code == status


def test_an_empty_band_and_an_unknown_act_are_told(ann):
    assert "Nothing waits in this band" in ann.get("/review/bulk?rule=rule:unheard").text
    assert ann.get("/review/bulk/99").status_code == 404


def test_a_rule_that_does_badly_is_named_first(ann):
    page = ann.get("/review/rates").text
    assert page.index('<h2 id="rule-1">address') < page.index('<h2 id="rule-2">score')
    assert page.count("does badly") == 1
    assert "0 of 5 that people looked at; certain at 95 %: 0 to 43 %" in page
    assert "Nobody has decided" not in page


def test_the_rates_are_given_to_programs_with_numerator_denominator_and_window(ann):
    told = json.loads(ann.get("/review/rates.json").text)
    by_rule = {row["rule"]: row for row in told}
    assert (by_rule["rule:score"]["kept"], by_rule["rule:score"]["decided"]) == (3, 4)
    assert by_rule["rule:score"]["rate"] == 0.75
    assert by_rule["rule:address"]["rate_high"] < 0.5
    assert all(row["until"] > row["since"] for row in told)
    table = ann.get("/review/rates.csv?days=all").text.splitlines()
    assert table[0].startswith("rule,scores_from,scores_below,month,kept,")
    assert len(table) == 3
    assert ann.get("/review/rates?days=7").status_code == 422
