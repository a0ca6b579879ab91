"""A small campaign file with every kind of object, and ways to change it; and the rows that it became."""

import copy
from typing import Any

from sqlmodel import select

from tracker.models import metadata
from tracker.models.base import CampaignObject
from tracker.store.engine import reading

URL = "https://paper.example/story?utm_source=feed"

# Small, and yet with every kind of object, every part and every way in which objects point at each other.
FILE: dict[str, Any] = {
    "campaign": {
        "slug": "rekognition", "title": "Rekognition", "summary": "About face recognition.", "fictional": False,
        "targets": ["amazon"], "products": ["rekognition"], "asks": ["Stop.", "Report."],
    },
    "organizations": [
        {"slug": "amazon", "name": "Amazon", "roles": ["issuer"], "identifiers": {"cik": "1018724"}},
        {"slug": "caucus", "name": "Congressional Black Caucus", "lane": "lawmakers", "roles": ["lawmaker"]},
        {"slug": "sisters", "name": "Sisters of St. Joseph", "lane": "investors", "roles": ["investor"]},
        {"slug": "sheriff", "name": "The Sheriff", "roles": ["agency"]},
    ],
    "products": [{"slug": "rekognition", "name": "Rekognition", "vendor": "amazon", "aliases": ["AWS Rekognition"]}],
    "people": [{"slug": "jane-doe", "name": "Jane Doe", "organization": "caucus", "position": "chair"}],
    "families": [{"slug": "amazon-surveillance", "name": "Surveillance", "company": "amazon"}],
    "objects": [
        {"kind": "company_response", "slug": "reply", "title": "Amazon replies", "company": "amazon",
         "on": "2018-08", "channel": "letter", "public": False,
         "parts": {
             "answer": [{"object": "letter", "assessment": "answered_partial", "assessed_by": "us", "note": "half"}],
             "question_assessment": [{"question": {"letter": "letter", "number": 2}, "grade": "not"}],
         }},
        {"kind": "letter", "slug": "again", "title": "Asked again", "sent_on": "2018-11-29", "reasks": "letter"},
        {"kind": "letter", "slug": "letter", "title": "The Caucus to Amazon", "summary": "Asks for talks.",
         "aliases": ["the Caucus letter"], "sent_on": "24 May 2018", "respond_by": "2018-06-30", "sender_count": 1,
         "parts": {
             "letter_party": [
                 {"role": "sender", "name": "Congressional Black Caucus", "organization": "caucus"},
                 {"role": "signatory", "name": "Jane Doe", "person": "jane-doe"},
                 {"role": "recipient", "name": "Jeff Bezos", "organization": "amazon"},
             ],
             "letter_question": [{"number": 1, "text": "Who buys?"}, {"number": 2, "text": "How accurate?"}],
             "response_search": [{"searched_on": "2018-07-30", "where": "their blog", "found": False}],
             "sender_judgement": [{"on": "2018-11-29", "by": "The Caucus", "insufficient": True}],
         },
         "evidence": [
             {"field": "sent_on", "value": "24 May 2018", "url": URL, "chosen": True},
             {"field": "sent_on", "value": "25 May 2018", "url": "https://other.example/", "chosen": False,
              "note": "its own date line"},
         ]},
        {"kind": "resolution", "slug": "ban", "title": "End sales", "company": "amazon", "season": 2019,
         "family": "amazon-surveillance", "ask_type": "prohibit", "ask": "Stop sales to government.",
         "parts": {
             "filer": [{"organization": "sisters", "role": "lead_filer"},
                       {"person": "jane-doe", "role": "co_filer", "joined_on": "2019-01"}],
             "resolution_status": [{"code": "filed", "on": "2019-01"}, {"code": "voted_final", "on": "2019-05-24"}],
             "exclusion_basis": [{"paragraph": "(i)(7)", "argued": "Ordinary business."}],
             "voting_intention": [{"organization": "sisters", "intention": "for", "url": "https://vote.example/",
                                   "rationale": "The risks are not known."}],
         }},
        {"kind": "meeting", "slug": "meeting", "title": "Annual meeting 2019", "company": "amazon",
         "held_on": "2019-05-22", "proxy_filed_on": "2019-04-11",
         "parts": {
             "ballot_item": [
                 {"number": "6", "title": "Ban", "resolution": "ban", "ballot_kind": "shareholder_proposal",
                  "board_recommendation": "against",
                  "vote_count": [{"votes_for": 24, "votes_against": 976, "reported_on": "2019-05-28"}],
                  "vote_claim": [{"hundredths": 240, "claimed_by": "Reuters", "url": "https://wire.example/"}],
                  "fund_vote": [{"fund": "Big", "manager": "Manager", "decision": "against"}]},
                 {"number": "7", "title": "Study", "ballot_kind": "shareholder_proposal"},
             ],
             "insider_holding": [{"holder": "Founder", "votes": 160}],
         }},
        {"kind": "contract", "slug": "trial", "title": "The trial", "vendor": "amazon", "agency": "sheriff",
         "product": "rekognition", "contract_state": "ended", "starts_on": "2017", "ends_on": "2020-06",
         "amount_value": 75},
        {"kind": "commitment", "slug": "moratorium", "title": "A year's moratorium", "company": "amazon",
         "made_for": "ban", "made_on": "2020-06-10", "kept": "full", "settled_on": "2021-05-18"},
        {"kind": "statement", "slug": "remark", "title": "A remark", "organization": "caucus", "on": "2018-06-01"},
        {"kind": "study", "slug": "audit", "title": "An audit", "published_on": "2019-01-24"},
        {"kind": "measure", "slug": "ordinance", "title": "An ordinance", "jurisdiction": "A city",
         "enacted_on": "2019-05-14"},
        {"kind": "proceeding", "slug": "lawsuit", "title": "A lawsuit", "proceeding_kind": "lawsuit",
         "opened_on": "2019-10-31", "body": "sheriff", "docket": "1:19-cv-1"},
    ],
}  # fmt: skip


def rows(runtime) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the schema's own."""
    with reading(runtime.engine) as session:
        return {
            name: sorted(map(tuple, session.execute(table.select())), key=repr)
            for name, table in metadata.tables.items()
        }


def changed(**objects: Any) -> dict[str, Any]:
    """Return the file with one object's keys changed: `letter={"title": ...}`; None takes a key out."""
    file = copy.deepcopy(FILE)
    for entry in file["objects"]:
        for key, value in objects.get(entry["slug"].replace("-", "_"), {}).items():
            if value is None:
                del entry[key]
            else:
                entry[key] = value
    return file


def part(slug: str, name: str, *given: dict[str, Any]) -> dict[str, Any]:
    """Return the file with one object's rows of one table."""
    file = copy.deepcopy(FILE)
    [entry] = [entry for entry in file["objects"] if entry["slug"] == slug]
    entry["parts"][name] = list(given)
    return file


def spine(runtime, slug: str) -> CampaignObject:
    with reading(runtime.engine) as session:
        return session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one()


def with_evidence(*given: dict[str, Any]) -> dict[str, Any]:
    return changed(letter={"evidence": list(given)})


def wrong(**top: Any) -> dict[str, Any]:
    return {**copy.deepcopy(FILE), **top}
