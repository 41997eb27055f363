"""The demo in a real browser, as `make run` serves it: everybody's pages open, every case opens, pictures are taken.

One house serves all of it, because loading the demo takes some ten seconds. `x pictures` keeps the pictures for the
README; every other run takes them too and throws them away.
"""

import json
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from huiyin.interfaces.jobs.demo.people import COLLEAGUES
from huiyin.people.roles import Role
from tests.journeys.processes import running
from tests.journeys.windows import DESKTOP, PHONE, Window

# One person for each role: the first of COLLEAGUES that holds it.
ONE_OF_EACH = {role: next(one.name for one in COLLEAGUES if role in one.roles) for role in Role}
KEPT_IN = os.environ.get("HUIYIN_PICTURES")


class Visitor(Window):
    """Somebody who presses a name on the sign-in page of the demo."""

    def __init__(self, browser, address, name, size=DESKTOP, **context):
        super().__init__(browser, address, size, **context)
        page = self.go("/account/sign-in/")
        self.press(page.locator("form button", has_text=name).first)
        assert "sign-in" not in page.url

    def asks(self, path):
        """What the page says to somebody who asks for it and never looks at it."""
        answer = self.context.request.get(self.address + path)
        return answer.status, answer.text()

    def sides(self):
        """How far the page reaches over the window's right edge, in pixels."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@dataclass(frozen=True)
class Demo:
    """The running demo: its address, each case by its title, and the secret links into complainants' pages."""

    address: str
    cases: dict[str, tuple[str, str]]
    links: dict[str, str]

    def number(self, title):
        return self.cases[title][0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with running(str(folder / "demo.sqlite3"), folder, HUIYIN_MODE="demo") as address:
        database = sqlite3.connect(folder / "demo.sqlite3")
        rows = database.execute("SELECT title, number, state FROM complaints_complaint").fetchall()
        links = json.loads(database.execute("SELECT links FROM jobs_demonstration").fetchone()[0])
        database.close()
        yield Demo(address, {title: (number, state) for title, number, state in rows}, links)


def test_pictures_of_the_product_are_taken(browser, demo, tmp_path):
    case, plan = demo.number("蓝牙耳机右耳用了三天没声音"), demo.number("加急单晚了六天，耽误展会")
    agent = Visitor(browser, demo.address, "李娜")
    planner = Visitor(browser, demo.address, "周敏")
    supervisor = Visitor(browser, demo.address, "陈静")
    night = Visitor(browser, demo.address, "李娜", color_scheme="dark")
    signer = Visitor(browser, demo.address, "陈静", PHONE, device_scale_factor=2)
    buyer = Window(browser, demo.address, PHONE, device_scale_factor=2)
    shots = [
        ("desk", agent, "/desk/"),
        ("case", agent, f"/desk/{case}/"),
        ("plan", planner, f"/desk/{plan}/do/draft_plan/"),
        ("overview", supervisor, "/overview/"),
        ("dark", night, f"/desk/{case}/"),
        ("approval-phone", signer, f"/approvals/{demo.number('投影仪亮度远低于宣传')}/"),
        ("portal-phone", buyer, f"/p/c/{demo.links['offering']}/"),
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


def test_c27_everybody_signs_in_with_one_press_and_every_page_of_every_menu_opens(browser, demo):
    """Slow because somebody of every role signs in; each page is looked at once, by the first who is shown it."""
    seen, answers, wrong = set(), {}, {}
    for role in Role:
        visitor = Visitor(browser, demo.address, ONE_OF_EACH[role])
        places = visitor.go("/").locator("nav a[href^='/']")
        expect(places.first).to_be_attached()
        found = {one.get_attribute("href") for one in places.all()}
        assert found, role
        for path in sorted(found):
            looked = path not in seen
            answers[role, path] = visitor.page.goto(demo.address + path).status if looked else visitor.asks(path)[0]
        seen |= found
        wrong[role] = visitor.wrong
        visitor.context.close()

    assert {page: status for page, status in answers.items() if status != 200} == {}
    assert {role: found for role, found in wrong.items() if found} == {}


def test_every_case_opens_for_the_supervisor_and_one_of_each_state_without_an_error_or_a_clipped_page(browser, demo):
    visitor = Visitor(browser, demo.address, "陈静")
    looked, wide = set(), {}
    for title, (number, state) in demo.cases.items():
        if state in looked:
            status, page = visitor.asks(f"/desk/{number}/")
            assert (status, title[:10] in page) == (200, True), number
            continue
        looked.add(state)
        expect(visitor.go(f"/desk/{number}/").locator("main")).to_contain_text(title[:10])
        wide[number] = visitor.sides()

    assert {number: sides for number, sides in wide.items() if sides > 0} == {}
    assert visitor.wrong == []
