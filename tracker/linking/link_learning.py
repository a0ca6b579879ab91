"""The weights of links learned from decided documents: first what speaks for a target alone, then how it stands.

The second stage learns on points that the first gave to documents it had not seen; otherwise it would trust them more
than they deserve. Hand weights are the prior of both (`tracker.linking.learn`), so few decisions move little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.domain.additive import BIAS, Model
from tracker.linking.facts import AMONG, OWN, Facts, LinkRules
from tracker.linking.learn import Row, fit, out_of_fold
from tracker.linking.reading import Reading
from tracker.linking.scoring import Weighed, stand_among, weigh_alone
from tracker.linking.targets import TargetIndex

_SPREAD, _RELATIVE = 0.5, 0.4  # how far a weight may go from its prior: at least, and by its size
_BIAS_SPREAD = 2.0
_AMONG_SPREAD = 0.6
_FOLDS = 5
# Too few decisions ever speak of these for them to be learned: a rule is meant by them.
_HELD = ("address", "identifier", "other_company")


@dataclass(frozen=True, slots=True)
class Decided:
    """A document of which is known what it bears on.

    `right` holds targets a person linked it to, `wrong` those a person rejected; any further candidate counts as wrong
    with the weight `unshown`, since who read the document did not add it. Documents of one story are one `group`.
    """

    reading: Reading
    right: frozenset[str]
    wrong: frozenset[str] = frozenset()
    unshown: float = 0.2
    group: str = ""


def learn_links(documents: Sequence[Decided], index: TargetIndex, rules: LinkRules) -> LinkRules:
    """Return the rules with weights learned from decided documents; without any they are as they were."""
    weighed = [weigh_alone(Facts(document.reading, index, rules)) for document in documents]
    rows = [
        _row(document, found, found.measured.features)
        for document, each in zip(documents, weighed, strict=True)
        for found in each
    ]
    own = _own(rows, rules.own)
    unseen = iter(out_of_fold(rows, lambda seen: _own(seen, rules.own), folds=_FOLDS))
    second: list[Row] = []
    for document, each in zip(documents, weighed, strict=True):
        for found in each:
            found.own = next(unseen).points
        stand_among(Facts(document.reading, index, rules), each)
        second += [_row(document, found, {"own": found.own, **found.among}) for found in each]
    spreads = {BIAS: 1.0, "own": 0.4}
    among = fit(second, rules.among.prior, name=AMONG, spread=_AMONG_SPREAD, spreads=spreads, keep_signs=True)
    return replace(rules, own=own, among=among)


def _own(rows: Sequence[Row], start: Model) -> Model:
    spreads = {code: max(_SPREAD, _RELATIVE * abs(weight)) for code, weight in start.prior.items()}
    spreads |= dict.fromkeys(_HELD, 0.0) | {BIAS: _BIAS_SPREAD}
    return fit(rows, start.prior, name=OWN, spreads=spreads, keep_signs=True)


def _row(document: Decided, found: Weighed, features: Mapping[str, float]) -> Row:
    right = found.target_id in document.right
    weight = 1.0 if right or found.target_id in document.wrong else document.unshown
    return Row(dict(features), right, document.group, weight)
