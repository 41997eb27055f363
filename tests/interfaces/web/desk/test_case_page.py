"""The page of a case: the next act, the clocks and their why, the course, the composer, what changes meanwhile."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import MOVES
from huiyin.complaints.models import Complaint, Promise
from huiyin.complaints.states import State
from huiyin.complaints.steps import flags, messages, tasks
from huiyin.interfaces.web.case.table import STEP_FORMS
from huiyin.interfaces.web.desk import acts, menu
from huiyin.interfaces.web.desk.presenters import why as whys
from tests import factories, later
from tests.interfaces.web.desk.conftest import Desk, desk_of, many, untranslated

pytestmark = pytest.mark.once

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


@pytest.mark.usefixtures("lina")
def test_s0_02_a_clock_with_a_target_says_by_when_the_answer_is_aimed_at():
    row = Promise.objects.get(complaint=factories.received(), kind="stage")

    with translation.override("zh-hans"):
        told = whys.why(row, None, factories.TUESDAY_10)

    assert (told.shown, told.length) == ("今天 12:00", "2 小时；目标今天 11:00 前")


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


@pytest.mark.once
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
