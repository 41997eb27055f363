"""What holds after each step, whatever it did."""

from huiyin.complaints import replay, timeline
from huiyin.complaints.models import Complaint, Event, Promise


def sound(complaint):
    """The case read anew, after proving that its timeline is whole and tells exactly what the rows say."""
    fresh = Complaint.objects.get(pk=complaint.pk)
    assert timeline.verify_case(fresh) is None
    assert replay.differences(fresh) == []
    return fresh


def kinds(complaint):
    """The kinds of the case's events in order."""
    return list(Event.objects.filter(complaint=complaint).order_by("number").values_list("kind", flat=True))


def running(complaint):
    """Code and due time of each running promise and clock."""
    rows = Promise.objects.filter(complaint=complaint, ended_at=None)
    return {row.code: row.due_at for row in rows}
