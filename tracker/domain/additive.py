"""An additive model: named features times weights make log odds. What it says is the sum of what its features say.

The weights began at values that people wrote (`prior`) and were moved by decisions. Nothing but the standard library is
needed to apply one, so a collecting process applies it without loading what trains it (`tracker.linking.learn`).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.errors import InputError

BIAS = "bias"
FORMAT = 1  # of the JSON below; raise it when old rows can no longer be read
_FARTHEST = 30.0  # points beyond which a probability is 0 or 1 anyway


def probability(points: float) -> float:
    """Return points (log odds) as a probability."""
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, points))))


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature, `bias` among them.

    `scale` and `shift` calibrate: they were fitted on scores of decisions which the weights had not seen, and are 1 and
    0 where there were too few. `version` is 0 for what people wrote. `facts` say how it came about: counts of
    decisions, measures. A feature without a weight counts nothing.
    """

    name: str
    version: int = 0
    weights: Mapping[str, float] = field(default_factory=dict)
    prior: Mapping[str, float] = field(default_factory=dict)
    scale: float = 1.0
    shift: float = 0.0
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the features, in order."""
        return tuple(sorted(self.weights.keys() - {BIAS}))

    def weight(self, feature: str) -> float:
        """Return the calibrated points of one unit of a feature."""
        return self.scale * self.weights.get(feature, 0.0)

    @property
    def bias(self) -> float:
        """The calibrated points of a case without any feature."""
        return self.scale * self.weights.get(BIAS, 0.0) + self.shift

    def points(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return what each feature and the bias contribute, in log odds; together they are the score."""
        parts, scale, weights = {BIAS: self.bias}, self.scale, self.weights
        for name, value in features.items():
            weight = weights.get(name)
            if weight and value:
                parts[name] = scale * weight * value
        return parts

    def score(self, features: Mapping[str, float]) -> float:
        """Return the log odds."""
        return math.fsum(self.points(features).values())

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1."""
        return probability(self.score(features))

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "format": FORMAT,
            "name": self.name,
            "version": self.version,
            "scale": self.scale,
            "shift": self.shift,
            "weights": dict(self.weights),
            "prior": dict(self.prior),
            "facts": dict(self.facts),
        }

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> "Model":
        """Return what `plain` gave; raises InputError for anything else, also for a weight that is no finite number."""
        try:
            if data["format"] != FORMAT:
                raise InputError(f"reading a model: its format is {data['format']!r}, not {FORMAT}; train it again")
            model = cls(
                name=str(data["name"]),
                version=int(data["version"]),
                weights={str(key): float(value) for key, value in data["weights"].items()},
                prior={str(key): float(value) for key, value in data["prior"].items()},
                scale=float(data["scale"]),
                shift=float(data["shift"]),
                facts=dict(data["facts"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"reading a model: {error!r}; it must be as `tracker link model show` gives it") from error
        numbers = (*model.weights.values(), *model.prior.values(), model.scale, model.shift)
        if not all(map(math.isfinite, numbers)):
            raise InputError(f"reading the model {model.name!r}: a weight is no finite number; train it again")
        return model
