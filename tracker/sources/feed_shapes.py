"""The formats of feeds that `feed_xml` reads: which element tells what, and which tells nothing of an entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.sources.feed_names import ATOM, CONTENT, DC, RDF, RSS1

PEOPLE = frozenset({"name", "uri", "email"})
NESTED = {
    "image": frozenset({"title", "link", "url", "width", "height", "description"}),
    "skipHours": frozenset({"hour"}),
    "skipDays": frozenset({"day"}),
    "contributor": PEOPLE,
    "author": PEOPLE,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A format of feeds: what its elements tell, by tag, and which tell nothing of a feed or an entry."""

    namespace: str
    in_feed: Mapping[str, str]
    in_entry: Mapping[str, str]
    is_atom: bool = False
    forbidden: tuple[str, ...] = ()


def _roles(namespace: str, roles: Mapping[str, str], nothing: Iterable[str]) -> dict[str, str]:
    opening = f"{{{namespace}}}" if namespace else ""
    return {f"{opening}{name}": role for name, role in ({**dict.fromkeys(nothing, "nothing"), **roles}).items()}


_OF_ENTRIES = {f"{{{DC}}}creator": "author", f"{{{DC}}}date": "updated", f"{{{CONTENT}}}encoded": "content"}
RSS = Shape(
    "",
    {
        **_roles(
            "",
            {"title": "title", "item": "entry", "language": "language"},
            ("link", "description", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "category",
             "generator", "docs", "cloud", "ttl", "image", "rating", "skipHours", "skipDays"),
        ),
        f"{{{DC}}}language": "language",
    },
    {
        **_roles(
            "",
            {"title": "title", "link": "link", "description": "summary", "guid": "id", "pubDate": "published",
             "author": "author", "source": "source"},
            ("category", "comments", "enclosure"),
        ),
        **_OF_ENTRIES,
    },
)  # fmt: skip
RSS_1 = Shape(
    RSS1,
    {**_roles(RSS1, {"title": "title", "item": "entry"}, ("link", "description", "image", "items")),
     f"{{{DC}}}language": "language"},
    {**_roles(RSS1, {"title": "title", "link": "link", "description": "summary"}, ()), **_OF_ENTRIES},
    forbidden=(ATOM,),
)  # fmt: skip
ATOM_1 = Shape(
    ATOM,
    _roles(
        ATOM,
        {"title": "title", "entry": "entry"},
        ("subtitle", "id", "link", "updated", "generator", "author", "contributor", "category", "icon", "logo",
         "rights"),
    ),
    _roles(
        ATOM,
        {"title": "title", "link": "link", "summary": "summary", "content": "content", "id": "id",
         "published": "published", "updated": "updated", "author": "author"},
        ("category", "contributor", "rights"),
    ),
    is_atom=True,
    forbidden=(RSS1, "http://my.netscape.com/rdf/simple/0.9/"),
)  # fmt: skip
SHAPES = {"rss": RSS, f"{{{RDF}}}RDF": RSS_1, f"{{{ATOM}}}feed": ATOM_1}
