"""A deadline beyond the known calendar is planned again when the year arrives, with all it was given (ENG-06)."""

from datetime import date

import pytest

from huiyin.complaints import promises, succession, timeline, watch
from huiyin.complaints.models import Promise
from huiyin.people.roles import Role
from huiyin.policy import calendars, clocks
from huiyin.policy.working_time import Day, DayKind
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import when

pytestmark = pytest.mark.django_db
LETTER = when(2026, 12, 30, 10)
NOTICED = when(2026, 12, 31, 9)


def tell(complaint, kind, changes):
    timeline.record(complaint, kind, actor=watch.CLOCK, at=NOTICED, data={"promises": changes})


@pytest.fixture
def letter(agent):
    """A case with an authority's letter, to be answered within three working days across the end of the year."""
    complaint = factories.received(at=LETTER)
    pack = promises.pack_of(complaint)
    rule = pack.clock("authority_letter")
    derived = clocks.derive(pack, rule, LETTER)
    row = Promise(
        complaint=complaint, kind="legal", met_by="event", code=rule.code, made_at=LETTER, start_at=LETTER,
        pack_version_id=promises.under(complaint).base, due_at=derived.due_at, provisional=derived.provisional,
        why=derived.why,
    )  # fmt: skip
    tell(complaint, "message.received", [promises.start(row, LETTER)])
    return complaint, row


def year_arrives():
    """New Year's day and the Monday after it are off."""
    days = {day: Day(DayKind.OFF, "元旦") for day in (date(2027, 1, 1), date(2027, 1, 4))}
    calendars.load("cn", 2027, days, at=NOTICED, confirmed=True, source="国办发明电〔2026〕")


def running(complaint):
    return Promise.objects.get(complaint=complaint, code="authority_letter", ended_at=None)


def test_eng_06_the_known_year_moves_the_deadline_and_both_stay_in_sight(letter):
    complaint, row = letter
    assert row.provisional
    year_arrives()

    assert watch.replan_provisional(NOTICED) >= 1

    again = running(complaint)
    row.refresh_from_db()
    assert (row.status, row.replaced_reason, again.provisional) == ("replaced", "calendar.confirmed", False)
    assert again.due_at.date() > row.due_at.date()
    assert "promise.replaced" in kinds(complaint)
    sound(complaint)


def test_eng_06_an_extension_is_not_taken_back_when_the_year_arrives(letter):
    complaint, row = letter
    leader = factories.person("wangzong", Role.LEADER, of="management")
    changes = succession.extend(row, succession.Permission(leader, "等函复"), at=NOTICED)
    tell(complaint, "promise.extended", changes)
    before = running(complaint)
    year_arrives()

    watch.replan_provisional(NOTICED)

    again = running(complaint)
    assert again.why["extensions"] == 1
    assert again.due_at > before.due_at
    sound(complaint)


def test_eng_11_an_extended_clock_still_warns_a_working_day_before(letter):
    complaint, row = letter
    leader = factories.person("wangzong", Role.LEADER, of="management")

    succession.extend(row, succession.Permission(leader, "等函复"), at=NOTICED)

    rule = promises.pack_of(complaint).clock("authority_letter")
    marks = len(running(complaint).why["marks"])
    assert marks == len(rule.warn_marks) + int(rule.warn_day_before)
