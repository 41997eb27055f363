"""The history of a case cannot be rewritten, and says so when somebody tries."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from huiyin.complaints import timeline
from huiyin.complaints.models import Complaint, Event, EventText, Interaction
from huiyin.people.actors import Actor
from tests import factories

SYSTEM = Actor.system("test")


@pytest.fixture
def case(agent):
    return factories.admitted("investigating", owner=agent.person)


def add(case, number):
    return timeline.record(
        case, "note.written", actor=SYSTEM, at=factories.TUESDAY_10, data={"n": number}, texts={"reason": "因为赵女士"}
    )


def unlocked(table):
    """What an intruder with the database password would do first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with keys still to be checked cannot be altered
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(kind="note.read"), lambda rows: rows._raw_delete("default")]
)
def test_decision_5_the_database_refuses_to_change_or_delete_an_event(case, change):
    add(case, 1)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Event.objects.filter(complaint=case))


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["complaints_event", "complaints_checkpoint"])
def test_decision_5_the_database_refuses_to_empty_the_timeline_at_once(case, table):
    add(case, 1)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")


def test_decision_5_words_beside_an_event_can_be_erased_but_not_rewritten(case):
    event = add(case, 1)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EventText.objects.filter(event=event).update(text="别的")
    EventText.objects.filter(event=event).delete()

    assert timeline.verify_case(Complaint.objects.get(pk=case.pk)) is None


def test_eng_16_events_are_numbered_and_chained(case):
    first, second = add(case, 1), add(case, 2)

    assert (second.number, second.previous_hash) == (first.number + 1, first.hash)
    assert "赵" not in timeline.canonical(first.data)
    assert timeline.verify_case(case) is None


def test_eng_16_a_changed_event_is_named(case):
    event = add(case, 1)
    add(case, 2)
    unlocked("complaints_event")
    Event.objects.filter(pk=event.pk).update(data={**event.data, "n": 7})

    assert timeline.verify_case(case) == timeline.Broken(case.pk, event.number, "the event was changed")


def test_eng_16_a_removed_last_event_is_named(case):
    event = add(case, 1)
    unlocked("complaints_event")
    EventText.objects.filter(event=event).delete()
    Event.objects.filter(pk=event.pk).delete()

    assert timeline.verify_case(case) == timeline.Broken(case.pk, 0, "the case does not end where its timeline ends")


def test_eng_16_a_rewritten_message_is_named(case):
    row = Interaction.objects.create(
        complaint=case, direction="note", text="原话", salt=timeline.new_salt(), at=factories.TUESDAY_10
    )
    data = {"interaction": row.pk, "said": timeline.digest(row.salt, row.text)}
    event = timeline.record(case, "note.written", actor=SYSTEM, at=factories.TUESDAY_10, data=data)
    Interaction.objects.filter(pk=row.pk).update(text="改过的话")

    assert timeline.verify_case(case) == timeline.Broken(
        case.pk, event.number, "the words beside the event were changed"
    )


def test_decision_5_a_checkpoint_seals_what_was_written_and_notices_a_rebuilt_chain(case):
    event = add(case, 1)
    first = timeline.make_checkpoint(at=factories.TUESDAY_10)
    second = timeline.make_checkpoint(at=factories.TUESDAY_10)
    assert (first.cases, first.events, second.previous_hash) == (1, 2, first.hash)
    assert list(timeline.verify_all()) == []

    unlocked("complaints_event")
    event.data["n"] = 7
    event.hash = timeline.chain_hash(event)
    event.save()
    Complaint.objects.filter(pk=case.pk).update(last_hash=event.hash)

    told = list(timeline.verify_all())
    assert told == [timeline.Broken(0, first.pk, "events before the checkpoint were changed")]


def test_verify_says_up_to_which_checkpoint_all_is_complete(case):
    point = timeline.make_checkpoint(at=factories.TUESDAY_10)
    out = StringIO()

    call_command("verify", stdout=out)

    assert out.getvalue() == f"1 cases hold; complete up to checkpoint {point.pk}.\n"


def test_verify_names_a_state_that_no_event_told(case):
    Complaint.objects.filter(pk=case.pk).update(state="planning")
    err = StringIO()

    with pytest.raises(CommandError, match="1 places"):
        call_command("verify", stderr=err)

    assert err.getvalue() == f"case {case.pk}: state: events say 'investigating', rows say 'planning'\n"


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("key", ["id", "number"])
def test_decision_5_sqlite_refuses_to_replace_an_event_by_another(case, key):
    """REPLACE deletes without firing the trigger that refuses deletion."""
    event = Event.objects.get(complaint=case, number=1)
    columns = [field.column for field in Event._meta.fields if key == "id" or field.column != "id"]
    sql = f"INSERT OR REPLACE INTO complaints_event ({', '.join(columns)}) SELECT {', '.join(columns)} FROM {{0}}"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format("complaints_event WHERE id = %s"), [event.pk])

    assert Event.objects.get(complaint=case, number=1) == event
