import pytest
from axes.models import AccessAttempt
from django.test import Client

from huiyin.interfaces.common import clock
from huiyin.people import passwords, staff
from huiyin.people.models import SignIn
from huiyin.people.roles import Role

PASSWORD = "竹影扫阶-尘不动-42"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SIGN_IN, SETTINGS = "/account/sign-in/", "/account/"


def sign_in(client, username="lina", password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"username": username, "password": password, **extra}, headers={"user-agent": FIREFOX})


def test_c27_a_person_signs_in_and_is_noted(client, lina):
    response = sign_in(client, username=" LiNa ")

    noted = SignIn.objects.get()
    assert (response.status_code, client.session["_auth_user_id"]) == (302, str(lina.pk))
    assert (noted.person, noted.address, noted.device) == (lina, "127.0.0.1", FIREFOX)
    assert noted.session_key == client.session.session_key


def test_c27_signing_in_brings_the_persons_language_and_look(client, lina):
    lina.language, lina.theme, lina.density = "en", "dark", "compact"
    lina.save()

    response = sign_in(client)

    cookies = {name: response.cookies[name].value for name in ("huiyin_language", "hy_theme", "hy_density")}
    assert cookies == {"huiyin_language": "en", "hy_theme": "dark", "hy_density": "compact"}


@pytest.mark.parametrize(("username", "password"), [("lina", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD)])
def test_c27_every_wrong_answer_is_answered_alike(client, lina, make_account, username, password):
    make_account("gone", Role.AGENT, is_active=False)

    response = sign_in(client, username, password)

    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)
    assert response.context["form"].non_field_errors() == ["登录名或密码不正确。"]


def test_c27_after_five_wrong_passwords_the_name_rests_even_for_the_right_one(client, lina):
    answers = [sign_in(client, password=f"wrong {i}").status_code for i in range(5)]
    refused = sign_in(client)
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")

    assert answers == [200, 200, 200, 200, 429]
    assert (refused.status_code, sign_in(elsewhere).status_code) == (429, 429)
    assert refused.context["refusal"].rule.code == "账号-06"
    assert refused.context["refusal"].params == {"failures": 5, "minutes": 15}
    assert "账号-06" in refused.text
    assert "_auth_user_id" not in client.session


def test_c27_a_rest_holds_for_one_name_and_ends(client, lina, make_account):
    make_account("wang", Role.SUPERVISOR)
    for i in range(5):
        sign_in(client, password=f"wrong {i}")
    other = sign_in(Client(), username="wang")
    attempt = AccessAttempt.objects.get()
    attempt.attempt_time = attempt.attempt_time.replace(year=attempt.attempt_time.year - 1)
    attempt.save()

    assert (other.status_code, sign_in(client).status_code) == (302, 302)


def test_c27_a_right_password_forgets_earlier_mistakes(client, lina):
    for round_ in range(2):
        for i in range(4):
            sign_in(client, password=f"wrong {i}")
        assert sign_in(client).status_code == 302, round_
        client.post("/account/sign-out/")


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [("/account/sessions/", "/account/sessions/"), ("https://evil.example/", None), ("//evil", None)],
)
def test_c27_after_signing_in_one_goes_where_one_wanted_but_never_elsewhere(client, lina, wanted, goes):
    response = sign_in(client, next=wanted)

    assert response.url == (goes or response.url)
    assert "evil" not in response.url


def test_c27_signing_out_ends_the_session_and_needs_a_press(client, lina):
    sign_in(client)

    by_link = client.get("/account/sign-out/").status_code
    client.post("/account/sign-out/")

    assert (by_link, "_auth_user_id" in client.session) == (405, False)
    assert SignIn.objects.get().ended_at is not None
    assert client.get(SETTINGS).url == f"{SIGN_IN}?next={SETTINGS}"


def test_c27_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(client, db):
    response = client.get(SETTINGS, headers={"hx-request": "true", "hx-current-url": "https://testserver/desk/?q=1"})

    assert (response.status_code, response["HX-Redirect"]) == (401, f"{SIGN_IN}?next=/desk/%3Fq%3D1")


def test_c27_a_demonstration_lists_its_people_and_nothing_else_does(client, root, settings):
    new = staff.NewPerson(username="demo", name="演示员", roles=(Role.AGENT,))
    staff.add_person(new, password=passwords.DEMO_PASSWORD, by=root, at=clock.now(), demo=True)
    plain = client.get(SIGN_IN).text
    settings.HUIYIN_MODE = "demo"
    demo = client.get(SIGN_IN).text

    assert ("演示员" in plain, "演示员" in demo) == (False, True)
    assert sign_in(client, "demo", passwords.DEMO_PASSWORD).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_c27_the_sign_in_page_stands_in_every_language(client, db, language):
    client.cookies["huiyin_language"] = language

    response = client.get(SIGN_IN)

    assert (response.status_code, response.headers["Content-Language"]) == (200, language)
    assert "style=" not in response.text


def test_c27_in_production_a_demonstration_password_opens_nothing(client, lina, settings):
    lina.password_is_demo = True
    lina.save(update_fields=["password_is_demo"])
    settings.PRODUCTION = True

    response = sign_in(client)

    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)
