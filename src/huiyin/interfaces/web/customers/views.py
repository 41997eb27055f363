"""One customer in one page: cases, promises, orders, earlier kindness, facts that hold (S2-07, S2-43)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.complaints import customer_card
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.customers import shown

LARGEST_ID = 2**63 - 1
READERS = ("complaint.read", "complaint.read_masked")


@require_safe
@staff_page(*READERS)
def customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Everything known of one customer, masked by who looks; somebody merged leads to whom he was merged with."""
    now, person = clock.now(), person_of(request)
    found = customer_card.card(person, customer_id, at=now) if customer_id <= LARGEST_ID else None
    if found is None:
        raise Http404
    if found.customer.pk != customer_id:
        return HttpResponseRedirect(reverse("customers:customer", args=(found.customer.pk,)))
    page = shown.page(found, person, now)
    return render(request, "customers/one.html", {"shown": page, "now": now})
