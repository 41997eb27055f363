"""Overlays add clocks and letters and tighten limits; what loosens or contradicts is refused at load."""

import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from huiyin.policy.models import PackVersion
from huiyin.policy.packs import loading, store
from huiyin.policy.packs.giving import Limit
from huiyin.policy.packs.overlay import combine
from huiyin.policy.packs.problems import PackError
from huiyin.policy.working_time import Span, Unit

AT = datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
HEAD = """
code = "{code}"
kind = "overlay"
title = {{ zh = "叠加", en = "Overlay" }}
version = "1"
in_force_from = 2019-01-01
extends = ["retail"]
"""
RESPONSE = """
[[clock]]
code = "first_response"
kind = "stage"
state = "received"
title = { zh = "首次响应", en = "First response" }
span = { qty = 60, unit = "minute" }
target = { qty = 30, unit = "minute" }
"""
MEDIATION = """
[[clock]]
code = "mediation"
kind = "legal"
title = { zh = "调解(法定)", en = "Mediation (statutory)" }
start_event = "external.filed"
ends_on = ["external.concluded"]
span = { qty = 60, unit = "natural_day" }
source = "市场监督管理投诉举报处理办法"
evidence = "S"
statutory = true
"""


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def retail():
    return loading.load_folder(loading.DATA / "retail")


@pytest.fixture
def write(tmp_path):
    def written(code="overlay", pick="", **files):
        folder = tmp_path / code
        folder.mkdir()
        for file, text in {"pack": HEAD.format(code=code) + pick, **files}.items():
            (folder / f"{file}.toml").write_text(text, encoding="utf-8")
        return folder

    return written


def laid_on(base, *folders):
    return combine(base, [loading.load_folder(folder) for folder in folders])


def refused(base, *folders):
    with pytest.raises(PackError) as caught:
        laid_on(base, *folders)
    return [f"{problem.file} {problem.key}" for problem in caught.value.problems]


def test_an_overlay_adds_its_clocks_letters_and_events(retail, write):
    letter = '[[letter]]\ncode = "holding"\ntitle = { zh = "缓办告知", en = "Holding" }\non = "hearing.held"\n'
    event = '[[event]]\ncode = "hearing.held"\ntitle = { zh = "已开听证会", en = "Hearing held" }\n'
    pack = laid_on(retail, write(clocks=MEDIATION, letters=letter, lists=event))

    assert pack.clock("mediation").span == Span(60, Unit.NATURAL_DAY)
    assert [letter.code for letter in pack.letters][-1] == "holding"
    assert len(pack.clocks) == len(retail.clocks) + 1


def test_an_overlay_tightens_a_clock_a_limit_and_a_setting(retail, write):
    limit = '[[limit]]\nrole = "agent"\nper_case = 300\nperiod_budget = 5000\n'
    pack = laid_on(
        retail, write(clocks=RESPONSE, authority=limit, settings="[investigation]\nmin_evidence_kinds = 3\n")
    )

    assert pack.stage_clock("received", "", AT.date()).span == Span(60, Unit.MINUTE)
    assert [entry.per_case for entry in pack.authority if entry.role == "agent" and entry.remedy == "*"] == [300]
    assert pack.settings.min_evidence_kinds == 3
    assert pack.settings.loop_max_rounds == retail.settings.loop_max_rounds


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("clocks", RESPONSE.replace("60", "180"), "clock[first_response].span"),
        ("clocks", RESPONSE.replace('target = { qty = 30, unit = "minute" }\n', ""), "clock[first_response].target"),
        ("clocks", RESPONSE.replace('unit = "minute"', 'unit = "service_minute"'), "clock[first_response].calendar"),
        ("clocks", RESPONSE.replace("received", "acknowledged"), "clock[first_response].state"),
        ("clocks", RESPONSE.replace("first_response", "second_response"), "clock[second_response].state"),
        (
            "clocks",
            RESPONSE + 'pause_events = ["message.out"]\nresume_events = ["message.in"]\n',
            "clock[first_response].pause_events",
        ),
        ("clocks", MEDIATION + 'categories = ["dinner"]\n', "clock[mediation].categories"),
        ("authority", '[[limit]]\nrole = "agent"\nper_case = 501\nperiod_budget = 1000\n', "limit[agent *].per_case"),
        ("authority", '[[limit]]\nrole = "agent"\nper_case = 500\n', "limit[agent *].period_budget"),
        (
            "authority",
            '[[limit]]\nrole = "agent"\nper_case = 1\nperiod_days = 7\nperiod_budget = 9\n',
            "limit[agent *].period_budget",
        ),
        (
            "authority",
            '[[limit]]\nrole = "agent"\nremedy = "punitive"\nper_case = 1\n',
            "limit[agent punitive].per_case",
        ),
        ("authority", '[[limit]]\nrole = "handler"\nper_case = 1\n', "limit[handler *]"),
        ("settings", "[investigation]\nmin_evidence_kinds = 1\n", "investigation.min_evidence_kinds"),
        ("settings", "[loop]\nmax_rounds = 2\n", "loop.max_rounds"),
        ("settings", '[media]\nescalation = "supervisor_decides"\n', "media.escalation"),
    ],
)
def test_an_overlay_that_loosens_is_refused(retail, write, file, text, key):
    assert f"overlay/{file}.toml {key}" in refused(retail, write(**{file: text}))


