"""T1: a complaint written down by whoever takes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Emotion
from huiyin.complaints.steps.reception import NewComplaint
from huiyin.interfaces.web.case.base import StepField
from huiyin.interfaces.web.case.fields import (
    SPOKEN_WAYS,
    DayField,
    MoneyField,
    TimeField,
    category_choices,
    choice_field,
    line_field,
    radio_field,
    words_field,
)
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

# Ways to answer as the page asks for them, and the kind of identity each is.
ORDER = ("order_number", "product", "amount", "purchased_on")
WAYS = (("phone", "phone"), ("email", "email"), ("handle", "handle"))


class NewComplaintForm(forms.Form):
    """The customer's words, the channel, and at least one way to answer."""

    use_required_attribute = False
    text = words_field(_("What happened, in the customer's words"), rows=5)
    title = line_field(_("In one line"))
    channel = choice_field(_("How it reached us"), SPOKEN_WAYS)
    received_at = TimeField(label=_("When it reached us"))
    name = line_field(_("Customer's name"), most=80)
    phone = line_field(_("Telephone"), most=40)
    email = line_field(_("E-mail"))
    handle = line_field(_("Account on the channel"))
    order_number = line_field(_("Order number"), most=64)
    product = line_field(_("Product"), most=120)
    amount = MoneyField(label=_("Amount of the order"))
    purchased_on = DayField(label=_("Bought on"))
    category = choice_field(_("Category"))
    emotion = radio_field(_("How the customer feels"), Emotion.choices)

    bound_field_class = StepField
    optional = frozenset({"title", "received_at", "email", "handle", "category", "emotion", *ORDER})

    def __init__(self, pack: Pack, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="new-%s")
        self.fields["category"].choices = category_choices(pack)  # type: ignore[attr-defined]
        self.refusal: Refusal | None = None

    def new(self) -> NewComplaint:
        """What was written, for the step."""
        given = self.cleaned_data
        ways = [(kind, given[name].strip()) for name, kind in WAYS if given[name].strip()]
        return NewComplaint(
            title=given["title"],
            text=given["text"],
            channel=given["channel"],
            name=given["name"].strip(),
            identities=tuple(ways),
            order_number=given["order_number"],
            product=given["product"],
            amount=given["amount"],
            purchased_on=given["purchased_on"],
            category=given["category"],
            emotion=int(given["emotion"]) if given["emotion"] else None,
            received_at=given["received_at"],
        )

    def refuse(self, refusal: Refusal) -> None:
        """Keep the refusal to be shown, and mark the fields it is about."""
        self.refusal = refusal
        names = ["phone" if name == "identities" else name for name in refusal.missing]
        for name in names:
            if name in self.fields:
                self.add_error(name, _("This is missing or does not fit."))

    @property
    def marked(self) -> list[Any]:
        return [field for field in self if field.errors]
