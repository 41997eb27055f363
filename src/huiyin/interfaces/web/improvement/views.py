"""Improvements, signals and groups of complaints: lists, and one step at a time."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.complaints import queries
from huiyin.improvement import groups as grouping
from huiyin.improvement import items as steps
from huiyin.improvement import signals as warning
from huiyin.improvement.models import GroupReport, Item, Signal
from huiyin.interfaces.common import clock
from huiyin.interfaces.common.periods import DEFAULT_DAYS, period
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.improvement.forms import (
    AcceptForm,
    CheckForm,
    ProposalForm,
    RejectForm,
    ReportForm,
    SettleForm,
    SignalForm,
)
from huiyin.people import masking
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import can
from huiyin.policy.packs import store

PAGE = 50
TITLE_LENGTH = 200
S = Item.Status


@staff_page("complaint.note", "report.read")
def items(request: HttpRequest) -> HttpResponse:
    """Improvements one may see: those in hand, or those that ended."""
    ended = request.GET.get("show") == "ended"
    rows = steps.visible_to(person_of(request)).filter(ended_at__isnull=not ended)
    order = ("-ended_at", "-pk") if ended else ("due_at", "-proposed_at", "-pk")
    page = Paginator(rows.order_by(*order), PAGE).get_page(request.GET.get("page"))
    for row in page:
        _cover(row, person_of(request))
    return render(request, "improvement/items.html", {"page": page, "ended": ended, "now": clock.now()})


@require_http_methods(["GET", "POST"])
@staff_page("complaint.note")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose an improvement; from a case its number is filled in."""
    person = person_of(request)
    form = ProposalForm(person, request.POST or None, _first(person, request.GET.get("case", "")))
    made: list[Item] = []
    if request.method == "POST" and applied(
        form, lambda: made.append(steps.propose(form.proposal(), actor=Actor.of(person), at=clock.now()))
    ):
        messages.success(request, _("The improvement is proposed."))
        return _to("improvement:item", made[0].pk)
    return _form(request, form, _("Propose an improvement"), "improvement:items")


def _first(person: Person, number: str) -> dict[str, str]:
    """From a case one sees: its number, and what its closing question proposes, the first line as the title."""
    found = queries.by_number(person, number) if number else None
    if found is None:
        return {"complaint": number}
    text = steps.suggested(found)
    title = text.strip().partition("\n")[0]
    return {"complaint": found.number, "title": title[:TITLE_LENGTH], "description": text}


