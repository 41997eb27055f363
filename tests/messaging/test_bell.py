"""The bell tells each person once, never of his own action, and never names anybody."""

import pytest
from django.utils import translation

from huiyin.messaging import bell
from huiyin.messaging.models import Notice
from huiyin.people.actors import Actor
from huiyin.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(bell, "_sentences", {})
    bell.register("promise.warned", "%(number)s: a promise is due at %(due)s")
    bell.register("file.empty", translation.gettext_lazy("The file is empty."))


@pytest.fixture
def li():
    return Person.objects.create(username="li", name="李娜")


@pytest.fixture
def wang():
    return Person.objects.create(username="wang", name="王强")


DATA = {"number": "HY-260302-000017", "due": "18:00"}


def warn(person, at, key="one", **changes):
    return bell.notify(person, "promise.warned", at=at, key=key, **({"data": DATA, "url": "/case/1"} | changes))


def test_a_notice_says_its_sentence_with_its_data(li, at):
    assert bell.text(warn(li, at)) == "HY-260302-000017: a promise is due at 18:00"


def test_a_notice_speaks_the_language_of_its_reader(li, at):
    notice = bell.notify(li, "file.empty", at=at, key="x")
    with translation.override("zh-hans"):
        assert bell.text(notice) == "文件是空的。"


def test_a_person_is_told_once_per_key(li, wang, at):
    assert warn(li, at) is not None
    assert warn(li, at) is None
    assert bell.notify_all([li, wang], "promise.warned", at=at, key="one", data=DATA) == 1


def test_nobody_is_told_of_his_own_action_or_after_leaving(li, wang, at):
    wang.is_active = False

    assert warn(li, at, actor=Actor.of(li)) is None
    assert warn(wang, at, actor=Actor.of(li)) is None
    assert warn(li, at, actor=Actor.of(wang)) is not None
    assert warn(li, at, key="two", actor=Actor.system("watch")) is not None


@pytest.mark.parametrize(
    "number", ["13812341234", "zhang@customer.example", "622202100011223344", "call him!", "x" * 61]
)
def test_s0_06_a_notice_with_personal_data_is_refused(li, at, number):
    with pytest.raises(bell.NoticeRefused):
        warn(li, at, data={"number": number, "due": "18:00"})

    assert Notice.objects.count() == 0


@pytest.mark.parametrize("data", [{}, {"number": "HY-1"}, DATA | {"customer": "x"}])
def test_a_notice_names_exactly_what_its_sentence_names(li, at, data):
    with pytest.raises(bell.NoticeRefused):
        warn(li, at, data=data)


def test_a_kind_without_a_sentence_and_one_with_two_are_refused(li, at):
    with pytest.raises(bell.NoticeRefused):
        bell.notify(li, "unknown", at=at, key="x")
    with pytest.raises(bell.NoticeRefused):
        bell.register("promise.warned", "again")


def test_unread_notices_are_counted_by_one_query(li, wang, at, django_assert_num_queries):
    for number in range(30):
        warn(li, at, key=str(number))
    warn(wang, at)

    with django_assert_num_queries(1):
        assert bell.unread_count(li) == 30


def test_only_one_s_own_notices_can_be_marked_as_read(li, wang, at):
    first, _second = warn(li, at, key="1"), warn(li, at, key="2")

    assert bell.mark_read(wang, at=at, notice_id=first.pk) == 0
    assert bell.mark_read(li, at=at, notice_id=first.pk) == 1
    assert bell.unread_count(li) == 1
    assert bell.mark_read(li, at=at) == 1
    assert [notice.read_at for notice in bell.newest(li)] == [at, at]
