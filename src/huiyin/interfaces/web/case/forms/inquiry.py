"""T6 and T9: evidence, the checklist of causes, the finding."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import register, rules
from huiyin.complaints.guards import inquiry, weighing
from huiyin.complaints.models import ACCOUNT, Evidence, Side, Stance
from huiyin.complaints.steps import investigation
from huiyin.complaints.steps.investigation import NewEvidence, NewFinding
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import (
    MoneyField,
    PersonChoice,
    TimeField,
    YesNoField,
    choice_field,
    line_field,
    radio_field,
    words_field,
)
from huiyin.interfaces.web.case.forms.proof import about_choices
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.case.rows import Rows
from huiyin.interfaces.web.case.uploads import UploadField, kept
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.people.models import Person

FINDING_RULES = frozenset({rules.TWO_KINDS.code, rules.CAUSES_JUDGED.code, rules.CONTRADICTIONS_WEIGHED.code})


class EvidenceForm(StepForm):
    """One piece of proof: what it is, where it came from, when (S0-15)."""

    kind = choice_field(gettext_lazy("Kind of evidence"))
    title = line_field(gettext_lazy("What it is"))
    source = line_field(gettext_lazy("Where it came from"))
    obtained_at = TimeField(label=gettext_lazy("When it was obtained"))
    how = line_field(gettext_lazy("How it was obtained"), most=300)
    note = words_field(gettext_lazy("What it shows"), rows=2)
    about_what = choice_field(gettext_lazy("What it is about"))
    stance = choice_field(gettext_lazy("What it says"), Stance.choices, blank=gettext_lazy("Leave it open"))
    file = UploadField(label=gettext_lazy("File"))

    button = gettext_lazy("Add the evidence")
    intro = gettext_lazy("What the customer says is weighed, but does not count as independent proof.")
    beside: ClassVar = (("kind", "title"), ("source", "obtained_at"), ("about_what", "stance"))
    optional = frozenset({"how", "note", "file", "about_what", "stance"})
    has_files = True
    about: ClassVar = {rules.EVIDENCE_WHOLE.code: "title"}

    def prepare(self) -> None:
        self.initial["obtained_at"] = self.here.at
        self.fields["kind"].choices = [("", _("Choose the kind")), *_kinds(self)]  # type: ignore[attr-defined]
        choices = about_choices(self.here, blank=_("Leave it open"))
        self.fields["about_what"].choices = choices  # type: ignore[attr-defined]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        here = self.here
        new = NewEvidence(
            kind=given["kind"],
            title=given["title"],
            source=given["source"],
            obtained_at=given["obtained_at"] or here.at,
            how=given["how"],
            note=given["note"],
            file=kept(given["file"], here),
            bears=register.as_one([(given["about_what"], given["stance"])]),
        )
        return investigation.add_evidence(complaint_id, new, actor=here.actor, at=here.at)


def _kinds(form: StepForm) -> list[tuple[str, str]]:
    """The pack's kinds; those that are only a statement say so."""
    statements = {kind.value for kind in Evidence.STATEMENTS}
    named = {item.code: str(item.title) for item in form.here.pack.evidence_kinds}
    known = named or {kind.value: str(kind.label) for kind in Evidence.Kind}
    known.pop(Evidence.Kind.APPRAISAL, None)
    return [
        (code, _("%(kind)s (a statement, does not count)") % {"kind": title} if code in statements else title)
        for code, title in known.items()
    ]


class StrikeForm(ItemForm):
    """Evidence that counts no more; it stays visible."""

    reason = line_field(gettext_lazy("Why it counts no more"), most=300)

    item_label = gettext_lazy("Which evidence")
    button = gettext_lazy("Strike it out")
    intro = gettext_lazy("What is struck out stays visible with its reason.")
    about: ClassVar = {rules.EVIDENCE_WHOLE.code: "reason"}

    def items(self) -> list[tuple[int, str]]:
        rows = Evidence.objects.filter(complaint=self.here.complaint, struck_at=None)
        return [(row.pk, row.title) for row in rows]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        row = chosen(Evidence, complaint_id, given["item"])
        return investigation.strike_evidence(row.pk, reason=given["reason"], actor=self.here.actor, at=self.here.at)


