"""Tables. Importing this package loads every model file, as migrations and the list of kinds need."""

import importlib
import pkgutil

from tracker.models.base import CampaignObject, ObjectDetail, Parts, metadata

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")


def kinds() -> dict[str, type[ObjectDetail]]:
    """Return every kind of campaign object by its code."""
    return {detail.kind: detail for detail in ObjectDetail.__subclasses__()}


__all__ = ["CampaignObject", "ObjectDetail", "Parts", "kinds", "metadata"]
