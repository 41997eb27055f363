"""A compound case over the API: the matter, the record of the meeting, and what a reader is shown of it."""

from huiyin.complaints import promises
from huiyin.complaints.models import Task
from huiyin.people.roles import Role
from tests import factories
from tests.factories import at_of
from tests.interfaces.api.calling import Caller


def test_s0_34_matter_meeting_and_contact_over_the_api(policy, clock):
    agent = Caller(factories.agent().person)
    case = factories.investigating()
    clock.move_to(at_of(case, 60))
    carrier = factories.person("wuliu", Role.HANDLER, name="何路", of="logistics")
    category = next(leaf.code for leaf in promises.pack_of(case).leaves if leaf.department == "logistics")
    to = f"/complaints/{case.number}"

    assert agent.post(f"{to}/add_part", {"category": category}).status_code == 200
    body = {
        "task": Task.objects.get(complaint=case, kind="coordinate").pk,
        "held_at": at_of(case, 50).isoformat(),
        "people": [case.owner_id, carrier.pk],
        "decisions": [{"text": "核对交接", "person": carrier.pk, "due_at": at_of(case, 600).isoformat()}],
        "voice": "由我告诉您",
    }
    refused = agent.post(f"{to}/record_meeting", body | {"people": [case.owner_id]})
    assert (refused.status_code, refused.json()["rule"]) == (422, "任务-05")
    assert agent.post(f"{to}/record_meeting", body).json()["made"]["kind"] == "meeting"
    contact = {"department": "logistics", "what": "承运方来电"}
    assert agent.post(f"{to}/flag_direct_contact", contact).status_code == 200

    shown = agent.get(to).json()["inquiry"]
    assert [one["category"] for one in shown["parts"]] == [category]
    assert (shown["meetings"][0]["voice"], len(shown["meetings"][0]["people"])) == ("由我告诉您", 2)
    assert shown["direct_contacts"][0]["what"] == "承运方来电"
