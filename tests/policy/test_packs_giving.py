"""What a pack says of usual amounts, of remedies that rest on the law, and of sensitive days."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from huiyin.policy.packs import loading
from huiyin.policy.packs.problems import PackError

RETAIL = loading.load_folder(loading.DATA / "retail")


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(loading.DATA / "retail", tmp_path / "shop")


def add(folder, file, text):
    with (folder / f"{file}.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n" + text)


def keys(folder):
    with pytest.raises(PackError) as refused:
        loading.load_folder(folder)
    return [problem.key for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("remedy", "order", "norm"),
    [("full_refund", "1299", "1299"), ("price_cut", "200", "60"), ("coupon", "1299", "50"), ("repair", "1299", None)],
)
def test_amb_08_the_usual_amount_is_fixed_or_a_share_of_the_order(remedy, order, norm):
    assert RETAIL.remedy(remedy).norm(Decimal(order)) == (Decimal(norm) if norm else None)


def test_amb_08_a_share_of_an_unknown_order_is_unknown():
    assert RETAIL.remedy("full_refund").norm(None) is None


def test_s3_26_a_remedy_that_rests_on_the_law_names_its_basis():
    assert {remedy.code: remedy.basis for remedy in RETAIL.remedies if remedy.basis} == {"punitive": "P1"}


@pytest.mark.parametrize("more", ["policy_right = true", 'kind = "repair"'])
def test_s3_26_only_compensation_that_is_shown_first_rests_on_a_basis(folder, more):
    path = folder / "remedies.toml"
    told = path.read_text(encoding="utf-8")
    old = 'kind = "compensation"\nbasis = "P1"'
    new = f'{more}\nbasis = "P1"' if more.startswith("kind") else f"{old}\n{more}"
    path.write_text(told.replace(old, new), encoding="utf-8")

    assert keys(folder) == ["remedy[punitive].basis"]


def test_s2_48_a_pack_names_the_sensitive_days_of_the_year():
    assert str(RETAIL.sensitive_on(date(2025, 3, 15)).title["en"]) == "World Consumer Rights Day"
    assert RETAIL.sensitive_on(date(2025, 3, 16)) is None


@pytest.mark.parametrize("day", ["13-01", "3-15", "15.3.", "02-30"])
def test_s2_48_a_day_that_is_none_is_refused(folder, day):
    add(folder, "lists", f'[[sensitive_day]]\nday = "{day}"\ntitle = {{ zh = "某日", en = "Some day" }}\n')

    assert keys(folder) == ["sensitive_day[4].day"]


def test_s2_48_the_same_day_twice_is_refused(folder):
    add(folder, "lists", '[[sensitive_day]]\nday = "03-15"\ntitle = { zh = "某日", en = "Some day" }\n')

    assert keys(folder) == ["sensitive_day[4].code"]
