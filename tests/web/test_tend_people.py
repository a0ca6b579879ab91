"""The pages of campaign settings and of subscribers, for administrators."""

import logging

import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.web import people
from tracker.domain.vocab import DocumentState, Role
from tracker.models.document import DocumentVersion
from tracker.store.engine import writing
from tracker.workflows.subscribe import subscribe

PALMS = "Shops scan palms at the till"


@pytest.fixture
def ada(editing) -> FlaskClient:
    """An administrator, over a campaign, a document that is put aside, and a subscriber."""
    with writing(editing.runtime.engine) as session:
        make.campaign(session, "palms", title="Palms")
        row = make.document(session, PALMS, state=DocumentState.SCREENED)
        row.first_seen_at = editing.runtime.clock()
        text = {"title": PALMS, "html": "", "text": "", "content_hash": "a"}
        make.add(session, DocumentVersion(document_id=row.id, number=1, seen_at=row.first_seen_at, **text))
    subscribe(editing.runtime, "eve@example.org")
    return people.signed_in(editing.app, Role.ADMINISTRATOR, "Ada")


def value(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


# --- campaigns --------------------------------------------------------------------------------------------------------


def test_settings_are_changed_and_a_stale_form_keeps_what_was_typed(ada):
    page = "/tend/campaigns/palms"
    version = value(ada.get(page).text, "version")
    new = {"version": version, "title": "Palm scans", "asks": "Stop it.\nSay why.", "owners": "Ada"}
    assert "The settings are kept." in people.post(ada, page, new, follow_redirects=True).text
    assert "Answer for it: Ada" in ada.get("/tend/campaigns").text
    stale = people.post(ada, page, {**new, "title": "Palms again"})
    assert (stale.status_code, 'value="Palms again"' in stale.text) == (409, True)
    wrong = people.post(ada, page, {**new, "version": value(ada.get(page).text, "version"), "title": "x"})
    assert (wrong.status_code, "3 to 200 characters" in wrong.text) == (422, True)


def test_terms_are_tried_on_the_newest_documents_before_they_are_kept(ada):
    page = "/tend/campaigns/palms/terms"
    tried = people.post(ada, page, {"terms": "scan* palms", "against": "", "number": "0", "what": "preview"})
    assert PALMS in tried.text
    assert "1 would become relevant and 0 would no longer be" in " ".join(tried.text.split())
    assert "Their history" not in ada.get(page).text
    kept = people.post(
        ada, page, {"terms": "scan* palms", "number": "0", "what": "keep", "note": "Seen."}, follow_redirects=True
    )
    assert "The terms are in force" in kept.text
    stale = people.post(ada, page, {"terms": "palms", "number": "0", "what": "keep"})
    assert (stale.status_code, "changed the terms meanwhile" in stale.text) == (409, True)
    wrong = people.post(ada, page, {"terms": "*", "number": "1", "what": "preview"})
    assert wrong.status_code == 422


# --- subscribers ------------------------------------------------------------------------------------------------------


def test_addresses_are_shown_to_administrators_never_cached_and_never_in_an_address(editing, ada):
    listed = ada.get("/tend/subscribers")
    assert "eve@example.org" in listed.text
    assert listed.headers["Cache-Control"] == "no-store"
    found = people.post(ada, "/tend/subscribers", {"part": "eve@", "state": ""})
    assert "eve@example.org" in found.text
    assert "eve@" not in found.request.url
    assert "Nobody here" in people.post(ada, "/tend/subscribers", {"part": "nobody"}).text
    assert people.signed_in(editing.app, Role.PUBLISHER).get("/tend/subscribers").status_code == 403


def test_each_act_on_a_subscriber_is_done_and_on_the_record_without_their_address(ada, caplog):
    page = "/tend/subscribers/1"
    with caplog.at_level(logging.DEBUG):
        assert people.post(ada, f"{page}/pause", {"why": ""}).status_code == 422
        assert people.post(ada, f"{page}/pause", {"why": "On holiday."}).status_code == 303
        assert people.post(ada, f"{page}/pause", {"why": "On holiday."}).status_code == 422
        assert people.post(ada, f"{page}/resume").status_code == 303
        data = people.post(ada, f"{page}/export")
        assert data.json["subscriber"]["email"] == "eve@example.org"
        assert data.headers["Cache-Control"] == "no-store"
        assert people.post(ada, f"{page}/end", {"why": "Bounces."}).status_code == 303
        refused = people.post(ada, f"{page}/delete", {"typed": "eve", "why": "They asked."})
        assert "not their address" in refused.text
        done = people.post(
            ada, f"{page}/delete", {"typed": "eve@example.org", "why": "They asked."}, follow_redirects=True
        )
    assert "eve@example.org" not in done.text
    for act in ("paused", "resumed", "exported", "ended", "deleted"):
        assert f"<b>{act}</b>" in done.text
    assert ada.get(page).status_code == 404
    assert "eve@" not in caplog.text
    assert people.post(ada, f"{page}/juggle").status_code == 404
