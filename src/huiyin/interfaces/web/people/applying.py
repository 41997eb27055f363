"""What the pages about people share: trying a step with a form, pages of a list, tabs."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.interfaces.web.account.refused import show_refusal
from huiyin.rules import Refusal


def applied(form: BaseForm, step: Callable[[], object]) -> bool:
    """Take the step if the form is sound; a refusal goes into the form."""
    if not form.is_valid():
        return False
    try:
        step()
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


def pages(request: HttpRequest, page: Page[Any]) -> dict[str, str]:
    """Addresses of the pages before and after, with the same filter."""

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "newer": address(page.previous_page_number()) if page.has_previous() else "",
        "older": address(page.next_page_number()) if page.has_next() else "",
    }


def tabs() -> list[dict[str, str]]:
    """The pages of the administrator about people."""
    return [
        {"key": "people", "label": _("People"), "url": reverse("people:list")},
        {"key": "departments", "label": _("Departments"), "url": reverse("people:departments")},
    ]
