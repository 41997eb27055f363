"""My tokens: made for a program, shown once, revoked at once."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.interfaces.common import clock, tokens
from huiyin.interfaces.common.models import ApiToken
from huiyin.interfaces.common.scopes import Scope
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.own import tabs
from huiyin.interfaces.web.account.refused import show_refusal
from huiyin.people.models import Person
from huiyin.rules import Refusal

DAYS = (
    ("7", gettext_lazy("One week")),
    ("30", gettext_lazy("Thirty days")),
    ("90", gettext_lazy("Ninety days")),
    ("365", gettext_lazy("One year")),
)


class TokenForm(forms.Form):
    """What the token is for, what it may do, how long."""

    name = forms.CharField(
        label=gettext_lazy("Name of the token"),
        max_length=80,
        help_text=gettext_lazy("Which program will use it, and for what."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Never more than you may do yourself."),
    )
    days = forms.ChoiceField(label=gettext_lazy("Valid for"), choices=DAYS, initial="90")


@never_cache
@staff_page()
def tokens_page(request: HttpRequest) -> HttpResponse:
    """List my tokens and make another; the new one's text stands on the answer and nowhere else."""
    person, at = person_of(request), clock.now()
    form = TokenForm(request.POST or None)
    made = make(form, person, at) if request.method == "POST" and form.is_valid() else None
    rows = [
        {"row": row, "good": row.is_good(at), "scopes": [Scope(code).label for code in row.scopes]}
        for row in tokens.listed(person)
    ]
    context = {"form": TokenForm() if made else form, "made": made, "rows": rows, "tabs": tabs()}
    return render(request, "account/tokens.html", context)


def make(form: TokenForm, person: Person, at: datetime) -> tokens.Made | None:
    """Make the token; a refusal goes into the form."""
    given = form.cleaned_data
    try:
        return tokens.make(person, name=given["name"], scopes=given["scopes"], days=int(given["days"]), at=at)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None


@require_POST
@staff_page()
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Revoke one of my tokens; somebody else's is not there."""
    try:
        tokens.revoke(token_id, person=person_of(request), at=clock.now())
        messages.success(request, _("The token is revoked and opens nothing any more."))
    except ApiToken.DoesNotExist:
        messages.error(request, _("There is no such token of yours."))
    return HttpResponseRedirect(reverse("account:tokens"))
