"""What several journeys do in the same way: parts of forms, and opening one's complaint by number and code."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.house import House
from tests.journeys.windows import Desk, Window

CODE = r"您的验证码：(\d{6})"


def received(desk: Desk, **complaint: Any) -> str:
    """Receive a complaint at the desk; gives its number."""
    page = desk.go("/desk/new/")
    form = page.locator("form.new-case")
    desk.fill(form, complaint)
    desk.press(form.locator(".actions .btn.p"))
    expect(page.locator("#case-head")).to_be_visible()
    return page.url.rstrip("/").rpartition("/")[2]


def value_of(form: Locator, name: str, label: str) -> str:
    """The value of a choice by what the list shows."""
    value = form.locator(f'[name="{name}"] option', has_text=label).first.get_attribute("value")
    assert value, f"{label} is not in the list {name}"
    return value


def verdicts(causes: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Each cause of the checklist ruled in or out, with grounds."""
    ruled = {f"cause-{cause}-verdict": verdict for cause, (verdict, _grounds) in causes.items()}
    return ruled | {f"cause-{cause}-grounds": grounds for cause, (_verdict, grounds) in causes.items()}


def option(
    place: int, title: str, remedies: list[tuple[str, str]], answers: dict[str, tuple[str, str]], hours: int = 24
) -> dict[str, Any]:
    """The fields of one option card: remedies with amounts, an answer to each demand and why it departs from it."""
    given = {f"options-{place}-title": title, f"options-{place}-quantity": hours, f"options-{place}-unit": "hour"}
    for line, (remedy, amount) in enumerate(remedies):
        given |= {f"options-{place}-lines-{line}-remedy": remedy, f"options-{place}-lines-{line}-amount": amount}
    for name, (text, deviation) in answers.items():
        given |= {f"options-{place}-{name}-text": text, f"options-{place}-{name}-deviation": deviation}
    return given


def demand_fields(form: Locator) -> list[str]:
    """The names under which the first option answers each demand, by rank."""
    names = [one.get_attribute("name") or "" for one in form.locator('[name^="options-0-answer"][name$="-text"]').all()]
    return [name.removeprefix("options-0-").removesuffix("-text") for name in names]


def review(proposed: dict[str, str], **answers: str) -> dict[str, str]:
    """The four answers, and each of the three questions proposed or answered with none and a reason."""
    given = dict(answers)
    for question in ("improvement", "penalty", "case_study"):
        choice = "proposed" if question in proposed else "none"
        given |= {f"question-{question}-choice": choice, f"question-{question}-text": proposed.get(question, "本案无")}
    return given


def by_code(window: Window, house: House, number: str) -> Page:
    """Open one's complaint by its number and the code that comes to one's telephone."""
    page = window.go("/p/follow/")
    page.locator('main [name="number"]').fill(number)
    window.press(page.locator("main form button.btn.p"))
    page.locator('main [name="code"]').fill(house.letters(CODE)[-1])
    window.press(page.locator("main form button.btn.p").first)
    expect(page.locator(".portal header")).to_contain_text(number)
    return page
