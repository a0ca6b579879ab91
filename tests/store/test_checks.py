"""Every CHECK constraint of every table refuses what it is there for, on both databases."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Enum
from sqlalchemy.exc import IntegrityError

from tests.factories import NOW
from tracker.models import metadata

# One row of each table that carries a constraint; what it points to need not exist, for a CHECK is looked at first.
ROWS: dict[str, dict[str, Any]] = {
    "account": {
        "email": "a@b.example", "name": "A", "role": "reader", "password_hash": "", "active": True, "created_at": NOW,
        "totp_secret": "", "totp_last": 0, "passkey_handle": "",
    },
    "account_entry": {"account_id": 1, "act": "made", "detail": "", "made_by": "x", "made_at": NOW},
    "account_link": {"purpose": "reset", "key_hash": "k", "made_at": NOW, "expires_at": NOW},
    "alias": {"organization_id": 1, "text": "Amazon.com", "case_sensitive": False, "needs_context": []},
    "answer": {"response_id": 1, "object_id": 1, "assessment": "declined", "assessed_by": "", "note": ""},
    "ballot_item": {"meeting_id": 1, "title": "", "ballot_kind": "other", "read_fields": [], "emptied_fields": []},
    "bulk_act": {
        "rule": "rule:score", "score_from": 0.75, "score_below": 1.01, "links": 1, "note": "", "begun_by": "ada",
        "begun_at": NOW, "undone_by": "",
    },
    "bulk_member": {
        "act_id": 1, "document_id": 1, "object_id": 1, "relation": "cites", "score": 0.8, "left_out": "", "stays": "",
    },
    "calendar_entry": {
        "key": "k", "kind": "answer", "object_id": 1, "first_day": date(2026, 1, 5), "last_day": date(2026, 1, 6),
        "title": "T", "description": "", "sequence": 0, "cancelled": False, "changed_at": NOW,
    },
    "campaign": {
        "slug": "c", "title": "C", "summary": "", "fictional": False, "withdrawn": False, "withdrawn_reason": "",
        "created_at": NOW,
    },
    "campaign_object": {
        "kind": "letter", "slug": "x", "title": "X", "summary": "", "aliases": [], "state": "published",
        "withdrawn_reason": "", "version": 1, "created_at": NOW, "updated_at": NOW,
    },
    "commitment": {
        "id": 1, "company_id": 1, "made_on": "2020", "kept": "full", "proponent_view": "", "company_view": "",
    },
    "commitment_view": {
        "commitment_id": 1, "number": 1, "side": "company", "state": "full", "on": "2020", "by": "", "said": "",
        "url": "u", "recorded_at": NOW,
    },
    "company_response": {
        "id": 1, "company_id": 1, "on": "2020", "channel": "blog", "public": True, "policy_change": False,
    },
    "contract": {
        "id": 1, "vendor_id": 1, "agency_id": 1, "award_id": "", "amount_note": "", "currency": "USD",
        "contract_state": "active", "how_ended": "", "read_fields": [], "emptied_fields": [],
    },
    "correction": {
        "object_id": 1, "kind": "corrected", "part": "", "item": "", "field": "sent_on", "before": "2018",
        "after": "2019", "why": "", "url": "", "made_by": "ada", "made_at": NOW,
    },
    "csv_run": {
        "kind": "letter", "file_name": "f", "content": b"", "content_hash": "h", "header_key": "k", "columns": {},
        "source": "", "publish": False, "decided": {}, "listed": {}, "found": {}, "done": {}, "checked_to": 0,
        "applied_to": 0, "state": "checking", "made_by": "ada", "made_at": NOW, "changed_at": NOW,
    },
    "decision": {
        "document_id": 1, "verdict": "relevant", "reasons": [], "shown_by": "", "note": "", "decided_by": "ada",
        "decided_at": NOW,
    },
    "delivery": {
        "domain": "b.example",
        "subscriber_id": 1, "starts_on": date(2026, 1, 5), "ends_on": date(2026, 1, 11), "state": "pending",
        "message_id": "m", "due_at": NOW, "leased_by": "", "attempts": 0, "error": "",
    },
    "document": {
        "title": "T", "publisher": "", "authors": [], "kind": "news", "form": "", "language": "", "published_sort": "",
        "state": "relevant", "state_reason": "", "relevance": 0.5, "relevance_reasons": [], "event_type_score": 0.0,
        "further_types": [], "event_type_reason": "", "excerpt": "", "watched": False, "version_count": 1,
        "first_seen_at": NOW,
    },
    "document_link": {
        "later_id": 2, "earlier_id": 1, "relation": "part_of", "state": "suggested", "score": 0.5, "reasons": [],
        "why": "", "decided_by": "", "created_at": NOW,
    },
    "event": {
        "id": "0", "campaign_id": 1, "object_id": 1, "key": "k", "kind": "other", "lane": "press", "on": "2020",
        "earliest": "", "latest": "", "sort_day": "2020-01-01", "headline": "", "summary": "", "recorded_at": NOW,
    },
    "event_count": {
        "campaign_id": 1, "begins": "2020-01", "ends": "2020-01", "lane": "press", "kind": "other", "events": 1,
    },
    "event_month": {"campaign_id": 1, "begins": "2020-01", "ends": "2020-01", "lane": "press", "events": 1},
    "event_total": {"campaign_id": 1, "lane": "press", "kind": "other", "events": 1},
    "evidence": {
        "object_id": 1, "field": "f", "value": "", "url": "https://a.example", "canonical_url": "", "locator": "",
        "read_by": "p", "reader_version": "", "read_at": NOW, "chosen": True, "differs": False, "note": "",
    },
    "filer": {
        "resolution_id": 1, "organization_id": 1, "role": "lead_filer", "named": "", "read_fields": [],
        "recorded_at": NOW,
    },
    "fingerprint": {
        "document_id": 1, "version": 1, "lead": "", "names": [], "subjects": [], "sketch": b"", "runs": 1,
    },
    "follow": {"subscriber_id": 1, "campaign_id": 1, "note": "", "search": "", "confirmed": True},
    "fund_vote": {
        "ballot_item_id": 1, "fund": "F", "manager": "M", "decision": "for", "url": "", "recorded_at": NOW,
        "read_fields": [], "emptied_fields": [],
    },
    "filing_reading": {
        "version_id": 1, "reader": "r", "reader_version": "1", "outcome": "nothing", "said": "", "warnings": [],
        "read_at": NOW,
    },
    "identifier": {"organization_id": 1, "scheme": "cik", "value": "1"},
    "insider_holding": {"meeting_id": 1, "holder": "H", "votes": 1, "assumed_against": True, "url": ""},
    "issue": {
        "scope": "campaign:1", "frequency": "weekly", "campaign_id": 1, "starts_on": date(2026, 1, 5),
        "ends_on": date(2026, 1, 11), "headline": "", "content": {}, "known_until": NOW, "composed_at": NOW,
    },
    "learned_model": {
        "learner": "links", "version": 1, "content": {}, "decisions": 0, "measures": {}, "said": "", "live": False,
        "live_by": "", "made_at": NOW,
    },
    "letter": {"id": 1, "sent_on": "2018", "sender_count_note": "", "by_employees": False},
    "letter_party": {"letter_id": 1, "role": "sender", "name": "N"},
    "link": {
        "document_id": 1, "object_id": 1, "relation": "cites", "state": "suggested", "score": 0.5, "reasons": [],
        "why": "", "made_by": "rule:x", "decided_by": "", "created_at": NOW,
    },
    "linked_page": {"document_id": 1, "url": "u", "due_at": NOW, "leased_by": "", "tries": 0, "last_error": ""},
    "meeting": {
        "id": 1, "company_id": 1, "held_on": "2019", "meeting_kind": "annual", "read_fields": [], "emptied_fields": [],
    },
    "mention": {
        "document_id": 1, "entity": "e", "entity_kind": "k", "name": "n", "start": 1, "end": 1, "implied_by": "",
    },
    "merge": {
        "kept_id": 1, "gone_id": 2, "why": "one letter", "moved": [], "made_by": "Ann", "made_at": NOW, "undone_by": "",
        "undone_why": "",
    },
    "new_name": {
        "key": "k", "name": "N", "kind": "person", "documents": 1, "examples": [], "state": "proposed", "found_at": NOW,
        "decided_by": "",
    },
    "organization": {"slug": "x", "name": "X", "lane": "press", "home_url": "", "fictional": False},
    "organization_role": {"organization_id": 1, "role": "issuer"},
    "proceeding": {"id": 1, "proceeding_kind": "lawsuit", "docket": "", "opened_on": "2019", "outcome": ""},
    "question_assessment": {"question_id": 1, "response_id": 1, "grade": "full", "quote": "", "assessed_by": ""},
    "resolution": {
        "id": 1, "company_id": 1, "season": 2019, "ask_type": "report", "ask": "A", "resolved_clause": "",
        "supporting_statement": "", "board_statement": "", "read_fields": [], "emptied_fields": [],
    },
    "resolution_status": {"resolution_id": 1, "code": "filed", "number": 1, "note": "", "recorded_at": NOW,
        "read_fields": [], "emptied_fields": []},
    "voting_intention": {"resolution_id": 1, "declared_by": "", "named": "A fund", "number": 1, "intention": "for",
        "rationale": "",
        "url": "u", "recorded_at": NOW},
    "revision_change": {
        "revision_id": 1, "about": "object", "about_id": 1, "also": "", "part": "letter", "row_key": "1", "item": "",
        "field": "sent_on", "before": "2018", "after": "2019",
    },
    "revision_subject": {"about": "object", "about_id": 1, "revision_id": 1},
    "search_entry": {"place": 1, "kind": "letter", "object_id": 1, "title": "T", "text": "", "marks": ""},
    "source": {
        "name": "s", "reader": "feed", "title": "", "url": "u", "options": {}, "every_seconds": 1, "paused": False,
        "due_at": NOW, "leased_by": "", "failures": 0, "last_error": "", "last_error_kind": "", "failure_weight": 0.0,
        "usual_items": 0, "moved_times": 0, "former_urls": [], "paused_reason": "", "set_by_hand": [],
    },
    "story_decision": {
        "first_id": 1, "second_id": 2, "together": True, "decided_by": "ada", "decided_at": NOW,
    },
    "story_member": {
        "document_id": 1, "story_id": 1, "tie": "copy", "score": 1.0, "why": "", "reasons": [], "joined_at": NOW,
    },
    "summary": {"changes": 0, "content": {}},
    "notice": {
        "email": "a@b.example", "name": "n", "values": {}, "state": "pending", "message_id": "<n@b>", "due_at": NOW,
        "leased_by": "", "attempts": 0, "error": "",
    },
    "suppression": {"address_hash": "h", "reason": "asked", "at": NOW},
    "subscriber": {
        "frequency": "weekly", "quiet_line": False, "wording": "",
        "email": "a@b.example", "state": "pending", "token": "t", "time_zone": "UTC", "send_weekday": 0, "send_hour": 0,
        "joined_at": NOW,
    },
    "vote_claim": {
        "ballot_item_id": 1, "hundredths": 1, "decimals": 2, "formula": "unknown", "claimed_by": "c", "url": "",
        "recorded_at": NOW,
    },
    "vote_count": {
        "ballot_item_id": 1, "votes_for": 1, "votes_against": 1, "unit": "votes", "preliminary": False,
        "reported_on": "2019", "form": "8-K", "recorded_at": NOW, "read_fields": [], "emptied_fields": [],
    },
}  # fmt: skip

# What each constraint refuses. Vocabularies (Enum columns) need no case of their own.
WRONG: dict[str, dict[str, Any]] = {
    "ck_account_email_lower_case": {"email": "A@b.example"},
    "ck_alias_text_given": {"text": ""},
    "ck_bulk_act_band_forward": {"score_below": 0.7},
    "ck_bulk_act_links_counted": {"links": 0},
    "ck_bulk_act_undone_by_somebody": {"undone_by": "ada"},
    "ck_bulk_member_decided_or_left_out": {"decision_id": 1, "left_out": "withdrawn"},
    "ck_bulk_member_undone_when_decided": {"undoing_id": 1},
    "ck_calendar_entry_first_before_last": {"last_day": date(2026, 1, 4)},
    "ck_calendar_entry_sequence_not_negative": {"sequence": -1},
    "ck_campaign_object_version_from_one": {"version": 0},
    "ck_campaign_object_withdrawn_has_reason": {"state": "withdrawn"},
    "ck_contract_amount_value_not_negative": {"amount_value": -1},
    "ck_contract_amount_ceiling_not_negative": {"amount_ceiling": -1},
    "ck_contract_amount_obligated_not_negative": {"amount_obligated": -1},
    "ck_commitment_view_has_source": {"url": ""},
    "ck_commitment_view_number_from_one": {"number": 0},
    "ck_contract_currency_code": {"currency": "US"},
    "ck_campaign_reason_of_withdrawal": {"withdrawn_reason": "why"},
    "ck_csv_run_rows_not_negative": {"applied_to": -1},
    "ck_correction_is_about_something": {"object_id": None},
    "ck_decision_of_a_link_or_a_document": {"verdict": "accept"},
    "ck_decision_event_type_given": {"event_type": "hearing"},
    "ck_decision_right_relation_given": {"verdict": "wrong_relation", "object_id": 1},
    "ck_decision_undone_given": {"verdict": "undo"},
    "ck_delivery_attempts_not_negative": {"attempts": -1},
    "ck_document_relevance_probability": {"relevance": 1.5},
    "ck_document_link_score_probability": {"score": -0.01},
    "ck_document_link_two_documents": {"earlier_id": 2},
    "ck_document_link_decided_when": {"state": "rejected"},
    "ck_event_comes_from_something": {"object_id": None},
    "ck_event_count_events_positive": {"events": 0},
    "ck_event_month_events_positive": {"events": 0},
    "ck_event_total_events_positive": {"events": 0},
    "ck_evidence_points_to_a_source": {"url": ""},
    "ck_evidence_confidence_probability": {"confidence": -0.1},
    "ck_evidence_span_forward": {"start": 5, "end": 4},
    "ck_filer_names_a_party": {"organization_id": None},
    "ck_fingerprint_runs_not_negative": {"runs": -1},
    "ck_follow_follows_one_thing": {"organization_id": 1},
    "ck_fund_vote_shares_voted_not_negative": {"shares_voted": -1},
    "ck_fund_vote_shares_on_loan_not_negative": {"shares_on_loan": -1},
    "ck_insider_holding_votes_positive": {"votes": 0},
    "ck_issue_period_forward": {"ends_on": date(2026, 1, 4)},
    "ck_learned_model_version_from_one": {"version": 0},
    "ck_letter_senders_counted": {"sender_count": 0},
    "ck_letter_party_name_given": {"name": ""},
    "ck_link_score_probability": {"score": 1.01},
    "ck_link_decided_when": {"state": "rejected"},
    "ck_linked_page_tries_not_negative": {"tries": -1},
    "ck_meeting_votes_entitled_not_negative": {"votes_entitled": -1},
    "ck_mention_span_forward": {"start": 2},
    "ck_merge_of_two_alike": {"gone_id": None},
    "ck_merge_undone_by_somebody": {"undone_by": "Ben"},
    "ck_merge_has_reason": {"why": ""},
    "ck_new_name_name_given": {"name": ""},
    "ck_new_name_documents_counted": {"documents": 0},
    "ck_new_name_decided_when_not_proposed": {"state": "accepted"},
    "ck_notice_attempts_not_negative": {"attempts": -1},
    "ck_resolution_season_plausible": {"season": 19},
    "ck_resolution_status_number_from_one": {"number": 0},
    "ck_voting_intention_has_source": {"url": ""},
    "ck_voting_intention_names_an_investor": {"named": ""},
    "ck_voting_intention_number_from_one": {"number": 0},
    "ck_source_failures_not_negative": {"failures": -1},
    "ck_source_failure_weight_not_negative": {"failure_weight": -0.25},
    "ck_source_moved_times_not_negative": {"moved_times": -1},
    "ck_source_usual_items_not_negative": {"usual_items": -1},
    "ck_revision_change_row_added_or_taken_out": {"field": ""},
    "ck_search_entry_of_something": {"object_id": None},
    "ck_source_every_positive": {"every_seconds": 0},
    "ck_source_interval_positive": {"interval_seconds": 0},
    "ck_source_moved_has_since": {"moved_to": "u"},
    "ck_story_decision_pair_in_order": {"first_id": 2},
    "ck_story_member_score_probability": {"score": 1.01},
    "ck_summary_changes_not_negative": {"changes": -1},
    "ck_summary_made_for_not_negative": {"made_for": -1},
    "ck_subscriber_email_lower_case": {"email": "A@b.example"},
    "ck_subscriber_weekday": {"send_weekday": 7},
    "ck_subscriber_hour": {"send_hour": 24},
    "ck_vote_claim_percentage": {"hundredths": 10001},
    "ck_vote_count_votes_for_not_negative": {"votes_for": -1},
    "ck_vote_count_votes_against_not_negative": {"votes_against": -1},
    "ck_vote_count_votes_abstain_not_negative": {"votes_abstain": -1},
    "ck_vote_count_broker_non_votes_not_negative": {"broker_non_votes": -1},
    "ck_vote_count_votes_withheld_not_negative": {"votes_withheld": -1},
    "ck_vote_count_votes_for_counted": {"votes_for": None},
}


def own_checks() -> list[tuple[str, str]]:
    """Return table and name of every CHECK but those that hold a vocabulary."""
    vocabularies = {(table.name, column.type.name) for table, column in columns() if isinstance(column.type, Enum)}
    return sorted(
        (table.name, str(constraint.name))
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
        and not any(constraint.name in {name, f"ck_{owner}_{name}"} for owner, name in vocabularies)
    )


def columns() -> list[tuple[sa.Table, sa.Column[Any]]]:
    return [(table, column) for table in metadata.sorted_tables for column in table.columns]


def vocabularies() -> list[tuple[sa.Table, sa.Column[Any]]]:
    return [(table, column) for table, column in columns() if isinstance(column.type, Enum)]


def refused(connection: sa.Connection, table: str, values: dict[str, Any]) -> str:
    """Insert a row past the types of our own, as another program might; return what the database said."""
    plain = sa.table(table, *(sa.column(name, _type(table, name)) for name in values))
    with pytest.raises(IntegrityError) as caught, connection.begin_nested():
        connection.execute(plain.insert().values(**values))
    return str(caught.value.orig)


def _type(table: str, name: str) -> Any:
    kind = metadata.tables[table].c[name].type
    return (
        sa.String()
        if isinstance(kind, Enum | sa.String) or (hasattr(kind, "impl") and isinstance(kind.impl, sa.String))
        else kind
    )


def test_each_constraint_has_a_case_here():
    assert sorted(name for _, name in own_checks()) == sorted(WRONG)
    assert {table.name for table, _ in vocabularies()} <= set(ROWS)


def test_each_constraint_refuses_what_it_is_there_for(engine):
    """One test for all of them: a database of its own for each would take longer than everything else."""
    with engine.connect() as connection, connection.begin():
        for table, name in own_checks():
            said = refused(connection, table, ROWS[table] | WRONG[name])
            assert name in said, f"{table}: {WRONG[name]} was refused for another reason: {said}"


def test_each_vocabulary_refuses_a_code_it_does_not_have(engine):
    with engine.connect() as connection, connection.begin():
        for table, column in vocabularies():
            said = refused(connection, table.name, ROWS[table.name] | {column.name: "no such code"})
            assert "check" in said.lower(), f"{table}.{column.name}: refused for another reason: {said}"


def test_the_rows_that_these_cases_spoil_are_right_otherwise(sqlite_database):
    engine = sa.create_engine(sqlite_database)  # without foreign keys: only the checks are looked at
    with engine.connect() as connection:
        for table, values in ROWS.items():
            plain = sa.table(table, *(sa.column(name, _type(table, name)) for name in values))
            connection.execute(plain.insert().values(**values))
    engine.dispose()
