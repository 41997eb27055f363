from datetime import date
from io import BytesIO

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.guards.closing import OutsideDecisionMissing
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Action, Callback, Complaint, OutsideDecision
from huiyin.complaints.steps import external, review
from huiyin.complaints.steps.external import DecisionIncomplete, NewDecision, NotOutside
from huiyin.files import store
from huiyin.messaging.models import Notice
from tests import factories, later
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
MINUTES = 600
WORDS = Say("我们按消协调解协议办理。")


def outside(make=factories.investigating, **changes):
    complaint = make(**changes)
    Complaint.objects.filter(pk=complaint.pk).update(external=True)
    complaint.refresh_from_db()
    return complaint


def document(complaint, owner_id=None):
    upload = BytesIO("调解协议书".encode())
    upload.name = "agreement.txt"
    return store.save(
        upload,
        owner_kind="complaint",
        owner_id=owner_id or complaint.pk,
        by=factories.agent(),
        at=at_of(complaint, MINUTES),
        limits=store.FROM_STAFF,
    )


def decision(complaint, **changes):
    given = {"body": "市消费者协会", "agreement": True, "summary": "退一赔一", "decided_on": date(2025, 3, 4)}
    return NewDecision(**{**given, "document": document(complaint), **changes})


def record(complaint, actor, **changes):
    return external.record_decision(
        complaint.pk, decision(complaint, **changes), actor=actor, at=at_of(complaint, MINUTES)
    )


def settle(complaint, actor):
    return external.settle_externally(complaint.pk, WORDS, actor=actor, at=at_of(complaint, MINUTES + 10))


def test_s1_18_an_outside_agreement_with_its_document_settles_the_case(agent, leader):
    complaint = outside()
    row = record(complaint, agent)

    settle(complaint, leader)

    fresh = sound(complaint)
    assert (fresh.state, fresh.outcome) == ("reviewing", "settled_external")
    assert (row.body, row.agreement, row.document.name) == ("市消费者协会", True, "agreement.txt")
    assert kinds(complaint)[-2:] == ["decision.recorded", "complaint.settled_externally"]
    assert Notice.objects.get(kind="leader.decides").person == leader.person


def test_s1_19_the_case_may_close_once_it_is_settled_outside(agent, leader, supervisor):
    complaint = outside()
    record(complaint, agent)
    settle(complaint, leader)
    complaint.refresh_from_db()
    at = complaint.stage_since + later.HOUR
    later.reviewed(complaint, at=at)
    kept = tuple(complaint.promises.filter(kind="spoken", ended_at=None).values_list("pk", flat=True))

    review.close(complaint.pk, Say("投诉已按协议办结。", keeps=kept), actor=supervisor, at=at)

    assert sound(complaint).state == "closed"


@pytest.mark.parametrize("make", [later.executing, later.following_up])
def test_t24_what_was_still_open_is_cancelled(agent, leader, make):
    complaint = outside(make)
    record(complaint, agent)

    settle(complaint, leader)

    assert not Action.objects.filter(complaint=complaint, status="open").exists()
    assert not Callback.objects.filter(complaint=complaint, status="open").exists()
    assert complaint.plans.get().status == "superseded"
    sound(complaint)


@pytest.mark.parametrize("gap", [{"document": None}, {"body": " "}, {"summary": ""}, {"decided_on": date(2025, 3, 5)}])
def test_s1_18_a_decision_is_whole_or_refused(agent, gap):
    complaint = outside()

    with pytest.raises(DecisionIncomplete) as refused:
        record(complaint, agent, **gap)

    assert refused.value.rule.code == "外部-02"
    assert not OutsideDecision.objects.exists()


def test_s1_18_another_cases_document_is_none(agent):
    complaint = outside()

    with pytest.raises(DecisionIncomplete):
        record(complaint, agent, document=document(complaint, owner_id=complaint.pk + 7))


def test_t24_a_case_no_outside_body_deals_with_has_no_outside_decision(agent, leader):
    complaint = factories.investigating()

    with pytest.raises(NotOutside):
        record(complaint, agent)
    with pytest.raises(OutsideDecisionMissing):
        settle(complaint, leader)

    assert sound(complaint).state == "investigating"


def test_t24_without_a_decision_nothing_is_settled(leader):
    complaint = outside()

    with pytest.raises(OutsideDecisionMissing):
        settle(complaint, leader)


@pytest.mark.parametrize("who", ["agent", "supervisor", "handler", "duty_agent"])
def test_t24_only_a_leader_settles(who, request, policy):
    complaint, actor = outside(), request.getfixturevalue(who)
    record(complaint, factories.agent())

    with pytest.raises(WrongSeat):
        settle(complaint, actor)


@pytest.mark.parametrize("who", ["other_agent", "handler"])
def test_t24_others_record_no_decision(who, request, policy):
    complaint, actor = outside(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        record(complaint, actor)


@pytest.mark.parametrize("make", [factories.registered, later.closed])
def test_t24_belongs_between_registration_and_closing(agent, make):
    complaint = outside(make)

    with pytest.raises(WrongState):
        record(complaint, agent)
