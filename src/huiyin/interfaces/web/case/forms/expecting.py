"""What the customer expects: noted, asked about one by one, made clear, ranked; and what he prefers."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import expecting, rules
from huiyin.complaints.models import AskedQuestion, Demand, Evidence, Expectation, Source, Weight
from huiyin.complaints.steps import expectations, preparing
from huiyin.complaints.steps.expectations import Asked, NewExpectation, Ranked, Settlement
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import (
    MoneyField,
    TimeField,
    choice_field,
    line_field,
    way_field,
    words_field,
)
from huiyin.interfaces.web.case.forms.remedies import remedy_choices
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.case.rows import Rows

ABOUT: "dict[str, str]" = {
    rules.SOURCE_NAMED.code: "source_note",
    rules.MADE_PRECISE.code: "precise",
    rules.MADE_REALISTIC.code: "alternative",
}


def tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class ExpectationForm(StepForm):
    """One expectation in the customer's words, or an unspoken one as a guess."""

    said = words_field(gettext_lazy("In the customer's own words"), rows=2, most=500)
    implicit = tick(gettext_lazy("He has not said it; we think so"))
    fuzzy = tick(gettext_lazy("Still fuzzy"))
    unrealistic = tick(gettext_lazy("Cannot be had as it is"))
    precise = line_field(gettext_lazy("What it means exactly"), most=300)
    amount = MoneyField(label=gettext_lazy("Amount asked for"))
    due_at = TimeField(label=gettext_lazy("By when"))
    remedy = choice_field(gettext_lazy("Which remedy it asks for"))
    demand = choice_field(gettext_lazy("Which demand it belongs to"))
    source = choice_field(gettext_lazy("Where it comes from"), Source.choices)
    source_note = line_field(gettext_lazy("What exactly was advertised, or happened before"), most=300)

    button = gettext_lazy("Note the expectation")
    intro = gettext_lazy("His words first, what we make of them beside it; nothing is promised here.")
    beside: ClassVar = (("implicit", "fuzzy", "unrealistic"), ("amount", "due_at"), ("remedy", "demand"))
    optional = frozenset({"precise", "amount", "due_at", "remedy", "demand", "source_note"})
    about: ClassVar = ABOUT

    def prepare(self) -> None:
        here = self.here
        proposed = expecting.proposed_source(here.complaint)
        self.initial["source"] = proposed or Source.OTHER
        if proposed is not None:
            self.fields["source"].help_text = _("He was given something before; he may expect it again.")
        self.fields["remedy"].choices = remedy_choices(here.catalogue, here.complaint.category)  # type: ignore[attr-defined]
        demands = Demand.objects.filter(complaint=here.complaint, dropped_at=None)
        listed = [("", _("none of them")), *((str(row.pk), f"{row.rank} {row.text}") for row in demands)]
        self.fields["demand"].choices = listed  # type: ignore[attr-defined]

    def take(self, complaint_id: int) -> object:
        given = {name: value for name, value in self.cleaned_data.items() if name != "demand"}
        demand = self.cleaned_data["demand"]
        new = NewExpectation(**given, demand_id=int(demand) if demand else None)
        return expectations.note_expectation(complaint_id, new, actor=self.here.actor, at=self.here.at)


class AskForm(ItemForm):
    """The one question to put now; or another one, about what was chosen."""

    kind = choice_field(gettext_lazy("Which question"), AskedQuestion.Kind.choices)
    question = words_field(gettext_lazy("As you put it"), rows=2, most=300)
    answer = words_field(gettext_lazy("What the customer answered"), rows=2, most=500)
    via = way_field()
    confirmed = tick(gettext_lazy("He confirms it"))
    precise = line_field(gettext_lazy("What it means exactly"), most=300)
    amount = MoneyField(label=gettext_lazy("Amount"))
    due_at = TimeField(label=gettext_lazy("By when"))

    button = gettext_lazy("Keep question and answer")
    intro = gettext_lazy("One question at a time. Nobody gives up a wish by himself; asking helps him to choose.")
    item_label = gettext_lazy("About which expectation")
    beside: ClassVar = (("kind", "via"), ("amount", "due_at"))
    optional = frozenset({"confirmed", "precise", "amount", "due_at", "item"})
    about: ClassVar = {rules.ASKED_FIRST.code: "answer", rules.MADE_PRECISE.code: "precise"}

    def prepare(self) -> None:
        held = list(Expectation.objects.filter(complaint=self.here.complaint, dropped_at=None))
        asked = AskedQuestion.objects.filter(complaint=self.here.complaint)
        self.following = expecting.next_question(held, asked)
        self.held = held
        self.initial["via"] = "phone"
        if self.following is not None:
            about = self.following.expectation
            self.initial.update({"kind": self.following.kind, "question": self.following.text})
            self.initial["item"] = str(about.pk) if about is not None else ""

    def items(self) -> list[tuple[int, str]]:
        return [(row.pk, str(row)) for row in self.held]

    def extra(self) -> dict[str, Any]:
        return {"guides": expecting.GUIDES}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        named = {name: given[name] for name in ("kind", "question", "answer", "via", "confirmed", "precise")}
        about = None if given["kind"] == AskedQuestion.Kind.ELSE else int(given["item"] or 0)
        asked = Asked(**named, amount=given["amount"], due_at=given["due_at"], expectation_id=about)
        return expectations.ask_question(complaint_id, asked, actor=self.here.actor, at=self.here.at)


