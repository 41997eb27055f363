"""The list of people, and adding somebody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.people import queries
from huiyin.interfaces.web.people.forms import AddPersonForm, FindForm
from huiyin.interfaces.web.people.listing import pages, tabs
from huiyin.people import staff

PER_PAGE = 50


@staff_page("people.manage")
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody who works here."""
    form = FindForm(request.GET)
    found = queries.people(form.cleaned_data if form.is_valid() else {})
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "tabs": tabs(), **pages(request, page)}
    return render(request, "people/list.html", context)


@staff_page("people.manage")
@sensitive_post_parameters("password")
def add_person(request: HttpRequest) -> HttpResponse:
    """Give somebody an account."""
    form = AddPersonForm(request.POST or None)
    by, at = person_of(request), clock.now()
    if request.method == "POST" and applied(
        form, lambda: staff.add_person(form.new_person(), password=form.cleaned_data["password"], by=by, at=at)
    ):
        messages.success(request, _("%(name)s can sign in now.") % {"name": form.cleaned_data["name"]})
        return HttpResponseRedirect(reverse("people:list"))
    return render(request, "people/new.html", {"form": form})