@staff_page("complaint.note", "report.read")
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One improvement and what may be done with it."""
    person = person_of(request)
    row = get_object_or_404(steps.visible_to(person).select_related("decided_by"), pk=item_id)
    _cover(row, person)
    opens = row.complaint is not None and queries.visible_to(person).filter(pk=row.complaint.pk).exists()
    context = {"item": row, "acts": _acts(row, person), "opens_case": opens, "now": clock.now()}
    return render(request, "improvement/item.html", context)


def _cover(row: Item, person: Person) -> None:
    """Hide contacts in the words of an item, to be shown to somebody who may never reveal one (S0-06)."""
    if not can(person, "complaint.reveal"):
        row.title, row.description, row.conclusion = (
            masking.mask_text(text) for text in (row.title, row.description, row.conclusion)
        )


ACTS: dict[str, tuple[type[forms.Form], Any]] = {
    "accept": (AcceptForm, steps.accept),
    "begin": (forms.Form, steps.begin),
    "verify": (CheckForm, steps.verify),
    "reject": (RejectForm, steps.reject),
}


@require_http_methods(["GET", "POST"])
@staff_page("complaint.note", "report.read")
def act(request: HttpRequest, item_id: int, act: str) -> HttpResponse:
    """Take an improvement one step on."""
    person = person_of(request)
    row = get_object_or_404(steps.visible_to(person), pk=item_id)
    if act not in ACTS:
        raise Http404
    made, step = ACTS[act]
    form = made(request.POST if request.method == "POST" else None)
    taken = partial(step, row.pk, actor=Actor.of(person), at=clock.now())
    if request.method == "POST" and applied(form, lambda: taken(**form.cleaned_data)):
        messages.success(request, _("The improvement went on."))
        return _to("improvement:item", row.pk)
    return _form(request, form, str(_names()[act]), "improvement:items", row.title)


@require_http_methods(["GET", "POST"])
@staff_page("complaint.receive")
def signals(request: HttpRequest) -> HttpResponse:
    """Signals that are open or ended, how many were settled in time, and the form to note one."""
    person, now = person_of(request), clock.now()
    form = SignalForm(request.POST or None)
    if request.method == "POST" and applied(
        form,
        lambda: warning.notice(
            form.cleaned_data["matter"], form.cleaned_data["department"], actor=Actor.of(person), at=now
        ),
    ):
        messages.success(request, _("The signal is noted."))
        return _to("improvement:signals")
    ended = request.GET.get("show") == "ended"
    rows = Signal.objects.filter(ended_at__isnull=not ended).select_related("owner", "department", "complaint")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    counted = warning.prevented(*_last_days())
    return render(request, "improvement/signals.html", {"form": form, "page": page, "ended": ended, "counted": counted})


@require_http_methods(["GET", "POST"])
@staff_page("complaint.receive")
def settle(request: HttpRequest, signal_id: int) -> HttpResponse:
    """End a signal."""
    person = person_of(request)
    row = get_object_or_404(Signal, pk=signal_id)
    form = SettleForm(person, request.POST or None)
    if request.method == "POST" and applied(
        form, lambda: warning.settle(row.pk, **form.cleaned_data, actor=Actor.of(person), at=clock.now())
    ):
        messages.success(request, _("The signal has ended."))
        return _to("improvement:signals")
    return _form(request, form, _("End a signal"), "improvement:signals", row.matter)


@require_http_methods(["GET", "POST"])
@staff_page("report.read")
def groups(request: HttpRequest) -> HttpResponse:
    """Complaints of a period by category with their trend, the reports made, and the form to make one."""
    person, now = person_of(request), clock.now()
    begins, ends = _last_days()
    form = ReportForm(request.POST or None, {"first": begins.date(), "last": (ends - timedelta(days=1)).date()})
    made: list[GroupReport] = []
    if request.method == "POST" and applied(form, lambda: made.append(_report(form, person, now))):
        messages.success(request, _("The report is delivered."))
        return _to("improvement:group", made[0].pk)
    return render(
        request,
        "improvement/groups.html",
        {
            "form": form,
            "rows": _named(grouping.grouped(begins, ends), now),
            "begins": begins,
            "last": ends - timedelta(seconds=1),
            "reports": GroupReport.objects.select_related("made_by")[:PAGE],
        },
    )


@staff_page("report.read")
def group(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report as it was sent, and who received and read it."""
    made = get_object_or_404(GroupReport.objects.select_related("made_by"), pk=report_id)
    now = clock.now()
    grouping.read(made.pk, person_of(request), now)
    context = {"report": made, "rows": _named(grouping.groups_of(made), now)}
    context["deliveries"] = made.deliveries.select_related("person").order_by("pk")
    return render(request, "improvement/group.html", context)


def _acts(row: Item, person: Person) -> list[tuple[str, Any]]:
    """The steps that are this person's at this stage: name and title."""
    decides, own = can(person, steps.DECIDE), row.owner_id == person.pk
    at_stage = {
        S.PROPOSED: [("accept", decides), ("reject", decides)],
        S.ACCEPTED: [("begin", own), ("verify", decides and not own)],
        S.IN_PROGRESS: [("verify", decides and not own)],
    }
    return [(name, _names()[name]) for name, allowed in at_stage.get(S(row.status), ()) if allowed]


def _names() -> dict[str, str]:
    return {
        "accept": _("Take in hand"),
        "begin": _("Begin"),
        "verify": _("Check the effect"),
        "reject": _("Turn down"),
    }


def _report(form: ReportForm, person: Person, now: datetime) -> GroupReport:
    begins, ends = form.period
    given = {name: form.cleaned_data[name] for name in ("recipients", "remark")}
    return grouping.report(begins, ends, **given, actor=Actor.of(person), at=now)


def _last_days() -> tuple[datetime, datetime]:
    """The thirty days up to tomorrow's midnight in the reader's zone."""
    over = period(DEFAULT_DAYS, clock.now())
    return over.begins, over.ends


def _named(found: tuple[grouping.Group, ...], now: datetime) -> list[tuple[str, grouping.Group]]:
    titles = {
        category.code: str(category.title)
        for version in store.each_in_force(now)
        for category in store.parsed(version.pk).categories
    }
    return [(titles.get(one.category, "") or one.category or _("Not classified yet"), one) for one in found]


def _form(request: HttpRequest, form: forms.Form, heading: str, back: str, about: str = "") -> HttpResponse:
    context = {"form": form, "heading": heading, "back": reverse(back), "about": about}
    return render(request, "improvement/form.html", context)


def _to(name: str, *args: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=args), status=303)
