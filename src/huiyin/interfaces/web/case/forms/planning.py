"""T10 to T12 and T16: the plan editor, submitting, offering, taking an objection."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import expecting, plan_warnings, rules
from huiyin.complaints.guards.context import options_of
from huiyin.complaints.models import OfferMode, Plan, RemedyLine
from huiyin.complaints.steps import planning
from huiyin.complaints.steps.planning import NewPlan, Warning
from huiyin.interfaces.web.case import granting
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import length_of, line_field, radio_field, way_field, words_field
from huiyin.interfaces.web.case.forms.remedies import OptionRow, as_amount
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.rows import Rows, unjudged
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.policy.packs.labels import VALUES
from huiyin.policy.packs.schema import Pack

LETTERS = "ABCDEFGHIJKLMNOPQRST"
LEVELS = ("standard", "personalised", "experience", "value_added")
PLAN_RULES = frozenset(
    row.code for row in (rules.DEMANDS_ANSWERED, rules.OPTIONS_COMPLETE, rules.SINGLE_WITH_REASON, rules.APPROVED_FIRST)
) | {rules.WITHIN_AUTHORITY.code}


@dataclass(frozen=True)
class Sum:
    """What one option comes to, as it stands."""

    letter: str
    cost: Decimal
    net: Decimal
    level: Any
    who: str
    within: bool


@dataclass(frozen=True)
class Offered:
    """One entry of the catalogue beside the editor: level, right, who may grant it."""

    title: str
    level: Any
    right: bool
    needs_improvement: bool
    norm: str
    who: str


class PlanForm(StepForm):
    """The options, best first, with what they cost and who may grant them."""

    mode = radio_field(gettext_lazy("How they are offered"), OfferMode.choices)
    single_reason = line_field(gettext_lazy("Why there is only one option"), most=300)

    button = gettext_lazy("Keep the options")
    about: ClassVar = {rules.SINGLE_WITH_REASON.code: "single_reason"}

    def prepare(self) -> None:
        here = self.here
        self.demands = here.case.demands
        self.plan = here.case.plan
        known = _of_plan(self.plan, here.catalogue) if self.plan is not None and not self.is_bound else []
        self.initial.update({"mode": here.pack.settings.plan_offer_mode})
        if self.plan is not None:
            self.initial.update({"mode": self.plan.mode, "single_reason": self.plan.single_reason})

        def make(prefix: str, data: Any, initial: dict[str, Any] | None) -> OptionRow:
            return OptionRow(here, self.demands, data, prefix, initial)

        least = max(2, here.pack.settings.plan_min_options)
        data = self.data if self.is_bound else None
        self.rows["options"] = Rows("options", make, data=data, initial=known, least=least)

    @property
    def options(self) -> list[OptionRow]:
        return list(self.rows["options"])

    def every_rows(self) -> list[Rows[Any]]:
        return [*super().every_rows(), *(option.lines for option in self.options)]

    def keep_quiet(self) -> None:
        super().keep_quiet()
        for option in self.options:
            for row in (*option.answers, *option.expected):
                unjudged(row)

    def sums(self) -> list[Sum]:
        return [_sum(self.here, LETTERS[place], row) for place, row in enumerate(self.options)]

    def extra(self) -> dict[str, Any]:
        here = self.here
        sums = self.sums()
        return {
            "cards": list(zip(self.options, sums, strict=True)),
            "zones": granting.zones(here.pack, here.complaint.owner),
            "dots": granting.dots((one.letter, one.cost) for one in sums if one.cost),
            "catalogue": list(_catalogue(here)),
            "warnings": self.lacking(),
            "above": [plan_warnings.first_condition(one) for one in self.above()],
            "alternatives": self.alternatives(),
            "preferences": here.complaint.customer.preferences,
            "currency": here.pack.currency,
        }

    def above(self) -> list[expecting.Above]:
        """The first conditions that lie above the norm (S3-28, AMB-08)."""
        here = self.here
        return expecting.above_norm(here.catalogue, here.complaint, here.case.talks.expectations, self.demands)

    def alternatives(self) -> list[str]:
        """What to offer beside a tactful refusal: what sheet and expectations hold, and the options (S3-31)."""
        talks = self.here.case.talks
        written = [talks.sheet.alternatives] if talks.sheet is not None else []
        written += [one.replacement or one.alternative for one in talks.expectations]
        written += [str(row["title"].value() or "") for row in self.options]
        return [text for text in dict.fromkeys(written) if text.strip()]

    def lacking(self) -> tuple[Warning, ...]:
        """What the plan should have and lacks; stops nobody."""
        if self.plan is not None and not self.is_bound:
            return planning.warnings(self.plan, reader=self.here.person, at=self.here.at)
        target = self.here.pack.settings.plan_target_options
        written = [row for row in self.options if row["title"].value()]
        if len(written) >= target:
            return ()
        sentence = _("The plan has %(have)s options; %(target)s are aimed at.")
        return (Warning(rules.TARGET_OPTIONS, sentence % {"have": len(written), "target": target}),)

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        options = tuple(row.option() for row in self.options if not row.is_blank)
        new = NewPlan(given["mode"], options, given["single_reason"])
        return planning.draft_plan(complaint_id, new, actor=self.here.actor, at=self.here.at)


def _of_plan(plan: Plan, pack: Pack) -> list[dict[str, Any]]:
    """The plan as it was drawn up last, to go on from."""
    found = []
    options = options_of(plan)
    prefetch_related_objects(options, "expected")
    for option in options:
        quantity, unit = length_of(option.execute_within_minutes)
        found.append(
            {
                "title": option.title,
                "quantity": quantity,
                "unit": unit,
                "recovery": option.recovery or None,
                "recovery_note": option.recovery_note,
                "lines": [_line(line, pack) for line in option.lines.all()],
                "answers": {
                    answer.demand_id: {"text": answer.text, "deviation": answer.deviation}
                    for answer in option.answers.all()
                },
                "expected": {row.expectation_id: {"kind": row.kind, "text": row.text} for row in option.expected.all()},
            }
        )
    return found


def _line(line: RemedyLine, pack: Pack) -> dict[str, Any]:
    """A remedy as it was entered: under its own title only where it had one."""
    known = {remedy.code: tuple(remedy.title) for remedy in pack.remedies}
    own = "" if line.title in known.get(line.remedy, ()) else line.title
    return {"remedy": line.remedy, "amount": line.amount, "title": own}


def _sum(here: Here, letter: str, row: OptionRow) -> Sum:
    pack = here.pack
    known = {remedy.code: remedy for remedy in here.catalogue.remedies}
    lines = [(code, amount) for code, amount in row.amounts() if code in known]
    cost = sum((amount for _code, amount in lines), Decimal(0))
    levels = [known[code].level for code, _amount in lines]
    highest = max(levels, key=lambda level: LEVELS.index(level) if level in LEVELS else 0, default="")
    owner = here.complaint.owner
    return Sum(
        letter,
        cost,
        cost - as_amount(row["recovery"].value()),
        VALUES.get(highest, ""),
        granting.who_may(pack, owner, lines) if lines else "",
        granting.needed(pack, owner, lines) is None,
    )


def _catalogue(here: Here) -> Iterator[Offered]:
    pack = here.pack
    for remedy in here.catalogue.remedies_for(here.complaint.category):
        norm = ""
        if remedy.norm_amount is not None:
            norm = f"{remedy.norm_amount:,.2f}"
        elif remedy.norm_percent_of_order is not None:
            norm = _("%(percent)s %% of the order") % {"percent": f"{remedy.norm_percent_of_order:g}"}
        usual = remedy.norm_amount or Decimal(1)
        yield Offered(
            str(remedy.title),
            VALUES.get(remedy.level, remedy.level),
            remedy.policy_right,
            remedy.needs_improvement,
            norm,
            granting.who_may(pack, here.complaint.owner, [(remedy.code, usual)]),
        )


class StartPlanForm(WordsForm):
    move = "plan"
    button = gettext_lazy("Begin the plan")
    intro = gettext_lazy("The complaint is founded and the cause lies on our side; tell the customer what comes next.")
    ahead = frozenset({rules.FOUNDED.code})

    def take(self, complaint_id: int) -> object:
        return planning.start_plan(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)


class SubmitForm(WordsForm):
    """Put the plan before whoever must sign it."""

    move = "submit"
    button = gettext_lazy("Submit it for approval")
    intro = gettext_lazy("Complete, every demand answered, its cost known. Whoever must sign it is told.")
    ahead = PLAN_RULES

    def take(self, complaint_id: int) -> object:
        return planning.submit_plan(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)


class OfferForm(WordsForm):
    """Offer within the owner's own authority; a leader sees it afterwards."""

    move = "offer"
    button = gettext_lazy("Offer the options")
    intro = gettext_lazy("Name each option with its time, and ask which one suits. A leader looks at it afterwards.")
    ahead = PLAN_RULES
    keeps_nearest = True

    def take(self, complaint_id: int) -> object:
        return planning.offer_within_authority(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)


class ObjectionForm(WordsForm):
    """What the customer objects to; the next option by rank, or a new plan."""

    objection = words_field(gettext_lazy("What the customer objects to"), rows=3)
    via = way_field()

    move = "replan"
    button = gettext_lazy("Take the objection")
    about: ClassVar = {rules.CHOICE_CONFIRMED.code: "objection"}

    def prepare(self) -> None:
        self.initial["via"] = "phone"

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return planning.take_objection(
            complaint_id,
            objection=given["objection"],
            via=given["via"],
            words=self.words(),
            actor=self.here.actor,
            at=self.here.at,
        )
