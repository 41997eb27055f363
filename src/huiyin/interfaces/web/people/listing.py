"""What the pages about people share: pages of a list, tabs."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


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
