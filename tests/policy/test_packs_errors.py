"""A pack that is wrong anywhere is refused whole, and every error is told with file, key and what is allowed."""

import copy
import shutil

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.policy.packs import loading
from huiyin.policy.packs.problems import PackError
from huiyin.policy.packs.schema import Pack

EVERY_STATE = '[[profile]]\ncode = "own"\ntitle = { zh = "自有", en = "Own" }\n'


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(loading.DATA / "retail", tmp_path / "shop")


def problems_of(folder):
    with pytest.raises(PackError) as refused:
        loading.load_folder(folder)
    return refused.value.problems


def change(folder, file, old, new):
    path = folder / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(folder, file, text):
    with (folder / f"{file}.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n" + text)


CLOCK = '[[clock]]\ncode = "extra"\nkind = "case"\ntitle = { zh = "另计", en = "Extra" }\n'
CLOCK += 'start_event = "entered.received"\n'
CLOCK += 'ends_on = ["entered.closed"]\n'
DAYS = 'span = { qty = 5, unit = "natural_day" }\n'
HOURS = 'span = { qty = 5, unit = "hour" }\n'


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "allowed"),
    [
        ("pack", 'zone = "Asia/Shanghai"', 'zone = "Asia/Nowhere"', "zone", "Asia/Shanghai"),
        ("pack", 'currency = "CNY"', 'currency = "yuan"', "currency", "CNY"),
        ("pack", 'escalate_to = "supervisor"', 'escalate_to = "boss"', "escalate_to", "supervisor"),
        ("pack", '"09:00-12:00", "13:00-21:00"', '"09:00-14:00", "13:00-21:00"', "service_hours.monday", ""),
        ("pack", "warn_marks = [50, 75, 90]", "warn_marks = [90, 50]", "warn_marks", "1 … 99"),
        ("settings", 'mode = "within_authority_post_review"', 'mode = "never"', "approval.mode", "all_before"),
        ("settings", "max_rounds = 3", "max_rounds = 30", "loop.max_rounds", "1 … 9"),
        ("settings", "max_rounds = 3", "maximum = 3", "loop.maximum", "loop.max_rounds"),
        ("settings", "cutoff = 16:00:00", "cutoff = 18:00:00", "ack.cutoff", "< 18:00"),
        ("settings", "days = 3", "days = 9", "contact.days", "1 … 3"),
        ("settings", 'default = "six_step"', 'default = "trading"', "profile.default", "six_step"),
        ("profiles", '"six_step"', '"seven_step"', "use", "trading"),
        (
            "categories",
            'department = "warehouse"',
            'department = "garage"',
            "category[quality.missing].department",
            "warehouse",
        ),
        ("categories", 'code = "quality.damage"', 'code = "Quality damage"', "category[Quality damage].code", "a-z"),
        ("categories", 'code = "quality.damage"', 'code = "qualty.damage"', "category[qualty.damage].code", "quality"),
        (
            "categories",
            'side = "customer"',
            'side = "nobody"',
            "problem_type[defect].cause[misuse].side",
            "third_party",
        ),
        ("remedies", 'level = "standard"\n', "", "remedy[full_refund].level", "value_added"),
        ("remedies", 'kind = "return"', 'kind = "gift"', "remedy[full_refund].kind", "price_cut"),
        (
            "remedies",
            'proof_kinds = ["tracking_number"]',
            'proof_kinds = ["a_word"]',
            "remedy[exchange].proof_kinds",
            "coupon_code",
        ),
        ("remedies", "cost = 30", "cost = -1", "goodwill[priority_card].cost", "0 …"),
        ("remedies", "cost = 30", "cost = 30.005", "goodwill[priority_card].cost", "0.01"),
        ("authority", 'role = "supervisor"', 'role = "king"', "limit[5].role", "leader"),
        ("authority", "period_budget = 10000", "period_budget = 100", "limit[1].period_budget", "500 …"),
        ("authority", "unlimited = true", "", "limit[7].per_case", "0 …"),
        ("authority", 'remedy = "punitive"', 'remedy = "bribe"', "limit[2].remedy", "coupon"),
        (
            "letters",
            'on = "entered.acknowledged"',
            'on = "entered.heaven"',
            "letter[acknowledgement].on",
            "entered.closed",
        ),
        ("clocks", 'state = "approving"', 'state = "sleeping"', "clock[approval].state", "approving"),
        ("clocks", 'unit = "minute"', 'unit = "moment"', "clock[first_response].span", "service_hour"),
        ("clocks", "qty = 120", "qty = 0", "clock[first_response].span", "qty"),
        ("clocks", "qty = 60,", "qty = 600,", "clock[first_response].target", ""),
        ("clocks", 'evidence = "V"', 'evidence = "hearsay"', "clock[no_reason_return].evidence", "design"),
        (
            "clocks",
            'start_event = "delivery.signed"',
            'start_event = "delivery.lost"',
            "clock[no_reason_return].start_event",
            "delivery.signed",
        ),
        ("clocks", 'source = "S0-02"', "statutory = true", "clock[first_response].statutory", "false"),
        ("clocks", 'resume_events = ["appraisal.finished"]\n', "", "clock[investigation].resume_events", ""),
        ("lists", "front = true", "front = false", "department", "front = true"),
        ("lists", 'code = "finance"', 'code = "quality"', "department[quality].code", ""),
    ],
)
def test_one_wrong_value_is_named_by_file_and_key_with_what_is_allowed(folder, file, old, new, key, allowed):
    change(folder, file, old, new)

    found = [problem for problem in problems_of(folder) if problem.key == key]

    assert [problem.file for problem in found] == [f"{file}.toml"]
    assert allowed in found[0].allowed
    assert found[0].wrong


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (CLOCK + 'span = { qty = 5, unit = "natural_day" }\ncalendar = "working"\n', "calendar"),
        (CLOCK + DAYS + 'target = { qty = 24, unit = "hour" }\n', "target"),
        (CLOCK + DAYS + 'target = { qty = 3, unit = "working_day" }\n', "target"),
        (CLOCK + 'span = { qty = 1, unit = "hour", days = 2 }\n', "span"),
        (CLOCK + 'span = "2 days 3 hours"\n', "span"),
        (
            CLOCK + HOURS + 'extension = { most = 1, span = { qty = 1, unit = "working_day" }, approver = "leader" }\n',
            "extension",
        ),
        (CLOCK + HOURS + 'roll = "next_working_day"\n', "roll"),
        (CLOCK + HOURS + "count_start_day = true\n", "roll"),
    ],
)
def test_eng_02_mixing_units_is_refused_at_load(folder, text, key):
    add(folder, "clocks", text)

    assert f"clock[extra].{key}" in [problem.key for problem in problems_of(folder)]


