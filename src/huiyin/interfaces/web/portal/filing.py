"""The form a complaint is filed with, and how it becomes a case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import phonenumbers
from django import forms
from django.core.validators import EmailValidator
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from huiyin.complaints.models import Complaint
from huiyin.complaints.steps import portal, reception
from huiyin.complaints.steps.reception import NewComplaint
from huiyin.interfaces.common import idempotency
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.web.portal import rules, stamps
from huiyin.interfaces.web.portal.forms import LONGEST, words
from huiyin.interfaces.web.portal.stamps import Stamp
from huiyin.interfaces.web.portal.uploads import PORTAL, Brought
from huiyin.people.models import IdentityKind
from huiyin.rules import Refusal

FILED = "portal.filed"
DOUBLE_CLICK = timedelta(minutes=2)
REGION = "CN"


class TooQuick(Refusal):
    rule = rules.BY_A_PERSON
    sentence = gettext_lazy("This came so quickly that we cannot tell it from a machine.")
    unblock = gettext_lazy("Nothing is lost: please look over it once more and send it again.")


class FilingForm(forms.Form):
    """Few fields; each says why it is asked. One way to be reached is enough."""

    what = words(
        gettext_lazy("What happened?"),
        rows=5,
        help_text=gettext_lazy(
            "When, where, what went wrong. We use it to find out what happened. "
            "Please leave out identity card and bank numbers: we do not need them."
        ),
        empty=gettext_lazy("Please write what happened."),
    )
    wanted = words(
        gettext_lazy("What would you like us to do?"),
        required=False,
        rows=2,
        help_text=gettext_lazy("So that we offer what helps you. You may leave it open."),
    )
    order_number = forms.CharField(
        label=gettext_lazy("Order number"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("So that we find your purchase at once."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=80,
        help_text=gettext_lazy("So that we know how to address you; the family name is enough."),
        error_messages={"required": gettext_lazy("Please say how we may address you.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("To answer you and to send you the code for following your complaint. Nothing else."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Instead of the telephone, or beside it."),
        widget=forms.TextInput({"type": "email", "autocomplete": "email", "inputmode": "email"}),
    )
    # Hidden from people and read out to nobody; a program that fills every field fills this one too.
    website = forms.CharField(required=False, max_length=LONGEST)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.label_suffix = now, ""
        # A stamp that is not ours is replaced by one of this moment, which is then too quick.
        self.seal: Stamp = stamps.read(self.data.get("stamp", "")) or stamps.fresh(now)

    def clean_phone(self) -> str:
        given = str(self.cleaned_data["phone"]).strip()
        if not given:
            return ""
        try:
            if phonenumbers.is_possible_number(phonenumbers.parse(given, REGION)):
                return given
        except phonenumbers.NumberParseException:
            pass
        raise forms.ValidationError(_("This does not look like a telephone number. Please check it."))

    def clean_email(self) -> str:
        given = str(self.cleaned_data["email"]).strip()
        if given:
            EmailValidator(_("This does not look like an e-mail address. Please check it."))(given)
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unusable = {"phone", "email"} & set(self.errors)
        if not unusable and not (cleaned.get("phone") or cleaned.get("email")):
            self.add_error("phone", _("Please give a telephone number or an e-mail address: one of the two is enough."))
        return cleaned

    def require_a_person(self) -> None:
        """Refuse what no person sends: the hidden field filled, or the form back within two seconds."""
        if self.cleaned_data["website"].strip() or self.seal.is_too_quick(self.now):
            raise TooQuick()

    def as_complaint(self) -> NewComplaint:
        given = self.cleaned_data
        ways = ((IdentityKind.PHONE, given["phone"]), (IdentityKind.EMAIL, given["email"]))
        text = given["what"].strip()
        if given["wanted"].strip():
            text += "\n\n" + _("What the customer would like: %(wanted)s") % {"wanted": given["wanted"].strip()}
        return NewComplaint(
            title="",
            text=text,
            channel=portal.VIA,
            name=given["name"].strip(),
            identities=tuple((kind.value, value) for kind, value in ways if value),
            order_number=given["order_number"].strip(),
            language=get_language() or "zh-hans",
        )


@dataclass(frozen=True)
class Filed:
    """What became of the form: the case's number, and its secret link where it was made now."""

    number: str
    secret: str


@transaction.atomic
def file(form: FilingForm, brought: Brought, *, at: datetime) -> Filed:
    """Make the case with its files and its secret link; the same form sent twice makes one case.

    Whoever sends it twice (a double click) gets a new link for the same case, and the first one stops working: only
    the answer to the last press reaches his screen.
    """
    new = form.as_complaint()

    def receive() -> Answer:
        complaint = reception.receive(new, actor=PORTAL, at=at)
        if brought.files:
            portal.add_files(complaint.pk, brought.files, customer=complaint.customer, at=at)
        return Answer(201, complaint.number)

    key = f"{form.seal.number}:{idempotency.request_hash(new.text, new.order_number)[:32]}"
    answer = idempotency.once(FILED, key, request=key, at=at, act=receive)
    complaint = Complaint.objects.get(number=answer.body)
    if answer.repeated and at - complaint.received_at > DOUBLE_CLICK:
        return Filed(complaint.number, "")
    return Filed(complaint.number, portal.open_access(complaint, at))
