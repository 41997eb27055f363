"""What is written beside the steps: drafts kept, contacts shown with a reason, files attached."""

from django.contrib import messages as toasts
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.complaints.steps import attachments, messages
from huiyin.files.refused import FileRefused
from huiyin.interfaces.common import clock, refusals
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.desk import frame
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

READERS = ("complaint.read", "complaint.read_masked")
SLOTS = (messages.MESSAGE, messages.NOTE)
LONGEST_DRAFT = 20_000


@require_POST
@staff_page(*READERS)
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what somebody is still writing, and answer with the time; the page asks every few seconds."""
    complaint = frame.find(request, number)
    slot = request.POST.get("kind", "")
    if slot not in SLOTS:
        return HttpResponse(status=400)
    text, actor = request.POST.get("text", ""), Actor.of(person_of(request))
    if len(text) > LONGEST_DRAFT:
        return HttpResponse(status=413)  # the page then says that it is kept on this device alone
    at = clock.now()
    messages.save_draft(complaint.pk, slot=slot, text=text, actor=actor, at=at)
    return HttpResponse(times.clock_time(at), content_type="text/plain; charset=utf-8")


@require_POST
@staff_page(*READERS)
def reveal(request: HttpRequest, number: str, identity_id: int) -> HttpResponse:
    """Show one contact in full for ten minutes; the reason is kept with the name (S0-06)."""
    complaint = frame.find(request, number)
    reason, actor = request.POST.get("reason", ""), Actor.of(person_of(request))
    try:
        attachments.reveal_contact(complaint.pk, identity_id, reason=reason, actor=actor, at=clock.now())
    except Refusal as refusal:
        return frame.show(request, complaint, "desk/refused.html", status=refusals.status_of(refusal), refusal=refusal)
    except ObjectDoesNotExist as error:
        raise Http404 from error  # a contact of another customer
    return HttpResponseRedirect(reverse("desk:case", args=(complaint.number,)), status=303)


@require_POST
@staff_page(*READERS)
def files(request: HttpRequest, number: str) -> HttpResponse:
    """Attach files to the case; what cannot be kept is said by name, the rest is kept."""
    complaint, actor = frame.find(request, number), Actor.of(person_of(request))
    kept = 0
    for upload in request.FILES.getlist("files"):
        try:
            attachments.attach_file(complaint.pk, upload, actor=actor, at=clock.now())
            kept += 1
        except (Refusal, FileRefused) as error:
            refusal = refusals.as_refusal(error)
            said = {"name": upload.name, "why": refusal.text if refusal else ""}
            toasts.error(request, _("%(name)s was not taken: %(why)s") % said)
    if kept:
        toasts.success(request, _("The files are attached."))
    return HttpResponseRedirect(reverse("desk:about", args=(complaint.number, "files")), status=303)
