"""The page of a case: the next act, the clocks and their why, the course, the composer, what changes meanwhile."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from huiyin.complaints.conversation import Say
from huiyin.complaints.kinds import KINDS
from huiyin.complaints.lifecycle import MOVES
from huiyin.complaints.models import Complaint, Draft, Event, Follow, Promise
from huiyin.complaints.states import State
from huiyin.complaints.steps import flags, messages, tasks
from huiyin.interfaces.web.case.table import STEP_FORMS
from huiyin.interfaces.web.desk import acts, menu
from huiyin.interfaces.web.desk.presenters import why as whys
from huiyin.interfaces.web.desk.presenters.facts import SAYS
from tests import factories, later
from tests.interfaces.web.desk.conftest import Desk, desk_of, many, untranslated

PRIMARY = re.compile(r'<a class="btn p" href="([^"]+)" hx-get="[^"]+" hx-target="#act">')


def page(desk: Desk, complaint: Complaint) -> str:
    return desk.html(f"/desk/{complaint.number}/")


def primary(desk: Desk, complaint: Complaint) -> str:
    """The step of the one primary button, or nothing."""
    found = PRIMARY.findall(page(desk, complaint))
    assert len(found) <= 1
    return found[0].split("/do/")[1].split("/")[0] if found else ""


# --- the one next act -------------------------------------------------------------------------------------------------
def test_every_state_has_its_next_act():
    assert set(acts.NEXT) == set(State)


def test_every_act_leads_to_a_form_that_exists():
    steps = {path.act.step for paths in acts.NEXT.values() for path in paths}
    steps |= {act.step for act in acts.INSTEAD.values() if isinstance(act, acts.Act)}
    steps |= {choice.act.step for _label, choices in menu.MENU for choice in choices}
    steps |= {"task_done", "action", "callback", "answer", "message", "unmerge", "question", "strike", "arrival"}

    assert steps - set(STEP_FORMS) == set()


def test_every_path_is_a_move_that_leaves_its_state():
    wrong = [
        (state, path.move)
        for state, paths in acts.NEXT.items()
        for path in paths
        if state not in MOVES[path.move].sources
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("make", "owner", "handler", "supervisor"),
    [
        (factories.received, "acknowledge", None, ""),
        (factories.acknowledged, "register", None, ""),
        (factories.registered, "", None, "investigate"),
        (factories.investigating, "evidence", "evidence", ""),
        (factories.with_evidence, "", "find", ""),
        (factories.analysed, "plan", "plan", ""),
        (factories.explaining, "message", "", ""),
        (later.planning, "draft_plan", "draft_plan", ""),
        (later.approving, "", "", "approve"),
        (later.offering, "choose", "", ""),
        (later.executing, "action", "action", ""),
        (later.following_up, "callback", "", ""),
        (later.reviewing, "review", "", ""),
    ],
)
def test_each_person_is_offered_the_one_next_act(lina, zhou, chen, make, owner, handler, supervisor):
    complaint = make()
    offered = [
        primary(lina, complaint),
        primary(zhou, complaint) if handler is not None else None,
        primary(chen, complaint),
    ]

    assert offered == [owner, handler, supervisor]


def test_s0_14_the_first_guard_in_the_way_is_said_and_its_remedy_offered(lina):
    html = page(lina, factories.investigating())

    assert "独立证据" in html
    assert "证据-01" in html


def test_whose_turn_it_is_is_said_by_name(chen):
    complaint = factories.received()

    assert "由李娜办理" in page(chen, complaint)


def test_somebody_with_a_task_alone_is_offered_that_task():
    complaint = factories.investigating()
    helper = desk_of("jishu", factories.Role.TECHNICIAN, name="郑洁", of="quality")
    new = tasks.NewTask("help", "查检测报告", helper.person.department, helper.person, factories.at_of(complaint, 600))
    tasks.make_task(complaint.pk, new, actor=factories.agent(), at=factories.at_of(complaint, 50))

    assert primary(helper, complaint) == "task_done"


def test_an_interest_takes_the_button_away(lina):
    complaint = factories.received()
    flags.declare_interest(
        complaint.pk, person=lina.person, complained_about=True, reason="被投诉人", actor=factories.supervisor(),
        at=factories.at_of(complaint, 5),
    )  # fmt: skip

    assert primary(lina, complaint) == ""
    assert "利害关系" in page(lina, complaint)


# --- clocks and their why ---------------------------------------------------------------------------------------------
def test_eng_11_every_deadline_answers_the_five_questions(lina):
    html = page(lina, factories.registered())

    for word in ("起算", "长度", "跳过", "暂停", "依据"):
        assert html.count(f"<dt>{word}</dt>") >= 3


def test_eng_11_a_clock_says_its_event_length_and_pack(lina):
    html = page(lina, factories.received())

    for said in ("进入“已接收”", "2 小时", "网络零售包 2026.1"):
        assert said in html


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_only_what_the_pack_calls_law_is_called_law(language):
    complaint = factories.registered()
    with translation.override(language):
        said = {row.code: whys.why(row, None, row.made_at).basis for row in Promise.objects.filter(complaint=complaint)}
    law = {"zh-hans": "法定：", "en": "by law"}[language]
    statutory = {row.code for row in Promise.objects.filter(complaint=complaint) if row.why.get("statutory")}

    assert {code for code, basis in said.items() if law in basis} == statutory
    assert statutory != set()


def test_a_day_that_ends_at_midnight_is_called_24_00(lina):
    assert "24:00" in page(lina, factories.registered())


def test_the_clock_of_a_case_over_a_holiday_names_what_it_skipped():
    facts = {"skipped": [{"first": "2025-05-01", "last": "2025-05-05", "kind": "holiday", "name": "劳动节"}]}
    at = factories.TUESDAY_10
    told = {"start": at.isoformat(), "qty": 3, "unit": "working_day", **facts}
    row = Promise(kind="case", due_at=at, made_at=at, start_at=at, why=told)
    with translation.override("zh-hans"):
        assert whys.why(row, None, factories.TUESDAY_10).skipped == "5月1日至5月5日 劳动节"


# --- promises ---------------------------------------------------------------------------------------------------------
def test_s2_24_a_replaced_promise_stays_in_sight_with_its_reason(lina):
    complaint = factories.acknowledged()
    row = Promise.objects.get(complaint=complaint, kind="spoken")
    words = Say("检测报告还在路上,15:00 前告诉您结果。")
    due, at = factories.at_of(complaint, 300), factories.at_of(complaint, 60)
    messages.replace_promise(row.pk, due_at=due, reason="等检测报告", words=words, actor=factories.agent(), at=at)
    html = page(lina, complaint)

    assert html.count("核查结果") >= 2
    assert "等检测报告" in html


def test_a_broken_promise_stays_above_what_came_after(lina, at_noon):
    complaint = factories.acknowledged()
    at_noon.move_to(factories.at_of(complaint, 200))

    assert 'class="clk broken"' in page(lina, complaint)


# --- the course -------------------------------------------------------------------------------------------------------
def test_no_event_shows_its_code(lina):
    for make in (later.closed, factories.explaining):
        html = page(lina, make())
        codes = {kind for kind in Event.objects.values_list("kind", flat=True)}

        assert {code for code in codes if code in html} == set()


def test_every_kind_of_event_with_facts_is_one_that_exists():
    assert set(SAYS) - set(KINDS) == set()


def test_the_customer_speaks_as_the_customer_whoever_wrote_it_down(lina):
    complaint = factories.received()
    messages.record_inbound(
        complaint.pk,
        "到底什么时候有结果",
        medium="phone",
        where_is_it=True,
        actor=factories.agent(),
        at=factories.at_of(complaint, 20),
    )
    html = page(lina, complaint)

    assert re.search(
        r'<li class="customer[^"]*"[^>]*>.*?<b>张三</b> [^<]*李娜 记录</div><div class="say">到底什么时候有结果',
        html,
        re.DOTALL,
    )


def test_a_note_looks_like_nothing_the_customer_gets(lina):
    complaint = factories.received()
    messages.write_note(complaint.pk, "先查录像", actor=factories.agent(), at=factories.at_of(complaint, 20))
    html = page(lina, complaint)

    assert re.search(r'<li class="internal[^"]*" data-who="internal".*?内部，客户看不到.*?先查录像', html, re.DOTALL)


def test_what_a_message_promised_stands_under_it(lina):
    assert "承诺：核查结果，今天 12:15前" in page(lina, factories.acknowledged())


def test_why_the_customer_was_not_told_is_shown(lina):
    assert "未告知客户：由责任人统一告知客户" in page(lina, factories.analysed())


def test_a_long_course_is_read_back_piece_by_piece(lina):
    complaint = factories.received()
    for number in range(90):
        messages.write_note(
            complaint.pk, f"备注{number:03d}", actor=factories.agent(), at=factories.at_of(complaint, 1)
        )
    html = page(lina, complaint)
    before = re.search(rf"/desk/{complaint.number}/timeline/\?before=(\d+)", html)
    earlier = lina.html(f"/desk/{complaint.number}/timeline/?before={before[1]}", target="earlier")

    shown = re.findall(r"备注(\d{3})", earlier) + re.findall(r"备注(\d{3})", html)
    assert [int(one) for one in shown] == list(range(90))


def test_hostile_text_stays_text(lina, chen):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    complaint = factories.received(title=evil, text=evil, name=evil, product=evil, order_number=evil)
    messages.write_note(complaint.pk, evil, actor=factories.agent(), at=factories.at_of(complaint, 1))
    case = [f"/desk/{complaint.number}/{part}" for part in ("", "about/overview/", "form/")]
    paths = [*case, "/desk/", "/desk/rows/", "/search/?q=script", "/unanswered/?minutes=15", f"/search/?q={evil}"]

    assert [path for path in paths if "<script>alert" in lina.html(path) or "<img src=x" in lina.html(path)] == []


# --- composer, draft, follow ------------------------------------------------------------------------------------------
def test_the_composer_says_who_receives_it(lina):
    assert "张三，138****1234；经工单告知" in page(lina, factories.received())


def test_a_mail_address_is_named_masked(lina):
    complaint = factories.received(channel="email", identities=(("email", "zhang@example.com"),))

    assert "张三，z***@example.com，发电子邮件" in page(lina, complaint)


def test_s0_34_nobody_but_the_contact_writes_to_the_customer(zhou):
    assert "对客户只有一位联系人：李娜" in page(zhou, factories.investigating())


def test_who_may_not_write_has_no_composer(auditor):
    assert 'id="composer"' not in page(auditor, factories.received())


def test_a_draft_survives_and_an_empty_one_is_forgotten(lina):
    complaint = factories.received()
    path = f"/desk/{complaint.number}/draft/"
    kept = lina.post(path, kind="message", text="您好,正在核查")

    assert (kept.status_code, "您好,正在核查</textarea>" in page(lina, complaint)) == (204, True)
    lina.post(path, kind="message", text="")
    assert Draft.objects.count() == 0
    assert lina.post(path, kind="nonsense", text="x").status_code == 400


def test_drafts_are_ones_own(lina, chen):
    complaint = factories.received()
    lina.post(f"/desk/{complaint.number}/draft/", kind="note", text="只给自己看")

    assert "只给自己看" not in page(chen, complaint)


def test_a_note_and_a_message_go_out_from_the_composer(lina):
    complaint = factories.acknowledged()
    seen = re.search(r'name="seen" value="(\d+)" id="note-seen"', page(lina, complaint))[1]
    answer = lina.post(f"/desk/{complaint.number}/do/note/", text="先查录像", seen=seen)

    assert (answer.status_code, "先查录像" in page(lina, complaint)) == (303, True)


def test_following_puts_a_case_on_ones_list_and_back(lina):
    complaint = factories.received()
    path = f"/desk/{complaint.number}/follow/"
    lina.post(path, follow="yes")
    followed = complaint.number in lina.html("/desk/?view=followed")
    lina.post(path, follow="no")

    assert (followed, Follow.objects.count()) == (True, 0)


# --- what changes meanwhile -------------------------------------------------------------------------------------------
def test_live_says_nothing_when_nothing_happened(lina):
    complaint = factories.received()
    answer = lina.get(f"/desk/{complaint.number}/live/?after={complaint.last_number}&others=0")

    assert (answer.status_code, answer.content) == (204, b"")


def test_live_answers_304_to_who_has_it_all(lina):
    complaint = factories.received()
    path = f"/desk/{complaint.number}/live/?after=0&others=0"
    tag = lina.get(path)["ETag"]
    messages_before = lina.get(path, HTTP_IF_NONE_MATCH=tag)
    messages.write_note(complaint.pk, "新", actor=factories.supervisor(), at=factories.at_of(complaint, 9))

    assert [messages_before.status_code, lina.get(path, HTTP_IF_NONE_MATCH=tag).status_code] == [304, 200]


def test_live_shows_what_another_did_at_once(lina):
    complaint = factories.received()
    after = complaint.last_number
    messages.write_note(complaint.pk, "我来看一下", actor=factories.supervisor(), at=factories.at_of(complaint, 9))
    html = lina.html(f"/desk/{complaint.number}/live/?after={after}&others=0", target="live")

    assert "陈静 刚刚处理了本案" in html
    assert "我来看一下" in html
    assert f'value="{after + 1}" id="message-seen"' in html


def test_live_changes_nothing_under_an_open_form(lina):
    complaint = factories.received()
    after = complaint.last_number
    messages.write_note(complaint.pk, "我来看一下", actor=factories.supervisor(), at=factories.at_of(complaint, 9))
    html = lina.html(f"/desk/{complaint.number}/live/?after={after}&others=0&seen={after}", target="live")

    assert ("陈静 刚刚处理了本案" in html, "我来看一下" in html) == (True, False)


def test_live_tells_who_came_to_look(lina, chen, at_noon):
    complaint = factories.received()
    chen.get(f"/desk/{complaint.number}/")
    html = lina.html(f"/desk/{complaint.number}/live/?after={complaint.last_number}&others=0", target="live")

    assert "陈静 也在看" in html


# --- price and languages ----------------------------------------------------------------------------------------------
def asked(desk: Desk, path: str) -> int:
    desk.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert desk.get(path).status_code == 200
    return len(caught)


def test_a_case_with_thirty_of_everything_costs_what_one_costs(lina):
    complaint = factories.investigating()
    path = f"/desk/{complaint.number}/"
    few = asked(lina, path)
    for number in range(30):
        at = factories.at_of(complaint, 41) + timedelta(seconds=number)
        messages.write_note(complaint.pk, f"备注 {number}", actor=factories.agent(), at=at)
        factories.investigation.add_evidence(
            complaint.pk, factories.evidence("photo", title=f"照片 {number}"), actor=factories.handler(), at=at
        )
    many(30)

    assert (asked(lina, path), few <= 15) == (few, True)


MAKERS = [
    factories.received, factories.acknowledged, factories.registered, factories.investigating, factories.with_evidence,
    factories.analysed, factories.explaining, later.planning, later.approving, later.offering, later.executing,
    later.following_up, later.reviewing, later.closed,
]  # fmt: skip


@pytest.mark.parametrize("make", MAKERS)
def test_the_page_of_a_case_costs_at_most_fifteen_queries_in_every_state(lina, zhou, chen, make):
    complaint = make()
    asked(chen, "/packs/")  # the packs of the house are read once per process
    told = {desk.person.name: asked(desk, f"/desk/{complaint.number}/") for desk in (lina, chen)}

    assert {name: count for name, count in told.items() if count > 15} == {}


TABS = "overview promises evidence tasks plan execution callbacks claims review files people".split()


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_of_the_side_stands_beside_the_case_and_alone(lina, tab):
    complaint = later.closed()
    path = f"/desk/{complaint.number}/about/{tab}/"
    alone, beside = lina.html(path), lina.html(path, target="about")

    assert ("<!doctype html>" in alone, "<!doctype html>" in beside) == (True, False)
    assert asked(lina, path) <= 15


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("make", [factories.received, later.executing, later.closed, factories.explaining])
def test_the_page_reads_in_three_languages(make, language):
    complaint = make()
    desk = Desk(factories.agent().person, language)
    pages = [f"/desk/{complaint.number}/", *(f"/desk/{complaint.number}/about/{tab}/" for tab in TABS)]
    marks = {path: untranslated(desk.html(path)) for path in pages}

    assert {path: found for path, found in marks.items() if found} == {}


def test_an_old_number_leads_to_its_case(lina):
    complaint = factories.received()
    complaint.aliases.create(number="OLD-7")

    assert complaint.title in lina.html("/desk/OLD-7/")
