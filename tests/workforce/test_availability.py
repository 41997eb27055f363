from datetime import UTC, datetime, timedelta

import pytest

from huiyin.people.models import Person, PersonRole
from huiyin.people.roles import NotYourDuty, Role
from huiyin.workforce import availability
from huiyin.workforce.availability import AbsenceUpsideDown, NotOnDuty, NotWorkingHere, SubstituteUnfit

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def people(db):
    made = {}
    for username, role in (
        ("owner", Role.AGENT),
        ("friend", Role.AGENT),
        ("duty", Role.DUTY_AGENT),
        ("boss", Role.SUPERVISOR),
    ):
        made[username] = Person.objects.create(username=username, name=username)
        PersonRole.objects.create(person=made[username], role=role)
    return made


@pytest.fixture
def away(people):
    return availability.record_absence(
        people["owner"], (NOON, NOON + DAY), by=people["boss"], at=NOON, substitute=people["friend"]
    )


def test_s4_34_somebody_away_is_not_on_duty_and_is_there_again_when_the_absence_ends(people, away):
    owner = people["owner"]

    assert [availability.is_on_duty(owner, NOON + i * DAY / 2) for i in (-1, 0, 1, 2)] == [True, False, False, True]
    with pytest.raises(NotOnDuty) as refused:
        availability.require_on_duty(owner, NOON)
    assert refused.value.rule.code == "在岗-01"


def test_s4_34_a_leaver_is_never_on_duty(people):
    people["friend"].is_active = False

    with pytest.raises(NotWorkingHere):
        availability.require_on_duty(people["friend"], NOON)


def test_amb_12_the_named_stand_in_acts_for_the_owner_only_while_away(people, away):
    owner, friend, duty, boss = people["owner"], people["friend"], people["duty"], people["boss"]

    assert availability.substitute_for(owner, NOON - DAY) is None
    assert availability.substitute_for(owner, NOON) == friend
    assert [availability.acts_for(p, owner, NOON) for p in (friend, duty, boss, owner)] == [True, True, False, False]
    assert [availability.acts_for(p, owner, NOON + DAY) for p in (friend, duty)] == [False, False]


def test_amb_12_the_duty_agent_acts_when_the_stand_in_is_away_too(people, away):
    later = (NOON + DAY / 2, NOON + 2 * DAY)
    availability.record_absence(people["friend"], later, by=people["friend"], at=NOON)

    assert availability.substitute_for(people["owner"], NOON + DAY / 2) == people["duty"]
    assert not availability.acts_for(people["friend"], people["owner"], NOON + DAY / 2)


def test_amb_12_a_cancelled_absence_never_was(people, away):
    availability.cancel_absence(away.pk, by=people["boss"], at=NOON)

    assert availability.is_on_duty(people["owner"], NOON)


def test_s4_34_agents_there_are_listed_and_the_absent_left_out(people, away, django_assert_num_queries):
    with django_assert_num_queries(1):
        there = list(availability.on_duty_agents(NOON))

    assert there == [people["friend"], people["duty"]]


def test_amb_12_an_absence_must_be_sound(people, away):
    owner, friend = people["owner"], people["friend"]
    with pytest.raises(AbsenceUpsideDown):
        availability.record_absence(friend, (NOON, NOON), by=friend, at=NOON)
    for unfit in (friend, owner):
        with pytest.raises(SubstituteUnfit):
            availability.record_absence(friend, (NOON, NOON + DAY), by=friend, at=NOON, substitute=unfit)


def test_s2_54_only_a_supervisor_records_the_absence_of_others(people):
    with pytest.raises(NotYourDuty):
        availability.record_absence(people["owner"], (NOON, NOON + DAY), by=people["friend"], at=NOON)
