"""A step runs in one transaction and never overwrites what somebody else did meanwhile."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from huiyin.complaints.models import Complaint
from huiyin.complaints.queries import ChangedMeanwhile
from huiyin.interfaces.common.run import run
from huiyin.people.customers import find_or_create
from huiyin.people.models import Person

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint():
    return Complaint.objects.create(
        number="HY-260302-000017",
        title="The parcel was empty",
        channel="phone",
        received_at=AT,
        stage_since=AT,
        customer=find_or_create(name="张三", identities=[("phone", "13812341234")], at=AT),
        owner=Person.objects.create(username="li", name="李娜"),
        last_number=4,
    )


def rename(complaint_id, title, *, at):
    """A step as the rooms write it."""
    Complaint.objects.filter(pk=complaint_id).update(title=title)
    return title, at, connection.in_atomic_block


def test_a_step_gets_the_case_and_what_it_asked_for_in_a_transaction(complaint):
    assert run(rename, complaint.pk, "New", at=AT) == ("New", AT, True)
    assert run(rename, complaint.pk, "Newer", seen=4, at=AT) == ("Newer", AT, True)


def test_a_step_on_a_page_that_is_no_longer_true_is_refused(complaint):
    with pytest.raises(ChangedMeanwhile) as refused:
        run(rename, complaint.pk, "New", seen=3, at=AT)

    complaint.refresh_from_db()
    assert complaint.title == "The parcel was empty"
    assert refused.value.rule.code == "流程-04"


def test_a_step_that_fails_leaves_nothing_behind(complaint):
    def rename_and_stumble(complaint_id, title):
        rename(complaint_id, title, at=AT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(rename_and_stumble, complaint.pk, "New")

    complaint.refresh_from_db()
    assert complaint.title == "The parcel was empty"
