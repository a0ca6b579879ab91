"""Writing the copy of a campaign: every page and file of it is asked of the site and led to those beside it.

Two runs over the same archive with the same moment write the same bytes.
"""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from tracker.domain.dates import PartialDate
from tracker.domain.errors import NotFoundError, TrackerError
from tracker.settings import Settings
from tracker.store import campaigns
from tracker.store.engine import reading
from tracker.web.assets import FOLDER
from tracker.web.static_site import rewrite, site
from tracker.web.static_site.readme import readme
from tracker.web.static_site.scope import ENDINGS, TABLES, Address, Scope
from tracker.workflows import export_folder
from tracker.workflows.runtime import Runtime

Step = Callable[[int, int, str], None]
# What has a page of its own, by the first part of its address.
KINDS = {
    "resolutions": "Resolution", "letters": "Letter", "contracts": "Contract", "companies": "Company",
    "organizations": "Organisation", "documents": "Document", "stories": "Story",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What a copy came to: its files, the pages among them, and the bytes of all."""

    pages: int
    files: int
    bytes: int


@dataclass
class _Copy:
    """A copy while it is being made: which addresses were asked for, and the file of each.

    `aliases` lead to the address under which a page stands; `places` are where timeline rows stand, by how good a place
    that is (0 the best); `index` has (name, what it is, file or row).
    """

    scope: Scope
    client: FlaskClient
    into: Path
    settings: Settings
    moment: datetime
    file_of: dict[Address, str] = field(default_factory=dict)
    pages: list[Address] = field(default_factory=list)
    aliases: dict[Address, Address] = field(default_factory=dict)
    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    index: list[tuple[str, str, str]] = field(default_factory=list)
    seen: set[Address] = field(default_factory=set)
    waiting: deque[Address] = field(default_factory=deque)


def write(runtime: Runtime, slug: str, target: Path, *, step: Step) -> Written:
    """Write the copy of a campaign into `target`, which is new, empty or an earlier copy; all of it or nothing.

    Raises NotFoundError for a campaign that is not there, InputError for a folder that holds something else.
    """
    found = site.found(runtime, slug)
    if found is None:
        with reading(runtime.engine) as session:
            known = ", ".join(row.slug for row in campaigns.every(session))
        raise NotFoundError(f"exporting the campaign {slug}: none has this name; there are: {known or 'none yet'}")
    campaign, members = found
    moment = runtime.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    frozen = Runtime(runtime.settings, runtime.engine, clock=lambda: moment)
    app = site.of_campaign(frozen, campaign, members)
    with export_folder.taking_its_place(target) as into:
        copy = _Copy(Scope(slug, members), app.test_client(), into, runtime.settings, moment)
        _ask_all(copy, step)
        _stand_alone(copy, step)
        _static(into)
        (into / rewrite.INDEX).write_text(_index(copy), encoding="utf-8", newline="\n")
        told = readme(campaign.title, moment, runtime.settings.public_url)
        (into / "README.txt").write_text(told, encoding="utf-8", newline="\n")
        export_folder.write_sums(into)
        sizes = [(into / name).stat().st_size for name in export_folder.files(into)]
    return Written(len(copy.pages), len(sizes), sum(sizes))


def _ask_all(copy: _Copy, step: Step) -> None:
    """Ask for the front page and everything that is reached from it."""
    _want(copy, Address("/"))
    for name in TABLES:
        for ending in ENDINGS:
            _want(copy, Address(f"/{name}.{ending}"))
    while copy.waiting:
        address = copy.waiting.popleft()
        step(len(copy.seen) - len(copy.waiting), len(copy.seen), address.path)
        _ask(copy, address)


def _want(copy: _Copy, address: Address) -> None:
    if address not in copy.seen and copy.scope.holds(address):
        copy.seen.add(address)
        copy.waiting.append(address)


def _ask(copy: _Copy, address: Address) -> None:
    """Ask for one address and keep the answer; note what a page leads to."""
    with copy.client.get(copy.scope.request(address)) as answer:
        status, kind, content = answer.status_code, answer.mimetype, answer.data
    if status in {301, 302, 308}:
        _alias(copy, address, answer.headers["Location"])
        return
    if status != 200:
        if status >= 500:
            raise TrackerError(f"exporting: the page {address.asked} could not be made (status {status}); see the log")
        return
    name = copy.file_of[address] = copy.scope.name(address)
    if kind == "application/json":
        content = _whole_list(copy, content)
    file = copy.into / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    if kind != "text/html":
        return
    copy.pages.append(address)
    page = rewrite.said(content, copy.settings.site)
    _note(copy, address, page)
    for link in page.links:
        _want(copy, copy.scope.address(link))


def _note(copy: _Copy, address: Address, page: rewrite.Said) -> None:
    """Note where timeline rows stand, and what can be found by its name."""
    name, arguments = copy.file_of[address], {part for part, _ in address.arguments}
    kind, _, one = address.path.strip("/").partition("/")
    if kind in KINDS and "/" not in one and not arguments:
        copy.index.append((page.heading, KINDS[kind], name))
    if address.path != "/timeline":
        return
    for row in page.rows:
        event = f"/events/{row.event_id}"
        # A row's place is in the whole list, newest first; where it is folded there, in the list that folds nothing.
        rank = 2 if arguments - {"after", "news"} else 1 if row.folded or "news" in arguments else 0
        copy.places[event] = min((rank, f"{name}#e-{row.event_id}"), copy.places.get(event, (rank + 1, "")))
        if arguments <= {"after"}:
            copy.index.append((row.title, f"Event, {row.day}", event))


def _alias(copy: _Copy, address: Address, location: str) -> None:
    """Let an address stand for the one that the site sends its readers to."""
    target = copy.scope.address(urlsplit(location)._replace(scheme="", netloc="").geturl())
    if not copy.scope.holds(target) or target == address:
        return
    _want(copy, target)
    copy.aliases[address] = target


def _whole_list(copy: _Copy, content: bytes) -> bytes:
    """Return a list in JSON with the pages that follow put into it."""
    told: Any = json.loads(content)
    if not isinstance(told, dict) or "items" not in told:
        return content
    following = told.get("next")
    while following:
        parts = urlsplit(following)
        with copy.client.get(f"{parts.path}?{parts.query}") as answer:
            more = json.loads(answer.data)
        told["items"] += more["items"]
        following = more.get("next")
    if "next" in told:
        told["next"] = None
    return json.dumps(told, indent=1, ensure_ascii=False).encode()


def _stand_alone(copy: _Copy, step: Step) -> None:
    """Lead the links of every page to the files beside it."""
    live = copy.settings.public_url.rstrip("/")
    made_on = PartialDate.day(copy.moment.date()).words()
    note = f"A copy made on {made_on}{f' from {live}' if live else ''}. What it holds is listed on its front page."
    for number, address in enumerate(copy.pages, 1):
        name = copy.file_of[address]
        step(number, len(copy.pages), name)
        around = rewrite.Around(
            file=name,
            file_of=lambda link: _file_of(copy, link),
            origin=copy.settings.site,
            site=live,
            note=note,
        )
        file = copy.into / name
        file.write_bytes(rewrite.alone(file.read_bytes(), around))


def _file_of(copy: _Copy, link: str) -> str | None:
    path = urlsplit(link).path
    if path in copy.places:
        return copy.places[path][1]
    address = copy.scope.address(link)
    if part := copy.scope.part(address):
        return f"index.html#{part}"
    return copy.file_of.get(copy.aliases.get(address, address))


def _index(copy: _Copy) -> str:
    """Return what can be found by its name, as a script: a page from a folder may read nothing else."""
    found = [(name, what, copy.places.get(place, (0, place))[1]) for name, what, place in copy.index]
    return f"window.whereasIndex = {json.dumps(found, ensure_ascii=False, indent=0)};\n"


def _static(into: Path) -> None:
    """Bring the fonts, which style sheets name, and the copy's own script."""
    for file in (FOLDER / "static-site.js", *(FOLDER / "fonts").iterdir()):
        target = into / "static" / file.relative_to(FOLDER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
