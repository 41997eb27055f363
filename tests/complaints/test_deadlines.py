import pytest

from huiyin.complaints import watch
from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Promise
from huiyin.complaints.promises import PromiseNotRunning, ReplacementWithoutReason
from huiyin.complaints.steps import deadlines
from huiyin.complaints.succession import ExtendedTooLate, NotExtendable, WrongApprover
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, running, sound
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
NOTICE = Say("划痕检测需送外部机构,核查时限延长三天,仍按约定时间告知进展。")


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


def clock(complaint, code="investigation"):
    return Promise.objects.get(complaint=complaint, code=code, ended_at=None)


def extend(row, actor, *, reason="送外部机构检测", words=NOTICE, minutes=100):
    return deadlines.extend_deadline(row.pk, words, reason=reason, actor=actor, at=at_of(row.complaint, minutes))


def test_eng_10_an_extension_is_decided_told_and_leaves_the_first_clock_in_sight(complaint, supervisor):
    first = clock(complaint)
    assert first.due_at == when(2025, 3, 8)

    second = extend(first, supervisor)

    first.refresh_from_db()
    assert (first.status, first.approved_by, first.replaced_reason) == ("replaced", supervisor.person, "送外部机构检测")
    assert (second.due_at, second.replaces) == (when(2025, 3, 11), first)
    assert kinds(complaint)[-1] == "promise.extended"
    assert sound(complaint).interactions.filter(text=NOTICE.text).count() == 1


def test_eng_10_a_clock_is_not_extended_more_often_than_the_pack_allows(complaint, supervisor):
    second = extend(clock(complaint), supervisor)

    with pytest.raises(NotExtendable):
        extend(second, supervisor, minutes=110)

    assert running(complaint)["investigation"] == second.due_at


def test_eng_10_a_clock_without_an_extension_in_the_pack_and_a_spoken_promise_stay(complaint, supervisor):
    for row in (clock(complaint, "first_offer"), clock(complaint, "spoken")):
        with pytest.raises(NotExtendable):
            extend(row, supervisor)


def test_eng_10_the_pack_names_who_decides(complaint, supervisor, leader):
    with pytest.raises(WrongApprover):
        extend(clock(complaint, "whole_case"), supervisor)

    assert extend(clock(complaint, "whole_case"), leader).due_at == when(2025, 3, 27)


def test_eng_10_too_late_is_too_late(complaint, supervisor):
    row = clock(complaint)
    late = 60 * 24 * 5
    watch.fire_due(at_of(complaint, late))

    with pytest.raises(ExtendedTooLate):
        extend(row, supervisor, minutes=late)

    assert clock(complaint).status == "breached"


def test_eng_10_an_extension_needs_a_reason_and_a_running_clock(complaint, supervisor):
    first = clock(complaint)
    with pytest.raises(ReplacementWithoutReason):
        extend(first, supervisor, reason=" ")
    extend(first, supervisor)

    with pytest.raises(PromiseNotRunning):
        extend(first, supervisor)


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_eng_10_only_who_approves_extends(complaint, role):
    with pytest.raises(WrongSeat):
        extend(clock(complaint), factories.acting("somebody", role))


def test_eng_10_the_owner_does_not_extend_by_himself(complaint, agent):
    with pytest.raises(WrongSeat):
        extend(clock(complaint), agent)
