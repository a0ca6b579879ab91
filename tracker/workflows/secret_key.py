"""The key that cookies are signed with: from the settings, or made once into the data folder."""

import logging
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from tracker.settings import Settings

log = logging.getLogger(__name__)

FILE = "secret-key"
BYTES = 32


def secret_key(settings: Settings) -> str:
    """Return it. Where the data folder cannot be written it holds for this process alone, and the log says so."""
    return settings.secret_key or _kept(settings.data_dir)


@cache
def _kept(folder: Path) -> str:
    """Return the key of a data folder, made where there is none yet."""
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Written beside and linked: of two processes that start at once both read the same whole key.
        beside = path.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
        if not path.exists():
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
                file.write(secrets.token_hex(BYTES))
            with suppress(FileExistsError):
                os.link(beside, path)
            beside.unlink()
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        log.warning("no secret key could be kept, so sessions end with this process", extra={"error": str(error)})
        kept = ""
    return kept or secrets.token_hex(BYTES)
