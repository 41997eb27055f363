"""At the venue: the report of a visit or a call, and the bill worked out anew."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import consumption, rules
from huiyin.complaints.consumption import Bill, Result
from huiyin.complaints.models import Evidence, FieldVisit, Task
from huiyin.complaints.steps import venue
from huiyin.complaints.steps.venue import Report
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import (
    MoneyField,
    TimeField,
    YesNoField,
    choice_field,
    line_field,
    radio_field,
    words_field,
)
from huiyin.interfaces.web.case.forms.tasks import OfTask
from huiyin.interfaces.web.case.rows import Rows
from huiyin.interfaces.web.case.uploads import UploadField, kept
from huiyin.rules import Refusal


class VisitForm(OfTask):
    """What was found on the spot, or told there on the telephone (S4-117)."""

    kinds = (Task.Kind.VISIT,)

    way = radio_field(gettext_lazy("How it was looked into"), FieldVisit.Way.choices)
    place = line_field(gettext_lazy("Where"))
    met = line_field(gettext_lazy("Who was met"))
    visited_at = TimeField(label=gettext_lazy("When"))
    verdict = radio_field(gettext_lazy("Is it as the customer says?"), FieldVisit.Verdict.choices)
    observed = words_field(gettext_lazy("What was seen and heard"), rows=4)
    file = UploadField(label=gettext_lazy("Photograph or paper"))

    button = gettext_lazy("Report the visit")
    intro = gettext_lazy("The report becomes evidence of the case, and the task is done with it.")
    has_files = True
    beside: ClassVar = (("place", "met", "visited_at"),)
    optional = frozenset({"file"})
    about: ClassVar = {**OfTask.about, rules.VISIT_REPORTED.code: "observed"}

    def prepare(self) -> None:
        self.initial["visited_at"] = self.here.at

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        report = Report(
            way=given["way"],
            place=given["place"],
            met=given["met"],
            visited_at=given["visited_at"],
            verdict=given["verdict"],
            observed=given["observed"],
            file=kept(given["file"], self.here),
        )
        return venue.report_visit(self.task(complaint_id), report, actor=self.here.actor, at=self.here.at)


class ExcludedRow(forms.Form):
    """Something that is not discounted."""

    use_required_attribute = False
    what = line_field(gettext_lazy("What is not discounted"), most=120)
    amount = MoneyField(label=gettext_lazy("Amount"))


class BillForm(StepForm):
    """What a meal should have cost; the calculation is shown before it is kept (S4-118)."""

    source = line_field(gettext_lazy("Where the amounts come from"))
    evidence = choice_field(gettext_lazy("The evidence that shows them"))
    total = MoneyField(label=gettext_lazy("Total before the discount"))
    discount = line_field(
        gettext_lazy("Discount"),
        most=12,
        help_text=gettext_lazy("8.8折, 0.88 or a percentage: what remains to be paid."),
    )
    charged = MoneyField(label=gettext_lazy("What was charged"))
    minimum = MoneyField(label=gettext_lazy("Minimum spend"))
    excluded_counts = YesNoField(label=gettext_lazy("Does what is not discounted count towards it?"))

    button = gettext_lazy("Keep the calculation")
    intro = gettext_lazy("The discount holds for part of the bill; seafood, specials and drinks are paid in full.")
    optional = frozenset({"evidence", "charged", "minimum"})
    about: ClassVar = {rules.BILL_ADDS_UP.code: "total"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.result: Result | None = None
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        rows = Evidence.objects.filter(complaint=self.here.complaint, struck_at=None)
        listed = [("", _("None yet")), *[(str(row.pk), row.title) for row in rows]]
        self.fields["evidence"].choices = listed  # type: ignore[attr-defined]
        self.initial["excluded_counts"] = True

        def make(prefix: str, data: Any, initial: dict[str, Any] | None) -> ExcludedRow:
            return ExcludedRow(data, prefix=prefix, initial=initial, auto_id="act-%s")

        self.rows["excluded"] = Rows("excluded", make, data=self.data if self.is_bound else None)

    def bill(self) -> Bill:
        given = self.cleaned_data
        pairs = [(row.cleaned_data["what"], row.cleaned_data["amount"]) for row in self.rows["excluded"]]
        return Bill(
            total=given["total"] or consumption.NOTHING,
            excluded=consumption.lines(pairs),
            share=consumption.share_of(given["discount"]),
            minimum=given["minimum"],
            excluded_counts=given["excluded_counts"] is not False,
            charged=given["charged"],
        )

    def look_again(self) -> None:
        """Show the sums of what stands in the form; what does not add up shows none."""
        try:
            self.result = consumption.recalculate(self.bill())
        except (Refusal, KeyError):
            self.result = None

    def extra(self) -> dict[str, Any]:
        return {"result": self.result, "currency": self.here.pack.currency}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        chosen = Evidence.objects.filter(complaint=complaint_id, pk=given["evidence"] or 0).first()
        return venue.recalculate_bill(
            complaint_id,
            self.bill(),
            source=given["source"],
            evidence=chosen,
            actor=self.here.actor,
            at=self.here.at,
        )
