"""A story's page: who tells of one event, and why each is counted among them."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.store import story_page
from tracker.web import pages
from tracker.web.absent import MissingPage

bp = Blueprint("stories", __name__)


@bp.get("/stories/<id:story_id>")
def page(story_id: int) -> str | Response:
    """Show a story; one that became part of another leads there."""
    with pages.reading() as session:
        found = story_page.story(session, story_id)
    if found is None:
        raise MissingPage(f"No story has the number {story_id}, or it was taken apart.")
    if found.story_id != story_id:
        return redirect(url_for("stories.page", story_id=found.story_id), code=301)
    return render_template("stories/page.html", story=found)
