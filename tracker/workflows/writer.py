"""One thread that writes, so that a loop that waits for servers is never held up by a database."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from tracker.store.engine import writing

Result = TypeVar("Result")


class Writer:
    """Use as `with`. What is handed in is done one after the other, in the order in which it came."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")

    def __enter__(self) -> Self:
        """The thread begins with its first work."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Finish what was handed in."""
        self._thread.shutdown(wait=True)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do something that blocks."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def transaction(self, work: Callable[[Session], Result]) -> Result:
        """Do something in one transaction of its own."""

        def whole() -> Result:
            with writing(self._engine) as session:
                return work(session)

        return await self.run(whole)
