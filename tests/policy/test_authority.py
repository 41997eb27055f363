"""Role × remedy × amount × period budget: never within above a limit (S2-49)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from huiyin.policy import authority
from huiyin.policy.packs import loading
from huiyin.policy.packs.giving import Limit

PACK = loading.load_folder(loading.DATA / "retail")
ZERO = Decimal(0)

ROLES = ("agent", "supervisor", "manager", "leader", "handler")
REMEDIES = ("coupon", "exchange", "punitive", "*")
AMOUNTS = st.decimals(min_value=0, max_value=1_000_000, places=3)
MONEY = st.decimals(min_value=0, max_value=100_000, places=2)


@st.composite
def packs(draw):
    """A pack with any authority matrix."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(REMEDIES)), unique=True, max_size=12))
    maybe = st.none() | MONEY
    limits = tuple(Limit(role, remedy, draw(maybe), draw(st.integers(1, 90)), draw(maybe)) for role, remedy in pairs)
    return replace(PACK, authority=limits)


def check(roles, remedy, amount, spent="0"):
    return authority.check(PACK, roles=roles, remedy=remedy, amount=Decimal(amount), spent_in_period=Decimal(spent))


@pytest.mark.parametrize(
    ("roles", "amount", "within", "needed"),
    [
        (["agent"], "500", True, ()),
        (["agent"], "500.01", False, ("supervisor", "manager", "leader")),
        (["agent"], "1349", False, ("supervisor", "manager", "leader")),
        (["supervisor"], "1349", True, ()),
        (["supervisor"], "5000.01", False, ("manager", "leader")),
        (["agent", "supervisor"], "5000", True, ()),
        (["leader"], "9999999", True, ()),
        (["handler"], "1", False, ("agent", "duty_agent", "supervisor", "manager", "leader")),
        ([], "0", False, ("agent", "duty_agent", "supervisor", "manager", "leader")),
    ],
)
def test_s2_49_the_limit_follows_the_role_and_says_whom_to_ask(roles, amount, within, needed):
    verdict = check(roles, "*", amount)

    assert (verdict.within, verdict.needed_roles) == (within, needed)


def test_s2_49_a_limit_that_names_a_remedy_replaces_the_general_one():
    assert not check(["agent"], "punitive", "0.01").within
    assert check(["supervisor"], "punitive", "3000").within


def test_s2_49_the_budget_of_the_period_is_used_up():
    assert authority.period_days(PACK, roles=["agent"], remedy="coupon") == 30
    assert check(["agent"], "coupon", "500", spent="9500").within

    verdict = check(["agent"], "coupon", "500", spent="9500.01")

    assert not verdict.within
    assert verdict.needed_roles == ("duty_agent", "supervisor", "manager", "leader")
    with translation.override("en"):
        assert "budget of 10000 CNY" in verdict.reason


def test_a_role_without_a_budget_asks_for_no_spending():
    assert authority.period_days(PACK, roles=["leader"], remedy="coupon") == 0
    assert authority.period_days(PACK, roles=["handler"], remedy="coupon") == 0


def test_money_is_rounded_half_up_to_the_cent():
    assert authority.to_cents(Decimal("500.005")) == Decimal("500.01")
    assert authority.to_cents(Decimal("500.004")) == Decimal("500.00")
    assert check(["agent"], "coupon", "500.004").within
    assert not check(["agent"], "coupon", "500.005").within


@pytest.mark.parametrize("amount", ["-0.01", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValueError, match="no amount"):
        check(["leader"], "coupon", amount)


def test_the_reason_is_a_sentence_in_each_language():
    verdict = check(["agent"], "coupon", "800")

    with translation.override("en"):
        assert verdict.reason == "800.00 CNY is more than your limit of 500 CNY."
    with translation.override("zh-hans"):
        assert verdict.reason == "800.00 CNY 超出您 500 CNY 的限额。"


@given(
    pack=packs(), roles=st.sets(st.sampled_from(ROLES)), remedy=st.sampled_from(REMEDIES), amount=AMOUNTS, spent=MONEY
)
def test_s2_09_nothing_above_every_limit_is_ever_within(pack, roles, remedy, amount, spent):
    verdict = authority.check(pack, roles=roles, remedy=remedy, amount=amount, spent_in_period=spent)
    exact = authority.to_cents(amount)

    def may(limit):
        return limit.per_case is None or exact <= limit.per_case

    own = [limit for limit in pack.authority if limit.role in roles and limit.remedy in (remedy, "*")]
    if verdict.within:
        limit = verdict.limit
        assert limit in own
        assert may(limit)
        assert limit.period_budget is None or spent + exact <= limit.period_budget
        assert limit.remedy == remedy or not any(other.remedy == remedy and other.role == limit.role for other in own)
        assert verdict.needed_roles == ()
    if not any(may(limit) for limit in own):
        assert not verdict.within
    assert verdict.reason


@given(pack=packs(), remedy=st.sampled_from(REMEDIES), amount=AMOUNTS)
def test_whoever_is_named_could_indeed_say_yes(pack, remedy, amount):
    asked = authority.check(pack, roles=(), remedy=remedy, amount=amount, spent_in_period=ZERO)

    for role in asked.needed_roles:
        limit = authority.limit_for(pack, [role], remedy)
        assert limit.per_case is None or authority.to_cents(amount) <= limit.per_case
    unlimited = {limit.role for limit in pack.authority if limit.remedy == "*" and limit.per_case is None}
    named = {limit.role for limit in pack.authority if limit.remedy == remedy}
    assert unlimited - named <= set(asked.needed_roles)


@given(
    pack=packs(), roles=st.sets(st.sampled_from(ROLES)), remedy=st.sampled_from(REMEDIES), amount=AMOUNTS, less=AMOUNTS
)
def test_less_of_what_is_within_is_within(pack, roles, remedy, amount, less):
    more = authority.check(pack, roles=roles, remedy=remedy, amount=max(amount, less), spent_in_period=ZERO)
    fewer = authority.check(pack, roles=roles, remedy=remedy, amount=min(amount, less), spent_in_period=ZERO)

    assert fewer.within or not more.within


def test_s0_35_waiting_proposes_the_priority_card_first():
    assert authority.goodwill_for(PACK, causes=["waiting"])[0].code == "priority_card"


def test_s0_40_a_device_that_does_not_work_proposes_free_recycling_first():
    assert authority.goodwill_for(PACK, category="quality.fault")[0].code == "recycling"


def test_s2_50_the_whole_catalogue_stays_open():
    assert len(authority.goodwill_for(PACK, category="service")) == len(PACK.goodwill)
