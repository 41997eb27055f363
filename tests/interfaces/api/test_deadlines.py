"""More time for a clock of the rules, asked for by a program (ENG-10)."""

import pytest

from huiyin.complaints import rules
from huiyin.complaints.models import Promise
from huiyin.people.roles import Role
from tests import factories
from tests.factories import when

NOTICE = {"text": "划痕检测需送外部机构，核查时限延长三天，仍按约定时间告知进展。"}


@pytest.fixture
def complaint(policy, clock):
    made = factories.investigating()
    clock.move_to(factories.at_of(made, 100))
    return made


def extend(caller, complaint, code="investigation", **changes):
    row = Promise.objects.get(complaint=complaint, code=code, ended_at=None)
    body = {"promise": row.pk, "reason": "送外部机构检测", "say": NOTICE, **changes}
    return row, caller.post(f"/complaints/{complaint.number}/extend_deadline", body)


def test_eng_10_a_program_gives_a_clock_more_time_and_tells_the_customer(supervisor, complaint):
    first, answer = extend(supervisor, complaint)

    shown = supervisor.get(f"/complaints/{complaint.number}/promises").json()["promises"]
    rows = {row["id"]: row for row in shown if row["code"] == "investigation"}
    second = next(row for row in rows.values() if row["replaces_id"] == first.pk)
    assert answer.status_code == 200
    assert (rows[first.pk]["status"], rows[first.pk]["replaced_reason"]) == ("replaced", "送外部机构检测")
    assert Promise.objects.get(pk=second["id"]).due_at == when(2025, 3, 11)
    last = supervisor.get(f"/complaints/{complaint.number}/timeline").json()["events"][-1]
    assert (last["kind"], last["message"]["text"]) == ("promise.extended", NOTICE["text"])


@pytest.mark.parametrize(
    ("code", "changes", "rule"),
    [
        ("first_offer", {}, rules.EXTENDED_IN_TIME),  # the pack lets it be extended never
        ("whole_case", {}, rules.EXTENDED_IN_TIME),  # by a leader alone
        ("investigation", {"reason": " "}, rules.REASON_TO_REPLACE),
    ],
)
def test_eng_10_what_stands_against_it_is_told_with_its_rule(supervisor, complaint, code, changes, rule):
    _row, answer = extend(supervisor, complaint, code, **changes)

    assert (answer.status_code, answer.json()["rule"]) == (409, rule.code)


def test_eng_10_nobody_but_who_approves_extends(call, complaint):
    _row, answer = extend(call("xiaoli", Role.AGENT, name="李娜"), complaint)

    assert answer.status_code in (403, 409)


def test_eng_10_it_takes_a_token_that_may_decide(call, complaint):
    narrow = call("chenzhuguan", Role.SUPERVISOR, name="陈静", scopes=("read", "write"))

    _row, answer = extend(narrow, complaint)

    assert answer.status_code == 403
