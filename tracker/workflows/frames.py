"""How the parent and the processes that read speak: eight bytes of length, then a pickle, over a pipe of our own."""

import pickle
import struct
from dataclasses import dataclass
from typing import Any

from tracker.workflows.readings import Recipe

LENGTH = struct.Struct(">Q")


def framed(value: Any) -> bytes:
    """Return a value as one message."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data


@dataclass(frozen=True, slots=True)
class Setup:
    """The first message: address space in bytes (0: any), seconds for one answer, what the linker is made from.

    `pipes` are those of the copies that the process makes of itself: where each reads questions, where it answers.
    """

    most_bytes: int
    most_seconds: int
    recipe: Recipe
    pipes: tuple[tuple[int, int], ...] = ()
