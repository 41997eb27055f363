import pytest

from huiyin.interfaces.common import clock
from huiyin.people.roles import Role
from huiyin.workforce import availability
from huiyin.workforce.models import Absence

AWAY = {"kind": "leave", "from_at": "2020-01-01T09:00", "to_at": "2099-01-01T18:00"}


@pytest.fixture
def wang(make_account):
    return make_account("wang", Role.SUPERVISOR, name="王强")


def test_amb_12_an_agent_reports_an_absence_with_a_stand_in_and_takes_it_back(client, lina, make_account):
    friend = make_account("friend", Role.AGENT, name="周洁")
    client.force_login(lina)

    client.post("/duty/absences/", {**AWAY, "substitute": friend.pk})
    shown = client.get("/duty/absences/").text
    stands_in = availability.substitute_for(lina, clock.now())
    client.post(f"/duty/absences/{Absence.objects.get().pk}/cancel/")

    assert (stands_in, "周洁" in shown) == (friend, True)
    assert availability.is_on_duty(lina, clock.now())


def test_amb_12_the_hours_are_read_in_the_reporters_time_zone(client, lina):
    lina.time_zone = "Asia/Tokyo"
    lina.save()
    client.force_login(lina)

    client.post("/duty/absences/", AWAY)

    assert Absence.objects.get().from_at.isoformat() == "2020-01-01T00:00:00+00:00"


def test_s2_54_only_a_supervisor_reports_the_absence_of_another(client, lina, wang):
    client.force_login(lina)
    client.post("/duty/absences/", {**AWAY, "person": wang.pk})
    about_herself = Absence.objects.get().person
    client.force_login(wang)
    client.post("/duty/absences/", {**AWAY, "person": lina.pk})

    assert (about_herself, Absence.objects.latest("pk").person, Absence.objects.latest("pk").recorded_by) == (
        lina,
        lina,
        wang,
    )


def test_s2_54_nobody_takes_back_the_absence_of_another(client, lina, wang, make_account):
    client.force_login(wang)
    client.post("/duty/absences/", {**AWAY, "person": wang.pk})
    client.force_login(lina)

    response = client.post(f"/duty/absences/{Absence.objects.get().pk}/cancel/")

    assert (response.status_code, Absence.objects.get().cancelled_at) == (403, None)


def test_amb_12_an_absence_upside_down_is_refused_beside_the_field(client, lina):
    client.force_login(lina)

    response = client.post("/duty/absences/", {**AWAY, "to_at": "2019-01-01T09:00"})

    assert (list(response.context["form"].errors), "在岗-02" in response.text) == (["to_at"], True)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.INSPECTOR])
def test_s2_54_the_page_is_for_those_who_work_on_cases(client, make_account, role):
    client.force_login(make_account("x", role))

    assert client.get("/duty/absences/").status_code == 403
