"""Accounts, sessions, one-time links, codes and slowed guessing, on both databases."""

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from passlib.totp import TOTP

from tests import runtimes
from tracker.domain.accounts import RISING, LinkPurpose, may
from tracker.domain.errors import ConflictError, InputError, NotFoundError, TooManyError
from tracker.domain.vocab import Role
from tracker.settings import Settings
from tracker.store import accounts as rows
from tracker.store.engine import reading
from tracker.workflows import (
    accounts,
    one_time_links,
    passkeys,
    passwords,
    second_factors,
    send_notices,
    sign_in,
    throttle,
)
from tracker.workflows.secret_key import FILE, secret_key

PASSWORD, OTHER = "seven quiet herons", "eight loud starlings"
PLACE = "192.0.2.7"


@pytest.fixture
def runtime(database, tmp_path):
    """A runtime over an empty archive."""
    with runtimes.opened(database, tmp_path) as runtime:
        yield runtime


@pytest.fixture
def ann(runtime):
    """An administrator who has a password."""
    return accounts.add(runtime, "ann@example.org", "Ann", Role.ADMINISTRATOR, PASSWORD)


@given(first=st.sampled_from(RISING), second=st.sampled_from(RISING), third=st.sampled_from(RISING))
def test_roles_rise(first, second, third):
    assert may(first, second) or may(second, first)
    assert not (may(first, second) and may(second, third)) or may(first, third)
    assert may(Role.ADMINISTRATOR, first)


# --- names, addresses, passwords --------------------------------------------------------------------------------------


def test_an_address_and_a_name_are_one_persons(runtime, ann):
    with pytest.raises(ConflictError, match="has an account already"):
        accounts.add(runtime, " ANN@example.org ", "Another", Role.READER)
    with pytest.raises(ConflictError, match="is taken"):
        accounts.add(runtime, "other@example.org", " aNN ", Role.READER)
    accounts.add(runtime, "zoe@example.org", "Zoë", Role.READER)
    with pytest.raises(ConflictError, match="is taken"):
        accounts.add(runtime, "other@example.org", "ZOË", Role.READER)


def test_a_name_that_somebody_gave_up_stays_theirs(runtime, ann):
    accounts.rename(runtime, ann.id, "Ann Lee")
    with pytest.raises(ConflictError, match="is taken"):
        accounts.add(runtime, "other@example.org", "ANN", Role.EDITOR)
    accounts.rename(runtime, ann.id, "ann lee")
    accounts.rename(runtime, ann.id, "Ann")
    with reading(runtime.engine) as session:
        assert rows.by_id(session, ann.id).name == "Ann"


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "A\u202enn", "A\u200bnn", "A\x07", "rule:links", "reader:votes"])
def test_a_name_that_is_none_or_deceives_is_refused(name):
    with pytest.raises(InputError):
        accounts.public_name(name)


@pytest.mark.parametrize("name", ["Zoë O’Brien", "李小龍", "محمد", "Ann 🌱"])
def test_a_name_of_any_script_is_kept(name):
    assert accounts.public_name(f" {name} ") == name


@pytest.mark.parametrize("password", ["short", "x" * 257, "a" * 20, "ann@example.org", "Ann Lee 1234"])
def test_a_password_that_is_easily_guessed_is_refused(password):
    with pytest.raises(InputError):
        passwords.hashed(password, about=("ann@example.org", "Ann Lee"))


def test_only_an_argon2_hash_of_a_password_is_kept(runtime, ann):
    assert ann.password_hash.startswith("$argon2id$")
    assert passwords.matches(ann.password_hash, PASSWORD)
    assert not passwords.matches(ann.password_hash, OTHER)
    assert not passwords.matches("", PASSWORD)


# --- guessing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_after_too_many_tries_even_the_right_password_waits_and_nobody_learns_who_exists(runtime, ann, email):
    assert sign_in.check_password(runtime, email, "wrong", PLACE) is None
    for _ in range(throttle.OF_ACCOUNT - 1):
        throttle.begin(runtime, email, PLACE)
    with pytest.raises(TooManyError) as refused:
        sign_in.check_password(runtime, email.upper(), PASSWORD, "198.51.100.1")
    assert timedelta() < refused.value.wait <= throttle.WINDOW
    runtime.clock.forward(seconds=refused.value.wait.total_seconds() + 1)
    assert (sign_in.check_password(runtime, email, PASSWORD, PLACE) is None) == (email != ann.email)


