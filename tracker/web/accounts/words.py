"""What is said of accounts in several places."""

from math import ceil

from tracker.domain.accounts import Scope
from tracker.domain.errors import TooManyError
from tracker.web.language import gettext, later, ngettext

SCOPES = {
    Scope.DOCUMENTS: later("add documents"),
    Scope.DECISIONS: later("decide on suggested links"),
}


def scope(value: Scope) -> str:
    """Return what a token lets a program do."""
    return gettext(SCOPES[Scope(value)])


# Each browser names those before it in its own words, and every phone its system's ancestors.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
           ("Linux", "Linux"))  # fmt: skip


def device(agent: str) -> str:
    """Return what a browser says of itself (User-Agent) in two words; all of it where neither is known."""
    browser, system = (next((name for mark, name in known if mark in agent), "") for known in (BROWSERS, SYSTEMS))
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or agent or gettext("a device that does not say what it is")


def wait(error: TooManyError) -> str:
    """Return how long to wait, in whole minutes."""
    minutes = ceil(error.wait.total_seconds() / 60)
    said = ngettext(
        "Too many tries failed. Try again in %(num)s minute.", "Too many tries failed. Try again in %(num)s minutes.",
        minutes,
    )  # fmt: skip
    return said % {"num": minutes}


def retry_after(error: TooManyError) -> dict[str, str]:
    """Return the header that tells programs the same, in seconds."""
    return {"Retry-After": str(ceil(error.wait.total_seconds()))}
