"""What somebody was shown before they decided, so that a decision on what has changed since is noticed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.domain.errors import InputError

Tie = tuple[str, str, str]  # state, relation, and who decided ("" for nobody)
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A document's version and event type ("" for none), and its links by object: state, relation, who decided."""

    version: int
    event_type: str
    ties: Mapping[int, Tie] = field(default_factory=dict)

    def text(self) -> str:
        """Return it as it travels in a form."""
        ties = {str(number): list(tie) for number, tie in sorted(self.ties.items())}
        return json.dumps([self.version, self.event_type, ties], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Shown":
        """Read it back; raise InputError for what no page of ours wrote."""
        try:
            if len(text) > LONGEST:
                raise ValueError(len(text))  # noqa: TRY301 - told like any other that cannot be read
            version, event_type, ties = json.loads(text)
            return cls(int(version), str(event_type), {int(number): _tie(tie) for number, tie in ties.items()})
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise InputError(
                "deciding: the form does not say which version it was made from; open the page again and decide there"
            ) from error

    def differs(self, now: "Shown", object_id: int) -> bool:
        """Return whether the link to an object is not what was shown."""
        return self.ties.get(object_id) != now.ties.get(object_id)


def _tie(parts: list[str]) -> Tie:
    state, relation, by = parts
    return str(state), str(relation), str(by)
