"""Two lists for those who read reports, and the answer to one promise of our advertising."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.complaints import advertised, avoidable
from huiyin.complaints.models import AdvertisedPromise
from huiyin.interfaces.common import clock
from huiyin.interfaces.common.periods import period
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.desk.presenters.eyes import Eyes
from huiyin.interfaces.web.figures.shown import PERIODS
from huiyin.interfaces.web.forms import WantedLine
from huiyin.people import masking
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import can

PAGE = 50


class AnswerForm(forms.Form):
    """What becomes of the promise."""

    answer = WantedLine(
        label=gettext_lazy("What becomes of this promise"),
        max_length=500,
        help_text=gettext_lazy("Kept from now on, changed, or taken back. It is answered once."),
    )


@require_safe
@staff_page("report.read")
def avoidable_cases(request: HttpRequest) -> HttpResponse:
    """Escalated cases of a period whose answer lay within the owner's own authority (S4-132)."""
    person, now = person_of(request), clock.now()
    over = period(request.GET.get("days", ""), now)
    found = avoidable.listed(person, over.begins, over.ends)
    rows = [(one, Eyes(person, one.complaint).text(one.option.title)) for one in found]
    context = {"rows": rows, "over": over, "periods": PERIODS.items(), "place": "lessons"}
    return render(request, "lessons/avoidable.html", context)


@require_safe
@staff_page("report.read")
def advertised_promises(request: HttpRequest) -> HttpResponse:
    """What marketing was asked, the newest first, with the number of cases this reader may open (S3-22)."""
    person = person_of(request)
    items = list(advertised.listed())
    cases = advertised.cases_of(person, [one.key for one in items])
    rows = [(one, _shown(person, one.promise), cases.get(one.key, 0)) for one in items]
    return render(request, "lessons/advertised.html", {"rows": rows, "place": "lessons"})


@require_http_methods(["GET", "POST"])
@staff_page("report.read")
def promise(request: HttpRequest, item_id: int) -> HttpResponse:
    """One promise with the cases that rest on it, and the answer, written once."""
    person = person_of(request)
    item = get_object_or_404(AdvertisedPromise.objects.select_related("answered_by"), pk=item_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and applied(
        form, lambda: advertised.answer(item.pk, form.cleaned_data["answer"], actor=Actor.of(person), at=clock.now())
    ):
        messages.success(request, _("The promise is answered."))
        return HttpResponseRedirect(reverse("lessons:advertised"), status=303)
    page = Paginator(advertised.resting_on(person, item), PAGE).get_page(request.GET.get("page"))
    texts = {"promise": _shown(person, item.promise), "answer": _shown(person, item.answer)}
    return render(
        request, "lessons/promise.html", {"item": item, "form": form, "page": page, "place": "lessons", **texts}
    )


def _shown(person: Person, text: str) -> str:
    """Free text, with every contact covered for who may never reveal one (S0-06)."""
    return text if can(person, "complaint.reveal") else masking.mask_text(text)
