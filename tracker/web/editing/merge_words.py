"""What is said once a merge was undone, of objects and of organisations alike."""

from tracker.web.language import gettext


def undone(left: int) -> str:
    """Return that a merge is undone, and how many values stay as they are because they were changed since."""
    said = gettext("The merge is undone.")
    if left:
        said += " " + gettext("%(count)s values were changed since and stay as they are.") % {"count": left}
    return said
