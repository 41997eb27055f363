"""Finding entries: two characters are enough, traditional finds simplified, the best come first (S2-35)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.knowledge import editing, finding
from tests import factories
from tests.knowledge.conftest import entry, seed, why

DAY = factories.TUESDAY_10.date()


def codes(text: str, **more: object) -> list[str]:
    return [hit.entry.code for hit in finding.find(text, on=DAY, **more)]


@pytest.fixture
def stocked(shelves):
    shelves(
        seed("script", "soothe.child", title="奶粉漏罐的安抚", scene="child", text="孩子等着喝奶,罐子漏了一定很着急。"),
        seed("script", "ask.a", step="ask", title="问清到货情况", text="请问外箱有没有破损?"),
        seed("fact", "battery", title="耳机的续航", text="单次续航约六小时。", product=["蓝牙耳机"]),
        seed("fact", "guarantee", title="整机保修一年", text="从签收次日起算。"),
        seed("fact", "spring", title="春季满减", text="满一千减一百。", valid_to="2025-02-28"),
        seed("card", "breath", title="深呼吸"),
        seed("phrase", "not-mine"),
        seed("advice", "product.solution.hot"),
        seed("playbook", "media", caller="media"),
    )


@pytest.mark.parametrize("asked", ["奶粉", "漏罐", "奶粉漏罐", "孩子", "粉"])
def test_s0_32_the_milk_powder_script_is_found_by_any_two_characters_of_it(stocked, asked):
    assert codes(asked) == ["soothe.child"]


@pytest.mark.parametrize(("simplified", "traditional"), [("续航", "續航"), ("耳机", "耳機"), ("满减", "滿減")])
def test_s2_35_traditional_finds_simplified(stocked, simplified, traditional):
    assert codes(traditional) == codes(simplified) != []


def test_s2_35_a_query_returns_facts_ranked(stocked, shelves):
    assert codes("保修")[0] == "guarantee"
    assert codes("耳机 续航", kinds=["fact"]) == ["battery"]


def test_s2_35_a_whole_question_finds_what_comes_close(stocked):
    hits = finding.find("这款蓝牙耳机续航有多久", on=DAY)

    assert [(hits[0].entry.code, hits[0].whole)] == [("battery", False)]


def test_s2_35_what_holds_every_word_comes_before_what_is_close(shelves):
    shelves(
        seed("fact", "a", title="手机电池续航", text="约十小时。"),
        seed("fact", "b", title="手机电池更换", text="在售后网点更换。"),
    )

    assert next((hit.entry.code, hit.whole) for hit in finding.find("电池续航", on=DAY)) == ("a", True)


def test_s2_35_a_title_says_more_than_a_text(shelves):
    shelves(
        seed("fact", "text", title="售后网点", text="退货可到网点办理退货。"),
        seed("fact", "title", title="退货的步骤", text="在订单页面申请。"),
    )

    assert codes("退货") == ["title", "text"]


def test_s0_39_an_expired_fact_stands_behind_everything_that_holds(shelves):
    shelves(
        seed("fact", "old", title="满减规则 满减", text="满减。", valid_to="2025-02-28"),
        seed("fact", "new", title="现行规则", text="满减规则。"),
    )

    assert codes("满减") == ["new", "old"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [("深呼吸", "breath"), ("不归我管", "not-mine"), ("先听后办", "product.solution.hot"), ("媒体", "media")],
)
def test_s2_35_every_kind_is_searched(stocked, asked, code):
    assert codes(asked)[0] == code


def test_an_entry_is_found_by_what_it_is_filed_under(stocked):
    assert "soothe.child" in codes("安抚")
    assert codes("soothe.child") == ["soothe.child"]


@pytest.mark.parametrize("asked", ["", "   ", "。,!", '"*', "火箭", "xyzzy"])
def test_what_nothing_answers_finds_nothing(stocked, asked):
    assert codes(asked) == []


def test_what_was_retired_is_not_found(stocked):
    editing.retire(entry("card", "breath").pk, why("不用了"))

    assert codes("深呼吸") == []


def test_a_search_costs_the_same_however_much_it_finds(shelves):
    def cost(count):
        shelves(*(seed("script", f"s{number}", title=f"退货说明{number}") for number in range(count)))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(codes("退货说明", most=100)) == count
        return len(asked)

    assert cost(1) == cost(60) == 2
