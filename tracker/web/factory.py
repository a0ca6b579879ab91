"""create_app(): the site over one runtime. Page groups are found by their `bp`; the rest is headers and errors."""

import gc
import importlib
import pkgutil
import re
from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.openapi import OpenAPI
from werkzeug.exceptions import NotFound, RequestEntityTooLarge
from werkzeug.http import generate_etag
from werkzeug.routing import IntegerConverter, Map

import tracker.web
from tracker.domain.accounts import may
from tracker.domain.errors import InputError
from tracker.domain.vocab import Role
from tracker.settings import PROJECT
from tracker.web import access, api, assets, errors, health_line, identity, language, words
from tracker.web.language import gettext, later
from tracker.web.pages import address, as_file, object_url, site, with_arguments, with_toggled
from tracker.web.problems import Problem, not_understood
from tracker.workflows.runtime import Runtime

# Nothing is loaded from elsewhere, nothing inline is run or drawn: an archived page cannot reach out of our copy of it.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
# The moment of an answer says nothing of what was answered: a program need not fetch the same again each second.
AS_OF = re.compile(rb'"as_of": ?"[^"]*"')
# Bytes of a typed form as it is sent: a text of 200,000 letters that are sent as six bytes each, and much besides.
LARGEST_FORM = 4_000_000
NAVIGATION = (
    (later("Campaigns"), "campaigns"),
    (later("Companies"), "companies"),
    (later("Resolutions"), "resolutions"),
    (later("Letters"), "letters"),
    (later("Contracts"), "contracts"),
    (later("Compare"), "comparisons"),
    (later("Calendar"), "calendar"),
    (later("Sources"), "sources"),
    (later("Search"), "search"),
)
# Only for who is signed in, with the role it takes at least; an entry stands once its group has an `index`.
EDITING = (
    (later("Review"), "review", Role.EDITOR),
    (later("Edit"), "edit", Role.EDITOR),
    (later("Import"), "imports", Role.EDITOR),
    (later("Organisations"), "parties", Role.EDITOR),
    (later("Commitments"), "commitments", Role.EDITOR),
    (later("History"), "history", Role.EDITOR),
    (later("My declarations"), "intentions", Role.READER),
    (later("Accounts"), "people", Role.ADMINISTRATOR),
    (later("Tend"), "tend_sources", Role.ADMINISTRATOR),
)
BELONGS_TO = {
    "timeline": "campaigns",
    "timeline_print": "campaigns",
    "fund_votes": "resolutions",
    "resolution_text": "resolutions",
}


def stays() -> None:
    """Tell the collector of garbage that all made so far stays, so that no page waits while it is gone through.

    For whoever serves, once, after `create_app`: it holds for the whole process.
    """
    gc.collect()
    gc.freeze()


def create_app(runtime: Runtime, catalogues: Path = language.CATALOGUES) -> Flask:
    """Return the site; it reads through `runtime.engine` and knows the day only from `runtime.clock`.

    `catalogues` is the folder with the messages of other languages than English.
    """
    app = OpenAPI(
        __name__,
        info=api.base.INFO,
        doc_ui=False,
        security_schemes={"token": {"type": "http", "scheme": "bearer"}},
        validation_error_model=Problem,
        validation_error_callback=not_understood,
        static_folder=None,
        template_folder=str(PROJECT / "templates"),
    )
    app.extensions["runtime"] = runtime
    app.url_map.strict_slashes = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(words.FILTERS)
    app.jinja_env.globals.update(
        as_file=as_file,
        object_url=object_url,
        person=access.person,
        site=site,
        url_for=address,
        with_arguments=with_arguments,
        with_toggled=with_toggled,
    )
    language.register(app, runtime.settings.languages, catalogues)
    app.url_map.converters["id"] = RowId
    app.before_request(_refuse_nul)
    app.before_request(_refuse_large_form)
    identity.register(app, runtime)
    assets.register(app)
    errors.register(app)
    health_line.register(app)
    for blueprint in _page_groups():
        if isinstance(blueprint, APIBlueprint):
            app.register_api(blueprint)
        else:
            app.register_blueprint(blueprint)
    app.context_processor(lambda: {"navigation": list(_navigation()), "editing": list(_editing())})
    app.after_request(_finish)
    return app


class RowId(IntegerConverter):
    """A row's number in an address: no longer and no larger than the databases take; anything else is no page."""

    regex = r"\d{1,10}"

    def __init__(self, routes: Map) -> None:
        """Set the largest number that a column of ids holds, on PostgreSQL a signed 32-bit one."""
        super().__init__(routes, min=1, max=2**31 - 1)


def _refuse_nul() -> None:
    """Refuse an address with U+0000 before any page reads it: no name here has one, and PostgreSQL takes none."""
    if "\0" in request.path:
        raise NotFound("An address cannot hold the character U+0000.")
    if any("\0" in text for pair in request.args.items(multi=True) for text in pair):
        raise InputError("A filter cannot hold the character U+0000.")


def _refuse_large_form() -> None:
    """Refuse a form that nobody can have typed before it is read; files come another way (multipart)."""
    size = request.content_length or 0
    if request.mimetype == "application/x-www-form-urlencoded" and size > LARGEST_FORM:
        raise RequestEntityTooLarge(
            f"This form has {size / 10**6:.1f} MB, and {LARGEST_FORM // 10**6} MB are the most. Nothing was kept: go "
            "back and shorten its longest text, or attach it as a document."
        )


def _page_groups() -> Iterable[Blueprint]:
    """Yield the blueprint of every module of this package and its rooms that has one."""
    seen = set()
    for found in pkgutil.walk_packages(tracker.web.__path__, "tracker.web."):
        blueprint = getattr(importlib.import_module(found.name), "bp", None)
        if isinstance(blueprint, Blueprint) and blueprint not in seen:
            # The parts of the interface share one.
            seen.add(blueprint)
            yield blueprint


def _navigation() -> Iterable[tuple[str, str, bool]]:
    """Yield label, address and whether it is open, for each page group of the menu.

    Pages without a place of their own stand under another group's.
    """
    here = BELONGS_TO.get(request.blueprint or "", request.blueprint)
    for label, group in NAVIGATION:
        yield gettext(label), url_for(f"{group}.index"), group == here


def _editing() -> Iterable[tuple[str, str, bool]]:
    """Yield the same for the groups that are for who is signed in, as far as their role lets them."""
    who = access.person()
    for label, group, role in EDITING if who else ():
        if who and may(who.role, role) and f"{group}.index" in current_app.view_functions:
            yield gettext(label), url_for(f"{group}.index"), group == request.blueprint


def _finish(response: Response) -> Response:
    """Add the security headers; let a browser ask whether a page it has is still the same."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype != "text/html":
        # What is given to programs may be read by any site: it is the same for everybody.
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
    if not identity.same_for_all() and access.person() is not None:
        # What somebody sees who is signed in is nobody else's; where secrets are shown the page has said "no-store".
        response.headers.setdefault("Cache-Control", "private, no-cache")
    if response.status_code == 200 and request.method in {"GET", "HEAD"} and not response.is_streamed:
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.mimetype == "application/json":
            response.set_etag(generate_etag(AS_OF.sub(b"", response.get_data(), count=1)), weak=True)
        response.add_etag()
        response.make_conditional(request)
    return response
