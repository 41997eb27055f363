"""Roles × pages: who opens what; contacts masked by role, revealed with a reason, logged."""

import re
from decimal import Decimal

import pytest

from huiyin.complaints.models import Action, Event, Viewing
from huiyin.complaints.steps import claims
from huiyin.people.models import AccessLog, Customer, Identity
from huiyin.people.roles import Role
from tests import factories
from tests.interfaces.web.desk.conftest import Desk, desk_of

TOKEN = re.compile(r'(?<=value=")[A-Za-z0-9]{64}|(?<=X-CSRFToken": ")[A-Za-z0-9]{64}')
PHONE, MASKED = "13812341234", "138****1234"
LISTS = ("/desk/", "/desk/rows/", "/search/?q=手机", "/promises/", "/unanswered/", "/enquiries/", "/claims/")
READS_ALL = {Role.AGENT, Role.DUTY_AGENT, Role.SUPERVISOR, Role.MANAGER, Role.LEADER, Role.AUDITOR}
READS_OWN = {Role.HANDLER, Role.TECHNICIAN, Role.EDITOR, Role.SALESPERSON, Role.FINANCE}
OVERSEES = {Role.SUPERVISOR, Role.MANAGER, Role.LEADER}


def case_pages(number: str) -> list[str]:
    tabs = "overview promises evidence tasks plan execution callbacks claims review files people".split()
    beside = [f"/desk/{number}/about/{tab}/" for tab in tabs]
    return [f"/desk/{number}/", f"/desk/{number}/timeline/", f"/desk/{number}/form/", *beside]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_exactly_its_pages(role):
    complaint = factories.investigating()
    desk = desk_of(f"one-{role.value}", role, of="elsewhere")
    reads = role in READS_ALL | READS_OWN
    expected = {path: 200 if reads else 403 for path in LISTS}
    case_answer = 200 if role in READS_ALL else 404 if role in READS_OWN else 403
    expected |= dict.fromkeys(case_pages(complaint.number), case_answer)
    expected |= dict.fromkeys(("/overview/", "/overview/heard/"), 200 if role in OVERSEES else 403)
    expected |= dict.fromkeys(("/bell/", "/packs/", "/packs/retail/"), 200)

    assert {path: desk.get(path).status_code for path in expected} == expected


def test_a_case_that_is_not_ones_own_looks_like_none_at_all():
    complaint = factories.received()
    editor = desk_of("bianji", Role.EDITOR, of="elsewhere")
    numbers = (complaint.number, "HY-250304-999999")
    answers = [editor.get(f"/desk/{number}/") for number in numbers]
    texts = [TOKEN.sub("", answer.content.decode()).replace(numbers[i], "") for i, answer in enumerate(answers)]

    assert (answers[0].status_code, texts[0]) == (404, texts[1])


def test_a_handler_sees_what_was_given_to_him_in_lists_and_by_link(zhou, lina):
    factories.received()
    his = factories.investigating()

    assert [number in zhou.html("/desk/") for number in (his.number,)] == [True]
    assert zhou.get(f"/desk/{his.number}/").status_code == 200


def test_s2_54_who_has_something_to_do_or_to_recover_sees_what_for():
    complaint = factories.analysed()
    finance = desk_of("caiwu", Role.FINANCE, of="finance")
    packer = desk_of("dabao", Role.HANDLER, of="packing")
    before = [desk.get(f"/desk/{complaint.number}/").status_code for desk in (finance, packer)]
    new = claims.NewClaim("顺达物流", Decimal("300.00"), "外箱破损", factories.when(2025, 4, 4, 18))
    claims.open_claim(complaint.pk, new, actor=factories.agent(), at=factories.at_of(complaint, 100))
    Action.objects.create(
        complaint=complaint, round=1, remedy="exchange", title="换货", assignee=factories.agent().person,
        department=packer.person.department, due_at=factories.when(2025, 3, 5, 18),
    )  # fmt: skip

    after = [desk.get(f"/desk/{complaint.number}/").status_code for desk in (finance, packer)]

    assert (before, after) == ([404, 404], [200, 200])
    assert complaint.number in finance.html("/claims/")
    assert complaint.number in packer.html("/desk/?view=all")


