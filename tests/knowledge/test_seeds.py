"""What comes with the product: every file can be read, and says what it should."""

import re
from collections import Counter

import pytest

from huiyin.knowledge import seeds, vocabulary
from huiyin.knowledge.kinds import SHAPES
from huiyin.knowledge.seeds import SeedError
from huiyin.knowledge.slots import SLOTS
from huiyin.people.roles import Role


@pytest.fixture(scope="module")
def shipped():
    return seeds.shipped()


def test_every_shipped_file_can_be_read(shipped):
    assert len(shipped) == len({(seed.kind, seed.code) for seed in shipped})
    assert {seed.kind.value for seed in shipped} >= {"fact"}


def test_every_shipped_entry_is_filed_where_a_case_can_find_it(shipped):
    strange = []
    for seed in shipped:
        shape = SHAPES[seed.kind]
        for name in (shape.topic, shape.scene):
            names = shape.field(name).names if name else None
            code = seed.content[name] if name else ""
            if code not in vocabulary.ANY and code not in (names or {}):
                strange.append(f"{seed.kind} {seed.code}: {name} = {code}")

    assert strange == []


def test_every_shipped_requirement_is_one(shipped):
    wrong = [
        (seed.code, one)
        for seed in shipped
        for one in seed.content["requirement"]
        if not re.fullmatch(r"S[0-4]-\d\d\d?|AMB-\d\d|C\d\d|ENG-\d\d", one)
    ]

    assert wrong == []


def test_s4_68_the_steps_of_the_site_are_told(shipped):
    told = " ".join(seed.content["text"] for seed in shipped if "S4-68" in seed.content["requirement"])

    assert all(word in told for word in ("会员卡", "登录", "兑奖"))


def test_s0_39_every_fact_has_a_source_and_an_end(shipped):
    facts = [seed.content for seed in shipped if seed.kind == "fact"]

    assert len(facts) >= 40
    assert [one["title"] for one in facts if not (one["source"] and one["valid_from"] and one["valid_to"])] == []
    assert Counter(one["topic"] for one in facts)["competitor"] >= 2


def test_slots_that_a_case_fills_are_named_as_the_case_names_them(shipped):
    """A slot spelt nearly like one that is filled would stay open for ever."""
    near = {name.rstrip("s") for name in SLOTS}
    odd = {
        (seed.code, slot)
        for seed in shipped
        if seed.kind == "script"
        for slot in re.findall(r"\{(\w+)\}", seed.content["text"])
        if slot not in SLOTS and slot.lower().rstrip("s") in near
    }

    assert odd == set()


def test_s2_48_every_holding_script_exists_and_whoever_is_told_is_a_role(shipped):
    scripts = {seed.code for seed in shipped if seed.kind == "script"}
    books = {seed.code: seed.content for seed in shipped if seed.kind == "playbook"}

    assert [code for code, book in books.items() if book["hold_script"] and book["hold_script"] not in scripts] == []
    assert {role for book in books.values() for role in book["notify"]} <= set(Role)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("scripts/a.toml", '[[script]]\ncode = "a"\ntitle = "x"\nstep = "soothe"\n', "a: text: "),
        ("scripts/a.toml", '[[script]]\ncode = "a"\nbad = 1\ntitle = "x"\nstep = "soothe"\ntext = "x"\n', "a: bad: "),
        (
            "scripts/a.toml",
            '[[script]]\ncode = "a"\ntitle = "x"\nstep = "soothe"\ntext = "{scene}"\nslots = ["impact"]\n',
            "slots: the words hold scene",
        ),
        ("scripts/a.toml", '[[card]]\ncode = "a"\n', "holds [[script]] alone"),
        ("elsewhere/a.toml", '[[script]]\ncode = "a"\n', "entries stand under"),
        ("scripts/a.toml", "not toml", "scripts/a.toml: "),
        ("phrases/stiff.tsv", "code\tpattern\na\n", "more or fewer columns"),
        ("facts/a.toml", '[[fact]]\ncode = "A B"\n', "code: small letters"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_entry(tmp_path, file, text, said):
    (tmp_path / file).parent.mkdir()
    (tmp_path / file).write_text(text, encoding="utf-8")

    with pytest.raises(SeedError) as refused:
        seeds.shipped(tmp_path)

    assert said in str(refused.value)


def test_a_code_that_stands_twice_is_named(tmp_path):
    for name in ("a", "b"):
        (tmp_path / "scripts").mkdir(exist_ok=True)
        (tmp_path / "scripts" / f"{name}.toml").write_text(
            '[[script]]\ncode = "same"\ntitle = "x"\nstep = "soothe"\ntext = "x"\n', encoding="utf-8"
        )

    with pytest.raises(SeedError, match=r"same: stands in scripts/a\.toml already"):
        seeds.shipped(tmp_path)
