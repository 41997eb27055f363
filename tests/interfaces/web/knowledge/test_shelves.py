"""The pages of the knowledge base: lists, search, one entry, editing, each in its empty, full and refused form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.knowledge import editing, loading
from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Version
from huiyin.people.roles import Role
from tests import factories
from tests.interfaces.web.desk.conftest import Desk, desk_of, untranslated
from tests.knowledge.conftest import NEEDED, entry, seed, why

pytestmark = pytest.mark.once

SCRIPT = "/knowledge/script/a/"


@pytest.fixture
def script(shelves):
    shelves(seed("script", "a", text="{scene},换做是我也会很着急。"), seed("fact", "f"))
    return entry("script", "a")


# --- lists and search -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_c13_every_kind_has_its_list_in_three_languages(shelves, kind, language):
    shelves(*(seed(one, "x") for one in Kind.values))
    html = desk_of("leser", Role.AGENT, language=language).html(f"/knowledge/?kind={kind}")

    assert (html.count('class="hits'), untranslated(html)) == (1, [])


def test_c13_lists_are_narrowed_by_step_and_scene(lina, shelves):
    shelves(seed("script", "a", scene="damage", title="破损安抚"), seed("script", "b", step="ask", title="问清破损"))
    html = lina.html("/knowledge/?kind=script&topic=soothe&scene=damage")

    assert ("破损安抚" in html, "问清破损" in html) == (True, False)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=fact&topic=law&scene=none", "没有同时符合"),
        ("kind=card", "这里还没有条目"),
        ("q=火箭发射", "没有“火箭发射”的答案"),
        ("q=%22*&kind=script", "没有找到"),
        ("kind=none&from=abc&standing=x", "安抚"),
    ],
)
def test_c13_an_empty_list_says_why_and_what_to_do(lina, script, query, said):
    assert said in lina.html(f"/knowledge/?{query}")


def test_s2_35_a_search_marks_what_was_asked_for_in_either_script(lina, script):
    html = lina.html("/knowledge/?q=换做")
    traditional = desk_of("hant", Role.AGENT, language="zh-hant").html("/knowledge/?q=換做")

    assert ('<mark class="hit">换做</mark>' in html, '<mark class="hit">換做</mark>' in traditional) == (True, True)


def test_s0_39_a_fact_that_ran_out_says_so(lina, shelves):
    shelves(seed("fact", "old", title="春季活动", valid_to="2025-02-28"), seed("fact", "new", title="保修"))

    assert "已过期" not in lina.html("/knowledge/fact/new/")
    assert "不再提供给任何人" in lina.html("/knowledge/fact/old/")
    assert "春季活动" in lina.html("/knowledge/?kind=fact&standing=expired")


def test_a_list_costs_the_same_with_one_and_with_forty_entries(lina, shelves):
    def cost(count):
        shelves(*(seed("script", f"s{n}", title=f"话术{n}") for n in range(count)))
        with CaptureQueriesContext(connection) as asked:
            assert lina.html("/knowledge/?kind=script").count("data-row") == count
        return len(asked)

    lina.html("/knowledge/")
    assert cost(1) == cost(40)


def test_a_long_list_goes_on_page_by_page(lina, shelves):
    shelves(*(seed("script", f"s{n:03}", title=f"话术{n:03}") for n in range(120)))
    first, last = lina.html("/knowledge/?kind=script"), lina.html("/knowledge/?kind=script&from=100")

    assert (first.count("data-row"), last.count("data-row")) == (50, 20)
    assert ("from=50" in first, "from=50" in last) == (True, True)


# --- one entry --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_c13_every_kind_has_its_page_and_its_form_in_three_languages(shelves, language):
    shelves(*(seed(kind, "x") for kind in Kind.values))
    desk = desk_of("redakteur", Role.EDITOR, language=language)
    pages = [f"/knowledge/{kind}/x/{more}" for kind in Kind.values for more in ("", "edit/")]
    pages += [f"/knowledge/new/{kind}/" for kind in Kind.values]

    assert {path: found for path in pages if (found := untranslated(desk.html(path)))} == {}


def test_c13_an_entry_is_shown_in_the_readers_letters_and_says_in_which(shelves):
    shelves(seed("script", "a", text="我们马上处理。"))
    html = desk_of("hant", Role.AGENT, language="zh-hant").html(SCRIPT)

    assert ("我們馬上處理。" in html, 'lang="zh-Hant"' in html) == (True, True)


def test_c13_a_shipped_entry_says_that_it_was_authored_here(lina, script):
    assert "本项目撰写" in lina.html(SCRIPT)


def test_c13_versions_show_who_when_why_and_the_difference(lina, script):
    editing.edit(script.pk, {"text": "{scene},换做是我也一样着急。"}, why("更贴近口语"))
    html = lina.html(SCRIPT)

    assert "更贴近口语" in html
    assert "<del>" in html
    assert "<ins>" in html


def test_c13_entries_nobody_has_are_not_found(lina, script):
    assert [lina.get(path).status_code for path in ("/knowledge/script/none/", "/knowledge/none/a/")] == [404, 404]


# --- editing ----------------------------------------------------------------------------------------------------------
def sent(desk: Desk, path: str, **fields: object):
    return desk.post(path, **fields)


def test_c13_an_editor_changes_an_entry_with_a_reason(yexin, script):
    answer = sent(yexin, f"{SCRIPT}edit/", **NEEDED["script"] | {"text": "先听您说。", "why": "更短", "seen": 1})

    assert (answer.status_code, entry("script", "a").content["text"]) == (303, "先听您说。")
    assert Version.objects.get(entry=script, number=2).made_by == yexin.person


def test_c13_without_a_reason_the_form_comes_back_with_everything_typed(yexin, script):
    answer = sent(yexin, f"{SCRIPT}edit/", **NEEDED["script"] | {"text": "先听您说。", "why": "", "seen": 1})

    assert (answer.status_code, "知识-01" in answer.text, "先听您说。" in answer.text) == (422, True, True)
    assert entry("script", "a").version == 1


def test_c13_a_stale_form_shows_the_other_persons_change_and_keeps_what_was_typed(yexin, script):
    editing.edit(script.pk, {"text": "{scene},别人改过的。"}, why("别人先改", who="other"))
    typed = NEEDED["script"] | {"text": "我写的另一句。", "why": "更好", "seen": 1}
    answer = sent(yexin, f"{SCRIPT}edit/", **typed)

    assert (answer.status_code, "知识-02" in answer.text) == (409, True)
    assert "我写的另一句。" in answer.text
    assert "<ins>" in answer.text
    assert sent(yexin, f"{SCRIPT}edit/", **typed | {"seen": 2}).status_code == 303


def test_c13_a_new_playbook_has_its_steps_in_rows(yexin, shelves):
    fields = {
        "code": "own-book", "title": "自己的预案", "caller": "media", "must_not": "擅自表态\n承诺赔偿",
        "notify": ["leader"], "why": "补一份预案", "step_text": ["记下媒体名称", "", "上报"],
        "step_who": ["经办人", "", "主管"], "step_within": ["当场", "", "30 分钟内"],
    }  # fmt: skip
    answer = yexin.client.post("/knowledge/new/playbook/", fields)
    content = entry("playbook", "own-book").content

    assert answer.status_code == 303
    assert [step["text"] for step in content["steps"]] == ["记下媒体名称", "上报"]
    assert (content["must_not"], content["notify"]) == (["擅自表态", "承诺赔偿"], ["leader"])


def test_s0_39_a_fact_without_source_comes_back_marked(yexin, shelves):
    answer = sent(yexin, "/knowledge/new/fact/", **NEEDED["fact"] | {"source": "", "why": "新事实", "code": "x"})

    assert (answer.status_code, "知识-04" in answer.text, 'aria-invalid="true"' in answer.text) == (422, True, True)


def test_c13_retiring_and_bringing_back_by_the_page(yexin, script):
    sent(yexin, f"{SCRIPT}retire/", why="过时", seen=1)
    assert "已停用" in yexin.html(SCRIPT)

    sent(yexin, f"{SCRIPT}restore/1/", why="还有用", seen=2)
    assert entry("script", "a").retired_at is None
    assert sent(yexin, f"{SCRIPT}restore/77/", why="x").status_code == 404


def test_decision_2_a_newer_wording_is_offered_beside_and_taken_or_left(yexin, script):
    editing.edit(script.pk, {"text": "我们自己的说法。"}, why())
    loading.load([seed("script", "a", text="新版说法。"), seed("fact", "f")], at=factories.LONG_AGO)
    html = yexin.html(SCRIPT)

    assert ("随产品更新的新表述" in html, "新版" in html) == (True, True)
    assert "有新表述" in yexin.html("/knowledge/?kind=script&standing=offered")
    sent(yexin, f"{SCRIPT}adopt/", why="新版更好", seen=2)
    assert entry("script", "a").content["text"] == "新版说法。"


def test_decision_2_leaving_the_newer_wording_keeps_ones_own(yexin, script):
    editing.edit(script.pk, {"text": "我们自己的说法。"}, why())
    loading.load([seed("script", "a", text="新版说法。"), seed("fact", "f")], at=factories.LONG_AGO)
    sent(yexin, f"{SCRIPT}keep/", seen=2)

    assert (entry("script", "a").content["text"], entry("script", "a").offered) == ("我们自己的说法。", None)


@pytest.mark.parametrize("role", list(Role))
def test_s2_54_everybody_reads_and_only_editors_and_heads_change(script, role):
    desk = desk_of(f"one_{role}", role)
    editors = {Role.EDITOR, Role.SUPERVISOR, Role.MANAGER}
    forms = ("edit/", "retire/", "restore/1/", "adopt/", "keep/")
    found = {desk.get(f"{SCRIPT}edit/").status_code, desk.get("/knowledge/new/card/").status_code}
    posted = {desk.post(f"{SCRIPT}{form}", why="x").status_code for form in forms if role not in editors}

    assert desk.get(SCRIPT).status_code == 200
    assert (found, posted) == (({200}, set()) if role in editors else ({403}, {403}))
    assert ("edit/" in desk.html(SCRIPT)) == (role in editors)


def test_c13_a_very_long_entry_stays_whole(yexin, shelves):
    long = "请您先别着急，" * 500
    answer = sent(yexin, "/knowledge/new/script/", **NEEDED["script"] | {"text": long, "why": "长", "code": "long"})
    too_long = sent(yexin, "/knowledge/new/script/", **NEEDED["script"] | {"text": long * 2, "why": "长", "code": "l2"})

    assert (answer.status_code, too_long.status_code) == (303, 422)
    assert long in yexin.html("/knowledge/script/long/")