class VerdictRow(forms.Form):
    """One cause of the checklist: in, out, or not judged yet; with grounds."""

    use_required_attribute = False
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=(("in", gettext_lazy("It is the cause")), ("out", gettext_lazy("Ruled out"))),
        required=False,
        widget=forms.RadioSelect,
    )
    grounds = line_field(gettext_lazy("Grounds"), most=500)

    def __init__(self, cause: Any, *args: Any, **kwargs: Any) -> None:
        self.cause = cause
        super().__init__(*args, **kwargs)


class CausesForm(StepForm):
    """The checklist of the category: each cause ruled in or out (S0-33)."""

    button = gettext_lazy("Keep the verdicts")
    intro = gettext_lazy("Each listed cause is ruled in or out, with grounds, before a finding can be issued.")

    def prepare(self) -> None:
        case = self.here.case
        known = {
            row.cause: {"verdict": "in" if row.ruled_in else "out", "grounds": row.grounds} for row in case.verdicts
        }
        self.known = known
        data = self.data if self.is_bound else None
        self.verdicts = [
            VerdictRow(case.pack.cause(code), data, prefix=f"cause-{code}", initial=known.get(code), auto_id="act-%s")
            for code in inquiry.listed_causes(case)
        ]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.verdicts]
        return super().is_valid() and all(rows)

    def refuse(self, refusal: Any) -> None:
        super().refuse(refusal)
        for row in self.verdicts:
            given = row.cleaned_data
            if bool(given["verdict"]) != bool(given["grounds"].strip()):
                row.add_error("grounds", _("This is missing or does not fit."))

    def take(self, complaint_id: int) -> object:
        changed = [row for row in self.verdicts if self._is_new(row)]
        for row in changed:
            investigation.judge_cause(
                complaint_id,
                cause=row.cause.code,
                ruled_in=row.cleaned_data["verdict"] == "in",
                grounds=row.cleaned_data["grounds"],
                actor=self.here.actor,
                at=self.here.at,
            )
        if not changed:
            raise investigation.VerdictWithoutGrounds()
        return changed

    def _is_new(self, row: VerdictRow) -> bool:
        given = {"verdict": row.cleaned_data["verdict"], "grounds": row.cleaned_data["grounds"].strip()}
        return bool(given["verdict"]) and given != self.known.get(row.cause.code)


class ResponsibleRow(forms.Form):
    """One responsible person: of the house, or somebody outside by name."""

    use_required_attribute = False
    person = PersonChoice(Person.objects.none(), label=gettext_lazy("Of the house"))
    name = line_field(gettext_lazy("Or by name"), most=120)

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]

    def named(self) -> tuple[int | None, str]:
        person = self.cleaned_data["person"]
        name = self.cleaned_data["name"].strip()
        return (person.pk, name or person.name) if person is not None else (None, name)


