"""The demo in a real browser: everybody's pages open, a dissatisfied customer starts another round, pictures are taken.

One house serves all of it, because loading the demo takes some ten seconds. `x pictures` keeps the pictures for the
README; every other run takes them too and throws them away.
"""

import json
import os
import sqlite3
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from huiyin.interfaces.jobs.demo.people import COLLEAGUES
from huiyin.people.roles import Role
from tests.journeys.house import running
from tests.journeys.windows import DESKTOP, PHONE, Desk, Window, says

# One person for each role: the first of COLLEAGUES that holds it.
ONE_OF_EACH = {role: next(one.name for one in COLLEAGUES if role in one.roles) for role in Role}
KEPT_IN = os.environ.get("HUIYIN_PICTURES")


class Visitor(Desk):
    """Somebody who presses a name on the sign-in page of the demo."""

    def __init__(self, browser, house, name, size=DESKTOP, **context):
        Window.__init__(self, browser, house, size, **context)
        page = self.go("/account/sign-in/")
        page.locator("form button", has_text=name).first.click()
        page.wait_for_url(lambda address: "sign-in" not in address)

    def sides(self):
        """How far the page reaches over the window's right edge, in pixels."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with running(str(folder / "demo.sqlite3"), folder, [], [], HUIYIN_MODE="demo") as started:
        yield started


@pytest.fixture(scope="module")
def made(house):
    """Numbers of cases by title, and the secret link into a complainant's page."""
    database = sqlite3.connect(house.clock_file.with_name("demo.sqlite3"))
    numbers = dict(database.execute("SELECT title, number FROM complaints_complaint").fetchall())
    links = json.loads(database.execute("SELECT links FROM jobs_demonstration").fetchone()[0])
    database.close()
    return numbers, links


def test_pictures_of_the_product_are_taken(browser, house, made, tmp_path):
    numbers, links = made
    case, plan = numbers["蓝牙耳机右耳用了三天没声音"], numbers["加急单晚了六天，耽误展会"]
    agent = Visitor(browser, house, "李娜")
    planner = Visitor(browser, house, "周敏")
    supervisor = Visitor(browser, house, "陈静")
    night = Visitor(browser, house, "李娜", color_scheme="dark")
    signer = Visitor(browser, house, "陈静", PHONE, device_scale_factor=2)
    buyer = Window(browser, house, PHONE, device_scale_factor=2)
    shots = [
        ("desk", agent, "/desk/"),
        ("case", agent, f"/desk/{case}/"),
        ("plan", planner, f"/desk/{plan}/do/draft_plan/"),
        ("overview", supervisor, "/overview/"),
        ("dark", night, f"/desk/{case}/"),
        ("approval-phone", signer, f"/approvals/{numbers['投影仪亮度远低于宣传']}/"),
        ("portal-phone", buyer, f"/p/c/{links['offering']}/"),
    ]

    taken = {name: picture(window, path, name, Path(KEPT_IN or tmp_path)) for name, window, path in shots}

    assert {name: size for name, size in taken.items() if size not in ((1440, 900), (780, 1688))} == {}
    assert [window.wrong for _name, window, _path in shots] == [[]] * len(shots)


def picture(window, path, name, folder):
    """Take the window as it is seen, in few colours so that the file stays small; gives its size."""
    window.go(path)
    window.page.wait_for_load_state("networkidle")
    window.page.evaluate("document.fonts.ready")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    window.page.screenshot(path=file, animations="disabled", caret="hide")
    with Image.open(file) as shot:
        assert len(shot.getcolors(1 << 24) or ()) > 50, name
        shot.convert("RGB").quantize(192, dither=Image.Dither.NONE).save(file, optimize=True)
        return shot.size


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_c27_everybody_signs_in_with_one_press_and_every_page_of_the_menu_opens(browser, house, role):
    visitor = Visitor(browser, house, ONE_OF_EACH[role])
    visitor.go("/")
    found = {one.get_attribute("href") for one in visitor.page.locator("nav a[href^='/']").all()}

    answers = {path: visitor.page.goto(house.address + path).status for path in sorted(found)}

    assert found
    assert {path: status for path, status in answers.items() if status != 200} == {}
    assert visitor.wrong == []


def test_every_case_opens_for_the_supervisor_without_an_error_or_a_clipped_page(browser, house, made):
    """Slow because it opens every case of the demo."""
    numbers, _links = made
    visitor = Visitor(browser, house, "陈静")

    wide = {}
    for title, number in numbers.items():
        visitor.go(f"/desk/{number}/")
        expect(visitor.page.locator("main")).to_contain_text(title[:10])
        wide[number] = visitor.sides()

    assert {number: sides for number, sides in wide.items() if sides > 0} == {}
    assert visitor.wrong == []


def test_s0_23_a_dissatisfied_customer_starts_another_round(browser, house, made):
    """Scenario 0, the variant of step 10."""
    numbers, _links = made
    number = numbers["扫地机充不上电"]
    owner = Visitor(browser, house, "李娜")
    assert owner.state(number) == "跟进回访"
    link = owner.go(f"/desk/{number}/about/callbacks/").locator('a[href*="/do/callback/"]').first.get_attribute("href")
    item = link.partition("item=")[2]
    owner.take(
        number,
        "callback",
        item=item,
        reached="yes",
        medium="phone",
        satisfied="no",
        end_condition_met="no",
        matter_score=2,
        feeling_score=2,
        comment="还是充不上电，白等了几天。",
    )

    owner.refused(number, "accept", "回访-03", **says("扫地机一事到此办结。"))
    owner.take(number, "dissatisfied", **says("扫地机还是充不上电，我们重新查，今天给您进展。"))

    assert owner.state(number) == "调查中"
    expect(owner.page.locator("main")).to_contain_text("第 2 轮")
    assert owner.wrong == []