def test_a_clock_nobody_has_confirmed_cannot_be_statutory(folder):
    add(folder, "clocks", CLOCK + DAYS + 'evidence = "G"\nstatutory = true\nsource = "somewhere"\n')

    (problem,) = problems_of(folder)

    assert (problem.key, problem.allowed) == ("clock[extra].statutory", "false")


def test_a_clock_that_is_not_statutory_cannot_be_named_so(folder):
    add(folder, "clocks", CLOCK.replace("另计", "法定期限") + DAYS)

    assert [problem.key for problem in problems_of(folder)] == ["clock[extra].title"]


def test_two_clocks_for_one_state_are_refused_and_a_narrower_one_wins(folder):
    stage = '[[clock]]\ncode = "{}"\nkind = "stage"\nstate = "approving"\ntitle = {{ zh = "急", en = "Urgent" }}\n'
    add(folder, "clocks", stage.format("urgent") + HOURS + 'categories = ["quality.safety"]\n')
    pack = loading.load_folder(folder)

    assert pack.stage_clock("approving", "quality.safety", pack.in_force_from).code == "urgent"
    assert pack.stage_clock("approving", "quality.fault", pack.in_force_from).code == "approval"

    add(folder, "clocks", stage.format("again") + HOURS)
    assert [problem.key for problem in problems_of(folder)] == ["clock[again].state"]


