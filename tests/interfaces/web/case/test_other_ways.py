"""Steps beside the main way: explaining, withdrawing, outside bodies, objections, silence, tasks, links, flags."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.complaints.conversation import Skip
from huiyin.complaints.models import Complaint, Confirmation, Evidence, Follow, Interest, Plan, Task
from huiyin.complaints.states import Outcome, State
from huiyin.complaints.steps import explanation, planning
from huiyin.people.roles import Role
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import SAYS_NOTHING, Desk, local, says

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def planned() -> Complaint:
    case = factories.analysed()
    at = at_of(case, 100)
    return planning.start_plan(case.pk, Skip("电话中已说"), actor=factories.agent(), at=at)


def offered() -> Complaint:
    """A coupon on offer, within the agent's authority."""
    case = planned()
    answers = {demand.pk: ("优惠券", "以券补偿") for demand in case.demands.all()}
    lines = (planning.Line("coupon", 50),)
    options = tuple(planning.NewOption(f"券 {place}", lines, answers, 60) for place in (1, 2))
    at, by = at_of(case, 105), factories.agent()
    planning.draft_plan(case.pk, planning.NewPlan("", options), actor=by, at=at)
    return planning.offer_within_authority(case.pk, Skip("电话中已说"), actor=by, at=at)


def test_s1_30_what_is_not_founded_is_explained_after_a_second_persons_yes(agent, supervisor, at_minute):
    case = factories.analysed(found=factories.unfounded(), category="communication.promotion")
    at_minute(case, 100)

    agent.take(case, "ask_unfounded", reason="客户误读了活动规则")
    shown = supervisor.open(case, "explain")
    assert supervisor.take(case, "explain", **SAYS_NOTHING) == State.EXPLAINING
    early = agent.send(case, "conclude_explanation", **SAYS_NOTHING)
    agent.take(case, "message", **says("活动规则写明仅限新品,您购买的是往期款。"))
    agent.take(case, "answer", kind="understood", said="明白了", via="phone")
    assert agent.take(case, "conclude_explanation", **SAYS_NOTHING) == State.REVIEWING

    assert ("客户误读了活动规则" in shown.text, early.status_code) == (True, 409)
    assert case.outcome == Outcome.UNFOUNDED_EXPLAINED


def test_s1_30_the_second_person_declines_with_a_comment(agent, supervisor, at_minute):
    case = factories.analysed(found=factories.unfounded(), category="communication.promotion")
    at_minute(case, 100)
    explanation.ask_unfounded(case.pk, reason="误读", actor=factories.agent(), at=at_of(case, 95))

    silent = supervisor.send(case, "decline_unfounded")
    supervisor.take(case, "decline_unfounded", comment="规则表述不清,应再查")

    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["comment"])
    assert Confirmation.objects.get(complaint=case).confirmed is False


def test_s0_23_new_evidence_leads_back_to_the_investigation(agent, at_minute):
    case = factories.explaining()
    at_minute(case, 120)

    agent.take(case, "answer", kind="new_evidence", said="我有活动截图", via="phone")
    state = agent.take(case, "reinvestigate", **says("活动规则一事按您的截图再查。", until=at_of(case, 400)))

    assert (state, case.round) == (State.INVESTIGATING, 2)


def test_a_withdrawal_needs_the_customers_words_and_a_second_person(agent, supervisor, at_minute):
    case = factories.registered()
    at_minute(case, 40)

    wordless = agent.send(case, "ask_withdrawal", via="phone")
    agent.take(case, "ask_withdrawal", said="不投诉了", via="phone")
    declined = supervisor.send(case, "decline_withdrawal")
    state = supervisor.take(case, "withdraw", **says("划痕投诉已按您的意思撤销。"))

    assert (wordless.status_code, list(wordless.context["form"].errors)) == (422, ["said"])
    assert (declined.status_code, state, case.outcome) == (422, State.REVIEWING, Outcome.WITHDRAWN)


