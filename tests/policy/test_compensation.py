"""The four bases of standards 4.7: floors, what is missing, never two for one purchase (S3-26, AMB-39)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.policy import compensation
from huiyin.policy.compensation import Facts, TwoBases, UnknownCondition

FRAUD = frozenset({"paid", "fraud"})
FOOD = frozenset({"paid", "below_standard", "knew"})
DEFECT = frozenset({"known_defect", "injury", "loss"})
DRUG = frozenset({"paid", "fake_drug", "knew"})
MONEY = st.decimals(min_value=0, max_value=100_000, places=2)
CODES = st.sets(st.sampled_from(sorted({one.code for b in compensation.bases() for one in (*b.needs, *b.excepted)})))


def assess(price, shown=frozenset(), **facts):
    return compensation.assess(Facts(Decimal(price), shown=frozenset(shown), **facts))


def added(price, code, loss="0", **facts):
    """What one basis adds on top of refund and loss."""
    return assess(price, loss=Decimal(loss), **facts).on([code]).amount


@pytest.mark.parametrize(
    ("code", "price", "loss", "amount"),
    [
        ("P1", "100", "0", "500.00"),
        ("P1", "166.66", "0", "500.00"),
        ("P1", "166.67", "0", "500.01"),
        ("P1", "1299", "0", "3897.00"),
        ("P2", "9999", "2000", "4000.00"),
        ("P2", "9999", "0", "0.00"),
        ("P3", "20", "0", "1000.00"),
        ("P3", "100", "0", "1000.00"),
        ("P3", "100.01", "0", "1000.10"),
        ("P3", "20", "500", "1500.00"),
        ("P3", "200", "500", "2000.00"),
        ("P4", "30", "0", "1000.00"),
        ("P4", "500", "2000", "6000.00"),
    ],
)
def test_s3_26_each_basis_gives_its_multiple_and_never_less_than_its_floor(code, price, loss, amount):
    assert added(price, code, loss) == Decimal(amount)


@pytest.mark.parametrize(
    ("shown", "loss", "code", "ceiling"),
    [(FRAUD, 0, "P1", "800.00"), (FOOD, 0, "P3", "2200.00"), (DRUG, 0, "P4", "2200.00"), (DEFECT, 133, "P2", "599.00")],
)
def test_s3_26_what_was_shown_decides_which_basis_carries_the_claim(shown, loss, code, ceiling):
    found = assess(200, shown, refund=Decimal(200), loss=Decimal(loss))

    assert (found.best.basis.code, found.ceiling) == (code, Decimal(ceiling))


def test_s3_26_without_evidence_nothing_but_refund_and_loss_is_owed_and_the_evidence_is_asked_for():
    found = assess(200, refund=Decimal(200), loss=Decimal(30))

    assert (found.best, found.ceiling, found.clear_floor) == (None, Decimal("230.00"), Decimal("230.00"))
    assert [one.code for one in found.on(["P1"]).missing] == ["paid", "fraud"]
    assert [one.code for one in found.questions] == [
        *("paid", "fraud", "known_defect", "injury", "loss", "below_standard", "knew", "fake_drug")
    ]


def test_s3_26_two_bases_are_never_added_for_one_purchase():
    found = assess(200, FRAUD | FOOD, refund=Decimal(200))

    assert found.best.basis.code == "P3"
    assert found.ceiling == Decimal("2200.00")
    with pytest.raises(TwoBases) as refused:
        found.on(["P1", "P3"])
    assert (refused.value.rule.code, refused.value.params["bases"]) == ("赔偿-01", "P1 + P3")
    assert found.on(["P1", "P1"]).basis.code == "P1"


@pytest.mark.parametrize("exception", ["label_trifle", "trick"])
def test_s3_26_a_trifle_on_the_label_and_a_trick_carry_no_claim(exception):
    found = assess(200, FRAUD | FOOD | {exception}, refund=Decimal(200))

    assert found.best is None
    assert found.ceiling == Decimal("200.00")
    assert [one.code for one in found.on(["P3"]).against] == [exception]


def test_s3_26_what_was_ruled_out_is_asked_for_no_more():
    found = assess(200, {"paid"}, ruled_out=frozenset({"fraud", "knew"}))

    assert not found.on(["P1"]).still_open
    assert not found.on(["P3"]).still_open
    assert [one.code for one in found.questions] == ["known_defect", "injury", "loss"]


def test_s3_26_a_knowing_buyer_counts_with_what_a_household_uses_and_keeps_the_refund():
    """法释〔2024〕9号 Art. 12 and 2: 30 cakes bought, 6 of them a household's."""
    found = assess(3000, FOOD, refund=Decimal(3000), household_price=Decimal(600))

    assert found.on(["P3"]).amount == Decimal("6000.00")
    assert found.ceiling == Decimal("9000.00")


