"""A case written again is the case that was made (see tests/remembering.py)."""

import io
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from huiyin.complaints.models import Complaint
from huiyin.interfaces.common import clock
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import sound
from tests.remembering import HISTORY, NotPlain, plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Begin without what other tests have made."""
    kept, HISTORY.memories = HISTORY.memories, {}
    yield
    HISTORY.memories = kept


def rows():
    """Every row of every table except those of the policy, which no case changes."""
    models = [model for model in apps.get_models() if model._meta.app_label != "policy"]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def taken_steps(make, *given, **named):
    """Make a case; say whether the steps were taken rather than written again."""
    with CaptureQueriesContext(connection) as seen:
        case = make(*given, **named)
    return case, any(query["sql"].startswith('INSERT INTO "complaints_event"') for query in seen)


@contextmanager
def another_test():
    """What the runner does around a test: it is rolled back, and the next begins."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    HISTORY.forget()


@pytest.mark.parametrize(
    "make",
    [
        factories.received,
        lambda: factories.admitted("planning", owner=factories.agent().person),
        factories.explaining,
        later.offering_within_authority,
        lambda: later.executing(rank=2),
        lambda: later.closed(category="quality.damage"),
        later.closed_unanswered,
    ],
)
def test_a_case_written_again_has_every_row_of_the_case_that_was_made(make):
    with another_test():
        made, steps = taken_steps(make)
        assert steps
        sound(made)
        rows_made = rows()
    written, steps = taken_steps(make)
    assert not steps
    sound(written)
    assert rows() == rows_made
    assert {f.attname: getattr(written, f.attname) for f in Complaint._meta.concrete_fields} == {
        f.attname: getattr(made, f.attname) for f in Complaint._meta.concrete_fields
    }


def test_a_case_written_again_goes_on_as_the_case_that_was_made():
    with another_test():
        later.finish_all(later.executing())
        rows_made = rows()
    case, steps = taken_steps(later.executing)
    later.finish_all(case)
    assert not steps
    sound(later.followed_up(case))
    assert len(rows()["complaints.Event"]) > len(rows_made["complaints.Event"])


def test_two_cases_are_two_also_when_written_again():
    with another_test():
        first = [factories.received().number, factories.received().number]
    again = [taken_steps(factories.received) for _ in range(2)]
    assert [case.number for case, _ in again] == first
    assert not any(steps for _, steps in again)
    assert len(set(first)) == 2
    assert sound(again[1][0]).pk != sound(again[0][0]).pk


def remember(make):
    with another_test():
        make()


def test_the_order_in_which_people_were_made_makes_no_difference():
    with another_test():
        factories.agent()
        factories.person("wangzong", Role.LEADER)
        later.planning()
    factories.person("wangzong", Role.LEADER)
    factories.handler()
    assert not taken_steps(later.planning)[1]


def test_in_another_world_the_steps_are_taken():
    remember(factories.received)
    factories.person("wangzong", Role.LEADER)
    assert taken_steps(factories.received)[1]


def test_with_another_value_the_steps_are_taken():
    remember(factories.received)
    case, steps = taken_steps(factories.received, title="屏幕碎裂")
    assert steps
    assert case.title == "屏幕碎裂"


def test_in_another_language_or_under_other_settings_the_steps_are_taken(settings):
    with translation.override("zh-hans"):
        remember(factories.received)
    with translation.override("en"):
        assert taken_steps(factories.received)[1]
    settings.HUIYIN_ORGANISATION = "晨光数码"
    assert taken_steps(factories.received)[1]


def test_where_something_is_patched_the_steps_are_taken(monkeypatch):
    remember(factories.received)
    monkeypatch.setattr(clock, "now", lambda: factories.TUESDAY_10)
    with another_test():
        assert not taken_steps(factories.received)[1]
    HISTORY.patches = monkeypatch
    monkeypatch.setattr(factories, "SCRATCHED", "外壳有划痕")
    case, steps = taken_steps(factories.received)
    assert steps
    assert case.text == "外壳有划痕"


def test_what_was_taken_back_leaves_another_world():
    remember(factories.received)
    with transaction.atomic():
        factories.department("audit")
        transaction.set_rollback(True)
    assert taken_steps(factories.received)[1]


def test_values_are_compared_whole():
    person = factories.agent().person
    assert plain(factories.form()) == plain(factories.form())
    assert plain(factories.form()) != plain(factories.form(emotion=5))
    assert plain(person) != plain(factories.handler().person)
    assert plain(1) != plain(True)
    assert plain(factories.agent()) != plain(replace(factories.agent(), name="小李"))
    with pytest.raises(NotPlain):
        plain(io.BytesIO())
