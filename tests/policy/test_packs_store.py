"""Packs in the database: whole or not at all, once by content, in force by date, read from memory."""

import shutil
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiyin.policy.models import PackVersion
from huiyin.policy.packs import loading, store
from huiyin.policy.packs.problems import PackError

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(loading.DATA / "retail", tmp_path / "shop")


def change(folder, file, old, new):
    path = folder / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def newer(folder, version, **changes):
    """Write the folder as a new version with these lines of pack.toml changed."""
    change(folder, "pack", 'version = "2026.1"', f'version = "{version}"')
    for old, new in changes.items():
        change(folder, "pack", f"{old} = 2019-01-01", f"{old} = {new}")


def test_loading_the_same_content_twice_gives_the_same_version(folder):
    first = store.load(folder, at=AT)
    change(folder, "clocks", "# 全程时限", "# 只是注释")

    assert store.load(folder, at=AT + timedelta(days=1)) == first
    assert PackVersion.objects.count() == 1
    assert first.loaded_at == AT


def test_eng_13_a_version_cannot_get_another_content(folder):
    store.load(folder, at=AT)
    change(folder, "settings", "max_rounds = 3", "max_rounds = 4")

    with pytest.raises(store.PackVersionTaken):
        store.load(folder, at=AT)


def test_a_broken_pack_leaves_nothing_behind(folder):
    change(folder, "letters", 'on = "entered.acknowledged"', 'on = "entered.heaven"')

    with pytest.raises(PackError):
        store.load(folder, at=AT)

    assert not PackVersion.objects.exists()


def test_a_pack_is_in_force_from_midnight_in_its_zone(folder):
    newer(folder, "2026.2", in_force_from="2026-04-01")
    old, new = store.load(loading.DATA / "retail", at=AT), store.load(folder, at=AT)
    midnight = datetime(2026, 4, 1, tzinfo=SHANGHAI)

    assert store.current("retail", midnight - timedelta(seconds=1)) == old
    assert store.current("retail", midnight) == new


def test_a_pack_without_a_date_is_in_force_from_its_loading(folder):
    change(folder, "pack", "in_force_from = 2019-01-01\n", "")
    loaded = store.load(folder, at=AT)

    assert store.current("retail", AT) == loaded
    with pytest.raises(store.NoPackInForce):
        store.current("retail", AT - timedelta(seconds=1))


def test_a_pack_with_an_end_is_in_force_until_that_day_is_over(folder):
    newer(folder, "2026.3", in_force_from="2026-01-01\nin_force_to = 2026-03-31")
    store.load(folder, at=AT)
    over = datetime(2026, 4, 1, tzinfo=SHANGHAI)

    assert store.current("retail", over - timedelta(seconds=1)).version == "2026.3"
    with pytest.raises(store.NoPackInForce):
        store.current("retail", over)


def test_of_two_packs_with_one_date_the_one_loaded_last_is_in_force(folder):
    store.load(loading.DATA / "retail", at=AT)
    newer(folder, "2026.4")
    corrected = store.load(folder, at=AT + timedelta(hours=1))

    assert store.current("retail", AT) == corrected


def test_what_comes_back_from_the_database_is_what_the_folder_says(folder):
    version = store.load(folder, at=AT)
    store.parsed.cache_clear()

    assert store.parsed(version.pk) == loading.load_folder(folder)


def test_a_pack_read_once_needs_no_further_query(folder, django_assert_num_queries):
    version = store.load(folder, at=AT)
    store.parsed.cache_clear()

    with django_assert_num_queries(1):
        for _time in range(30):
            store.parsed(version.pk)


def test_an_id_stands_for_one_content_in_every_database(folder):
    version = store.load(folder, at=AT)

    assert version.pk == int(version.content_hash[:13], 16)
    assert version.pk < 2**53


def test_the_shipped_packs_load_and_the_shop_takes_a_case(folder):
    loaded = store.load_shipped(at=AT)

    assert [version.code for version in loaded] == list(store.SHIPPED)
    assert store.pick(AT, channel="phone").base.code == "retail"


def test_a_newer_product_brings_changed_packs_without_refusing_to_start(folder, monkeypatch):
    before = store.load_shipped(at=AT)
    shutil.copytree(loading.DATA, folder.parent / "data", dirs_exist_ok=True)
    change(folder.parent / "data" / "retail", "settings", "max_rounds = 3", "max_rounds = 4")
    monkeypatch.setattr(loading, "DATA", folder.parent / "data")

    after = store.load_shipped(at=AT + timedelta(days=1))

    assert after[1:] == before[1:]
    assert after[0].version == f"2026.1-{after[0].content_hash[:6]}"
    assert store.parsed(store.current("retail", AT).pk).settings.loop_max_rounds == 4
    assert store.parsed(before[0].pk).settings.loop_max_rounds == 3


def test_a_version_loaded_once_stays_readable_when_more_is_asked_for_later(folder):
    version = store.load(folder, at=AT)
    del version.content["clocks"]["clock"][0]
    version.save()
    store.parsed.cache_clear()

    assert len(store.parsed(version.pk).clocks) == len(loading.load_folder(folder).clocks) - 1
    store.parsed.cache_clear()


def test_decision_2_a_rule_picks_the_pack_by_channel_category_and_jurisdiction(folder):
    store.load_shipped(at=AT)
    for line in ('channels = ["authority"]', 'channels = ["authority"]\ncategories = ["quality"]'):
        number = line.count("\n")
        copy = shutil.copytree(folder, folder.parent / f"rule{number}")
        change(copy, "pack", 'code = "retail"', f'code = "retail_{number}"')
        with (copy / "pack.toml").open("a", encoding="utf-8") as stream:
            stream.write(f"\n[[pick]]\n{line}\n")
        store.load(copy, at=AT)

    def picked(**case):
        return store.pick(AT, **case).base.code

    assert picked(channel="authority", category="quality.damage") == "retail_1"
    assert picked(channel="authority", category="service") == "retail_0"
    assert picked(channel="phone", category="quality.damage") == "retail"


def test_a_case_without_any_pack_is_refused():
    with pytest.raises(store.NoPackFits):
        store.pick(AT, channel="phone")
