"""Pictures of addresses: a PNG of the right size for any text whatever, with no letter drawn as a box."""

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tracker.domain.vocab import Lane
from tracker.web.drawn import card
from tracker.web.drawn.card import Card, Type, drawable, png, width, wrapped

TITLE = Type(card.SERIF, card.BOLD, 48)


def seen(told: Card) -> Image.Image:
    image = Image.open(io.BytesIO(png(told)))
    image.load()
    return image


def test_a_card_is_a_picture_of_the_size_networks_ask_for():
    image = seen(
        Card("Resolution · 2019", "Report on risks", (("42.1 %", "support"),), Lane.INVESTORS, foot="w.example")
    )
    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "RGB")
    assert image.getpixel((5, 5)) == (0x3F, 0x51, 0xB5)


def test_what_differs_in_one_figure_is_another_picture_and_the_same_is_drawn_once():
    first, other = (Card("Letter", "To Amazon", ((f"{days} days", "no answer found"),)) for days in (412, 413))
    assert png(first) != png(other)
    assert png(Card("Letter", "To Amazon", (("412 days", "no answer found"),))) is png(first)


@settings(max_examples=6, deadline=None)
@given(over=st.text(max_size=60), title=st.text(), value=st.text(max_size=30), label=st.text(max_size=200))
def test_any_text_makes_a_picture(over: str, title: str, value: str, label: str):
    png.__wrapped__(Card(over, title, ((value, label), (value, label)), fictional=True, foot=over))


@settings(max_examples=200)
@given(st.text())
def test_what_is_drawn_has_a_shape_in_the_fonts_and_holds_every_letter_or_nothing(text: str):
    found = drawable(text)
    assert all(card._part_of(sign, family) for sign in found for family in (card.SERIF, card.SANS))
    assert found in {"", " ".join(found.split())}


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Łódź, Ångström & “Señor”", "Łódź, Ångström & “Señor”"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("Stop \N{WARNING SIGN}\N{VARIATION SELECTOR-16} sales \N{FIRE}", "Stop sales"),
        ("soft\N{SOFT HYPHEN}ly \N{ZERO WIDTH SPACE}said\n\tonce", "softly said once"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}evil", "evil"),
        ("日本語の手紙", ""),
        ("Письмо в Думу: Τράπεζα, Việt Nam", "Письмо в Думу: Τράπεζα, Việt Nam"),
        ("A letter to 議会", ""),
        ("رسالة", ""),
        ("\ud800\0\x85", ""),
    ],
)
def test_a_text_is_whole_or_left_out(text: str, drawn: str):
    assert drawable(text) == drawn


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("aWi.é", min_size=1, max_size=60), max_size=20), st.integers(1, 3))
def test_no_line_is_wider_than_its_room_and_what_was_cut_says_so(words: list[str], most: int):
    text = " ".join(words)
    lines = wrapped(text, TITLE, 500, most)
    assert len(lines) <= most
    assert all(width(line, TITLE) <= 500 for line in lines)
    assert " ".join(lines) == text or any(line.endswith(card.ELLIPSIS) for line in lines)


def test_a_card_costs_less_than_a_tenth_of_a_second():
    told = Card("Campaign", "W" * 300, tuple((f"{n} %", "support " * 20) for n in range(3)), fictional=True, foot="w")
    png.__wrapped__(told)
    begun = time.process_time()
    png.__wrapped__(told)
    assert time.process_time() - begun < 0.1
