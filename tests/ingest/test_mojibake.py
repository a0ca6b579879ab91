import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ingest.mojibake import REPAIRED, repaired

WORDS = [
    "café",
    "naïve",
    "Müller",
    "São Paulo",
    "it’s",
    "“quoted”",
    "—",
    "Ürümqi",
    "Señor",
    "Côte d’Ivoire",
    "5 €",
    "§ 14",
]
RUSSIAN = ["полиция", "распознавание", "запрет"]


def misread(text: str) -> str:
    """UTF-8 read as browsers read Windows-1252: bytes it has no sign for become controls."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("text", [*WORDS, *RUSSIAN, "日本語", "😀 ok", "© 2020"])
def test_utf8_read_as_windows_1252_is_repaired(text: str) -> None:
    assert repaired(misread(text)) == (text, REPAIRED)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
def test_sentences_read_wrongly_are_repaired(text: str) -> None:
    assert repaired(misread(text))[0] == text


@given(st.lists(st.sampled_from([*WORDS, *RUSSIAN]), max_size=30).map(" ".join))
def test_sentences_that_are_right_stay(text: str) -> None:
    assert repaired(text) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "NÃO", "SÃO PAULO", "MANHÃ, AMANHÃ.", "Â", "ROMÂNIA ÎN CÂMP", "ĐÂU", "IRÃ", "«CAFÉ»", "CITÉ»", "RÉSUMÉ…",
        "CAFÉ™", "DÉJÀ–VU", "“É”", "PARÍS—MADRID", "GARÇON’S", "à la carte", "château – là", "Å", "Øystein", "25 °C",
        "½ £5", "«né»“",        "Ελλάδα", "مرحبا", "שלום", "日本語", "한국어", "Привет",
    ],
)  # fmt: skip
def test_words_that_only_look_like_it_stay(text: str) -> None:
    assert repaired(text) == (text, None)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_plain_text_is_untouched(text: str) -> None:
    assert repaired(text) == (text, None)


@given(st.text("aeiouäöüßéèñ ’“”–…«»\n", max_size=100))
def test_text_without_marks_is_untouched(text: str) -> None:
    assert repaired(text) == (text, None)


def test_one_wrong_line_does_not_touch_the_right_ones() -> None:
    assert repaired("SÃO «Ñ»\ncafÃ© et thÃ©\nNÃO")[0] == "SÃO «Ñ»\ncafé et thé\nNÃO"
    assert repaired("François and FranÃ§ois")[0] == "François and François"


def test_what_is_lost_is_said() -> None:
    text, note = repaired("The company\ufffds answer \ufffd\ufffd")
    assert text == "The company\ufffds answer \ufffd\ufffd"
    assert note == "characters that were lost before it reached us and stand as \ufffd: 3"
    assert repaired("the companyï¿½s")[0] == "the company\ufffds"


def test_another_encoding_read_as_windows_1252_is_said_to_look_wrong() -> None:
    thai = "สำนักงานส่งเสริมอุตสาหกรรม".encode("cp874").decode("cp1252", "replace")
    text, note = repaired(thai)
    assert text == thai
    assert "could not be repaired" in (note or "")


@given(st.text())
def test_no_repair_makes_markup(text: str) -> None:
    mended, note = repaired(text)
    assert [mark for mark in mended if mark in "<>&\"'"] == [mark for mark in text if mark in "<>&\"'"]
    assert (mended == text) or note


def test_ftfy_is_not_loaded_for_clean_text() -> None:
    code = "import sys; from tracker.ingest.mojibake import repaired; repaired('“é”'); sys.exit('ftfy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
