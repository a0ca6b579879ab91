"""In what order tests run: the longest first, for one begun last would keep all other workers waiting."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Test = TypeVar("Test")


def longest_first(tests: Sequence[Test], is_long: Callable[[Test], bool], workers: int) -> list[Test]:
    """Return the tests so that each worker begins with its share of the long ones; else in the order given.

    At the start pytest-xdist (`--dist worksteal`) gives each worker, in turn, as many of the tests that are left as
    make equal parts of them.
    """
    long = [test for test in tests if is_long(test)]
    short = [test for test in tests if not is_long(test)]
    order: list[Test] = []
    for number in range(workers):
        part = (len(tests) - len(order)) // (workers - number)
        mine = long[number::workers]
        rest = max(0, part - len(mine))
        order += [*mine, *short[:rest]]
        del short[:rest]
    return order