def test_one_place_cannot_try_one_password_on_every_account(runtime, ann):
    for number in range(throttle.OF_PLACE):
        # Of IPv6 a connection is given 2^64 addresses, which are one place.
        throttle.begin(runtime, f"{number}@example.org", f"2001:db8::{number:x}")
    with pytest.raises(TooManyError):
        sign_in.check_password(runtime, ann.email, PASSWORD, "2001:db8::ffff")
    assert sign_in.check_password(runtime, ann.email, PASSWORD, "2001:db8:0:1::1")


def test_a_right_password_counts_for_nothing(runtime, ann):
    for _ in range(throttle.OF_ACCOUNT - 1):
        throttle.begin(runtime, ann.email, PLACE)
    for _ in range(2):
        assert sign_in.check_password(runtime, ann.email, PASSWORD, PLACE)


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(runtime):
    start = threading.Barrier(6)

    def guess(_):
        start.wait()
        let_through = 0
        for _ in range(4):
            try:
                throttle.begin(runtime, "ann@example.org", PLACE)
                let_through += 1
            except TooManyError:
                pass
            except ConflictError:
                pass
        return let_through

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(guess, range(6))) <= throttle.OF_ACCOUNT


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_a_session_ends_when_nobody_comes_and_at_the_latest_after_a_week(runtime, ann):
    key = sign_in.begin(runtime, ann.id)
    for _ in range(8):
        assert sign_in.found(runtime, key).account.id == ann.id
        runtime.clock.forward(hours=20)
    assert sign_in.found(runtime, key)
    runtime.clock.forward(hours=20)
    assert sign_in.found(runtime, key) is None
    idle = sign_in.begin(runtime, ann.id)
    runtime.clock.forward(hours=24)
    assert sign_in.found(runtime, idle) is None


def test_a_new_password_a_new_role_and_disabling_end_sessions(runtime, ann):
    bo = accounts.add(runtime, "bo@example.org", "Bo", Role.EDITOR, PASSWORD)
    here, there = sign_in.begin(runtime, bo.id), sign_in.begin(runtime, bo.id)
    sign_in.change_password(runtime, bo.id, old=PASSWORD, new=OTHER, key=here, place=PLACE)
    assert (sign_in.found(runtime, here) is None, sign_in.found(runtime, there) is None) == (False, True)
    accounts.change_role(runtime, bo.id, Role.PUBLISHER)
    assert sign_in.found(runtime, here) is None
    again = sign_in.begin(runtime, bo.id)
    accounts.set_active(runtime, bo.id, active=False)
    assert sign_in.found(runtime, again) is None
    assert sign_in.check_password(runtime, bo.email, OTHER, PLACE) is None
    with pytest.raises(NotFoundError):
        sign_in.begin(runtime, bo.id)


def test_nobody_ends_a_session_of_somebody_else(runtime, ann):
    bo = accounts.add(runtime, "bo@example.org", "Bo", Role.EDITOR)
    key = sign_in.begin(runtime, ann.id)
    with pytest.raises(NotFoundError):
        sign_in.end_number(runtime, bo.id, sign_in.found(runtime, key).session.id)
    assert sign_in.found(runtime, key)


def test_the_last_administrator_stays(runtime, ann):
    for change in (
        lambda: accounts.change_role(runtime, ann.id, Role.EDITOR),
        lambda: accounts.set_active(runtime, ann.id, active=False),
    ):
        with pytest.raises(ConflictError, match="last administrator"):
            change()
    bo = accounts.add(runtime, "bo@example.org", "Bo", Role.ADMINISTRATOR)
    accounts.change_role(runtime, ann.id, Role.EDITOR)
    with pytest.raises(ConflictError, match="last administrator"):
        accounts.set_active(runtime, bo.id, active=False)


def test_two_administrators_who_take_each_others_role_leave_one(runtime, ann):
    bo = accounts.add(runtime, "bo@example.org", "Bo", Role.ADMINISTRATOR)
    start = threading.Barrier(2)

    def demote(account):
        start.wait()
        try:
            accounts.change_role(runtime, account.id, Role.READER)
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(2) as threads:
        done = sum(threads.map(demote, (ann, bo)))
    with reading(runtime.engine) as session:
        assert (done, len(rows.administrators(session))) == (1, 1)


