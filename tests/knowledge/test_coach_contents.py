"""What a message lacks, and what it promises too much of."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from huiyin.knowledge import coach, rules
from huiyin.knowledge.coach import Context, Library, Limits, PatternWrong, Phrase, first_due
from huiyin.knowledge.coach.notation import compiled
from huiyin.knowledge.coach.parts import parts_of
from huiyin.knowledge.coach.promising import amount_of
from huiyin.knowledge.coach.reading import Reading

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def found(text, **known):
    return [mark.rule for mark in coach.check(text, Context(**known))]


@pytest.mark.parametrize("text", ["我觉得是快递弄坏的。", "我認為是快遞弄壞的。"])
def test_s0_30_what_one_feels_is_marked_where_it_stands(text):
    mark = next(mark for mark in coach.check(text) if mark.rule is rules.SUBJECTIVE)

    assert (mark.start, mark.end, mark.blocks) == (0, 3, False)


@pytest.mark.parametrize(
    ("turn", "text", "rule"),
    [
        ("first", "已收到您的来信。", rules.PLEASE),
        ("any", "今天18点前告知结果。", rules.ADDRESS),
        ("last", "您的退款今天到账。", rules.FAREWELL),
    ],
)
def test_s4_05_s4_35_each_of_the_three_dos_is_missed_by_itself(turn, text, rule):
    assert found(text, turn=turn) == [rule]
    assert found(text) == []


def test_s4_05_every_你_is_replaced_by_您():
    text = "请你把单号告诉我。"
    mark = coach.check(text)[0]

    assert (mark.rule, mark.taken(text)) == (rules.ADDRESS, "请您把单号告诉我。")


def test_s0_31_the_example_passes_and_an_answer_without_action_is_told():
    whole = "这属于紧急维修，因为宴会活动受到影响，技术员一小时内联系您。"

    assert parts_of(Reading(whole)).missing == ()
    assert found(whole, step="offer", names_a_time=True) == []
    assert found("经核实，这属于质量问题。", step="offer") == [rules.THREE_PARTS]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("技术员一小时内联系您。", NOON + timedelta(hours=1)),
        ("半小时内回电。", NOON + timedelta(minutes=30)),
        ("今天下午6点前告诉您。", NOON.replace(hour=18)),
        ("明天中午12点前答复。", NOON + timedelta(days=1)),
        ("We will call you within two hours.", NOON + timedelta(hours=2)),
        ("我们会处理。", None),
    ],
)
def test_s0_31_the_time_of_an_action_is_read(text, due):
    assert first_due(text, NOON) == due


def test_s1_02_pending_without_a_next_step_is_held_back_while_the_case_waits():
    marks = coach.check("请您耐心等待。", Context(waiting=True))

    assert [(mark.rule, mark.blocks) for mark in marks] == [(rules.PENDING_WITHOUT_TIME, True)]
    assert found("请您耐心等待，今天18点前我给您回电。", waiting=True) == []
    assert found("请您耐心等待。", waiting=True, names_a_time=True) == []


def test_s3_36_a_time_nobody_can_measure_is_advised_upon():
    assert found("我们会尽快处理。") == [rules.VAGUE_TIME]
    assert found("我们会尽快处理，最晚明天中午12点。") == []


def test_s1_06_amb_07_nothing_is_admitted_before_the_finding():
    text = "漏罐是我们的责任，很抱歉。"

    assert found(text, finding="undecided", scene="奶粉漏罐") == [rules.APOLOGY_TYPE]
    assert found(text, finding="company", scene="奶粉漏罐") == []
    assert found("漏罐让您着急了，很抱歉。", finding="undecided", scene="奶粉漏罐") == []


def test_s2_25_a_fault_found_on_our_side_is_owned():
    text = "漏罐让您着急了，很抱歉。"

    assert found(text, finding="company", apology="liability", scene="奶粉漏罐") == [rules.APOLOGY_TYPE]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("我们赔偿您1000元。", [rules.AUTHORITY]),
        ("我們賠償您一千二百元。", [rules.AUTHORITY]),
        ("我们赔偿您500元。", []),
        ("您要求赔偿1000元，我已经记下。", []),
        ("我们给您免单。", [rules.CATALOGUE]),
    ],
)
def test_s2_09_a_promise_stays_within_authority_and_catalogue(text, rule):
    limits = Limits(amount=Decimal(500), remedies=frozenset(("return", "exchange", "compensation")))

    assert [mark.rule for mark in coach.check(text, Context(limits=limits)) if mark.blocks] == rule


def test_s2_09_no_more_is_promised_than_fits_into_an_hour():
    limits = Limits(due_in_that_hour=6, most_in_an_hour=6)

    assert found("您的退款进度我会告诉您。", limits=limits, promised_in=timedelta(hours=1)) == [rules.CAPACITY]


@pytest.mark.parametrize("text", ["您的任何要求我们都答应。", "我保证一定让您满意。"])
def test_s2_09_nobody_promises_everything(text):
    assert rules.OVERPROMISE in found(text)


def test_s3_30_amb_10_a_time_shorter_than_nine_of_ten_took_is_warned_about():
    usual = timedelta(days=3)

    assert found("我们24小时内退款到账。", past_p90=usual) == [rules.TOO_EARLY]
    assert found("我们3天内退款到账。", past_p90=usual) == []
    assert found("退款到账后告诉您。", past_p90=usual, promised_in=timedelta(hours=2)) == [rules.TOO_EARLY]


@pytest.mark.parametrize("text", ["{customer}您好。", "订单【订单号】已退款。", "请联系XX先生。", "共____元。"])
def test_s4_04_a_slot_nobody_filled_holds_a_message_back(text):
    assert rules.SLOT in [mark.rule for mark in coach.check(text) if mark.blocks]


def test_s4_04_a_masked_number_is_no_slot():
    assert found("请问138xxxx1234是您的手机吗？") == []


def test_s4_04_long_and_loud_texts_are_advised_upon():
    assert found("已经收到您的材料！！！") == [rules.UNPOLISHED]
    assert found("您的材料" * 60) == [rules.UNPOLISHED]


@pytest.mark.parametrize("text", ["您别这样，不想活了我们也没办法。", "I want to die, they said."])
def test_s2_48_where_somebody_is_in_danger_no_tone_is_coached(text):
    assert [(mark.crisis, mark.blocks) for mark in coach.check(text)] == [(True, False)]


def test_s2_48_a_case_marked_as_dangerous_opens_the_crisis_sheet():
    assert [mark.crisis for mark in coach.check("不归我们管。", Context(danger=True))] == [True]
    assert not coach.in_danger("等了三天，气得想死，跳楼价也不买了")


@pytest.mark.parametrize(
    ("written", "value"), [("1,200", 1200), ("2千", 2000), ("一千二百", 1200), ("三万", 30000), ("12.50", 12.5)]
)
def test_amounts_are_read_in_digits_and_words(written, value):
    assert amount_of(written) == Decimal(str(value))


@pytest.mark.parametrize("pattern", ["(不能", "不能)", "<没有>退", "…", "(a//b)c", "不…99能"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern):
    with pytest.raises(PatternWrong) as caught:
        compiled(pattern)

    assert caught.value.missing == ("pattern",)


def test_a_library_is_made_from_rows():
    rows = [Phrase("mine-1", coach.Category.STIFF, "想都…2别想", "regex-lite", better="换个办法", why="生硬")]
    marks = coach.check("想都千万别想。", library=Library.of(rows))

    assert [(mark.phrase, mark.blocks) for mark in marks] == [("mine-1", True)]


def test_a_gap_does_not_leap_over_a_denial():
    pattern = compiled("您自己…6联系快递")

    assert pattern.search("您自己去联系快递")
    assert not pattern.search("您自己不用联系快递")


def test_an_empty_message_says_nothing():
    assert found("  ") == [rules.EMPTY_MESSAGE]
