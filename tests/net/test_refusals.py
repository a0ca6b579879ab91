"""How long an answer stays good, as caches read it."""

import pytest

from tests.net.conftest import NOW
from tracker.net.refusals import fresh_for, status_error

DAY = 86400.0
DATE = "Mon, 23 Nov 2026 11:00:00 GMT"
LATER = "Mon, 23 Nov 2026 11:30:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public"}, None),
        ({"cache-control": "max-age=300"}, 300.0),
        ({"cache-control": "Public, MAX-AGE=300"}, 300.0),
        ({"cache-control": 'max-age="300"'}, 300.0),
        ({"cache-control": "max-age=300", "age": "120"}, 180.0),
        ({"cache-control": "max-age=300", "age": "900"}, 0.0),
        ({"cache-control": "max-age=300", "age": "old"}, 300.0),
        ({"cache-control": "max-age=300, max-age=900"}, 300.0),
        ({"cache-control": "max-age=99999999999999999999"}, DAY),
        ({"cache-control": "max-age=-5"}, 0.0),
        ({"cache-control": "max-age=soon"}, 0.0),
        ({"cache-control": "max-age"}, 0.0),
        ({"cache-control": "no-store, max-age=300"}, 0.0),
        ({"cache-control": "max-age=300, no-cache"}, 0.0),
        ({"cache-control": 'no-cache="set-cookie", max-age=300'}, 300.0),
        ({"cache-control": "max-age=60", "expires": LATER, "date": DATE}, 60.0),
        ({"expires": LATER, "date": DATE}, 1800.0),
        ({"expires": LATER, "date": DATE, "age": "300"}, 1500.0),
        ({"expires": "Mon, 23 Nov 2026 12:10:00 GMT"}, 600.0),
        ({"expires": LATER}, 0.0),
        ({"expires": "0"}, 0.0),
        ({"expires": ""}, 0.0),
        ({"expires": "Mon, 99 Nov 2026 11:30:00 GMT", "date": DATE}, 0.0),
        ({"expires": "Fri, 01 Jan 2038 00:00:00 GMT", "date": DATE}, DAY),
        ({"expires": LATER, "date": "rubbish"}, 0.0),
    ],
)
def test_the_server_says_how_long_its_answer_is_good(headers: dict[str, str], seconds: float | None) -> None:
    assert fresh_for(headers, NOW) == seconds


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_passing_trouble_is_said_to_be_tried_again(status: int) -> None:
    error = status_error("https://a.example/", status, {"retry-after": "30"}, NOW)
    assert (error.kind, error.status, error.retry_after) == (f"http_{status}", status, 30.0)
    assert "tried again" in str(error)
