"""The form of every kind: nothing without a text, nothing that the database holds without a sentence."""

import pytest
from sqlalchemy import CheckConstraint, Enum

from tracker.domain.row_rules import RULES
from tracker.models import kinds
from tracker.models.base import CampaignObject
from tracker.store.field_help import texts
from tracker.store.object_forms import NO_FORM, Widget, form_of
from tracker.store.records import columns, tables


def _tables():
    """Every table that a form writes to."""
    for kind in kinds():
        yield form_of(kind).detail
        yield from (part.table for part in form_of(kind).every_part())


@pytest.mark.parametrize("kind", kinds())
def test_every_field_has_a_label_and_says_what_belongs_in_it(kind):
    form = form_of(kind)
    fields = [*form.spine, *form.fields, *(one for part in form.every_part() for one in part.fields)]
    assert all(one.label and one.help.endswith((".", ")", "...")) for one in fields), [one.key for one in fields]
    assert all(one.choices for one in fields if one.widget is Widget.CHOICE)
    assert all(one.target in tables() for one in fields if one.widget is Widget.NAME)
    assert all(part.label and part.help for part in form.every_part())


def test_no_text_is_left_of_a_field_that_is_none():
    known = {f"{one.table}.{one.key}" for kind in kinds() for one in (*form_of(kind).spine, *form_of(kind).fields)}
    parts = [part for kind in kinds() for part in form_of(kind).every_part()]
    known |= {f"{one.table}.{one.key}" for part in parts for one in part.fields}
    known |= {f"{part.name}._list" for part in parts} | {"campaign_object.campaigns"}
    assert known == set(texts())


def test_whatever_the_database_refuses_of_a_row_has_a_sentence_beside_its_field():
    checks = {
        (str(columns(table).name), str(check.name).removeprefix(f"ck_{columns(table).name}_"))
        for table in {*_tables(), CampaignObject} - NO_FORM - {CampaignObject}
        for check in columns(table).constraints
        if isinstance(check, CheckConstraint)
        if not (isinstance(getattr(check, "_type_bound", None), bool) and check._type_bound)
    }
    vocabularies = {
        column.type.name for table in _tables() for column in columns(table).columns if isinstance(column.type, Enum)
    }
    for table, name in checks:
        if name in vocabularies or name.endswith("_not_negative"):
            continue  # a choice, and no number below zero can be typed
        rule = RULES.get(f"{table}.{name}") or RULES.get(name)
        assert rule is not None, f"{table}: {name} has no rule"
        assert rule.table == table
