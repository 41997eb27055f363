"""Where stations are wanted, by distance; and what is optimised in a week (S2-61, S2-62). Lists, no map."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import sites
from huiyin.complaints.sites import Point
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.people import masking
from huiyin.people.roles import can

WEEK = timedelta(days=7)


class NearForm(forms.Form):
    """From where the distance is counted."""

    latitude = forms.DecimalField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    longitude = forms.DecimalField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    within_km = forms.IntegerField(label=_("Within kilometres"), min_value=1, max_value=500, required=False)

    def point(self) -> Point | None:
        given = self.cleaned_data if self.is_valid() else {}
        latitude, longitude = given.get("latitude"), given.get("longitude")
        known = isinstance(latitude, Decimal) and isinstance(longitude, Decimal)
        return Point(latitude, longitude) if known else None  # type: ignore[arg-type]


@staff_page("complaint.investigate", "complaint.read_all")
def wanted(request: HttpRequest) -> HttpResponse:
    """The demand list: from a point the nearest first, else where most complain."""
    person, form = person_of(request), NearForm(request.GET)
    near = form.point()
    km = (form.cleaned_data.get("within_km") if near else None) or 20
    rows = sites.demand_list(person, near, km)
    hides = not can(person, "complaint.reveal")
    listed = [(masking.mask_text(row.demand.place) if hides else row.demand.place, row) for row in rows]
    return render(request, "network/wanted.html", {"form": form, "near": near, "rows": listed})


@staff_page("complaint.investigate", "complaint.read_all")
def week(request: HttpRequest) -> HttpResponse:
    """The plan of one week, of the cases this person may open."""
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        asked = None
    week_on = sites.week_of(asked or timezone.localdate(clock.now()))
    context: dict[str, Any] = {
        "week_on": week_on,
        "before": week_on - WEEK,
        "after": week_on + WEEK,
        "rows": sites.weekly_plan(person_of(request), week_on),
    }
    return render(request, "network/week.html", context)