def test_s1_18_an_outside_decision_is_recorded_with_its_document_and_followed(agent, leader, at_minute):
    case = factories.investigating()
    at_minute(case, 60)
    given = {"body": "市消协", "kind": "agreement", "decided_on": "2025-03-04", "summary": "退款了结"}

    agent.take(case, "flag", flag="external", reason="消协来函")
    without = agent.send(case, "decision", **given)
    paper = SimpleUploadedFile("协议.pdf", PDF, "application/pdf")
    agent.take(case, "decision", document=paper, **given)
    state = leader.take(case, "settle_externally", **says("划痕一事按消协的协议退款。"))

    assert (without.status_code, "外部-02" in without.text) == (422, True)
    assert (case.external, state, case.outcome) == (True, State.REVIEWING, Outcome.SETTLED_EXTERNAL)


def test_s2_27_an_objection_leads_back_to_planning(agent, at_minute):
    case = offered()
    at_minute(case, 120)

    wordless = agent.send(case, "replan", via="phone", **SAYS_NOTHING)
    state = agent.take(
        case, "replan", objection="券没有用", via="phone", **says("划痕的方案我们再拟。", until=at_of(case, 300))
    )

    assert (wordless.status_code, "沟通-01" in wordless.text) == (409, True)
    assert (state, Plan.objects.get(complaint=case).status) == (State.PLANNING, Plan.Status.SUPERSEDED)


def test_s3_31_a_leader_refuses_above_the_standard_with_an_alternative(agent, leader, at_minute):
    case = offered()
    at_minute(case, 120)
    reply = says("十倍赔偿超出规定,划痕可按方案补偿。")

    bare = leader.send(case, "refuse_above_standard", reason="十倍无依据", **reply)
    state = leader.take(case, "refuse_above_standard", reason="十倍无依据", alternative="优惠券", **reply)

    assert agent.open(case, "refuse_above_standard").status_code == 409
    assert (bare.status_code, list(bare.context["form"].errors)) == (422, ["alternative"])
    assert (state, case.outcome) == (State.REVIEWING, Outcome.REFUSED_ABOVE_STANDARD)


def test_amb_40_tries_are_noted_and_the_final_message_is_written(agent, at_minute):
    case = offered()
    at_minute(case, 120)

    agent.take(case, "contact", tell="skip", way="phone", note="无人接听")
    spoken = agent.send(case, "contact", **says("划痕一事若无回复将结案,随时可联系我们。", medium="phone"))
    agent.take(case, "contact", **says("划痕一事若无回复将结案,随时可联系我们。", medium="letter"))
    owed = agent.send(case, "owed", option=case.plans.get().options.first().pk, **SAYS_NOTHING)

    assert (spoken.status_code, "回访-05" in spoken.text) == (422, True)
    assert list(case.contact_attempts.values_list("final_notice", flat=True)) == [False, True]
    assert (owed.status_code, "回访-05" in owed.text) == (409, True)


def test_s2_53_a_task_is_given_taken_on_handed_on_done_and_never_by_another_department(supervisor, handler, at_minute):
    case = factories.investigating()
    at_minute(case, 60)
    quality = Desk(factories.person("zhijian", Role.HANDLER, name="郑洁", of="quality"))
    given = {"kind": "investigate", "title": "调取录像", "assignee": handler.person.pk}

    undated = supervisor.send(case, "task", **given, due_at="")
    supervisor.take(case, "task", **given, due_at=local(at_of(case, 200)))
    task = Task.objects.get(complaint=case, title="调取录像")
    foreign = quality.client.post(f"/desk/{case.number}/do/task_done/", {"seen": case.last_number, "item": task.pk})
    handler.take(case, "task_seen", item=task.pk)
    unsaid = handler.send(case, "task_done", item=task.pk)
    handler.take(case, "task_bounce", item=task.pk, to=quality.person.pk, reason="属质检")
    other = handler.send(case, "task_done", item=task.pk, result="完成")
    quality.take(case, "task_done", item=task.pk, result="外观完好")

    assert (undated.status_code, foreign.status_code, unsaid.status_code) == (422, 404, 422)
    assert (other.status_code, "任务-02" in other.text) == (409, True)
    task.refresh_from_db()
    assert (task.status, task.bounce_count) == (Task.Status.DONE, 1)


def test_a_task_is_taken_back_with_a_reason(supervisor, handler, at_minute):
    case = factories.investigating()
    at_minute(case, 60)
    given = {"kind": "other", "title": "复核", "assignee": handler.person.pk, "due_at": local(at_of(case, 200))}
    supervisor.take(case, "task", **given)
    task = Task.objects.get(complaint=case, title="复核")

    supervisor.take(case, "task_cancel", item=task.pk, reason="不再需要")

    task.refresh_from_db()
    assert task.status == Task.Status.CANCELLED


