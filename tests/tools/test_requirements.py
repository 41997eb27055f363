"""The page of the requirements is read off the names of the tests."""

from tools import requirements
from tools.environment import ROOT
from tools.requirements import ADVISORY, MET, NOT_YET


def house(tmp_path, *rows, tests="", material=""):
    """A small house with these rows of the list, this file of tests and this authored material."""
    for folder in ("docs", "tests", requirements.MATERIAL):
        (tmp_path / folder).mkdir(parents=True)
    lines = ["id\tkind\tcapability\twaits_for\trequirement\tcheck", *rows]
    (tmp_path / requirements.LIST).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "tests/test_some.py").write_text(tests, encoding="utf-8")
    (tmp_path / requirements.MATERIAL / "cards.toml").write_text(material, encoding="utf-8")
    return {row.id: row for row in requirements.rows(tmp_path)}


def test_a_requirement_is_met_by_a_test_that_carries_its_id(tmp_path):
    found = house(
        tmp_path,
        "S0-09\tR\tC01\t\tDemands\t",
        "S0-10\tR\tC03\t\tRoutes\t",
        "S4-101\tR\tC21\t\tOrders\t",
        tests="def test_s0_09_and_s4_101_hold():\n    pass\n\n\ndef helper_s0_10():\n    pass\n",
    )

    assert {id: row.status for id, row in found.items()} == {"S0-09": MET, "S0-10": NOT_YET, "S4-101": MET}
    assert found["S0-09"].tests == (("tests/test_some.py", "test_s0_09_and_s4_101_hold"),)


def test_a_number_that_only_begins_alike_is_another_requirement(tmp_path):
    found = house(tmp_path, "S4-10\tS\tC14\t\tTone\t", tests="def test_s4_101_orders():\n    pass\n")

    assert found["S4-10"].status == NOT_YET


def test_a_soft_skill_with_material_and_no_test_is_advisory(tmp_path):
    found = house(
        tmp_path,
        "S2-44\tS\tC13\t\tAttitude\t",
        "S2-10\tR\tC07\t\tA rule\t",
        material='[[card]]\nrequirement = ["S2-44", "S2-10"]\n',
    )

    assert (found["S2-44"].status, found["S2-10"].status) == (ADVISORY, NOT_YET)


def test_what_waits_for_another_room_is_not_met_and_says_so(tmp_path):
    found = house(
        tmp_path,
        "S1-03\tR\tC13\tcalls\tWarm\t",
        "S2-43\tR\tC13\tpart: talk time waits for calls\tView\t",
        tests="def test_s1_03_s2_43():\n    pass\n",
    )

    assert (found["S1-03"].status, found["S2-43"].status) == (NOT_YET, MET)
    assert "*waits: calls*" in requirements.line(found["S1-03"])


def test_all_338_requirements_are_listed_once_and_the_page_is_fresh():
    found = requirements.rows(ROOT)

    assert len({row.id for row in found}) == len(found) == 338
    assert (ROOT / requirements.PAGE).read_text(encoding="utf-8") == requirements.as_page(found)
