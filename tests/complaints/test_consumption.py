"""What a meal should have cost after the discount (S4-118): a pure calculation, step by step."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.complaints import consumption
from huiyin.complaints.consumption import Bill, BillUnclear, DiscountUnclear, Line, recalculate, share_of

D = Decimal


def bill(**changes):
    seafood = (Line("海鲜", D(50)), Line("酒水", D(30)))
    return Bill(**{"total": D(300), "excluded": seafood, "share": D("0.88"), **changes})


def test_s4_118_three_hundred_eighty_excluded_at_8_8_is_273_60():
    found = recalculate(bill())

    assert (found.excluded, found.discounted, found.after_discount, found.due) == (
        D("80.00"),
        D("220.00"),
        D("193.60"),
        D("273.60"),
    )


@pytest.mark.parametrize(
    ("charged", "difference", "over"), [("300", "26.40", "26.40"), ("273.60", "0.00", "0"), ("250", "-23.60", "0")]
)
def test_s4_118_what_was_charged_is_held_against_what_is_due(charged, difference, over):
    found = recalculate(bill(charged=D(charged)))

    assert (found.difference, found.overcharged) == (D(difference), D(over))


@pytest.mark.parametrize(
    ("minimum", "counts", "met"),
    [(None, True, None), ("300", True, True), ("300.01", True, False), ("250", False, False), ("220", False, True)],
)
def test_s4_118_the_minimum_spend_is_met_or_not(minimum, counts, met):
    found = recalculate(bill(minimum=D(minimum) if minimum else None, excluded_counts=counts))

    assert found.minimum_met is met


@pytest.mark.parametrize(
    "changes",
    [
        {"total": D(0)},
        {"total": D(-1)},
        {"total": D("NaN")},
        {"total": D(79)},
        {"excluded": (Line("退", D(-5)),)},
        {"minimum": D(-1)},
        {"charged": D(-1)},
    ],
)
def test_s4_118_a_bill_that_does_not_add_up_is_refused(changes):
    with pytest.raises(BillUnclear) as refused:
        recalculate(bill(**changes))

    assert refused.value.rule.code == "核算-01"


@pytest.mark.parametrize("share", [D(0), D("-0.1"), D("1.01"), D("Infinity"), D("0.88888")])
def test_s4_118_a_discount_leaves_a_share_to_pay(share):
    with pytest.raises(DiscountUnclear):
        recalculate(bill(share=share))


@pytest.mark.parametrize(
    ("written", "share"),
    [("8.8折", "0.88"), ("88折", "0.88"), ("88%", "0.88"), ("0.88", "0.88"), ("8.8", "0.88"), ("88", "0.88"),
     ("9 折", "0.9"), ("1", "1"), ("10折", "1"), ("100", "1"), ("1折", "0.1"), ("88％", "0.88")],
)  # fmt: skip
def test_s4_118_a_discount_is_understood_as_people_write_it(written, share):
    assert share_of(written) == D(share)


@pytest.mark.parametrize("written", ["", "八八折", "-8折", "0", "0折", "120%", "888", "8.8 off", "8,8折", "²折"])
def test_s4_118_what_is_no_discount_is_refused(written):
    with pytest.raises(DiscountUnclear):
        share_of(written)


cents = st.integers(0, 9_999_999)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(total=st.integers(1, 9_999_999), parts=st.lists(cents, max_size=4), share=st.integers(1, 10_000))
def test_s4_118_due_lies_between_what_is_excluded_and_the_total(total, parts, share):
    bill = Bill(D(total) / 100, tuple(Line("x", D(part) / 100) for part in parts), D(share) / 10_000)
    if sum(parts) > total:
        with pytest.raises(BillUnclear):
            recalculate(bill)
        return

    found = recalculate(bill)

    assert found.excluded <= found.due <= found.total
    assert found.due == found.after_discount + found.excluded
    assert found.due == found.due.quantize(consumption.CENT)
