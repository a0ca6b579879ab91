"""What tests of pages ask: a page as a tree, the words of a part of it, and how many statements it takes."""

from typing import Any

from flask.testing import FlaskClient
from lxml import html

from tests.engines import statements_of


def read(client: FlaskClient, address: str) -> Any:
    """Return a page that is there as lxml's tree."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def words(element: Any) -> str:
    """Return what a part of a page says, with single spaces."""
    return " ".join(element.text_content().split())


def statements(client: FlaskClient, address: str) -> list[str]:
    """Return the SQL statements of one answer, read to its end.

    How the sources are, which each page says, is asked before: it is kept for a minute.
    """
    assert client.get("/about").status_code == 200
    with statements_of(client.application.extensions["runtime"].engine) as said:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.data
    return said
