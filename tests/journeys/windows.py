"""Browser windows of people: they open a case, press what is offered, fill in what the form asks."""

from datetime import datetime
from typing import Any

from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from huiyin.people.models import Person
from tests.journeys.house import ZONE, House

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# The machine may be busy with other things; nothing here waits longer than what it waits for.
PATIENCE = 60_000


class Window:
    """One person's window; every script error and every failed request of it is remembered."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int] = DESKTOP, **context: Any) -> None:
        self.address = address
        chinese = {"locale": "zh-CN", "timezone_id": ZONE.key, "viewport": size}
        self.context = browser.new_context(**chinese, **context)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("response", lambda answer: self.note(answer.status, answer.url))
        self.page.on("dialog", lambda asked: asked.accept())

    def note(self, status: int, url: str) -> None:
        if status >= 500 or status == 404:
            self.wrong.append(f"{status} {url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path, wait_until="domcontentloaded")
        return self.page

    def press(self, button: Locator) -> None:
        """Press what sends a form and wait for the page it leads to."""
        try:
            with self.page.expect_navigation(wait_until="domcontentloaded"):
                button.click()
        except TimeoutError:
            said = self.page.locator("main").inner_text()
            raise AssertionError(f"Nothing came of it. The page says:\n{said[:4000]}") from None

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
            elif kind == "file":
                field.set_input_files(value)
            else:
                field.first.fill(local(value) if isinstance(value, datetime) else str(value))


class Desk(Window):
    """A member of staff at the desk, signed in already: signing in is shown with the demo."""

    def __init__(
        self, browser: Browser, house: House, person: Person, size: dict[str, int] = DESKTOP, **context: Any
    ) -> None:
        super().__init__(browser, house.address, size, **context)
        self.person = person
        self.context.add_cookies([house.pass_of(person)])

    def at_case(self, number: str, *, anew: bool = False) -> Page:
        """The page of the case: the one that is there when nothing is open on it, else loaded anew."""
        if anew or not self.is_at(number):
            self.go(f"/desk/{number}/")
        return self.page

    def is_at(self, number: str) -> bool:
        here = self.page.url == f"{self.address}/desk/{number}/"
        return here and not self.page.locator("#act .step").count()

    def open(self, number: str, step: str, *, tab: str = "") -> Locator:
        """Open a step's form: by the button or the menu of the page that is there, by a tab, else by its address."""
        form = self.page.locator(f'#act form.step[action$="/do/{step}/"]')
        link = f'a[href*="/do/{step}/"]'
        if tab:
            self.tab(number, tab).locator(link).first.click()
        elif self.is_at(number) and self.page.locator(f"#next {link}").count():
            self.page.locator(f"#next {link}").first.click()
        elif self.is_at(number) and self.page.locator(f"#case-head details.drop {link}").count():
            self.page.locator("#case-head details.drop > summary").click()
            self.page.locator(f"#case-head details.drop {link}").first.click()
        else:
            self.go(f"/desk/{number}/do/{step}/")
        expect(form).to_be_visible()
        return form

    def take(self, number: str, step: str, *, tab: str = "", **fields: Any) -> None:
        """Take a step and come back to the page of the case."""
        form = self.open(number, step, tab=tab)
        self.fill(form, fields)
        self.send(form)

    def keeping_all(self, number: str, step: str, **words: Any) -> None:
        """Take a step whose message brings everything that was promised."""
        form = self.open(number, step)
        for box in form.locator('[name="keeps"]').all():
            box.check(force=True)
        self.fill(form, words)
        self.send(form)

    def send(self, form: Locator) -> None:
        self.press(form.locator(".actions .btn.p").last)
        expect(self.page.locator("#case-head")).to_be_visible()
        expect(self.page.locator("#act .step")).to_have_count(0)

    def refused(self, number: str, step: str, *rules: str, tab: str = "", **fields: Any) -> None:
        """Try a step that rules forbid: the sentences name them, and nothing written is lost."""
        form = self.open(number, step, tab=tab)
        self.fill(form, fields)
        form.locator(".actions .btn.p").last.click()
        for rule in rules:
            expect(self.page.locator("#act")).to_contain_text(rule)
        expect(self.page.locator("#act .refused, #act .guard.bad, #act .coach").first).to_be_visible()
        if "text" in fields:
            expect(self.page.locator('#act [name="text"]')).to_have_value(fields["text"])

    def denied(self, number: str, step: str, rule: str) -> None:
        """Ask for a form one does not get now: the page says by which rule."""
        page = self.go(f"/desk/{number}/do/{step}/")
        expect(page.locator("#act .guard.bad")).to_contain_text(rule)
        expect(page.locator("#act form")).to_have_count(0)

    def state(self, number: str) -> str:
        """The word of the stage that is on, now."""
        return self.at_case(number, anew=True).locator(".rail li.on em").inner_text()

    def tab(self, number: str, name: str) -> Locator:
        """A tab of the side, as it is now."""
        page = self.at_case(number, anew=True)
        page.locator(f'#side .tabs a[href$="/about/{name}/"]').click()
        expect(page.locator(f'#about .tabs a[href$="/about/{name}/"][aria-current]')).to_be_visible()
        return page.locator("#about")


def local(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def says(text: str, *, until: datetime | None = None, what: str = "") -> dict[str, Any]:
    """The part of a form with words to the customer."""
    said: dict[str, Any] = {"tell": "say", "text": text}
    return said | ({"next_at": until, "next_what": what} if until is not None else {})


NOTHING = {"tell": "skip", "skip_reason": "由责任人统一告知客户"}
