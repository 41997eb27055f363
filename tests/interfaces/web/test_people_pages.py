import pytest
from django.test import Client

from huiyin.interfaces.common import clock
from huiyin.people import access_log, customers
from huiyin.people.models import AccessLog, Department, Person, SignIn
from huiyin.people.roles import Role

PASSWORD = "竹影扫阶-尘不动-42"
NEW = {
    "name": "陈洁",
    "username": "chen.jie",
    "roles": ["agent", "duty_agent"],
    "language": "zh-hans",
    "password": "月穿潭底-水无痕-24",
}
MANAGED = ["/people/", "/people/new/", "/people/departments/", "/people/1/"]


@pytest.mark.parametrize("page", [*MANAGED, "/people/log/"])
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.AUDITOR)])
def test_s2_54_pages_about_people_and_the_log_are_closed_to_other_roles(client, make_account, page, role):
    client.force_login(make_account("x", role))

    response = client.get(page)

    assert (response.status_code, "权限-01" in response.text) == (403, True)


def test_s2_54_the_log_is_the_auditors_and_the_people_are_the_administrators(client, root, auditor):
    def answers(person):
        client.force_login(person)
        return [client.get(page).status_code for page in ("/people/", "/people/departments/", "/people/log/")]

    assert (answers(root), answers(auditor)) == ([200, 200, 403], [403, 403, 200])


def test_c27_an_administrator_adds_somebody_who_then_signs_in(as_root, quality):
    response = as_root.post("/people/new/", {**NEW, "department": quality.pk})

    person = Person.objects.get(username="chen.jie")
    assert (response.status_code, person.department, person.role_codes) == (302, quality, {"agent", "duty_agent"})
    answer = Client().post("/account/sign-in/", {"username": "chen.jie", "password": NEW["password"]})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("given", "field", "rule"),
    [
        ({"username": "ROOT"}, "username", "账号-01"),
        ({"password": "short"}, "password", "账号-05"),
        ({"roles": []}, "roles", ""),
        ({"name": ""}, "name", ""),
    ],
)
def test_c27_what_cannot_be_added_is_said_beside_the_field(as_root, given, field, rule):
    response = as_root.post("/people/new/", {**NEW, **given})

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert rule in str(response.context["form"].errors)
    assert not Person.objects.filter(username="chen.jie").exists()


@pytest.mark.parametrize(("people", "most"), [(1, 8), (30, 8)])
def test_c27_the_list_of_people_costs_the_same_for_one_and_for_thirty(
    as_root, make_account, django_assert_max_num_queries, people, most
):
    for i in range(people):
        make_account(f"p{i}", Role.AGENT, Role.TRAINER)
    as_root.get("/people/")

    with django_assert_max_num_queries(most):
        assert len(as_root.get("/people/").context["page"]) == people + 1


def test_c27_the_list_is_narrowed_by_name_role_and_department(as_root, make_account, quality):
    make_account("a", Role.HANDLER, name="周工", department=quality)
    make_account("b", Role.AGENT, name="周洁")
    make_account("c", Role.AGENT, name="周离", is_active=False)

    def names(query):
        return sorted(person.name for person in as_root.get(f"/people/?{query}").context["page"])

    assert names("q=周") == ["周工", "周洁"]
    assert names("q=周&gone=on") == ["周工", "周洁", "周离"]
    assert names("role=handler") == ["周工"]
    assert names(f"department={quality.pk}") == ["周工"]
    assert "没有符合条件" in as_root.get("/people/?q=吴").text


def test_c27_details_and_roles_are_changed_and_the_history_says_so(as_root, lina, quality):
    details = {"name": "李娜", "department": quality.pk, "tenure_layer": "experienced"}

    as_root.post(f"/people/{lina.pk}/details/", details)
    as_root.post(f"/people/{lina.pk}/roles/", {"roles": ["supervisor"]})

    changed = Person.objects.get(pk=lina.pk)
    told = [line.text for line in as_root.get(f"/people/{lina.pk}/").context["changes"]]
    assert (changed.department, changed.role_codes, changed.tenure_layer) == (quality, {"supervisor"}, "experienced")
    assert told == ["角色由“客服专员”改为“客服主管”", "培训层级由“在岗员工”改为“资深员工”", "部门由“—”改为“quality”"]


def test_c27_the_last_administrator_is_kept_with_a_sentence(as_root, root):
    for address, given in ((f"/people/{root.pk}/roles/", {"roles": ["agent"]}), (f"/people/{root.pk}/deactivate/", {})):
        response = as_root.post(address, given)
        assert (response.status_code, "账号-02" in response.text) == (200, True)


