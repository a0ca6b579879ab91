"""One connection that speaks HTTP/1.1: a question goes out, an answer comes in piece by piece. httptools reads it.

What a server sends is bounded where it is not the body, whose reader counts it; the transport is told to wait while
nobody takes what came. A silence, and an answer that is not over in time, are noticed by one timer for each connection,
not one for each question.
"""

import asyncio
import math
from collections.abc import Callable
from typing import Final, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

# Sites send policies of many kilobytes in their headers.
LONGEST_HEADER: Final = 64 * 1024
MOST_HEADERS: Final = 256
LONGEST_HEAD: Final = 256 * 1024
IDLE_SECONDS: Final = 15.0
# Bytes that may wait to be taken.
_WAITING: Final = 64 * 1024
_SWITCHING: Final = 101


class BrokenAnswerError(Exception):
    """What came is no answer, or not all of it. `kind` is truncated or protocol."""

    def __init__(self, said: str, kind: str = "protocol") -> None:
        super().__init__(said)
        self.kind = kind


class OverdueError(Exception):
    """An answer was not over when it had to be."""


class HungUpError(BrokenAnswerError):
    """The connection ended before the first byte of an answer came."""


class Connection(asyncio.Protocol):
    """One connection, asked one question at a time: `ask`, then `status`, `headers` and `readany`, then `release`.

    `read` is the longest silence in seconds. `keep` takes the connection back when it may be asked again, `forget` is
    told when it ended while it was kept.
    """

    def __init__(
        self, read: float, keep: Callable[["Connection"], bool], forget: Callable[["Connection"], None]
    ) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self._read, self._keep, self._forget = read, keep, forget
        self._loop = asyncio.get_running_loop()
        self._parser = HttpResponseParser(self)
        # What other clients take from servers as well: lines that end with LF alone, blanks behind a chunk's size.
        self._parser.set_dangerous_leniencies(
            lenient_headers=True, lenient_optional_cr_before_lf=True, lenient_spaces_after_chunk_size=True
        )
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._pieces: list[bytes] = []
        self._held = 0
        self._failure: Exception | None = None
        self._asked = self._begun = self._headed = self._over = self._lasts = self._paused = False
        self._wordy = self._lines = 0
        self._until = math.inf

    # --- asking -------------------------------------------------------------------------------------------------------

    async def ask(self, question: bytes, until: float = math.inf) -> None:
        """Send a question and wait for the head of its answer; all of it must be here by `until`, in the loop's time.

        Raises TimeoutError after a silence, OverdueError, BrokenAnswerError for what is no answer; then only `release`
        is left to do. So does `readany`.
        """
        self._asked, self._begun, self._until = True, False, until
        self._renew()
        if self._transport.is_closing():
            raise HungUpError("the server hung up")
        self._transport.write(question)
        while not self._headed:
            await self._more()

    async def readany(self) -> bytes:
        """Return what came of the body since the last time, waiting for it; nothing at the end."""
        while not self._pieces and not self._over:
            await self._more()
        found = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces, self._held = [], 0
        if self._paused and not self._transport.is_closing():
            self._transport.resume_reading()
        self._paused = False
        return found

    def release(self) -> None:
        """Keep the connection for later if the answer was read to its end, else close it: no server can hold us up."""
        usable = self._over and self._lasts and not self._pieces and not self._transport.is_closing()
        self._asked = False
        if not (usable and self._keep(self)):
            self.abort()

    def abort(self) -> None:
        """Close at once. A polite farewell to a secure server may be drawn out by it for half a minute."""
        self._transport.abort()

    @property
    def open(self) -> bool:
        """Whether it can be asked."""
        return not self._transport.is_closing()

    def _renew(self) -> None:
        self.status, self.headers, self._headed, self._over, self._lasts = 0, [], False, False, False
        self._pieces, self._held, self._failure, self._wordy, self._lines = [], 0, None, 0, 0

    async def _more(self) -> None:
        """Wait until more came; raises what went wrong."""
        if self._failure is None:
            self._heard = self._loop.time()
            self._watch(min(self._heard + self._read, self._until))
            self._waiter = self._loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        if self._failure is not None and not self._over:
            raise self._failure

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _fail(self, failure: Exception) -> None:
        if self._failure is None:
            self._failure = failure
        self._lasts = False
        self._wake()

    # --- the clock ----------------------------------------------------------------------------------------------------

    def _watch(self, until: float) -> None:
        """See to it that the timer goes off no later than `until`."""
        if self._timer is not None:
            if self._timer.when() <= until:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(until, self._look)

    def _look(self) -> None:
        """Look whether the server, or whoever may ask it, has been silent for too long, or the answer is overdue."""
        self._timer = None
        now, waiting = self._loop.time(), self._waiter is not None
        silent = self._heard + (self._read if waiting else IDLE_SECONDS)
        until = min(silent, self._until) if waiting else silent
        if now < until:
            self._watch(until)
        elif waiting:
            self._fail(TimeoutError() if silent <= now else OverdueError())
        elif not self._asked:
            self.abort()

    # --- what asyncio calls -------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # of a stream
        self._heard = self._loop.time()

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if not self._asked or self._over:  # nobody asked for more
            self._lasts = False
            self.abort()
            return
        self._heard, self._begun = self._loop.time(), True
        held = self._held
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            self._over, self._lasts = True, False
        except HttpParserError as error:
            # A second answer that nobody asked for may be anything.
            self._fail(BrokenAnswerError(str(error.__context__ or error)))
        self._wordy = 0 if self._held > held else self._wordy + len(data)
        if self._wordy > LONGEST_HEAD:
            self._fail(BrokenAnswerError("its head is too long"))
        if self._held > _WAITING and not self._paused and not self._transport.is_closing():
            self._transport.pause_reading()
            self._paused = True
        if self._headed or self._over:
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Say what the end means."""
        if self._timer is not None:
            self._timer.cancel()
        if not self._asked:
            self._forget(self)
        elif not self._begun:
            self._fail(HungUpError("the server hung up"))
        elif not self._headed:
            self._fail(BrokenAnswerError("the server hung up"))
        elif exc is None and not self._announced():
            self._over = True
            self._wake()
        elif not self._over:
            self._fail(BrokenAnswerError("the answer broke off before its announced end", "truncated"))

    def _announced(self) -> bool:
        """Whether the answer says where its body ends."""
        said = [(name.lower(), value.strip().lower()) for name, value in self.headers]
        # "identity" is no coding any more, and some servers still say it of a body that ends with the connection.
        return any(
            name == b"content-length" or (name == b"transfer-encoding" and value != b"identity") for name, value in said
        )

    # --- what httptools calls -----------------------------------------------------------------------------------------

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, or count a line behind the body."""
        self._lines += 1
        if self._lines > MOST_HEADERS or len(name) + len(value) > LONGEST_HEADER:
            raise ValueError("too many headers, or one that is too long")
        if not self._headed:
            self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Know the status; what is only interim is passed over."""
        if self._over:
            return
        self.status = self._parser.get_status_code()
        self._lasts = self._parser.should_keep_alive()
        # New interim answers are passed over like the old ones (RFC 9110, 15.2).
        self._headed = self.status == _SWITCHING or not 100 <= self.status < 200
        if not self._headed:
            self.headers = []

    def on_body(self, piece: bytes) -> None:
        """Hold a piece of the body until it is taken."""
        if not self._over:
            self._pieces.append(piece)
            self._held += len(piece)

    def on_message_begin(self) -> None:
        """Notice a second answer: whoever sends one is not asked again over this connection."""
        if self._over:
            self._lasts = False

    def on_message_complete(self) -> None:
        """Know the end of the answer."""
        if self._headed:
            self._over = True
