"""What tests of the demo share: the anchor day and the two campaign files."""

from datetime import date
from typing import Any

import pytest

from tracker import demo

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def rekognition() -> dict[str, Any]:
    return demo.campaigns(TODAY)[0]


@pytest.fixture(scope="session")
def larkmere() -> dict[str, Any]:
    return demo.campaigns(TODAY)[1]
