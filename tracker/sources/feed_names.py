"""Which elements of a feed `feed_xml` may pass over, because they tell nothing that feedparser would put into an entry.

feedparser goes by names rather than by structure: an element of any name space may end up as an entry's title or
summary. So what is not known to be harmless here sends the feed to feedparser.
"""

from collections.abc import Iterable
from functools import lru_cache

ATOM, RSS1 = "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CONTENT, DC = "http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/"
XML = "http://www.w3.org/XML/1998/namespace"
NO_MATTER = frozenset({f"{{{XML}}}lang", f"{{{XML}}}space"})  # attributes
MEDIA_TITLE = "title of a picture or a film"

_NETSCAPE = "http://my.netscape.com/rdf/simple/0.9/"
# The name spaces that mean something to feedparser, in lower case, and its own prefix for each ("" is that of feeds).
_OLD_FEEDS = (
    "http://blogs.law.harvard.edu/tech/rss", "http://example.com/newformat#", "http://example.com/necho",
    "http://purl.org/echo/", "uri/of/echo/namespace#", "http://purl.org/pie/", "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/modules/rss091#", _NETSCAPE,
)  # fmt: skip
HANDLED = {
    **dict.fromkeys((ATOM.lower(), RSS1, *_OLD_FEEDS), ""),
    "http://webns.net/mvcb/": "admin",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    CONTENT: "content",
    DC: "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://podlove.org/simple-chapters": "psc",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
# A prefix of these, bound to something else, would be taken for what it usually means, or make a name that is read.
_MEANINGFUL = frozenset({
    *HANDLED.values(), "author", "authors", "created", "feed", "guidislink", "id", "language", "link", "published",
    "publisher", "rss", "source", "summary", "title", "updated", "xml",
})  # fmt: skip

_ANY = None
_DC = frozenset({"coverage", "format", "identifier", "relation", "rights", "source", "subject", "type"})
_MEDIA = frozenset({
    "category", "community", "content", "copyright", "credit", "group", "hash", "keywords", "player", "rating",
    "starRating", "statistics", "text", "thumbnail",
})  # fmt: skip
_IN_ENTRIES = {
    "admin": _ANY,
    "cc": _ANY,
    "creativecommons": _ANY,
    "dc": _DC,
    "itunes": frozenset({
        "block", "duration", "episode", "episodeType", "explicit", "image", "keywords", "order", "season", "subtitle",
        "title",
    }),
    "media": _MEDIA,
}  # fmt: skip
_IN_FEEDS = {
    "admin": _ANY,
    "cc": _ANY,
    "creativecommons": _ANY,
    "dc": _DC | {"creator", "date", "publisher"},
    "feedburner": _ANY,
    "itunes": _ANY,
    "media": _MEDIA - {"content", "group"},
}
_WORDPRESS = {"{com-wordpress:feed-additions:1}post-id", "{com-wordpress:feed-additions:1}site"}


def is_usual(declared: Iterable[tuple[str | None, str]], *, forbidden: Iterable[str]) -> bool:
    """Whether all prefixes of a document mean what they seem to mean, and no name space is among the `forbidden`."""
    bound: dict[str, str] = {}
    unwanted = {uri.lower() for uri in forbidden}
    for prefix, uri in declared:
        lower = uri.lower()
        if lower in unwanted or "backend.userland.com/rss" in lower:
            return False
        if prefix is None:
            continue
        if bound.setdefault(prefix, uri) != uri:
            return False
        if prefix.lower() in _MEANINGFUL and HANDLED.get(lower) != prefix.lower():
            return False
    return True


@lru_cache(maxsize=2048)
def passed_over(tag: str, *, has_prefix: bool, in_entry: bool) -> str:
    """Return "yes" when the element says nothing to us, "no" when it might, or MEDIA_TITLE.

    A media title becomes an entry's title only where that has none.
    """
    uri, _, name = tag[1:].partition("}") if tag[0] == "{" else ("", "", tag)
    prefix = HANDLED.get(uri.lower())
    if prefix is None:
        # Without a prefix a strange name space does not count: "title" there is the title of the entry.
        return "yes" if (has_prefix and uri) or tag in _WORDPRESS else "no"
    if prefix == "media" and name == "title" and in_entry:
        return MEDIA_TITLE
    known = (_IN_ENTRIES if in_entry else _IN_FEEDS).get(prefix, frozenset())
    return "yes" if known is _ANY or name in known else "no"
