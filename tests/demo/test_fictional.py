"""The fictional campaign is labelled everywhere and looks alive on whatever day somebody opens it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.demo import fictional
from tracker.demo.articles import articles
from tracker.demo.filings import filings
from tracker.demo.moving_days import moved, resolve
from tracker.domain.dates import PartialDate
from tracker.domain.deadlines import DeadlineCode, MeetingFacts, for_meeting

# Nothing older: the real campaign's last document is of May 2026.
ANCHORS = st.dates(date(2026, 6, 1), date(2040, 12, 31))
LEFT_OVER = re.compile(r"\{\w+ [+-]?\d")


def of_kind(file: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [row for row in file["objects"] if row["kind"] == kind]


def addresses(thing: Any) -> Iterator[str]:
    if isinstance(thing, dict):
        for value in thing.values():
            yield from addresses(value)
    elif isinstance(thing, list):
        for entry in thing:
            yield from addresses(entry)
    elif isinstance(thing, str) and thing.startswith("http"):
        yield thing


def test_everything_is_labelled(larkmere):
    assert larkmere["campaign"]["fictional"]
    assert all(row["fictional"] for row in larkmere["organizations"])
    named = [row["name"] for table in ("organizations", "people", "products", "families") for row in larkmere[table]]
    titled = [row["title"] for row in larkmere["objects"]]
    assert all(text.endswith("(fictional)") for text in [larkmere["campaign"]["title"], *named, *titled])
    assert all("fictional" in row["summary"].lower() for row in [larkmere["campaign"], *larkmere["objects"]])


def test_parties_and_funds_inside_objects_are_labelled_too(larkmere):
    text = json.dumps(larkmere["objects"])
    named = re.findall(r'"(?:name|fund|manager|holder|claimed_by|by)": "([^"]+)"', text)
    assert named
    assert all("(fictional)" in name for name in named)


def test_no_address_leads_to_a_real_site(larkmere, today):
    invented = [row for row in articles(today) if row.feed.startswith("larkmere") or row.id.startswith("unrelated")]
    hosts = {urlsplit(url).hostname for url in addresses(larkmere)} | {urlsplit(row.link).hostname for row in invented}
    assert all(host.endswith(".example") for host in hosts)


def test_documents_and_filings_are_labelled(today):
    for article in articles(today):
        if article.feed.startswith("larkmere"):
            assert article.title.endswith("(fictional)")
            assert article.publisher.endswith("(fictional)")
            assert article.paragraphs[-1].startswith("Fictional: ")
        elif article.id.startswith("unrelated"):
            assert article.publisher.endswith("(fictional)")
            assert "reports nothing that happened" in article.paragraphs[-1]
    assert all(b"(fictional)" in filing.html(today) for filing in filings(today))


@settings(max_examples=40)
@given(ANCHORS)
def test_on_any_day_every_mark_is_replaced_and_every_slug_is_unique(today):
    file = fictional.campaign(today)
    assert not LEFT_OVER.search(json.dumps(file))
    assert max(Counter(row["slug"] for row in file["objects"]).values()) == 1
    assert not any(LEFT_OVER.search(json.dumps([a.title, a.published, a.paragraphs])) for a in articles(today))
    accessions = [filing.accession for filing in filings(today)]
    assert len(set(accessions)) == len(accessions)
    assert not any(LEFT_OVER.search(filing.html(today).decode()) for filing in filings(today))


@settings(max_examples=40)
@given(ANCHORS)
def test_on_any_day_three_seasons_lie_behind_and_one_ahead(today):
    held = sorted((row["held_on"] for row in of_kind(fictional.campaign(today), "meeting")), reverse=True)
    assert [day > today.isoformat() for day in held] == [True, False, False, False]
    reviews = [
        row["season"]
        for row in of_kind(fictional.campaign(today), "resolution")
        if row["family"] == "larkmere-face-matching-review"
    ]
    assert sorted(reviews) == list(range(min(reviews), min(reviews) + 4))


@settings(max_examples=40)
@given(ANCHORS)
def test_on_any_day_proposals_for_the_coming_meeting_are_due_within_two_weeks(today):
    last, coming = sorted(of_kind(fictional.campaign(today), "meeting"), key=lambda row: row["held_on"])[-2:]
    due = for_meeting(
        MeetingFacts(
            meeting_on=PartialDate.parse(coming["held_on"]),
            previous_meeting_on=PartialDate.parse(last["held_on"]),
            previous_proxy_on=PartialDate.parse(last["proxy_filed_on"]),
        )
    )
    [receipt] = [row.on.exact_day for row in due if row.code is DeadlineCode.PROPOSAL_RECEIPT]
    assert today < receipt <= today + timedelta(days=14)


@settings(max_examples=40)
@given(ANCHORS)
def test_on_any_day_the_week_before_has_news_of_several_kinds(today):
    week = {moved(today, -days).isoformat() for days in range(1, 8)}
    file = fictional.campaign(today)
    happened = {row["kind"] for row in file["objects"] if week & {str(value) for value in row.values()}}
    steps = {
        step["code"]
        for row in of_kind(file, "resolution")
        for step in row["parts"]["resolution_status"]
        if step.get("on") in week
    }
    assert {"commitment", "company_response", "contract", "proceeding"} <= happened
    assert steps == {"filed", "withdrawn_agreement"}


@settings(max_examples=40)
@given(ANCHORS)
def test_on_any_day_nothing_published_lies_in_the_future(today):
    assert all(row.published <= today.isoformat() for row in articles(today))
    assert all(row.filed <= today.isoformat() for row in filings(today))


def test_the_first_count_is_above_the_bar_of_25_percent_and_the_final_one_below(larkmere):
    last = sorted(of_kind(larkmere, "meeting"), key=lambda row: row["held_on"])[-2]
    [review] = [item for item in last["parts"]["ballot_item"] if "resolution" in item]
    first, final = review["vote_count"]
    assert (first["preliminary"], final["preliminary"], final["form"]) == (True, False, "8-K/A")
    assert first["votes_for"] * 4 > first["votes_for"] + first["votes_against"]
    assert final["votes_for"] * 4 < final["votes_for"] + final["votes_against"]
    assert first["reported_on"] < final["reported_on"]


def test_letters_stand_in_every_state_a_letter_can_have(larkmere, today):
    letters = {row["slug"]: row for row in of_kind(larkmere, "letter")}
    answered = {
        answer["object"]: row["on"]
        for row in of_kind(larkmere, "company_response")
        for answer in row["parts"]["answer"]
    }
    missed, waiting, late, in_time = (
        letters[f"larkmere-{name}"]
        for name in ("open-lens-error-rates", "vale-county-contract", "investors-oversight", "transit-riders")
    )
    assert missed["respond_by"] < today.isoformat()
    assert missed["slug"] not in answered
    assert missed["parts"]["response_search"][-1]["searched_on"] > missed["respond_by"]
    assert waiting["respond_by"] > today.isoformat()
    assert waiting["slug"] not in answered
    assert answered[late["slug"]] > late["respond_by"]
    assert answered[in_time["slug"]] <= in_time["respond_by"]


def test_a_saturday_and_a_sunday_become_the_friday_before():
    friday = date(2026, 11, 20)
    assert [moved(friday, days) for days in range(4)] == [friday, friday, friday, date(2026, 11, 23)]


def test_a_leap_day_moved_by_a_year_is_the_last_of_february():
    assert moved(date(2028, 2, 28), 1, 1) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{day -2}", "2026-11-20"),
        ("on {date -6}", "on 17 November 2026"),
        ("{year +1 -1y}", 2025),
        ("larkmere-{year +1}", "larkmere-2026"),
        ("0009999991-{yy +0}-000001", "0009999991-26-000001"),
        ("nothing {to} do", "nothing {to} do"),
    ],
)
def test_marks_are_written_as_days_words_and_years(text, expected):
    assert resolve({"value": [text]}, date(2026, 11, 23)) == {"value": [expected]}
