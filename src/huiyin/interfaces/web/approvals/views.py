"""The list of what waits, and one plan to be signed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.complaints import queries
from huiyin.complaints.conversation import Skip
from huiyin.complaints.models import Approval, Complaint
from huiyin.complaints.steps import approval as approving
from huiyin.interfaces.common import clock, refusals
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.approvals import presenters
from huiyin.interfaces.web.approvals.forms import DecisionForm
from huiyin.interfaces.web.case import meanwhile
from huiyin.interfaces.web.case.forms.approval import ApproveForm, ReturnForm
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

SIGN = "complaint.approve"


@require_safe
@staff_page(SIGN)
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, the oldest first."""
    found = presenters.rows(approving.waiting_approvals(person_of(request)))
    before = [row for row in found if not row.approval.afterwards]
    after = [row for row in found if row.approval.afterwards]
    return render(request, "approvals/list.html", {"before": before, "after": after, "place": "approvals"})


@require_http_methods(["GET", "POST"])
@staff_page(SIGN)
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One plan: facts, cost, options; approve or return."""
    complaint = queries.by_number(person_of(request), number)
    if complaint is None:
        raise Http404
    approvals = approving.waiting_approvals(person_of(request))
    approval = presenters.of_case(complaint, approvals)
    if approval is None:
        return nothing(request, complaint)
    approval.complaint = complaint
    if request.method == "POST":
        return decide(request, approval)
    return shown(request, approval, DecisionForm())


def shown(
    request: HttpRequest, approval: Approval, form: DecisionForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    person, now = person_of(request), clock.now()
    order = list(approving.waiting_approvals(person).values_list("pk", flat=True))
    context = {
        "brief": presenters.brief(approval, person, now),
        "complaint": approval.complaint,
        "seen": approval.complaint.last_number,
        "form": form,
        "refusal": refusal,
        "now": now,
        "position": order.index(approval.pk) + 1 if approval.pk in order else 1,
        "total": len(order),
        "place": "approvals",
    }
    return render(request, "approvals/one.html", context, status=status)


def decide(request: HttpRequest, approval: Approval) -> HttpResponse:
    """Take the decision that was pressed; refused, the page comes back with the comment."""
    form = DecisionForm(request.POST)
    step = DECISIONS.get(request.POST.get("decision", ""))
    if not form.is_valid() or step is None:
        return shown(request, approval, form, status=422)
    given = whole(request.POST.get("seen", ""))
    seen = meanwhile.NOTHING if given is None else given
    try:
        meanwhile.take(step, approval.complaint_id, request, approval, form, seen=seen)
    except Refusal as refusal:
        approval.complaint.refresh_from_db()
        return shown(request, approval, form, refusal=refusal, status=refusals.status_of(refusal))
    messages.success(request, _("%(number)s: decided.") % {"number": approval.complaint.number})
    return HttpResponseRedirect(reverse("approvals:list"), status=303)


def approve(complaint_id: int, request: HttpRequest, approval: Approval, form: DecisionForm) -> object:
    words = Skip(str(ApproveForm.leaves_it))
    actor = Actor.of(person_of(request))
    return approving.approve_plan(complaint_id, comment=form.comment_words(), words=words, actor=actor, at=clock.now())


def send_back(complaint_id: int, request: HttpRequest, approval: Approval, form: DecisionForm) -> object:
    words = Skip(str(ReturnForm.leaves_it))
    actor = Actor.of(person_of(request))
    return approving.return_plan(complaint_id, comment=form.comment_words(), words=words, actor=actor, at=clock.now())


def look(complaint_id: int, request: HttpRequest, approval: Approval, form: DecisionForm) -> object:
    return _looked(request, approval, form, objected=False)


def dispute(complaint_id: int, request: HttpRequest, approval: Approval, form: DecisionForm) -> object:
    return _looked(request, approval, form, objected=True)


def _looked(request: HttpRequest, approval: Approval, form: DecisionForm, *, objected: bool) -> object:
    actor = Actor.of(person_of(request))
    return approving.review_afterwards(
        approval.pk, objected=objected, comment=form.comment_words(), actor=actor, at=clock.now()
    )


DECISIONS: dict[str, Callable[[int, HttpRequest, Approval, DecisionForm], object]] = {
    "approve": approve,
    "return": send_back,
    "look": look,
    "object": dispute,
}


def nothing(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The case waits for nobody, or for somebody else: who decided last, and the way on."""
    context = {"complaint": complaint, "decided": presenters.decided(complaint), "place": "approvals"}
    return render(request, "approvals/nothing.html", context)
