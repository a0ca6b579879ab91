"""What a Form 8-K says of itself and of its counts, case by case."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.errors import ParseError
from tracker.filings.voting_results.checks import amended, differing_totals, without_impossible
from tracker.filings.voting_results.results import VotingResults, read_voting_results

HELD = "<p>On May 22, 2031, Fernmoor Holdings, Inc. held its annual meeting of stockholders.</p>"
TABLE = "<table><tr><td>For</td><td>Against</td><td>Abstain</td></tr><tr><td>{}</td><td>{}</td><td>{}</td></tr></table>"


def read(body: str, *, form: str = "FORM 8-K", before: str = "", after: str = "") -> VotingResults:
    item = "<p><b>Item 5.07 Submission of Matters to a Vote of Security Holders</b></p>"
    return read_voting_results(f"<html><p>{form}</p>{before}{item}{body}{after}<p>SIGNATURES</p></html>".encode())


def matter(number: int, title: str, *counts: str) -> str:
    return f"<p>Proposal {number}: {title}</p>{TABLE.format(*counts)}"


# --- the item ---------------------------------------------------------------------------------------------------------


def test_figures_of_other_items_are_no_votes():
    other = f"<p>Item 8.01 Other Events</p>{matter(9, 'Approval of a plan', '9', '9', '9')}"
    results = read(HELD + matter(1, "Approval of a plan", "1,000", "200", "3"), before=other, after=other)
    assert [(m.number, m.for_) for m in results.matters] == [("1", 1000)]


def test_a_table_of_contents_that_names_the_item_begins_nothing():
    contents = "<table><tr><td>Item 5.07</td><td>Submission of Matters</td></tr><tr><td>SIGNATURE</td></tr></table>"
    assert len(read(matter(1, "Approval of a plan", "1,000", "200", "3"), before=contents).matters) == 1


@pytest.mark.parametrize(
    "heading",
    [
        "ITEM 5.07. SUBMISSION OF MATTERS TO A VOTE OF SECURITY HOLDERS",
        "Item&nbsp;5.07 Submission",
        "Item 5.07.",
        "Items 5.03 and 5.07",
        "Item 5. 07 — Submission",
        "5.07 Submission of Matters to a Vote",
    ],
)
def test_the_item_is_found_however_it_is_headed(heading):
    body = f"<html><p>Form 8-K</p><p>{heading}</p>{matter(1, 'Approval of a plan', '1,000', '200', '3')}</html>"
    assert len(read_voting_results(body.encode()).matters) == 1


def test_a_report_without_the_item_gives_nothing():
    body = "<p>Form 8-K</p><p>Item 8.01 Other Events</p>" + matter(1, "Approval of a plan", "1,000", "200", "3")
    results = read_voting_results(body.encode())
    assert (results.matters, results.meeting_date) == ((), None)


def test_counts_in_an_exhibit_alone_give_nothing():
    results = read(
        f"{HELD}<p>1. Election of directors</p><p>2. Ratification of auditors</p><p>Shareholders representing "
        f"14,751,876 shares, "
        "or 77.6%, were present. The number of votes cast for, against or withheld is in Exhibit 99.1.</p>"
    )
    assert results.matters == ()


@pytest.mark.parametrize("body", ["<p>SCHEDULE 14A</p><p>Proxy statement</p>", "<p>FORM 10-Q</p>", "<p>A letter.</p>"])
def test_another_form_is_refused_with_what_it_begins_with(body):
    with pytest.raises(ParseError, match="no Form 8-K"):
        read_voting_results(body.encode())


# --- what it says of itself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("On May 22, 2031, the Company held its annual meeting.", date(2031, 5, 22)),
        (
            "The annual meeting, of which notice was filed on April 1, 2031, was held on May 22, 2031.",
            date(2031, 5, 22),
        ),
        (
            "As of the record date of March 1, 2031, 5 shares could vote at the meeting held May 22, 2031.",
            date(2031, 5, 22),
        ),
        ("The meeting convened on May 1, 2031 was adjourned and reconvened on May 22, 2031.", date(2031, 5, 22)),
        ("The meeting was held on 22 May 2031.", date(2031, 5, 22)),
        ("The annual meeting was held on 5/22/2031.", date(2031, 5, 22)),
        ("The matters of the annual meeting are these.", None),
        ("The proxy statement for the meeting was filed on April 1, 2031.", None),
        ("The meeting was held on February 30, 2031.", None),
    ],
)
def test_the_meetings_day_is_the_one_the_item_says(said, day):
    assert read(f"<p>{said}</p>", before="<p>Date of Report: June 9, 2031</p>").meeting_date == day


@pytest.mark.parametrize(
    ("said", "preliminary"),
    [
        ("The preliminary voting results are set forth below.", True),
        (
            "Based on the preliminary tabulation, the results are below. Final results will be filed in an amendment.",
            True,
        ),
        ("The final voting results are below.", False),
        ("The Company reported preliminary voting results on May 23. The final voting results are as follows.", False),
        ("The results are below.", False),
    ],
)
def test_preliminary_counts_are_told_from_final_ones(said, preliminary):
    assert read(f"{HELD}<p>{said}</p>").preliminary is preliminary


def test_an_amendment_says_so():
    assert read(HELD, form="FORM 8-K/A").amends
    assert read(HELD, form="FORM 8-K", before="<p>(Amendment No. 1)</p>").amends
    assert not read(HELD).amends


# --- counts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dash", ["0", "-", "–", "—", "--", "-0-", "None", "&#150;", "&#8212;", "- 0 -"])
def test_a_dash_or_a_word_for_none_is_zero(dash):
    [only] = read(matter(1, "Approval of a plan", "1,000", dash, "3")).matters
    assert (only.for_, only.against, only.abstain) == (1000, 0, 3)


@pytest.mark.parametrize("nothing", ["N/A", "n/a", "Not applicable", ""])
def test_what_does_not_apply_is_none(nothing):
    [only] = read(matter(1, "Approval of a plan", "1,000", nothing, "3")).matters
    assert (only.for_, only.against, only.abstain) == (1000, None, 3)


@pytest.mark.parametrize("wrong", ["1,2345,678", "12,34", "1.234.567,8"])
def test_a_figure_grouped_as_no_number_is_none_and_said(wrong):
    results = read(matter(1, "Approval of a plan", "1,000", wrong, "3"))
    assert (results.matters[0].for_, results.matters[0].against) == (1000, None)
    assert any(wrong in warning for warning in results.warnings)


@pytest.mark.parametrize("mark", ["(1)", " (1)", "*", "<sup>1</sup>", "<sup>(a)</sup>", "†", " **"])
def test_footnote_marks_are_no_digits(mark):
    [only] = read(matter(1, "Approval of a plan", f"1,000{mark}", f"2{mark}", "3")).matters
    assert (only.for_, only.against) == (1000, 2)


def test_two_columns_for_one_count_give_none_and_are_said():
    heads = "<tr><td>For</td><td>For</td><td>Against</td></tr>"
    table = f"<table>{heads}<tr><td>1,000</td><td>1,001</td><td>5</td></tr></table>"
    results = read(f"<p>Proposal 1: Approval of a plan</p>{table}")
    assert (results.matters[0].for_, results.matters[0].against) == (None, 5)
    assert results.warnings


def test_a_column_that_mixes_two_counts_gives_neither():
    table = (
        "<table><tr><td>For</td><td>Abstentions and Broker "
        "Non-Votes</td></tr><tr><td>1,000</td><td>55</td></tr></table>"
    )
    [only] = read(f"<p>Proposal 1: Approval of a plan</p>{table}").matters
    assert (only.for_, only.abstain, only.broker_non_votes) == (1000, None, None)


def test_figures_that_stand_under_no_heading_are_left_out_and_said():
    results = read(f"{HELD}<table><tr><td>Approval of a plan</td><td>1,000</td><td>200</td></tr></table>")
    assert results.matters == ()
    assert any("headings" in warning for warning in results.warnings)


def test_a_sentence_about_votes_a_share_is_no_result():
    said = (
        "<p>Each holder of Class B stock was entitled to 10 votes for each share, and 7,500,000 shares for "
        "issuance.</p>"
    )
    assert read(HELD + said).matters == ()


def test_page_numbers_rulers_and_headings_are_no_counts():
    column = "<table><tr><td>For</td></tr><tr><td>1,000</td></tr><tr><td>Against</td></tr><tr><td>200</td></tr></table>"
    ruled = (
        "<pre>Nominee            For   Withheld\n- -------          -----   --------\nAmara Boyd       1,000        "
        "200\n</pre>"
    )
    results = read(
        f"<p>Proposal 1 – Election of Directors</p>{ruled}<p>Proposal 2 –</p><p>Approval of a plan</p>{column}<p>4</p>"
    )
    assert [(m.nominee, m.for_, m.withheld, m.against, m.abstain) for m in results.matters] == [
        ("Amara Boyd", 1000, 200, None, None),
        (None, 1000, None, 200, None),
    ]


@pytest.mark.parametrize(
    "title", ["annual election of all directors", "two years of tenure", "no more than three years of service"]
)
def test_the_number_of_a_proposal_and_the_words_of_its_title_are_no_counts(title):
    [only] = read(f"<p>PROPOSAL NO. 4 {title}</p>{TABLE.format('1,000', '200', '3')}").matters
    assert (only.for_, only.against, only.abstain, only.choices) == (1000, 200, 3, None)


def test_small_counts_beside_the_years_of_a_frequency_vote_are_not_mixed_up_with_them():
    told = "1 Year 1 2 Years 1,000 3 Years 7 Abstain 5"
    [only] = read(f"<p>Proposal 4: Frequency of advisory votes on executive compensation</p><p>{told}</p>").matters
    assert (dict(only.choices), only.abstain) == ({"1 year": 1, "2 years": 1000, "3 years": 7}, 5)


def test_what_a_sentence_says_again_below_a_table_is_no_other_matter():
    said = "<p>The plan was approved with 1,000 votes for and 200 votes against.</p>"
    assert len(read(matter(1, "Approval of a plan", "1,000", "200", "3") + said).matters) == 1


def test_broker_non_votes_told_before_a_table_belong_to_it_and_not_to_the_matter_above():
    said = "<p>Merger</p><p>There were 55 broker non-votes on this matter.</p>"
    results = read(f"<p>Ratification of auditors</p>{TABLE.format('9', '8', '7')}{said}{TABLE.format('6', '5', '4')}")
    assert [m.broker_non_votes for m in results.matters] == [None, 55]


def test_every_figure_and_title_is_where_it_is_said_to_be():
    results = read(HELD + matter(1, "Approval of a plan", "1,000", "—", "3"))
    [only] = results.matters
    shown = {name: results.text[span.start : span.end] for name, span in only.places.items()}
    assert shown == {"title": "Approval of a plan", "for": "1,000", "against": "—", "abstain": "3"}


# --- kinds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Ratification of the appointment of Alder &amp; Moss LLP", "auditor"),
        ("Ratify the selection of the independent registered public accounting firm", "auditor"),
        ("Advisory vote on executive compensation", "say_on_pay"),
        ("Advisory vote on compensation in connection with the merger", "other"),
        ("Approval of the Executive Incentive Compensation Plan", "other"),
        ("Frequency of future advisory votes on executive compensation", "say_on_frequency"),
        ("Stockholder proposal regarding executive compensation", "shareholder_proposal"),
        ("Shareholder proposal to ratify the auditors each year", "shareholder_proposal"),
        ("Proposal submitted by a holder requesting a report on water", "shareholder_proposal"),
        ("A proposal requesting a report on water, if properly presented at the meeting", "shareholder_proposal"),
        ("Shareholder approval of the equity plan", "other"),
        ("Proposal submitted by the Board to amend the charter", "other"),
        ("Adjournment of the special meeting", "other"),
    ],
)
def test_a_matters_kind_is_told_by_the_words_of_its_title(title, kind):
    [only] = read(matter(4, title, "1,000", "2", "3")).matters
    assert (only.number, only.kind) == ("4", kind)


def test_what_only_the_opening_list_calls_a_shareholder_proposal_is_one():
    opening = (
        "<p>Matters voted on included (i) ratification of the auditors and (ii) a shareholder proposal on palm oil.</p>"
    )
    rows = (
        f"<p>(i) Auditors:</p>{TABLE.format('9,000', '1', '2')}<p>(ii) Proposal No. "
        f"1:</p>{TABLE.format('1,000', '8,001', '2')}"
    )
    results = read(HELD + opening + rows)
    assert [(m.number, m.kind, m.title) for m in results.matters] == [
        ("i", "auditor", "Auditors"),
        ("ii", "shareholder_proposal", "a shareholder proposal on palm oil"),
    ]


# --- checks and amendments --------------------------------------------------------------------------------------------


def test_totals_that_differ_between_matters_are_a_warning_in_words():
    same = read(matter(1, "Approval of a plan", "1,000", "200", "3") + matter(2, "Merger", "1,100", "100", "3"))
    assert differing_totals(same.matters) == ()
    three = read(
        matter(1, "Approval of a plan", "1,000", "200", "3")
        + matter(2, "Merger", "1,100", "100", "3")
        + matter(3, "Adjournment", "1,100", "100", "4")
    )
    assert differing_totals(three.matters) == (
        "“Adjournment”: 1,204 votes in all, where 2 of 3 matters of this meeting have 1,203",
    )


def test_more_votes_than_are_outstanding_are_refused():
    results = read(matter(1, "Approval of a plan", "1,000", "200", "3") + matter(2, "Merger", "9", "8", "7"))
    assert without_impossible(results, 1200) == results
    stands = without_impossible(results, 1199)
    assert [(one.title, one.for_, one.abstain) for one in stands.matters] == [
        ("Approval of a plan", None, None),
        ("Merger", 9, 7),
    ]
    [warning] = stands.warnings
    assert warning.startswith("refused: 1,200 votes for and against “Approval of a plan”, but only 1,199 may be cast")


def test_a_figure_that_every_matter_is_beyond_is_doubted_and_not_the_counts():
    results = read("".join(matter(n, f"Plan {n}", "1,000", "200", "3") for n in (1, 2, 3)))
    stands = without_impossible(results, 100)
    assert stands.matters == results.matters
    assert "on every matter more votes are counted than the 100" in stands.warnings[0]


def test_a_figure_is_doubted_too_where_broker_non_votes_bring_the_others_beyond_it():
    results = read("".join(matter(n, f"Plan {n}", "800", "200", "3") for n in (1, 2, 3)))
    counted = (
        replace(results.matters[0], for_=1000),
        *(replace(one, broker_non_votes=200) for one in results.matters[1:]),
    )
    assert {one.total for one in counted} == {1203}
    assert without_impossible(replace(results, matters=counted), 1100).matters == counted


def test_an_amendment_replaces_only_what_it_restates():
    first = read(
        matter(1, "Approval of a plan", "1,000", "200", "3") + matter(2, "Shareholder proposal on water", "9", "8", "7")
    )
    later = read(matter(2, "Shareholder proposal on water", "10", "8", "7"), form="FORM 8-K/A")
    stands = amended(first, later)
    assert [(m.number, m.for_) for m in stands.matters] == [("1", 1000), ("2", 10)]
    assert not stands.preliminary


def test_final_counts_replace_preliminary_ones_and_not_the_other_way():
    early = read(
        "<p>Preliminary results of the vote are below.</p>" + matter(1, "Approval of a plan", "1,000", "200", "3")
    )
    final = read("<p>Final results of the vote are below.</p>" + matter(1, "Approval of a plan", "1,001", "200", "3"))
    for one, other in ((early, final), (final, early)):
        stands = amended(one, other)
        assert [m.for_ for m in stands.matters] == [1001]
        assert not stands.preliminary


def test_an_amendment_without_counts_leaves_the_counts_standing():
    first = read(HELD + matter(1, "Approval of a plan", "1,000", "200", "3"))
    later = read("<p>The Board decided to hold advisory votes every year.</p>", form="FORM 8-K/A")
    assert amended(first, later).matters == first.matters
    assert amended(first, later).meeting_date == date(2031, 5, 22)
