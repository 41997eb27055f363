"""No clock of ours runs on, or is broken, in a case that has ended (ENG-11); reopened, legal ones run again."""

from datetime import timedelta

import pytest

from huiyin.complaints import watch
from huiyin.complaints.models import Promise
from tests import factories, later
from tests.complaints.checks import kinds, running, sound
from tests.complaints.test_of_another_time import reopened
from tests.complaints.test_withdrawal import ask, confirm
from tests.factories import at_of

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def status_of(complaint, code):
    return Promise.objects.filter(complaint=complaint, code=code).latest("pk").status


def test_t23_a_withdrawn_case_owes_no_first_offer(agent, supervisor):
    complaint = factories.investigating()
    ask(complaint, agent, minutes=50)

    confirm(complaint, supervisor, minutes=60)

    assert status_of(complaint, "first_offer") == "moot"
    assert "whole_case" in running(sound(complaint))


def test_eng_11_nothing_is_broken_in_a_closed_case(agent, supervisor):
    complaint = factories.explaining()
    ask(complaint, agent, minutes=120)
    confirm(complaint, supervisor, minutes=130)
    later.reviewed(complaint, at=at_of(complaint, 140))
    closed = later.review.close(complaint.pk, later.Skip("客户已撤回"), actor=supervisor, at=at_of(complaint, 150))

    watch.run(at_of(complaint, 150) + MONTH)

    assert running(sound(closed)) == {}
    assert "promise.breached" not in kinds(closed)


def test_eng_11_a_clock_that_was_over_when_the_case_closed_is_broken_not_moot(agent, supervisor):
    complaint = factories.investigating()
    ask(complaint, agent, minutes=60 * 24 * 5)

    confirm(complaint, supervisor, minutes=60 * 24 * 5 + 10)

    assert status_of(complaint, "first_offer") == "breached"
    sound(complaint)


def test_t22_a_legal_clock_that_closing_ended_runs_again_to_the_same_time(agent, supervisor):
    complaint = factories.investigating()
    due = running(complaint)["quality_remedy_line"]
    ask(complaint, agent, minutes=50)
    confirm(complaint, supervisor, minutes=60)
    later.reviewed(complaint, at=at_of(complaint, 70))
    closed = later.review.close(complaint.pk, later.Skip("客户已撤回"), actor=supervisor, at=at_of(complaint, 80))
    assert status_of(complaint, "quality_remedy_line") == "moot"

    reopened(closed, supervisor)

    assert running(sound(complaint))["quality_remedy_line"] == due
