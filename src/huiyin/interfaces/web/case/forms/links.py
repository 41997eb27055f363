"""Claims against third parties, and cases that belong together."""

from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import queries, rules
from huiyin.complaints.models import Claim, Complaint
from huiyin.complaints.states import State
from huiyin.complaints.steps import claims, linking, messages, reception
from huiyin.complaints.steps.claims import NewClaim
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import MoneyField, TimeField, choice_field, line_field, words_field
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.components.pieces import amount_words

NEARBY = 12


class ClaimForm(StepForm):
    """A claim against the responsible third party, as promised to the customer (S0-55)."""

    party = line_field(gettext_lazy("Against whom"))
    amount = MoneyField(label=gettext_lazy("Amount"))
    basis = words_field(gettext_lazy("On what it rests"), rows=2, most=500)
    due_at = TimeField(label=gettext_lazy("Until when it is to be settled"))

    button = gettext_lazy("Open the claim")
    intro = gettext_lazy("The claim has a life of its own: closing the case leaves it open and listed.")
    beside: ClassVar = (("party", "amount"),)
    about: ClassVar = {rules.CLAIM_FORWARD.code: "party"}

    def prepare(self) -> None:
        finding = self.here.case.finding
        if finding is not None and finding.loss:
            self.initial["amount"] = finding.loss

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        new = NewClaim(given["party"], given["amount"] or Decimal(0), given["basis"], given["due_at"] or self.here.at)
        return claims.open_claim(complaint_id, new, actor=self.here.actor, at=self.here.at)


class ClaimMoveForm(ItemForm):
    """One step further with a claim."""

    status = choice_field(gettext_lazy("Next step"))
    recovered = MoneyField(label=gettext_lazy("Amount that came back"))
    note = words_field(gettext_lazy("What happened"), rows=2)

    item_label = gettext_lazy("Which claim")
    optional = frozenset({"recovered"})
    button = gettext_lazy("Move the claim on")
    beside: ClassVar = (("status", "recovered"),)
    about: ClassVar = {rules.CLAIM_STEPS.code: "status"}

    def prepare(self) -> None:
        rows = self._open()
        meant = [row for row in rows if str(row.pk) == self.here.item] or rows
        ahead = {status: status.label for row in meant for status in claims.next_statuses(row)}
        listed = [("", _("Choose the step")), *((status.value, label) for status, label in ahead.items())]
        self.fields["status"].choices = listed  # type: ignore[attr-defined]

    def _open(self) -> list[Claim]:
        return list(Claim.objects.filter(complaint=self.here.complaint, ended_at=None))

    def items(self) -> list[tuple[int, str]]:
        currency = self.here.pack.currency
        return [(row.pk, _claim(row, currency)) for row in self._open()]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        row = chosen(Claim, complaint_id, given["item"])
        return claims.move_claim(
            row.pk,
            given["status"],
            note=given["note"],
            recovered=given["recovered"],
            actor=self.here.actor,
            at=self.here.at,
        )


def _claim(row: Claim, currency: str) -> str:
    return _("%(party)s, %(amount)s, %(status)s") % {
        "party": row.party,
        "amount": amount_words(row.amount, currency),
        "status": row.get_status_display(),
    }


class OtherCase(StepForm):
    """Another case by its number; those that look alike are offered, never joined by themselves (decision 10)."""

    other = line_field(gettext_lazy("Number of the other case"), most=64)

    def candidates(self) -> Any:
        rows = reception.possible_duplicates(self.here.complaint)
        return rows.filter(pk__in=queries.visible_to(self.here.person).values("pk"))

    def extra(self) -> dict[str, Any]:
        return {"alike": list(self.candidates()[:NEARBY])}

    def prepare(self) -> None:
        self.fields["other"].widget.attrs["list"] = "act-alike"

    def found(self) -> Complaint | None:
        return queries.by_number(self.here.person, self.cleaned_data["other"])


class MergeForm(OtherCase):
    """One matter, one case: this one stops and goes on in another."""

    reason = line_field(gettext_lazy("Why they are one matter"), most=300)

    button = gettext_lazy("Merge into that case")
    intro = gettext_lazy("This case stops, its number leads there, what was promised is promised on; it can be undone.")
    about: ClassVar = {rules.SAME_MATTER_ONCE.code: "other"}

    def candidates(self) -> Any:
        return super().candidates().exclude(state=State.CLOSED)

    def take(self, complaint_id: int) -> object:
        target = self.found()
        if target is None:
            raise linking.NotMergeable(missing=("other",))
        return linking.merge(
            complaint_id,
            into=target.pk,
            reason=self.cleaned_data["reason"],
            actor=self.here.actor,
            at=self.here.at,
        )


class ReasonForm(StepForm):
    reason = line_field(gettext_lazy("Why"), most=300)


class UnmergeForm(ReasonForm):
    button = gettext_lazy("Undo the merge")
    intro = gettext_lazy("The case goes on where it stood; its clocks run again to the same due times.")
    about: ClassVar = {rules.SAME_MATTER_ONCE.code: "reason"}

    def take(self, complaint_id: int) -> object:
        reason = self.cleaned_data["reason"]
        return linking.unmerge(complaint_id, reason=reason, actor=self.here.actor, at=self.here.at)


class LinkForm(OtherCase):
    """This case repeats an earlier one of the customer."""

    button = gettext_lazy("Link as a repeat")
    about: ClassVar = {rules.EARLIER_CASE.code: "other"}

    def candidates(self) -> Any:
        return super().candidates().filter(received_at__lte=self.here.complaint.received_at)

    def take(self, complaint_id: int) -> object:
        first = self.found()
        if first is None:
            raise linking.NotEarlier(missing=("other",))
        return linking.link_repeat(complaint_id, earlier=first.pk, actor=self.here.actor, at=self.here.at)


class UnlinkForm(ReasonForm):
    button = gettext_lazy("Take the link back")
    about: ClassVar = {rules.EARLIER_CASE.code: "reason"}

    def take(self, complaint_id: int) -> object:
        reason = self.cleaned_data["reason"]
        return linking.unlink_repeat(complaint_id, reason=reason, actor=self.here.actor, at=self.here.at)


class FollowForm(StepForm):
    button = gettext_lazy("Follow the case")

    def take(self, complaint_id: int) -> object:
        return messages.follow(complaint_id, actor=self.here.actor)


class UnfollowForm(StepForm):
    button = gettext_lazy("Follow it no more")

    def take(self, complaint_id: int) -> object:
        return messages.unfollow(complaint_id, actor=self.here.actor)
