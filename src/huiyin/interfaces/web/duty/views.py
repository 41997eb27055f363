"""Who is away: the list of running and coming absences, reporting one, taking one back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.duty.forms import AbsenceForm
from huiyin.people import roles
from huiyin.workforce import availability
from huiyin.workforce.models import Absence


@staff_page("complaint.read", "absence.record")
def absences(request: HttpRequest) -> HttpResponse:
    """Everybody who is or will be away, and the form to report an absence."""
    person, now = person_of(request), clock.now()
    form = AbsenceForm(person, request.POST or None)
    if request.method == "POST" and applied(
        form,
        lambda: availability.record_absence(
            form.away,
            form.period,
            by=person,
            at=now,
            substitute=form.cleaned_data["substitute"],
            kind=form.cleaned_data["kind"],
        ),
    ):
        messages.success(request, _("The absence is recorded."))
        return HttpResponseRedirect(reverse("duty:absences"))
    anyone = roles.can(person, "absence.record")
    rows = [
        {"absence": row, "running": row.from_at <= now, "may_cancel": anyone or row.person_id == person.pk}
        for row in availability.running_and_coming(now)
    ]
    return render(request, "duty/absences.html", {"form": form, "rows": rows})


@require_POST
@staff_page("complaint.read", "absence.record")
def cancel(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Take an absence back."""
    absence = get_object_or_404(Absence, pk=absence_id)
    availability.cancel_absence(absence.pk, by=person_of(request), at=clock.now())
    messages.success(request, _("The absence is taken back."))
    return HttpResponseRedirect(reverse("duty:absences"))
