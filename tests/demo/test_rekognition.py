"""The real campaign says what the checked facts say, in our own words, and nothing else."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tracker.demo.articles import read_json
from tracker.domain.dates import PartialDate

pytestmark = pytest.mark.shared
KINDS = {"resolutions": "resolution", "letters": "letter", "company_responses": "company_response",
         "contracts": "contract", "reports": "study", "meetings": "meeting", "proceedings": "proceeding",
         "laws": "measure"}  # fmt: skip
# A figure: grouped digits with their decimals ("126,093,181", "27.5"), without the full stop that ends a sentence.
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def facts(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "campaign" / "rekognition_objects.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def items(shared: Path) -> list[dict[str, Any]]:
    return json.loads((shared / "campaign" / "rekognition.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def said(facts, items, shared: Path) -> str:
    """Everything that was checked, as one text."""
    return json.dumps([facts, items], ensure_ascii=False) + (shared / "DOMAIN.md").read_text(encoding="utf-8")


def resolution_key(fact: dict[str, Any]) -> tuple[int, str]:
    return fact["year"], fact["id"].rsplit("-", 1)[-1]


FAMILIES = {
    "ban": "amazon-facial-recognition-ban",
    "study": "amazon-rekognition-study",
    "cdd": "amazon-customer-due-diligence",
}


def by_key(rekognition) -> dict[tuple[int, str], dict[str, Any]]:
    words = {slug: word for word, slug in FAMILIES.items()}
    return {(row["season"], words[row["family"]]): row for row in rekognition["objects"] if row["kind"] == "resolution"}


def ballot_items(rekognition) -> dict[str, dict[str, Any]]:
    meetings = [row for row in rekognition["objects"] if row["kind"] == "meeting"]
    return {item["resolution"]: item for row in meetings for item in row["parts"].get("ballot_item", ())}


def test_every_object_of_the_facts_is_there(rekognition, facts):
    ours = Counter(row["kind"] for row in rekognition["objects"])
    assert ours == {kind: len(facts[table]) for table, kind in KINDS.items()}


def test_percentages_are_those_of_the_facts_to_the_digit(rekognition, facts):
    ours, places = by_key(rekognition), ballot_items(rekognition)
    for fact in facts["resolutions"]:
        claims = places[ours[resolution_key(fact)]["slug"]].get("vote_claim", ())
        known = {str(other["pct"]) for other in fact["support_alternatives"]}
        # A share that the facts computed from counts is nobody's claim: the counts stand for it.
        if fact["support_pct"] is not None and fact["votes_for"] is None:
            known.add(str(fact["support_pct"]))
        assert {f"{claim['hundredths'] / 100:.{claim['decimals']}f}" for claim in claims} == known, fact["id"]


def test_counts_are_given_only_where_the_facts_have_them(rekognition, facts):
    ours, places = by_key(rekognition), ballot_items(rekognition)
    for fact in facts["resolutions"]:
        counts = places[ours[resolution_key(fact)]["slug"]].get("vote_count", [])
        wanted = [(fact["votes_for"], fact["votes_against"])] if fact["votes_for"] is not None else []
        assert [(count["votes_for"], count["votes_against"]) for count in counts] == wanted
        assert not any("votes_abstain" in count or "broker_non_votes" in count for count in counts)


def test_item_numbers_and_recommendations_are_those_of_the_facts(rekognition, facts):
    ours, places = by_key(rekognition), ballot_items(rekognition)
    for fact in facts["resolutions"]:
        item = places[ours[resolution_key(fact)]["slug"]]
        assert item.get("number") == (str(fact["item_no"]) if fact["item_no"] else None)
        assert (item.get("board_recommendation") or "").upper() == (fact["board_recommendation"] or "")


def test_resolutions_have_the_filers_of_the_facts(rekognition, facts):
    names = {row["slug"]: {row["name"], *row["aliases"]} for row in rekognition["organizations"]}
    for fact in facts["resolutions"]:
        filers = by_key(rekognition)[resolution_key(fact)]["parts"].get("filer", [])
        co_filers = [names[filer["organization"]] for filer in filers if filer["role"] == "co_filer"]
        assert len(co_filers) == len(fact["co_filers"]), fact["id"]
        assert all(any(name in known for known in co_filers) for name in fact["co_filers"]), fact["id"]
        leads = [filer for filer in filers if filer["role"] == "lead_filer"]
        assert len(leads) == (fact["lead_filer"] is not None), fact["id"]


@pytest.mark.parametrize(
    ("table", "column"),
    [("letters", "sent_on"), ("company_responses", "on"), ("reports", "published_on"), ("meetings", "held_on")],
)
def test_dates_are_those_of_the_facts_with_their_precision(rekognition, facts, table, column):
    ours = Counter(row[column].removeprefix("..") for row in rekognition["objects"] if row["kind"] == KINDS[table])
    assert ours == Counter(fact["date"] for fact in facts[table])


def test_letters_ask_for_an_answer_by_the_day_of_the_facts(rekognition, facts):
    # The ACLU's open letter asks shareholders for a vote, not for an answer.
    wanted = Counter(fact["deadline"] for fact in facts["letters"] if fact["id"] != "let-aclu-shareholders-2019-05-20")
    ours = Counter(row.get("respond_by") for row in rekognition["objects"] if row["kind"] == "letter")
    ours[None] -= 1
    assert +ours == wanted


def test_letters_are_answered_exactly_where_the_facts_have_an_answer(rekognition, facts):
    answered = {
        answer["object"]
        for row in rekognition["objects"]
        if row["kind"] == "company_response"
        for answer in row["parts"].get("answer", ())
    }
    letters = [row for row in rekognition["objects"] if row["kind"] == "letter"]
    unanswered = [row for row in letters if row["slug"] not in answered]
    assert len(unanswered) == sum(fact["response_object_ids"] == "none found" for fact in facts["letters"])
    for row in letters:
        assert bool(row["parts"].get("response_search")) == (row in unanswered)


def test_every_day_in_the_file_is_a_day_of_the_facts(rekognition, said):
    known = set(re.findall(r"\d{4}(?:-\d\d){0,2}", said))
    known |= {str(PartialDate.parse(text)) for text in re.findall(r"\d{1,2} [A-Z][a-z]+ 20\d\d", said)}
    # The day of the search is the day on which the facts were put together.
    known.add("2026-11-21")
    found = set(re.findall(r"\b20\d\d(?:-\d\d){1,2}\b", json.dumps(values(rekognition["objects"]))))
    assert found <= known


def values(thing: Any, key: str = "") -> list[str]:
    """Return every text except slugs and addresses."""
    if isinstance(thing, dict):
        return [text for name, value in thing.items() for text in values(value, name)]
    if isinstance(thing, list):
        return [text for entry in thing for text in values(entry, key)]
    pointers = {"slug", "url", "object", "resolution", "letter", "reasks", "field", "home_url", "link", "id"}
    return [] if key in pointers or not isinstance(thing, str) else [thing]


@pytest.mark.parametrize("what", ["campaign", "documents"])
def test_no_figure_appears_that_the_facts_do_not_carry(rekognition, said, what):
    ours = values(rekognition if what == "campaign" else read_json("rekognition/documents.json"))
    known = {number.replace(",", "") for number in NUMBER.findall(said)}
    spelled = {number for text in ours for number in NUMBER.findall(text)}
    invented = {number for number in spelled if number.replace(",", "").rstrip(".") not in known}
    assert invented == set()


def test_documents_are_all_items_but_the_article_that_users_add(items):
    documents = {row["id"]: row for row in read_json("rekognition/documents.json")}
    wanted = {item["id"]: item for item in items if item["id"] != "thehill-not-violate"}
    assert documents.keys() == wanted.keys()
    for key, row in documents.items():
        assert (row["title"], row["publisher"], row["published"]) == tuple(
            wanted[key][name] for name in ("title", "publisher", "published")
        )
        assert row.get("link") in {wanted[key]["url"], wanted[key]["evidence_url"]} or wanted[key]["url"] is None


def test_two_documents_never_share_an_address():
    links = Counter(row["link"] for row in read_json("rekognition/documents.json") if "link" in row)
    assert max(links.values()) == 1


def test_documents_are_short_summaries_that_say_so():
    for row in read_json("rekognition/documents.json"):
        assert 60 <= sum(len(paragraph.split()) for paragraph in row["paragraphs"]) <= 150, row["id"]
        assert row["paragraphs"][-1].startswith("Summary written for the Whereas demonstration; ")


def test_texts_are_our_own(rekognition, items, facts):
    """No run of eight words is taken over from the facts' summaries, unless it is hardly more than names."""
    theirs = {run for item in [*items, *facts["company_responses"]] for run in runs(item["summary"])}
    ours = values(read_json("rekognition/documents.json")) + [row["summary"] for row in rekognition["objects"]]
    taken = {run for text in ours for run in runs(text)} & theirs
    assert not {run for run in taken if sum(word[:1].islower() for word in run.split()) > 5}


def runs(text: str) -> list[str]:
    """Return every eight words of a text that follow each other."""
    words = re.findall(r"[^\W_]+", text)
    return [" ".join(words[start : start + 8]) for start in range(len(words) - 7)]


def test_the_conflicts_of_2019_are_kept(rekognition):
    ban = next(row for row in rekognition["objects"] if row["slug"] == "amazon-2019-facial-recognition-ban")
    steps = {step["code"]: step["on"] for step in ban["parts"]["resolution_status"]}
    assert steps["filed"] == "2019-01"
    assert steps["reconsideration_denied"] == "2019-04-03"
    for field, times in (("resolution_status:filed", 3), ("resolution_status:reconsideration_denied", 2)):
        rows = [entry for entry in ban["evidence"] if entry["field"] == field]
        assert len(rows) == times
        assert [entry["chosen"] for entry in rows] == [True] + [False] * (times - 1)
        assert all(entry["note"] for entry in rows)
