"""How the parent and the processes that read speak: eight bytes of length, then a pickle, over a pipe of our own."""

import pickle
import struct
from typing import Any

LENGTH = struct.Struct(">Q")


def framed(value: Any) -> bytes:
    """Return a value as one message."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data
