"""Departments and who heads each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.people import queries
from huiyin.interfaces.web.people.forms import DepartmentForm, HeadForm
from huiyin.interfaces.web.people.listing import tabs
from huiyin.people import staff
from huiyin.people.models import Department


@staff_page("people.manage")
def department_list(request: HttpRequest) -> HttpResponse:
    """Every department with its head."""
    return drawn(request, DepartmentForm())


@require_POST
@staff_page("people.manage")
def add_department(request: HttpRequest) -> HttpResponse:
    """Add a department, or rename the one with this code."""
    form = DepartmentForm(request.POST)
    at = clock.now()
    if applied(form, lambda: staff.save_department(**form.cleaned_data, by=person_of(request), at=at)):
        messages.success(request, _("The department is saved."))
        return HttpResponseRedirect(reverse("people:departments"))
    return drawn(request, form)


@require_POST
@staff_page("people.manage")
def name_head(request: HttpRequest, department_id: int) -> HttpResponse:
    """Say who heads a department."""
    department = get_object_or_404(Department, pk=department_id)
    form = HeadForm(department, request.POST)
    at = clock.now()
    if applied(
        form, lambda: staff.name_head(department_id, head=form.cleaned_data["head"], by=person_of(request), at=at)
    ):
        messages.success(request, _("The head of the department is named."))
        return HttpResponseRedirect(reverse("people:departments"))
    return drawn(request, DepartmentForm(), form)


def drawn(request: HttpRequest, form: DepartmentForm, refused: HeadForm | None = None) -> HttpResponse:
    """The page with fresh forms, but for the one that was refused."""
    rows: list[dict[str, Any]] = [
        {
            "department": department,
            "count": sum(person.is_active for person in department.people.all()),
            "form": refused if refused and refused.department.pk == department.pk else HeadForm(department),
        }
        for department in queries.departments()
    ]
    return render(request, "people/departments.html", {"rows": rows, "form": form, "tabs": tabs()})
