"""T3 and T4: the four elements 人、事、情、求, and a small matter settled at once."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import Complaint, Emotion, Registration
from huiyin.complaints.steps import registration
from huiyin.complaints.steps.registration import DemandLine, Form, Settlement
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import (
    DayField,
    MoneyField,
    category_choices,
    choice_field,
    line_field,
    minutes,
    radio_field,
    way_field,
    words_field,
)
from huiyin.interfaces.web.case.forms.remedies import Length, LineRow, line_rows
from huiyin.interfaces.web.case.rows import Rows
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.people.models import Tier
from huiyin.rules import Refusal

KEEP = "keep"
T = TypeVar("T")


class DemandRow(forms.Form):
    """One demand in the customer's words; the place in the list is its rank."""

    use_required_attribute = False
    text = line_field(gettext_lazy("Demand"), most=500)
    must = forms.ChoiceField(
        label=gettext_lazy("Can the customer do without?"),
        choices=(("must", gettext_lazy("must")), ("may", gettext_lazy("negotiable"))),
        required=False,
    )
    amount = MoneyField(label=gettext_lazy("Amount"))

    def line(self) -> DemandLine:
        given = self.cleaned_data
        return DemandLine(given["text"], must=given["must"] != "may", amount=given["amount"])


def demand_row(prefix: str, data: Any, initial: dict[str, Any] | None) -> DemandRow:
    return DemandRow(data, prefix=prefix, initial=initial, auto_id="act-%s")


class RegistrationForm(StepForm):
    """The printable form as a page; what is missing is listed by the step, and nothing typed is lost."""

    complainant = line_field(gettext_lazy("Who complains"))
    card_number = line_field(gettext_lazy("Member's card number"), most=64)
    object = line_field(gettext_lazy("About what"))
    order_number = line_field(gettext_lazy("Order number"), most=64)
    product = line_field(gettext_lazy("Product"), most=120)
    amount = MoneyField(label=gettext_lazy("Amount of the order"))
    purchased_on = DayField(label=gettext_lazy("Bought on"))
    matter = words_field(gettext_lazy("What happened"))
    happened_on = DayField(label=gettext_lazy("On which day"))
    happened_where = line_field(gettext_lazy("Where"))
    happened_step = line_field(gettext_lazy("At which step"))
    emotion = radio_field(gettext_lazy("How the customer feels"), Emotion.choices)
    emotion_note = line_field(gettext_lazy("What shows it, what worries the customer"), most=500)
    category = choice_field(gettext_lazy("Category"))
    restated = words_field(gettext_lazy("Restated to the customer"), rows=2)
    confirmed = forms.BooleanField(label=gettext_lazy("The customer said: yes, that is it"), required=False)
    minor = forms.BooleanField(label=gettext_lazy("Minor: can be settled at once"), required=False)
    compound = forms.BooleanField(label=gettext_lazy("Compound: concerns several departments"), required=False)

    # The four blocks by their names in the house (S0-05); the same in every language.
    han: ClassVar = {"person": "人", "matter": "事", "emotion": "情", "demand": "求"}
    optional = frozenset(
        {
            "order_number",
            "product",
            "amount",
            "purchased_on",
            "happened_on",
            "happened_where",
            "happened_step",
            "emotion_note",
        }
    )
    about: ClassVar = {
        rules.CATEGORISED.code: "category",
        rules.MEMBER_CARD.code: "card_number",
        rules.RESTATED.code: "restated",
        rules.EMOTION_ON_THE_LIST.code: "emotion",
    }

    def prepare(self) -> None:
        case = self.here.complaint
        self.initial = {**_of_case(case), **_of_form(case)}
        self.fields["category"].choices = category_choices(self.here.pack)  # type: ignore[attr-defined]
        if not (case.customer.card_number or case.customer.tier == Tier.GOLD):
            del self.fields["card_number"]
        known = [
            {"text": row.text, "must": "must" if row.must else "may", "amount": row.amount}
            for row in self.here.case.demands
        ]
        data = self.data if self.is_bound else None
        self.rows["demands"] = Rows("demands", demand_row, data=data, initial=known, least=2)

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        if "demands" in refusal.missing and len(self.rows["demands"]):
            self.rows["demands"][0].add_error("text", gettext_lazy("This is missing or does not fit."))

    def written(self) -> Form:
        """What the form says, for the step."""
        given = self.cleaned_data
        texts = {name: given[name] for name in TEXTS}
        return Form(
            **texts,
            card_number=given.get("card_number", ""),
            emotion=int(given["emotion"]) if given["emotion"] else None,
            demands=tuple(row.line() for row in self.rows["demands"]),
            happened_on=_of(date, given["happened_on"]),
            confirmed=given["confirmed"],
            amount=_of(Decimal, given["amount"]),
            purchased_on=_of(date, given["purchased_on"]),
            minor=given["minor"],
            compound=given["compound"],
        )


