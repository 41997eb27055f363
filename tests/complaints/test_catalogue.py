"""The policy of the day of the purchase is used, not that of the day of the complaint (S2-39)."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from huiyin.complaints import catalogue
from huiyin.complaints.catalogue import PurchasedLater
from huiyin.complaints.models import Complaint
from huiyin.complaints.remedies import Line, UnknownRemedy
from huiyin.complaints.steps import planning, registration
from huiyin.complaints.steps.planning import NewOption, NewPlan
from huiyin.policy.packs import loading, store
from tests import factories, later
from tests.complaints.checks import sound
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
# On this day a new version takes the urgent exchange away and makes the coupon the customer's right.
NEW_RULES = date(2025, 2, 1)
BEFORE, AFTER = date(2025, 1, 31), date(2025, 2, 1)


@pytest.fixture
def two_versions(policy, tmp_path):
    """The shipped pack, and from February another version of it."""
    folder = shutil.copytree(loading.DATA / "retail", tmp_path / "retail")
    change(folder / "pack.toml", 'version = "2026.1"', 'version = "next"')
    change(folder / "pack.toml", "in_force_from = 2019-01-01", f"in_force_from = {NEW_RULES}")
    change(folder / "remedies.toml", 'code = "exchange"\n', 'code = "swap"\n')
    change(
        folder / "remedies.toml", 'level = "experience"\nnorm_amount = 50', 'level = "experience"\npolicy_right = true'
    )
    return store.load(folder, at=when(2025, 1, 20))


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def bought(day):
    """A case in planning about something bought on this day."""
    return later.planning(purchased_on=day)


def draft(complaint, actor, *lines):
    option = NewOption("方案", lines, later.answers(complaint, deviation="按购买日政策"), 60)
    return planning.draft_plan(
        complaint.pk, NewPlan("", (option,), "唯一"), actor=actor, at=at_of(complaint, 127)
    ).options.get()


@pytest.mark.parametrize(("day", "version"), [(BEFORE, "2026.1"), (AFTER, "next"), (None, "next")])
def test_s2_39_the_version_in_force_on_the_day_of_the_purchase_gives_the_catalogue(two_versions, day, version):
    complaint = bought(day)

    assert catalogue.of(complaint).version == version


@pytest.mark.parametrize(("day", "right"), [(BEFORE, False), (AFTER, True)])
def test_s2_39_what_is_the_customers_right_is_what_was_his_right_when_he_bought(two_versions, agent, day, right):
    option = draft(bought(day), agent, Line("coupon", Decimal(50)))

    assert option.lines.get().policy_right is right
    sound(option.plan.complaint)


def test_s2_39_what_the_new_rules_took_away_is_still_owed_for_an_older_purchase(two_versions, agent):
    option = draft(bought(BEFORE), agent, Line("exchange"))

    assert option.lines.get().title == "换货（顺丰加急）"
    with pytest.raises(UnknownRemedy):
        draft(bought(AFTER), agent, Line("exchange"))


def test_s2_39_an_older_purchase_is_carried_out_by_the_older_rules(two_versions, agent):
    complaint = bought(BEFORE)
    answers = later.answers(complaint, deviation="按购买日政策")
    option = NewOption("换新机", (Line("exchange"),), answers, 60)
    planning.draft_plan(complaint.pk, NewPlan("", (option,), "唯一"), actor=agent, at=at_of(complaint, 127))
    planning.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 130))
    later.chosen(complaint)

    done = later.finish_all(complaint)

    assert [(row.remedy, row.proof_kind) for row in done] == [("exchange", "tracking_number")]
    sound(complaint)


def test_s2_39_a_purchase_older_than_every_version_stands_under_the_rules_of_the_case(two_versions):
    assert catalogue.of(bought(date(2018, 12, 31))).version == "next"


def test_s2_39_a_purchase_after_the_complaint_is_refused(agent):
    complaint = factories.acknowledged()
    form = factories.form(purchased_on=date(2025, 3, 5))

    with pytest.raises(PurchasedLater) as refused:
        registration.save_form(complaint.pk, form, actor=agent, at=at_of(complaint, 20))

    assert (refused.value.rule.code, refused.value.missing) == ("登记-07", ("purchased_on",))
    with pytest.raises(PurchasedLater):
        factories.received(purchased_on=date(2025, 3, 5))


def test_s2_39_the_day_is_kept_from_the_first_word_and_corrected_on_the_form(agent):
    complaint = factories.received(purchased_on=BEFORE)
    assert Complaint.objects.get(pk=complaint.pk).purchased_on == BEFORE

    form = replace(factories.form(), purchased_on=AFTER)
    registration.save_form(complaint.pk, form, actor=agent, at=at_of(complaint, 20))

    assert Complaint.objects.get(pk=complaint.pk).purchased_on == AFTER