def test_s0_15_evidence_carries_its_file_and_is_struck_out_with_a_reason(handler, at_minute):
    case = factories.investigating()
    at_minute(case, 60)
    given = {"kind": "test_report", "title": "检测报告", "source": "质检", "obtained_at": local(at_of(case, 50))}

    untitled = handler.send(case, "evidence", **{**given, "title": ""})
    handler.take(case, "evidence", **given, file=SimpleUploadedFile("报告.pdf", PDF, "application/pdf"))
    row = Evidence.objects.get(complaint=case)
    empty = handler.send(case, "evidence", **given, file=SimpleUploadedFile("空.pdf", b"", "application/pdf"))
    handler.take(case, "strike", item=row.pk, reason="拿错了报告")

    assert (untitled.status_code, "证据-02" in untitled.text) == (422, True)
    assert (row.file.name, row.file_sha256 == row.file.sha256) == ("报告.pdf", True)
    assert (empty.status_code, Evidence.objects.filter(complaint=case).count()) == (409, 1)
    row.refresh_from_db()
    assert row.struck_reason == "拿错了报告"


def test_eng_15_an_interest_is_declared_and_keeps_the_person_out(supervisor, handler, at_minute):
    case = factories.investigating()
    at_minute(case, 60)

    supervisor.take(case, "interest", person=handler.person.pk, complained_about="yes", reason="被投诉人")
    shown = handler.open(case, "cause")

    assert Interest.objects.get(complaint=case).complained_about
    assert (shown.status_code, "回避-01" in shown.text) == (409, True)


def test_cases_are_merged_parted_and_linked_by_number(agent, at_minute):
    first, second = factories.acknowledged(), factories.acknowledged()
    at_minute(second, 30)

    shown = agent.open(second, "merge")
    nowhere = agent.send(second, "merge", other="HY-000000-000000", reason="同一手机")
    agent.take(second, "merge", other=first.number, reason="同一手机")
    merged = second.merged_into
    agent.take(second, "unmerge", reason="另一部手机")
    agent.take(second, "link", other=first.number)
    linked = second.repeat_of
    agent.take(second, "unlink", reason="另一件事")

    assert (first.number in shown.text, nowhere.status_code) == (True, 422)
    assert (merged, linked, second.merged_into, second.repeat_of) == (first, first, None, None)


def test_s2_50_a_kindness_is_granted_once(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 30)

    agent.take(case, "goodwill", kindness="small_coupon")
    again = agent.send(case, "goodwill", kindness="small_coupon")

    assert (again.status_code, "善意-01" in again.text) == (409, True)


def test_s0_14_a_leader_lets_a_rule_pass_by_name(leader, agent, at_minute):
    case = factories.investigating()
    at_minute(case, 60)

    unreasoned = leader.send(case, "override", rule="证据-01")
    leader.take(case, "override", rule="证据-01", reason="录像已灭失")

    assert agent.open(case, "override").status_code == 403
    assert (unreasoned.status_code, case.overrides.get().rule) == (422, "证据-01")


def test_s1_37_what_came_back_is_noted(agent, at_minute):
    case = factories.analysed(found=factories.finding(loss=2000))
    at_minute(case, 100)

    agent.take(case, "recovery", amount="800", source="保险公司")

    assert case.findings.get().recovered == 800


def test_a_case_is_followed_and_no_more(agent, at_minute):
    case = factories.acknowledged()

    agent.take(case, "follow")
    followed = Follow.objects.filter(complaint=case).count()
    agent.take(case, "unfollow")

    assert (followed, Follow.objects.filter(complaint=case).count()) == (1, 0)


@pytest.mark.parametrize("flag", ["media", "compound"])
def test_amb_16_a_flag_is_set_with_a_reason(agent, at_minute, flag):
    case = factories.registered()
    at_minute(case, 40)

    bare = agent.send(case, "flag", flag=flag)
    agent.take(case, "flag", flag=flag, reason="记者来电")

    assert (bare.status_code, getattr(case, flag)) == (422, True)
