"""The expectation planner: his words, made precise, explicit and realistic, asked about one by one, ranked."""

from decimal import Decimal

import pytest

from huiyin.complaints import advertised, expecting
from huiyin.complaints.advertised import AnswerMissing
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import AdvertisedPromise, AskedQuestion, Complaint, Expectation
from huiyin.complaints.remedies import UnknownRemedy
from huiyin.complaints.steps import execution, expectations
from huiyin.complaints.steps.expectations import (
    DropUnexplained,
    NewExpectation,
    NoAlternativeGiven,
    NoAnswer,
    NothingExpected,
    NotThisCase,
    RankIncomplete,
    RankUnasked,
    SourceUnsaid,
    StillNotMeasurable,
)
from huiyin.messaging.models import Notice
from huiyin.people.roles import NotYourDuty, Role
from tests import factories, later
from tests.complaints import bargain
from tests.complaints.bargain import TENFOLD, asked, four, noted, ranked, settled
from tests.complaints.checks import kinds, sound
from tests.complaints.settings import setting
from tests.factories import at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return bargain.late_installation()


def test_s3_33_his_own_words_stand_beside_what_was_understood_and_what_it_is_worth(complaint):
    fast, why, tenfold, gift = four(complaint)

    assert [(row.said, row.precise, row.weight) for row in (fast, why, tenfold, gift)] == [
        ("快点给我装上", "6月7日(周六)12:00前装好", "must"),
        ("", "说明为什么迟了三天", "must"),
        ("安装费十倍赔偿", "", "may"),
        ("再送个礼品", "", "drop"),
    ]
    assert kinds(complaint)[-1] == "expectation.ranked"
    sound(complaint)


@pytest.mark.parametrize(
    ("new", "missing"),
    [
        (NewExpectation(), ("said",)),
        (NewExpectation(said=" "), ("said",)),
        (NewExpectation(said="说法", implicit=True), ("precise",)),
    ],
)
def test_s3_33_an_expectation_without_words_is_refused(complaint, agent, new, missing):
    with pytest.raises(NothingExpected) as refused:
        expectations.note_expectation(complaint.pk, new, actor=agent, at=at_of(complaint, 126))

    assert (refused.value.rule.code, refused.value.missing) == ("期望-01", missing)


def test_s3_33_what_belongs_to_another_case_is_refused(complaint, agent):
    other = factories.registered()
    demand = other.demands.all()[0]
    stranger = noted(other, minutes=50)

    with pytest.raises(NotThisCase):
        noted(complaint, demand_id=demand.pk)
    with pytest.raises(NotThisCase):
        asked(complaint, "clarify", stranger, precise="今天")
    with pytest.raises(UnknownRemedy):
        noted(complaint, remedy="gold_bar")


