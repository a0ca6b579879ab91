"""How a document bears on an object: ordered rules from `config/terms.toml`; the first that fits decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.errors import ConfigError
from tracker.domain.vocab import Relation
from tracker.linking.facts import Facts
from tracker.linking.features import Measured
from tracker.linking.targets import Profile
from tracker.linking.timing import Span, gap

_LONG_AFTER = 400  # days after which nobody speaks of what was due as having passed
_DATED_BEFORE = 2  # days a document may be dated before what it reports
_TITLE_SHARE = 0.2  # cosine of the title with the target that makes it the title's subject
_SAME_TIME = 7  # days within which a document and an object's day are one occasion


@dataclass(frozen=True, slots=True)
class RelationRule:
    """One rule; None and empty mean that the rule does not ask."""

    relation: Relation
    kinds: frozenset[str]
    events: frozenset[str]
    documents: frozenset[str]
    main: bool | None
    leads: bool | None
    own: bool | None
    after_due: bool | None
    says: re.Pattern[str] | None
    says_not: re.Pattern[str] | None


def relation_rules(tables: Mapping[str, Any]) -> tuple[RelationRule, ...]:
    """Return the rules of the parsed file in order; raises ConfigError for an unknown relation or a wrong pattern."""
    try:
        return tuple(_rule(row) for row in tables["link"]["relation"])
    except (KeyError, ValueError, re.error) as error:
        raise ConfigError(f"terms.toml: [[link.relation]]: {error}; compare it with the file as shipped") from error


def relation_of(facts: Facts, measured: Measured, rules: tuple[RelationRule, ...], *, leads: bool) -> Relation:
    """Return the relation of a document to a target; `leads` says that no other of its kind is likelier."""
    reading, profile = facts.reading, measured.profile
    target, main = profile.target, is_subject(facts, measured)
    event = reading.events[0].event_type if reading.events else ""
    own = bool(reading.publisher & target.names)
    after_due = bool(target.due and facts.published and 0 <= gap(Span.of(target.due), facts.published) <= _LONG_AFTER)
    for rule in rules:
        if (
            (not rule.kinds or target.kind in rule.kinds)
            and (not rule.events or event in rule.events)
            and (not rule.documents or reading.kind in rule.documents)
            and rule.main in {None, main}
            and rule.leads in {None, leads}
            and rule.own in {None, own}
            and rule.after_due in {None, after_due}
            and (rule.says is None or facts.says(rule.says))
            and (rule.says_not is None or not facts.says(rule.says_not))
        ):
            return rule.relation
    return Relation.MENTIONS


def is_subject(facts: Facts, measured: Measured) -> bool:
    """Whether the target is what the document is about: of its day, or spoken of in its title."""
    return same_time(facts, measured.profile) or measured.features.get("title", 0.0) >= _TITLE_SHARE


def same_time(facts: Facts, profile: Profile) -> bool:
    """Whether the document appeared within a week after one of the target's days."""
    published = facts.published
    return published is not None and any(
        -_DATED_BEFORE <= gap(day.span, published) <= _SAME_TIME for day in profile.days
    )


def _rule(row: Mapping[str, Any]) -> RelationRule:
    return RelationRule(
        relation=Relation(row["relation"]),
        kinds=frozenset(row.get("kinds", ())),
        events=frozenset(row.get("events", ())),
        documents=frozenset(row.get("documents", ())),
        main=row.get("main"),
        leads=row.get("leads"),
        own=row.get("own"),
        after_due=row.get("after_due"),
        says=re.compile(row["says"]) if "says" in row else None,
        says_not=re.compile(row["says_not"]) if "says_not" in row else None,
    )
