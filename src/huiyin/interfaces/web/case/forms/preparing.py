"""The preparation sheet, the bottom line, concessions, the reason to say yes, the measure of the law."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import bottom_line, expecting, preparation, rules
from huiyin.complaints.models import Entitlement, Evidence, Negotiation, Principle
from huiyin.complaints.steps import conceding, entitling, preparing
from huiyin.complaints.steps.entitling import Measure
from huiyin.complaints.steps.preparing import Sheet
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import MoneyField, YesNoField, choice_field, line_field, words_field
from huiyin.interfaces.web.case.rows import Rows
from huiyin.policy import compensation

ZERO = Decimal(0)
TEXTS = (
    *("facts", "intent", "goal", "steps", "law", "evidence_request", "alternatives"),
    *("gain_customer", "gain_company", "long_term"),
)


class SceneRow(forms.Form):
    """How it may go, and what we do then."""

    use_required_attribute = False
    situation = line_field(gettext_lazy("How it may go"), most=300)
    response = line_field(gettext_lazy("What we do then"), most=500)


def scene_row(prefix: str, data: Any, initial: dict[str, Any] | None) -> SceneRow:
    return SceneRow(data, prefix=prefix, initial=initial, auto_id="act-%s")


class PrepareForm(StepForm):
    """Everything on the sheet but the bottom line; anything may be missing and is kept."""

    facts = words_field(gettext_lazy("What is known"), rows=3)
    intent = words_field(gettext_lazy("What the customer is after"), rows=2, most=500)
    goal = line_field(gettext_lazy("What we want to reach"), most=300)
    opening = MoneyField(label=gettext_lazy("What we open with"))
    steps = words_field(gettext_lazy("In which steps we give way"), rows=2, most=500)
    alternatives = words_field(gettext_lazy("Options to choose from"), rows=2, most=500)
    law = words_field(gettext_lazy("Law and policy it rests on, with source and day"), rows=2, most=500)
    evidence_request = words_field(gettext_lazy("How evidence is asked for, politely"), rows=2, most=500)
    gain_customer = line_field(gettext_lazy("What the customer gains"), most=300)
    gain_company = line_field(gettext_lazy("What we gain"), most=300)
    long_term = line_field(gettext_lazy("What the relation is worth in the long run"), most=300)
    checks = forms.MultipleChoiceField(
        label=gettext_lazy("Before you call"), required=False, widget=forms.CheckboxSelectMultiple
    )

    button = gettext_lazy("Keep the sheet")
    intro = gettext_lazy("Until the sheet is complete, a hard case has one message only: the holding one.")
    beside: ClassVar = (("goal", "opening"), ("gain_customer", "gain_company"))
    apart = frozenset({"checks"})
    about: ClassVar = {rules.OPENING_WITHIN.code: "opening", rules.HONEST.code: "steps"}

    def prepare(self) -> None:
        here = self.here
        row = Negotiation.objects.filter(complaint=here.complaint).first()
        self.fields["checks"].choices = list(preparation.CHECKS.items())  # type: ignore[attr-defined]
        known: list[dict[str, Any]] = []
        if row is not None:
            self.initial.update({name: getattr(row, name) for name in (*TEXTS, "opening", "checks")})
            known = [{"situation": one.situation, "response": one.response} for one in row.scenes.all()]
        data = self.data if self.is_bound else None
        self.rows["scenes"] = Rows("scenes", scene_row, data=data, initial=known, least=preparation.SCENES)
        reach = bottom_line.reach(here.complaint, here.person, expecting.talks(here.complaint).principle)
        if reach is not None:
            told = _("You may open with up to %(limit)s; leave yourself room.")
            self.fields["opening"].help_text = told % {"limit": f"{reach:,.2f}"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        scenes = tuple(
            (row.cleaned_data.get("situation", ""), row.cleaned_data.get("response", "")) for row in self.rows["scenes"]
        )
        sheet = Sheet(
            **{name: given[name] for name in TEXTS},
            opening=given["opening"],
            checks=tuple(given["checks"]),
            scenes=scenes,
        )
        return preparing.prepare(complaint_id, sheet, actor=self.here.actor, at=self.here.at)


class AskPrincipleForm(StepForm):
    """A bottom line put before somebody else."""

    amount = MoneyField(label=gettext_lazy("Up to which amount"))
    text = words_field(gettext_lazy("What is never agreed to"), rows=2, most=500)

    button = gettext_lazy("Ask for approval")
    about: ClassVar = {rules.PRINCIPLE_DECIDED.code: "text"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        amount = given["amount"] if given["amount"] is not None else Decimal("NaN")
        return preparing.ask_principle(
            complaint_id, amount=amount, text=given["text"], actor=self.here.actor, at=self.here.at
        )


class DecidePrincipleForm(StepForm):
    """Approve or decline the bottom line that waits."""

    approved = YesNoField(label=gettext_lazy("Does it hold?"))
    comment = words_field(gettext_lazy("Comment"), rows=2, most=500)

    button = gettext_lazy("Decide")
    optional = frozenset({"comment"})
    about: ClassVar = {rules.PRINCIPLE_DECIDED.code: "comment"}

    def extra(self) -> dict[str, Any]:
        waiting = Principle.objects.filter(complaint=self.here.complaint, decision=Principle.Decision.PENDING)
        return {"waiting": waiting.select_related("asked_by").first(), "currency": self.here.pack.currency}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return preparing.decide_principle(
            complaint_id,
            approved=bool(given["approved"]),
            comment=given["comment"],
            actor=self.here.actor,
            at=self.here.at,
        )


class ConcedeForm(StepForm):
    """One step of giving way."""

    amount = MoneyField(label=gettext_lazy("To which amount"))
    reason = line_field(gettext_lazy("Why we give way"), most=300)
    obtained = line_field(gettext_lazy("What is obtained for it"), most=300)

    button = gettext_lazy("Log the step")
    optional = frozenset({"obtained"})
    about: ClassVar = {rules.CONCESSION_REASONED.code: "reason", rules.PRINCIPLE_KEPT.code: "amount"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        amount = given["amount"] if given["amount"] is not None else Decimal("NaN")
        return conceding.concede(
            complaint_id,
            amount=amount,
            reason=given["reason"],
            obtained=given["obtained"],
            actor=self.here.actor,
            at=self.here.at,
        )


class ReasonForm(StepForm):
    """The reason with which the customer can say yes (S3-40)."""

    reason = words_field(gettext_lazy("The reason you give him"), rows=2, most=500)
    bottom_line_met = YesNoField(label=gettext_lazy("Is what he cannot do without met already?"))
    needs = line_field(gettext_lazy("What he turned out to need"), most=500)

    button = gettext_lazy("Keep the reason")
    optional = frozenset({"needs"})
    about: ClassVar = {rules.CONCESSION_REASONED.code: "reason", rules.HONEST.code: "reason"}

    def prepare(self) -> None:
        row = Negotiation.objects.filter(complaint=self.here.complaint).first()
        if row is not None:
            known = {name: getattr(row, name) for name in ("reason", "bottom_line_met", "needs")}
            self.initial.update(known)

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return conceding.supply_reason(
            complaint_id,
            reason=given["reason"],
            bottom_line_met=bool(given["bottom_line_met"]),
            needs=given["needs"],
            actor=self.here.actor,
            at=self.here.at,
        )


class EntitlementForm(StepForm):
    """What is known of the purchase; each condition with its evidence, for the four bases of the law."""

    price = MoneyField(label=gettext_lazy("Price that was paid"))
    refund = MoneyField(label=gettext_lazy("Refund owed"))
    loss = MoneyField(label=gettext_lazy("Loss that is proved"))
    household_price = MoneyField(label=gettext_lazy("Part a household uses"))
    promised = MoneyField(label=gettext_lazy("What we promised ourselves"))
    promise_source = line_field(gettext_lazy("Where we promised it"), most=300)

    button = gettext_lazy("Measure the claim")
    intro = gettext_lazy("The bases stand side by side; one purchase carries one of them. This is no legal advice.")
    beside: ClassVar = (("price", "refund", "loss", "household_price"), ("promised", "promise_source"))
    optional = frozenset({"refund", "loss", "household_price", "promised", "promise_source"})
    about: ClassVar = {rules.PROVED_FIRST.code: "price"}

    def prepare(self) -> None:
        case = self.here.complaint
        row = Entitlement.objects.filter(complaint=case).first()
        names = ("price", "refund", "loss", "household_price", "promised", "promise_source")
        self.initial.update({name: getattr(row, name) for name in names} if row else {"price": case.amount})
        proofs = Evidence.objects.filter(complaint=case, struck_at=None)
        listed = [("", _("not shown")), ("no", _("ruled out"))]
        listed += [(str(one.pk), one.title) for one in proofs if one.independent]
        for condition in conditions():
            name = f"shown_{condition.code}"
            self.fields[name] = choice_field(str(condition.title), listed)
            self.initial[name] = _known(row, condition.code)

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        answers = {one.code: given[f"shown_{one.code}"] for one in conditions()}
        measure = Measure(
            price=given["price"] if given["price"] is not None else Decimal("NaN"),
            refund=given["refund"] or ZERO,
            loss=given["loss"] or ZERO,
            household_price=given["household_price"],
            promised=given["promised"] or ZERO,
            promise_source=given["promise_source"],
            shown={code: int(value) for code, value in answers.items() if value not in ("", "no")},
            ruled_out=tuple(code for code, value in answers.items() if value == "no"),
        )
        return entitling.assess_entitlement(complaint_id, measure, actor=self.here.actor, at=self.here.at)


def conditions() -> list[compensation.Condition]:
    """Every condition of the four bases once, what must be shown before what rules a basis out."""
    rows = compensation.bases()
    listed = [one for basis in rows for one in basis.needs] + [one for basis in rows for one in basis.excepted]
    return list({one.code: one for one in listed}.values())


def _known(row: Entitlement | None, code: str) -> str:
    if row is None:
        return ""
    return "no" if code in row.ruled_out else str(row.shown.get(code, ""))
