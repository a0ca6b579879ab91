"""A process that reads answers: `python -m tracker.workflows.reader_process`, started by `readers`.

It speaks over its standard input and output: eight bytes of length, then a pickle. Only its parent writes to it. The
first message says what it may have and what its linker is made from (`Setup`); each further one a reader's name, an
answer and the time of day; what it says back is a `Reading`. It ends when its input does, and by itself when reading
takes far too long: its parent may have been killed.

When everything is loaded and compiled it makes copies of itself, one for each further pair of pipes it was given. What
they share is in memory once. A copy first says its process id over its pipe.
"""

import gc
import os
import pickle
import resource
import signal
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

from tracker.workflows.frames import LENGTH, Setup, framed
from tracker.workflows.reading import read
from tracker.workflows.study import Linker, compiled


def _next(stream: BinaryIO) -> Any:
    """Return the next message; raises EOFError at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    size = LENGTH.unpack(head)[0]
    data = stream.read(size)
    if len(data) < size:  # our parent was ended while it spoke
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - from our own parent, over a pipe


def _copy(pipes: Sequence[tuple[int, int]], others: Sequence[BinaryIO]) -> tuple[BinaryIO, BinaryIO] | None:
    """Make a copy of this process for each pair of pipes; return a copy's questions and answers, None in the first.

    A copy holds nobody else's pipes: who waits at one's other end would not learn that its owner has died.
    """
    for place, (questions, answers) in enumerate(pipes):
        if os.fork():
            os.close(questions)
            os.close(answers)
            continue
        for other in others:
            other.close()
        for pair in pipes[place + 1 :]:
            os.close(pair[0])
            os.close(pair[1])
        said = os.fdopen(answers, "wb")
        said.write(framed(os.getpid()))
        said.flush()
        return os.fdopen(questions, "rb"), said
    # Nobody asks how a copy ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return None


def _serve(questions: BinaryIO, answers: BinaryIO, linker: Linker, most_seconds: int) -> None:
    while True:
        reader, answer, now = _next(questions)
        signal.alarm(most_seconds)
        answers.write(framed(read(reader, answer, linker, now).seal()))
        answers.flush()
        signal.alarm(0)


def main() -> None:
    """Read answers until there are no more."""
    # Whatever a library prints must not get between our messages.
    answers: BinaryIO = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    questions: BinaryIO = sys.stdin.buffer
    try:
        setup: Setup = _next(questions)
        if setup.most_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (setup.most_bytes, setup.most_bytes))
        linker, pipes, most_seconds = compiled(setup.recipe), setup.pipes, setup.most_seconds
        del setup
        # What was made so far stays; looking through it again and again for garbage takes a tenth of the time.
        gc.collect()
        gc.freeze()
        questions, answers = _copy(pipes, (questions, answers)) or (questions, answers)
        _serve(questions, answers, linker, most_seconds)
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
