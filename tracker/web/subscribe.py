"""Leaving the digest: the link in every mail opens a page with one button, and a mail program may press it for you."""

from flask import Blueprint, render_template

from tracker.web.identity import csrf
from tracker.web.pages import runtime
from tracker.workflows.subscribe import unsubscribe

bp = Blueprint("subscribe", __name__)
# A mail program that presses the button has been on no page of ours (RFC 8058).
csrf.exempt(bp)


@bp.get("/u/<token>")
def leave(token: str) -> str:
    """Ask before anything is changed: programs that look at links in mail must not unsubscribe their readers."""
    return render_template("subscribe/leave.html", token=token)


@bp.post("/u/<token>")
def left(token: str) -> str:
    """End the subscription: no cookie and no redirect, as RFC 8058 asks for one-click unsubscription.

    The token in the address is the right to do it, so there is nothing a forged request could add.
    """
    now = unsubscribe(runtime(), token=token)
    return render_template("subscribe/left.html", now=now)
