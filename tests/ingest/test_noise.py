import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ingest.noise import steady, steady_hash

POLICY = "We do not sell face matching to police for one year.\n\nThis holds until June 10, 2021. It began 30 days ago."


@pytest.mark.parametrize(
    "noise",
    [
        "Last updated June 10, 2020",
        "Last updated: Wed, 10 June 2020 at 10:34 AM EST",
        "Last modified on 2020-06-10 10:34:01 UTC",
        "Last reviewed 10/06/2020",
        "Updated 5 minutes ago",
        "Updated: June 2020",
        "3 days ago",
        "Posted 2 weeks ago",
        "just now",
        "12:34:56",
        "12:34:56 PM EST",
        "Current time: 10:34 AM",
        "1,234 views",
        "1.2K views · 34 comments | 5 shares",
        "Views: 1,234",
        "Comments (12)",
        "Viewed 12 times",
        "12 people are reading this now",
        "© 2020",
        "Request ID: 8f3a-11bc9",
        "Ray ID 7c8d9e0f1a2b3c4d",
        "nonce: a8f1b2c3",
        "d41d8cd98f00b204e9800998ecf8427e",
        "123e4567-e89b-12d3-a456-426614174000",
        "Accept all cookies",
        "Share this on Facebook Twitter",
        "Skip to main content",
    ],
)
def test_what_changes_by_itself_is_no_part_of_the_steady_words(noise: str) -> None:
    assert steady(f"{POLICY}\n{noise}") == steady(POLICY)


@pytest.mark.parametrize(
    "line",
    [
        "Effective June 10, 2020",
        "June 10, 2020",
        "We will decide by June 10, 2021.",
        "The meeting begins at 10:00 AM.",
        "10:00 AM",
        "The proponent holds 1,234 shares of common stock.",
        "We asked them 30 days ago.",
        "It was one year ago.",
        "1,234,567 votes for",
        "23 comments were submitted to the agency.",
        "We use cookies to remember you.",
        "Order No. 4512",
        "Section 3.1",
        "We updated the policy in June 2020 to end sales.",
        "Share price",
        "Searches of the database need a warrant.",
        "Contract 47QTCA-20-D-00AB",
        "Reference number: 2020-001234",
        "Incident number: 20-123456",
    ],
)
def test_what_somebody_wrote_stays(line: str) -> None:
    assert line in steady(f"{POLICY}\n{line}\nEnd.").split("\n")


def test_the_rest_of_a_line_stays_when_its_date_goes() -> None:
    first = "This policy, last updated on June 10, 2020, covers police. © 2020 Vendor"
    assert steady(first) == steady(first.replace("2020", "2021").replace("June 10", "May 1"))
    assert "covers police" in steady(first)
    assert "Vendor" in steady(first)


@pytest.mark.parametrize(
    ("before", "after"), [("one year", "two years"), ("do not", "do"), ("2021", "2022"), ("police", "the police")]
)
def test_one_word_makes_another_hash(before: str, after: str) -> None:
    assert steady_hash("T", POLICY) != steady_hash("T", POLICY.replace(before, after))


def test_the_headline_counts_once_and_waiting_messages_do_not() -> None:
    assert steady_hash("Our principles", f"Our principles\n\n{POLICY}") == steady_hash("(3) Our principles", POLICY)
    assert steady_hash("Our principles", POLICY) != steady_hash("Our rules", POLICY)


@given(st.text())
def test_steady_words_are_steady(text: str) -> None:
    once = steady(text)
    assert len(once) <= len(text)
    assert steady_hash("", once) == steady_hash("", text) or steady(once) != once


@given(st.text("abcdefg hijk\n", max_size=200))
def test_plain_words_are_left_alone(text: str) -> None:
    assert steady(text).split() == text.split()


@pytest.mark.parametrize(
    "line", ["1 " * 50_000, "last updated " * 20_000, "1,1." * 50_000, "a" * 200_000, "© " * 100_000, "12:" * 60_000]
)
def test_hostile_lines_come_to_an_end(line: str) -> None:
    assert len(steady(line)) <= len(line)


def test_words_after_a_clock_are_no_time_zone() -> None:
    assert steady("Last updated June 10, 2020 at 10:34 the policy holds.") == "the policy holds."
