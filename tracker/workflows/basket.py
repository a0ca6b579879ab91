"""What was found and waits to be written: gathered into batches, and bounded, for it is held in memory."""

import asyncio
from contextlib import suppress

from tracker.workflows.keep_visits import Found


class Basket:
    """Many put in, one takes. A batch is `visits` visits or `entries` entries, or what came within `seconds`.

    Who brings more than a batch while the one before is still being written waits.
    """

    def __init__(self, *, visits: int, entries: int, seconds: float) -> None:
        self._most, self._most_entries, self._seconds = visits, entries, seconds
        self._held: list[Found] = []
        self._entries = 0
        self._closed = False
        self._some, self._enough, self._room = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._room.set()

    async def put(self, one: Found) -> None:
        """Put a visit in, when there is room."""
        while not self._room.is_set():
            await self._room.wait()
        self._held.append(one)
        self._entries += one.visit.items
        self._some.set()
        if len(self._held) >= self._most or self._entries >= self._most_entries:
            self._room.clear()
            self._enough.set()

    def close(self) -> None:
        """Say that nothing more comes."""
        self._closed = True
        self._some.set()
        self._enough.set()

    async def take(self) -> list[Found]:
        """Return the next batch, as soon as it is whole or its time is over; nothing at the end."""
        await self._some.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds):
                await self._enough.wait()
        taken, self._held, self._entries = self._held, [], 0
        if not self._closed:
            self._some.clear()
            self._enough.clear()
        self._room.set()
        return taken
