"""The first answer, messages, notes and promises, by page."""

from huiyin.complaints.models import Apology, Interaction, Promise, PromiseStatus
from huiyin.complaints.states import State
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import local, says

TAKEN_SERIOUSLY = "您期待收到完美的商品,结果出现划痕,肯定很失望。两小时内给您核查结果。"
FORMULA = "对不起给您带来不便"


def test_s0_04_the_first_answer_is_given_on_the_page_and_makes_a_promise(agent, at_minute):
    case = factories.received()
    at_minute(case, 15)

    answer = agent.send(case, "acknowledge", **says(TAKEN_SERIOUSLY, until=at_of(case, 135), what="核查结果"))

    assert (answer.status_code, answer["Location"]) == (303, f"/desk/{case.number}/")
    promise = Promise.objects.get(complaint=case, kind="spoken")
    assert (case.state, promise.what, promise.due_at) == (State.ACKNOWLEDGED, "核查结果", at_of(case, 135))


def test_amb_06_the_time_to_name_is_filled_in_beforehand(agent, at_minute):
    case = factories.received()
    at_minute(case, 15)

    form = agent.open(case, "acknowledge").context["form"]

    assert local(form["next_at"].initial) == "2025-03-04T18:00"
    assert "skip_reason" not in form.fields


def test_s0_11_a_formula_comes_back_with_its_rule_its_words_marked_and_nothing_lost(agent, at_minute):
    case = factories.received()
    at_minute(case, 15)

    answer = agent.send(case, "acknowledge", **says(FORMULA, until=at_of(case, 135)))

    assert (answer.status_code, case.state) == (409, State.RECEIVED)
    assert answer.context["form"]["text"].value() == FORMULA
    assert ("用语-01" in answer.text, '<mark class="bad">对不起</mark>' in answer.text) == (True, True)


def test_s0_04_a_first_answer_without_a_time_is_refused_beside_the_time(agent, at_minute):
    case = factories.received()
    at_minute(case, 15)

    answer = agent.send(case, "acknowledge", **says(TAKEN_SERIOUSLY))

    assert (answer.status_code, case.state) == (409, State.RECEIVED)
    assert list(answer.context["form"].errors) == ["next_at"]


def test_s0_30_advice_does_not_hold_a_message_back_and_is_shown_while_writing(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 20)
    text = "我觉得划痕的事今天能查清。"

    looked = agent.send(case, "message", again="look", **says(text))
    read = agent.client.post(f"/desk/{case.number}/do/message/coach/", {"text": text})
    agent.take(case, "message", **says(text, until=at_of(case, 200)))

    assert (looked.status_code, "用语-02" in looked.text, looked.context["form"].errors) == (200, True, {})
    assert '<mark class="warn">我觉得</mark>' in read.text
    assert Interaction.objects.filter(complaint=case, text__startswith=text).count() == 1


def test_s2_24_a_reply_keeps_the_nearest_promise_unless_it_is_unticked(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    first = Promise.objects.get(complaint=case, kind="spoken")
    form = agent.open(case, "message").context["form"]

    agent.take(case, "message", **says("划痕还在核查,今晚告诉您。", until=at_of(case, 400)))
    untouched = Promise.objects.get(pk=first.pk).status
    agent.take(case, "message", keeps=[first.pk], **says("划痕已查清,是运输途中造成的。"))

    assert form.initial["keeps"] == [first.pk]
    assert (untouched, Promise.objects.get(pk=first.pk).status) == (PromiseStatus.OPEN, PromiseStatus.KEPT)


def test_s2_24_a_reply_that_leaves_no_next_time_is_refused_and_kept(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    promise = Promise.objects.get(complaint=case, kind="spoken")

    answer = agent.send(case, "message", keeps=[promise.pk], **says("划痕已查清。"))

    assert (answer.status_code, "承诺-01" in answer.text) == (409, True)
    assert (answer.context["form"]["text"].value(), list(answer.context["form"].errors)) == (
        "划痕已查清。",
        ["next_at"],
    )


def test_s1_06_fault_is_not_admitted_before_the_finding(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)

    answer = agent.send(case, "message", apology=Apology.LIABILITY, **says("划痕是我们的责任,向您道歉。"))

    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["apology"])


def test_s2_24_a_promise_gets_another_time_and_the_customer_hears_of_it(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)
    promise = Promise.objects.get(complaint=case, kind="spoken")

    given = {"item": promise.pk, "due_at": local(at_of(case, 300)), **says("划痕核查要晚些。")}

    without = agent.send(case, "promise", **given)
    agent.take(case, "promise", reason="监控调取较慢", **given)

    assert (without.status_code, list(without.context["form"].errors)) == (409, ["reason"])
    assert Promise.objects.get(replaces=promise).due_at == at_of(case, 300)


def test_s2_24_a_promise_of_another_case_is_not_touched(agent, at_minute):
    case, other = factories.acknowledged(), factories.acknowledged()
    at_minute(case, 30)
    promise = Promise.objects.get(complaint=other, kind="spoken")

    given = {"due_at": local(at_of(case, 300)), "reason": "监控调取较慢", **says("划痕核查要晚些。")}
    answer = agent.send(case, "promise", item=promise.pk, **given)

    assert (answer.status_code, Promise.objects.filter(replaces=promise).exists()) == (422, False)


def test_what_the_customer_said_is_noted_and_a_note_stays_inside(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)

    agent.take(case, "inbound", text="到底查到哪一步了?", medium="phone", where_is_it="on")
    agent.take(case, "note", text="客户来电催问")
    agent.take(case, "emotion", level="5", note="提高嗓门")
    empty = agent.send(case, "note", text=" ")

    rows = Interaction.objects.filter(complaint=case).order_by("-pk")[:2]
    assert [(row.direction, row.asks_where_it_stands) for row in rows] == [("note", False), ("in", True)]
    assert (case.emotions.last().level, empty.status_code) == (5, 422)


def test_eng_10_a_deadline_gets_more_time_by_the_role_the_rules_name(agent, supervisor, at_minute):
    case = factories.investigating()
    at_minute(case, 60)
    clock = Promise.objects.get(complaint=case, code="investigation", ended_at=None)

    shown = agent.open(case, "extend")
    supervisor.take(case, "extend", item=clock.pk, reason="送外部机构检测", **says("划痕要送检,会晚三天给您结论。"))

    assert shown.status_code == 403
    assert Promise.objects.get(replaces=clock).due_at > clock.due_at


def test_s0_16_e_mail_is_offered_only_where_an_address_is_known(agent):
    without = factories.received()
    reached = factories.received(identities=(("email", "zhangsan@example.com"),))

    offered = [
        "email" in dict(agent.open(case, "acknowledge").context["form"].fields["medium"].choices)
        for case in (without, reached)
    ]

    assert offered == [False, True]
