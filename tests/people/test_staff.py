import pytest

from huiyin.people import passwords, sign_ins, staff
from huiyin.people.models import Person, PersonChange, SignIn
from huiyin.people.roles import NotYourDuty, Role

GOOD = "竹影扫阶-尘不动-42"


def new(username="chen.jie", **fields):
    return staff.NewPerson(
        username=username, name=fields.pop("name", "陈洁"), roles=fields.pop("roles", (Role.AGENT,)), **fields
    )


def changes(person):
    return list(person.changes.order_by("pk").values_list("field", "before", "after"))


def test_c27_an_administrator_adds_somebody_who_must_choose_a_password_of_their_own(administrator, noon):
    person = staff.add_person(new(" Chen.Jie "), password=GOOD, by=administrator, at=noon)

    assert (person.username, person.role_codes, person.password_due) == ("chen.jie", {"agent"}, True)
    assert person.check_password(GOOD)
    assert changes(person) == [("added", None, ["agent"])]


def test_c27_nobody_else_adds_people(supervisor, noon):
    with pytest.raises(NotYourDuty):
        staff.add_person(new(), password=GOOD, by=supervisor, at=noon)


@pytest.mark.parametrize(
    "password", ["short", "1234567890123", "password1234", "chen.jie2026", passwords.DEMO_PASSWORD]
)
def test_c27_a_password_that_is_easy_to_guess_is_refused(administrator, noon, password):
    with pytest.raises(staff.PasswordTooWeak) as refused:
        staff.add_person(new(), password=password, by=administrator, at=noon)

    assert (refused.value.rule.code, Person.objects.filter(username="chen.jie").exists()) == ("账号-05", False)


def test_c27_a_taken_name_and_a_person_without_a_role_are_refused(administrator, agent, noon):
    with pytest.raises(staff.SignInNameTaken):
        staff.add_person(new("ＬＩＮＡ"), password=GOOD, by=administrator, at=noon)
    with pytest.raises(staff.NoRole):
        staff.add_person(new(roles=()), password=GOOD, by=administrator, at=noon)


def test_c27_changing_roles_is_written_down(administrator, agent, noon):
    person = staff.change_roles(agent.pk, to=[Role.AGENT, Role.TRAINER], by=administrator, at=noon)

    assert (person.role_codes, changes(person)) == (
        {"agent", "trainer"},
        [("roles", ["agent"], ["agent", "trainer"])],
    )
    with pytest.raises(staff.NoRole):
        staff.change_roles(agent.pk, to=[], by=administrator, at=noon)


def test_c27_the_last_administrator_stays(administrator, make_person, noon):
    second = make_person("second", Role.ADMINISTRATOR, is_active=False)
    for act in (
        lambda: staff.change_roles(administrator.pk, to=[Role.AGENT], by=administrator, at=noon),
        lambda: staff.deactivate(administrator.pk, open_cases=0, by=administrator, at=noon),
    ):
        with pytest.raises(staff.LastAdministrator):
            act()

    second = staff.reactivate(second.pk, by=administrator, at=noon)
    staff.deactivate(administrator.pk, open_cases=0, by=second, at=noon)

    assert staff.active_administrators() == 1


def test_s4_34_whoever_still_has_open_cases_is_not_let_go(administrator, agent, noon):
    with pytest.raises(staff.LeaverHasCases) as refused:
        staff.deactivate(agent.pk, open_cases=3, by=administrator, at=noon)

    assert refused.value.params == {"name": "李娜", "count": 3}


def test_c27_a_leaver_loses_every_session_and_the_department(administrator, agent, quality_department, noon):
    staff.change_details(agent.pk, {"department": quality_department}, by=administrator, at=noon)
    staff.name_head(quality_department.pk, head=Person.objects.get(pk=agent.pk), by=administrator, at=noon)
    sign_ins.opened(agent, session_key="k1", address="10.0.0.1", device="Firefox", at=noon)

    staff.deactivate(agent.pk, open_cases=0, by=administrator, at=noon)

    quality_department.refresh_from_db()
    agent.refresh_from_db()
    assert (agent.is_active, quality_department.head, SignIn.objects.get().ended_at) == (False, None, noon)


def test_s1_31_a_department_is_headed_by_somebody_who_works_in_it(administrator, agent, quality_department, noon):
    with pytest.raises(staff.HeadNotHere):
        staff.name_head(quality_department.pk, head=agent, by=administrator, at=noon)


def test_c27_moving_to_another_department_is_written_down_and_ends_the_headship(
    administrator, agent, quality_department, noon
):
    other = staff.save_department("logistics", "储运部", by=administrator, at=noon)
    moved = staff.change_details(agent.pk, {"department": quality_department}, by=administrator, at=noon)
    staff.name_head(quality_department.pk, head=moved, by=administrator, at=noon)

    staff.change_details(agent.pk, {"department": other}, by=administrator, at=noon)

    quality_department.refresh_from_db()
    assert quality_department.head is None
    assert changes(agent) == [
        ("department", None, "quality"),
        ("head_of", None, "quality"),
        ("department", "quality", "logistics"),
    ]


def test_c27_one_changes_ones_own_details_but_nobody_elses(agent, supervisor, noon):
    staff.change_details(agent.pk, {"email": "lina@example.com"}, by=agent, at=noon)
    with pytest.raises(NotYourDuty):
        staff.change_details(agent.pk, {"email": "x@example.com"}, by=supervisor, at=noon)

    assert Person.objects.get(pk=agent.pk).email == "lina@example.com"


def test_c27_a_new_password_ends_the_other_sessions_and_leaves_no_trace_of_itself(agent, noon):
    for key in ("here", "there"):
        sign_ins.opened(agent, session_key=key, address=None, device="", at=noon)

    staff.set_password(agent.pk, GOOD, by=agent, at=noon, keep_session="here")

    assert [row.session_key for row in sign_ins.open_of(agent)] == ["here"]
    assert changes(agent) == [("password", None, None)]
    assert Person.objects.get(pk=agent.pk).password_due is False


def test_c27_a_password_set_by_the_administrator_must_be_changed(administrator, agent, noon):
    assert staff.set_password(agent.pk, GOOD, by=administrator, at=noon).password_due is True


def test_c27_a_demonstration_account_is_known_until_its_password_changes(administrator, noon):
    person = staff.add_person(new(), password=passwords.DEMO_PASSWORD, by=administrator, at=noon, demo=True)
    before = passwords.demo_people()

    staff.set_password(person.pk, GOOD, by=person, at=noon)

    assert (before, passwords.demo_people(), PersonChange.objects.count()) == ([person], [], 2)


def test_c27_one_ends_only_ones_own_sessions(agent, supervisor, noon):
    mine = sign_ins.opened(agent, session_key="mine", address=None, device="", at=noon)

    sign_ins.end(mine.pk, person=supervisor, at=noon)
    still_open = sign_ins.open_of(agent).count()
    sign_ins.end(mine.pk, person=agent, at=noon)

    assert (still_open, sign_ins.open_of(agent).count()) == (1, 0)
