"""T13, T14 and what surrounds them: approve, return, look at it afterwards, let a rule pass."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from huiyin.complaints import lifecycle, rules
from huiyin.complaints.models import Approval
from huiyin.complaints.steps import approval
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import choice_field, words_field
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.rules import rule


class ApproveForm(WordsForm):
    """Approve the plan and put it on offer, within one's own limits."""

    comment = words_field(gettext_lazy("Comment"), rows=2)

    move = "approve"
    button = gettext_lazy("Approve the plan")
    optional = frozenset({"comment"})
    leaves_it = gettext_lazy("The owner brings the options to the customer.")
    ahead = frozenset({rules.NOT_OWN_PLAN.code, rules.WITHIN_AUTHORITY.code})

    def take(self, complaint_id: int) -> object:
        comment = self.cleaned_data["comment"]
        return approval.approve_plan(
            complaint_id, comment=comment, words=self.words(), actor=self.here.actor, at=self.here.at
        )


class ReturnForm(WordsForm):
    """Send the plan back with a comment; it is drawn up anew."""

    comment = words_field(gettext_lazy("What has to change"), rows=3)

    move = "return"
    button = gettext_lazy("Return the plan")
    leaves_it = gettext_lazy("The plan is drawn up anew first.")
    ahead = frozenset({rules.NOT_OWN_PLAN.code})

    def take(self, complaint_id: int) -> object:
        comment = self.cleaned_data["comment"]
        return approval.return_plan(
            complaint_id, comment=comment, words=self.words(), actor=self.here.actor, at=self.here.at
        )


class AfterwardsForm(ItemForm):
    """A look at what was offered within authority or settled at once."""

    comment = words_field(gettext_lazy("Comment"), rows=2)

    item_label = gettext_lazy("Which plan")
    button = gettext_lazy("Looked at, nothing to say against it")
    about: ClassVar = {rules.RETURN_WITH_COMMENT.code: "comment"}

    def items(self) -> list[tuple[int, str]]:
        rows = Approval.objects.filter(
            complaint=self.here.complaint, afterwards=True, decision=Approval.Decision.PENDING
        )
        return [(row.pk, f"{row.plan.number}: {row.amount}") for row in rows.select_related("plan")]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        row = chosen(Approval, complaint_id, given["item"])
        return approval.review_afterwards(
            row.pk,
            objected="object" in self.data,
            comment=given["comment"],
            actor=self.here.actor,
            at=self.here.at,
        )


class OverrideForm(StepForm):
    """Let one rule pass in this round, by name and with a reason."""

    rule = choice_field(gettext_lazy("Which rule"))
    reason = words_field(gettext_lazy("Why this case is an exception"), rows=3, most=500)

    button = gettext_lazy("Let the rule pass")
    intro = gettext_lazy("Your name and your reason stand in the timeline for ever.")
    about: ClassVar = {rules.OVERRIDE_NAMED.code: "rule"}

    def prepare(self) -> None:
        listed: list[tuple[str, Any]] = [(code, f"{code} {rule(code).title}") for code in sorted(lifecycle.OVERRIDABLE)]
        self.fields["rule"].choices = [("", gettext_lazy("Choose the rule")), *listed]  # type: ignore[attr-defined]
        self.initial["rule"] = self.here.item

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return approval.override_rule(
            complaint_id, rule=given["rule"], reason=given["reason"], actor=self.here.actor, at=self.here.at
        )
