"""The first answer, messages and notes, by page."""

from datetime import timedelta

from huiyin.complaints.models import Interaction, Promise
from huiyin.complaints.states import State
from tests import factories
from tests.factories import at_of

LATER = "%Y-%m-%dT%H:%M"
TAKEN_SERIOUSLY = "您期待收到完美的商品,结果出现划痕,肯定很失望。两小时内给您核查结果。"


def local(at):
    return at.astimezone(factories.ZONE).strftime(LATER)


def test_s0_04_the_first_answer_is_given_on_the_page_and_makes_a_promise(agent, at_time):
    case = factories.received()
    at_time(at_of(case, 15))
    due = local(at_of(case, 135))

    answer = agent.send(case, "acknowledge", text=TAKEN_SERIOUSLY, next_at=due, next_what="核查结果", medium="ticket")

    assert (answer.status_code, answer["Location"]) == (303, f"/desk/{case.number}/")
    assert case.state == State.ACKNOWLEDGED
    assert local(Promise.objects.get(complaint=case, kind="spoken").due_at) == due
