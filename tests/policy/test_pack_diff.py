"""What two packs say differently, in words people can read, and the command that shows it."""

import shutil
from dataclasses import fields
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from huiyin.policy.models import PackVersion
from huiyin.policy.packs import labels, loading, schema, vocabulary
from huiyin.policy.packs.diff import diff


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(loading.DATA / "retail", tmp_path / "shop")


def change(folder, file, old, new):
    path = folder / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder, language="en"):
    changes = diff(loading.load_folder(loading.DATA / "retail"), loading.load_folder(folder))
    with translation.override(language):
        return [change.sentence for change in changes]


def test_a_pack_does_not_differ_from_itself():
    for code in ("retail", "general"):
        pack = loading.load_folder(loading.DATA / code)
        assert diff(pack, pack) == ()


def test_a_changed_clock_is_told_with_its_old_and_new_limit(folder):
    change(folder, "clocks", "qty = 120,", "qty = 90,")

    assert told(folder) == ["Clock First response (first_response), Limit: 2 hours → 1 h 30 min"]


def test_the_difference_can_be_read_in_chinese(folder):
    change(folder, "settings", "max_rounds = 3", "max_rounds = 5")
    change(folder, "authority", "per_case = 500", "per_case = 400")

    assert told(folder, "zh-hans") == ["设置“最多轮次 (loop.max_rounds)”：3 → 5", "授权“agent *”的单案限额：500 → 400"]


def test_added_and_removed_entries_are_told(folder):
    change(folder, "lists", 'code = "weibo"', 'code = "douyin"')

    assert told(folder) == ["Channel Social media (weibo): removed.", "Channel Social media (douyin): added."]


def test_a_name_changed_only_in_the_other_language_is_told_in_both(folder):
    change(folder, "lists", 'zh = "仓库"', 'zh = "中心仓"')

    assert told(folder) == [
        "Department Warehouse (warehouse), What it is called: 仓库 / Warehouse → 中心仓 / Warehouse"
    ]


def test_a_difference_names_its_place_in_the_files(folder):
    change(folder, "clocks", "qty = 120,", "qty = 90,")
    (found,) = diff(loading.load_folder(loading.DATA / "retail"), loading.load_folder(folder))

    assert (found.kind, found.path) == ("changed", "clocks.[first_response].span")


def test_every_field_and_every_word_of_a_pack_has_a_label():
    entries = [
        schema.ClockRule, schema.Category, schema.CauseList, schema.GoodwillItem, schema.Item, schema.Letter,
        schema.Limit, schema.LossBand, schema.PackDepartment, schema.PickRule, schema.Profile, schema.Remedy,
    ]  # fmt: skip
    named = {declared.name for entry in entries for declared in fields(entry)}
    named |= {declared.name for declared in fields(schema.Pack)} - set(labels.SECTIONS) - {"settings_given"}
    values = {
        *vocabulary.CALENDARS,
        *vocabulary.CLOCK_KINDS,
        *vocabulary.SIDES,
        *vocabulary.EVIDENCE,
        *vocabulary.LEVELS,
    }

    assert named - set(labels.FIELDS) == set()
    assert (values | set(vocabulary.END_CONDITIONS)) - set(labels.VALUES) == set()


def run(*arguments):
    out = StringIO()
    call_command("pack", "--language", "en", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_checks_a_folder_and_names_every_error(folder):
    assert run("check", str(folder)).startswith("retail 2026.1 is in order. Clocks: 25,")

    change(folder, "settings", "max_rounds = 3", "max_rounds = 30")
    change(folder, "pack", 'currency = "CNY"', 'currency = "yuan"')
    with pytest.raises(CommandError) as refused:
        run("check", str(folder))

    assert refused.value.returncode == 1
    assert len(str(refused.value).splitlines()) == 3


def test_the_command_tells_a_difference_by_its_exit_code(folder):
    assert run("diff", "retail", str(folder)) == ""

    change(folder, "settings", "max_rounds = 3", "max_rounds = 5")
    with pytest.raises(SystemExit) as different:
        run("diff", "retail", str(folder))

    assert different.value.code == 1


@pytest.mark.parametrize("arguments", [("check", "nowhere"), ("diff", "retail", "nowhere")])
def test_the_command_tells_a_missing_pack_by_its_exit_code(arguments):
    with pytest.raises(CommandError) as missing:
        run(*arguments)

    assert missing.value.returncode == 2


@pytest.mark.django_db
def test_the_command_loads_lists_and_compares_loaded_versions(folder):
    change(folder, "pack", 'version = "2026.1"', 'version = "2026.2"')
    change(folder, "settings", "max_rounds = 3", "max_rounds = 5")
    run("load", "retail")
    run("load", str(folder))
    marks = [(line[:1], line[2:15]) for line in run("list").splitlines()]

    assert PackVersion.objects.count() == 2
    assert marks == [(" ", "retail 2026.1"), ("*", "retail 2026.2")]
    with pytest.raises(SystemExit):
        run("diff", "retail@2026.1", "retail@2026.2")
    with pytest.raises(CommandError):
        run("diff", "retail@2026.1", "retail@1999")
