from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.devices import describe
from huiyin.people import staff
from huiyin.people.models import Person, SignIn

PASSWORD = "竹影扫阶-尘不动-42"
ANOTHER = "月穿潭底-水无痕-24"
SETTINGS = {
    "email": "lina@example.com",
    "phone": "0591-87654321",
    "language": "en",
    "time_zone": "Asia/Urumqi",
    "theme": "dark",
    "density": "compact",
}


@pytest.fixture
def browser(lina):
    """Two browsers of one person, both signed in."""
    made = [Client(), Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"})]
    for client in made:
        client.post("/account/sign-in/", {"username": "lina", "password": PASSWORD})
    return made


def signed_in(client):
    return client.get("/account/").status_code == 200


def test_c27_settings_are_kept_and_shown_at_once(browser, lina):
    response = browser[0].post("/account/", SETTINGS)

    lina.refresh_from_db()
    assert response.status_code == 302
    assert {key: getattr(lina, key) for key in SETTINGS} == SETTINGS
    assert response.cookies["huiyin_language"].value == "en"
    assert "My account" in browser[0].get("/account/").text


def test_c27_nobody_gives_themselves_a_role_or_a_department(browser, lina, quality):
    browser[0].post("/account/", {**SETTINGS, "roles": ["leader"], "department": quality.pk, "name": "王总"})

    changed = Person.objects.get(pk=lina.pk)
    assert (changed.role_codes, changed.department, changed.name) == ({"agent"}, None, "李娜")


def test_c27_times_are_shown_in_the_persons_zone(browser, lina):
    SignIn.objects.update(at=clock.now().replace(hour=4, minute=7))
    here = browser[0].get("/account/sessions/").text
    lina.time_zone = "Asia/Tokyo"
    lina.save()

    assert ("12:07" in here, "13:07" in browser[0].get("/account/sessions/").text) == (True, True)


def test_c27_a_new_password_keeps_this_session_and_ends_the_others(browser):
    answer = browser[0].post("/account/password/", {"current": PASSWORD, "password": ANOTHER, "again": ANOTHER})

    assert (answer.status_code, signed_in(browser[0]), signed_in(browser[1])) == (302, True, False)
    assert [row.session_key for row in SignIn.objects.filter(ended_at=None)] == [browser[0].session.session_key]
    fresh = Client()
    assert fresh.post("/account/sign-in/", {"username": "lina", "password": ANOTHER}).status_code == 302


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"current": "wrong"}, "current"),
        ({"again": "other"}, "again"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "huiyin-demo", "again": "huiyin-demo"}, "password"),
    ],
)
def test_c27_a_bad_change_of_password_is_refused_beside_the_field(browser, given, field):
    asked = {"current": PASSWORD, "password": ANOTHER, "again": ANOTHER, **given}

    response = browser[0].post("/account/password/", asked)

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert Person.objects.get(username="lina").check_password(PASSWORD)


def test_c27_a_password_chosen_by_another_must_be_changed_before_anything_else(browser, lina, root):
    staff.set_password(lina.pk, ANOTHER, by=root, at=clock.now())
    client = Client()
    client.post("/account/sign-in/", {"username": "lina", "password": ANOTHER})

    before = client.get("/account/sessions/")
    client.post("/account/password/", {"current": ANOTHER, "password": PASSWORD, "again": PASSWORD})

    assert (before.status_code, before.url) == (302, "/account/password/")
    assert client.get("/account/sessions/").status_code == 200


def test_c27_the_session_list_names_device_and_address_and_ends_one(browser):
    page = browser[0].get("/account/sessions/")
    shown = [(line["device"], line["row"].address, line["here"]) for line in page.context["rows"]]
    other = next(line["row"] for line in page.context["rows"] if not line["here"])

    browser[0].post(f"/account/sessions/{other.pk}/end/")

    assert sorted(shown) == [("Safari，iPhone", "127.0.0.1", False), ("未知设备", "127.0.0.1", True)]
    assert (signed_in(browser[0]), signed_in(browser[1])) == (True, False)


def test_c27_every_other_session_ends_at_one_press(browser):
    browser[0].post("/account/sessions/end-others/")

    assert (signed_in(browser[0]), signed_in(browser[1])) == (True, False)


def test_c27_nobody_ends_the_session_of_another(browser, root):
    stranger = Client()
    stranger.force_login(root)

    stranger.post(f"/account/sessions/{SignIn.objects.first().pk}/end/")

    assert signed_in(browser[0])


def test_c27_a_session_that_ran_out_is_no_longer_listed(browser):
    old = SignIn.objects.get(session_key=browser[1].session.session_key)
    SignIn.objects.filter(pk=old.pk).update(at=clock.now() - timedelta(hours=13))

    assert [line["here"] for line in browser[0].get("/account/sessions/").context["rows"]] == [True]


def test_c27_last_seen_is_written_once_a_minute_at_most(browser, django_assert_num_queries):
    past = clock.now() - timedelta(hours=1)
    SignIn.objects.update(last_seen_at=past)
    cache.clear()
    browser[0].get("/account/sessions/")
    seen = SignIn.objects.get(session_key=browser[0].session.session_key).last_seen_at
    SignIn.objects.update(last_seen_at=past)
    browser[0].get("/account/sessions/")

    assert (seen > past, SignIn.objects.filter(last_seen_at=past).count()) == (True, 2)


@pytest.mark.parametrize(("page", "queries"), [("/account/", 5), ("/account/password/", 2), ("/account/sessions/", 3)])
def test_c27_pages_about_oneself_cost_few_queries(browser, django_assert_max_num_queries, page, queries):
    browser[0].get(page)

    with django_assert_max_num_queries(queries + 2):
        assert browser[0].get(page).status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge，Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/18 Safari/605.1", "Safari，macOS"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile MicroMessenger/8.0", "WeChat，Android"),
        ("curl/8", "未知设备"),
    ],
)
def test_c27_a_browser_is_named_in_words(agent, words):
    with override("zh-hans"):
        assert describe(agent) == words
