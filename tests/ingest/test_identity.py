from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import answer
from tracker.ingest.identity import settled, wanted
from tracker.sources import feed

A, B, C = "https://a.example/a", "https://a.example/b", "https://a.example/c"


def test_the_entry_that_had_an_identifier_first_keeps_it():
    known = {"G": A}
    assert settled([(f"G|{B}", B), (f"G|{A}", A)], known) == [f"G|{B}", "G"]


def test_an_entry_left_alone_with_a_shared_identifier_keeps_its_longer_key():
    known = {"G": A, f"G|{B}": B}
    assert settled([("G", B)], known) == [f"G|{B}"]
    assert settled([("G", A)], known) == ["G"]


def test_an_entry_that_moved_to_another_address_is_still_itself():
    assert settled([("G", B)], {"G": A}) == ["G"]


def test_a_feed_seen_for_the_first_time_is_left_as_it_is():
    entries = [("1", A), ("2", B), (f"G|{A}", A), ("5", None)]
    assert settled(entries, {}) == [key for key, _ in entries]


def test_identifiers_that_change_on_every_visit_give_way_to_addresses():
    known = {"x?sid=1": A, "y?sid=1": B}
    assert settled([("x?sid=2", A), ("y?sid=2", B), ("z?sid=2", C)], known) == ["x?sid=1", "y?sid=1", "z?sid=2"]


def test_one_new_identifier_among_known_ones_is_a_new_entry():
    assert settled([("2", A), ("1", B)], {"1": B, "0": A}) == ["2", "1"]


def test_an_address_that_entries_share_tells_nothing():
    assert settled([("3", A), ("4", A)], {"1": A}) == ["3", "4"]
    assert settled([("3", "https://a.example/")], {"1": "https://a.example/"}) == ["3"]


def visit(*entries: tuple[str, str]) -> list[tuple[str, str | None]]:
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link></item>" for guid, link in entries
    )
    body = f"<rss version='2.0'><channel>{items}</channel></rss>"
    return [(item.key, item.url) for item in feed.read(answer(body)).items]


def test_keys_hold_from_visit_to_visit_while_a_shared_identifier_comes_and_goes():
    known: dict[str, str | None] = {}
    told: dict[str | None, set[str]] = {}
    for entries in ([("G", A)], [("G", B), ("G", A)], [("G", C), ("G", B), ("G", A)], [("G", C), ("G", B)], [("G", C)]):
        seen = visit(*entries)
        for (_, url), key in zip(seen, settled(seen, known), strict=True):
            known.setdefault(key, url)
            told.setdefault(url, set()).add(key)
    assert all(len(keys) == 1 for keys in told.values())
    assert len(known) == 3


ENTRIES = st.lists(
    st.tuples(st.sampled_from(["G", "H", f"G|{A}", f"G|{B}", "G|" + "0" * 24, "x"]), st.sampled_from([A, B, C, None])),
    max_size=6,
    unique_by=lambda entry: entry[0],
)


@given(
    entries=ENTRIES,
    known=st.dictionaries(st.sampled_from(["G", f"G|{A}", "x", "y", "z"]), st.sampled_from([A, B, C, None])),
)
def test_settling_is_steady_and_asks_for_what_it_needs(entries, known):
    keys = settled(entries, known)
    assert len(set(keys)) == len(entries)
    after = {**known, **{key: url for key, (_, url) in zip(keys, entries, strict=True) if key not in known}}
    assert all(key in after for key in keys)
    addresses = {url for _, url in entries}
    needed = {key: url for key, url in known.items() if key in wanted(entries) or url in addresses}
    assert settled(entries, needed) == keys
