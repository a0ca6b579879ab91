"""What every workflow is handed: settings, database, the door to the network, mail and the clock. Put together once."""

import gc
import os
import platform
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Engine

from tracker.net.http import Door
from tracker.net.mail import Mailer, Outbox
from tracker.net.smtp import Security, Server, Smtp
from tracker.settings import Settings
from tracker.store.engine import create_engine


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def process_name() -> str:
    """Return a name for this process, unlike any other's: it stands in leases."""
    return f"{platform.node()}:{os.getpid()}:{os.urandom(4).hex()}"


@dataclass(frozen=True)
class Runtime:
    """The program's surroundings. Tests pass a fixed clock and a temporary database; nothing is patched."""

    settings: Settings
    engine: Engine
    clock: Callable[[], datetime] = utc_now
    holder: str = field(default_factory=process_name)
    chance: Callable[[], float] = random.random

    def open_door(self, shared_turn: Callable[[str], Awaitable[float]] | None = None) -> Door:
        """Return a way to the network; use it in `async with`.

        `shared_turn` gives out turns where a server has one budget for all workers.
        """
        settings = self.settings
        return Door(
            settings.user_agent,
            max_bytes=settings.fetch_max_bytes,
            connect_timeout=settings.fetch_connect_seconds,
            read_timeout=settings.fetch_read_seconds,
            total_timeout=settings.fetch_total_seconds,
            max_redirects=settings.fetch_redirects,
            allowed_hosts=settings.allowed_hosts,
            clock=self.clock,
            identified=bool(settings.contact),
            host_seconds=settings.host_seconds,
            host_at_once=settings.host_at_once,
            shared_turn=shared_turn,
        )

    def options_of(self, reader: str, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return a source's options with the key of the interface it asks, which stands in the settings alone."""
        key = self.settings.keys.get(reader)
        return {**options, "api_key": key} if key else dict(options)

    @cached_property
    def mail(self) -> Mailer:
        """Where mail goes: to the server in the settings, or into the outbox folder where none is set."""
        settings = self.settings
        if not settings.smtp_host:
            return Outbox(settings.outbox)
        return Smtp(
            Server(
                host=settings.smtp_host,
                port=settings.smtp_port,
                security=Security(settings.smtp_security),
                user=settings.smtp_user,
                password=settings.smtp_password,
                seconds=settings.smtp_seconds,
            )
        )


def open_runtime(settings: Settings, *, upgrade: bool = False) -> Runtime:
    """Return a runtime over the configured database.

    With `upgrade` the schema is brought up to date first. Raises DatabaseError in one line when the database is newer
    than the program, missing its tables, or cannot be written.
    """
    from tracker.store import migrate  # noqa: PLC0415 - it takes ten megabytes that a running program needs no more

    engine = create_engine(settings.database)
    if upgrade:
        migrate.upgrade(engine)
    else:
        migrate.require_current(engine)
    _settle()
    return Runtime(settings, engine)


@cache
def _settle() -> None:
    """Take what is loaded so far out of the garbage collector's sight, once a process: none of it ever goes.

    Looking through all of the libraries again and again takes a third of the time of asking a thousand feeds that have
    nothing new.
    """
    gc.freeze()
