"""What the proof says, how it was weighed, and appraisals by a body with the right to make them."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import register, rules
from huiyin.complaints.guards import weighing as guards
from huiyin.complaints.models import Appraisal, Evidence, FeeBearer, Stance
from huiyin.complaints.steps import appraising, weighing
from huiyin.complaints.steps.appraising import Conclusion, NewAppraisal
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import DayField, MoneyField, choice_field, line_field, radio_field, words_field
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.case.uploads import UploadField, kept


def about_choices(here: Here, *, blank: Any) -> list[tuple[str, str]]:
    """What proof can bear on: the customer's account first, then the listed causes."""
    listed = register.matters(here.pack, here.complaint.category)
    return [("", str(blank)), *[(about, guards.title_of(here.pack, about)) for about in listed]]


class BearingForm(ItemForm):
    """What one piece of evidence says about a cause, or about what the customer says (S0-14)."""

    about_what = choice_field(gettext_lazy("About what"))
    stance = radio_field(gettext_lazy("What it says"), Stance.choices)

    item_label = gettext_lazy("Which evidence")
    button = gettext_lazy("Keep it")
    intro = gettext_lazy("Where proof stands against proof, a finding waits until somebody says what is believed.")
    about: ClassVar = {rules.EVIDENCE_WHOLE.code: "about_what"}

    def prepare(self) -> None:
        choices = about_choices(self.here, blank=_("Choose what it is about"))
        self.fields["about_what"].choices = choices  # type: ignore[attr-defined]

    def items(self) -> list[tuple[int, str]]:
        rows = Evidence.objects.filter(complaint=self.here.complaint, struck_at=None)
        return [(row.pk, row.title) for row in rows]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        row = chosen(Evidence, complaint_id, given["item"])
        return weighing.say_bearing(
            row.pk, about=given["about_what"], stance=given["stance"], actor=self.here.actor, at=self.here.at
        )


class WeighForm(StepForm):
    """What of a contradiction, or of the customer's own account, is believed and why."""

    matter = choice_field(gettext_lazy("What is weighed"))
    text = words_field(gettext_lazy("What is believed, what is not, and why"), rows=3)

    button = gettext_lazy("Keep it")
    intro = gettext_lazy("New proof about the same matter opens it again.")
    about: ClassVar = {rules.CONTRADICTIONS_WEIGHED.code: "text", rules.EVIDENCE_WHOLE.code: "matter"}

    def prepare(self) -> None:
        here = self.here
        choices = about_choices(here, blank=_("Choose what is weighed"))
        self.fields["matter"].choices = choices  # type: ignore[attr-defined]
        left = guards.open_contradictions(here.case)
        wanted = here.item or (left[0] if left else "")
        self.initial["matter"] = wanted if wanted in {value for value, _label in choices} else ""
        known = guards.weighings(here.complaint.pk, here.complaint.round).get(wanted)
        self.initial["text"] = known.text if known else ""

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return weighing.weigh(
            complaint_id, about=given["matter"], text=given["text"], actor=self.here.actor, at=self.here.at
        )


class CommissionForm(StepForm):
    """An appraisal is commissioned; clocks may stand still meanwhile (S1-13)."""

    body = line_field(gettext_lazy("Who appraises"))
    expected_on = DayField(label=gettext_lazy("Expected on"))
    question = words_field(gettext_lazy("What is asked"), rows=2, most=500)

    button = gettext_lazy("Commission the appraisal")
    intro = gettext_lazy("A body with the right to appraise; where the rules say so, clocks stand still until it ends.")
    beside: ClassVar = (("body", "expected_on"),)
    about: ClassVar = {rules.APPRAISAL_WHOLE.code: "body"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        new = NewAppraisal(given["body"], given["question"], given["expected_on"] or self.here.at.date())
        return appraising.commission_appraisal(complaint_id, new, actor=self.here.actor, at=self.here.at)


class OfAppraisal(ItemForm):
    """A step about the appraisal under way."""

    item_label = gettext_lazy("Which appraisal")

    def items(self) -> list[tuple[int, str]]:
        rows = Appraisal.objects.filter(complaint=self.here.complaint, status=Appraisal.Status.COMMISSIONED)
        return [(row.pk, row.body) for row in rows]


class ConcludeForm(OfAppraisal):
    """The written conclusion with its document, the fee, and who bears it (S1-13, S1-14)."""

    conclusion = words_field(gettext_lazy("What it concludes"), rows=3)
    file = UploadField(label=gettext_lazy("The written conclusion"))
    fee = MoneyField(label=gettext_lazy("Fee"))
    fee_bearer = choice_field(gettext_lazy("Who bears it"), FeeBearer.choices, blank=gettext_lazy("Choose who pays"))
    company_part = MoneyField(label=gettext_lazy("Our part of a shared fee"))
    about_what = choice_field(gettext_lazy("What it is about"))
    stance = choice_field(gettext_lazy("What it says"), Stance.choices, blank=gettext_lazy("Leave it open"))

    button = gettext_lazy("Record the conclusion")
    has_files = True
    beside: ClassVar = (("fee", "fee_bearer", "company_part"), ("about_what", "stance"))
    optional = frozenset({"company_part", "about_what", "stance"})
    about: ClassVar = {rules.APPRAISAL_WHOLE.code: "file"}

    def prepare(self) -> None:
        choices = about_choices(self.here, blank=_("Leave it open"))
        self.fields["about_what"].choices = choices  # type: ignore[attr-defined]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        row = chosen(Appraisal, complaint_id, given["item"])
        told = Conclusion(
            title="",
            text=given["conclusion"],
            document=kept(given["file"], self.here),
            fee=given["fee"],
            fee_bearer=given["fee_bearer"],
            company_part=given["company_part"] or appraising.NOTHING,
            bears=register.as_one([(given["about_what"], given["stance"])]),
        )
        return appraising.conclude_appraisal(row.pk, told, actor=self.here.actor, at=self.here.at)


class AbandonForm(OfAppraisal):
    reason = line_field(gettext_lazy("Why it is given up"), most=300)

    button = gettext_lazy("Give it up")
    about: ClassVar = {rules.APPRAISAL_WHOLE.code: "reason"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        row = chosen(Appraisal, complaint_id, given["item"])
        return appraising.abandon_appraisal(row.pk, reason=given["reason"], actor=self.here.actor, at=self.here.at)
