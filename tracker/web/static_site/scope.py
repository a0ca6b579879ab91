"""Which addresses of the site a campaign's copy holds, and what their files are called.

In the copy an address means the campaign alone: `/letters` is the list of its letters.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from tracker.store.campaign_members import Members

# Lists that take a campaign as their filter.
OF_CAMPAIGN = re.compile(r"/(resolutions|letters|calendar)(\.csv|\.json|\.jsonl|\.ics)?")
# What the site has below a campaign's own address, besides the timeline's files and its page for print.
BY_SLUG = {"/timeline", "/terms", "/timelinejs.json", "/feed.atom", "/calendar.ics"}
# What stands for itself, whatever the campaign.
ALWAYS = {"/", "/about", "/static/favicon.svg"}
STATIC = re.compile(r"/static/[0-9a-f]+/")
# Lists of the site that are parts of the copy's front page.
PARTS = {"/contracts": "contracts", "/companies": "companies", "/organizations": "organizations",
         "/compare": "compared", "/compare/answers": "compared"}  # fmt: skip
# A list of all corrections says nothing of one campaign; that of one object does.
CORRECTED = re.compile(r"/corrections(\.csv|\.jsonl?)?")
COMPARED = re.compile(r"/compare/(support|statements)(\.csv|\.jsonl?)?")
# Which arguments a page may have in the copy besides the place in its list. Every other filter needs the server.
VARIANTS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    (
        r"/timeline",
        (
            frozenset({"order"}),
            frozenset({"lane"}),
            frozenset({"kind"}),
            frozenset({"from", "to"}),
            frozenset({"news"}),
        ),
    ),
    (r"/resolutions", (frozenset({"sort"}),)),
    (r"/documents/\d+(\.txt)?", (frozenset({"version"}), frozenset({"from", "to"}))),
    (r"/resolutions/[^/]+/funds", (frozenset({"manager"}),)),
)
# Names that Windows keeps for itself, on a stick as well.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
HTML, FILE = ".html", re.compile(r"\.(csv|jsonl?|atom|ics|css|js|svg|woff2|txt)$")
LONGEST = 80
# Lists of which the copy has files, whether a page leads to them or not.
TABLES = ("timeline", "resolutions", "letters", "contracts", "companies", "organizations", "calendar")
ENDINGS = ("csv", "json", "jsonl")


class Address(NamedTuple):
    """An address of the site as the copy knows it: no campaign in it, arguments in order."""

    path: str
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def asked(self) -> str:
        """The address as one link has it."""
        return self.path + (f"?{urlencode(self.arguments)}" if self.arguments else "")


@dataclass
class Scope:
    """What a copy of a campaign holds; documents and stories come in by being linked from what is the campaign's."""

    slug: str
    members: Members
    _names: set[str] = field(default_factory=set)
    _pages: dict[Address, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """List the paths that the campaign has by itself."""
        self._own = self._paths()
        self._parties = {party.slug for party in self.members.participants if party.is_company}

    def _paths(self) -> set[str]:
        found = ALWAYS | BY_SLUG | {"/timeline/print", "/resolutions", "/letters", "/calendar"}
        found |= {f"/{name}.{ending}" for name in TABLES for ending in ENDINGS}
        for kind in ("resolution", "letter", "contract"):
            found |= {f"/{kind}s/{member.slug}" for member in self.members.of_kind(kind)}
        for member in self.members.of_kind("resolution"):
            found |= {f"/resolutions/{member.slug}/{name}" for name in ("funds", "changes")}
            found |= {f"/resolutions/{member.slug}/funds.{ending}" for ending in ENDINGS}
        for member in self.members.of_kind("letter"):
            found |= {f"/compare/answers/{member.slug}{ending}" for ending in ("", ".csv", ".json", ".jsonl")}
        for party in self.members.participants:
            found |= {f"/{name}/{party.slug}" for name in ("companies", "organizations")}
        return found

    def address(self, link: str) -> Address:
        """Return a link of the site in the copy's own terms; what names another campaign keeps its name."""
        parts = urlsplit(link)
        own = re.sub(f"^/campaigns/{re.escape(self.slug)}(?=/|$)", "", parts.path) or "/"
        path = STATIC.sub("/static/", own)
        arguments = parse_qsl(parts.query)
        if FILE.search(path):
            # A file holds the whole list, so its place in the list says nothing.
            arguments = [pair for pair in arguments if pair[0] != "after"]
        if OF_CAMPAIGN.fullmatch(path):
            arguments = [pair for pair in arguments if pair != ("campaign", self.slug)]
        if COMPARED.fullmatch(path):
            # A company is asked for by name or slug, and means the same.
            called = {party.name: party.slug for party in self.members.participants}
            arguments = [(name, called.get(value, value) if name == "company" else value) for name, value in arguments]
        return Address(path, tuple(sorted(arguments)))

    def request(self, address: Address) -> str:
        """Return what to ask the site for to get an address of the copy."""
        path, arguments = address.path, list(address.arguments)
        if path in BY_SLUG or path.startswith(("/timeline.", "/timeline/")):
            path = f"/campaigns/{self.slug}{path}"
        elif OF_CAMPAIGN.fullmatch(path):
            arguments.append(("campaign", self.slug))
        elif path.startswith("/static/"):
            path = path.replace("/static/", "/static/copy/", 1)
        return quote(path) + (f"?{urlencode(arguments)}" if arguments else "")

    def part(self, address: Address) -> str | None:
        """Return the part of the front page that stands for a list of the site, where one does."""
        return None if address.arguments else PARTS.get(address.path)

    def holds(self, address: Address) -> bool:
        """Whether the copy has this address."""
        path = address.path
        if COMPARED.fullmatch(path):
            return _of_one("company", self._parties, address)
        if CORRECTED.fullmatch(path):
            return _of_one("object", {member.slug for member in self.members.objects}, address)
        known = (
            path in self._own
            or re.fullmatch(r"/documents/\d+(\.txt)?|/stories/\d+|/(static|schema)/.+", path) is not None
        )
        return known and _variant(path, [pair for pair in address.arguments if pair[0] != "after"])

    def name(self, address: Address) -> str:
        """Return the file of an address: the same one each time, and another than all others without regard to case."""
        plain = [pair for pair in address.arguments if pair[0] != "after"]
        first, place = Address(address.path, tuple(plain)), ""
        if len(plain) < len(address.arguments):
            self._pages[first] = self._pages.get(first, 1) + 1
            place = f"-page-{self._pages[first]}"
        stem, ending = _stem(address.path)
        words = "".join(f"-{_told(value)}" for value in dict.fromkeys(value for _, value in plain))
        wanted = f"{stem}{words}{place}"
        number, name = 1, f"{wanted}{ending}"
        while name.casefold() in self._names:
            number += 1
            name = f"{wanted}-{number}{ending}"
        self._names.add(name.casefold())
        return name


def _of_one(name: str, known: Collection[str], address: Address) -> bool:
    """Whether a list is asked for of one that the campaign has, and of nothing else but its further pages."""
    return [value in known for part, value in address.arguments if part == name] == [True] and all(
        part in {name, "after"} for part, _ in address.arguments
    )


def _variant(path: str, pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether a page with these arguments has a file of its own: one filter with one value has, a mixture has not."""
    if not pairs:
        return True
    arguments = dict(pairs)
    if len(arguments) < len(pairs) or (path == "/timeline" and arguments.get("from") != arguments.get("to")):
        return False
    return any(
        frozenset(arguments) in allowed for pattern, allowed in VARIANTS if re.fullmatch(pattern, path) is not None
    )


def _stem(path: str) -> tuple[str, str]:
    """Return a file's path without its ending, and the ending."""
    if path == "/":
        return "index", HTML
    ending = FILE.search(path)
    pieces = (path[: ending.start()] if ending else path).strip("/").split("/")
    safe = [f"{piece}_" if RESERVED.fullmatch(piece) else piece for piece in pieces]
    return "/".join(re.sub(r"[^\w.-]+", "-", piece)[:LONGEST] for piece in safe), ending.group() if ending else HTML


def _told(value: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", value.casefold()).strip("-")[:LONGEST] or "x"
