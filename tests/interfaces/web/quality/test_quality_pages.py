"""Service quality through its pages: beside the case for those who call back, by itself for inspectors."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import Callback, CasePack
from huiyin.people.roles import Role
from huiyin.quality import assessing
from huiyin.quality.models import Assessment, Checklist
from tests import factories
from tests.interfaces.web.case.desks import Desk as CaseDesk
from tests.interfaces.web.case.desks import told
from tests.interfaces.web.desk.conftest import Desk, desk_of, untranslated

EXPECTED = {"reliability": 90, "responsiveness": 80, "assurance": 80, "empathy": 80, "tangibles": 60}
ACTUAL = {"reliability": 80, "responsiveness": 90, "assurance": 85, "empathy": 75, "tangibles": 70}
CORE = ("accurate", "safe", "timely", "convenient", "standardised")
LANGUAGES = ("zh-hans", "zh-hant", "en")


def points(side, told_points):
    return {f"{side}_{code}": value for code, value in told_points.items()}


def both():
    return points("expected", EXPECTED) | points("actual", ACTUAL)


def core(**changed):
    fields = {code: changed.get(code, "答复与工单一致") for code in CORE}
    return fields | {f"{code}-kept": "on" for code in CORE if code not in changed}


@pytest.fixture
def caller(lina):
    return CaseDesk(lina.person)


# --- Beside the case


def test_s3_19_who_calls_back_rates_for_the_customer_and_sees_the_gap(lina, caller, case):
    before = lina.html(f"/desk/{case.number}/about/service/")

    caller.take(case, "rate", **both())

    html = lina.html(f"/desk/{case.number}/about/service/")
    assert "尚未评价" in before
    assert "+0.25" in html
    assert "实际感受 81.25 − 期望 81.00；差距最大的是可靠性" in html
    assert html.count('class="meter') == len(ACTUAL)
    assert "客户　期望　81.00" in lina.html(f"/desk/{case.number}/")


def test_s3_08_a_dimension_left_out_is_refused_by_its_rule_and_keeps_what_was_typed(caller, case):
    given = both() | {"actual_empathy": "", "actual_tangibles": "101"}

    answer = caller.send(case, "rate", **given)

    html = answer.content.decode()
    assert "质量-01" in html
    assert 'value="90"' in html
    assert set(answer.context["form"].errors) == {"actual_empathy", "actual_tangibles"}
    assert not Assessment.objects.exists()


def test_an_empty_rating_is_refused(caller, case):
    assert "质量-01" in caller.send(case, "rate").content.decode()


def test_one_side_may_come_later(lina, caller, case):
    caller.take(case, "rate", **points("expected", EXPECTED))

    assert "期望 81.00；实际感受尚未记录" in lina.html(f"/desk/{case.number}/about/service/")


def test_the_tab_is_there_only_where_service_is_weighed(lina, case, at_callback):
    assert f"/desk/{case.number}/about/service/" in lina.html(f"/desk/{case.number}/about/overview/")

    CasePack.objects.filter(complaint=case, base=False).delete()

    assert f"/desk/{case.number}/about/service/" not in lina.html(f"/desk/{case.number}/about/overview/")
    assert "质量-04" in CaseDesk(lina.person).open(case, "rate").content.decode()


def test_s2_54_a_handler_reads_the_rating_and_gives_none(zhou, caller, case):
    caller.take(case, "rate", **both())
    answer = CaseDesk(zhou.person).send(case, "rate", **both())

    html = zhou.html(f"/desk/{case.number}/about/service/")
    assert "+0.25" in html
    assert "/do/rate/" not in html
    assert answer.status_code in (403, 409)
    assert Assessment.objects.count() == 2


# --- By itself, for inspectors


def test_s3_14_an_inspector_sees_number_category_and_dates_and_nothing_of_the_customer(inspector, case):
    html = inspector.html("/quality/") + inspector.html(f"/quality/{case.number}/")

    assert case.number in html
    assert "破损" in html
    for private in (case.customer.name, case.title, case.text, case.order_number or "E-1001"):
        assert private not in html
    assert inspector.get(f"/desk/{case.number}/").status_code == 403


@pytest.mark.parametrize("who", ["inspector", "trainer"])
def test_s3_17_a_checklist_is_filled_item_by_item(who, request, case):
    desk = request.getfixturevalue(who)

    desk.post(f"/quality/{case.number}/checklist/core_service/", **core(timely="晚了两个小时才回电"))

    assert "80.00%" in desk.html(f"/quality/{case.number}/")
    assert "80.00%" in Desk(factories.agent().person).html(f"/desk/{case.number}/about/service/")


def test_s3_15_an_item_without_an_example_is_refused_and_the_others_stay(inspector, case):
    html = inspector.post(f"/quality/{case.number}/checklist/core_service/", **core(timely=" ")).content.decode()

    assert "质量-03" in html
    assert html.count("答复与工单一致") == len(CORE) - 1
    assert not Checklist.objects.exists()


def test_s3_15_attitude_has_a_checklist_and_no_field_for_points(inspector, case):
    assert "不打断" in inspector.html(f"/quality/{case.number}/checklist/attitude/")
    assert "attitude" not in inspector.html(f"/quality/{case.number}/rate/")


def test_s3_14_two_inspectors_rate_and_their_spread_is_shown_apart_from_the_customer(inspector, caller, case):
    second = desk_of("zhijian_er", Role.INSPECTOR, name="何静", of="audit")
    inspector.post(f"/quality/{case.number}/rate/", **both())
    second.post(f"/quality/{case.number}/rate/", **points("actual", ACTUAL | {"empathy": 25}))
    caller.take(case, "rate", **both())

    html = inspector.html(f"/quality/{case.number}/")

    assert "2 人评分，从 73.25 到 81.25，相差 8.00，分歧最大的是同理性" in html
    assert html.count("人评分") == 1
    assert [one.rater for one in assessing.ratings_of(case)] == ["customer", "inspector"]


def test_a_refused_rating_of_an_inspector_keeps_the_points(inspector, case):
    html = inspector.post(f"/quality/{case.number}/rate/", **points("actual", {"reliability": 77})).content.decode()

    assert "质量-01" in html
    assert 'value="77"' in html


def test_cases_still_in_work_are_not_there(inspector, case):
    early = factories.registered()

    assert early.number not in inspector.html("/quality/")
    assert inspector.get(f"/quality/{early.number}/").status_code == 404
    assert inspector.get(f"/quality/{case.number}/checklist/weather/").status_code == 404


def test_agents_and_handlers_open_none_of_the_inspectors_pages(lina, zhou, case):
    for desk in (lina, zhou):
        for path in ("", f"{case.number}/", f"{case.number}/rate/"):
            assert desk.get(f"/quality/{path}").status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_in_three_languages(inspector, caller, case, language):
    caller.take(case, "rate", **both())
    inspector.post(f"/quality/{case.number}/checklist/core_service/", **core())
    reader = Desk(inspector.person, language)

    for path in ("", f"{case.number}/", f"{case.number}/rate/", f"{case.number}/checklist/relation/"):
        html = reader.html(f"/quality/{path}")
        assert untranslated(html) == []
        if language != "en":
            assert not re.search(r"<(h1|h3|label)[^>]*>[A-Za-z ]+</", html), path


def test_the_list_costs_the_same_however_long(inspector, case):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            inspector.html("/quality/")
        return len(caught)

    asked()
    one = asked()
    for _number in range(30):
        factories.admitted("reviewing", owner=factories.agent().person)

    assert asked() == one <= 12


# --- What closing asks


def test_s3_02_a_callback_asks_for_the_matter_and_for_the_feeling_and_refuses_one_alone(caller, case):
    due = Callback.objects.filter(complaint=case, status=Callback.Status.OPEN).earliest("due_at")
    form = caller.open(case, "callback", item=due.pk).content.decode()
    given = {"item": due.pk, "reached": "yes", "medium": "phone", "satisfied": "yes", "end_condition_met": "yes"}

    for one, other in (("matter_score", "feeling_score"), ("feeling_score", "matter_score")):
        refused = caller.send(case, "callback", **given, **{one: "5"}, comment="处理得好，就是等得久")
        assert "回访-06" in refused.content.decode(), told(refused)
        assert set(refused.context["form"].errors) == {other}
        assert "处理得好，就是等得久" in refused.content.decode()
    caller.take(case, "callback", **given, matter_score="5", feeling_score="4")

    assert 'name="matter_score"' in form
    assert 'name="feeling_score"' in form
    due.refresh_from_db()
    assert (due.matter_score, due.feeling_score) == (5, 4)