# --- one-time links ---------------------------------------------------------------------------------------------------


def key_of(link):
    return link.rpartition("/")[2]


def test_a_link_chooses_a_password_once_and_a_newer_one_takes_its_place(runtime, ann):
    older = key_of(one_time_links.make(runtime, ann.id, LinkPurpose.RESET))
    newer = key_of(one_time_links.make(runtime, ann.id, LinkPurpose.RESET))
    session = sign_in.begin(runtime, ann.id)
    with pytest.raises(NotFoundError):
        one_time_links.choose_password(runtime, older, OTHER)
    with pytest.raises(InputError):
        one_time_links.choose_password(runtime, newer, "short")
    one_time_links.choose_password(runtime, newer, OTHER)
    assert sign_in.check_password(runtime, ann.email, OTHER, PLACE)
    assert sign_in.found(runtime, session) is None
    with pytest.raises(NotFoundError):
        one_time_links.choose_password(runtime, newer, PASSWORD)


def test_a_link_grows_old(runtime, ann):
    key = key_of(one_time_links.make(runtime, ann.id, LinkPurpose.RESET))
    runtime.clock.forward(minutes=61)
    with pytest.raises(NotFoundError, match="too old"):
        one_time_links.found(runtime, key)


def test_the_first_administrator_is_made_once(runtime):
    key = key_of(one_time_links.for_first_administrator(runtime))
    given = {"email": "ann@example.org", "name": "Ann", "password": PASSWORD}
    assert one_time_links.first_administrator(runtime, key, **given).role is Role.ADMINISTRATOR
    with pytest.raises(NotFoundError):
        one_time_links.first_administrator(runtime, key, email="b@example.org", name="B", password=PASSWORD)
    assert one_time_links.for_first_administrator(runtime) is None


def test_a_first_administrators_link_makes_none_beside_one_made_meanwhile(runtime):
    key = key_of(one_time_links.for_first_administrator(runtime))
    accounts.add(runtime, "ann@example.org", "Ann", Role.ADMINISTRATOR)
    with pytest.raises(ConflictError, match="There is an administrator by now"):
        one_time_links.first_administrator(runtime, key, email="b@example.org", name="B", password=PASSWORD)


def test_mail_with_a_link_goes_to_known_addresses_alone(runtime, ann):
    for email in ("nobody@example.org", "ANN@example.org"):
        one_time_links.may_ask(runtime, email, PLACE)
        one_time_links.send_reset(runtime, email)
    send_notices.send_notices(runtime)
    [mail] = runtime.settings.outbox.iterdir()
    assert "To: ann@example.org" in mail.read_text(encoding="utf-8")
    for _ in range(one_time_links.RESETS - 1):
        one_time_links.may_ask(runtime, "ann@example.org", PLACE)
    with pytest.raises(TooManyError):
        one_time_links.may_ask(runtime, "ann@example.org", PLACE)


# --- codes ------------------------------------------------------------------------------------------------------------


def test_a_code_is_taken_once_and_only_in_its_half_minute(runtime, ann):
    offer = second_factors.offer(runtime, ann)
    app = TOTP(key=offer.letters.replace(" ", ""))
    with pytest.raises(InputError):
        second_factors.switch_on(runtime, ann.id, offer.kept, "000000")
    assert not second_factors.is_on(runtime, ann.id)
    second_factors.switch_on(runtime, ann.id, offer.kept, app.generate(runtime.clock()).token)
    assert second_factors.is_on(runtime, ann.id)
    runtime.clock.forward(minutes=5)
    code = app.generate(runtime.clock()).token
    assert second_factors.check(runtime, ann.id, f"{code[:3]} {code[3:]}", PLACE)
    assert not second_factors.check(runtime, ann.id, code, PLACE)
    later = app.generate(runtime.clock()).token
    runtime.clock.forward(minutes=2)
    assert not second_factors.check(runtime, ann.id, later, PLACE)


