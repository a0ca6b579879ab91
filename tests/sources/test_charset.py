import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.charset import decode

WORDS = "Überwachung – “façade”"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (codecs.BOM_UTF8 + WORDS.encode(), "text/xml; charset=iso-8859-1"),
        (WORDS.encode("utf-16"), ""),
        (WORDS.encode("utf-32"), "text/xml"),
        (WORDS.encode(), "text/xml; charset=iso-8859-1"),
        (WORDS.encode("cp1252"), "text/xml; charset=windows-1252"),
        (WORDS.encode("cp1252"), "text/xml; charset=ISO-8859-1"),
        (WORDS.encode("cp1252"), 'text/xml; charset="iso-8859-1"'),
    ],
)
def test_the_bytes_decide_before_the_server(body: bytes, content_type: str) -> None:
    assert decode(body, content_type) == (WORDS, ())


@pytest.mark.parametrize(
    "name", ["koi8-r", "windows-1251", "iso-8859-5", "utf-16-be", "utf-16-le", "shift_jis", "cp037"]
)
def test_the_prolog_is_believed_when_the_server_is_silent(name: str) -> None:
    text = f'<?xml version="1.0" encoding="{name}"?><a>' + ("Wort" if name == "cp037" else "Яна") + "</a>"
    assert decode(text.encode(name)) == (text, ())


def test_a_stateful_encoding_hides_in_ascii() -> None:
    text = '<?xml version="1.0" encoding="iso-2022-jp"?><a>東京</a>'
    assert decode(text.encode("iso-2022-jp")) == (text, ())


def test_what_is_stated_nowhere_is_windows_with_a_warning() -> None:
    text, warnings = decode(WORDS.encode("cp1252"))
    assert text == WORDS
    assert "Windows-1252" in warnings[0]


def test_utf8_with_pasted_windows_quotes_is_mended() -> None:
    text, warnings = decode("Ü ".encode() + b"\x93hi\x94", "text/xml; charset=utf-8")
    assert text == "Ü “hi”"
    assert warnings


@pytest.mark.parametrize("name", ["idna", "unicode_escape", "utf-7", "base64", "rot13", "no-such", "undefined", "zip"])
def test_codecs_that_are_no_encodings_are_not_used(name: str) -> None:
    assert decode(b"+ADw-script+AD4- \xff", f"text/xml; charset={name}")[0] == "+ADw-script+AD4- ÿ"


@given(st.binary(max_size=200), st.text(max_size=60))
def test_decoding_never_fails(body: bytes, content_type: str) -> None:
    text, _ = decode(body, content_type)
    text.encode("utf-8", "surrogatepass")
    decode(body, f"text/xml; charset={content_type}")