def test_pen_3_a_promise_of_the_shop_above_the_law_binds():
    found = assess(200, refund=Decimal(200), promised=Decimal(2000))

    assert (found.ceiling, found.clear_floor) == (Decimal("2000.00"), Decimal("2000.00"))
    assert (found.exceeds(Decimal(2000)), found.exceeds(Decimal("2000.01"))) == (False, True)


@pytest.mark.parametrize(("offer", "may"), [("699.99", False), ("700", True), ("5000", True)])
def test_amb_34_an_offer_below_the_clear_floor_is_not_called_the_legal_maximum(offer, may):
    ruled_out = frozenset({"known_defect", "below_standard", "fake_drug"})

    found = assess(200, FRAUD, refund=Decimal(100), ruled_out=ruled_out)

    assert found.clear_floor == Decimal("700.00")
    assert found.may_be_called_maximum(Decimal(offer)) is may


def test_amb_34_while_a_basis_is_open_less_than_it_is_not_called_the_legal_maximum():
    found = assess(200, FRAUD, refund=Decimal(200))

    assert found.ceiling == Decimal("800.00")
    assert not found.may_be_called_maximum(Decimal(800))
    assert found.may_be_called_maximum(Decimal(2200))


def test_s3_26_up_to_twice_the_loss_is_a_ceiling_and_no_floor():
    found = assess(200, DEFECT, refund=Decimal(200), loss=Decimal(1000))

    assert (found.ceiling, found.clear_floor) == (Decimal("3200.00"), Decimal("1200.00"))


def test_s3_26_a_condition_nobody_asked_about_is_refused():
    with pytest.raises(UnknownCondition) as refused:
        assess(200, {"annoyed"})

    assert (refused.value.rule.code, refused.value.missing) == ("赔偿-02", ("shown",))


@pytest.mark.parametrize("price", ["-1", "NaN"])
def test_s3_26_a_price_that_is_none_is_refused(price):
    with pytest.raises(ValueError, match="no amount of money"):
        assess(price, refund=Decimal(price))


def test_amb_39_each_basis_and_each_exception_names_its_source_and_how_sure_we_are():
    rows = compensation.bases()

    assert [(one.code, one.evidence) for one in rows] == [("P1", "V"), ("P2", "V"), ("P3", "V"), ("P4", "G")]
    assert all(one.source and one.read_on.year >= 2025 for one in rows)
    assert all(one.source and one.evidence in ("V", "S", "G") for basis in rows for one in basis.excepted)
    assert compensation.basis("P1").title["en"].startswith("Fraud")


@given(price=MONEY, refund=MONEY, loss=MONEY, shown=CODES, ruled_out=CODES)
def test_s3_26_the_ceiling_is_one_basis_at_most_and_holds_the_clear_floor(price, refund, loss, shown, ruled_out):
    facts = Facts(price, refund, loss, shown=frozenset(shown), ruled_out=frozenset(ruled_out))

    found = compensation.assess(facts)

    extras = [one.amount for one in found.results if one.established]
    assert found.ceiling == found.owed + max(extras, default=Decimal(0))
    assert found.owed <= found.clear_floor <= found.ceiling
    assert found.may_be_called_maximum(found.owed + max(one.amount for one in found.results))