TEXTS = (
    "complainant",
    "object",
    "order_number",
    "product",
    "matter",
    "happened_where",
    "happened_step",
    "emotion_note",
    "category",
    "restated",
)


def _of(kind: type[T], value: Any) -> T | None:
    return value if isinstance(value, kind) else None


def _of_case(case: Complaint) -> dict[str, Any]:
    """What is known from the complaint itself."""
    newest = case.emotions.last()
    return {
        "complainant": case.customer.name,
        "card_number": case.customer.card_number,
        "object": case.product,
        "matter": case.text,
        "order_number": case.order_number,
        "product": case.product,
        "amount": case.amount,
        "purchased_on": case.purchased_on,
        "category": case.category,
        "minor": case.minor,
        "compound": case.compound,
        "emotion": newest.level if newest else None,
        "emotion_note": newest.note if newest else "",
    }


def _of_form(case: Complaint) -> dict[str, Any]:
    """What was kept on the form before."""
    kept: Registration | None = getattr(case, "registration", None)
    if kept is None:
        return {}
    return {
        "complainant": kept.complainant,
        "card_number": kept.card_number or case.customer.card_number,
        "object": kept.object,
        "matter": kept.matter,
        "happened_on": kept.happened_on,
        "happened_where": kept.happened_where,
        "happened_step": kept.happened_step,
        "emotion_note": kept.emotion_note,
        "restated": kept.restated,
        "confirmed": kept.restatement_confirmed_at is not None,
    }


class RegisterForm(WordsForm, RegistrationForm):
    """The form, confirmed by the customer, as the step that registers; or kept as it is for later."""

    move = "register"
    button = gettext_lazy("Register the complaint")
    intro = gettext_lazy("Person, matter, emotion, demand: read it back and let the customer confirm it.")

    def take(self, complaint_id: int) -> object:
        actor, at = self.here.actor, self.here.at
        if KEEP in self.data:
            return registration.save_form(complaint_id, self.written(), actor=actor, at=at)
        return registration.register(complaint_id, self.written(), self.words(), actor=actor, at=at)


class KeepForm(RegistrationForm):
    """The form by itself: begun before the first answer, or corrected until the case is assigned."""

    button = gettext_lazy("Keep the form")
    intro = gettext_lazy("Before registration anything may be missing; afterwards the form stays complete.")

    def take(self, complaint_id: int) -> object:
        return registration.save_form(complaint_id, self.written(), actor=self.here.actor, at=self.here.at)


class SettleForm(WordsForm):
    """A small matter settled on the spot, with the customer's yes (S2-22)."""

    title = line_field(gettext_lazy("What is agreed"))
    cause = choice_field(gettext_lazy("Cause on our side"))
    grounds = words_field(gettext_lazy("What shows it"), rows=2)
    quantity = Length.quantity()
    unit = Length.unit()
    customer_said = line_field(gettext_lazy("The customer's yes, in the customer's words"), most=300)
    via = way_field()

    move = "settle_at_once"
    button = gettext_lazy("Settle it")
    intro = gettext_lazy("Only what is minor, founded, within your authority and agreed; a leader looks at it later.")
    beside: ClassVar = (("quantity", "unit"), ("customer_said", "via"))
    about: ClassVar = {rules.KNOWN_REMEDY.code: "title", rules.FAST_TRACK.code: "title"}

    def prepare(self) -> None:
        here = self.here
        self.initial.update({"via": "phone", "quantity": 24, "unit": "hour"})
        listed = here.pack.category(here.complaint.category).causes if here.complaint.category else ()
        ours = [(code, str(here.pack.cause(code).title)) for code in listed if here.pack.cause(code).side != "customer"]
        self.fields["cause"].choices = [("", gettext_lazy("Choose the cause")), *ours]  # type: ignore[attr-defined]
        self.rows["lines"] = line_rows("lines", here, data=self.data if self.is_bound else None)

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        lines: list[LineRow] = list(self.rows["lines"])
        settlement = Settlement(
            title=given["title"],
            lines=tuple(row.line() for row in lines if not row.is_blank),
            grounds=given["grounds"],
            cause=given["cause"],
            execute_within_minutes=minutes(given["quantity"], given["unit"]),
            customer_said=given["customer_said"],
            via=given["via"],
        )
        return registration.settle_at_once(
            complaint_id, settlement, self.words(), actor=self.here.actor, at=self.here.at
        )
