from datetime import timedelta

import pytest

from huiyin.complaints import watch
from huiyin.complaints.conversation import Say
from huiyin.complaints.guards.intake import NotCategorised, NoTimeNamed, UnknownEmotion
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat, WrongState
from huiyin.complaints.models import Complaint, Intake, Interaction, Promise
from huiyin.complaints.promises import PromiseInThePast, Spoken
from huiyin.complaints.steps import reception
from huiyin.complaints.steps.reception import NobodyToOwn, NotABase, NothingSaid, NoWayToAnswer, ReceivedTomorrow
from huiyin.knowledge.coach import NoTimeInWords, WordsBlocked
from huiyin.messaging.models import Notice
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from huiyin.policy.packs import store
from huiyin.policy.packs.store import NoPackInForce
from tests import factories
from tests.complaints.checks import kinds, running, sound
from tests.factories import TUESDAY_10, when

pytestmark = pytest.mark.django_db


def test_s4_32_the_first_receiver_owns_the_case(agent):
    complaint = factories.received(actor=agent)

    assert (complaint.owner, complaint.state) == (agent.person, "received")
    assert kinds(complaint) == ["complaint.received"]
    sound(complaint)


def test_s0_02_the_first_response_clock_has_a_target_of_60_and_a_limit_of_120_minutes(policy):
    clock = Promise.objects.get(complaint=factories.received(), code="first_response")

    assert (clock.target_at, clock.due_at) == (when(2025, 3, 4, 11), when(2025, 3, 4, 12))


@pytest.mark.parametrize(
    ("minutes", "status", "on_target"), [(59, "kept", True), (61, "kept", False), (121, "breached", False)]
)
def test_s0_02_an_answer_at_59_61_and_121_minutes(policy, minutes, status, on_target):
    complaint = factories.acknowledged(minutes=minutes)

    clock = Promise.objects.get(complaint=complaint, code="first_response")
    assert (clock.status, clock.kept_at <= clock.target_at) == (status, on_target)
    sound(complaint)


def test_s0_02_a_late_answer_alerts_owner_and_supervisor(agent, supervisor):
    complaint = factories.received(actor=agent)

    watch.fire_due(TUESDAY_10 + timedelta(minutes=121))

    told = Notice.objects.filter(kind="promise.breached").values_list("person__username", flat=True)
    assert set(told) == {"xiaoli", "chenzhuguan"}
    assert "promise.breached" in kinds(complaint)
    sound(complaint)


def test_s0_03_the_same_complaint_by_three_channels_has_identical_due_times(policy):
    due = [running(factories.received(channel=channel)) for channel in ("phone", "ticket", "social")]

    assert due[0] == due[1] == due[2]
    assert set(due[0]) == {"first_response", "whole_case", "unanswered_message"}


def test_s0_03_clocks_count_from_receipt_and_not_from_the_writing_down(agent):
    later = TUESDAY_10 + timedelta(minutes=30)
    complaint = factories.received(actor=agent, at=later, received_at=TUESDAY_10)

    assert running(complaint)["first_response"] == when(2025, 3, 4, 12)
    sound(complaint)


def test_t1_a_complaint_without_a_way_to_answer_is_refused_and_leaves_nothing(agent):
    with pytest.raises(NoWayToAnswer) as refused:
        factories.received(actor=agent, identities=())

    assert (refused.value.rule.code, Complaint.objects.count(), Intake.objects.count()) == ("受理-01", 0, 0)


def test_t1_an_unknown_kind_of_contact_and_an_unknown_channel_are_refused(agent):
    with pytest.raises(NoWayToAnswer):
        factories.received(actor=agent, identities=(("pigeon", "7"),))
    with pytest.raises(NoWayToAnswer):
        factories.received(actor=agent, channel="pigeon")


def test_t1_a_complaint_that_says_nothing_is_refused(agent):
    with pytest.raises(NothingSaid) as refused:
        factories.received(actor=agent, title=" ", text="")

    assert refused.value.rule.code == "受理-02"


def test_t1_a_complaint_from_tomorrow_is_refused(agent):
    with pytest.raises(ReceivedTomorrow) as refused:
        factories.received(actor=agent, received_at=TUESDAY_10 + timedelta(days=1))

    assert refused.value.rule.code == "受理-03"


def test_t1_an_unknown_category_is_refused_and_a_known_one_kept(agent):
    with pytest.raises(NotCategorised):
        factories.received(actor=agent, category="quality.unheard_of")

    assert factories.received(actor=agent, category="quality.damage").category == "quality.damage"


def test_s0_08_an_emotion_off_the_list_is_refused_at_receipt_too(agent):
    with pytest.raises(UnknownEmotion) as refused:
        factories.received(actor=agent, emotion=6)

    assert (refused.value.rule.code, Complaint.objects.count()) == ("登记-06", 0)


