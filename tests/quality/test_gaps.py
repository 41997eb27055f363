"""The composite and the gap, by the figures of story 3."""

from decimal import Decimal

import pytest

from huiyin.quality import gaps

WEIGHTS = {"reliability": 32, "responsiveness": 22, "assurance": 19, "empathy": 16, "tangibles": 11}


def rated(*points):
    return dict(zip(WEIGHTS, map(Decimal, points), strict=True))


ACTUAL = rated(80, 90, 85, 75, 70)
EXPECTED = rated(90, 80, 80, 80, 60)


def test_s3_08_the_composite_is_the_sum_of_weight_times_rating():
    assert gaps.composite(WEIGHTS, ACTUAL) == Decimal("81.25")
    assert gaps.composite(WEIGHTS, EXPECTED) == Decimal("81.00")


def test_s3_08_weights_that_do_not_add_up_to_100_give_no_composite():
    with pytest.raises(ValueError, match="99"):
        gaps.composite({**WEIGHTS, "tangibles": 10}, ACTUAL)


def test_s3_08_a_dimension_without_a_rating_gives_no_composite():
    with pytest.raises(ValueError, match="dimensions"):
        gaps.composite(WEIGHTS, {"reliability": Decimal(80)})


def test_s3_19_satisfaction_is_feeling_minus_expectation_and_the_weakest_gap_is_shown():
    found = gaps.gap(WEIGHTS, EXPECTED, ACTUAL)

    assert found.satisfaction == Decimal("0.25")
    assert found.by_dimension == rated(-10, 10, 5, -5, 10)
    assert (found.weakest, found.by_dimension[found.weakest]) == ("reliability", Decimal(-10))


def test_s3_14_the_spread_of_several_raters_says_where_they_agree_least():
    found = gaps.spread(WEIGHTS, [ACTUAL, EXPECTED, rated(85, 85, 85, 85, 85)])

    assert (found.raters, found.lowest, found.highest, found.width) == (
        3,
        Decimal("81.00"),
        Decimal("85.00"),
        Decimal("4.00"),
    )
    assert (found.widest, found.by_dimension[found.widest]) == ("tangibles", (Decimal(60), Decimal(85)))


def test_s3_14_one_rater_alone_has_no_spread():
    assert gaps.spread(WEIGHTS, [ACTUAL]) is None
    assert gaps.spread(WEIGHTS, []) is None


def test_the_hundredth_is_rounded_half_up():
    assert gaps.composite({"a": 50, "b": 50}, {"a": Decimal("80.01"), "b": Decimal("80.00")}) == Decimal("80.01")


def test_amb_09_attitude_is_the_share_of_items_with_evidence():
    assert gaps.share(7, 10) == Decimal("70.00")
    assert gaps.share(2, 3) == Decimal("66.67")
