"""Asking a carrier or merchant one question: by a link and a code, answered once, seen as proof in the case."""

import re
from io import BytesIO

import pytest

from huiyin.complaints import partner_access
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Evidence, Interest, PartnerRequest, Task
from huiyin.complaints.steps import linking, partners
from huiyin.complaints.steps.partners import (
    AnswerEmpty,
    NewQuestion,
    QuestionOver,
    QuestionTellsTooMuch,
    QuestionUnclear,
    TakenBackInSilence,
)
from huiyin.complaints.tasking import TaskForInterested, TaskWithoutPerson
from huiyin.files import drafts, store
from huiyin.messaging.models import Notice, Outgoing
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ADDRESS = "claims@carrier.example"


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


def ask(complaint, actor, *, minutes=60, **changes):
    new = {
        "party": "顺丰速运",
        "channel": "email",
        "address": ADDRESS,
        "question": "运单 SF1020304 签收时外箱是否破损?",
        "due_at": at_of(complaint, 1000),
    }
    secrets = []

    def link_to(secret):
        secrets.append(secret)
        return f"https://house.example/partner/{secret}/"

    row = partners.ask_partner(
        complaint.pk, NewQuestion(**{**new, **changes}), link_to=link_to, actor=actor, at=at_of(complaint, minutes)
    )
    row.secret = secrets[0]
    return row


def code_for(row, at):
    """Ask for a code, let the worker send it, and read it in the letter."""
    payload = {"link": partner_access.digest("link", row.secret)}
    partner_access.deliver_code(payload, at=at)
    letter = Outgoing.objects.filter(key__startswith=f"partner-code:{row.pk}:").latest("pk")
    assert letter.to == ADDRESS
    return re.search(r"\d{6}", letter.subject)[0]


def brought(name="签收单.pdf", content=PDF):
    upload = BytesIO(content)
    upload.name = name
    return drafts.keep(upload, by=Actor.system("portal"), at=factories.TUESDAY_10, limits=store.FROM_OUTSIDE)


# --- Asking --------------------------------------------------------------------------------------------------------


def test_s0_17_a_partner_is_asked_by_a_letter_with_a_link_and_somebody_inside_watches_over_it(complaint, agent):
    row = ask(complaint, agent)

    task = Task.objects.get(pk=row.task_id)
    assert (task.kind, task.assignee, task.due_at) == ("third_party", agent.person, at_of(complaint, 1000))
    letter = Outgoing.objects.get(key=f"partner:{row.pk}:1")
    assert (letter.channel, letter.to, letter.reference) == ("email", ADDRESS, row.reference)
    assert f"/partner/{row.secret}/" in letter.body
    assert kinds(sound(complaint))[-2:] == ["task.made", "partner.asked"]


def test_s0_06_neither_letter_nor_row_tells_the_case_or_the_customer_and_no_secret_is_kept(complaint, agent):
    row = ask(complaint, agent)

    letter = Outgoing.objects.get(key=f"partner:{row.pk}:1")
    told = f"{letter.subject} {letter.body}"
    assert [word for word in (complaint.number, complaint.title, "张三", "13812341234") if word in told] == []
    assert row.secret not in str(PartnerRequest.objects.filter(pk=row.pk).values().get())


@pytest.mark.parametrize(
    "gap",
    [
        {"party": " "},
        {"question": ""},
        {"due_at": None},
        {"due_at": factories.LONG_AGO},
        {"address": "nowhere"},
        {"channel": "pigeon"},
        {"channel": "sms"},
        {"language": "fr"},
    ],
)
def test_s0_17_a_question_without_party_address_words_or_time_is_refused(complaint, agent, gap):
    with pytest.raises(QuestionUnclear) as refused:
        ask(complaint, agent, **gap)

    assert refused.value.rule.code == "伙伴-01"
    assert (PartnerRequest.objects.count(), Outgoing.objects.filter(key__startswith="partner").count()) == (0, 0)


def test_s0_17_a_partner_may_be_asked_by_text_message(complaint, agent):
    row = ask(complaint, agent, channel="sms", address="13900001111")

    assert Outgoing.objects.get(key=f"partner:{row.pk}:1").channel == "sms"


