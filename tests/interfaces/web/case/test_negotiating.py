"""Expectations, the preparation sheet, the bottom line, special callers and hard conduct, on the pages of the case."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import AskedQuestion, Concession, Conduct, Expectation, Handover, Negotiation, Principle
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import callers, flags
from tests import factories, later
from tests.complaints import bargain
from tests.complaints.checks import sound
from tests.factories import at_of
from tests.interfaces.web.case.desks import local, says, told

SHEET = {
    **{name: value for name, value in bargain.SHEET.__dict__.items() if isinstance(value, str)},
    "opening": "20",
    "checks": ["read", "uncertain", "chance"],
    "scenes-count": "2",
    "scenes-0-situation": "坚持十倍",
    "scenes-0-response": "说明标准,给两个方案",
    "scenes-1-situation": "要求领导出面",
    "scenes-1-response": "征得同意后转主管",
}


def panel(desk, case):
    answer = desk.client.get(f"/desk/{case.number}/about/negotiation/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_s3_34_expectations_are_asked_about_and_ranked_by_the_pages(agent, at_minute):
    case = bargain.late_installation()
    at_minute(case, 127)
    agent.take(case, "expectation", said="快点给我装上", fuzzy="on", source="advertised", source_note="24 小时上门")
    fast = Expectation.objects.get()
    assert "具体到什么时候" in agent.open(case, "ask").content.decode()

    vague = agent.send(case, "ask", kind="clarify", item=fast.pk, question="几点?", answer="尽快", via="phone")
    assert (vague.status_code, "期望-02" in told(vague) or "期望-02" in vague.content.decode()) == (422, True), told(
        vague
    )
    agent.take(
        case,
        "ask",
        kind="clarify",
        item=fast.pk,
        question="几点?",
        answer="周六中午前",
        via="phone",
        precise="周六12:00前装好",
        due_at=local(bargain.SATURDAY_NOON),
    )
    agent.take(case, "ask", kind="weigh", item=fast.pk, question="多重要?", answer="最要紧", via="phone")
    agent.take(case, "rank", **{"order-count": "1", "order-0-place": "1", "order-0-weight": "must"})

    fast.refresh_from_db()
    assert (fast.rank, fast.is_precise, AskedQuestion.objects.count()) == (1, True, 2)
    page = panel(agent, case)
    assert "周六12:00前装好" in page
    assert "模糊 → 精确" in page
    sound(case)


def test_s4_125_the_sheet_of_an_escalated_case_is_kept_and_opens_the_conversation(agent, supervisor, at_minute):
    case = bargain.late_installation()
    at_minute(case, 128)
    supervisor.take(case, "flag", flag="escalated", reason="要求领导出面")
    assert "未填写前，只能发送稳妥答复" in panel(agent, case)
    blocked = agent.send(case, "message", **says("您好,我们在核实", until=at_of(case, 300), what="核实结果"))
    assert (blocked.status_code, "谈判-01" in blocked.content.decode()) == (422, True), told(blocked)
    agent.take(case, "holding", due_at=local(at_of(case, 180)), medium="phone")

    agent.take(case, "principle", amount="50", text="不付十倍")
    assert "待批" in panel(supervisor, case)
    own = agent.open(case, "decide_principle")
    supervisor.take(case, "decide_principle", approved="yes", comment="同意")
    agent.take(case, "prepare", **SHEET)

    assert own.status_code == 403
    assert (Principle.objects.get().decision, Negotiation.objects.get().scenes.count()) == ("approved", 2)
    assert "已齐备，可以沟通" in panel(agent, case)
    agent.take(case, "message", **says("您好,我们在核实", until=at_of(case, 300), what="核实结果"))
    agent.take(case, "concede", amount="40", reason="行业标准", obtained="接受周六上门")
    assert Concession.objects.get().before == 20
    sound(case)


def test_s2_48_s2_52_a_special_caller_and_the_way_to_a_superior(agent, supervisor, at_minute):
    case = factories.registered(actor=factories.agent())
    at_minute(case, 40)

    agent.take(case, "caller", kind="media", note="自称晚报记者")
    refused = agent.send(case, "hand_up", to=supervisor.person.pk, consent="no", said="", via="phone", emergency="")
    agent.take(case, "hand_up", to=supervisor.person.pk, consent="yes", said="好,请主管接", via="phone", emergency="")

    assert (refused.status_code, "来电-02" in refused.content.decode()) == (422, True)
    assert Handover.objects.get().said == "好,请主管接"
    page = panel(agent, case)
    assert "自称晚报记者" in page
    assert "“好,请主管接”" in page


def test_s4_11_conduct_is_reported_judged_for_a_time_and_appealed_by_the_pages(agent, supervisor, leader, at_minute):
    case = factories.registered(actor=factories.agent())
    at_minute(case, 40)
    agent.take(case, "conduct", described="连续辱骂二十分钟")
    assert agent.open(case, "confirm_conduct").status_code == 403
    assert case.unreasonable is False

    supervisor.take(
        case,
        "confirm_conduct",
        measures="只以书面沟通",
        reviewer=leader.person.pk,
        expires_at=local(at_of(case, 3 * 1440)),
        **says("今后我们以书面与您沟通,为期三天;您可以申诉。", until=at_of(case, 300), what="处理进展"),
    )
    assert case.unreasonable is True
    assert "只以书面沟通" in panel(agent, case)
    agent.take(case, "appeal", text="我只是着急")
    leader.take(case, "decide_appeal", upheld="yes", comment="情有可原")

    assert Conduct.objects.get().status == "ended"
    assert case.unreasonable is False


def test_s0_06_contacts_in_the_words_of_a_conversation_are_covered(agent, auditor, at_minute):
    case = bargain.late_installation()
    at_minute(case, 127)
    bargain.noted(case, said="打13812341234给我,快点装上")
    callers.note_caller(case.pk, "rights", "让回拨13812341234", actor=factories.agent(), at=at_of(case, 128))

    own, masked = panel(agent, case), panel(auditor, case)

    assert "13812341234" in own
    assert "13812341234" not in masked
    assert "/do/ask/" in own
    assert "/do/" not in masked


def test_the_panel_asks_as_often_for_four_expectations_as_for_one(agent, at_minute):
    one, many = bargain.late_installation(), bargain.late_installation()
    at_minute(many, 130)
    bargain.noted(one)
    bargain.four(many)
    counts = []
    for case in (one, one, many):
        with CaptureQueriesContext(connection) as queries:
            panel(agent, case)
        counts.append(len(queries))

    assert counts[2] <= counts[1]


def test_s4_121_a_wide_case_tells_how_we_handle_and_improve_by_the_page(agent, at_minute):
    case = factories.registered(actor=factories.agent())
    at_minute(case, 40)
    flags.set_flag(case.pk, "wide", True, reason="同批次都有", actor=factories.supervisor(), at=at_of(case, 35))

    text = "这批货已下架检查,今后出库前逐件复核。"
    half = agent.send(case, "scope", handling="全部下架", improvement="今后出库前逐件复核", **says(text))
    agent.take(
        case,
        "scope",
        handling="已下架检查",
        improvement="今后出库前逐件复核",
        **says(text, until=at_of(case, 300), what="复核结果"),
    )

    assert (half.status_code, "告知-03" in half.content.decode()) == (422, True), told(half)
    sound(case)


def test_s3_20_s3_09_a_plan_shows_both_levers_the_next_level_and_what_the_customer_prefers(agent, at_minute):
    case = later.planning()
    exchange = (Line("exchange", Decimal(0)),)
    later.drafted(
        case, later.exchange_and_coupon(case, lines=exchange), later.exchange_and_coupon(case, lines=exchange)
    )
    at_minute(case, 140)
    agent.take(case, "preference", text="只在晚上接电话")

    page = agent.client.get(f"/desk/{case.number}/about/plan/").content.decode()
    editor = agent.open(case, "draft_plan").content.decode()

    assert [words for words in ("提升感受", "管理期望", "换同款新机,不退款", "高一级") if words not in page] == []
    assert "只在晚上接电话" in editor
