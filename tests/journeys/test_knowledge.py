"""An editor changes a script, an agent puts it into a message by one click, and the timeline names its version."""

import pytest
from playwright.sync_api import expect

from huiyin.people.roles import Role
from tests import factories
from tests.journeys.windows import Desk

pytestmark = pytest.mark.django_db

WORDS = "您收到的{product}有问题,换做是我也会着急,我来跟到底。"


def test_s0_12_s2_04_an_edited_script_reaches_the_customer_by_one_click(browser, opened):
    house = opened(factories.TUESDAY_10)
    number = factories.received().number
    editor = Desk(browser, house, factories.person("yexin", Role.EDITOR, name="叶欣", of="product"))
    page = editor.go("/knowledge/new/script/")
    first = {"title": "收到有问题的商品", "step": "acknowledge", "text": "您收到的{product}有问题。"}
    editor.fill(page.locator("main form.form"), first | {"code": "journey-script", "why": "补一条"})
    page.get_by_role("button", name="存入知识库").click()
    page.get_by_role("link", name="编辑").click()
    editor.fill(page.locator("main form.form"), {"text": WORDS, "why": "更有人情味"})
    page.get_by_role("button", name="保存为新版本").click()
    expect(page.locator("main")).to_contain_text("第 2 版")
    expect(page.locator("main")).to_contain_text("更有人情味")

    agent = Desk(browser, house, factories.agent().person)
    page = agent.go(f"/desk/{number}/do/acknowledge/")
    page.locator("#act [data-guide-find]").fill("收到有问题的商品")
    page.locator("#act .answers [data-uses='script:journey-script@2']").click()
    expect(page.locator("#act textarea[name=text]")).to_have_value(WORDS.replace("{product}", "手机"))
    page.locator("#act .actions .btn.p").click()

    expect(page.locator("#course")).to_contain_text("采用指引：收到有问题的商品　第 2 版")
    assert (editor.wrong, agent.wrong) == ([], [])
