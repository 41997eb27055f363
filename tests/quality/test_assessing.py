"""Assessing a case: whole, by the pack's weights, attitude by its checklist alone."""

from decimal import Decimal

import pytest

from huiyin.people.roles import NotYourDuty, Role
from huiyin.quality import assessing
from huiyin.quality.assessing import Answer, BareAttitude, ItemWithoutEvidence, NotWeighed, NotWhole, UnknownChecklist
from huiyin.quality.models import Assessment, Checklist
from tests import factories, later
from tests.complaints.checks import kinds, sound

EXPECTED = {"reliability": 90, "responsiveness": 80, "assurance": 80, "empathy": 80, "tangibles": 60}
ACTUAL = {"reliability": 80, "responsiveness": 90, "assurance": 85, "empathy": 75, "tangibles": 70}
CORE = ("accurate", "safe", "timely", "convenient", "standardised")


def points(told):
    return {code: Decimal(value) for code, value in told.items()}


def assess(case, told, side="actual", rater="customer", actor=None):
    who = actor or factories.agent()
    at = factories.at_of(case, 600)
    return assessing.assess(case.pk, side=side, rater=rater, points=points(told), actor=who, at=at)


def core(**changed):
    return {code: changed.get(code, Answer(kept=True, evidence="答复与工单一致")) for code in CORE}


@pytest.fixture
def case(weighed):
    return later.following_up()


def test_s3_19_the_case_of_story_3_ends_a_quarter_point_above_expectation(case):
    assess(case, EXPECTED, side="expected")
    assert assessing.gap_of(case) is None

    assess(case, ACTUAL)
    found = assessing.gap_of(case)

    assert (found.expected, found.actual, found.satisfaction) == (Decimal("81.00"), Decimal("81.25"), Decimal("0.25"))
    assert found.weakest == "reliability"


def test_s3_14_customer_and_inspector_are_kept_apart(case, inspector):
    assess(case, EXPECTED, side="expected")
    assess(case, ACTUAL, rater="inspector", actor=inspector)

    assert assessing.gap_of(case) is None
    assert assessing.gap_of(case, rater="inspector") is None


def test_s3_14_the_spread_counts_each_inspector_once_and_no_customer(case, inspector):
    other = factories.acting("zhijian_er", Role.INSPECTOR, name="何静", of="audit")
    assess(case, ACTUAL)
    assess(case, EXPECTED, rater="inspector", actor=inspector)
    assess(case, ACTUAL, rater="inspector", actor=inspector)
    assess(case, {**ACTUAL, "empathy": 25}, rater="inspector", actor=other)

    customer, inspected = assessing.ratings_of(case)

    assert customer.spread is None
    assert (inspected.spread.raters, inspected.spread.width, inspected.spread.widest) == (2, Decimal("8.00"), "empathy")


def test_a_case_still_in_work_is_not_there_to_be_rated(case):
    factories.registered()

    assert list(assessing.rateable()) == [case]


def test_a_later_assessment_stands_for_an_earlier_one_and_both_stay(case):
    assess(case, EXPECTED, side="expected")
    assess(case, EXPECTED)
    assess(case, ACTUAL)

    assert assessing.gap_of(case).satisfaction == Decimal("0.25")
    assert Assessment.objects.count() == 3


@pytest.mark.parametrize(
    "told",
    [{**ACTUAL, "empathy": 101}, {**ACTUAL, "empathy": -1}, {"reliability": 80}, {**ACTUAL, "weather": 50}, {}],
)
def test_s3_08_an_assessment_that_is_not_whole_is_refused(case, told):
    with pytest.raises(NotWhole) as refused:
        assess(case, told)

    assert refused.value.rule.code == "质量-01"
    assert not Assessment.objects.exists()


def test_s3_15_attitude_as_a_bare_number_is_refused(case):
    with pytest.raises(BareAttitude) as refused:
        assess(case, {**ACTUAL, "attitude": 85})

    assert refused.value.rule.code == "质量-02"


def test_s3_15_an_item_without_an_example_is_refused(case, inspector):
    answers = core(timely=Answer(kept=True, evidence="  "))

    with pytest.raises(ItemWithoutEvidence) as refused:
        fill(case, inspector, answers)

    assert (refused.value.rule.code, refused.value.missing) == ("质量-03", ("timely",))
    assert not Checklist.objects.exists()


def fill(case, who, answers, code="core_service"):
    return assessing.fill_checklist(case.pk, code=code, answers=answers, actor=who, at=factories.at_of(case, 600))


def test_s3_17_a_checklist_is_counted_as_the_share_of_items_kept(case, inspector):
    fill(case, inspector, core(timely=Answer(kept=False, evidence="晚了两个小时才回电")))

    (marked,) = assessing.checklists_of(case)

    assert (marked.code, marked.kept, marked.of, marked.share) == ("core_service", 4, 5, Decimal("80.00"))


@pytest.mark.parametrize("answers", [{}, {"accurate": Answer(kept=True, evidence="有")}])
def test_a_list_that_is_not_answered_item_by_item_is_refused(case, inspector, answers):
    with pytest.raises(UnknownChecklist):
        fill(case, inspector, answers)


def test_an_unknown_list_is_refused(case, inspector):
    with pytest.raises(UnknownChecklist):
        fill(case, inspector, core(), code="weather")


def test_a_house_that_weighs_nothing_cannot_assess(db):
    factories.load_policy()
    case = factories.registered()

    assert not assessing.weighed(case)
    with pytest.raises(NotWeighed):
        assess(case, ACTUAL)


def test_whoever_calls_back_notes_the_customer_and_only_inspectors_inspect(case, inspector):
    with pytest.raises(NotYourDuty):
        assess(case, ACTUAL, actor=factories.handler())
    with pytest.raises(NotYourDuty):
        assess(case, ACTUAL, rater="inspector")
    with pytest.raises(NotYourDuty):
        fill(case, factories.agent(), core())


def test_what_is_recorded_stands_in_the_timeline_and_the_chain_holds(case, inspector):
    assess(case, ACTUAL)
    fill(case, inspector, core())

    assert kinds(case)[-2:] == ["quality.assessed", "quality.checked"]
    sound(case)
