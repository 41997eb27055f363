from dataclasses import replace
from decimal import Decimal

import pytest

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.closing import (
    NotConfirmedByTwo,
    NotPutIntoEffect,
    NotSignedOff,
    OutsideCaseOpen,
    PromiseStillRuns,
    QuestionsOpen,
    ReviewMissing,
)
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Approval, Claim, ClosingQuestion, Interaction, Review, Task
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import claims, execution, messages, review
from huiyin.complaints.steps.review import AnswerWithoutText
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import kinds, running, sound

pytestmark = pytest.mark.django_db
DONE = Say("您的投诉已办结，感谢您的信任。")
HOUR = later.HOUR


def close(complaint, actor, *, at=None, words=DONE):
    complaint.refresh_from_db()
    return review.close(complaint.pk, words, actor=actor, at=at or complaint.stage_since + 2 * HOUR)


def settle(complaint, actor, *, question, proposed=False, text="无，已有同类措施"):
    return review.answer_question(
        complaint.pk, question=question, proposed=proposed, text=text, actor=actor, at=complaint.stage_since + HOUR
    )


def ready(**changes):
    complaint = later.reviewing(**changes)
    return later.reviewed(complaint, at=complaint.stage_since + HOUR)


# --- The four answers


def test_s4_123_s4_124_the_four_answers_are_kept_with_the_insight(agent):
    complaint = later.reviewing()

    row = review.write_review(complaint.pk, later.REVIEW, actor=agent, at=complaint.stage_since + HOUR)

    assert (row.round, row.what_caused_it, row.what_to_improve, row.lesson, row.written_by) == (
        1,
        "运输途中碰撞",
        "改进包装标准",
        "先致歉再讲责任",
        agent.person,
    )
    assert kinds(complaint)[-1] == "review.written"
    sound(complaint)


@pytest.mark.parametrize("name", ["what_caused_it", "what_we_learnt", "how_to_avoid", "what_to_improve"])
def test_s4_124_an_unanswered_question_is_refused(agent, name):
    complaint = later.reviewing()
    answers = replace(later.REVIEW, **{name: " "})

    with pytest.raises(ReviewMissing) as refused:
        review.write_review(complaint.pk, answers, actor=agent, at=complaint.stage_since + HOUR)

    assert (refused.value.rule.code, refused.value.missing) == ("复盘-01", (name,))
    assert not Review.objects.exists()


def test_s0_01_closing_a_case_without_a_review_is_refused(agent, supervisor):
    complaint = later.reviewing()
    for question in ClosingQuestion.Question.values:
        settle(complaint, agent, question=question)

    with pytest.raises(ReviewMissing) as refused:
        close(complaint, supervisor)

    assert refused.value.rule.code == "复盘-01"
    assert sound(complaint).state == "reviewing"


def test_a_review_belongs_to_its_stage(agent):
    complaint = later.following_up()

    with pytest.raises(WrongState):
        review.write_review(complaint.pk, later.REVIEW, actor=agent, at=complaint.stage_since + HOUR)