@pytest.fixture
def overlay(policy, tmp_path):
    """A pack that lays a stricter first response on the complaints that come by telephone."""
    folder = tmp_path / "strict"
    folder.mkdir()
    (folder / "pack.toml").write_text(OVERLAY, encoding="utf-8")
    (folder / "clocks.toml").write_text(STRICT, encoding="utf-8")
    return store.load(folder, at=factories.LONG_AGO)


OVERLAY = """
code = "strict"
kind = "overlay"
title = { zh = "严格", en = "Strict" }
version = "1"
in_force_from = 2019-01-01
extends = ["retail"]
[[pick]]
channels = ["phone"]
"""
STRICT = """
[[clock]]
code = "first_response"
kind = "stage"
state = "received"
title = { zh = "首次响应", en = "First response" }
span = { qty = 30, unit = "minute" }
target = { qty = 15, unit = "minute" }
"""


def test_decision_2_an_overlay_is_attached_by_its_rule_and_tightens_the_clock(agent, overlay):
    by_phone, by_ticket = (factories.received(actor=agent, channel=channel) for channel in ("phone", "ticket"))

    assert running(by_phone)["first_response"] == when(2025, 3, 4, 10, 30)
    assert running(by_ticket)["first_response"] == when(2025, 3, 4, 12)
    assert list(by_phone.packs.order_by("-base").values_list("version__code", "base")) == [
        ("retail", True),
        ("strict", False),
    ]
    sound(by_phone)


def test_eng_13_a_pack_that_only_adds_to_others_is_no_base(agent, overlay):
    with pytest.raises(NotABase) as refused:
        factories.received(actor=agent, pack="strict")

    assert refused.value.rule.code == "受理-04"


def test_a_pack_that_is_not_loaded_is_refused(agent):
    with pytest.raises(NoPackInForce):
        factories.received(actor=agent, pack="moon")


@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR, Role.INSPECTOR, Role.LEADER])
def test_t1_only_who_receives_complaints_may_receive_one(policy, role):
    with pytest.raises(WrongSeat) as refused:
        factories.received(actor=factories.acting("somebody", role))

    assert refused.value.rule.code == "流程-02"


def test_t1_a_customer_does_not_write_a_case_by_himself(policy):
    with pytest.raises(WrongSeat):
        factories.received(actor=Actor.customer(factories.received().customer))


def test_unclaimed_cases_go_to_the_agent_on_duty_with_the_fewest_open_cases(agent, other_agent):
    factories.received(actor=agent)

    complaint = factories.received(actor=Actor.system("portal"))

    assert complaint.owner == other_agent.person
    assert Notice.objects.get(kind="case.owned").person == other_agent.person
    sound(complaint)


def test_unclaimed_cases_go_to_a_supervisor_when_no_agent_is_there(supervisor):
    assert factories.received(actor=Actor.system("portal")).owner == supervisor.person


def test_unclaimed_cases_are_never_without_an_owner(policy):
    with pytest.raises(NobodyToOwn) as refused:
        factories.received(actor=Actor.system("portal"))

    assert refused.value.rule.code == "受理-01"


def test_eng_13_the_case_freezes_the_pack_in_force(agent):
    complaint = factories.received(actor=agent)

    pack = complaint.packs.get()
    assert (pack.version.code, pack.base, pack.attached_at) == ("retail", True, TUESDAY_10)


def test_s1_28_the_customers_first_words_open_the_conversation_and_are_kept_as_they_arrived(agent):
    complaint = factories.received(actor=agent)

    first = Interaction.objects.get(complaint=complaint)
    assert (first.direction, first.text, first.answered_at) == ("in", factories.SCRATCHED, None)
    assert Intake.objects.get(complaint=complaint).contact_value == "13812341234"


def test_possible_duplicates_are_shown_by_person_and_by_order_and_never_joined(agent):
    first = factories.received(actor=agent)
    same_person = factories.received(actor=agent, order_number="")
    same_order = factories.received(actor=agent, name="王五", identities=(("phone", "13900000000"),))
    stranger = factories.received(
        actor=agent, name="赵六", identities=(("phone", "13700000000"),), order_number="E-7", at=TUESDAY_10
    )

    assert set(reception.possible_duplicates(first)) == {same_person, same_order}
    assert list(reception.possible_duplicates(stranger)) == []
    assert Complaint.objects.exclude(merged_into=None).count() == 0


def test_possible_duplicates_are_shown_before_filing_too(agent):
    first = factories.received(actor=agent)
    new = reception.NewComplaint(
        title="还是划痕", text="", channel="phone", identities=(("phone", "+86 138 1234 1234"),)
    )

    assert list(reception.possible_duplicates(new, at=TUESDAY_10)) == [first]


