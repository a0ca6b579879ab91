"""What goes into the archive by hand, and what is said of it: import, document, source, collect, digest preview."""

import json
import shutil

import pytest
from sqlmodel import select

from tests.cli.conftest import Tracker
from tracker.demo import fictional
from tracker.demo.articles import read_json
from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.settings import PROJECT
from tracker.store.engine import reading
from tracker.workflows.runtime import utc_now

LETTER = read_json("rekognition/documents.json")[0]


@pytest.fixture(scope="module")
def campaign_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("campaign") / "campaign.json"
    file.write_text(json.dumps(read_json("rekognition/campaign.json")), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def filled(campaign_file, sqlite_template, tmp_path_factory):
    """A database with the campaign imported, to be copied, and what the import said."""
    tracker = Tracker(tmp_path_factory.mktemp("filled"))
    shutil.copyfile(sqlite_template, tracker.database)
    return tracker.database, tracker("import", campaign_file)


@pytest.fixture
def archive(tracker, filled):
    shutil.copyfile(filled[0], tracker.database)
    return tracker


def count(tracker, table) -> int:
    with tracker.engine() as engine, reading(engine) as session:
        return len(session.exec(select(table)).all())


# --- import -----------------------------------------------------------------------------------------------------------


def test_an_import_counts_what_came_and_a_second_one_changes_nothing(archive, filled, campaign_file):
    objects = len(read_json("rekognition/campaign.json")["objects"])
    assert filled[1].out.startswith(f"{objects} objects new, 0 changed, 0 unchanged; ")
    again = archive("import", campaign_file)
    assert (again.status, again.err) == (0, "")
    assert again.out == f"0 objects new, 0 changed, {objects} unchanged; 0 timeline rows touched\n"
    assert count(archive, CampaignObject) == objects


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b'{"campaign": ', "Expecting value"),
        (b"", "must be JSON in UTF-8"),
        (b'{"campaign": "\xff"}', "must be JSON in UTF-8"),
        (b"[]", "expected an object"),
        (b'"words"', "expected an object"),
        (b"{}", "needs 'campaign'"),
        (b'{"campaign": {"slug": "a", "title": "A", "summary": "", "colour": "red"}, "objects": []}', "colour"),
        (b'{"campaign": {"slug": "a", "title": "A"}, "objects": [{"kind": "song", "slug": "s"}]}', "song"),
    ],
)
def test_a_campaign_file_that_is_wrong_ends_in_one_line_and_stores_nothing(tracker, tmp_path, configured, text, found):
    file = tmp_path / "campaign.json"
    file.write_bytes(text)
    assert found in tracker("import", file, **configured()).error
    assert count(tracker, Campaign) == 0


# --- document ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def bare_configuration(configured):
    """Settings for a configuration without organisations and sources, which costs no time to bring in."""
    return configured(terms=(PROJECT / "config" / "terms.toml").read_text("utf-8"))


@pytest.fixture
def add(tmp_path):
    def run(tracker, *more, body=None, published=LETTER["published"], title=LETTER["title"], **settings):
        file = tmp_path / "article.txt"
        file.write_bytes("\n\n".join(LETTER["paragraphs"]).encode() if body is None else body)
        said = ["--published", published, "--title", title, "--publisher", LETTER["publisher"]]
        return tracker("document", "add", file, *said, *more, **settings)

    return run


def test_an_added_document_is_told_with_its_links_and_kept_once(archive, add):
    done = add(archive)
    assert (done.status, done.err) == (0, "")
    first, state, names, *links = done.out.splitlines()
    assert first.endswith(LETTER["title"])
    assert state.startswith("  relevant (")
    assert "Amazon" in names
    assert count(archive, Link) == len(links) / 2 > 0
    assert any(line.startswith(("  confirmed ", "  suggested ")) for line in links)
    assert add(archive).out == done.out
    assert count(archive, Document) == 1
    assert archive("db", "check").status == 0


def test_an_added_document_comes_from_no_source_that_is_asked(tracker, add, bare_configuration):
    done = add(tracker, "--kind", "statement", "--url", "https://example.org/letter", **bare_configuration)
    assert done.status == 0
    assert tracker("source", "list", **bare_configuration).out.startswith("by-hand ")
    assert "there is nothing to ask" in tracker("collect", "by-hand", **bare_configuration).error


