"""What a change of a published fact is called, and when one value only says another more exactly."""

from enum import StrEnum

from tracker.domain.dates import PartialDate


class CorrectionKind(StrEnum):
    """What was done to what readers could see."""

    CORRECTED = "corrected"
    MADE_EXACT = "made_exact"
    TAKEN_OUT = "taken_out"
    RESTATED = "restated"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SHOWN_AGAIN = "shown_again"
    UNLINKED = "unlinked"
    RELINKED = "relinked"
    TOLD_APART = "told_apart"
    TOLD_TOGETHER = "told_together"


CORRECTION_WORDS = {
    CorrectionKind.CORRECTED: "Corrected",
    CorrectionKind.MADE_EXACT: "Made more exact",
    CorrectionKind.TAKEN_OUT: "Taken out",
    CorrectionKind.RESTATED: "Restated by the source",
    CorrectionKind.WITHDRAWN: "Withdrawn",
    CorrectionKind.MERGED: "Merged",
    CorrectionKind.SHOWN_AGAIN: "Shown again",
    CorrectionKind.UNLINKED: "Document taken off",
    CorrectionKind.RELINKED: "Link changed",
    CorrectionKind.TOLD_APART: "Reports told apart",
    CorrectionKind.TOLD_TOGETHER: "Reports put together",
}


def is_nothing(value: object) -> bool:
    """Return whether a column holds no value: one that gets its first value is completed, not corrected."""
    return value is None or value == ""


def same(before: object, after: object) -> bool:
    """Return whether readers see no difference: spaces and line ends do not count."""
    if isinstance(before, str) and isinstance(after, str):
        return before.split() == after.split()
    return before == after


def kind_of(before: object, after: object) -> CorrectionKind:
    """Return what replacing one value by another is: taken out, made more exact, or corrected.

    A date is made more exact when the new one lies within the old one. Raises ValueError when nothing stood before.
    """
    if is_nothing(before):
        raise ValueError("a value that nobody could see is not corrected")
    if is_nothing(after):
        return CorrectionKind.TAKEN_OUT
    if isinstance(before, PartialDate) and isinstance(after, PartialDate) and _within(after, before):
        return CorrectionKind.MADE_EXACT
    return CorrectionKind.CORRECTED


def _within(narrow: PartialDate, wide: PartialDate) -> bool:
    """Return whether every day that one date may be is one that the other may be, and not the other way round."""
    begins = wide.earliest is None or (narrow.earliest is not None and narrow.earliest >= wide.earliest)
    ends = wide.latest is None or (narrow.latest is not None and narrow.latest <= wide.latest)
    return begins and ends and (narrow.earliest, narrow.latest) != (wide.earliest, wide.latest)
