"""T18 and what leads to it: actions done with proof, arrivals, a small kindness, what came back."""

from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import carrying_out, rules
from huiyin.complaints.models import Action
from huiyin.complaints.steps import execution
from huiyin.complaints.steps.execution import Proof
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import MoneyField, choice_field, line_field, radio_field
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.case.uploads import UploadField, kept
from huiyin.interfaces.web.case.words import SKIP, WordsForm
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.pieces import amount_words


class OfAction(ItemForm):
    """A step about one action."""

    item_label = gettext_lazy("Which action")

    def found(self) -> Any:
        raise NotImplementedError

    def items(self) -> list[tuple[int, str]]:
        rows = self.found().filter(complaint=self.here.complaint).select_related("assignee")
        return [(row.pk, _action(row, self.here)) for row in rows]

    def action(self, complaint_id: int) -> int:
        return chosen(Action, complaint_id, self.cleaned_data["item"]).pk


def _action(row: Action, here: Any) -> str:
    return _("%(title)s %(amount)s, %(name)s, until %(when)s") % {
        "title": row.title,
        "amount": amount_words(row.amount, here.pack.currency) if row.amount else "",
        "name": row.assignee.name,
        "when": times.moment(row.due_at, here.at),
    }


class ActionForm(OfAction, WordsForm):
    """Done means done with proof: a tracking number, a payment reference (S0-20)."""

    kind = choice_field(gettext_lazy("Kind of proof"))
    reference = line_field(gettext_lazy("Number or reference"), most=120)
    file = UploadField(label=gettext_lazy("File"))

    button = gettext_lazy("Done, with this proof")
    intro = gettext_lazy("The customer gets the number; left out, the message stays listed as missing.")
    beside: ClassVar = (("kind", "reference"),)
    optional = frozenset({"file"})
    has_files = True
    about: ClassVar = {rules.PROOF_GIVEN.code: "reference", rules.OWN_DEPARTMENT.code: "item"}

    def prepare(self) -> None:
        pack = self.here.pack
        rows = list(self.found().filter(complaint=self.here.complaint))
        wanted = next((row for row in rows if str(row.pk) == self.here.item), rows[0] if len(rows) == 1 else None)
        codes = {code for row in ([wanted] if wanted else rows) for code in carrying_out.accepted_proofs(pack, row)}
        listed = [(item.code, str(item.title)) for item in pack.proof_kinds if item.code in codes]
        self.fields["kind"].choices = listed or [("", _("None is asked for"))]  # type: ignore[attr-defined]
        self.initial["kind"] = wanted.proof_kind if wanted else ""

    def found(self) -> Any:
        return Action.objects.filter(status=Action.Status.OPEN)

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        say = None if given.get("tell") == SKIP else self.say()
        proof = Proof(given["kind"], given["reference"], kept(given["file"], self.here), say)
        return execution.finish_action(self.action(complaint_id), proof, actor=self.here.actor, at=self.here.at)


class TellForm(OfAction, WordsForm):
    """The message about something done that was missing (S0-21)."""

    may_skip = False
    button = gettext_lazy("Tell the customer")

    def found(self) -> Any:
        return Action.objects.filter(status=Action.Status.DONE)

    def take(self, complaint_id: int) -> object:
        return execution.tell_done(self.action(complaint_id), self.say(), actor=self.here.actor, at=self.here.at)


class ArrivalForm(OfAction, WordsForm):
    """Something arrived: the customer is reminded to check it, and the callback is set (S0-21, S0-56)."""

    button = gettext_lazy("It has arrived")
    intro = gettext_lazy("Remind the customer to check it. The callback is due the day after.")

    def found(self) -> Any:
        return Action.objects.filter(status=Action.Status.DONE, arrived_at=None)

    def take(self, complaint_id: int) -> object:
        return execution.record_arrival(
            self.action(complaint_id), words=self.words(), actor=self.here.actor, at=self.here.at
        )


class GoodwillForm(StepForm):
    """A small kindness of the catalogue, once per case (S2-50)."""

    kindness = radio_field(gettext_lazy("Which kindness"))

    button = gettext_lazy("Grant it")
    intro = gettext_lazy("Every role may grant one per case, beyond any plan. What fits the matter stands first.")
    about: ClassVar = {rules.GOODWILL_LISTED.code: "kindness", rules.GOODWILL_ONCE.code: "kindness"}

    def prepare(self) -> None:
        items = execution.suggested_goodwill(self.here.complaint)
        currency = self.here.pack.currency
        self.fields["kindness"].choices = [  # type: ignore[attr-defined]
            (item.code, _("%(title)s, %(amount)s") % {"title": item.title, "amount": amount_words(item.cost, currency)})
            for item in items
        ]

    def take(self, complaint_id: int) -> object:
        item = self.cleaned_data["kindness"]
        return execution.grant_goodwill(complaint_id, item=item, actor=self.here.actor, at=self.here.at)


class RecoveryForm(StepForm):
    """What came back of the loss (S1-37)."""

    amount = MoneyField(label=gettext_lazy("Amount that came back"))
    source = line_field(gettext_lazy("Who paid it"), most=300)

    button = gettext_lazy("Note the recovery")
    beside: ClassVar = (("amount", "source"),)
    about: ClassVar = {rules.RECOVERY_RECORDED.code: "amount"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return execution.record_recovery(
            complaint_id,
            amount=given["amount"] or Decimal(0),
            source=given["source"],
            actor=self.here.actor,
            at=self.here.at,
        )


class FinishExecutionForm(WordsForm):
    """Everything carried out and told; the callbacks are set (T18)."""

    move = "finish_execution"
    button = gettext_lazy("Everything is carried out")
    intro = gettext_lazy("For our own fault the company apologises here at the latest, in its own name.")
    ahead = frozenset({rules.ALL_DONE.code})
    keeps_nearest = True

    def take(self, complaint_id: int) -> object:
        return execution.finish_execution(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)