def test_a_document_may_come_on_standard_input(tracker, bare_configuration):
    done = tracker(
        "document", "add", "-", "--published", "May 2018", "--title", "Cooking with gas", "--publisher", "P",
        given=b"<p>Nothing about our subjects.</p>", **bare_configuration,
    )  # fmt: skip
    assert done.status == 0
    assert "\n  screened: " in done.out


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"published": "5/6/2018"}, "5/6/2018"),
        ({"published": "soon"}, "soon"),
        ({"published": ""}, "when it was published"),
        ({"published": "2018-02-30"}, "2018-02-30"),
        ({"title": " "}, "does not say its title"),
        ({"body": b""}, "holds no text"),
        ({"body": b"\x89PNG\r\n\x1a\n"}, "neither a page, nor text, nor a PDF"),
        ({"body": b"%PDF-1.4\0"}, "reading a PDF"),
    ],
    ids=["which month", "no date", "nothing", "no such day", "no title", "empty", "a picture", "a broken PDF"],
)
def test_a_document_that_cannot_be_read_ends_in_one_line_and_stores_nothing(
    tracker, add, bare_configuration, wrong, found
):
    assert found in add(tracker, **wrong, **bare_configuration).error
    assert count(tracker, Document) == 0


def test_an_unknown_kind_is_named_with_those_there_are(tracker, add, bare_configuration):
    assert "no kind 'song'; there are news, statement, " in add(tracker, "--kind", "song", **bare_configuration).error


# --- source and collect -----------------------------------------------------------------------------------------------

HERE = """
[[source]]
name = "one-of-ours"
reader = "feed"
url = "http://127.0.0.1:9/feed"
"""


def test_sources_are_listed_with_reader_state_and_address(tracker, configured):
    done = tracker("source", "list", **configured(sources=HERE))
    assert (done.status, done.err) == (0, "")
    assert " ".join(done.out.split()) == "one-of-ours feed not asked yet 0 documents http://127.0.0.1:9/feed"


def test_where_there_is_no_source_it_is_said_how_to_add_one(tracker, configured):
    assert "config/sources.toml" in tracker("source", "list", **configured(sources="")).out


def test_the_sources_as_shipped_can_be_read(tracker):
    done = tracker("source", "list")
    assert done.status == 0
    assert len(done.out.splitlines()) > 20


@pytest.fixture
def shipped(configured):
    """A configuration with one source, which cannot be asked, and the terms as shipped."""
    return configured(sources=HERE, terms=(PROJECT / "config" / "terms.toml").read_text("utf-8"))


def test_when_every_source_fails_the_status_is_1_and_the_reason_is_told(tracker, shipped):
    done = tracker("collect", "--json", **shipped)
    assert (done.status, done.err) == (1, "")
    [told] = json.loads(done.out)["sources"]
    assert set(told) == {"name", "counts", "unchanged", "left", "error"}
    assert set(told["counts"]) == {
        "new", "changed", "same", "seen_elsewhere", "screened", "quarantined", "suggested", "confirmed",
    }  # fmt: skip
    assert "127.0.0.1" in told["error"]
    listed = tracker("source", "list", **shipped).out
    assert " failing " in listed
    assert told["error"] in listed

    later = tracker("collect", **shipped)
    assert (later.status, later.out) == (0, "no source is due\n")
    named = tracker("collect", "one-of-ours", **shipped)
    assert named.status == 1
    assert named.out.startswith("1 sources asked, 0 with nothing new, 1 failed\n")


def test_an_unknown_source_is_named(tracker, shipped):
    assert "no source is called 'nowhere'" in tracker("collect", "nowhere", **shipped).error


# --- digest preview ---------------------------------------------------------------------------------------------------


def test_an_unknown_campaign_is_named_with_those_there_are(archive):
    done = archive("digest", "preview", "--campaign", "amazon")
    assert "no campaign is called 'amazon'; there are: amazon-rekognition" in done.error


def test_a_page_that_cannot_be_written_ends_in_one_line(tracker, tmp_path, configured):
    file = tmp_path / "fictional.json"
    file.write_text(json.dumps(fictional.campaign(utc_now().date())), encoding="utf-8")
    tracker("import", file, **configured())
    done = tracker("digest", "preview", "--html", tmp_path / "no" / "such" / "week.html")
    assert "choose another place with --html" in done.error
