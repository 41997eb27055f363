"""What each step of a case's life costs in statements; a step that needs more says why before its number is raised."""

from functools import wraps

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.steps import (
    approval,
    assignment,
    execution,
    followup,
    investigation,
    offering,
    planning,
    reception,
    registration,
    review,
)
from tests import later

pytestmark = pytest.mark.django_db

# Statements of one step in scenario 0, without those that begin and end its transaction. The packs of the house and
# the calendar are read once per process and not counted. Words to the customer cost two to five: the shelf's stamp,
# what was said before, and where they promise something what may be promised and how long that takes.
BUDGET = {
    reception.receive: 19,
    reception.acknowledge: 22,
    registration.register: 38,
    assignment.assign_handler: 32,
    investigation.add_evidence: 11,
    investigation.judge_cause: 11,
    investigation.issue_finding: 28,  # weighs the customer's own account and what is contradicted
    planning.start_plan: 25,
    planning.draft_plan: 26,  # looks at what the customer expects and what the law gives
    planning.submit_plan: 24,
    approval.approve_plan: 35,
    offering.confirm_choice: 39,
    execution.finish_action: 26,
    execution.finish_execution: 29,
    followup.record_callback: 17,
    followup.conclude_followup: 22,
    review.write_review: 11,
    review.answer_question: 9,
    review.close: 31,  # what is unfinished is cancelled with the case
}
TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.fixture
def costs(monkeypatch):
    """Count each of these steps whenever it is taken; gives the dearest of each."""
    found = {}

    def counting(step):
        @wraps(step)
        def counted(*args, **kwargs):
            with CaptureQueriesContext(connection) as caught:
                made = step(*args, **kwargs)
            statements = [one["sql"] for one in caught if not one["sql"].startswith(TRANSACTION)]
            found[step] = max(found.get(step, 0), len(statements))
            return made

        return counted

    for step in BUDGET:
        module = __import__(step.__module__, fromlist=[step.__name__])
        monkeypatch.setattr(module, step.__name__, counting(step))
    return found


def test_every_step_stays_within_its_budget(policy, costs):
    later.closed()  # reads packs and calendar
    costs.clear()

    later.closed()

    told = {step.__name__: (costs.get(step), most) for step, most in BUDGET.items()}
    assert {name: pair for name, pair in told.items() if pair[0] is None or pair[0] > pair[1]} == {}


def test_a_whole_life_stays_within_its_budget(policy):
    later.closed()

    with CaptureQueriesContext(connection) as caught:
        later.closed.__wrapped__()

    assert len(caught) <= 671