class SettleForm(ItemForm):
    """What is made of an expectation: something instead, a refusal with an alternative, or what proves it."""

    unrealistic = tick(gettext_lazy("Cannot be had as it is"))
    replacement = line_field(gettext_lazy("What we offer instead"), most=300)
    declined = words_field(gettext_lazy("Why we decline it, politely"), rows=2, most=300)
    alternative = line_field(gettext_lazy("What he can have or do instead"), most=300)
    proved_by = choice_field(gettext_lazy("What proves it"))
    source = choice_field(gettext_lazy("Where it comes from"), Source.choices, blank=gettext_lazy("as noted"))
    source_note = line_field(gettext_lazy("What exactly was advertised, or happened before"), most=300)

    button = gettext_lazy("Keep it")
    item_label = gettext_lazy("Which expectation")
    beside: ClassVar = (("source", "source_note"),)
    optional = frozenset({"replacement", "declined", "alternative", "proved_by", "source", "source_note"})
    about: ClassVar = {**ABOUT, rules.HONEST.code: "declined"}

    def prepare(self) -> None:
        case = self.here.complaint
        proofs = Evidence.objects.filter(complaint=case, struck_at=None)
        self.fields["proved_by"].choices = [("", _("nothing yet")), *((str(row.pk), row.title) for row in proofs)]  # type: ignore[attr-defined]
        row = Expectation.objects.filter(complaint=case, pk=whole(self.here.item) or 0).first()
        if row is not None:
            names = ("unrealistic", "replacement", "alternative")
            self.initial.update({name: getattr(row, name) for name in names} | {"declined": row.refusal})
            self.initial["proved_by"] = str(row.proved_by_id or "")

    def items(self) -> list[tuple[int, str]]:
        rows = Expectation.objects.filter(complaint=self.here.complaint, dropped_at=None)
        return [(row.pk, str(row)) for row in rows]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        row = chosen(Expectation, complaint_id, given["item"])
        named = {name: given[name] for name in ("unrealistic", "replacement", "alternative", "source", "source_note")}
        proof = int(given["proved_by"]) if given["proved_by"] else None
        told = Settlement(**named, refusal=given["declined"], proved_by_id=proof)
        return expectations.settle_expectation(row.pk, told, actor=self.here.actor, at=self.here.at)


class RankRow(forms.Form):
    """One expectation with its place and what it is worth to the customer."""

    use_required_attribute = False
    place = forms.IntegerField(label=gettext_lazy("Place"), required=False, min_value=1, max_value=99)
    weight = forms.ChoiceField(label=gettext_lazy("What it is worth"), choices=Weight.choices, required=False)

    def __init__(self, expectation: Expectation, *args: Any, **kwargs: Any) -> None:
        self.expectation = expectation
        super().__init__(*args, **kwargs)


class RankForm(StepForm):
    """The customer's order: the first cannot be dropped, the last one can."""

    button = gettext_lazy("Keep the order")
    intro = gettext_lazy("In the customer's order, as he answered. What is still unspoken is asked about first.")

    def prepare(self) -> None:
        rows = Expectation.objects.filter(complaint=self.here.complaint, dropped_at=None)
        self.held = [row for row in rows if not row.hidden]
        data = self.data if self.is_bound else None

        def make(prefix: str, given: Any, _initial: dict[str, Any] | None) -> RankRow:
            place = int(prefix.rsplit("-", 1)[-1])
            row = self.held[min(place, len(self.held) - 1)]
            first = {"place": row.rank or place + 1, "weight": row.weight or Weight.MAY}
            return RankRow(row, given, prefix=prefix, initial=first, auto_id="act-%s")

        self.rows["order"] = Rows("order", make, data=data, initial=[{}] * len(self.held), least=0)

    def take(self, complaint_id: int) -> object:
        rows: list[RankRow] = list(self.rows["order"])
        rows.sort(key=lambda row: row.cleaned_data.get("place") or 99)
        order = [Ranked(row.expectation.pk, row.cleaned_data.get("weight") or "") for row in rows]
        return expectations.rank_expectations(complaint_id, order, actor=self.here.actor, at=self.here.at)


class DropForm(ItemForm):
    reason = line_field(gettext_lazy("Why it is dropped"), most=300)

    button = gettext_lazy("Drop the expectation")
    item_label = gettext_lazy("Which expectation")
    about: ClassVar = {rules.IN_HIS_WORDS.code: "reason"}

    def items(self) -> list[tuple[int, str]]:
        rows = Expectation.objects.filter(complaint=self.here.complaint, dropped_at=None)
        return [(row.pk, str(row)) for row in rows]

    def take(self, complaint_id: int) -> object:
        row = chosen(Expectation, complaint_id, self.cleaned_data["item"])
        reason = self.cleaned_data["reason"]
        return expectations.drop_expectation(row.pk, reason=reason, actor=self.here.actor, at=self.here.at)


class PreferenceForm(StepForm):
    """What the customer prefers; shown in every plan for him (S3-11)."""

    text = words_field(gettext_lazy("What the customer prefers"), rows=3)

    button = gettext_lazy("Keep the preference")
    about: ClassVar = {rules.IN_HIS_WORDS.code: "text"}

    def prepare(self) -> None:
        self.initial["text"] = self.here.complaint.customer.preferences

    def take(self, complaint_id: int) -> object:
        text = self.cleaned_data["text"]
        return preparing.note_preference(complaint_id, text, actor=self.here.actor, at=self.here.at)
