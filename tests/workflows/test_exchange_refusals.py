"""Campaign files that are refused: each refusal names object and key, and leaves nothing behind."""

import copy
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from tests import runtimes
from tests.workflows.campaign_files import FILE, URL, changed, part, rows, with_evidence, wrong
from tracker.domain.errors import InputError
from tracker.workflows.exchange import import_campaign


def objects(*given: Any) -> dict[str, Any]:
    return wrong(objects=[*copy.deepcopy(FILE["objects"]), *given])


REFUSED = [
    ([], "the campaign file: expected an object with keys, found []"),
    ({"campaign": {}}, "the campaign file: it needs 'objects'"),
    (wrong(organisations=[]), "the campaign file: there is no key 'organisations'; there are campaign"),
    (wrong(campaign={"slug": "A Campaign"}), "campaign.slug: expected small letters"),
    (wrong(campaign={"slug": "new"}), "campaign new: it needs 'title'"),
    (wrong(campaign={"slug": "x", "title": "X", "target": []}), "campaign x: a campaign has no 'target'; it has slug"),
    (wrong(campaign={"slug": "x", "title": "X", "asks": "Stop."}), "campaign x.asks: expected a list of texts"),
    (wrong(campaign={"slug": "x", "title": "X", "targets": ["y"]}), "campaign x.targets: no organization is"),
    (wrong(organizations={}), "organizations: expected a list, found {}"),
    (wrong(organizations=["amazon"]), "organizations 1: expected an object with keys, found 'amazon'"),
    (wrong(organizations=[{"slug": "x", "nme": "X"}]), "organizations x: there is no key 'nme'"),
    (wrong(organizations=[{"slug": "x", "name": 5}]), "organizations x.name: expected str, found 5"),
    (wrong(organizations=[{"slug": "x", "name": "X", "aliases": "Y"}]), "organizations x.aliases: expected a list"),
    (wrong(people=[{"slug": "x", "name": "X", "organization": "y"}]), "person x: organization: no organization"),
    (wrong(families=[{"slug": "x", "name": "X"}]), "family x: it needs 'company'"),
    (wrong(families=[{"slug": "x", "name": "X", "company": "y"}]), "family x.company: no organization is called 'y'"),
    (objects({"kind": "leter", "slug": "x"}), "object x.kind: there is no kind 'leter'; there are commitment"),
    (objects({"kind": ["letter"], "slug": "x"}), "object x.kind: there is no kind ['letter']"),
    (objects({"kind": "letter"}), "objects 12.slug: expected small letters"),
    (objects({"kind": "letter", "slug": "letter"}), "objects letter: it stands in the file twice"),
    (objects({"kind": "letter", "slug": "x" * 121, "title": "X"}), f"object {'x' * 121}.slug: it has 121 characters"),
    (objects({"kind": "letter", "slug": "x", "sent_on": "2018"}), "object x: it needs 'title'"),
    (objects({"kind": "letter", "slug": "x", "title": "X"}), "object x: it needs 'sent_on'"),
    (objects({"kind": "letter", "slug": "x", "title": "X", "sent_on": "5/6/2018"}), "object x.sent_on: reading '5/6"),
    (objects({"kind": "letter", "slug": "x", "title": "X", "sent": "2018"}), "object x: a letter has no 'sent'"),
    (changed(letter={"sender_count": 0}), "object letter: the database refuses it: "),
    (changed(letter={"kind": "study"}), "object letter"),
    (changed(letter={"parts": []}), "object letter.parts: expected an object with keys, found []"),
    (changed(letter={"parts": {"filer": []}}), "object letter: a letter has no part called 'filer'"),
    (changed(letter={"parts": {"letters": []}}), "object letter: a letter has no part called 'letters'"),
    (part("letter", "letter_question", {"number": 1}), "object letter, letter_question 1: it needs 'text'"),
    (part("letter", "letter_question", {"number": 1, "letter": "again"}), "object letter, letter_question 1: a"),
    (part("ban", "filer", {"role": "lead_filer"}), "object ban: the database refuses it: "),
    (part("ban", "filer", {"role": "boss"}), "object ban, filer 1.role: there is no 'boss'; there are lead_filer"),
    (
        part("ban", "resolution_status", {"code": "filed"}, {"code": "filed", "note": "again"}),
        "object ban: the database refuses it: ",
    ),
    (
        part("meeting", "ballot_item", {"number": "6", "ballot_kind": "other", "vote_count": [{"votes_for": 1}]}),
        "object meeting, ballot_item 1, vote_count 1: it needs 'reported_on'",
    ),
    (
        part("meeting", "ballot_item", {"number": "6", "ballot_kind": "other", "vote_count": {}}),
        "object meeting, ballot_item 1.vote_count: expected a list of objects",
    ),
    (
        part("reply", "question_assessment", {"question": {"letter": "letter", "number": 9}, "grade": "not"}),
        "object reply, question_assessment 1.question: letter 'letter' has no question 9",
    ),
    (
        part("reply", "question_assessment", {"question": 1, "grade": "not"}),
        'object reply, question_assessment 1.question: expected {"letter": SLUG',
    ),
    (part("reply", "answer", {"object": "x", "assessment": "declined"}), "object reply, answer 1.object: no campaign"),
    (with_evidence({"field": "sent_on"}), "object letter, evidence 1: it needs 'field' and 'url'"),
    (with_evidence({"field": "a", "url": URL, "page": 4}), "object letter, evidence 1: it has no 'page'"),
    (with_evidence({"field": "a", "url": URL, "value": 4}), "object letter, evidence 1.value: expected text, found 4"),
    (with_evidence({"field": "a", "url": URL, "confidence": 2.0}), "object letter: the database refuses it: "),
]  # fmt: skip


