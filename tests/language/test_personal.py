import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.personal import PersonalKind, find, replace

PHONE, ID, CARD, EMAIL, HANDLE = (
    PersonalKind.PHONE,
    PersonalKind.ID,
    PersonalKind.CARD,
    PersonalKind.EMAIL,
    PersonalKind.HANDLE,
)


@pytest.mark.parametrize(
    ("text", "kind", "hit"),
    [
        ("请打13812341234找我", PHONE, "13812341234"),
        ("手机138 1234 1234", PHONE, "138 1234 1234"),
        ("+86 138-1234-1234", PHONE, "+86 138-1234-1234"),
        ("１３８１２３４１２３４", PHONE, "１３８１２３４１２３４"),
        ("座机0591-87654321转801", PHONE, "0591-87654321转801"),
        ("电话是 8765 4321", PHONE, "8765 4321"),
        ("（021）62345678", PHONE, "（021）62345678"),
        ("香港 +852 9123 4567", PHONE, "+852 9123 4567"),
        ("致电9123 4567", PHONE, "9123 4567"),
        ("澳门 +853 6612 3456", PHONE, "+853 6612 3456"),
        ("台灣 0912-345-678", PHONE, "0912-345-678"),
        ("台北 (02)2345-6789", PHONE, "(02)2345-6789"),
        ("+886 912 345 678", PHONE, "+886 912 345 678"),
        ("call (775) 105-8084", PHONE, "(775) 105-8084"),
        ("身份证110101199001011234。", ID, "110101199001011234"),
        ("证件号：11010119900101123x", ID, "11010119900101123x"),
        ("老身份证 110101900101123", ID, "110101900101123"),
        ("香港身份證 A123456(3)", ID, "A123456(3)"),
        ("澳门 1/234567/8", ID, "1/234567/8"),
        ("身分證 A123456789", ID, "A123456789"),
        ("护照号码：E12345678", ID, "E12345678"),
        ("卡号 6222 0210 0111 6245 702", CARD, "6222 0210 0111 6245 702"),
        ("工商银行6222021001116245702", CARD, "6222021001116245702"),
        ("visa 4111111111111111", CARD, "4111111111111111"),
        ("账号：1234567890123", CARD, "1234567890123"),
        ("发到zhang.san@163.com吧", EMAIL, "zhang.san@163.com"),
        ("ｚｈａｎｇ＠１６３．ｃｏｍ", EMAIL, "ｚｈａｎｇ＠１６３．ｃｏｍ"),
        ("o'donnell@yahoo.org", EMAIL, "o'donnell@yahoo.org"),
        ("微信号：abc_123", HANDLE, "abc_123"),
        ("QQ12345678", HANDLE, "12345678"),
    ],
)
def test_s0_06_personal_data_are_found_where_they_stand(text, kind, hit):
    (span,) = find(text)

    assert (span.kind, span.text, text[span.start : span.end]) == (kind, hit, hit)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-01 收到，订单 20240101123456",
        "案件 HY-260101-000013",
        "客服热线 400-800-1234",
        "共 1,299.00 元，赔 5000 1000 元",
        "iPhone 15 Pro Max 256GB",
        "第12345678号批次，编号1234567890123456",
        "微信支付 299 元",
        "",
    ],
)
def test_s0_06_other_numbers_are_left_alone(text):
    assert find(text) == ()


def test_s0_06_two_numbers_side_by_side_are_both_found():
    assert [span.text for span in find("13812341234/13912341234")] == ["13812341234", "13912341234"]


def test_s0_06_an_identity_number_is_not_mistaken_for_a_card():
    assert [span.kind for span in find("身份证110101199001011234，卡号4111111111111111")] == [ID, CARD]


@given(st.text())
def test_spans_never_overlap_and_replacing_them_leaves_the_rest(text):
    spans = find(text)

    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert replace(text, lambda span: span.text) == text
