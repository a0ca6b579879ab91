"""What is made to provoke, by accident or on purpose, gives few suggestions and takes no slow path.

Nothing here is timed in seconds: work is bounded by comparing the time of a large text with that of ten small ones.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from tests.conftest import PROJECT
from tracker.domain.dates import PartialDate
from tracker.ingest.relevance import screen_and_judge
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.mentions import ORGANIZATION, Entity
from tracker.linking.reading import read
from tracker.linking.suggest import suggest
from tracker.linking.targets import LinkTarget, TargetIndex
from tracker.settings import names_of
from tracker.workflows.known import terms_of
from tracker.workflows.readings import Recipe
from tracker.workflows.study import Linker, compiled

DAY = PartialDate.parse("2019-05-23")
MB = 1_000_000
SENTENCE = "Shareholders of Amazon asked it to stop selling Rekognition to police departments on Wednesday. "
SUBJECTS = ("surveillance and human rights", "pay", "plastic", "lobbying", "cloud contracts")
WEIRD = ["(a+)+$", "[Acme", "Foo.*Bar", r"\bBaz\b", "C++ Labs?", "Ünïcode|Corp", "^", "(?i)x{1,999999}"]


def target(number: int, company: str, title: str, day: str, due: str = "2019-05-22") -> LinkTarget:
    return LinkTarget(
        id=str(number), kind="resolution", title=title, company=company, names=frozenset({company}),
        on=PartialDate.parse(day), due=PartialDate.parse(due), number=str(number),
    )  # fmt: skip


@pytest.fixture(scope="module")
def linker() -> Linker:
    """The linker as shipped, with a few resolutions of two companies."""
    made = compiled(Recipe(terms_of(PROJECT / "config"), names_of(PROJECT / "config"), (), ()))
    objects = [
        target(6, "amazon", "Prohibit sales of facial recognition technology to government agencies", "2018-12-11"),
        target(7, "amazon", "Report on the risks of government use of Rekognition", "2018-12-11"),
        *(
            target(10 + n, "microsoft", f"{what} on {of}", f"{2016 + n % 8}-06-01", due=f"{2016 + n % 8}-12-01")
            for n, (what, of) in enumerate(product(("Report", "Policy", "Study", "Letter"), SUBJECTS))
        ),
    ]
    return replace(made, index=TargetIndex(objects))


def links(linker: Linker, title: str, text: str) -> list[str]:
    mentions = linker.gazetteer.find(f"{title}\n{text}")
    if not screen_and_judge(title, text, mentions, linker.terms).relevant:
        return []
    reading = read(title, text, mentions, linker.events, published=DAY, kind="news")
    return [row.target_id for row in suggest(reading, linker.index, linker.rules)]


def test_what_is_asked_of_a_good_document_is_found(linker):
    assert set(links(linker, "Amazon shareholders reject a ban on face recognition sales to government", SENTENCE)) & {
        "6", "7",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n\t ", "\N{ZERO WIDTH SPACE}" * 50, "." * 2000, "\ufffd" * 300])
@pytest.mark.parametrize("title", ["", "?", "Untitled"])
def test_a_document_without_words_is_about_nothing(linker, title, text):
    assert links(linker, title, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Der Konzern verkauft Kameras an die Polizei, und die Aktionäre fragen nach den Rechten der Bürger. " * 5,
        "Les actionnaires demandent un rapport sur la reconnaissance faciale et les droits des citoyens. " * 5,
        "警察は顔認証の技術を駅で試験している。市民団体は中止を求めた。" * 20,
        "الشرطة تستخدم تقنية التعرف على الوجوه في المحطات" * 20,
        "Η αστυνομία δοκιμάζει κάμερες σε σταθμούς. " * 20,
    ],
    ids=["german", "french", "japanese", "arabic", "greek"],
)
def test_other_languages_give_few_suggestions(linker, text):
    assert len(links(linker, "", text)) <= 2


def test_a_page_that_names_everybody_gives_few_suggestions(linker):
    everybody = ", ".join(entity.name for entity in linker.gazetteer.entities.values())
    assert len(links(linker, "Organisations", f"{everybody}.")) <= linker.rules.thresholds.most
    about = f"Facial recognition, police and surveillance: all who have a part in it. {everybody}."
    assert len(links(linker, "Facial recognition: a directory", about)) <= 3


@pytest.mark.parametrize(
    "piece",
    [
        SENTENCE,
        "Amazon, Microsoft, IBM, ICE, the FBI and Clearview AI; ",
        "facial recognition ",
        "on Wednesday last month in May 2018 ",
        "item 6 and proposal 7, ",
        "((((((((((",
        "a" * 400,
        "no. 1:18-cv-00001 " * 3,
        "A. B. C. D. E. F. ",
        "\n\n",
    ],
    ids=["prose", "names", "topic", "dates", "numbers", "brackets", "one word", "dockets", "initials", "blank lines"],
)
def test_a_text_ten_times_as_long_takes_little_more_than_ten_times_as_long(linker, piece):
    def spent(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        return min(_seconds(lambda: links(linker, "Facial recognition and Amazon", text)) for _ in range(2))

    small, large = spent(15_000), spent(150_000)
    assert large < 25 * small + 0.05


def test_five_megabytes_are_read_in_seconds_and_suggest_no_more_than_a_page_of_them(linker):
    text = SENTENCE * (5 * MB // len(SENTENCE))
    found: list[list[str]] = []
    assert _seconds(lambda: found.append(links(linker, "Amazon and facial recognition", text))) < 30
    assert len(found[0]) <= linker.rules.thresholds.most


@pytest.mark.parametrize("name", WEIRD)
def test_names_are_data_and_never_patterns(name):
    entity = Entity("odd", name, ORGANIZATION, roles=("vendor",))
    gazetteer = Gazetteer.from_config({"organization": []}).extended([(entity, ())])
    assert not gazetteer.find("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! Foo and Bar, xxxx and Baz")
    found = gazetteer.find(f"They say that {name} sold cameras.")
    assert all(mention.entity_id == "odd" for mention in found)


@pytest.mark.parametrize("identifier", ["(a+)+$", "[", "1:18-cv-1.*", "", "***"])
def test_identifiers_are_data_and_never_patterns(linker, identifier):
    odd = replace(target(1, "amazon", "Suit over face recognition", "2019-05-01"), identifiers=(identifier,))
    strange = replace(linker, index=TargetIndex([odd]))
    text = f"{'a' * 5000}! {SENTENCE}"
    assert len(links(strange, "Amazon sued over face recognition", text)) <= 1


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