def test_a_tight_mode_of_approval_may_be_added_but_not_lifted(retail, write):
    strict = write(settings='[approval]\nmode = "all_before"\n')
    enterprise = loading.load_folder(loading.DATA / "enterprise_8_steps")
    lifted = write("lift", settings='[approval]\nmode = "within_authority_post_review"\n')
    change = (lifted / "pack.toml").read_text(encoding="utf-8").replace('"retail"', '"enterprise_8_steps"')
    (lifted / "pack.toml").write_text(change, encoding="utf-8")

    assert laid_on(retail, strict).settings.approval_mode == "all_before"
    assert refused(enterprise, lifted) == ["lift/settings.toml approval.mode"]


def test_two_overlays_that_contradict_each_other_are_refused(retail, write):
    shorter = RESPONSE.replace("qty = 60", "qty = 45")

    assert refused(retail, write("a", clocks=RESPONSE), write("b", clocks=shorter)) == ["b/clocks.toml first_response"]


def test_two_overlays_that_agree_are_laid_together(retail, write):
    pack = laid_on(retail, write("a", clocks=RESPONSE), write("b", clocks=RESPONSE + MEDIATION))

    assert pack.clock("first_response").span == Span(60, Unit.MINUTE)
    assert pack.clock("mediation").statutory


def test_an_overlay_has_no_remedies_and_no_zone(write):
    with pytest.raises(PackError) as caught:
        loading.load_folder(write(remedies=""))

    assert [problem.file for problem in caught.value.problems] == ["remedies.toml"]


@pytest.mark.django_db
def test_a_conflict_is_found_when_the_overlay_is_loaded_and_nothing_is_stored(write):
    store.load_shipped(at=AT)
    loose = write(clocks=RESPONSE.replace("60", "180"))

    with pytest.raises(PackError):
        store.load(loose, at=AT)

    assert not PackVersion.objects.filter(kind="overlay").exists()


@pytest.mark.django_db
def test_a_conflict_is_found_when_a_new_base_no_longer_fits_an_overlay_in_force(write, tmp_path):
    store.load_shipped(at=AT)
    store.load(write(clocks=RESPONSE), at=AT)
    base = shutil.copytree(loading.DATA / "retail", tmp_path / "new")
    for file, old, new in (
        ("pack", "2026.1", "2026.2"),
        ("clocks", "qty = 120,", "qty = 40,"),
        ("clocks", "qty = 60,", "qty = 20,"),
    ):
        text = (base / f"{file}.toml").read_text(encoding="utf-8")
        (base / f"{file}.toml").write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(PackError) as caught:
        store.load(base, at=AT)

    assert caught.value.problems[0].key == "clock[first_response].span"


@pytest.mark.django_db
def test_an_overlay_is_picked_by_its_rule_and_combined_with_its_base(write):
    store.load_shipped(at=AT)
    version = store.load(write(pick='\n[[pick]]\nchannels = ["authority"]\n', clocks=MEDIATION), at=AT)

    picked = store.pick(AT, channel="authority")
    pack = store.combined(picked.base.pk, [overlay.pk for overlay in picked.overlays])

    assert picked.overlays == (version,)
    assert store.pick(AT, channel="phone").overlays == ()
    assert pack.clock("mediation").statutory
    assert store.combined(picked.base.pk) == store.parsed(picked.base.pk)


def test_a_limit_shows_its_amount():
    assert str(Limit("leader", "*", None, 30, None)) == "∞"
