"""A form that is stale, refused, half filled or not for this person: nothing typed is lost, nobody is overwritten."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints import kinds, lifecycle
from huiyin.complaints.models import Demand, Event, Interaction, Registration
from huiyin.complaints.states import State
from huiyin.complaints.steps import messages, planning
from huiyin.complaints.steps.planning import Line, NewOption, NewPlan
from huiyin.interfaces.web.case.table import STEP_FORMS
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import SAYS_NOTHING, Desk, address, says
from tests.interfaces.web.case.test_other_ways import planned

pytestmark = pytest.mark.once

TEXT = "您反映的划痕已登记,正在核查。"


def test_c27_a_stale_form_comes_back_with_its_text_and_with_what_changed(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    seen = case.last_number
    messages.record_inbound(
        case.pk, "再不处理我就曝光", medium="phone", where_is_it=False, actor=factories.supervisor(), at=at_of(case, 29)
    )

    stale = agent.send(case, "message", seen=seen, **says(TEXT))
    said_then = Interaction.objects.filter(complaint=case, text=TEXT).count()
    fresh = re.search(r'name="seen" value="(\d+)"', stale.text)[1]
    agent.take(case, "message", seen=int(fresh), **says(TEXT))

    assert (stale.status_code, "流程-04" in stale.text, said_then) == (409, True, 0)
    assert stale.context["form"]["text"].value() == TEXT
    assert [str(change.title) for change in stale.context["changes"]] == [str(kinds.KINDS["message.received"].title)]


def test_c27_a_clock_that_speaks_up_while_somebody_writes_does_not_stop_the_message(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    seen = case.last_number
    lifecycle.happen(case, "promise.warned", actor=Actor.system("watch"), at=at_of(case, 29))

    agent.take(case, "message", seen=seen, **says(TEXT))

    assert Interaction.objects.filter(complaint=case, text=TEXT).count() == 1


def test_c27_a_form_that_does_not_say_what_it_knew_is_taken_for_stale(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)

    answer = agent.client.post(address(case, "note"), {"text": "内部备注要留住"})

    assert (answer.status_code, "内部备注要留住" in answer.text) == (409, True)


def test_c27_a_message_sent_twice_goes_out_once(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    given = {"seen": case.last_number, **says(TEXT)}

    answers = [agent.client.post(address(case, "message"), given).status_code for _time in range(2)]

    assert (answers, Interaction.objects.filter(complaint=case, text=TEXT).count()) == ([303, 409], 1)


def test_c27_when_the_step_is_gone_meanwhile_the_text_is_shown_to_be_copied(agent, at_minute):
    case = factories.received()
    at_minute(case, 15)
    long = "您期待收到完美的商品,结果出现划痕,肯定很失望,我们马上核查。"
    seen = case.last_number
    agent.take(case, "acknowledge", **says(long, until=at_of(case, 135)))

    late = agent.send(case, "acknowledge", seen=seen, **says(long))

    assert (late.status_code, "流程-01" in late.text) == (409, True)


def test_s0_05_an_incomplete_registration_lists_what_is_missing_and_keeps_the_rest(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    given = {"matter": "开箱即有划痕", "demands-count": "1", "demands-0-text": "", "object": ""}

    answer = agent.send(case, "register", **given, **says(TEXT))
    wordless = agent.send(case, "register", **given, **says(""))

    form = answer.context["form"]
    assert "登记-01" in wordless.text
    assert (answer.status_code, case.state, "登记-01" in answer.text) == (422, State.ACKNOWLEDGED, True)
    assert set(form.errors) == {"complainant", "object", "emotion"}
    assert form.rows["demands"][0].errors["text"]
    assert (form["matter"].value(), form["text"].value()) == ("开箱即有划痕", TEXT)


def test_s0_05_a_half_filled_form_is_kept_for_later_and_filled_in_again(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    given = {"matter": "开箱即有划痕", "object": "手机", "demands-count": "1", "demands-0-text": "换货"}

    agent.take(case, "register", keep="1", **given)
    form = agent.open(case, "register").context["form"]

    assert (case.state, Registration.objects.get(complaint=case).matter) == (State.ACKNOWLEDGED, "开箱即有划痕")
    assert (form["matter"].value(), form.rows["demands"][0]["text"].value()) == ("开箱即有划痕", "换货")


def test_rows_are_added_and_taken_away_without_scripts_and_without_judgement(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    two = {"demands-count": "2", "demands-0-text": "退款", "demands-1-text": "赔偿", "demands-1-amount": "30"}

    more = agent.send(case, "register", again="add:demands", matter="划痕", **two)
    less = agent.send(case, "register", again="drop:demands:0", matter="划痕", **two)

    def texts(answer):
        return [row["text"].value() for row in answer.context["form"].rows["demands"]]

    assert (more.status_code, texts(more), more.context["form"].errors) == (200, ["退款", "赔偿", None], {})
    assert (texts(less), less.context["form"].rows["demands"][0]["amount"].value()) == (["赔偿"], "30")
    assert (less.context["form"]["matter"].value(), Demand.objects.filter(complaint=case).count()) == ("划痕", 0)


def test_s2_30_a_step_is_told_or_a_reason_says_why_not(supervisor, handler, at_minute):
    case = factories.registered()
    at_minute(case, 40)
    given = {"department": handler.person.department_id, "handler": handler.person.pk}

    silent = supervisor.send(case, "investigate", tell="skip", skip_reason="", **given)
    state = supervisor.take(case, "investigate", **SAYS_NOTHING, **given)

    assert (silent.status_code, list(silent.context["form"].errors), "告知-01" in silent.text) == (
        409,
        ["skip_reason"],
        True,
    )
    assert (state, Event.objects.get(complaint=case, kind="investigation.started").data["told"]) == (
        State.INVESTIGATING,
        False,
    )


def test_s2_36_the_plan_is_summed_up_before_anything_is_kept(agent, at_minute):
    case = planned()
    at_minute(case, 105)
    given = {"options-count": "1", "options-0-title": "退款", "options-0-lines-count": "1", "options-0-recovery": "800"}
    given |= {"options-0-lines-0-remedy": "full_refund", "options-0-lines-0-amount": "1299"}

    answer = agent.send(case, "draft_plan", again="sum", **given)

    (one,) = answer.context["form"].sums()
    assert (answer.status_code, one.cost, one.net, one.within) == (200, 1299, 499, False)
    assert ("方案-05" in answer.text, case.plans.count()) == (True, 0)


def test_s0_09_an_option_that_leaves_a_demand_unanswered_is_not_submitted(agent, at_minute):
    case = planned()
    at_minute(case, 105)
    options = tuple(NewOption(f"券 {place}", (Line("coupon", 50),), {}, 60) for place in (1, 2))
    planning.draft_plan(case.pk, NewPlan("", options), actor=factories.agent(), at=at_of(case, 104))

    shown = agent.open(case, "submit")
    answer = agent.send(case, "submit", **SAYS_NOTHING)

    assert [refusal.rule.code for refusal in shown.context["ahead"]] == ["方案-01"]
    assert (answer.status_code, "方案-01" in answer.text, case.state) == (409, True, State.PLANNING)


@pytest.mark.parametrize("step", ["acknowledge", "settle_at_once", "find", "close", "override"])
def test_s2_54_who_a_step_is_not_for_gets_a_sentence_instead_of_its_form(step, other_agent, auditor):
    case = factories.received()

    answers = [desk.open(case, step) for desk in (other_agent, auditor)]

    assert all(answer.status_code in (403, 409) and "流程-0" in answer.text for answer in answers)
    assert not any('name="tell"' in answer.text for answer in answers)


@pytest.mark.parametrize(
    ("step", "allowed"),
    [
        ("message", {"agent", "supervisor"}),
        ("register", {"agent"}),
        ("note", {"agent", "other_agent", "supervisor", "leader"}),
        ("owner", {"supervisor"}),
        ("flag", {"agent", "supervisor"}),
        ("evidence", {"agent", "supervisor", "leader"}),
        ("task_done", set()),
        ("claim", {"agent", "supervisor", "leader"}),
        ("override", {"leader"}),
        ("withdraw", {"supervisor"}),
    ],
)
def test_s2_54_each_form_is_shown_to_its_own_people(step, allowed, request):
    case = factories.acknowledged()
    names = ("agent", "other_agent", "supervisor", "leader", "auditor")

    answers = {name: request.getfixturevalue(name).open(case, step).status_code for name in names}

    assert {name for name, status in answers.items() if status == 200} == allowed
    assert {answers[name] for name in names if name not in allowed} == {403}


def test_s0_06_a_case_somebody_may_not_see_has_no_forms(at_minute):
    case = factories.received()
    stranger = Desk(factories.person("yuangong", Role.HANDLER, of="quality"))
    administrator = Desk(factories.person("admin", Role.ADMINISTRATOR, of="it"))

    assert (stranger.open(case, "note").status_code, administrator.open(case, "note").status_code) == (404, 403)
    assert stranger.client.get(f"/desk/{case.number}/do/nonsense/").status_code == 404


def test_every_step_of_the_table_opens_for_somebody_or_says_why_not(agent):
    case = factories.acknowledged()

    statuses = {name: agent.open(case, name).status_code for name in STEP_FORMS}

    assert {name: status for name, status in statuses.items() if status not in (200, 403, 409)} == {}


@pytest.mark.parametrize("step", ["draft_plan", "register"])
def test_a_form_asks_the_database_no_more_for_more_demands(agent, at_minute, step):
    counts = []
    for number in (2, 12):
        demands = tuple(factories.DemandLine(f"诉求 {place}") for place in range(number))
        if step == "register":
            case = factories.acknowledged()
            form = factories.form(demands=demands)
            factories.registration.save_form(case.pk, form, actor=factories.agent(), at=at_of(case, 20))
        else:
            case = planned_with(demands)
        at_minute(case, 110)
        agent.open(case, step)
        with CaptureQueriesContext(connection) as queries:
            assert agent.open(case, step).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def planned_with(demands):
    case = factories.analysed(demands=demands)
    by, at = factories.agent(), at_of(case, 100)
    planning.start_plan(case.pk, factories.OWNER_TELLS, actor=by, at=at)
    answers = {demand.pk: ("券", "以券补偿") for demand in case.demands.all()}
    options = tuple(NewOption(f"券 {row.pk}", (Line("coupon", 50),), answers, 60) for row in case.demands.all())
    planning.draft_plan(case.pk, NewPlan("", options), actor=by, at=at)
    return case


def test_c27_a_known_number_of_thousands_of_digits_is_a_stale_form_and_no_fault(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)

    answer = agent.client.post(address(case, "note"), {"text": "内部备注要留住", "seen": "9" * 5000})

    assert (answer.status_code, "内部备注要留住" in answer.text) == (409, True)


def test_c27_a_note_longer_than_the_api_takes_comes_back_whole(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    long = "长" * 10_001

    answer = agent.send(case, "note", text=long)

    assert (answer.status_code, answer.context["form"]["text"].value()) == (422, long)
    assert not Interaction.objects.filter(complaint=case, direction="note").exists()
