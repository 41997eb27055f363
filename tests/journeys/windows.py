"""Browser windows of people: they sign in, open a case, press what is offered, fill in what the form asks."""

from datetime import datetime
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.house import PASSWORD, ZONE, House

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


class Window:
    """One person's window; every script error and every failed request of it is remembered."""

    def __init__(self, browser: Browser, house: House, size: dict[str, int], **context: Any) -> None:
        self.house = house
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size, **context)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("response", lambda answer: self.note(answer.status, answer.url))

    def note(self, status: int, url: str) -> None:
        if status >= 500 or status == 404:
            self.wrong.append(f"{status} {url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.house.address + path)
        return self.page

    def fill(self, form: Locator, fields: dict[str, Any]) -> None:
        """Fill in a form by the names of its fields: boxes and rounds are ticked, lists chosen from, texts written."""
        for name, value in fields.items():
            field = form.locator(f'[name="{name}"]')
            if name == "tell" and not field.count():
                continue  # a step that always speaks does not ask whether
            kind = field.first.evaluate("one => one.type")
            if value == "on":
                field.first.check(force=True)
            elif kind in ("radio", "checkbox"):
                form.locator(f'[name="{name}"][value="{value}"]').check(force=True)
            elif kind == "select-one":
                field.select_option(str(value))
            else:
                field.first.fill(local(value) if isinstance(value, datetime) else str(value))


class Desk(Window):
    """A member of staff at the desk."""

    def __init__(self, browser: Browser, house: House, username: str, size: dict[str, int] = DESKTOP) -> None:
        super().__init__(browser, house, size)
        page = self.go("/account/sign-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.locator("form button.btn.p").click()
        expect(page.locator(".nav")).to_be_visible()

    def open(self, number: str, step: str, item: int | str = "") -> Locator:
        """Open a step's form on the page of the case: by what the page offers, else by its address."""
        page = self.go(f"/desk/{number}/")
        offered = page.locator(f'#next a[href*="/do/{step}/"]')
        if offered.count():
            offered.first.click()
        else:
            self.go(f"/desk/{number}/do/{step}/{f'?item={item}' if item else ''}")
        form = page.locator("#act form.step")
        expect(form).to_be_visible()
        return form

    def take(self, number: str, step: str, item: int | str = "", **fields: Any) -> None:
        """Take a step and see the form go away."""
        form = self.open(number, step, item)
        self.fill(form, fields)
        form.locator(".actions .btn.p").last.click()
        expect(self.page.locator("#act form.step")).to_have_count(0)

    def refused(self, number: str, step: str, rule: str, item: int | str = "", **fields: Any) -> None:
        """Try a step that a rule forbids: the sentence names the rule, and nothing written is lost."""
        form = self.open(number, step, item)
        self.fill(form, fields)
        form.locator(".actions .btn.p").last.click()
        expect(self.page.locator("#act")).to_contain_text(rule)

    def state(self, number: str) -> str:
        """The word of the stage that is on."""
        self.go(f"/desk/{number}/")
        return self.page.locator(".rail li.on em").inner_text()


def local(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def says(text: str, *, until: datetime | None = None, what: str = "", keeps: int | None = None) -> dict[str, Any]:
    """The part of a form with words to the customer."""
    said: dict[str, Any] = {"tell": "say", "text": text}
    if until is not None:
        said |= {"next_at": until, "next_what": what}
    return said | ({"keeps": keeps} if keeps else {})


NOTHING = {"tell": "skip", "skip_reason": "由责任人统一告知客户"}
