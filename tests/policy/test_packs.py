"""The shipped packs, and what a pack says once it has been read."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils import translation

from huiyin.complaints.states import STEPS, State
from huiyin.people.roles import Role
from huiyin.policy.packs import loading, sections, store, vocabulary
from huiyin.policy.packs.schema import codes
from huiyin.policy.packs.settings import Settings, keys
from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Roll, Span, Unit

TODAY = date(2026, 3, 4)


@pytest.fixture(scope="module", params=[code for code in store.OFFERED if code != "service_quality"])
def shipped(request):
    return loading.load_folder(loading.DATA / request.param)


@pytest.fixture(scope="module")
def retail():
    return loading.load_folder(loading.DATA / "retail")


@pytest.fixture(scope="module")
def enterprise():
    return loading.load_folder(loading.DATA / "enterprise_8_steps")


def test_the_words_of_packs_are_those_of_the_rooms_that_own_them():
    assert vocabulary.STATES == tuple(State.values)
    assert vocabulary.ROLES == tuple(Role.values)
    assert tuple(step.number for step in STEPS) == sections.MOVES


def test_s4_33_every_open_state_of_every_pack_has_a_clock_for_every_category(shipped):
    for state in State.values[:-1]:
        for category in ("", *codes(shipped.leaves)):
            assert shipped.stage_clock(state, category, TODAY) is not None, (state, category)


def test_s0_02_the_shop_aims_at_one_hour_and_must_answer_in_two(retail):
    clock = retail.stage_clock("received", "", TODAY)

    assert (clock.target, clock.span) == (Span(60, Unit.MINUTE), Span(120, Unit.MINUTE))
    assert clock.calendar == "wall"
    assert clock.start_event == "entered.received"
    assert clock.ends_on == ("left.received",)


def test_s0_10_each_of_the_three_kinds_routes_to_its_department(retail):
    routes = {code: retail.category(code).department for code in ("quality.damage", "service", "communication")}

    assert routes == {"quality.damage": "quality", "service": "customer_service", "communication": "customer_service"}


def test_s1_32_and_s1_33_transport_and_quality_route_to_their_departments(enterprise):
    titles = [
        str(enterprise.department(enterprise.category(code).department).title)
        for code in ("transport.damage", "quality.defect")
    ]

    assert titles == ["储运部", "质量管理部"]


def test_s0_22_the_end_condition_follows_the_kind_of_category(retail):
    ends = {
        code: retail.category(code).end_condition for code in ("quality.damage", "service.attitude", "payment.refund")
    }

    assert ends == {
        "quality.damage": "goods_confirmed",
        "service.attitude": "solution_accepted",
        "payment.refund": "refund_arrived",
    }


def test_s0_33_not_as_described_has_three_causes_to_judge(retail):
    causes = retail.category("quality.not_as_described").causes

    assert causes == ("picture_display", "wrong_stock", "transport_damage")
    assert retail.cause("transport_damage").side == "third_party"


def test_s0_20_an_exchange_takes_a_day_and_is_proved_by_a_tracking_number(retail):
    exchange = retail.remedy("exchange")

    assert exchange.execution_span == Span(24, Unit.HOUR)
    assert exchange.proof_kinds == ("tracking_number",)


def test_s0_18_a_service_error_is_offered_an_apology_with_an_improvement_and_no_return(retail):
    kinds = {remedy.kind: remedy for remedy in retail.remedies_for("service.attitude")}

    assert "return" not in kinds
    assert "apology" in kinds
    assert kinds["process"].needs_improvement is True


def test_s1_35_every_pack_has_the_five_base_kinds(shipped):
    kinds = {remedy.kind for remedy in shipped.remedies}

    assert kinds >= {"return", "exchange", "repair", "price_cut", "compensation"}


def test_s1_36_the_strict_enterprise_has_every_plan_approved_first(enterprise, retail):
    assert enterprise.settings.approval_mode == "all_before"
    assert retail.settings.approval_mode == "within_authority_post_review"


def test_s1_40_a_loss_of_two_thousand_falls_into_the_ten_percent_band(enterprise):
    loss = Decimal(2000)
    found = {band.who: band.percent for band in enterprise.loss_bands if band.above < loss <= (band.up_to or loss)}

    assert found == {"responsible": Decimal(10), "head": Decimal(5)}


def test_amb_02_every_profile_covers_the_thirteen_states_once(shipped):
    for profile in shipped.profiles:
        covered = [state for step in profile.steps for state in step.states]
        assert sorted(covered) == sorted(State.values)
        assert profile.step_of("closed") is profile.steps[-1]


def test_s1_44_the_short_profile_shows_four_steps_and_requires_no_investigation(retail):
    short = retail.profile_named(retail.settings.profile_minor)

    assert len([step for step in short.steps if step.shown]) == 4
    assert not short.requires("investigating")
    assert retail.profile_named("six_step").requires("investigating")


def test_s4_113_the_standard_profiles_have_four_six_six_and_eight_steps():
    general = loading.load_folder(loading.DATA / "general")
    shown = {profile.code: sum(step.shown for step in profile.steps) for profile in general.profiles}

    assert shown == {"six_step": 6, "eight_step": 8, "short": 4, "trading": 6}


@pytest.mark.parametrize(
    ("code", "event", "qty", "unit", "statutory", "evidence"),
    [
        ("no_reason_return", "delivery.signed", 7, Unit.NATURAL_DAY, True, "V"),
        ("refund_after_return", "return.goods_received", 7, Unit.NATURAL_DAY, True, "V"),
        ("refund_line", "return.goods_received", 15, Unit.NATURAL_DAY, True, "V"),
        ("return_instructions", "return.requested", 15, Unit.NATURAL_DAY, True, "V"),
        ("quality_remedy_line", "demand.made", 15, Unit.NATURAL_DAY, True, "V"),
        ("platform_ticket", "platform.ticket_opened", 48, Unit.HOUR, False, "V"),
        ("authority_letter", "external.letter_received", 3, Unit.WORKING_DAY, False, "design"),
        ("external_conclusion", "external.filed", 15, Unit.NATURAL_DAY, False, "design"),
    ],
)
def test_standards_10_1_the_shop_carries_its_legal_clocks(retail, code, event, qty, unit, statutory, evidence):
    clock = retail.clock(code)

    assert (clock.start_event, clock.span, clock.statutory, clock.evidence) == (
        event,
        Span(qty, unit),
        statutory,
        evidence,
    )
    assert clock.source
    assert clock in retail.clocks_started_by(event, "quality.damage", TODAY)


def test_no_clock_without_a_statute_is_called_statutory(shipped):
    for clock in shipped.clocks:
        called = "法定" in clock.title.zh or "statutory" in clock.title.en
        assert called == clock.statutory
        assert not clock.statutory or clock.evidence in ("V", "S", "C")


def test_eng_03_legal_days_start_on_the_next_day_and_roll_over_a_holiday(retail):
    clock = retail.clock("refund_after_return")

    assert (clock.count_start_day, clock.roll) == (False, Roll.NEXT_WORKING_DAY)


def test_a_legal_clock_for_one_category_leaves_the_others_alone(retail):
    started = codes(retail.clocks_started_by("demand.made", "service.attitude", TODAY))

    assert started == ()


def test_s2_50_the_goodwill_catalogue_is_small_and_proposes_a_card_for_waiting(retail):
    assert max(item.cost for item in retail.goodwill) <= 50
    assert retail.goodwill_item("priority_card").suggest_for[0] == "waiting"


def test_s3_09_every_remedy_has_a_level(shipped):
    assert {remedy.level for remedy in shipped.remedies} <= set(vocabulary.LEVELS)


def test_amb_14_a_fault_of_the_company_or_an_escalation_needs_a_second_callback(retail):
    rule = retail.followup

    assert rule.first == "next_day"
    assert rule.callbacks(company_fault=False, escalated=False) == 1
    assert rule.callbacks(company_fault=True, escalated=False) == 2
    assert rule.callbacks(company_fault=False, escalated=True) == 2


def test_amb_01_to_amb_40_each_ambiguity_has_a_typed_key_with_a_default():
    # AMB-03's numbers are clocks of the packs; all others are settled by keys alone.
    settled = {key.amb for key in keys().values()}

    assert {f"AMB-{number:02}" for number in range(1, 41)} <= settled


def test_every_key_shows_what_is_allowed_and_defaults_to_an_allowed_value():
    for key in keys().values():
        assert key.allowed
        assert key.title.zh
        assert key.title.en
        if key.choices:
            assert key.default in key.choices
        if key.kind in ("int", "Decimal"):
            assert (key.low or 0) <= key.default <= (key.default if key.high is None else key.high)


@pytest.mark.parametrize(
    ("field", "default"),
    [
        ("customer_first_scope", "manner"),
        ("clock_calendar", "wall"),
        ("approval_mode", "within_authority_post_review"),
        ("ack_cutoff", time(16)),
        ("ack_late_due", time(12)),
        ("negotiation_first_demand", "warn_above_norm"),
        ("plan_offer_mode", "parallel"),
        ("followup_count", 1),
        ("loop_max_rounds", 3),
        ("recommend_discount_low", "cheaper"),
        ("exam_second_fail", "replace"),
        ("penalty_money", "off"),
        ("penalty_overlap", "highest"),
        ("order_cancelled_effective", False),
        ("exam_rule", "fourth_tuesday"),
        ("callback_month_target", 80),
        ("contact_attempts", 3),
        ("contact_days", 3),
        ("min_evidence_kinds", 2),
        ("external_days", 15),
    ],
)
def test_section_6_the_defaults_are_those_proposed(field, default):
    assert getattr(Settings(), field) == default


def test_a_title_speaks_three_languages():
    title = Title("储运部", "Storage and transport")

    assert title["zh-hant"] == "儲運部"
    with translation.override("en"):
        assert str(title) == "Storage and transport"
    with translation.override("zh-hans"):
        assert str(title) == "储运部"