@pytest.mark.parametrize("role", [Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_s3_33_who_does_not_negotiate_notes_nothing(complaint, role):
    with pytest.raises(WrongSeat):
        noted(complaint, actor=factories.acting("fremder", role, of="warehouse"))


def test_s3_33_nothing_is_expected_of_a_closed_case(agent):
    closed = later.closed()

    with pytest.raises(WrongState):
        noted(closed)


# --- One question at a time


def test_s3_32_s3_34_the_questions_come_one_at_a_time_until_everything_is_asked(complaint):
    fast = noted(complaint)
    why = noted(complaint, said="", precise="说明原因", implicit=True, fuzzy=False)
    order = []
    for answer in (
        {"precise": "周六前", "due_at": bargain.SATURDAY_NOON},
        {"confirmed": True},
        {},
        {},
        {},
    ):
        question = next_question(complaint)
        order.append((question.kind.value, question.expectation and question.expectation.pk))
        asked(complaint, question.kind.value, question.expectation, question=question.text, **answer)

    assert order == [("clarify", fast.pk), ("confirm", why.pk), ("weigh", fast.pk), ("weigh", why.pk), ("else", None)]
    assert next_question(complaint) is None
    sound(complaint)


def next_question(complaint):
    held = list(Expectation.objects.filter(complaint=complaint, dropped_at=None))
    return expecting.next_question(held, AskedQuestion.objects.filter(complaint=complaint))


def test_s3_34_the_question_quotes_the_customer(complaint):
    noted(complaint)

    assert "快点给我装上" in next_question(complaint).text


@pytest.mark.parametrize("gap", [{"answer": " "}, {"question": ""}, {"kind": "threaten"}])
def test_s3_34_a_question_without_an_answer_counts_for_nothing(complaint, gap):
    row = noted(complaint)

    with pytest.raises(NoAnswer) as refused:
        asked(complaint, gap.pop("kind", "weigh"), row, **gap)

    assert refused.value.rule.code == "期望-04"


def test_s2_34_the_customer_is_led_to_search_for_the_way_out_together(complaint):
    assert len(expecting.GUIDES) == 5
    assert all(str(guide).endswith(("?", "？")) for guide in expecting.GUIDES)


def test_s3_36_quickly_is_asked_for_until_it_is_a_time(complaint):
    fast = noted(complaint)
    assert not fast.is_precise

    with pytest.raises(StillNotMeasurable) as refused:
        asked(complaint, "clarify", fast, precise="尽快")
    asked(complaint, "clarify", fast, precise="今天 18:00 前", due_at=factories.when(2025, 3, 4, 18))

    assert (refused.value.rule.code, refused.value.params["said"]) == ("期望-02", "快点给我装上")
    fast.refresh_from_db()
    assert fast.is_precise
    assert kinds(complaint)[-1] == "expectation.asked"


def test_s3_37_what_was_never_said_is_listed_until_the_customer_confirms_it(complaint):
    why = noted(complaint, said="", precise="说明原因", implicit=True, fuzzy=False)
    assert why.hidden

    with pytest.raises(RankIncomplete):
        ranked(complaint, (why, "must"))
    asked(complaint, "confirm", why, confirmed=True)

    why.refresh_from_db()
    assert not why.hidden
    assert why.confirmed_at == at_of(complaint, 127)


def test_s3_37_a_guess_the_customer_denies_is_dropped(complaint):
    why = noted(complaint, said="", precise="想要道歉信", implicit=True, fuzzy=False)

    asked(complaint, "confirm", why, confirmed=False, answer="不用,我只要装好")

    why.refresh_from_db()
    assert (why.dropped_at is None, why.dropped_reason) == (False, "不用,我只要装好")


# --- Realistic


def test_s3_38_what_cannot_be_had_is_replaced_or_refused_with_an_alternative(complaint):
    tenfold = noted(complaint, said="十倍", fuzzy=False, unrealistic=True, amount=TENFOLD)
    assert not tenfold.settled

    assert settled(tenfold, replacement="按标准补偿").settled
    assert settled(tenfold, refusal="没有十倍的依据", alternative="周五提前装").settled


def test_s3_39_a_refusal_without_an_alternative_is_refused(complaint):
    tenfold = noted(complaint, said="十倍", fuzzy=False, unrealistic=True)

    with pytest.raises(NoAlternativeGiven) as refused:
        settled(tenfold, refusal="没有依据", alternative=" ")

    assert (refused.value.rule.code, refused.value.missing) == ("期望-03", ("alternative",))


# --- Ranking


def test_s3_34_nobody_ranks_what_the_customer_was_not_asked_about(complaint):
    fast, gift = noted(complaint), noted(complaint, said="礼品", fuzzy=False)
    asked(complaint, "weigh", fast)

    with pytest.raises(RankUnasked) as refused:
        ranked(complaint, (fast, "must"), (gift, "drop"))
    asked(complaint, "weigh", gift)
    ranked(complaint, (fast, "must"), (gift, "drop"))

    assert (refused.value.rule.code, refused.value.params["said"]) == ("期望-04", "礼品")


def test_s3_35_a_ranking_holds_everything_once_and_the_first_is_a_must(complaint):
    fast, why, tenfold, gift = four(complaint)

    for order in ([(fast, "must")], [(fast, "must"), (fast, "may")], [(fast, "")]):
        with pytest.raises(RankIncomplete):
            ranked(complaint, *order)
    again = ranked(complaint, (gift, "drop"), (tenfold, "may"), (why, "may"), (fast, "drop"))

    assert [(row.pk, row.rank, row.weight) for row in again] == [
        (gift.pk, 1, "must"),
        (tenfold.pk, 2, "may"),
        (why.pk, 3, "may"),
        (fast.pk, 4, "drop"),
    ]


def test_s3_35_what_is_dropped_leaves_no_hole_in_the_ranking(complaint, agent):
    fast, why, tenfold, gift = four(complaint)

    with pytest.raises(DropUnexplained):
        expectations.drop_expectation(why.pk, reason=" ", actor=agent, at=at_of(complaint, 130))
    expectations.drop_expectation(why.pk, reason="客户说不用了", actor=agent, at=at_of(complaint, 130))

    held = Expectation.objects.filter(complaint=complaint, dropped_at=None)
    assert list(held.values_list("pk", "rank")) == [(fast.pk, 1), (tenfold.pk, 2), (gift.pk, 3)]
    assert kinds(complaint)[-1] == "expectation.dropped"
    sound(complaint)


# --- Where it comes from


def test_s3_21_who_was_given_something_before_probably_expects_it_again(agent):
    earlier = factories.received()
    assert expecting.proposed_source(earlier) is None
    execution.grant_goodwill(earlier.pk, item="small_coupon", actor=agent, at=at_of(earlier, 5))

    again = factories.received(order_number="E-2002")

    assert again.customer_id == earlier.customer_id
    assert expecting.proposed_source(again) == "history"


def test_s3_22_after_so_many_cases_marketing_is_asked_about_what_was_advertised(agent):
    manager = factories.person("shichang", Role.MANAGER)
    cases = [factories.registered() for _ in range(3)]

    for complaint in cases[:2]:
        noted(complaint, source="advertised", source_note="24小时上门!", minutes=50)
    assert not AdvertisedPromise.objects.exists()
    noted(cases[1], source="advertised", source_note="24 小時上門", minutes=51)
    assert not AdvertisedPromise.objects.exists()
    noted(cases[2], source="advertised", source_note="24 小时上门", minutes=50)

    item = AdvertisedPromise.objects.get()
    assert advertised.cases_of(manager, [item.key]) == {item.key: 3}
    assert set(advertised.resting_on(manager, item)) == set(cases)
    assert list(Notice.objects.filter(kind="advertised.asked").values_list("person", flat=True)) == [manager.pk]


def test_s3_22_the_pack_says_after_how_many_cases(complaint):
    with setting(complaint, marketing_cases=1):
        noted(complaint, source="advertised", source_note="24 小时上门")

    assert AdvertisedPromise.objects.get().promise == "24 小时上门"


def test_s3_22_what_was_advertised_is_named(complaint):
    with pytest.raises(SourceUnsaid) as refused:
        noted(complaint, source="advertised")

    assert refused.value.rule.code == "期望-06"


def test_s3_22_marketing_answers_once_and_in_words(complaint, agent, supervisor):
    with setting(complaint, marketing_cases=1):
        noted(complaint, source="advertised", source_note="24 小时上门")
    item, at = AdvertisedPromise.objects.get(), at_of(complaint, 200)

    with pytest.raises(NotYourDuty):
        advertised.answer(item.pk, "改为 48 小时", actor=agent, at=at)
    with pytest.raises(AnswerMissing):
        advertised.answer(item.pk, " ", actor=supervisor, at=at)
    advertised.answer(item.pk, "改为 48 小时", actor=supervisor, at=at)
    with pytest.raises(AnswerMissing) as refused:
        advertised.answer(item.pk, "再改", actor=supervisor, at=at)

    assert refused.value.rule.code == "宣传-01"
    assert AdvertisedPromise.objects.get().answer == "改为 48 小时"


def test_s3_22_only_cases_one_may_open_are_counted(complaint):
    stranger = factories.person("kuguan", Role.HANDLER, of="quality")
    with setting(complaint, marketing_cases=1):
        noted(complaint, source="advertised", source_note="24 小时上门")

    item = AdvertisedPromise.objects.get()

    assert advertised.cases_of(stranger, [item.key]) == {}
    assert not advertised.resting_on(stranger, item).exists()


def test_s3_23_a_personal_need_marks_the_case_as_hard_until_it_is_gone(complaint, agent):
    row = noted(complaint, said="我妈等着用", fuzzy=False, source="personal", source_note="老人等着用")
    assert Complaint.objects.get(pk=complaint.pk).difficult is True
    assert kinds(complaint)[-1] == "flag.changed"

    settled(row, unrealistic=False, source="other")

    assert Complaint.objects.get(pk=complaint.pk).difficult is False
    assert kinds(complaint).count("flag.changed") == 2
    sound(complaint)


def test_s3_26_only_evidence_of_the_case_proves_a_claim(complaint, agent):
    other = factories.with_evidence()
    row = noted(complaint, said="请假一天 350", fuzzy=False, amount=Decimal(350))

    with pytest.raises(NotThisCase):
        settled(row, proved_by_id=other.evidence.all()[0].pk)
    proved = settled(row, unrealistic=False, proved_by_id=complaint.evidence.all()[0].pk)

    assert proved.proved_by == complaint.evidence.all()[0]
