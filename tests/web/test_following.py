"""Following by mail without an account: asked, confirmed by the owner of the address, managed by a secret page."""

import email
import email.policy
import re
from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests import factories
from tests.web import people
from tests.web.asking import read, words
from tracker.domain.mailing import SuppressionReason
from tracker.domain.vocab import SubscriberState
from tracker.models.subscriber import Follow, Notice, Subscriber, Suppression
from tracker.store import notices
from tracker.store.engine import reading, writing
from tracker.workflows import following
from tracker.workflows.following import forget_unconfirmed
from tracker.workflows.mail_keys import address_hash
from tracker.workflows.send_notices import send_notices

ANN = "ann@example.org"
FORM = {"email": ANN, "follow": ["campaign:faces"], "frequency": "weekly", "weekday": "0", "hour": "8", "zone": "UTC"}


@pytest.fixture
def site(editing):
    """A campaign, a company, a letter; nobody follows anything."""
    with writing(editing.runtime.engine) as session:
        campaign = factories.campaign(session, "faces", title="Face recognition")
        company = factories.organization(session, "acme", name="Acme")
        factories.letter(session, "to-acme", title="A letter to Acme", recipients=[company], campaign=campaign)
    return editing


@pytest.fixture
def client(site):
    return site.app.test_client()


def ask(client, **changes):
    return people.post(client, "/subscribe", {**FORM, **changes}, page="/subscribe")


def mails(site):
    """Send what is due, and return every mail in the outbox, oldest first."""
    send_notices(site.runtime)
    files = sorted(site.runtime.settings.outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


def link(site):
    text = mails(site)[-1].get_body(("plain",)).get_content()
    return re.search(r"(/subscribe/confirm/\S+)", text)[1]


def confirmed(site, client, **changes):
    """Ask and confirm; return the address of the page that opens."""
    assert ask(client, **changes).status_code == 303
    where = link(site)
    return people.post(client, where, page=where).location


def rows(site, table):
    with reading(site.runtime.engine) as session:
        return list(session.exec(select(table)))


def test_asking_sends_one_link_and_counts_nothing_yet(site, client):
    answer = ask(client, follow=["campaign:faces", "organization:acme"], note="my vote")
    assert (answer.status_code, answer.location) == (303, "/subscribe/sent")
    [mail] = mails(site)
    assert (mail["To"], mail["List-Unsubscribe"]) == (ANN, None)
    assert mail["Subject"] == "Confirm: news of Face recognition and 1 more"
    said = mail.get_body(("plain",)).get_content()
    assert "- Acme" in said
    assert max(map(len, said.splitlines())) <= 110
    assert all(not row.confirmed for row in rows(site, Follow))
    assert [row.state for row in rows(site, Subscriber)] == [SubscriberState.PENDING]
    # What was said held a key; it is not kept.
    assert [row.values for row in rows(site, Notice)] == [{}]


def test_opening_the_link_confirms_nothing_and_its_button_does_once(site, client):
    ask(client)
    where = link(site)
    assert "Face recognition" in words(read(client, where).get_element_by_id("content"))
    assert [row.state for row in rows(site, Subscriber)] == [SubscriberState.PENDING]
    answer = people.post(client, where, page=where)
    assert answer.status_code == 303
    assert [(row.state, row.wording) for row in rows(site, Subscriber)] == [(SubscriberState.CONFIRMED, "2026-11")]
    assert "Confirmed: mail will come to ann@example.org." in client.get(answer.location).text
    assert client.get(where).status_code == 404


def test_a_link_holds_for_a_day_and_the_newest_alone(site, client):
    ask(client)
    first = link(site)
    site.runtime.clock.forward(minutes=1)
    ask(client)
    second = link(site)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    site.runtime.clock.forward(hours=24)
    assert client.get(second).status_code == 404


def test_known_unknown_and_left_addresses_are_answered_alike(site, client):
    confirmed(site, client)
    strangers = [ask(client), ask(client, email="new@example.org")]
    assert {(answer.status_code, answer.location) for answer in strangers} == {(303, "/subscribe/sent")}


def test_what_a_stranger_asks_for_a_confirmed_address_waits_for_its_owner(site, client):
    page = confirmed(site, client)
    ask(client, follow=["organization:acme"], hour="23")
    [before] = rows(site, Subscriber)
    assert before.send_hour == 8, "a stranger does not change when mail comes"
    assert "waits for its confirmation" in client.get(page).text
    where = link(site)
    people.post(client, where, page=where)
    assert all(row.confirmed for row in rows(site, Follow))


def test_too_many_questions_for_one_address_are_refused_in_a_sentence(site, client):
    answers = [ask(client) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert "Too many" in answers[-1].text
    assert ANN in answers[-1].text, "what was typed stays"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "no address"}, "is no mail address"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "is no mail address"),
        ({"follow": []}, "Choose something to follow"),
        ({"follow": ["campaign:nothing"]}, "there is none with that name"),
        ({"follow": ["moon:full"]}, "nothing that can be followed"),
        ({"zone": "Mars/Olympus"}, "is not known"),
        ({"hour": "99"}, "choose from the lists"),
        ({"note": "x" * 501}, "the note has 501 letters"),
    ],
)
def test_what_cannot_be_understood_is_said_and_nothing_is_sent(site, client, changes, said):
    answer = ask(client, **changes)
    assert answer.status_code == 422
    assert said.lower() in answer.text.lower()
    assert mails(site) == []
    assert rows(site, Subscriber) == []


def test_a_bot_that_fills_in_every_field_gets_the_usual_answer_and_no_mail(site, client):
    assert ask(client, website="https://spam.example").location == "/subscribe/sent"
    assert mails(site) == []


