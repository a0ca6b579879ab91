"""The reading interface, version 1: everything that pages show, as JSON, described by OpenAPI 3.1.

Addresses below /api/v1 keep their meaning: fields may be added, none is taken away or given another meaning; that would
be version 2. Nothing can be changed through it. Everybody may read it, from any site.
"""

from tracker.web.api import archive, base, comparisons, corrections, objects, parties, search, timelines
from tracker.web.api.base import bp

# Importing the others puts their addresses on the blueprint.
__all__ = ["archive", "base", "bp", "comparisons", "corrections", "objects", "parties", "search", "timelines"]
