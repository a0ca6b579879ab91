"""A process that reads answers: `python -m tracker.workflows.reader_process`, started by `readers`.

It speaks over its standard input and output: eight bytes of length, then a pickle. Only its parent writes to it. The
first message is the memory and the seconds it may have and the recipe of its linker; each further one a reader's name,
an answer and the time of day; what it says back is a `Reading`. It ends when its input does, and by itself when reading
takes far too long: its parent may have been killed.
"""

import gc
import os
import pickle
import resource
import signal
import sys
from typing import Any, BinaryIO

from tracker.workflows.frames import LENGTH, framed
from tracker.workflows.reading import read
from tracker.workflows.study import compiled


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


def main() -> None:
    """Read answers until there are no more."""
    # Whatever a library prints must not get between our messages.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    questions = sys.stdin.buffer
    try:
        most_bytes, most_seconds, recipe = _next(questions)
        if most_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        linker = compiled(recipe)
        # What was made so far stays; looking through it again and again for garbage takes a tenth of the time.
        gc.collect()
        gc.freeze()
        while True:
            reader, answer, now = _next(questions)
            signal.alarm(most_seconds)
            answers.write(framed(read(reader, answer, linker, now)))
            answers.flush()
            signal.alarm(0)
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
