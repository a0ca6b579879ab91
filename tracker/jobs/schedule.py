"""All jobs in one list: name, interval, time limit, workflow. No engine is named here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from tracker.settings import Settings
from tracker.workflows.announced_filings import fetch_announced_filings
from tracker.workflows.announced_fund_votes import take_announced_fund_votes
from tracker.workflows.bulk_accept import carry_on_all
from tracker.workflows.collect import collect
from tracker.workflows.first_look import first_look
from tracker.workflows.new_names import look_for_new_names
from tracker.workflows.publish_calendar import publish_calendar
from tracker.workflows.read_filing import read_filings
from tracker.workflows.runtime import Runtime
from tracker.workflows.send_digest import send_due
from tracker.workflows.send_notices import send_notices
from tracker.workflows.summarise import summarise
from tracker.workflows.upkeep import learn, tidy
from tracker.workflows.whole_pages import fetch_whole_pages


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of regular work. `limit` is how long a run may hold its lease."""

    name: str
    every: timedelta
    limit: timedelta
    run: Callable[[Runtime], object]
    says: str


def jobs(settings: Settings) -> tuple[Job, ...]:
    """Return every job of the program."""
    return (
        Job(
            "collect_due",
            timedelta(seconds=settings.collect_every_seconds),
            timedelta(minutes=30),
            collect,
            "asks every source that is due",
        ),
        Job(
            "whole_pages",
            timedelta(minutes=5),
            timedelta(minutes=30),
            fetch_whole_pages,
            "fetches the pages behind summaries of relevant documents, where the site allows it",
        ),
        Job(
            "announced_filings",
            timedelta(minutes=15),
            timedelta(hours=1),
            fetch_announced_filings,
            "fetches filings of companies we know that a feed or a search only told of",
        ),
        Job(
            "read_filings",
            timedelta(minutes=15),
            timedelta(hours=1),
            read_filings,
            "reads collected filings into meetings, counts and resolutions",
        ),
        Job(
            "first_look",
            timedelta(seconds=20),
            timedelta(hours=1),
            first_look,
            "looks through what the sources of a campaign that was just begun have brought",
        ),
        Job(
            "fund_votes",
            timedelta(hours=6),
            timedelta(hours=4),
            take_announced_fund_votes,
            "takes the votes of funds from Forms N-PX of investors we follow",
        ),
        Job(
            "calendars",
            timedelta(hours=1),
            timedelta(minutes=15),
            publish_calendar,
            "publishes what is due to the calendars that people subscribe to",
        ),
        Job(
            "bulk_acts",
            timedelta(minutes=1),
            timedelta(minutes=30),
            carry_on_all,
            "goes on with acceptances of many suggestions that were ended half way",
        ),
        Job(
            "summaries",
            timedelta(minutes=1),
            timedelta(minutes=15),
            summarise,
            "adds up again what campaigns come to, after a change and each day; fills an emptied search index",
        ),
        Job(
            "send_digests",
            timedelta(minutes=1),
            timedelta(minutes=30),
            send_due,
            "composes and sends the weekly digests that are due",
        ),
        Job(
            "send_notices",
            timedelta(seconds=20),
            timedelta(minutes=10),
            send_notices,
            "sends single mails, such as the one by which somebody confirms that they want the digest",
        ),
        Job(
            "learn",
            timedelta(days=1),
            timedelta(hours=1),
            learn,
            "learns from editors' decisions, and uses what is not worse",
        ),
        Job(
            "new_names",
            timedelta(days=1),
            timedelta(hours=1),
            look_for_new_names,
            "looks for names that recur and are in no list, for editors to decide on",
        ),
        Job("upkeep", timedelta(days=1), timedelta(hours=1), tidy, "drops old fetch attempts"),
    )