def test_somebody_who_complained_is_not_mailed_again_by_a_strangers_question(site, client):
    with writing(site.runtime.engine) as session:
        hashed = address_hash(site.runtime.settings, ANN)
        notices.suppress(session, hashed, SuppressionReason.COMPLAINED, site.runtime.clock())
    assert ask(client).location == "/subscribe/sent"
    assert mails(site) == []


def test_the_page_changes_when_mail_comes_and_pauses_it(site, client):
    page = confirmed(site, client)
    until = (site.runtime.clock().date() + timedelta(days=30)).isoformat()
    changed = {"frequency": "monthly", "weekday": "4", "hour": "17", "zone": "Europe/Berlin", "paused_until": until}
    assert people.post(client, page, changed, page=page).status_code == 303
    [row] = rows(site, Subscriber)
    assert (row.frequency.value, row.send_weekday, row.send_hour, row.time_zone) == ("monthly", 4, 17, "Europe/Berlin")
    assert row.paused_until == date.fromisoformat(until)
    for wrong in ("2001-01-01", "2099-01-01", "soon"):
        answer = people.post(client, page, {**changed, "paused_until": wrong}, page=page)
        assert (answer.status_code, wrong in answer.text) == (422, True)


def test_notes_searches_and_following_no_more(site, client):
    page = confirmed(site, client, follow=["campaign:faces", "object:to-acme"])
    people.post(client, f"{page}/follow", {"search": 'company:acme  "face recognition"'}, page=page)
    [campaign, letter, search] = sorted(rows(site, Follow), key=lambda row: row.id)
    assert search.search == 'company:acme "face recognition"'
    people.post(client, f"{page}/follows/{letter.id}", {"note": "<b>my own</b>"}, page=page)
    assert "&lt;b&gt;my own&lt;/b&gt;" in client.get(page).text
    people.post(client, f"{page}/follows/{campaign.id}", {"do": "drop"}, page=page)
    assert {row.id for row in rows(site, Follow)} == {letter.id, search.id}


def test_nobody_touches_what_somebody_else_follows(site, client):
    mine = confirmed(site, client)
    other = confirmed(site, client, email="ben@example.org")
    [ann, ben] = sorted(rows(site, Follow), key=lambda row: row.id)
    assert people.post(client, f"{mine}/follows/{ben.id}", {"note": "no"}, page=mine).status_code == 404
    people.post(client, f"{mine}/follows/{ben.id}", {"do": "drop"}, page=mine)
    assert {row.id for row in rows(site, Follow)} == {ann.id, ben.id}
    assert client.get(other).status_code == 200


def test_the_secret_page_is_kept_by_nobody_and_named_to_nobody(site, client):
    page = confirmed(site, client)
    for address in (page, f"{page}/data.json"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers.get("Access-Control-Allow-Origin") != "*"


def test_all_that_is_kept_can_be_taken_along_and_erased(site, client):
    page = confirmed(site, client, note="why")
    kept = client.get(f"{page}/data.json").get_json()
    assert kept["subscriber"]["email"] == ANN
    assert "token" not in kept["subscriber"]
    assert [(row["name"], row["note"]) for row in kept["follows"]] == [("faces", "why")]
    assert people.post(client, f"{page}/erase", page=page).status_code == 422
    assert people.post(client, f"{page}/erase", {"sure": "yes"}, page=page).status_code == 200
    assert rows(site, Subscriber) == rows(site, Follow) == rows(site, Notice) == []
    [left] = rows(site, Suppression)
    assert ANN not in repr(left)
    assert client.get(page).status_code == 404
    # Who asks again on their own may come back.
    assert confirmed(site, client).startswith("/s/")
    assert rows(site, Suppression) == []


def test_who_left_comes_back_with_a_new_secret(site, client):
    page = confirmed(site, client)
    client.post(page.replace("/s/", "/u/"))
    assert client.get(page).status_code == 404
    again = confirmed(site, client)
    assert again != page


def test_unconfirmed_addresses_are_forgotten_after_thirty_days(site, client):
    confirmed(site, client, email="ben@example.org")
    ask(client)
    mails(site)
    site.runtime.clock.forward(days=29)
    assert forget_unconfirmed(site.runtime) == 0
    site.runtime.clock.forward(days=2)
    assert forget_unconfirmed(site.runtime) == 1
    assert [row.email for row in rows(site, Subscriber)] == ["ben@example.org"]
    assert rows(site, Notice) == []


def test_strangers_cannot_fill_up_what_an_address_may_follow(site, client, monkeypatch):
    monkeypatch.setattr(following, "MOST_FOLLOWS", 3)
    page = confirmed(site, client)
    for number in range(3):
        assert ask(client, follow=[f"search:spam {number}", f"search:more {number}"]).status_code == 303
        site.runtime.clock.forward(minutes=16)
    waiting = [row.search for row in rows(site, Follow) if not row.confirmed]
    assert waiting == ["more 1", "spam 2", "more 2"]
    people.post(client, f"{page}/follow", {"search": "my own"}, page=page)
    assert "my own" in [row.search for row in rows(site, Follow) if row.confirmed]


def test_characters_that_a_database_refuses_are_left_out(site, client):
    assert ask(client, follow=["search:face\0s"], note="wh\0y").status_code == 303
    [row] = rows(site, Follow)
    assert (row.search, row.note) == ("faces", "why")


def test_of_endless_things_to_follow_a_page_looks_for_a_sensible_number(site, client, monkeypatch):
    asked, real = [], following.targets
    monkeypatch.setattr(following, "targets", lambda runtime, texts: (asked.extend(texts), real(runtime, texts))[1])
    assert client.get("/subscribe", query_string={"follow": [f"search:{n}" for n in range(500)]}).status_code == 200
    assert len(asked) == following.MOST_FOLLOWS
