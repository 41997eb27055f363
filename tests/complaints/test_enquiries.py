from datetime import timedelta

import pytest

from huiyin.complaints import watch
from huiyin.complaints.models import Complaint, Enquiry, Intake
from huiyin.complaints.steps import enquiries
from huiyin.complaints.steps.enquiries import AnsweredAlready, ContactMissing, NewEnquiry, NotYours
from huiyin.messaging.models import Notice
from huiyin.people.actors import Actor
from huiyin.people.roles import NotYourDuty, Role
from tests import factories
from tests.factories import TUESDAY_10

pytestmark = pytest.mark.django_db


def pass_on(actor, **changes):
    new = NewEnquiry(
        **{
            "contact_name": "陈女士",
            "phone": "13900001111",
            "question": "旧机回收怎么办理",
            "department": factories.department("logistics"),
            "channel": "phone",
            **changes,
        }
    )
    return enquiries.pass_on(new, actor=actor, at=TUESDAY_10)


def answer(row, actor, *, after, text="次日上门取件"):
    return enquiries.answer(row.pk, answer=text, actor=actor, at=TUESDAY_10 + after)


def test_s4_98_an_enquiry_is_passed_on_with_a_way_to_call_back_and_its_taker_stays_owner(agent):
    row = pass_on(agent)

    assert (row.owner, row.department.code, row.due_at) == (
        agent.person,
        "logistics",
        TUESDAY_10 + timedelta(hours=24),
    )
    assert (row.intake.kind, row.intake.status, Complaint.objects.count()) == ("enquiry", "passed_on", 0)


@pytest.mark.parametrize(
    "changes", [{"phone": " "}, {"contact_name": ""}, {"question": ""}, {"department": None}, {"channel": "pigeon"}]
)
def test_s4_98_phone_name_question_and_department_are_mandatory(agent, changes):
    with pytest.raises(ContactMissing) as refused:
        pass_on(agent, **changes)

    assert (refused.value.rule.code, Intake.objects.count()) == ("咨询-01", 0)


def test_s4_99_answered_after_23_59_hours_is_in_time(agent):
    row = pass_on(agent)

    answer(row, agent, after=timedelta(hours=23, minutes=59))
    watch.mark_late(TUESDAY_10 + timedelta(hours=25))

    row = Enquiry.objects.get()
    assert (row.answer, row.breached_at, row.intake.status) == ("次日上门取件", None, "answered")


def test_s4_99_unanswered_after_24_01_hours_is_a_breach_and_rings(agent, supervisor):
    row = pass_on(agent)

    at = TUESDAY_10 + timedelta(hours=24, minutes=1)
    assert (watch.mark_late(TUESDAY_10 + timedelta(hours=24)), watch.mark_late(at), watch.mark_late(at)) == (0, 1, 0)

    row.refresh_from_db()
    assert row.breached_at == at
    rung = Notice.objects.filter(kind="enquiry.breached").values_list("person__username", flat=True)
    assert set(rung) == {"xiaoli", "chenzhuguan"}


def test_s4_99_a_late_answer_keeps_the_breach_even_when_no_watch_ran(agent):
    row = answer(pass_on(agent), agent, after=timedelta(hours=24, minutes=1))

    assert row.breached_at == row.due_at


def test_s4_98_the_department_answers_and_the_taker_is_told(agent):
    colleague = factories.acting("wuliu", Role.HANDLER, of="logistics")

    answer(pass_on(agent), colleague, after=timedelta(hours=1))

    assert Notice.objects.get(kind="enquiry.answered").person == agent.person


def test_s4_98_the_head_of_the_department_is_rung(agent):
    head = factories.person("wuliuzhang", Role.HANDLER, of="logistics")
    department = factories.department("logistics")
    department.head = head
    department.save()

    pass_on(agent, department=department)

    assert Notice.objects.get(kind="enquiry.passed").person == head


def test_s4_98_an_enquiry_is_answered_once_and_with_words(agent):
    row = pass_on(agent)
    with pytest.raises(AnsweredAlready):
        answer(row, agent, after=timedelta(hours=1), text=" ")
    answer(row, agent, after=timedelta(hours=1))

    with pytest.raises(AnsweredAlready) as refused:
        answer(row, agent, after=timedelta(hours=2))

    assert refused.value.rule.code == "咨询-03"


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_s2_54_another_department_does_not_answer(agent, role):
    row = pass_on(agent)

    with pytest.raises(NotYours) as refused:
        answer(row, factories.acting("somebody", role, of="quality"), after=timedelta(hours=1))

    assert refused.value.rule.code == "咨询-03"


def test_a_supervisor_may_answer(agent, supervisor):
    assert answer(pass_on(agent), supervisor, after=timedelta(hours=1)).answered_at is not None


@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR, Role.LEADER])
def test_s2_54_only_who_receives_complaints_passes_enquiries_on(policy, role):
    with pytest.raises(NotYourDuty) as refused:
        pass_on(factories.acting("somebody", role))

    assert refused.value.rule.code == "权限-01"


def test_the_system_passes_nothing_on(policy):
    with pytest.raises(NotYourDuty):
        pass_on(Actor.system("portal"))