def test_all_errors_of_all_files_are_told_at_once(folder):
    change(folder, "pack", 'currency = "CNY"', 'currency = "yuan"')
    change(folder, "settings", "max_rounds = 3", "max_rounds = 30")
    change(folder, "remedies", 'level = "standard"\n', "")
    change(folder, "authority", 'role = "supervisor"', 'role = "king"')

    found = problems_of(folder)

    assert {problem.file for problem in found} == {"pack.toml", "settings.toml", "remedies.toml", "authority.toml"}
    assert len(found) == 4


def test_a_file_that_is_no_toml_is_told_beside_the_errors_of_the_others(folder):
    (folder / "letters.toml").write_text("[[letter", encoding="utf-8")
    change(folder, "pack", 'currency = "CNY"', 'currency = "yuan"')

    assert [problem.file for problem in problems_of(folder)] == ["letters.toml", "pack.toml"]


def test_a_broken_list_of_departments_is_not_blamed_on_the_categories(folder):
    (folder / "lists.toml").write_bytes(b"\xff\xfe")

    assert {problem.file for problem in problems_of(folder)} == {"lists.toml"}


def test_a_folder_without_a_pack_and_an_unknown_file_are_refused(folder, tmp_path):
    assert problems_of(tmp_path)[0].file == "pack.toml"

    (folder / "states.toml").write_text("", encoding="utf-8")
    assert problems_of(folder)[0].file == "states.toml"


@pytest.mark.parametrize("table", ["[[move]]", "[[state]]", "[transition]"])
def test_decision_2_a_pack_cannot_state_transitions(folder, table):
    add(folder, "lists", f'{table}\ncode = "closed"\n')

    assert [problem.wrong for problem in problems_of(folder)] == ["This key is unknown."]


def test_the_error_can_be_read_in_english_and_in_chinese(folder):
    change(folder, "settings", "max_rounds = 3", "max_rounds = 30")
    with pytest.raises(PackError) as refused:
        loading.load_folder(folder)

    with translation.override("en"):
        assert (
            str(refused.value).splitlines()[1]
            == "settings.toml: loop.max_rounds: 30 is not allowed here. Allowed: 1 … 9"
        )
    with translation.override("zh-hans"):
        assert str(refused.value).splitlines()[1] == "settings.toml：loop.max_rounds：这里不能写 30。允许：1 … 9"


def test_a_profile_that_forgets_a_state_is_refused(folder):
    add(
        folder,
        "profiles",
        EVERY_STATE + '[[profile.step]]\ncode = "all"\ntitle = { zh = "全", en = "All" }\nstates = ["received"]\n',
    )

    assert len(problems_of(folder)) == 12


# Any value in any place: a pack is read, or refused with PackError, and nothing else happens.
RETAIL = loading.read_folder(loading.DATA / "retail")[1]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=8),
    st.floats(allow_nan=False).map(str),
    st.lists(
        st.one_of(st.integers(), st.text(max_size=4), st.dictionaries(st.text(max_size=4), st.integers())), max_size=3
    ),
    st.dictionaries(
        st.sampled_from(["code", "qty", "unit", "zh", "en", "x"]), st.one_of(st.integers(), st.text(max_size=4))
    ),
)


def _places(value, path=()):
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in children:
        yield from _places(inner, (*path, key))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_value_in_any_place_is_read_or_refused_but_never_crashes(data):
    documents = copy.deepcopy(RETAIL)
    place = data.draw(st.sampled_from([path for path in _places(documents) if len(path) > 1]))
    target = documents
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = data.draw(VALUES)

    try:
        outcome = loading.parse(documents, name="shop")
    except PackError as refused:
        outcome = refused

    assert isinstance(outcome, Pack) or (outcome.problems and str(outcome))
