"""A campaign's copy: what it holds, that every link in it leads somewhere, that it is written whole or not at all."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from tests.web import scenario
from tracker.domain.errors import InputError, NotFoundError
from tracker.web.static_site.write import write
from tracker.workflows import export_folder as folder
from tracker.workflows.runtime import Runtime

# A campaign with one letter.
SMALL = "northwind-gaze"


def quiet(*_: object) -> None:
    """Watch no progress."""


@pytest.fixture(scope="session")
def copy(archive: Runtime, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of the scenario's campaign."""
    target = tmp_path_factory.mktemp("stick") / "rekognition"
    write(archive, scenario.CAMPAIGN, target, step=quiet)
    return target


@pytest.fixture
def live(archive: Runtime) -> Runtime:
    """The same archive, where the site is reached by a public address."""
    settings = archive.settings.model_copy(update={"public_url": "https://whereas.example/"})
    return Runtime(settings, archive.engine, clock=archive.clock)


def trees(copy: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    for file in sorted(copy.rglob("*.html")):
        yield file, html.document_fromstring(file.read_bytes())


def test_every_link_leads_to_a_file_and_to_a_place_in_it(copy: Path):
    ids = {file: set(tree.xpath("//@id")) for file, tree in trees(copy)}
    lost, followed = [], 0
    for file, tree in trees(copy):
        for link in tree.xpath("//@href | //@src | //@data-href[. != '']"):
            parts = urlsplit(link)
            if parts.scheme in {"https", "http", "data"}:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file.resolve()
            followed += 1
            if not target.is_file() or (parts.fragment and parts.fragment not in ids.get(target, set())):
                lost.append((file.name, link))
    assert followed > 200
    assert not lost


def test_nothing_is_loaded_from_elsewhere_and_nothing_asks_a_server(copy: Path):
    for file, tree in trees(copy):
        assert not tree.xpath("//form | //base | //iframe | //object | //embed | //img"), file
        for address in tree.xpath("//script/@src | //link/@href"):
            assert not urlsplit(address).scheme, (file, address)
            assert not address.startswith("/"), (file, address)
    for sheet in (copy / "static").glob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:|/)", sheet.read_text(encoding="utf-8"))


def test_it_holds_the_pages_of_the_campaign_and_no_other(copy: Path):
    held = set(folder.files(copy))
    assert {"index.html", "timeline.html", "timeline-oldest.html", "timeline-press.html", "timeline-2019.html",
            "resolutions.html", "resolutions/amazon-2019-study.html", "letters/caucus-2018.html", "terms.html",
            "companies/amazon.html", "organizations/coalition.html", "documents/1.html", "stories/1.html",
            "calendar.html", "compare/support-amazon.html", "compare/answers/caucus-2018.html"} <= held  # fmt: skip
    assert not [name for name in held if "northwind" in name or "parents-2026" in name]
    everything = "".join(file.read_text(encoding="utf-8") for file in copy.rglob("*.html"))
    assert "Northwind" not in everything
    assert "This is our copy" in (copy / "documents/1.html").read_text(encoding="utf-8")


def test_the_list_and_the_strip_hold_every_event(copy: Path):
    told = json.loads((copy / "timeline.json").read_text(encoding="utf-8"))
    ids = {row["id"] for row in told["items"]}
    tree = html.document_fromstring((copy / "timeline.html").read_bytes())
    assert {name.removeprefix("e-") for name in tree.xpath("//li[starts-with(@id, 'e-')]/@id")} == ids
    marks = tree.xpath("//*[@data-id]")
    assert {mark.get("data-id") for mark in marks} <= ids
    assert [mark.get("data-href") for mark in marks] == [f"timeline.html#e-{mark.get('data-id')}" for mark in marks]


def test_files_for_programs_hold_the_campaign_alone(copy: Path):
    lines = [json.loads(line) for line in (copy / "letters.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["slug"] for line in lines} == {"caucus-2018", "members-2018", "coalition-2019"}
    with (copy / "companies.csv").open(encoding="utf-8", newline="") as file:
        assert [row["slug"] for row in csv.DictReader(file)] == ["amazon"]
    fields = json.loads((copy / "schema/companies.json").read_text(encoding="utf-8"))["fields"]
    with (copy / "companies.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == [field["name"] for field in fields]
    assert {"feed.atom", "calendar.ics", "timelinejs.json"} <= set(folder.files(copy))


def test_the_list_of_hashes_names_every_other_file(copy: Path):
    sums = folder.read_sums(copy)
    assert sorted([*sums, folder.SUMS]) == folder.files(copy)
    for name, digest in sums.items():
        assert hashlib.sha256((copy / name).read_bytes()).hexdigest() == digest


def test_with_a_live_site_what_is_not_in_the_copy_leads_there(live: Runtime, tmp_path: Path):
    write(live, SMALL, tmp_path / "copy", step=quiet)
    foot = html.document_fromstring((tmp_path / "copy/index.html").read_bytes()).xpath("//footer")[0]
    assert "https://whereas.example/api" in foot.xpath(".//a/@href")
    assert "A copy made on 23 November 2026 from https://whereas.example." in foot.text_content()


def test_an_earlier_copy_is_replaced_by_the_same_bytes_on_the_same_day_and_nothing_else_is(
    archive: Runtime, tmp_path: Path
):
    target = tmp_path / "copy"
    write(archive, SMALL, target, step=quiet)
    first = {name: (target / name).read_bytes() for name in folder.files(target)}
    (target / "letters/parents-2026.html").unlink()
    later = Runtime(archive.settings, archive.engine, clock=lambda: scenario.NOW.replace(hour=23))
    write(later, SMALL, target, step=quiet)
    assert {name: (target / name).read_bytes() for name in folder.files(target)} == first
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"it holds notes\.txt, which is not part of an earlier export"):
        write(archive, SMALL, target, step=quiet)
    assert len(folder.files(target)) == len(first) + 1
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_what_cannot_be_written_is_said_and_leaves_nothing(archive: Runtime, tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="it is a file; name a folder"):
        write(archive, SMALL, tmp_path / "file", step=quiet)
    with pytest.raises(NotFoundError, match=r"none has this name; there are: .*amazon-rekognition"):
        write(archive, "nobody", tmp_path / "copy", step=quiet)

    def fail(*_: object) -> None:
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        write(archive, SMALL, tmp_path / "copy", step=fail)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