def test_c27_a_leaver_is_signed_out_and_can_come_back(as_root, lina):
    theirs = Client()
    theirs.post("/account/sign-in/", {"username": "lina", "password": PASSWORD})

    as_root.post(f"/people/{lina.pk}/deactivate/")
    gone = theirs.get("/account/").status_code
    again = theirs.post("/account/sign-in/", {"username": "lina", "password": PASSWORD}).status_code
    as_root.post(f"/people/{lina.pk}/reactivate/")
    back = theirs.post("/account/sign-in/", {"username": "lina", "password": PASSWORD}).status_code

    assert (gone, again, back) == (302, 200, 302)
    assert SignIn.objects.filter(ended_at__isnull=False).count() == 1


def test_c27_an_administrator_lets_a_resting_name_in(as_root, lina):
    theirs = Client()
    for i in range(5):
        theirs.post("/account/sign-in/", {"username": "lina", "password": f"wrong {i}"})
    rests = as_root.get(f"/people/{lina.pk}/").context["rests"]

    as_root.post(f"/people/{lina.pk}/let-in/")

    answer = theirs.post("/account/sign-in/", {"username": "lina", "password": PASSWORD})
    assert (rests, as_root.get(f"/people/{lina.pk}/").context["rests"], answer.status_code) == (True, False, 302)


def test_c27_a_password_set_by_the_administrator_signs_everybody_else_out(as_root, lina):
    theirs = Client()
    theirs.post("/account/sign-in/", {"username": "lina", "password": PASSWORD})

    as_root.post(f"/people/{lina.pk}/password/", {"password": "月穿潭底-水无痕-24"})

    lina.refresh_from_db()
    assert (theirs.get("/account/").status_code, lina.password_due) == (302, True)


def test_s1_31_departments_get_a_head_from_their_own_people(as_root, make_account, quality):
    head = make_account("head", Role.HANDLER, department=quality)
    stranger = make_account("stranger", Role.HANDLER)

    refused = as_root.post(f"/people/departments/{quality.pk}/head/", {"head": stranger.pk})
    as_root.post(f"/people/departments/{quality.pk}/head/", {"head": head.pk})
    as_root.post("/people/departments/add/", {"code": "logistics", "name": "储运部"})

    quality.refresh_from_db()
    assert (refused.status_code, quality.head) == (200, head)
    assert list(Department.objects.values_list("code", flat=True)) == ["logistics", "quality"]
    assert as_root.get("/people/departments/").status_code == 200


def test_c27_the_auditor_reads_the_log_and_takes_it_away_with_a_reason(client, auditor, lina):
    customer = customers.find_or_create(name="张三", identities=[("phone", "13812341234")], at=clock.now())
    customers.reveal(customer.identities.get().pk, person=lina, reason="=回拨", at=clock.now(), may_see=lambda *_: True)
    access_log.record_view(lina, 404, clock.now())
    client.force_login(auditor)

    page = client.get("/people/log/")
    refused = client.post("/people/log/export/", {"reason": ""})
    given = client.post("/people/log/export/", {"reason": "季度检查", "kind": "reveal"})

    assert [line["what"] for line in page.context["rows"]] == ["", "电话"]
    assert (refused.status_code, "隐私-03" in refused.text) == (200, True)
    lines = b"".join(given).decode("utf-8-sig").splitlines()
    assert [line.split(",")[1:] for line in lines] == [
        ["人员", "发生了什么", "案件", "内容", "理由"],
        ["李娜", "查看完整联系方式", "", "电话", "'=回拨"],
    ]
    assert AccessLog.objects.filter(kind="export", person=auditor, reason="季度检查").count() == 1


def test_c27_the_log_is_narrowed_by_person_and_day(client, auditor, lina, root):
    access_log.record_view(lina, 1, clock.now())
    access_log.record_view(root, 1, clock.now())
    client.force_login(auditor)

    def count(query):
        return len(client.get(f"/people/log/?{query}").context["rows"])

    assert (count(""), count(f"person={lina.pk}"), count("to_on=2020-01-01"), count("from_on=2020-01-01")) == (
        2,
        1,
        0,
        2,
    )


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("page", ["/people/", "/people/new/", "/people/departments/", "/people/{}/"])
def test_c27_the_administrators_pages_stand_in_every_language(as_root, root, quality, language, page):
    as_root.cookies["huiyin_language"] = language

    response = as_root.get(page.format(root.pk))

    assert (response.status_code, "style=" in response.text) == (200, False)
