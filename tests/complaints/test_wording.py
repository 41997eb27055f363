"""Words are read with all that is known of the case, when they are written and again when they are sent."""

from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin.complaints import promises, wording
from huiyin.complaints.conversation import Say
from huiyin.complaints.models import Complaint, Interaction, PromiseKind
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import messages
from huiyin.complaints.wording import Writing
from huiyin.knowledge import coach
from huiyin.knowledge.coach import FIXED, Category, WordsBlocked
from huiyin.policy.packs.settings import Settings
from huiyin.policy.packs.wording import Wording
from tests import factories
from tests.factories import at_of

pytestmark = pytest.mark.django_db
DANGER = "你们再不退我就不想活了"


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


def context(complaint, person=None, *, minutes=60, text="很抱歉，我们退款100元。", **writing):
    return wording.context_of(complaint, text, Writing(person=person, **writing), at=at_of(complaint, minutes))


def found(complaint, actor, text, *, minutes=60, **writing):
    marks = wording.read(complaint, text, Writing(person=actor.person, **writing), at=at_of(complaint, minutes))
    return [(str(mark.category), mark.blocks) for mark in marks]


def send(complaint, actor, text, *, minutes=60):
    say = Say(text, next=Spoken("核查结果", at_of(complaint, minutes + 120)))
    return messages.send_message(complaint.pk, say, actor=actor, at=at_of(complaint, minutes))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("这不归我们管。", "shirking"),
        ("這不歸我們管。", "shirking"),
        ("您自己去问快递公司吧。", "buck_passing"),
        ("划痕是您自己弄的。", "blaming"),
        ("都说了多少遍了，烦不烦？", "impatient"),
        ("签字后不得再投诉。", "settlement"),
        ("您的订单【订单号】已登记。", "slot"),
    ],
)
def test_s4_06_s2_58_what_is_sent_is_read_again_and_stays_here(complaint, agent, text, category):
    with pytest.raises(WordsBlocked) as refused:
        send(complaint, agent, text)

    assert category in {mark.category for mark in refused.value.marks}
    assert (category, True) in found(complaint, agent, text)
    assert not Interaction.objects.filter(complaint=complaint, text=text).exists()


def test_s1_06_amb_07_nothing_is_admitted_before_the_finding_and_then_it_may_be(complaint, agent):
    text = "手机外壳的划痕是我们的责任，让您失望了，很抱歉。"

    assert ("apology_type", True) in found(complaint, agent, text)
    with pytest.raises(WordsBlocked):
        send(complaint, agent, text)
    decided = factories.analysed(actor=agent)
    assert context(decided, text=text).finding == "partner"
    assert found(decided, agent, text, minutes=100) == []


def test_s2_09_s4_130_twice_the_limit_and_what_no_catalogue_holds_are_refused(complaint, agent):
    limit = context(complaint, agent.person).limits.amount

    assert limit is not None
    assert found(complaint, agent, f"我们赔偿您{limit}元，划痕的事请放心。") == []
    assert ("authority", True) in found(complaint, agent, f"我们赔偿您{limit * 2}元，划痕的事请放心。")
    assert ("catalogue", True) in found(complaint, agent, "划痕的事我们给您免单。")
    with pytest.raises(WordsBlocked):
        send(complaint, agent, f"我们赔偿您{limit * 2}元，划痕的事请放心。")


def test_s2_09_a_person_without_a_limit_of_his_own_grants_nothing(complaint, handler):
    assert context(complaint, handler.person).limits.amount == Decimal(0)
    assert context(complaint).limits.amount is None


def test_s2_09_no_more_falls_due_in_an_hour_than_one_person_keeps(complaint, agent):
    due_at = at_of(complaint, 300)
    before = context(complaint, agent.person, next_at=due_at).limits
    promises.speak(complaint, Spoken("一", due_at), at=at_of(complaint, 60))

    after = context(complaint, agent.person, next_at=due_at).limits

    assert (after.due_in_that_hour - before.due_in_that_hour, after.most_in_an_hour) == (1, 6)


def test_s3_30_amb_10_a_time_is_measured_by_what_was_kept_lately(complaint):
    assert wording.usual_time(complaint.category, 90) is None
    for hours in range(1, 21):
        promise(complaint, hours)

    assert wording.usual_time(complaint.category, 90) == timedelta(hours=18)
    assert wording.usual_time("another.category", 90) == timedelta(hours=18)
    assert context(complaint, next_at=at_of(complaint, 120)).past_p90 == timedelta(hours=18)


def promise(complaint, hours):
    begin = at_of(complaint, 60)
    promises.speak(complaint, Spoken("一", begin + timedelta(days=2)), at=begin)
    row = complaint.promises.filter(kind=PromiseKind.SPOKEN, ended_at=None).latest("pk")
    promises.keep(row, at=begin + timedelta(hours=hours))


def test_s4_05_s4_35_the_turn_is_known_from_what_was_said_before(complaint):
    fresh = factories.received()

    assert (context(fresh).turn, context(complaint).turn) == ("first", "any")
    assert context(complaint, move="close").turn == "last"


def test_amb_17_nothing_is_recommended_before_the_customer_has_accepted(complaint, agent):
    assert context(complaint).resolved is False
    assert ("recommendation", True) in found(complaint, agent, "给您推荐我们的新款产品，现在有优惠活动。")


def test_s2_48_a_message_to_somebody_in_danger_is_never_coached_for_tone(complaint, agent):
    messages.record_inbound(
        complaint.pk, DANGER, medium="phone", where_is_it=False, actor=agent, at=at_of(complaint, 50)
    )

    assert found(complaint, agent, "您别急，你在哪里？") == [("crisis", False)]
    send(complaint, agent, "您别急，你在哪里？")


def test_c14_a_pack_says_for_each_category_what_holds_back():
    named = {one.name.removeprefix("coach_") for one in fields(Wording) if one.name.startswith("coach_")}
    levels = Settings().coach_levels

    assert named == {str(one) for one in Category if one not in FIXED} == set(levels)
    assert levels == {str(one): kind.level for one, kind in coach.KINDS.items() if one not in FIXED}


def test_c14_a_context_costs_the_same_however_long_the_case_is(complaint, agent, django_assert_max_num_queries):
    for minutes in (45, 46, 47):
        messages.record_inbound(
            complaint.pk, "还没消息吗", medium="phone", where_is_it=False, actor=agent, at=at_of(complaint, minutes)
        )
    fresh = Complaint.objects.select_related("registration").get(pk=complaint.pk)

    with django_assert_max_num_queries(8):
        context(fresh, agent.person, next_at=at_of(complaint, 300))
    with django_assert_max_num_queries(4):
        context(fresh, agent.person, text="划痕还在核查。")
