"""Signing in as people do: with a password, by keyboard; with a passkey of a device."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests import runtimes
from tests.browser.conftest import served, window
from tracker.domain.vocab import Role
from tracker.web.factory import create_app
from tracker.workflows import accounts

pytestmark = pytest.mark.browser

PASSWORD = "seven quiet herons"


@pytest.fixture
def site(sqlite_database, tmp_path) -> Iterator[tuple[Flask, str]]:
    """A site that knows itself by a name, as passkeys ask for; and where it is."""
    with runtimes.opened(sqlite_database, tmp_path) as runtime:
        accounts.add(runtime, "ann@example.org", "Ann", Role.EDITOR, PASSWORD)
        app = create_app(runtime)
        with served(app) as address:
            by_name = address.replace("127.0.0.1", "localhost")
            settings = runtime.settings.model_copy(update={"public_url": by_name})
            app.extensions["runtime"] = replace(runtime, settings=settings)
            yield app, by_name


def sign_in(page: Page, address: str) -> None:
    """Sign in by keyboard alone."""
    page.goto(f"{address}/sign-in?next=/account")
    page.get_by_label("Mail address").focus()
    page.keyboard.type("ann@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/account")


def test_a_wrong_password_is_said_beside_the_field_and_what_was_typed_stays(browser: Browser, site):
    _, address = site
    with window(browser, address) as page:
        page.goto(f"{address}/sign-in")
        page.get_by_label("Mail address").fill("ann@example.org")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        field = page.get_by_role("textbox", name="Mail address")
        expect(field).to_have_value("ann@example.org")
        expect(field).to_have_accessible_description(re.compile("do not belong together"))
        assert field.get_attribute("aria-invalid") == "true"
        expect(page.get_by_role("alert")).to_contain_text("You are not signed in.")


def test_a_passkey_is_made_and_signs_in_without_a_password(browser: Browser, site):
    _, address = site
    with window(browser, address) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                   "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        sign_in(page, address)
        page.get_by_role("link", name="Make a passkey").click()
        page.get_by_label("Name of this device").fill("Laptop")
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_text("The passkey is kept.")).to_be_visible()
        expect(page.get_by_text("Laptop made")).to_be_visible()
        page.get_by_role("button", name="Sign out").first.click()
        page.goto(f"{address}/sign-in?next=/account")
        page.get_by_role("link", name="Sign in with a passkey").click()
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{address}/account")
        page.get_by_role("button", name="Take away Laptop").click()
        page.get_by_role("button", name="Sign out").first.click()
        page.goto(f"{address}/sign-in/passkey")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("The passkey was not accepted.")