@pytest.mark.parametrize(
    "question",
    ["张三说外箱破了,是否属实?", "请致电 13812341234 核实", "客户电话 13700001111", "证件 110105199003071234 是否登记"],
)
def test_s0_06_a_question_that_tells_who_the_customer_is_is_refused(complaint, agent, question):
    with pytest.raises(QuestionTellsTooMuch) as refused:
        ask(complaint, agent, question=question)

    assert refused.value.rule.code == "伙伴-02"


@pytest.mark.parametrize("who", ["agent", "supervisor", "handler"])
def test_s0_17_owner_supervisor_and_handler_ask(complaint, who, request):
    assert ask(complaint, request.getfixturevalue(who)).status == "asked"


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.LEADER, Role.FINANCE, Role.AUDITOR])
def test_s2_54_others_ask_no_partner_send_no_link_and_take_nothing_back(complaint, agent, role):
    stranger = factories.acting("somebody", role, of="quality")
    row = ask(complaint, agent)
    at = at_of(complaint, 70)

    acts = (
        lambda: ask(complaint, stranger),
        lambda: partners.send_link_again(row.pk, link_to=str, actor=stranger, at=at),
        lambda: partners.withdraw_question(row.pk, reason="不问了", actor=stranger, at=at),
    )
    for act in acts:
        with pytest.raises(WrongSeat) as refused:
            act()
        assert refused.value.rule.code == "流程-02"


def test_s0_17_who_watches_over_it_takes_part_in_cases_and_has_no_interest(complaint, agent, handler):
    with pytest.raises(TaskWithoutPerson):
        ask(complaint, agent, assignee=factories.person("shenji", Role.AUDITOR))
    Interest.objects.create(
        complaint=complaint, person=handler.person, reason="被投诉", declared_at=complaint.received_at
    )
    with pytest.raises(TaskForInterested):
        ask(complaint, agent, assignee=handler.person)


def test_s0_17_nobody_is_asked_in_a_closed_case(agent):
    with pytest.raises(WrongState):
        ask(later.closed(), agent)


# --- The door ------------------------------------------------------------------------------------------------------


def test_c27_link_and_code_open_the_question_once(complaint, agent):
    row, at = ask(complaint, agent), at_of(complaint, 70)
    code = code_for(row, at)

    opened = partner_access.by_code(row.secret, code, at)

    assert (opened, opened.opened_at) == (row, at)
    assert partner_access.by_code(row.secret, code, at) is None


def test_c27_five_wrong_codes_use_the_code_up_and_another_code_buys_no_more(complaint, agent):
    row, at = ask(complaint, agent), at_of(complaint, 70)
    code = code_for(row, at)
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(5):
        assert partner_access.by_code(row.secret, wrong, at) is None

    assert partner_access.by_code(row.secret, code, at) is None
    assert partner_access.by_code(row.secret, code_for(row, at_of(complaint, 72)), at_of(complaint, 72)) is None
    fresh = at_of(complaint, 90)
    assert partner_access.by_code(row.secret, code_for(row, fresh), fresh) == row


def test_c27_a_code_ends_after_ten_minutes(complaint, agent):
    row = ask(complaint, agent)
    code = code_for(row, at_of(complaint, 70))

    assert partner_access.by_code(row.secret, code, at_of(complaint, 80)) is None


def test_c27_for_an_unknown_an_expired_and_a_closed_link_no_code_is_made(complaint, agent):
    row = ask(complaint, agent)
    late = row.expires_at
    partner_access.deliver_code({"link": partner_access.digest("link", "never-given-out")}, at=at_of(complaint, 70))
    partner_access.deliver_code({"link": partner_access.digest("link", row.secret)}, at=late)
    partners.withdraw_question(row.pk, reason="不问了", actor=agent, at=at_of(complaint, 75))
    partner_access.deliver_code({"link": partner_access.digest("link", row.secret)}, at=at_of(complaint, 80))

    assert not Outgoing.objects.filter(key__startswith="partner-code").exists()


def test_c27_a_new_link_ends_the_one_before(complaint, agent):
    row, at = ask(complaint, agent), at_of(complaint, 70)
    code = code_for(row, at)
    fresh = []
    partners.send_link_again(row.pk, link_to=lambda secret: fresh.append(secret) or "link", actor=agent, at=at)

    assert partner_access.by_code(row.secret, code, at) is None
    assert partner_access.by_link(row.secret) is None
    assert partner_access.by_link(fresh[0]) == row
    assert kinds(sound(complaint))[-1] == "partner.reminded"