def test_a_visitor_is_asked_to_sign_in(client):
    complaint = factories.received()

    assert client.get(f"/desk/{complaint.number}/").status_code == 302


def overview(desk: Desk, number: str) -> str:
    return desk.html(f"/desk/{number}/about/overview/")


def test_s0_06_nobody_sees_a_contact_in_full_unasked(lina, zhou, chen, other_agent, auditor):
    complaint = factories.investigating()
    pages = [overview(desk, complaint.number) for desk in (lina, zhou, chen, other_agent, auditor)]

    assert [(PHONE in html, MASKED in html) for html in pages] == [(False, True)] * 5


def test_s0_06_the_name_is_for_owner_and_handler(lina, zhou, chen, other_agent):
    complaint = factories.investigating()
    pages = [overview(desk, complaint.number) for desk in (lina, zhou, chen, other_agent)]

    assert ["<b>张三</b>" in html for html in pages] == [True, True, False, False]
    assert ["<b>张*</b>" in html for html in pages] == [False, False, True, True]


def reveal(desk: Desk, complaint, reason: str):
    identity = Identity.objects.get(customer=complaint.customer, kind="phone")
    return desk.post(f"/desk/{complaint.number}/reveal/{identity.pk}/", reason=reason)


def test_s0_06_the_owner_reveals_with_a_reason_that_is_kept(lina, at_noon):
    complaint = factories.received()
    answer = reveal(lina, complaint, "客户要求回电")
    entry = AccessLog.objects.get(kind="reveal")

    assert (answer.status_code, entry.person, entry.reason) == (303, lina.person, "客户要求回电")
    assert Event.objects.filter(complaint=complaint, kind="contact.revealed").count() == 1
    assert PHONE in overview(lina, complaint.number)


def test_s0_06_what_was_revealed_is_covered_again_after_ten_minutes(lina, at_noon):
    complaint = factories.received()
    reveal(lina, complaint, "客户要求回电")
    at_noon.shift(11 * 60)

    assert PHONE not in overview(lina, complaint.number)


def test_s0_06_without_a_reason_nothing_is_shown(lina):
    complaint = factories.received()
    answer = reveal(lina, complaint, " ")

    assert (answer.status_code, AccessLog.objects.filter(kind="reveal").count()) == (422, 0)
    assert "请写明" in answer.content.decode() or "理由" in answer.content.decode()


def test_s0_06_whoever_is_not_part_of_the_case_reveals_nothing(other_agent, chen):
    complaint = factories.received()

    assert [reveal(desk, complaint, "好奇").status_code for desk in (other_agent, chen)] == [403, 403]
    assert PHONE not in overview(other_agent, complaint.number)


def test_free_text_is_covered_for_who_may_never_reveal(lina, auditor):
    complaint = factories.received(text=f"请打 {PHONE} 找张三,外壳有划痕")
    seen, covered = lina.html(f"/desk/{complaint.number}/"), auditor.html(f"/desk/{complaint.number}/")

    assert (PHONE in seen, PHONE in covered, MASKED in covered) == (True, False, True)
    assert "找张三" not in covered


def test_lists_cover_the_name_for_everybody_else(lina, other_agent):
    factories.received()

    assert ["张三" in desk.html("/desk/?view=all") for desk in (lina, other_agent)] == [True, False]


def test_a_look_is_logged_once_an_hour_and_noted_once_a_minute(lina, at_noon):
    complaint = factories.received()
    path = f"/desk/{complaint.number}/"
    for seconds in (0, 10, 70, 3600):
        at_noon.shift(seconds)
        lina.get(path)

    assert AccessLog.objects.filter(person=lina.person, complaint_id=complaint.pk, kind="view").count() == 2
    assert Viewing.objects.get(person=lina.person, complaint=complaint).seen_number == complaint.last_number


def test_s0_06_a_contact_of_another_customer_is_not_found(lina):
    complaint = factories.received()
    other = Customer.objects.create(name="陌生人", created_at=factories.LONG_AGO)
    elsewhere = Identity.objects.create(customer=other, kind="phone", value="13900001111", added_at=factories.LONG_AGO)

    assert lina.post(f"/desk/{complaint.number}/reveal/{elsewhere.pk}/", reason="核对电话").status_code == 404
    assert not AccessLog.objects.exists()
