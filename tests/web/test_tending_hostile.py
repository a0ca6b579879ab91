"""Whatever is typed into the forms of who tends an archive: kept or refused in words, shown as text, never an error."""

import html
import io

import pytest

from tests import factories as make
from tests import runtimes
from tests.web import people
from tracker.domain.vocab import Role
from tracker.models.document import Source
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.subscribe import subscribe

HOSTILE = (
    "\0<script>alert(1)</script> & \"'",
    "\u202eevil\u202c مرحبا \U0001f9a9 {{ 7 * 7 }} ' OR 1=1 --",
    "x" * 100_000,
    "-1\r\nSet-Cookie: a=b",
)
FORMS = {
    "/begin": ("title", "ask", "companies", "new_company", "called"),
    "/begin/palms/sources": ("sources",),
    "/begin/palms/decide": ("document", "object", "verdict"),
    "/tend/campaigns/palms": ("title", "summary", "asks", "targets", "products", "owners", "why", "version"),
    "/tend/campaigns/palms/terms": ("terms", "against", "note", "number", "what"),
    "/tend/sources/add": ("title", "reader", "entry"),
    "/tend/sources/of/paper/pause": ("why", "until"),
    "/tend/sources/of/paper/change": ("title", "url", "hours", "kind", "why", "was-title"),
    "/tend/subscribers": ("part", "state", "after"),
    "/tend/subscribers/1/pause": ("why",),
    "/tend/subscribers/1/delete": ("typed", "why"),
}


@pytest.fixture
def ada(database, tmp_path):
    """An administrator over an archive on each database with one of everything."""
    with runtimes.opened(database, tmp_path, clock=runtimes.Clock(make.NOW)) as runtime:
        with writing(runtime.engine) as session:
            make.campaign(session, "palms", title="Palms")
            make.add(session, Source(name="paper", reader="feed", url="https://a.example/feed", due_at=make.NOW))
        subscribe(runtime, "eve@example.org")
        yield people.signed_in(create_app(runtime), Role.ADMINISTRATOR, "Ada")


def test_no_form_breaks_by_what_is_typed_and_all_of_it_is_shown_as_text(ada):
    token = people.token_of(ada, "/begin")
    wrong = []
    for address, fields in FORMS.items():
        for text in HOSTILE:
            answer = ada.post(address, data={**dict.fromkeys(fields, text), "csrf_token": token})
            if answer.status_code not in {200, 303, 404, 409, 413, 422} or "<script>alert" in answer.text:
                wrong.append((address, html.escape(text)[:40], answer.status_code))
    assert not wrong


def test_a_file_that_is_no_list_is_refused_beside_its_field(ada):
    for body in (b"", b"\xff\xfe\x00<", b"%PDF-1.7", b"<opml><!DOCTYPE x [<!ENTITY a 'b'>]>&a;</opml>"):
        answer = people.post(ada, "/tend/sources/opml", {"what": "add", "file": (io.BytesIO(body), "x.opml")})
        assert (answer.status_code, "field-error" in answer.text) == (422, True), body
