"""Compound cases: a further matter brings its department, the meeting ends with a record, there is one voice."""

import pytest

from huiyin.complaints import compound
from huiyin.complaints.compound import PartUnclear
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat, WrongState
from huiyin.complaints.models import CasePart, Complaint, DirectContact, Interest, Meeting, Task
from huiyin.complaints.steps import coordination, registration
from huiyin.complaints.steps.coordination import (
    ContactUnclear,
    Decided,
    MeetingUnclear,
    NewMeeting,
    NoSuchMeeting,
    OneDepartmentAlone,
)
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
VOICE = "划痕由物流造成，退款与补偿一并办理，由我跟到底"


@pytest.fixture
def complaint(agent):
    for code in ("logistics", "quality", "warehouse"):
        factories.department(code)
    return factories.investigating(actor=agent)


@pytest.fixture
def carrier(policy):
    return factories.acting("wuliu", Role.HANDLER, name="何路", of="logistics")


def other_category(complaint):
    """A leaf of another department that is set up in this house."""
    pack = compound.promises.pack_of(complaint)
    return next(leaf.code for leaf in pack.leaves if leaf.department == "logistics")


def part(complaint, actor, minutes=45, category=None):
    wanted = category or other_category(complaint)
    return coordination.add_part(complaint.pk, category=wanted, actor=actor, at=at_of(complaint, minutes))


def record(complaint, actor, minutes=90, *, people, decisions=None, **changes):
    task = Task.objects.get(complaint=complaint, kind="coordinate")
    first = Decided("核对承运交接记录", people[-1], at_of(complaint, 600))
    decided = (first,) if decisions is None else decisions
    new = NewMeeting(**{"held_at": at_of(complaint, 80), "voice": VOICE, **changes}, people=people, decisions=decided)
    return coordination.record_meeting(task.pk, new, actor=actor, at=at_of(complaint, minutes))


def test_s0_34_two_categories_make_the_case_compound_and_create_the_meeting(complaint, agent):
    row = part(complaint, agent)

    fresh = sound(complaint)
    assert (fresh.compound, row.department.code) == (True, "logistics")
    assert Task.objects.get(complaint=complaint, kind="coordinate").assignee == agent.person
    assert kinds(complaint)[-2:] == ["part.added", "task.made"]


def test_s0_34_a_matter_is_named_once_and_is_a_category_of_its_own(complaint, agent):
    part(complaint, agent)

    for category in (other_category(complaint), complaint.category, "nothing", ""):
        with pytest.raises(PartUnclear) as refused:
            coordination.add_part(complaint.pk, category=category, actor=agent, at=at_of(complaint, 50))
        assert refused.value.rule.code == "登记-08"
    assert CasePart.objects.count() == 1


def test_s0_34_a_registered_case_stays_compound_however_its_form_is_kept(agent):
    factories.department("logistics")
    complaint = factories.registered(actor=agent)
    part(complaint, agent, minutes=32)
    assert not Task.objects.filter(complaint=complaint, kind="coordinate").exists()

    registration.save_form(complaint.pk, factories.form(), actor=agent, at=at_of(complaint, 35))

    assert sound(complaint).compound is True


def test_s0_34_the_record_ends_the_meeting_makes_tasks_and_gives_one_voice(complaint, agent, handler, carrier):
    part(complaint, agent)

    row = record(complaint, agent, people=[agent.person, handler.person, carrier.person])

    assert Task.objects.get(complaint=complaint, kind="coordinate").status == "done"
    decision = row.decisions.get()
    assert (decision.task.assignee, decision.task.title) == (carrier.person, "核对承运交接记录")
    assert compound.voice(Complaint.objects.get(pk=complaint.pk)) == VOICE
    assert set(Notice.objects.filter(kind="meeting.recorded").values_list("person", flat=True)) == {
        complaint.handler_id
    }
    assert kinds(sound(complaint))[-3:] == ["task.made", "meeting.recorded", "task.done"]


def test_s0_34_a_record_with_a_gap_is_refused(complaint, agent, handler, carrier):
    part(complaint, agent)
    both = [agent.person, carrier.person]
    late = Decided("核对", carrier.person, at_of(complaint, 60))
    nobody = Decided("核对", None, at_of(complaint, 600))
    for changes in ({"voice": " "}, {"decisions": ()}, {"decisions": (late,)}, {"decisions": (nobody,)},
                    {"held_at": at_of(complaint, 200)}):  # fmt: skip
        with pytest.raises(MeetingUnclear) as refused:
            record(complaint, agent, people=both, **changes)
        assert refused.value.rule.code == "任务-05"
    with pytest.raises(OneDepartmentAlone):
        record(complaint, agent, people=[agent.person])
    assert not Meeting.objects.exists()


def test_s0_34_a_meeting_is_recorded_once_by_the_owner_or_supervisor(complaint, agent, handler, supervisor, carrier):
    part(complaint, agent)
    people = [agent.person, carrier.person]
    for actor in (handler, carrier, factories.acting("shenji", Role.AUDITOR, of="audit")):
        with pytest.raises(WrongSeat):
            record(complaint, actor, people=people)

    record(complaint, supervisor, people=people)
    with pytest.raises(NoSuchMeeting):
        record(complaint, agent, minutes=95, people=people)
    sound(complaint)


def test_s0_34_a_contact_past_the_owner_is_noted_and_rings(complaint, agent, supervisor):
    warehouse = factories.department("warehouse")

    coordination.flag_direct_contact(
        complaint.pk, department=warehouse, what="仓库来电说不赔", actor=agent, at=at_of(complaint, 70)
    )

    assert set(Notice.objects.filter(kind="contact.direct").values_list("person", flat=True)) == {supervisor.person_id}
    assert kinds(sound(complaint))[-1] == "contact.direct"


def test_s0_34_what_is_no_contact_past_the_owner_is_refused(complaint, agent, handler):
    at, warehouse = at_of(complaint, 70), factories.department("warehouse")
    front = factories.department("customer_service")
    for department, what in ((None, "来电"), (warehouse, " "), (front, "来电")):
        with pytest.raises(ContactUnclear) as refused:
            coordination.flag_direct_contact(complaint.pk, department=department, what=what, actor=agent, at=at)
        assert refused.value.rule.code == "告知-02"
    with pytest.raises(WrongSeat):
        coordination.flag_direct_contact(complaint.pk, department=warehouse, what="来电", actor=handler, at=at)
    assert not DirectContact.objects.exists()


def test_s2_54_nobody_with_an_interest_and_nobody_too_early_adds_a_matter(complaint, agent):
    early = factories.received(actor=agent)
    with pytest.raises(WrongState):
        coordination.add_part(early.pk, category="logistics", actor=agent, at=at_of(early, 5))
    Interest.objects.create(complaint=complaint, person=agent.person, reason="亲属", declared_at=complaint.received_at)
    with pytest.raises(OwnMatter):
        part(complaint, agent)