class FindingForm(WordsForm):
    """Cause, side, the two judgements with grounds, who is responsible (S1-29, S1-34)."""

    cause = choice_field(gettext_lazy("Cause"))
    secondary_cause = choice_field(gettext_lazy("A second cause"))
    side = radio_field(gettext_lazy("On whose side"), Side.choices)
    reasons_sufficient = YesNoField(label=gettext_lazy("Are the reasons sufficient?"))
    demand_reasonable = YesNoField(label=gettext_lazy("Is the demand reasonable?"))
    grounds = words_field(gettext_lazy("Grounds: which evidence shows it"), rows=3)
    account_weighed = words_field(
        gettext_lazy("The customer's own account: what of it is believed, what is not, and why"), rows=2
    )
    within_control = YesNoField(label=gettext_lazy("Within our control?"))
    loss = MoneyField(label=gettext_lazy("Loss"))
    no_person_reason = line_field(gettext_lazy("Or why nobody is responsible"), most=300)

    move = "find"
    button = gettext_lazy("Issue the finding")
    intro = gettext_lazy("Cause, side and validity are fixed for this round.")
    ahead = FINDING_RULES
    leaves_it = gettext_lazy("The owner tells the customer the finding.")
    optional = frozenset({"loss"})
    beside: ClassVar = (
        ("cause", "secondary_cause"),
        ("reasons_sufficient", "demand_reasonable"),
        ("within_control", "loss"),
    )
    about: ClassVar = {
        rules.FINDING_COMPLETE.code: "cause",
        rules.RESPONSIBLE_NAMED.code: "no_person_reason",
        rules.CAUSES_JUDGED.code: "cause",
        rules.ACCOUNT_WEIGHED.code: "account_weighed",
    }

    def prepare(self) -> None:
        case = self.here.case
        codes = [row.cause for row in case.verdicts if row.ruled_in]
        listed = [(code, str(case.pack.cause(code).title)) for code in inquiry.listed_causes(case) or codes]
        self.fields["cause"].choices = [("", _("Choose the cause")), *listed]  # type: ignore[attr-defined]
        # The second cause is often another than the category's: the manner of somebody in it (S2-46).
        others = [(one.code, str(one.title)) for one in case.pack.every_cause if one.code not in dict(listed)]
        second = [("", _("None")), *listed, *others]
        self.fields["secondary_cause"].choices = second  # type: ignore[attr-defined]
        self.initial["within_control"] = True
        known = weighing.weighings(case.complaint.pk, case.complaint.round).get(ACCOUNT)
        self.initial["account_weighed"] = known.text if known else ""
        if len(codes) == 1:
            self.initial.update({"cause": codes[0], "side": case.pack.cause(codes[0]).side})
        self.rows["responsible"] = self._responsible()

    def _responsible(self) -> Rows[ResponsibleRow]:
        people = PersonChoice(Person.objects.filter(is_active=True).order_by("name", "pk"))
        choices: list[Any] = [choice for choice in people.widget.choices]

        def make(prefix: str, data: Any, initial: dict[str, Any] | None) -> ResponsibleRow:
            row = ResponsibleRow(choices, data, prefix=prefix, initial=initial, auto_id="act-%s")
            row.fields["person"].queryset = Person.objects.filter(is_active=True)  # type: ignore[attr-defined]
            row.fields["person"].choices = choices  # type: ignore[attr-defined]
            return row

        return Rows("responsible", make, data=self.data if self.is_bound else None)

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        named = [row.named() for row in self.rows["responsible"]]
        if given["reasons_sufficient"] is None or given["demand_reasonable"] is None:
            missing = [name for name in ("reasons_sufficient", "demand_reasonable") if given[name] is None]
            raise inquiry.FindingIncomplete(missing=tuple(missing))
        new = NewFinding(
            cause=given["cause"],
            side=given["side"],
            reasons_sufficient=given["reasons_sufficient"],
            demand_reasonable=given["demand_reasonable"],
            grounds=given["grounds"],
            responsible=tuple((pk, name) for pk, name in named if pk is not None or name),
            no_person_reason=given["no_person_reason"],
            secondary_cause=given["secondary_cause"],
            within_control=given["within_control"] is not False,
            loss=given["loss"] or Decimal(0),
            account_weighed=given["account_weighed"],
        )
        return investigation.issue_finding(complaint_id, new, self.words(), actor=self.here.actor, at=self.here.at)


class ReinvestigateForm(WordsForm):
    """Another round because the customer brought something new (T9)."""

    move = "reinvestigate"
    button = gettext_lazy("Investigate again")
    ahead = frozenset({rules.ANSWER_RECORDED.code})

    def take(self, complaint_id: int) -> object:
        return investigation.reinvestigate(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)
