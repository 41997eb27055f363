"""The telecom pack, and the overlay that weighs service quality."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from huiyin.people.roles import Role
from huiyin.policy.packs import loading, store
from huiyin.policy.packs.overlay import combine
from huiyin.policy.packs.problems import PackError
from huiyin.policy.packs.schema import codes
from huiyin.policy.working_time import Span, Unit
from tests.factories import LONG_AGO

TODAY = date(2025, 5, 12)
WEIGHTS = [32, 22, 19, 16, 11]


@pytest.fixture
def telecom():
    return loading.load_folder(loading.DATA / "telecom")


@pytest.fixture
def overlay(tmp_path):
    """A copy of the overlay that a test may change."""
    return shutil.copytree(loading.DATA / "service_quality", tmp_path / "service_quality")


def change(folder, old, new):
    file = folder / "quality.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_s2_49_an_agent_of_the_operator_may_give_thirty(telecom):
    limits = {limit.role: limit.per_case for limit in telecom.authority}

    assert (limits["agent"], limits["supervisor"]) == (Decimal(30), Decimal(200))
    assert limits[Role.LEADER] is None


def test_s2_27_the_operator_offers_the_best_first_and_s2_28_calls_back_twice(telecom):
    assert telecom.settings.plan_offer_mode == "sequential"
    assert telecom.followup.callbacks(company_fault=False, escalated=False) == 2


def test_s2_61_to_s2_63_the_three_causes_of_a_network_complaint_are_ruled_in_or_out(telecom):
    assert {"weak_coverage", "station_fault"} <= set(telecom.category("network.coverage").causes)
    assert telecom.category("network.station").department == "maintenance"


def test_a_fault_in_town_is_repaired_within_48_hours_by_law_and_an_unread_rule_is_not_called_law(telecom):
    repair = telecom.clock("fault_repair")

    assert (repair.span, repair.statutory, repair.evidence) == (Span(48, Unit.HOUR), True, "V")
    assert not telecom.clock("user_complaint_answer").statutory


def test_s3_08_the_five_dimensions_weigh_32_22_19_16_11(telecom):
    combined = combine(telecom, [loading.load_folder(loading.DATA / "service_quality")])

    assert [dimension.weight for dimension in combined.dimensions] == WEIGHTS
    assert codes(combined.dimensions) == ("reliability", "responsiveness", "assurance", "empathy", "tangibles")


@pytest.mark.parametrize(("weight", "total"), [(33, 101), (31, 99)])
def test_s3_08_weights_that_do_not_add_up_to_100_are_refused(overlay, weight, total):
    change(overlay, "weight = 32", f"weight = {weight}")

    with pytest.raises(PackError) as refused:
        loading.load_folder(overlay)

    (problem,) = refused.value.problems
    assert (problem.file, problem.key, problem.params["total"]) == ("quality.toml", "dimension.weight", total)


def test_a_checklist_without_items_and_one_about_nothing_known_are_refused(overlay):
    change(overlay, 'about = "case"', 'about = "weather"')
    with pytest.raises(PackError) as refused:
        loading.load_folder(overlay)
    assert [problem.key for problem in refused.value.problems] == ["checklist[core_service].about"]

    change(overlay, 'about = "weather"', 'about = "case"')
    text = (overlay / "quality.toml").read_text(encoding="utf-8")
    (overlay / "quality.toml").write_text(text + '\n[[checklist]]\ncode = "none"\nabout = "case"\nitem = []\n'
                                          'title = { zh = "空", en = "Empty" }\n', encoding="utf-8")  # fmt: skip
    with pytest.raises(PackError) as refused:
        loading.load_folder(overlay)
    assert [problem.key for problem in refused.value.problems] == ["checklist[none].item"]


def test_two_overlays_cannot_weigh_differently(telecom, overlay):
    shipped = loading.load_folder(overlay)
    change(overlay, "weight = 32", "weight = 31")
    change(overlay, "weight = 22", "weight = 23")
    (overlay / "pack.toml").write_text(
        (overlay / "pack.toml").read_text(encoding="utf-8").replace('"service_quality"', '"other_quality"'),
        encoding="utf-8",
    )

    with pytest.raises(PackError) as refused:
        combine(telecom, [shipped, loading.load_folder(overlay)])

    assert [problem.key for problem in refused.value.problems] == ["dimension"]


@pytest.mark.django_db
def test_an_organisation_that_loads_the_operators_pack_works_by_it():
    store.load_shipped(at=LONG_AGO)
    store.load(loading.DATA / "telecom", at=LONG_AGO)
    store.load(loading.DATA / "service_quality", at=LONG_AGO)

    chosen = store.pick(LONG_AGO, channel="phone", category="network.coverage")

    assert chosen.base.code == "telecom"
    assert [version.code for version in chosen.overlays] == ["service_quality"]
