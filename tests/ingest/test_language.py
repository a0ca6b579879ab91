import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ingest.language import language_of

TEXTS = {
    "en": "The city council voted on Tuesday to ban the police from using facial recognition cameras in public places.",
    "de": "Der Stadtrat stimmte am Dienstag dafür, der Polizei die Gesichtserkennung in der Stadt zu verbieten.",
    "fr": "Le conseil municipal a voté mardi pour interdire à la police d'utiliser la reconnaissance faciale en ville.",
    "es": "El ayuntamiento votó el martes prohibir a la policía el uso del reconocimiento facial en espacios públicos.",
    "ru": "Городской совет проголосовал во вторник за запрет полиции использовать распознавание лиц в городе.",
    "ar": "صوت مجلس المدينة يوم الثلاثاء على منع الشرطة من استخدام التعرف على الوجوه في الأماكن العامة في المدينة.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_says_its_language(code: str) -> None:
    assert language_of(TEXTS[code], "") == code


def test_what_the_source_states_counts() -> None:
    assert language_of(TEXTS["en"], "en_US") == "en-us"
    assert language_of(TEXTS["es"], " PT-br ") == "pt-br"
    assert language_of("", "de") == "de"
    assert language_of("短い", "en") == "en"


@pytest.mark.parametrize("stated", ["", "und", "english, really", "x", "{{ lang }}", "zxx"])
def test_what_is_no_code_does_not(stated: str) -> None:
    assert language_of(TEXTS["fr"], stated) == "fr"


def test_a_language_that_is_not_written_in_these_letters_is_not_believed() -> None:
    assert language_of(TEXTS["ru"], "en") == "ru"
    assert language_of(TEXTS["en"], "ru") == "en"
    assert language_of(TEXTS["ru"], "uk") == "uk"
    assert language_of(TEXTS["en"], "sr") == "sr"


@pytest.mark.parametrize("text", ["", "Too short to tell.", "x1 " * 100, "1,234 5,678 " * 50])
def test_what_cannot_be_told_is_left_out(text: str) -> None:
    assert language_of(text, "") == ""


@given(st.text(), st.text(max_size=20))
def test_anything_gives_a_code_or_nothing(text: str, stated: str) -> None:
    code = language_of(text, stated)
    assert code == code.lower()
    assert len(code) <= 31


def test_the_model_is_loaded_only_for_texts_that_need_it() -> None:
    code = (
        "import sys; from tracker.ingest.language import language_of\n"
        f"language_of({TEXTS['en']!r}, 'en'); language_of('short', '')\n"
        "sys.exit('py3langid' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
