"""The reading interface, version 1: everything that pages show, as JSON, described by OpenAPI 3.1.

Addresses below /api/v1 keep their meaning: fields may be added, none is taken away or given another meaning; that would
be version 2. Everybody may read it, from any site; to add something takes a token (`acting`, `writing`).
"""

from tracker.web.api import (
    acting,
    archive,
    base,
    comparisons,
    corrections,
    objects,
    parties,
    search,
    timelines,
    writing,
)
from tracker.web.api.base import bp

# Importing the others puts their addresses on the blueprint.
__all__ = [
    "acting",
    "archive",
    "base",
    "bp",
    "comparisons",
    "corrections",
    "objects",
    "parties",
    "search",
    "timelines",
    "writing",
]
