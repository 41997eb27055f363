"""An editor changes a script, an agent puts it into a message by one click, and the timeline names its version."""

import pytest
from playwright.sync_api import expect

from huiyin.people.roles import Role
from tests.journeys.house import running
from tests.journeys.windows import Desk

pytestmark = pytest.mark.django_db

PEOPLE = [
    ("lina", [Role.AGENT.value], "李娜", "customer_service"),
    ("yexin", [Role.EDITOR.value], "叶欣", "product"),
]
WORDS = "您收到的{product}有问题,换做是我也会着急,我来跟到底。"


@pytest.fixture
def house(own_database, tmp_path):
    departments = [("customer_service", "客服部"), ("product", "产品部")]
    with running(own_database, tmp_path, PEOPLE, departments) as started:
        yield started


def filed(agent):
    """A complaint the agent takes on the telephone; gives its number."""
    page = agent.go("/desk/new/")
    form = page.locator("form.step, main form").last
    told = {
        "title": "手机外壳有划痕",
        "text": "全新手机打开就有划痕",
        "name": "张三",
        "phone": "13812341234",
        "product": "手机",
    }
    agent.fill(form, told)
    form.locator(".btn.p").last.click()
    page.wait_for_url(lambda address: "/desk/HY-" in address)
    return page.locator(".case-meta .num").inner_text()


def test_s0_12_s2_04_an_edited_script_reaches_the_customer_by_one_click(browser, house):
    editor = Desk(browser, house, "yexin")
    page = editor.go("/knowledge/new/script/")
    first = {"title": "收到有问题的商品", "step": "acknowledge", "text": "您收到的{product}有问题。"}
    editor.fill(page.locator("main form.form"), first | {"code": "journey-script", "why": "补一条"})
    page.get_by_role("button", name="存入知识库").click()
    page.get_by_role("link", name="编辑").click()
    editor.fill(page.locator("main form.form"), {"text": WORDS, "why": "更有人情味"})
    page.get_by_role("button", name="保存为新版本").click()
    expect(page.locator("main")).to_contain_text("第 2 版")
    expect(page.locator("main")).to_contain_text("更有人情味")

    agent = Desk(browser, house, "lina")
    number = filed(agent)
    page = agent.go(f"/desk/{number}/do/acknowledge/")
    page.locator("#act [data-guide-find]").fill("收到有问题的商品")
    page.locator("#act .answers [data-uses='script:journey-script@2']").click()
    expect(page.locator("#act textarea[name=text]")).to_have_value(WORDS.replace("{product}", "手机"))
    page.locator("#act .actions .btn.p").click()

    expect(page.locator("#course")).to_contain_text("采用指引：收到有问题的商品　第 2 版")
    assert (editor.wrong, agent.wrong) == ([], [])