@pytest.mark.parametrize("who", ["other_agent", "handler", "leader", "duty_agent"])
def test_only_owner_and_supervisor_review(who, request, policy):
    complaint, actor = later.reviewing(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        review.write_review(complaint.pk, later.REVIEW, actor=actor, at=complaint.stage_since + HOUR)
    with pytest.raises(WrongSeat):
        settle(complaint, actor, question="penalty")


# --- The three questions


def test_s1_42_each_question_is_a_proposal_or_none_with_a_reason(agent):
    complaint = later.reviewing()
    with pytest.raises(AnswerWithoutText) as refused:
        settle(complaint, agent, question="improvement", text=" ")

    settle(complaint, agent, question="improvement", proposed=True, text="加固包装")
    settle(complaint, agent, question="improvement", proposed=False, text="已有同类项")

    row = ClosingQuestion.objects.get()
    assert refused.value.rule.code == "复盘-02"
    assert (row.proposed, row.text, row.answered_by) == (False, "已有同类项", agent.person)
    assert kinds(complaint)[-2:] == ["question.answered", "question.answered"]
    sound(complaint)


@pytest.mark.parametrize("left", ClosingQuestion.Question.values)
def test_s1_38_s1_42_closing_is_refused_while_a_question_is_open(agent, supervisor, left):
    complaint = later.reviewing()
    review.write_review(complaint.pk, later.REVIEW, actor=agent, at=complaint.stage_since + HOUR)
    for question in ClosingQuestion.Question.values:
        if question != left:
            settle(complaint, agent, question=question)

    with pytest.raises(QuestionsOpen) as refused:
        close(complaint, supervisor)

    assert refused.value.missing == (left,)


def test_rooms_above_answer_a_question_by_the_same_step(agent):
    complaint = later.reviewing()

    settle(complaint, Actor.system("improvement"), question="improvement", proposed=True, text="改进事项 12")

    assert ClosingQuestion.objects.get().answered_by == agent.person
    sound(complaint)


def test_s1_38_the_three_mandatory_tasks_are_shown_and_block_closing(agent, supervisor):
    complaint = later.reviewing()
    at = complaint.stage_since + HOUR
    before = {task.code: task.settled for task in review.mandatory_tasks(complaint, actor=agent, at=at)}
    later.reviewed(complaint, at=at)
    after = {task.code: task.settled for task in review.mandatory_tasks(complaint, actor=agent, at=at)}
    complaint.callbacks.update(status="cancelled")

    with pytest.raises(NotPutIntoEffect) as refused:
        close(complaint, supervisor)

    assert before == {"penalty": False, "told": True, "asked": True}
    assert after == {"penalty": True, "told": True, "asked": True}
    assert (refused.value.rule.code, refused.value.missing) == ("复盘-03", ("asked",))


def test_s1_19_no_case_closes_without_a_word_to_the_customer(supervisor):
    complaint = ready()
    Interaction.objects.filter(complaint=complaint, direction="out").update(direction="note")

    with pytest.raises(NotPutIntoEffect) as refused:
        close(complaint, supervisor, words=Skip("不告知"))

    assert refused.value.missing == ("told",)


# --- T21


def test_t21_a_second_person_closes_the_case(agent, supervisor):
    complaint = ready()

    close(complaint, supervisor)

    fresh = sound(complaint)
    assert (fresh.state, fresh.outcome, fresh.closed_at) == (
        "closed",
        "resolved_accepted",
        fresh.stage_since,
    )
    assert fresh.next_due_at is None
    assert running(complaint) == {}
    assert complaint.events.get(kind="complaint.closed").data["proposed"] == ["improvement"]


def test_s4_34_a_task_nobody_finished_ends_with_the_case_and_is_counted(agent, supervisor):
    complaint = later.reviewing(compound=True)
    convened = complaint.tasks.get(kind=Task.Kind.COORDINATE)
    later.reviewed(complaint, at=complaint.stage_since + HOUR)
    assert convened.status == Task.Status.OPEN

    case = sound(close(complaint, supervisor))

    assert complaint.tasks.get(pk=convened.pk).status == Task.Status.CANCELLED
    assert case.events.last().data["cancelled"] == {"tasks": 1}


def test_t21_whoever_wrote_the_review_does_not_close_alone(supervisor, other_supervisor):
    complaint = later.reviewing()
    later.reviewed(complaint, at=complaint.stage_since + HOUR, actor=supervisor)

    with pytest.raises(NotConfirmedByTwo) as refused:
        close(complaint, supervisor)
    close(complaint, other_supervisor)

    assert refused.value.rule.code == "流程-05"
    assert sound(complaint).state == "closed"


@pytest.mark.parametrize("who", ["agent", "other_agent", "handler", "leader", "duty_agent"])
def test_t21_only_a_supervisor_closes(who, request, policy):
    complaint, actor = ready(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        close(complaint, actor)


def test_t21_a_running_promise_to_the_customer_keeps_the_case_open(agent, supervisor):
    complaint = ready()
    at = complaint.stage_since + HOUR
    say = Say("加固包装的结果另行告知。", next=Spoken("改进结果", at + 5 * HOUR))
    messages.send_message(complaint.pk, say, actor=agent, at=at)

    with pytest.raises(PromiseStillRuns) as refused:
        close(complaint, supervisor)
    promise = complaint.promises.get(kind="spoken", ended_at=None)
    close(complaint, supervisor, words=replace(DONE, keeps=(promise.pk,)))

    assert refused.value.rule.code == "承诺-06"
    assert sound(complaint).state == "closed"


def test_t21_a_kindness_granted_but_not_carried_out_keeps_the_case_open(agent, supervisor):
    complaint = ready()
    at = complaint.stage_since + HOUR
    row = execution.grant_goodwill(complaint.pk, item="small_coupon", actor=agent, at=at)

    with pytest.raises(NotPutIntoEffect) as refused:
        close(complaint, supervisor)
    execution.finish_action(row.pk, execution.Proof("coupon_code", "C-20"), actor=agent, at=at)
    close(complaint, supervisor)

    assert refused.value.missing == ("done",)
    assert sound(complaint).state == "closed"


def test_s1_19_an_outside_case_is_concluded_first(supervisor):
    complaint = ready()
    complaint.refresh_from_db()
    complaint.external = True
    complaint.save(update_fields=["external"])

    with pytest.raises(OutsideCaseOpen) as refused:
        close(complaint, supervisor)

    assert refused.value.rule.code == "外部-01"


def test_s1_36_a_plan_without_signature_or_entry_cannot_count_as_done(supervisor):
    complaint = ready()
    Approval.objects.filter(complaint=complaint).update(decision="pending")

    with pytest.raises(NotSignedOff) as refused:
        close(complaint, supervisor)

    assert refused.value.rule.code == "复盘-04"


def test_s1_36_an_entry_for_the_look_afterwards_is_enough(agent, supervisor):
    complaint = later.offering_within_authority(40, 30)
    later.chosen(complaint)
    later.finish_all(complaint)
    later.followed_up(complaint)
    last = later.call_back(complaint).reached_at
    later.followup.conclude_followup(complaint.pk, DONE, actor=agent, at=last)
    later.reviewed(complaint, at=last + HOUR)

    assert close(complaint, supervisor).state == "closed"


def test_s0_55_the_claim_outlives_the_closed_case_and_stays_listed(agent, supervisor):
    complaint = ready()
    at = complaint.stage_since + HOUR
    new = claims.NewClaim("承运商", Decimal("1299.00"), "运输损坏", at + 240 * HOUR)
    claims.open_claim(complaint.pk, new, actor=agent, at=at)

    close(complaint, supervisor)

    claim = Claim.objects.get(complaint=complaint)
    assert (sound(complaint).state, claim.status, claim.ended_at) == ("closed", "opened", None)


def test_a_closed_case_is_not_closed_again(supervisor):
    complaint = later.closed()

    with pytest.raises(WrongState):
        close(complaint, supervisor, at=complaint.closed_at + HOUR)


def test_administrators_and_auditors_close_nothing(policy):
    complaint = ready()
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        with pytest.raises(WrongSeat):
            close(complaint, factories.acting(f"x{role}", role))
