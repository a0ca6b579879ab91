"""What another site needs to know to show a campaign whose address it was given. Source: https://oembed.com (1.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlencode
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort, current_app, request, url_for
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import InputError
from tracker.store import campaigns
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.drawn import card
from tracker.web.out import embed, tables
from tracker.web.out.atom import NOT_XML
from tracker.web.out.embed import Kind, Size
from tracker.web.shapes.base import full

bp = Blueprint("oembed", __name__)

VERSION = "1.0"
# A site may keep the answer so long, in seconds: what it frames is made anew each time.
KEPT = 24 * 60 * 60
# Pages of a campaign, with what of it is shown in another site.
SHOWN = {"timeline.page": Kind.STRIP, "campaigns.page": Kind.STRIP, "embed.page": Kind.STRIP}


class Format(StrEnum):
    """How the answer is written."""

    JSON = "json"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address of ours means here: a campaign, what of it, and the filters to keep."""

    slug: str
    kind: Kind
    arguments: tuple[tuple[str, str], ...]

    @property
    def path(self) -> str:
        """The path and query of the page that is framed."""
        framed = url_for("embed.framed", slug=self.slug, kind=self.kind.value)
        return f"{framed}?{urlencode(self.arguments)}" if self.arguments else framed


@bp.get("/oembed")
def answer() -> Response:
    """Describe the campaign at `url` within `maxwidth` and `maxheight`, as JSON or, for `format=xml`, as XML.

    404 for an address that is not one of a campaign, 501 for another format, as the specification has it.
    """
    written = request.args.get("format", Format.JSON)
    if written not in list(Format):
        abort(501, f"oEmbed is answered as json or xml, not as “{written[:40]}”.")
    url = request.args.get("url", "").strip()
    if not url:
        raise InputError("oEmbed takes the address of a campaign of this site in “url”; there was none.")
    wanted, most = _wanted(url), Size(_pixels("maxwidth"), _pixels("maxheight"))
    with pages.reading() as session:
        campaign = campaigns.by_slug(session, wanted.slug) if wanted else None
    if wanted is None or campaign is None:
        raise MissingPage(f"Nothing of this site that can be embedded stands at “{url[:200]}”: it takes the address of "
                          "a campaign's timeline.")  # fmt: skip
    size = embed.fitting(wanted.kind, most)
    told: dict[str, str | int] = {
        "version": VERSION,
        "type": "rich",
        "title": f"{campaign.title} (fictional)" if campaign.fictional else campaign.title,
        "provider_name": "Whereas",
        "provider_url": pages.site(),
        "cache_age": KEPT,
        "html": embed.frame(campaign.title, wanted.path, size),
        "width": size.width,
        "height": size.height,
    }
    if (not most.width or most.width >= card.WIDTH) and (not most.height or most.height >= card.HEIGHT):
        told |= {
            "thumbnail_url": full(url_for("previews.campaign", slug=wanted.slug)),
            "thumbnail_width": card.WIDTH,
            "thumbnail_height": card.HEIGHT,
        }
    return tables.as_json(told) if written == Format.JSON else _as_xml(told)


def _wanted(url: str) -> Wanted | None:
    """Return what an address means, or None where it is not ours or not a campaign's. http and https mean the same."""
    scheme, _, rest = url.partition("#")[0].partition("://")
    host = pages.site().partition("://")[2]
    if scheme.lower() not in {"http", "https"} or not rest.lower().startswith(f"{host.lower()}/"):
        return None
    written, _, query = rest[len(host) :].partition("?")
    path = unquote(written)
    if "\0" in path:
        return None
    try:
        endpoint, values = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return None
    given = [(name, value) for name, value in parse_qsl(query) if "\0" not in value]
    if endpoint == "embed.framed":
        kind = Kind(values["kind"])
    elif endpoint in SHOWN:
        kind = Kind.LIST if ("show", Kind.LIST) in given else SHOWN[endpoint]
    else:
        return None
    return Wanted(values["slug"], kind, tuple(pair for pair in given if pair[0] in embed.ARGUMENTS[kind]))


def _pixels(name: str) -> int:
    """Return a largest size from the address, or 0 where none is given; raises InputError for what is none."""
    text = request.args.get(name, "").strip()
    if text and not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise InputError(f"“{name}” takes a number of pixels, not “{text[:40]}”.")
    return int(text[:9] or 0)


def _as_xml(told: Mapping[str, str | int]) -> Response:
    root = ET.Element("oembed")
    for name, value in told.items():
        ET.SubElement(root, name).text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(value))
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type="text/xml; charset=utf-8")
