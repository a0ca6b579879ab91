"""The fictional campaign: a company that does not exist, with every turn a real campaign can take.

Its days are counted from an anchor day, so the demo always has a meeting some months ago, a deadline in a few days, a
letter that is overdue and news in the week just past. Everything in it is labelled fictional.
"""

from datetime import date
from typing import Any

from tracker.demo.articles import read_json
from tracker.demo.moving_days import resolve


def campaign(today: date) -> dict[str, Any]:
    """Return the campaign file of the fictional company, its days counted from `today`."""
    file: dict[str, Any] = resolve(read_json("larkmere/campaign.json"), today)
    return file
