"""An archive for tests of forms: what every form may point to, and forms filled in as `tests.workflows` fills them."""

import re
from typing import Any

from flask.testing import FlaskClient
from lxml import html

from tests.workflows import typed_objects
from tracker.models.base import CampaignObject, ObjectState
from tracker.store import objects
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime

SOURCE = {"all~where": "https://paper.example/story", "all~why": "The paper says so."}


def fill(runtime: Runtime) -> None:
    """Make organisations, people, letters and a campaign."""
    with writing(runtime.engine) as session:
        typed_objects.ground(session)


def publish(runtime: Runtime, slug: str) -> None:
    """Publish a draft, as a publisher does."""
    with writing(runtime.engine) as session:
        objects.by_slug(session, slug).state = ObjectState.PUBLISHED


def spine(runtime: Runtime, slug: str) -> CampaignObject:
    with reading(runtime.engine) as session:
        return objects.by_slug(session, slug)


def fields_of(text: str) -> dict[str, Any]:
    """Return what a browser would send of the object form on a page, without a button."""
    [form] = html.fromstring(text).cssselect("form.object-form")
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        # The parser keeps the first line end of a textarea; a browser does not, and sends none back.
        found.setdefault(name, []).append(value.removeprefix("\n"))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def send(client: FlaskClient, address: str, do: str, text: str = "", **changes: str):
    """Send the form at an address (or as `text` shows it), with changes, by one of its buttons.

    Names are given with underscores for hyphens between rows: pass those in a dictionary.
    """
    fields = fields_of(text or client.get(address).text)
    return client.post(address, data={**fields, **changes, "do": do})


def errors_of(text: str) -> list[str]:
    """Return the sentences beside the fields of a page, by what they are beside."""
    return re.findall(r'id="([^"]+)-error"', text)
