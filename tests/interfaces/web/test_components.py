"""The design system: complete on its living page, strict to the security policy, readable in both themes."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import opencc
import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from huiyin.interfaces.web import errors, shell
from huiyin.interfaces.web.components import look, pieces, rails, shapes, times
from huiyin.interfaces.web.components.clocks import Clock, chip, words

WEB = Path(shell.__file__).parent
README = (WEB / "templates/components/README.md").read_text()
TOKENS = (WEB / "static/css/tokens.css").read_text()
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2025, 3, 4, 11, 7, tzinfo=SHANGHAI)
FRAMES = ("", "?frame=case", "?frame=page", "?frame=portal", "?frame=print")
LANGUAGES = ("zh-hans", "zh-hant", "en")
# Ink on ground, as the parts use them.
PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "surface", "sunken", "raised")],
    *[(tone, ground) for tone in ("ok", "warn", "bad", "hold", "accent-ink") for ground in ("surface", "paper")],
    *[(tone, f"{tone}-soft") for tone in ("ok", "warn", "bad", "hold")],
    *[(ink, f"{tone}-soft") for ink in ("ink", "ink-2") for tone in ("ok", "warn", "bad", "hold", "accent")],
    ("accent-ink", "accent-soft"),
    ("accent-ink", "sunken"),
    ("accent-ink", "raised"),
    ("bad", "sunken"),
    ("ok", "sunken"),
    ("warn", "sunken"),
    ("on-accent", "accent"),
    ("on-accent", "accent-h"),
    ("note-ink", "note"),
    ("ink", "note"),
    ("ink-2", "accent-soft"),
    ("surface", "bad"),
]


def tokens(start: str) -> dict[str, str]:
    block = TOKENS[TOKENS.index(start) :]
    return dict(re.findall(r"--([\w-]+):([^;]+);", block[: block.index("\n}")]))


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def said(template: str, **context: object) -> str:
    drawn = Template("{% load huiyin %}" + template).render(Context({"now": NOW, **context}))
    return re.sub(r"<[^>]+>", "", drawn)


@pytest.mark.parametrize("theme", [":root,[data-theme=light]{", "[data-theme=dark]{"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_pair_is_readable_in_both_themes(theme, ink, ground):
    colours = tokens(":root,[data-theme=light]{") | tokens(theme)
    light, dark = sorted((brightness(colours[ink]), brightness(colours[ground])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_reader_who_follows_the_system_gets_the_same_dark():
    assert tokens("[data-theme=system]{") == tokens("[data-theme=dark]{")


def test_every_component_described_stands_on_the_living_page(client):
    described = set(re.findall(r"^### (\w+)$", README, re.M))
    shown = set(re.findall(r'data-component="(\w+)"', client.get("/components/").content.decode()))

    assert shown == described


def test_every_tag_is_described():
    library = Template("{% load huiyin %}").engine.template_libraries["huiyin"]
    inside = {"html_attrs", "script_words", "looks"}  # used by base.html alone

    assert {name for name in library.tags if f"{{% {name} " not in README and f"{{% {name} %}}" not in README} == inside


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_page_carries_no_style_and_no_script_of_its_own(client, frame, language):
    client.cookies["huiyin_language"] = language
    page = client.get(f"/components/{frame}").content.decode()

    assert re.findall(r"<style|<script(?![^>]* src=)[^>]*>|\sstyle=|\son[a-z]+=|javascript:", page) == []
    assert re.findall(r'<html lang="([^"]+)"', page) == [look.TAGS.get(language, language)]


def test_no_template_carries_a_style_or_a_script():
    found = [
        (str(file.relative_to(WEB)), bad)
        for file in (WEB / "templates").rglob("*.html")
        for bad in re.findall(r"<style|\sstyle=|\son(?:click|change|submit|load|input)=|hx-on", file.read_text())
    ]

    assert found == []


def test_the_stylesheets_ask_for_nothing_from_elsewhere():
    sheets = "".join(file.read_text() for file in (WEB / "static/css").glob("*.css"))

    assert re.findall(r"url\([^)]*\)|@import[^;]*", sheets) == []


def test_the_reader_s_choice_is_in_the_first_paint(client):
    answer = client.post("/look/", {"theme": "dark", "density": "compact", "next": "/components/?frame=case"})
    page = client.get("/components/").content.decode()

    assert answer.headers["Location"] == "/components/?frame=case"
    assert 'data-theme="dark" data-density="compact"' in page


def test_a_choice_of_look_leads_nowhere_else(client):
    answer = client.post("/look/", {"theme": "pink", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"
    assert "hy_theme" not in answer.cookies


def test_the_living_page_is_closed_to_strangers_in_production(client, settings):
    settings.PRODUCTION = True

    assert client.get("/components/").status_code == 404


HANS_AND_ENGLISH = [
    ("{% due at %}", timedelta(minutes=42), "还剩 42 分钟", "42 min left"),
    ("{% due at %}", timedelta(minutes=68), "还剩 1 时 08 分", "1 h 08 min left"),
    ("{% due at %}", timedelta(hours=6, minutes=53), "今天 18:00", "today 18:00"),
    ("{% due at %}", timedelta(hours=22, minutes=53), "明天 10:00", "tomorrow 10:00"),
    ("{% due at %}", timedelta(days=3, hours=6, minutes=53), "3月7日 18:00", "Mar 7, 18:00"),
    ("{% due at %}", timedelta(minutes=-12), "已超时 12 分", "overdue by 12 min"),
    ("{% due at %}", timedelta(hours=-30), "已超时 1 天 6 时", "overdue by 1 d 6 h"),
    ("{% left at %}", timedelta(days=2, hours=7), "还剩 2 天 7 时", "2 d 7 h left"),
    ("{% left at %}", timedelta(days=6, hours=3), "还剩 6 天", "6 d left"),
    ("{% left at %}", timedelta(seconds=20), "还剩不到 1 分钟", "less than a minute left"),
    ("{% moment at %}", timedelta(days=-1), "昨天 11:07", "yesterday 11:07"),
    ("{% moment at %}", timedelta(days=400), "2026年4月8日 11:07", "Apr 8, 2026, 11:07"),
    ("{% ago at %}", timedelta(seconds=-30), "刚刚", "just now"),
    ("{% ago at %}", timedelta(minutes=-1), "1 分钟前", "1 minute ago"),
    ("{% ago at %}", timedelta(hours=-3), "3 小时前", "3 hours ago"),
    ("{% ago at %}", timedelta(days=-2), "3月2日 11:07", "Mar 2, 11:07"),
    ("{% day at %}", timedelta(days=3), "3月7日", "Mar 7"),
    ("{% hour at %}", timedelta(hours=1), "12:07", "12:07"),
]


@pytest.mark.parametrize(("template", "distance", "chinese", "english"), HANS_AND_ENGLISH)
def test_a_time_is_said_in_the_reader_s_language(template, distance, chinese, english):
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = said(template, at=(NOW + distance).astimezone(UTC))
    told["zh-hant"] = opencc.OpenCC("t2s").convert(told["zh-hant"])

    assert told == {"zh-hans": chinese, "zh-hant": chinese, "en": english}


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (38, "38 秒", "38 s"),
        (2520, "42 分钟", "42 min"),
        (4080, "1 时 08 分", "1 h 08 min"),
        (7200, "2 小时", "2 hours"),
        (198000, "2 天 7 时", "2 d 7 h"),
        (86400, "1 天", "1 day"),
    ],
)
def test_a_duration_is_said_in_the_reader_s_language(seconds, chinese, english):
    with translation.override("zh-hans"):
        assert times.duration(seconds) == chinese
        assert said("{% duration one %}", one=timedelta(seconds=seconds)) == chinese
    with translation.override("en"):
        assert times.duration(seconds) == english


@pytest.mark.parametrize(("language", "written"), [("zh-hans", "3月7日 周五"), ("en", "Fri, Mar 7")])
def test_a_date_is_said_with_its_weekday(language, written):
    with translation.override(language):
        assert said("{% day at weekday=True %}", at=NOW + timedelta(days=3)) == written


def test_a_tag_without_the_time_is_a_mistake():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load huiyin %}{% due at %}").render(Context({"at": NOW}))


@pytest.mark.parametrize(
    ("clock", "phase", "chinese"),
    [
        (Clock(NOW + timedelta(hours=1), NOW - timedelta(hours=1)), "running", "还剩 1 时 00 分"),
        (Clock(NOW + timedelta(minutes=12), NOW - timedelta(minutes=48)), "soon", "还剩 12 分钟"),
        (Clock(NOW - timedelta(minutes=12), NOW - timedelta(hours=2)), "broken", "已超时 12 分"),
        (Clock(NOW, NOW - timedelta(hours=2), "kept", NOW - timedelta(minutes=45)), "kept", "早 45 分钟兑现"),
        (Clock(NOW, NOW - timedelta(hours=2), "paused", reason="等客户"), "paused", "暂停：等客户"),
        (Clock(NOW, NOW - timedelta(hours=2), "replaced"), "replaced", "已改期"),
    ],
)
def test_a_clock_carries_word_and_shape_for_each_phase(clock, phase, chinese):
    with translation.override("zh-hans"):
        drawn = chip(clock, NOW)

        assert clock.phase(NOW) == phase
        assert words(clock, NOW) == chinese
    assert f'class="clk {phase}"' in drawn
    assert ("data-due" in drawn) == (phase in ("running", "soon", "broken"))


def test_a_pack_s_own_mark_decides_when_a_clock_warns():
    row = type("Row", (), {"due_at": NOW + timedelta(hours=1), "made_at": NOW - timedelta(hours=1), "status": "open"})
    early = type("Row", (row,), {"warn_marks": (50, 90)})

    assert (Clock.of(row).phase(NOW), Clock.of(early).phase(NOW)) == ("running", "soon")


def test_the_rail_shows_thirteen_states_and_where_the_case_is():
    marks = {segment.state: segment.mark for group in rails.rail("offering") for segment in group.segments}

    assert len(marks) == 13
    assert marks["explaining"] == "b"
    assert [state for state, mark in marks.items() if mark == "c"] == ["offering"]
    assert [group.status for group in rails.rail("offering")] == ["done", "done", "on", "", ""]
    assert {segment.mark for group in rails.rail("closed") for segment in group.segments} == {"y", "b"}


def test_the_explained_branch_is_solid_once_a_case_went_through_it():
    passed = {"received", "acknowledged", "registered", "investigating", "analysed", "explaining"}
    plan = rails.rail("reviewing", passed)[2]

    assert [segment.mark for segment in plan.segments] == ["y", "", "", ""]


@pytest.mark.parametrize(
    ("language", "written"),
    [("zh-hans", ["1,299.00 元", "-12.50 元", "未知"]), ("en", ["¥1,299.00", "-¥12.50", "not known"])],
)
def test_money_has_two_decimals_and_commas(language, written):
    with translation.override(language):
        assert [pieces.amount_words(one) for one in (1299, "-12.5", None)] == written


def test_a_dot_stands_in_the_zone_that_may_approve_it():
    zones = [shapes.Zone("a", 100), shapes.Zone("b", 500), shapes.Zone("c", None)]
    third = 100 / 3

    placed = [pieces._place(amount, zones, third) for amount in (100, 101, 500, 501, 9000)]

    assert [int(one // third) for one in placed] == [0, 1, 1, 2, 2]


def test_names_on_the_authority_bar_stand_above_each_other_where_they_would_touch():
    zones = [shapes.Zone("客服", 300), shapes.Zone("主管", 3000), shapes.Zone("领导", None)]
    dots = [shapes.Dot("A 2,400", 2400), shapes.Dot("B 600", 600), shapes.Dot("C 300", 300)]

    drawn = pieces.authority_bar(zones, dots)

    assert {name: int(y) for y, name in re.findall(r'<text class="" y="(-?\d+)"[^>]*>(\w)', drawn)} == {
        "C": 14,
        "B": -2,
        "A": 14,
    }
    assert drawn.count('class="stem"') == 1


def test_markup_in_words_is_escaped():
    assert "<b>" not in pieces.tag("<b>") + pieces.avatar("<b>x") + str(shell.Count(1))
    assert "<script>" not in said("{% guard text %}", text="<script>")


def test_an_error_is_named_to_a_screen_reader_and_summed_up(client):
    page = client.get("/components/").content.decode()

    assert 'href="#id_wrong-phone"' in page
    assert 'aria-describedby="id_wrong-phone_helptext id_wrong-phone_error"' in page
    assert '<ul class="errors" id="id_wrong-phone_error">' in page


def test_every_control_without_words_has_a_name(client):
    page = client.get("/components/?frame=case").content.decode()
    unnamed = [
        button
        for button, inside in re.findall(r"(<(?:a|button|summary)\b[^>]*>)(.*?)</(?:a|button|summary)>", page, re.S)
        if not re.sub(r"<[^>]+>|\s", "", inside) and "aria-label=" not in button
    ]

    assert unnamed == []


@pytest.mark.parametrize("path", ["/nowhere/at/all", "/offline/"])
def test_a_page_for_what_went_wrong_says_what_to_do(client, path):
    page = client.get(path)

    assert page.status_code == (404 if "nowhere" in path else 200)
    assert 'class="btn p' in page.content.decode()


def test_a_stale_form_gives_back_what_was_written(client):
    client.handler.enforce_csrf_checks = True
    text = "这是一段写了很久、不能丢失的说明，已经超过二十个字了。"

    page = client.post("/look/", {"text": text, "theme": "dark"})

    assert page.status_code == 403
    assert text in page.content.decode()


def test_our_own_fault_is_shown_without_database_or_session(rf):
    assert errors.server_error(rf.get("/")).status_code == 500
