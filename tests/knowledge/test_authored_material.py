"""The words that come with the product: enough of them, well-formed, each code once, slots as the text has them."""

import csv
import re
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

import huiyin.knowledge

DATA = Path(huiyin.knowledge.__file__).parent / "data"
SENTENCES = Path(__file__).parent / "data" / "agent_sentences.tsv"
SLOT = re.compile(r"\{([^{}\s]+)\}")
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
REQUIREMENT = re.compile(r"S[0-4]-\d{2,3}")
NUMBER = re.compile(r"(?<!\d)\d{3,}(?!\d| 年)")
PUBLIC_NUMBERS = {"110", "119", "120", "12356"}
CATEGORIES = set("stiff shirking blaming rebutting impatient excusing disparaging threatening buck_passing".split())


def entries(kind):
    """Every entry of a kind, from its folder or its one file."""
    paths = sorted((DATA / f"{kind}s").glob("*.toml")) or [DATA / f"{kind}.toml"]
    return [one for path in paths for one in tomllib.loads(path.read_text(encoding="utf-8"))[kind]]


def words(value):
    """Every text inside an entry; the ids of requirements are none of them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [part for name, part in value.items() if name not in ("requirement", "source")]
    return [text for part in value for text in words(part)]


def numbers(texts):
    return {number for text in texts for number in NUMBER.findall(text)}


@pytest.fixture(scope="module")
def sentences():
    with SENTENCES.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(("kind", "least"), [("script", 200), ("card", 60), ("playbook", 24), ("advice", 80)])
def test_there_are_as_many_entries_as_the_brief_asks_for(kind, least):
    assert len(entries(kind)) >= least


@pytest.mark.parametrize("kind", ["script", "card", "playbook"])
def test_every_code_stands_once_and_every_text_once(kind):
    found = entries(kind)

    assert [one["code"] for one in found if not CODE.fullmatch(one["code"])] == []
    for field in ("code", "title"):
        assert [value for value, times in Counter(one[field] for one in found).items() if times > 1] == []


@pytest.mark.parametrize("kind", ["script", "card", "playbook"])
def test_every_entry_names_the_requirements_it_serves(kind):
    assert [one["code"] for one in entries(kind) if not one["requirement"]] == []
    assert [id for one in entries(kind) for id in one["requirement"] if not REQUIREMENT.fullmatch(id)] == []


def test_s0_12_the_slots_of_a_script_are_those_of_its_words():
    wrong = [one["code"] for one in entries("script") if one["slots"] != list(dict.fromkeys(SLOT.findall(one["text"])))]

    assert wrong == []
    assert sum(bool(one["slots"]) for one in entries("script")) >= 200
    assert any({"scene", "impact"} <= set(one["slots"]) for one in entries("script") if one["step"] == "soothe")


def test_no_two_scripts_say_the_same():
    assert [text for text, times in Counter(one["text"] for one in entries("script")).items() if times > 1] == []


def test_s0_32_milk_powder_for_a_child_has_words_of_its_own():
    assert [one["code"] for one in entries("script") if "奶粉" in one["title"]] == ["soothe-milk-powder"]


def test_s1_05_the_offer_of_help_is_a_step_of_its_own():
    assert sum(one["step"] == "offer_help" for one in entries("script")) >= 3


def test_s1_02_a_first_answer_names_the_time_of_the_next():
    assert [
        one["code"] for one in entries("script") if one["step"] == "acknowledge" and "deadline" not in one["slots"]
    ] == []


def test_s3_31_a_refusal_to_the_customer_leaves_another_way_open():
    refusals = [one for one in entries("script") if one["step"] == "refuse"]

    assert sum("option" in one["slots"] for one in refusals) >= 8
    assert any("{option}" in one["text"] and "{reason}" in one["text"] for one in refusals)


def test_scripts_say_您_and_never_what_the_speaker_feels():
    spoken = [(one["code"], one["text"]) for one in entries("script")]

    assert [code for code, text in spoken if re.search(r"你(?!们)|我觉得|我认为|我感觉", text)] == []


def test_s4_35_a_farewell_ends_with_one():
    assert [
        one["code"] for one in entries("script") if one["step"] == "farewell" and not one["text"].endswith("再见。")
    ] == []


def test_s0_36_the_words_to_be_recited_stand_on_the_card_for_hostility_alone():
    reciting = [one["moment"] for one in entries("card") if "客户的不满是对事不对人" in one["text"]]

    assert reciting == ["hostile"]


def test_a_card_is_short_and_says_what_to_do_and_what_not():
    found = entries("card")

    assert [one["code"] for one in found if not 3 <= len(one["text"].splitlines()) <= 6] == []
    assert [one["code"] for one in found if not one["do"] or not one["avoid"]] == []


def test_s2_14_the_six_taboos_are_on_a_card_to_be_read_before_contact():
    cards = [one for one in entries("card") if "S2-14" in one["requirement"]]

    assert [one["moment"] for one in cards] == ["before_contact"]


@pytest.mark.parametrize("caller", ["media", "rights", "harassment", "help"])
def test_s2_42_s2_48_special_callers_have_playbooks_for_more_than_one_scene(caller):
    found = [one for one in entries("playbook") if one["caller"] == caller]

    assert len({one["scene"] for one in found}) >= 3
    assert any(one["scene"] == "any" for one in found)


def test_s2_48_the_leader_is_told_of_the_press_at_once():
    told = [one for one in entries("playbook") if one["caller"] == "media"]

    assert [one["code"] for one in told if "leader" not in one["notify"] or one["steps"][0]["within"] != "立即"] == []


def test_a_playbook_is_whole_and_its_holding_words_are_a_script():
    scripts = {one["code"] for one in entries("script")}
    found = entries("playbook")

    assert [one["code"] for one in found if one["hold_script"] not in scripts] == []
    assert [one["code"] for one in found if not one["must_not"] or not one["counter_measures"]] == []
    assert [
        one["code"] for one in found if not set(one["notify"]) <= {"supervisor", "leader"} or not one["notify"]
    ] == []
    assert [
        one["code"] for one in found for step in one["steps"] if not (step["text"] and step["who"] and step["within"])
    ] == []


def test_a_number_to_call_is_a_public_one_and_has_its_source():
    for one in entries("playbook"):
        said = numbers(words(one))
        assert said <= PUBLIC_NUMBERS, one["code"]
        assert said <= numbers(line for line in one["counter_measures"] if line.startswith("依据：")), one["code"]
    crisis = next(one for one in entries("playbook") if one["scene"] == "crisis")
    assert {"110", "120", "12356"} <= numbers(words(crisis))


@pytest.mark.parametrize("kind", ["script", "card", "advice"])
def test_no_other_number_to_call_is_named(kind):
    assert numbers(text for one in entries(kind) for text in words(one)) <= PUBLIC_NUMBERS


def test_s2_13_every_purpose_meets_every_matter_and_every_character():
    found = entries("advice")
    keys = [(one["content"], one["purpose"], one["personality"]) for one in found]
    contents, purposes, characters = ({key[part] for key in keys} - {"any"} for part in range(3))

    assert [key for key, times in Counter(keys).items() if times > 1] == []
    assert [pair for c in contents for p in purposes if (*(pair := (c, p)), "any") not in keys] == []
    assert [pair for p in purposes for k in characters if ("any", *(pair := (p, k))) not in keys] == []
    assert ("any", "any", "any") in keys
    assert [one for one in found if one["source"] != "authored" and not REQUIREMENT.fullmatch(one["source"])] == []


def test_the_sentences_for_judging_the_coach_are_many_and_balanced(sentences):
    by_category = Counter((one["category"], one["good_or_bad"]) for one in sentences)

    assert len(sentences) >= 600
    assert set(by_category) == {(category, side) for category in CATEGORIES for side in ("good", "bad")}
    assert all(count >= 36 for count in by_category.values())
    assert sum(one["good_or_bad"] == "bad" for one in sentences) * 2 == len(sentences)
    assert {one["turn"] for one in sentences} == {"first", "any", "last"}


def test_no_two_sentences_for_judging_the_coach_are_nearly_the_same(sentences):
    texts = [one["text"] for one in sentences]
    pairs = [frozenset(text[at : at + 2] for at in range(len(text) - 1)) for text in texts]

    assert len(set(texts)) == len(texts)
    assert all(6 <= len(text) <= 150 for text in texts)
    near = [
        (a, b)
        for a, b in combinations(range(len(texts)), 2)
        if len(pairs[a] & pairs[b]) > 0.6 * min(len(pairs[a]), len(pairs[b]))
    ]
    assert near == []
