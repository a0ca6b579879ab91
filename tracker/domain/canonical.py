"""One spelling for addresses, organisations and headlines, so that the same thing is met as the same.

A canonical address is an identity, not an address to fetch: what only says how a reader came is dropped. Scheme and
"www." are kept, because they may lead to different pages.
"""

import ipaddress
import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from tracker.domain.text import fold, words

_LONGEST_URL = 4096
_LONGEST_PLAIN = 250  # no host can then be too long
_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"""(?x)
    (?: utm | mc | at | hsa | pk | piwik | mtm | matomo | ns | wt )_.* | wt\..* | __twitter_.*
    | _ga | _gl | _hsenc | _hsmi | _openstat | cmp | cmpid | dclid | emci | emdi | epik | ceid
    | fb_action_ids | fb_action_types | fb_ref | fb_source | fbclid | ftag | gbraid | gclid | gclsrc | guccounter
    | guce_referrer | guce_referrer_sig | icid | igsh | igshid | li_fat_id | mkt_tok | msclkid | ncid | ocid
    | oly_anon_id | oly_enc_id | ref_src | ref_url | rss_id | s_cid | sc_cid | smid | spm | sr_share | srsltid | soc_src
    | soc_trk | taid | trk_(?:contact|msg|module|sid) | ttclid | twclid | vero_conv | vero_id | wbraid | wickedid | xtor
    | yclid
    """,
    re.DOTALL,
)
_AMP_SWITCHES = {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")}
_RSS_MARKS = re.compile(r"(partner|emc|source|ref|feed|from)=(rss|feed|rss_?feed|rssnyt|rss20?)", re.IGNORECASE)
# Mobile hosts known to serve the same paths as their counterparts. Others may not, so they are left alone.
_DESKTOP = {
    "mobile.twitter.com": "twitter.com",
    "m.twitter.com": "twitter.com",
    "mobile.reuters.com": "www.reuters.com",
    "m.youtube.com": "www.youtube.com",
    "m.facebook.com": "www.facebook.com",
    "amp.theguardian.com": "www.theguardian.com",
}
_MOBILE_WIKI = re.compile(r"([a-z-]{2,12})\.m\.(wikipedia|wikinews|wikisource)\.org", re.ASCII)
_AMP_CACHE = re.compile(r"/(?:amp|[cv])(?:/s)?/([^/]+\.[^/]+)(/.*)?", re.DOTALL)
_AMP_PATH = re.compile(r"(.*/[^/]*[-_\d][^/]{5,})/amp/?", re.DOTALL)  # only behind a slug: /guitars/amp is a page
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "!$%&'()*+,/:;=@~"
_QUERY_SAFE = _PATH_SAFE + "?"
# An address that is canonical as it stands: most are, and taking it apart to find that out is slow. What has a part
# that some rule below looks at (a dot segment, an escape, a query, AMP, a mobile host) is not among them.
_PLAIN = re.compile(
    r"https?://(?!(?:mobile|m|amp)\.)(?:[a-z0-9_-]+\.)*[a-z0-9_-]+/[A-Za-z0-9/_~!$&'()*+,:;=@-]*"
    r"(?:(?<!/)\.[A-Za-z0-9_~-]+/?)?",
    re.ASCII,
)
_NOT_PLAIN = ("/amp", ".m.", "google.com/", ".ampproject.")


def canonical_url(url: str | None) -> str | None:
    """Return the identity of a web page's address, or None when it is no http or https address. Never raises.

    Host in lower case and ASCII, no default port, no fragment, no tracking parameters (the others keep their order),
    no user name; AMP and mobile forms lead to the page itself where that is known to be safe.
    """
    if url and len(url) <= _LONGEST_PLAIN and _PLAIN.fullmatch(url) and not any(part in url for part in _NOT_PLAIN):
        return url
    return _worked_out(url)


def _worked_out(url: str | None) -> str | None:
    parts = _split(url)
    if parts is None:
        return None
    for _ in range(3):  # an AMP cache may hold a redirector's address
        inner = _split(_unwrapped(parts))
        if inner is None:
            break
        parts = inner
    return _assembled(parts)


def _split(url: str | None) -> SplitResult | None:
    if not url or len(url) > _LONGEST_URL:
        return None
    try:
        parts = urlsplit("".join(mark for mark in url.strip() if mark.isprintable()).replace(" ", "%20"))
        usable = parts.scheme in _PORTS and "\\" not in parts.netloc and "@" not in parts.netloc and _host(parts)
        _ = parts.port
    except ValueError:
        return None
    return parts if usable else None


def _host(parts: SplitResult) -> str:
    """Return the host in ASCII and lower case, in brackets when it is an IPv6 address, "" when it is none."""
    host = (parts.hostname or "").rstrip(".").lower()
    if ":" in host:
        return "" if "%" in host else f"[{ipaddress.IPv6Address(host)}]"
    if len(host) > 253:
        return ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = _DESKTOP.get(host, host)
    host = _MOBILE_WIKI.sub(r"\1.\2.org", host)
    return host if re.fullmatch(r"[a-z0-9_.-]+", host, re.ASCII) and ".." not in host and host[0] != "." else ""


def _unwrapped(parts: SplitResult) -> str | None:
    """Return the address that a redirector or an AMP cache carries within its own."""
    host = _host(parts)
    if host in {"www.google.com", "google.com"} and parts.path == "/url":
        query = dict(parse_qsl(parts.query, max_num_fields=50))
        return query.get("url") or query.get("q")
    if host.endswith(".cdn.ampproject.org") or (host in {"www.google.com", "google.com"}):
        found = _AMP_CACHE.fullmatch(parts.path)
        if found:
            return f"https://{unquote(found[1])}{found[2] or '/'}" + (f"?{parts.query}" if parts.query else "")
    return None


def _assembled(parts: SplitResult) -> str:
    host = _host(parts)
    port = f":{parts.port}" if parts.port not in {None, _PORTS[parts.scheme]} else ""
    path = _without_dots(_escaped(parts.path, _PATH_SAFE)) or "/"
    if amp := _AMP_PATH.fullmatch(path):
        path = amp[1]
    pairs = (pair for pair in _escaped(parts.query, _QUERY_SAFE).split("&") if pair and not _is_tracking(pair))
    query = "&".join(pairs)
    return f"{parts.scheme}://{host}{port}{path}" + (f"?{query}" if query else "")


def _escaped(part: str, safe: str) -> str:
    """Return the part with one spelling of percent-escapes: none for plain letters, capitals for the rest."""
    tidy = _ESCAPE.sub(lambda found: _plain_or_capital(int(found[1], 16)), part)
    tidy = re.sub(r"%(?![0-9A-F]{2})", "%25", tidy)
    return quote(tidy, safe=safe, errors="replace")


def _plain_or_capital(byte: int) -> str:
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"


def _without_dots(path: str) -> str:
    """Resolve "." and ".." as RFC 3986, 5.2.4 does; empty segments stay, some sites need them."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = unquote(name).lower()
    return (
        _TRACKING.fullmatch(name) is not None
        or (name, value.lower()) in _AMP_SWITCHES
        or _RSS_MARKS.fullmatch(pair) is not None
    )


# Legal forms, as they stand at the end of a name once dots are gone.
_LEGAL_FORM = re.compile(
    r"""(?x)
    inc | incorporated | corp | corporation | co | company | ltd | limited | llc | llp | lp | plc | pbc | pllc | gmbh
    | ag | kg | kgaa | se | sa | sas | sarl | spa | srl | bv | nv | ab | as | asa | oy | oyj | aps | kk | pty | pte
    | bhd | cv | sl | slu | sro | zrt | nyrt | ulc
    """
)
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}|\b[a-z](?:\.[a-z])+\b")
_DOMAIN_END = re.compile(r"\.(?:com|org|net)$")
_STATE_OF_EDGAR = re.compile(r"\s*[/\\][a-z]{2,3}[/\\]?\s*$|\s*/\s*$")


def organization_key(name: str) -> str:
    """Return a name for comparison: "Amazon.com, Inc." and "AMAZON COM INC" are both "amazon".

    Case, accents, punctuation, "the", legal forms at the end and a web ending of a one-word name do not count. A name
    of nothing but these keeps them: "The Limited" is "limited". Different names may share a key; ask for the CIK.
    """
    key = _shortened(name)
    while (shorter := _shortened(key)) != key:
        key = shorter
    return key


def _shortened(name: str) -> str:
    text = _STATE_OF_EDGAR.sub("", fold(name).strip())
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    text = text.replace("&", " and ").replace("'s ", "s ")
    tokens = [token for part in re.split(r"[^\w.+]+|_", text) if (token := part.strip("."))]
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    while len(tokens) > 1 and _LEGAL_FORM.fullmatch(tokens[-1]):
        tokens = tokens[:-1]
    if len(tokens) == 2 and tokens[1] == "com":
        tokens = tokens[:1]
    if len(tokens) == 1:
        tokens = [_DOMAIN_END.sub("", tokens[0]) or tokens[0]]
    return " ".join(part for token in tokens for part in token.split(".") if part)


_OUTLET = re.compile(r"^(.{15,})\s+(?:\|+|[-–—•·»:]{1,2})\s+([^|•·»]{2,40})$", re.DOTALL)
_SURE_OUTLET = re.compile(r"^(.{10,}?)\s+[|•·»]\s+[^|]{2,60}$", re.DOTALL)


def title_key(title: str, publisher: str = "") -> str:
    """Return a headline for comparison: case, accents, punctuation and the outlet's name at its end do not count.

    "… | Reuters" goes always, "… - Reuters" when `publisher` says so or at most four capitalised words follow five.
    """
    text = " ".join(title.split())
    if found := _SURE_OUTLET.match(text):
        return _headline_key(found[1])
    if (found := _OUTLET.match(text)) and _is_outlet(found[1], found[2], publisher):
        return _headline_key(found[1])
    return _headline_key(text)


def _headline_key(text: str) -> str:
    return " ".join(words(text)).replace("'", "")


def _is_outlet(headline: str, ending: str, publisher: str) -> bool:
    if publisher and organization_key(ending) == organization_key(publisher):
        return True
    named = ending.split()
    return (
        not publisher
        and len(named) <= 4
        and len(headline.split()) >= 5
        and all(word[0].isupper() or word in {"of", "the", "and", "for"} for word in named)
    )
