"""One tree of errors. Each says what was being done, to what, what was found, and what to do."""

from datetime import timedelta


class TrackerError(Exception):
    """Root of every error a person can act on; the command line prints its text as one line and exits 1."""


class ConfigError(TrackerError):
    """A setting or a configuration file is wrong."""


class DatabaseError(TrackerError):
    """The database cannot be used: it is newer than the program, read-only, locked or out of reach."""


class FetchError(TrackerError):
    """An address could not be fetched.

    `kind` is a short stable word for reports and the health page (timeout, too_large, refused_address, dns,
    connect, tls, redirects, http_404 ...). `retry_after` is in seconds when the server named a time.
    """

    def __init__(self, message: str, *, kind: str, status: int | None = None, retry_after: float | None = None) -> None:
        """Keep the sentence and the machine-readable parts."""
        super().__init__(message)
        self.kind = kind
        self.status = status
        self.retry_after = retry_after


class ParseError(TrackerError):
    """An answer came, but it is not what its source promises (HTML instead of XML, a page that changed)."""


class InputError(TrackerError):
    """A person's input cannot be understood: a date, a file, a name."""


class NotFoundError(TrackerError):
    """What was asked for by name does not exist."""


class ConflictError(TrackerError):
    """Somebody else changed or holds the thing meanwhile."""


class TooManyError(TrackerError):
    """Something was tried too often; `wait` says how long until it may be tried again."""

    def __init__(self, message: str, *, wait: timedelta) -> None:
        """Keep the sentence and the wait."""
        super().__init__(message)
        self.wait = wait
