"""What an act may be about, and whether a person or a program did it."""

from enum import StrEnum


class About(StrEnum):
    """Whose history an act belongs to."""

    OBJECT = "object"
    DOCUMENT = "document"
    CAMPAIGN = "campaign"
    ORGANIZATION = "organization"
    PERSON = "person"
    PRODUCT = "product"
    FAMILY = "family"
    NAME = "name"
    SOURCE = "source"
    SUBSCRIBER = "subscriber"
    ACCOUNT = "account"
    MODEL = "model"


# What an administrator did about people's accounts and mails is shown to administrators alone.
CONFIDENTIAL = frozenset({About.SUBSCRIBER, About.ACCOUNT})

PROGRAMS = frozenset({"campaign file", "demo campaign file", "rule"})


def is_program(name: str) -> bool:
    """Return whether an act's author is a reader, a rule or a file ("reader: voting results"), not somebody's name."""
    return name in PROGRAMS or name.partition(":")[0] in {"reader", "rule", "model"}