# --- The answer ----------------------------------------------------------------------------------------------------


def test_s0_53_the_answer_is_proof_in_the_case_and_whoever_asked_hears_of_it(complaint, handler, agent):
    row = ask(complaint, handler)
    at = at_of(complaint, 200)

    partners.answer_partner(row.pk, text="签收时外箱已破损,有照片。", files=[brought()], at=at)

    row = PartnerRequest.objects.get(pk=row.pk)
    proof = Evidence.objects.get(complaint=complaint)
    assert (row.status, row.answered_at, row.evidence) == ("answered", at, proof)
    assert (proof.kind, proof.source, proof.note, proof.independent) == (
        "third_party",
        "顺丰速运",
        "签收时外箱已破损,有照片。",
        True,
    )
    assert (proof.file.owner_id, proof.file.uploaded_by) == (complaint.pk, f"partner({row.reference})")
    assert Task.objects.get(pk=row.task_id).status == "done"
    told = Notice.objects.filter(kind="partner.answered").values_list("person", flat=True)
    assert set(told) == {handler.person_id, agent.person_id}
    assert kinds(sound(complaint))[-3:] == ["evidence.added", "partner.answered", "task.done"]
    event = complaint.events.get(kind="partner.answered")
    assert (event.actor_kind, event.actor_name) == ("partner", row.reference)


def test_s0_15_each_file_of_an_answer_is_evidence_once(complaint, agent):
    row = ask(complaint, agent)
    files = [brought(), brought("回单.pdf", PDF + b"\n"), brought("同一份.pdf")]

    partners.answer_partner(row.pk, text="见附件", files=files, at=at_of(complaint, 200))

    assert Evidence.objects.filter(complaint=complaint, kind="third_party").count() == 2
    sound(complaint)


def test_s0_53_an_answer_comes_once_and_in_words(complaint, agent):
    row, at = ask(complaint, agent), at_of(complaint, 200)
    with pytest.raises(AnswerEmpty) as empty:
        partners.answer_partner(row.pk, text=" ", at=at)
    partners.answer_partner(row.pk, text="已破损", at=at)

    with pytest.raises(QuestionOver) as again:
        partners.answer_partner(row.pk, text="又没有破损", at=at)

    assert (empty.value.rule.code, again.value.rule.code) == ("伙伴-03", "伙伴-03")


@pytest.mark.parametrize("how", ["expired", "withdrawn"])
def test_s0_53_what_is_over_takes_no_answer(complaint, agent, how):
    row, at = ask(complaint, agent), at_of(complaint, 200)
    if how == "expired":
        at = row.expires_at
    else:
        partners.withdraw_question(row.pk, reason="已查明", actor=agent, at=at)

    with pytest.raises(QuestionOver):
        partners.answer_partner(row.pk, text="已破损", at=at)

    assert not Evidence.objects.exists()


def test_s0_17_a_question_is_taken_back_with_a_reason_and_its_task_is_cancelled(complaint, agent):
    row, at = ask(complaint, agent), at_of(complaint, 200)
    with pytest.raises(TakenBackInSilence):
        partners.withdraw_question(row.pk, reason=" ", actor=agent, at=at)

    partners.withdraw_question(row.pk, reason="已查明", actor=agent, at=at)

    assert Task.objects.get(pk=row.task_id).status == "cancelled"
    assert kinds(sound(complaint))[-2:] == ["partner.withdrawn", "task.cancelled"]
    with pytest.raises(QuestionOver):
        partners.send_link_again(row.pk, link_to=str, actor=agent, at=at)


def test_s0_01_the_answer_to_a_merged_case_goes_where_it_goes_on(complaint, agent, supervisor):
    row = ask(complaint, agent)
    other = factories.investigating(actor=agent)
    linking.merge(complaint.pk, into=other.pk, reason="同一件事", actor=supervisor, at=at_of(complaint, 100))

    partners.answer_partner(row.pk, text="已破损", at=at_of(complaint, 200))

    assert Evidence.objects.get().complaint == other
    sound(other)
    sound(complaint)
