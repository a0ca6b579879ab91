"""Telling a bot wall from what was asked for: a page that wants a browser, a click or a captcha before it lets one in.

Such a page often comes with status 200. Taken for an answer it would make a feed look empty, or a watched page changed.
"""

import re
from collections.abc import Mapping

# What a wall says of itself in a header: name, and how its value begins.
_HEADERS = {
    "cf-mitigated": "challenge",  # Cloudflare
    "x-amzn-waf-action": "",  # Amazon's web application firewall: challenge or captcha
    "x-datadome": "protected",
}
_TITLES = (
    "just a moment",
    "attention required",
    "access denied",
    "access to this page has been denied",
    "please wait...",
    "checking your browser",
    "one more step",
    "security check",
    "are you a robot",
    "are you human",
    "human verification",
    "verify you are human",
    "verifying you are human",
    "robot or human",
    "pardon our interruption",
    "request unsuccessful",
    "request rejected",
    "ddos-guard",
    "captcha",
)
# Scripts and forms of walls. Ordinary pages carry some of them as well, so they decide only where there is little else.
_MACHINERY = (
    b"_cf_chl_opt",
    b"cf-challenge",
    b"captcha-delivery.com",
    b"px-captcha",
    b"_incapsula_resource",
    b"awswafcaptcha",
    b"awswafintegration",
    b"g-recaptcha",
    b"h-captcha",
    b"cf-turnstile",
    b"distil_r_captcha",
    b"sucuri_cloudproxy",
)
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
# What opens something a reader does not see, and what closes it.
_UNSEEN = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style"), (b"<noscript", b"</noscript"))
_READ = 256 * 1024  # walls are small
_LITTLE_TEXT = 1500


def mark_of_a_wall(headers: Mapping[str, str], body: bytes, *, page_wanted: bool) -> str | None:
    """Return what shows that this answer is a bot wall, None when nothing does.

    `headers` has names in lower case, `body` may be cut short. With `page_wanted` an HTML page is what was asked for,
    so only a header or an unmistakable page counts.
    """
    for name, start in _HEADERS.items():
        if name in headers and headers[name].strip().lower().startswith(start):
            return f"the header {name}: {headers[name][:40]}"
    start_of_body = body[:_READ]
    if not _is_page(headers.get("content-type", ""), start_of_body):
        return None
    title = _wall_title(start_of_body)
    machinery = _machinery(start_of_body)
    if page_wanted:
        sure = (title and (machinery or _is_nearly_empty(body, 400))) or (machinery and _is_nearly_empty(body, 100))
    else:
        sure = title or (machinery and _is_nearly_empty(body, _LITTLE_TEXT))
    return (title or machinery) if sure else None


def _is_page(content_type: str, body: bytes) -> bool:
    start = body[:1024].lstrip().lower()
    if b"<rss" in start or b"<feed" in start or b"<rdf:rdf" in start:
        return False
    return "html" in content_type.lower() or start.startswith((b"<!doctype html", b"<html"))


def _wall_title(body: bytes) -> str | None:
    found = _TITLE.search(body)
    title = " ".join(found[1].decode("utf-8", errors="replace").split()) if found else ""
    return f"the title {title[:60]!r}" if title.lower().startswith(_TITLES) else None


def _machinery(body: bytes) -> str | None:
    lower = body.lower()
    found = next((mark for mark in _MACHINERY if mark in lower), None)
    return f"{found.decode()} in the page" if found else None


def _is_nearly_empty(body: bytes, most: int) -> bool:
    """Return whether a reader would see at most `most` letters; a long page is none, whatever is in it."""
    if len(body) > _READ:
        return False
    page = body.lower()
    seen = 0
    at = 0
    # Each search begins where the last one ended, so that no arrangement of brackets takes long.
    while at < len(page) and seen <= most:
        tag = page.find(b"<", at)
        text = page[at:] if tag < 0 else page[at:tag]
        seen += len(b" ".join(text.split()))
        if tag < 0:
            break
        closing = next((end for start, end in _UNSEEN if page.startswith(start, tag)), b">")
        end = page.find(closing, tag)
        at = len(page) if end < 0 else end + len(closing)
    return seen <= most