def test_the_secret_of_codes_is_kept_encrypted_and_guesses_are_counted(runtime, ann):
    offer = second_factors.offer(runtime, ann)
    assert offer.letters.replace(" ", "") not in offer.kept
    app = TOTP(key=offer.letters.replace(" ", ""))
    second_factors.switch_on(runtime, ann.id, offer.kept, app.generate(runtime.clock()).token)
    runtime.clock.forward(minutes=1)
    right = app.generate(runtime.clock()).token
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(throttle.OF_ACCOUNT):
        assert not second_factors.check(runtime, ann.id, wrong, PLACE)
    with pytest.raises(TooManyError):
        second_factors.check(runtime, ann.id, right, PLACE)


# --- the key that cookies are signed with -----------------------------------------------------------------------------


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path):
    folder = tmp_path / "data"
    with ThreadPoolExecutor(4) as threads:
        keys = set(threads.map(lambda _: secret_key(Settings(data_dir=folder)), range(8)))
    assert {(folder / FILE).read_text(encoding="ascii")} == keys
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert secret_key(Settings(data_dir=folder, secret_key="chosen")) == "chosen"


def test_what_is_done_to_an_account_is_kept_with_who_did_it(runtime, ann):
    bo = accounts.add(runtime, "bo@example.org", "Bo", Role.EDITOR, PASSWORD, by="Ann")
    runtime.clock.forward(minutes=1)
    accounts.change_role(runtime, bo.id, Role.PUBLISHER, by="Ann")
    runtime.clock.forward(minutes=1)
    accounts.rename(runtime, bo.id, "Bob")
    sign_in.change_password(runtime, bo.id, old=PASSWORD, new=OTHER, key="", place=PLACE)
    with reading(runtime.engine) as session:
        found = rows.entries(session, bo.id, limit=10)
        assert len(rows.entries(session, limit=10)) == len(found) + 1
    assert {name for _, name in found} == {"Bob"}
    assert [(entry.act, entry.made_by, entry.detail) for entry, _ in reversed(found)] == [
        ("made", "Ann", "editor"),
        ("role_changed", "Ann", "editor → publisher"),
        ("renamed", "Bob", "Bo → Bob"),
        ("password_changed", "Bob", ""),
    ]


def test_of_two_who_change_a_password_from_the_same_old_one_the_first_stays(runtime, ann, monkeypatch):
    """As when somebody shuts out a stranger who knows the old one and is at it too: the hash takes its time."""
    key, real = sign_in.begin(runtime, ann.id), passwords.hashed
    third = "nine old cormorants"

    def meanwhile(password, **about):
        if password == third:
            sign_in.change_password(runtime, ann.id, old=PASSWORD, new=OTHER, key=key, place=PLACE)
        return real(password, **about)

    monkeypatch.setattr(passwords, "hashed", meanwhile)
    with pytest.raises(InputError):
        sign_in.change_password(runtime, ann.id, old=PASSWORD, new=third, key=key, place=PLACE)
    assert sign_in.check_password(runtime, ann.email, OTHER, PLACE) is not None
    assert sign_in.check_password(runtime, ann.email, third, PLACE) is None


def test_an_address_with_what_a_database_refuses_is_nobodys(runtime, ann):
    assert sign_in.check_password(runtime, "ann@example.org\0", OTHER, PLACE) is None
    assert sign_in.check_password(runtime, "a\0nn@example.org", PASSWORD, PLACE) is None


@pytest.mark.parametrize("name", ["Rule:names", "command line", "Who asked for it by mail"])
def test_nobody_takes_a_name_under_which_no_person_acts(name):
    with pytest.raises(InputError, match="stands for no person"):
        accounts.public_name(name)


def test_a_strangers_question_takes_no_invitation_away_and_one_link_ends_the_other(runtime, ann):
    invited = key_of(one_time_links.make(runtime, ann.id, LinkPurpose.INVITATION))
    reset = key_of(one_time_links.make(runtime, ann.id, LinkPurpose.RESET))
    assert one_time_links.found(runtime, invited).account.id == ann.id
    one_time_links.choose_password(runtime, reset, OTHER)
    with pytest.raises(NotFoundError):
        one_time_links.found(runtime, invited)


@pytest.mark.parametrize("named", ["a\\ud800", "a\\u0000", ""])
def test_an_answer_with_what_no_database_takes_is_no_passkey(runtime, named):
    with pytest.raises(InputError, match="not accepted"):
        passkeys.who(runtime, f'{{"id": "{named}", "response": {{}}}}', "challenge")
