"""`tracker link train`, `evaluate`, `model` and `tracker campaign terms`: what they print, and what they refuse."""

import json

import pytest

from tests import factories
from tests.factories import NOW
from tracker.domain.vocab import Verdict
from tracker.models.decision import Decision
from tracker.models.document import DocumentVersion
from tracker.store.engine import create_engine, writing

WANTED, UNWANTED = "Police buy beacons {}", "Face recognition unlocks phone {}"


def items():
    yes = ({"id": f"y{n}", "title": WANTED.format(n), "relevant": True, "campaign": f"c{n}"} for n in range(20))
    no = ({"id": f"n{n}", "title": UNWANTED.format(n), "relevant": False} for n in range(20))
    return [*yes, *no]


@pytest.fixture
def files(tmp_path):
    (tmp_path / "items.json").write_text(json.dumps(items()))
    (tmp_path / "objects.json").write_text("{}")
    return "--objects", tmp_path / "objects.json", "--items", tmp_path / "items.json"


def test_labelled_files_are_measured_and_nothing_is_kept(bare, files):
    done = bare("link", "evaluate", *files)
    assert done.status == 0
    assert "relevance: 40 cases; on unseen cases surprise" in done.out
    assert "event_type: 0 cases; 0 decided documents; from 20 on a model is made of them" in done.out
    assert not bare.folder.exists()


def test_measures_are_given_as_json(bare, files):
    found = json.loads(bare("link", "evaluate", *files, "--json").out)
    assert found["relevance"]["learned"]["wrong"] < found["relevance"]["by hand"]["wrong"]
    assert found["links"] == {"cases": 0}


def test_one_file_of_two_is_refused(bare, files):
    assert "give both --objects and --items" in bare("link", "evaluate", *files[:2]).error


@pytest.fixture
def decided(tracker):
    """An archive of which an editor wanted half the documents, and a campaign."""
    engine = create_engine(f"sqlite:///{tracker.database}")
    with writing(engine) as session:
        factories.campaign(session, "beacons")
        for item in items():
            document = factories.document(session, item["title"])
            content = {"title": item["title"], "html": "", "text": "", "content_hash": ""}
            verdict = Verdict.RELEVANT if item["relevant"] else Verdict.NOT_RELEVANT
            by = {"decided_by": "ada", "decided_at": NOW}
            factories.add(session, DocumentVersion(document_id=document.id, number=1, seen_at=NOW, **content))
            factories.add(session, Decision(document_id=document.id, verdict=verdict, **by))
    engine.dispose()
    return tracker


def test_a_model_is_trained_listed_shown_and_taken_back(decided):
    assert "relevance 1 is used from now on: on unseen cases" in decided("link", "train").out
    listed = decided("link", "model", "list").out
    assert "* relevance 1 " in listed
    assert "* links 0  the hand weights" in listed
    shown = decided("link", "model", "show", "relevance", 1).out
    assert "40 decisions" in shown
    assert "says: beacons" in shown
    back = decided("link", "model", "use", "relevance", 0, "--by", "ada")
    assert back.out == "relevance goes by the hand weights from now on\n"
    assert "* relevance 0  the hand weights" in decided("link", "model", "list").out
    assert "version 9 of the model relevance" in decided("link", "model", "use", "relevance", 9, "--by", "ada").error


def test_terms_are_shown_tried_and_kept(decided):
    add = ("campaign", "terms", "beacons", "--add", "Beacon*  scheme")
    assert decided("campaign", "terms", "beacons").out == "  for: (none)\n  against: (none)\n"
    tried = decided(*add).out
    assert "  for: beacon* scheme\n" in tried
    assert "they would have caught 0 more and left out 0" in tried
    assert "say who changes them" in decided(*add, "--keep").error
    assert "in force as number 1" in decided(*add, "--keep", "--by", "ada", "--note", "new fad").out
    history = decided("campaign", "terms", "beacons", "--history").out
    assert history.startswith("1  ")
    assert "ada (new fad)\n  for: beacon* scheme\n" in history
    assert "'nothing'" in decided("campaign", "terms", "nothing").error


def test_a_word_on_documents_and_what_they_follow_is_kept_and_said(decided):
    done = decided("document", "decide", 1, "hearing", "--by", "ada")
    assert (done.err, done.out) == ("", "document 1: hearing, by ada\n")
    tied = decided("document", "follows", 2, 1, "accept", "--relation", "part_of", "--by", "ada")
    assert tied.out == "document 2 part_of document 1: confirmed, by ada\n"
    assert "nothing else comes near document 1" in decided("link", "candidates", 1).out


def test_a_word_on_a_link_names_its_object_and_a_relation_goes_with_accept_only(decided):
    assert "no object is called that" in decided("link", "decide", 1, "nothing", "accept", "--by", "ada").error
    refused = decided("link", "decide", 1, "nothing", "reject", "--relation", "cites", "--by", "ada")
    assert "a relation goes with accept only" in refused.error


@pytest.mark.parametrize(
    "words",
    [
        ("story", "show", 10**20),
        ("link", "model", "show", "links", 10**20),
        ("link", "model", "use", "links", 10**20, "--by", "ada"),
        ("campaign", "terms", "beacons", "--add", "scheme", "--days", 10**12),
        ("campaign", "terms", "beacons", "--add", "scheme", "--days", "-5"),
    ],
)
def test_a_number_that_none_can_be_is_refused(decided, words):
    done = decided(*words)
    assert done.status == 2
    assert "is not in the range" in done.err


@pytest.mark.parametrize(
    "command",
    [
        ("link", "model", "use", "links", "0"),
        ("link", "decide", "1", "some-letter", "accept"),
        ("link", "names", "--reject", "A Name"),
        ("story", "split", "1"),
        ("document", "decide", "1", "not-relevant"),
    ],
)
def test_a_name_longer_than_the_archive_keeps_is_refused_before_anything_is_opened(bare, command):
    done = bare(*command, "--by", "A" * 121)
    assert done.status == 2
    assert "'--by': 121 letters are too many; write a name of at most 120" in done.err
    assert not bare.folder.exists()