@pytest.mark.parametrize(("file", "said"), REFUSED, ids=[f"{n}" for n in range(len(REFUSED))])
def test_every_refusal_names_object_and_key_and_leaves_nothing(sqlite_runtime, file, said):
    before = rows(sqlite_runtime)
    with pytest.raises(InputError) as caught:
        import_campaign(sqlite_runtime, file)
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)
    assert rows(sqlite_runtime) == before


def test_a_file_that_is_wrong_at_its_end_leaves_nothing_of_its_beginning(runtime):
    import_campaign(runtime, FILE)
    before = rows(runtime)
    file = changed(lawsuit={"docket": "x" * 500}, letter={"title": "Renamed"})
    with pytest.raises(InputError, match=r"object lawsuit\.docket: it has 500 characters"):
        import_campaign(runtime, file)
    assert rows(runtime) == before
    with pytest.raises(InputError, match="object letter: the database refuses it"):
        import_campaign(runtime, changed(letter={"sender_count": -1}))
    assert rows(runtime) == before


def test_an_object_cannot_become_one_of_another_kind(runtime):
    import_campaign(runtime, FILE)
    file = wrong(objects=[{"kind": "study", "slug": "letter", "title": "X", "published_on": "2018"}])
    with pytest.raises(InputError, match="object letter: it is a letter and cannot become a study"):
        import_campaign(runtime, file)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text("ab\0 -é", max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=2),
    max_leaves=4,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in the file."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, child in inner for found in places(child, (*path, key)))]


PLACES = places(FILE)[1:]


@settings(max_examples=50)
@given(place=st.sampled_from(PLACES), junk=JUNK)
def test_whatever_stands_at_whatever_place_the_file_is_imported_or_refused(spare, place, junk):
    file = copy.deepcopy(FILE)
    owner = file
    for key in place[:-1]:
        owner = owner[key]
    owner[place[-1]] = junk
    assert "\n" not in imported_or_refused(spare, file)


def imported_or_refused(runtime, file) -> str:
    try:
        return str(import_campaign(runtime, file))
    except InputError as refused:
        return str(refused)


@pytest.fixture(scope="module")
def spare(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("spare")
    (folder / "whereas.db").write_bytes(sqlite_template.read_bytes())
    with runtimes.opened(f"sqlite:///{folder / 'whereas.db'}", folder) as runtime:
        yield runtime
