"""A compound case on the pages: another matter, the record of the meeting, one voice before anybody writes."""

from huiyin.complaints import promises
from huiyin.complaints.models import Meeting, Task
from huiyin.people.roles import Role
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import Desk, local


def test_s0_34_from_the_other_matter_to_one_voice(agent, handler, at_minute):
    case = factories.investigating()
    now = at_minute(case, 60)
    carrier = factories.person("wuliu", Role.HANDLER, name="何路", of="logistics")
    category = next(leaf.code for leaf in promises.pack_of(case).leaves if leaf.department == "logistics")
    agent.take(case, "part", category=category)
    task = Task.objects.get(complaint=case, kind="coordinate")
    assert f"/do/meeting/?item={task.pk}" in agent.client.get(f"/desk/{case.number}/about/tasks/").content.decode()

    sat = {
        "item": task.pk,
        "held_at": local(now),
        "people-count": "2",
        "people-0-person": case.owner_id,
        "people-1-person": carrier.pk,
        "decisions-count": "1",
        "decisions-0-text": "核对交接记录",
        "decisions-0-person": carrier.pk,
        "decisions-0-due_at": local(at_of(case, 600)),
    }
    gap = agent.send(case, "meeting", **sat, voice="")
    assert (gap.status_code, "任务-05" in gap.content.decode()) == (422, True)
    assert handler.open(case, "meeting").status_code == 403
    agent.take(case, "meeting", **sat, voice="两件事一起办，由我告诉您")

    assert Meeting.objects.get().people.count() == 2
    assert "两件事一起办" in agent.open(case, "message").content.decode()
    assert "核对交接记录" in Desk(carrier).client.get(f"/desk/{case.number}/about/tasks/").content.decode()
    page = agent.client.get(f"/desk/{case.number}/").content.decode()
    assert ("何路" in page, "两件事一起办" in page) == (True, True)


def test_s0_34_a_contact_past_the_owner_stands_in_the_case(agent, handler, at_minute):
    case = factories.investigating()
    at_minute(case, 60)
    warehouse = factories.department("warehouse")

    refused = agent.send(case, "past", department=warehouse.pk, what="")
    assert (refused.status_code, "告知-02" in refused.content.decode()) == (422, True)
    agent.take(case, "past", department=warehouse.pk, what="仓库来电说不赔")

    assert "仓库来电说不赔" in handler.client.get(f"/desk/{case.number}/about/tasks/").content.decode()
