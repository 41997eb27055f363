"""Registering a complaint: received once, with what may be the same shown and never joined."""

from huiyin.complaints.models import Complaint
from huiyin.complaints.states import State
from tests import factories

GIVEN = {
    "text": "手机拆开就有划痕",
    "channel": "phone",
    "name": "张三",
    "phone": "13812341234",
    "order_number": "E-1001",
    "once": "a1",
}


def test_s0_03_a_complaint_is_received_on_the_page_and_owned_by_who_takes_it(agent):
    shown = agent.client.get("/desk/new/")
    answer = agent.client.post("/desk/new/", GIVEN)

    case = Complaint.objects.get()
    assert (shown.status_code, answer.status_code, answer["Location"]) == (200, 303, f"/desk/{case.number}/")
    assert (case.state, case.owner, case.title, case.channel) == (
        State.RECEIVED,
        agent.person,
        "手机拆开就有划痕",
        "phone",
    )


def test_s0_03_pressed_twice_it_is_received_once(agent):
    first, second = (agent.client.post("/desk/new/", {**GIVEN, "anyway": "1"}) for _time in range(2))

    assert (Complaint.objects.count(), first["Location"]) == (1, second["Location"])


def test_s0_03_without_a_way_to_answer_it_is_refused_and_kept(agent):
    answer = agent.client.post("/desk/new/", {**GIVEN, "phone": ""})

    assert (answer.status_code, "受理-01" in answer.text) == (422, True)
    assert (answer.context["form"]["text"].value(), Complaint.objects.count()) == (GIVEN["text"], 0)


def test_t1_what_may_be_the_same_matter_is_shown_first_and_never_joined(agent):
    earlier = factories.acknowledged()

    shown = agent.client.post("/desk/new/", GIVEN)
    anyway = agent.client.post("/desk/new/", {**GIVEN, "anyway": "1"})

    assert (shown.status_code, earlier.number in shown.text, "手机拆开就有划痕" in shown.text) == (200, True, True)
    assert (anyway.status_code, Complaint.objects.count()) == (303, 2)


def test_s2_54_who_receives_nothing_has_no_page_to_receive(handler):
    assert handler.client.get("/desk/new/").status_code == 403
