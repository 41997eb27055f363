"""An improvement has an owner, a date and a check of its effect (S2-16)."""

from datetime import timedelta

import pytest

from huiyin.improvement import items
from huiyin.improvement.items import NoOwnerOrDate, NotChecked, NotWhole, OutOfTurn, OwnWork, Proposal
from huiyin.improvement.models import Item
from huiyin.messaging.models import Notice
from huiyin.people.roles import NotYourDuty, Role
from huiyin.workforce.availability import NotOnDuty
from tests import factories

AT = factories.TUESDAY_10
DUE = AT + timedelta(days=14)


def proposed(actor, **more):
    told = {
        "title": "出库前加拍外壳照片",
        "description": "验货视频看不清外壳，三起划痕都无法判断是否运输所致。",
        **more,
    }
    return items.propose(Proposal(**told), actor=actor, at=AT)


def accepted(supervisor, owner, actor=None):
    item = proposed(actor or owner)
    return items.accept(item.pk, owner=owner.person, due_at=DUE, actor=supervisor, at=AT)


def test_s2_16_an_item_from_a_case_has_owner_due_date_and_verification(agent, supervisor, handler):
    case = factories.registered()
    item = proposed(agent, complaint=case)

    items.accept(item.pk, owner=handler.person, due_at=DUE, actor=supervisor, at=AT)
    items.begin(item.pk, actor=handler, at=AT)
    done = items.verify(item.pk, found="连续两周抽查二十单，照片齐全。", actor=supervisor, at=DUE)

    assert (done.status, done.owner, done.due_at, done.ended_at) == ("verified", handler.person, DUE, DUE)
    assert done.complaint == case
    assert Notice.objects.filter(person=handler.person, kind="improvement.accepted").count() == 1


@pytest.mark.parametrize("field", ["title", "description"])
def test_s2_16_an_item_that_says_nothing_is_refused(agent, field):
    with pytest.raises(NotWhole) as refused:
        proposed(agent, **{field: "  "})

    assert refused.value.rule.code == "改进-01"


def test_s2_16_an_item_is_not_accepted_with_a_date_that_is_over(agent, supervisor):
    item = proposed(agent)

    with pytest.raises(NoOwnerOrDate):
        items.accept(item.pk, owner=agent.person, due_at=AT, actor=supervisor, at=AT)


def test_s2_16_an_item_is_not_given_to_somebody_away_on_its_date(agent, supervisor):
    item = proposed(agent)
    factories.away(agent.person, DUE - timedelta(hours=1), by=supervisor.person)

    with pytest.raises(NotOnDuty):
        items.accept(item.pk, owner=agent.person, due_at=DUE, actor=supervisor, at=AT)


def test_s2_16_whoever_did_the_work_does_not_check_it(agent, supervisor, leader):
    item = accepted(supervisor, owner=supervisor, actor=agent)

    with pytest.raises(OwnWork) as refused:
        items.verify(item.pk, found="很好", actor=supervisor, at=DUE)

    assert refused.value.rule.code == "改进-02"
    assert items.verify(item.pk, found="抽查十单均有照片", actor=leader, at=DUE).status == Item.Status.VERIFIED


def test_s2_16_a_check_without_words_is_refused(agent, supervisor, handler):
    item = accepted(supervisor, owner=handler, actor=agent)

    with pytest.raises(NotChecked):
        items.verify(item.pk, found=" ", actor=supervisor, at=DUE)


def test_an_item_goes_its_way_once(agent, supervisor):
    item = proposed(agent)
    items.reject(item.pk, reason="已有同类改进在办", actor=supervisor, at=AT)

    with pytest.raises(OutOfTurn) as refused:
        items.accept(item.pk, owner=agent.person, due_at=DUE, actor=supervisor, at=AT)
    assert refused.value.rule.code == "改进-03"


def test_everybody_may_propose_but_only_readers_of_reports_decide(agent, supervisor, handler):
    item = proposed(handler)

    with pytest.raises(NotYourDuty):
        items.accept(item.pk, owner=agent.person, due_at=DUE, actor=agent, at=AT)
    with pytest.raises(NotYourDuty):
        proposed(factories.acting("guanli", Role.ADMINISTRATOR, name="管理员"))


def test_an_item_in_hand_is_begun_by_its_owner_alone(agent, supervisor, handler):
    item = accepted(supervisor, owner=handler, actor=agent)

    with pytest.raises(NotYourDuty):
        items.begin(item.pk, actor=agent, at=AT)


def test_an_item_names_no_case_that_its_author_may_not_see(agent, policy):
    case = factories.registered()
    stranger = factories.acting("zhijian", Role.HANDLER, name="郑洁", of="quality")

    with pytest.raises(NotYourDuty):
        proposed(stranger, complaint=case)


def test_one_sees_ones_own_items_and_those_of_the_department_readers_see_all(agent, supervisor, handler):
    mine = proposed(agent)
    theirs = proposed(agent, department=handler.person.department)
    other = proposed(supervisor)

    assert set(items.visible_to(agent.person)) == {mine, theirs}
    assert set(items.visible_to(handler.person)) == {theirs}
    assert set(items.visible_to(supervisor.person)) == {mine, theirs, other}


def test_s2_16_the_owner_hears_once_that_his_improvement_is_late(supervisor, handler, agent):
    due = factories.TUESDAY_10 + timedelta(days=3)
    item = items.propose(Proposal("出库前加拍外壳照片", "三起划痕都无法判断"), actor=agent, at=factories.TUESDAY_10)
    items.accept(item.pk, owner=handler.person, due_at=due, actor=supervisor, at=factories.TUESDAY_10)

    early, late, again = (items.ring_overdue(due + timedelta(hours=hours)) for hours in (-1, 0, 5))

    assert (early, late, again) == (0, 1, 0)
    told = Notice.objects.get(kind="improvement.overdue")
    assert (told.person, told.data, told.url) == (handler.person, {"item": item.pk}, f"/improvement/{item.pk}/")


def test_an_improvement_that_ended_in_time_rings_nobody(supervisor, leader, handler, agent):
    due = factories.TUESDAY_10 + timedelta(days=3)
    item = items.propose(Proposal("出库前加拍外壳照片", "三起划痕都无法判断"), actor=agent, at=factories.TUESDAY_10)
    items.accept(item.pk, owner=handler.person, due_at=due, actor=supervisor, at=factories.TUESDAY_10)
    items.verify(item.pk, found="抽查二十单，照片齐全", actor=leader, at=factories.TUESDAY_10 + timedelta(days=2))

    assert items.ring_overdue(due + timedelta(days=1)) == 0
