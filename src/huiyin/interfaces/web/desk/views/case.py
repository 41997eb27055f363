"""The page of a case."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.interfaces.web.account.access import staff_page
from huiyin.interfaces.web.desk import frame


@require_safe
@staff_page("complaint.read", "complaint.read_masked")
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: where it stands, what is due, what comes next, what happened."""
    return frame.show(request, frame.find(request, number))
