"""Style, script and fonts, served by ourselves under an address that changes with their content, kept for a year."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, Response, send_from_directory

FOLDER = Path(__file__).resolve().parent / "static"
FOREVER = "public, max-age=31536000, immutable"


def version_of(folder: Path) -> str:
    """Return a short hash over the names and bytes of all files below `folder`.

    One hash for all of them, in the path: a style sheet's relative address of a font is then a new one as well.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def register(app: Flask) -> None:
    """Serve the static folder and put its version into every address made for it."""
    current = version_of(FOLDER)

    def static(version: str, filename: str) -> Response:
        response = send_from_directory(FOLDER, filename, max_age=0)
        if version == current:
            response.headers["Cache-Control"] = FOREVER
        return response

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", current)

    app.add_url_rule("/static/<version>/<path:filename>", "static", static)
    app.url_defaults(add_version)
