"""The door of a link, and the one question behind it."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.complaints import partner_access
from huiyin.complaints.models import PartnerRequest
from huiyin.complaints.steps import partners
from huiyin.interfaces.common import clock, refusals, throttle
from huiyin.interfaces.web.partner import doors
from huiyin.interfaces.web.portal import organisation, uploads
from huiyin.interfaces.web.portal.doors import private
from huiyin.interfaces.web.portal.limits import TooOften, place_of, require
from huiyin.interfaces.web.portal.uploads import Brought
from huiyin.interfaces.web.portal.views.following import typed
from huiyin.rules import Refusal


class AnswerForm(forms.Form):
    """The partner's answer in his own words; whether it is enough, the step says."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        required=False,
        max_length=10_000,
        help_text=gettext_lazy("What you know of it, and on what it rests. It can be sent once."),
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


@private
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the code; whatever the link, the page is the same, and a wrong code and an old link are answered alike."""
    if request.method != "POST":
        return _door(request, secret, sent="sent" in request.GET)
    now = clock.now()
    # One transaction, so that a link that exists costs no second write to the disk: the time tells nothing either.
    with transaction.atomic():
        allowed = throttle.take(doors.TRY_CODE, place_of(request), at=now)
        row = partner_access.by_code(secret, typed(request.POST.get("code", "")), now) if allowed else None
    if not allowed:
        return _door(request, secret, status=429, sent=True, refusal=TooOften(minutes=doors.TRY_CODE.minutes))
    if row is None:
        return _door(request, secret, status=422, sent=True, wrong=True)
    doors.let_in(request, secret, now)
    return HttpResponseRedirect(reverse("partner:question", kwargs={"secret": secret}), status=303)


@private
@require_POST
def code(request: HttpRequest, secret: str) -> HttpResponse:
    """Have a code sent, if there is anybody to send it to."""
    now = clock.now()
    asked = throttle.take(doors.ASK_CODE, place_of(request), at=now)
    fresh = throttle.take(doors.CODE_FOR_LINK, secret, at=now)
    if not (asked and fresh):
        limit = doors.ASK_CODE if not asked else doors.CODE_FOR_LINK
        return _door(request, secret, status=429, refusal=TooOften(minutes=limit.minutes))
    partner_access.ask_code(secret, now)
    return HttpResponseRedirect(f"{reverse('partner:door', kwargs={'secret': secret})}?sent", status=303)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, secret: str) -> HttpResponse:
    """The question, and its answer; without a code of this session, back to the door."""
    now = clock.now()
    row = doors.opened(request, secret, now)
    if row is None:
        return HttpResponseRedirect(reverse("partner:door", kwargs={"secret": secret}), status=303)
    if request.method != "POST":
        return _question(request, row, Brought(), AnswerForm())
    brought, form = uploads.take(request, at=now), AnswerForm(request.POST)
    if brought.problems or not form.is_valid():
        return _question(request, row, brought, form, status=422)
    try:
        require(doors.ANSWER, place_of(request), at=now)
        partners.answer_partner(row.pk, text=form.cleaned_data["answer"], files=brought.files, at=now)
    except Refusal as refusal:
        row.refresh_from_db()
        return _question(request, row, brought, form, status=refusals.status_of(refusal), refusal=refusal)
    return HttpResponseRedirect(reverse("partner:question", kwargs={"secret": secret}), status=303)


def _door(request: HttpRequest, secret: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {
        "secret": secret,
        "organisation": organisation.name(),
        "minutes": partner_access.CODE_MINUTES,
        "tries": partner_access.CODE_TRIES,
        **shown,
    }
    return render(request, "partner/door.html", context, status=status)


def _question(
    request: HttpRequest, row: PartnerRequest, brought: Brought, form: AnswerForm, *, status: int = 200, **shown: Any
) -> HttpResponse:
    now = clock.now()
    over = row.status == PartnerRequest.Status.WITHDRAWN or row.expires_at <= now
    context = {
        "row": row,
        "due_at": row.task.due_at,
        "answered": row.status == PartnerRequest.Status.ANSWERED,
        "over": over and row.status != PartnerRequest.Status.ANSWERED,
        "form": form,
        "brought": brought,
        "most_mb": uploads.MOST_MB,
        "organisation": organisation.name(),
        "now": now,
        **shown,
    }
    return render(request, "partner/question.html", context, status=status)