def test_s0_04_the_first_answer_makes_a_promise_and_stops_the_clock(agent):
    complaint = factories.acknowledged(actor=agent)

    assert kinds(complaint) == ["complaint.received", "complaint.acknowledged"]
    spoken = Promise.objects.get(complaint=complaint, kind="spoken")
    assert (spoken.due_at, spoken.status) == (when(2025, 3, 4, 12, 15), "open")
    assert "first_response" not in running(complaint)
    sound(complaint)


def test_s0_04_a_first_answer_without_a_time_is_refused(agent):
    complaint = factories.received(actor=agent)

    with pytest.raises((NoTimeInWords, NoTimeNamed)):
        reception.acknowledge(complaint.pk, Say("您的划痕问题已收到,正在核查。"), actor=agent, at=TUESDAY_10)

    assert kinds(complaint) == ["complaint.received"]


def test_s0_11_a_formulaic_apology_as_first_answer_is_refused_and_makes_no_promise(agent):
    complaint = factories.received(actor=agent)

    with pytest.raises(WordsBlocked):
        reception.acknowledge(
            complaint.pk, factories.promised(complaint, "对不起给您带来不便", 120), actor=agent, at=TUESDAY_10
        )

    assert not Promise.objects.filter(complaint=complaint, kind="spoken").exists()


def test_amb_06_a_promise_in_the_past_is_refused(agent):
    complaint = factories.received(actor=agent)

    with pytest.raises(PromiseInThePast) as refused:
        reception.acknowledge(
            complaint.pk, Say("划痕问题已收到。", next=Spoken("结果", TUESDAY_10)), actor=agent, at=TUESDAY_10
        )

    assert refused.value.rule.code == "承诺-02"


def test_s0_04_at_10_the_time_to_name_is_18_the_same_day(agent):
    assert reception.acknowledgement_hint(factories.received(actor=agent)) == when(2025, 3, 4, 18)


def test_amb_06_after_the_cutoff_it_is_noon_of_the_next_working_day(agent):
    friday = factories.received(actor=agent, at=when(2025, 3, 7, 16, 1))

    assert reception.acknowledgement_hint(friday) == when(2025, 3, 10, 12)


def test_amb_06_a_late_answer_is_never_offered_a_time_that_has_passed(agent):
    complaint = factories.received(actor=agent, at=when(2025, 3, 4, 15))

    hint = reception.acknowledgement_hint(complaint, at=when(2025, 3, 4, 18, 30))

    assert hint == when(2025, 3, 5, 12)


def test_s1_04_the_first_answer_ends_the_clock_of_the_unanswered_message(agent):
    complaint = factories.acknowledged(actor=agent)

    clock = Promise.objects.get(complaint=complaint, code="unanswered_message")
    assert (clock.status, complaint.waiting_since) == ("kept", None)


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_t2_nobody_but_the_owner_answers_first(agent, role):
    complaint = factories.received(actor=agent)
    other = factories.acting("somebody", role, of="warehouse")

    with pytest.raises(WrongSeat) as refused:
        reception.acknowledge(complaint.pk, factories.promised(complaint, "划痕已收到", 60), actor=other, at=TUESDAY_10)

    assert refused.value.rule.code == "流程-02"


def test_amb_12_the_duty_agent_answers_for_an_absent_owner(agent, duty_agent):
    complaint = factories.received(actor=agent)
    factories.away(agent.person, TUESDAY_10, by=agent.person)

    words = factories.promised(complaint, "划痕已收到,12点前给您结果", 120)
    reception.acknowledge(complaint.pk, words, actor=duty_agent, at=TUESDAY_10 + timedelta(minutes=5))

    assert sound(complaint).state == "acknowledged"


def test_eng_15_the_person_complained_about_does_not_answer(agent):
    complaint = factories.received(actor=agent)
    complaint.interests.create(person=agent.person, reason="被投诉人", declared_at=TUESDAY_10)

    with pytest.raises(OwnMatter) as refused:
        reception.acknowledge(complaint.pk, factories.promised(complaint, "划痕已收到", 60), actor=agent, at=TUESDAY_10)

    assert refused.value.rule.code == "回避-01"


def test_t2_is_taken_once(agent):
    complaint = factories.acknowledged(actor=agent)

    with pytest.raises(WrongState) as refused:
        reception.acknowledge(
            complaint.pk,
            factories.promised(complaint, "划痕已收到", 300),
            actor=agent,
            at=factories.at_of(complaint, 20),
        )

    assert refused.value.rule.code == "流程-01"
