"""Whether readers see a campaign: withdrawn with a reason, brought back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.store import campaigns
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext
from tracker.web.pages import runtime
from tracker.workflows.publish_campaign import bring_back_campaign, withdraw_campaign

bp = Blueprint("publishing_campaigns", __name__)


@bp.get("/campaigns/<slug>/state")
@needs(Role.PUBLISHER)
def page(slug: str) -> ResponseReturnValue:
    """Show whether readers see a campaign, and what withdrawing it changes."""
    return _shown(slug, {})


@bp.post("/campaigns/<slug>/withdraw")
@needs(Role.PUBLISHER)
def withdraw(slug: str) -> ResponseReturnValue:
    """Withdraw a campaign; its addresses say why."""
    try:
        withdraw_campaign(runtime(), slug, by=signed_in().name, reason=_why())
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except (ConflictError, InputError) as error:
        return _shown(slug, {"why": str(error)}), 422
    flash(gettext("It is withdrawn. Its address tells the reason."))
    return redirect(url_for(".page", slug=slug), 303)


@bp.post("/campaigns/<slug>/bring-back")
@needs(Role.PUBLISHER)
def bring_back(slug: str) -> ResponseReturnValue:
    """Show a withdrawn campaign again."""
    try:
        bring_back_campaign(runtime(), slug, by=signed_in().name, why=_why())
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    except (ConflictError, InputError) as error:
        return _shown(slug, {"why": str(error)}), 422
    flash(gettext("It is shown again."))
    return redirect(url_for(".page", slug=slug), 303)


def _why() -> str:
    return request.form.get("why", "")


def _shown(slug: str, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        campaign = campaigns.by_slug(session, slug) or campaigns.withdrawn(session, slug)
        if campaign is None:
            raise MissingPage(gettext("No campaign has this name."))
        hanging = campaigns.hanging(session, campaign.id or 0)
    return render_template("publishing/campaign.html", campaign=campaign, hanging=hanging, errors=errors, why=_why())
