"""T19 and T20: calling back, trying to reach, the end or another round."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.guards import closing
from huiyin.complaints.models import Callback
from huiyin.complaints.steps import followup
from huiyin.complaints.steps.followup import CallbackResult
from huiyin.interfaces.web.case.fields import (
    SPOKEN_WAYS,
    YesNoField,
    choice_field,
    line_field,
    radio_field,
    words_field,
)
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.case.words import SAY, SKIP, WordsForm
from huiyin.interfaces.web.components import times

SCORES = (("", gettext_lazy("not asked")), *((str(score), str(score)) for score in range(1, 6)))
REACHED = (("yes", gettext_lazy("Reached, and asked")), ("no", gettext_lazy("Not reached")))


class CallbackForm(ItemForm):
    """A try to call back, or what the customer said when reached (S2-57, S3-02)."""

    reached = radio_field(gettext_lazy("Was the customer reached?"), REACHED)
    medium = choice_field(gettext_lazy("By which way"), SPOKEN_WAYS)
    note = line_field(gettext_lazy("What happened at the try"), most=300)
    end_condition_met = YesNoField(label=gettext_lazy("Is it over for the customer?"))
    satisfied = YesNoField(label=gettext_lazy("Is the customer satisfied?"))
    matter_score = radio_field(gettext_lazy("The matter, 1 to 5"), SCORES)
    feeling_score = radio_field(gettext_lazy("How it felt, 1 to 5"), SCORES)
    comment = words_field(gettext_lazy("In the customer's words"), rows=3)
    trust_gained = YesNoField(label=gettext_lazy("Does the customer trust us again?"))

    item_label = gettext_lazy("Which callback")
    optional = frozenset({"note", "comment", "matter_score", "feeling_score"})
    button = gettext_lazy("Record the callback")
    about: ClassVar = {rules.CALLBACK_DUE.code: "item"}

    def prepare(self) -> None:
        case = self.here.case
        self.initial["medium"] = "phone"
        condition = case.pack.category(case.complaint.category).end_condition if case.complaint.category else ""
        asked = END_QUESTIONS.get(condition)
        if asked is not None:
            self.fields["end_condition_met"].label = asked

    def items(self) -> list[tuple[int, str]]:
        rows = Callback.objects.filter(complaint=self.here.complaint, status=Callback.Status.OPEN)
        return [(row.pk, _callback(row, self.here.at)) for row in rows]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        actor, at = self.here.actor, self.here.at
        row = chosen(Callback, complaint_id, given["item"])
        if given["reached"] != "yes":
            return followup.attempt_callback(
                row.pk, medium=given["medium"], reached=False, note=given["note"], actor=actor, at=at
            )
        if given["satisfied"] is None:
            raise closing.EndNotReached(condition=_("nobody asked"), missing=("satisfied",))
        result = CallbackResult(
            satisfied=given["satisfied"],
            end_condition_met=given["end_condition_met"],
            matter_score=_score(given["matter_score"]),
            feeling_score=_score(given["feeling_score"]),
            comment=given["comment"],
            trust_gained=given["trust_gained"],
            via=given["medium"],
        )
        return followup.record_callback(row.pk, result, actor=actor, at=at)


# The end condition is asked in words a customer understands (S0-22).
END_QUESTIONS = {
    "goods_confirmed": gettext_lazy("Are the goods received, and is nothing wrong with them?"),
    "solution_accepted": gettext_lazy("Does the customer accept the solution?"),
    "refund_arrived": gettext_lazy("Has the money arrived?"),
}


def _score(given: str) -> int | None:
    return int(given) if given else None


def _callback(row: Callback, at: Any) -> str:
    return _("%(kind)s, until %(when)s") % {"kind": row.get_kind_display(), "when": times.moment(row.due_at, at)}


class ContactForm(WordsForm):
    """A try to reach a customer who does not answer, or the final message that names the way back (AMB-40)."""

    way = choice_field(gettext_lazy("Tried by"), SPOKEN_WAYS)
    note = line_field(gettext_lazy("What happened at the try"), most=300)

    button = gettext_lazy("Note the try")
    optional = frozenset({"note"})
    intro = gettext_lazy("The final message is a written one: it says what happens now and how to come back.")
    about: ClassVar = {rules.SILENT_ENOUGH.code: "medium"}

    def prepare(self) -> None:
        self.initial.update({"way": "phone", "tell": SKIP})
        del self.fields["skip_reason"]
        self.fields["tell"].choices = (  # type: ignore[attr-defined]
            (SKIP, _("A try, nothing was said")),
            (SAY, _("The final message")),
        )

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        final = self.say() if given.get("tell") == SAY else None
        return followup.record_contact_attempt(
            complaint_id,
            medium=final.medium if final else given["way"],
            note=given["note"],
            final_notice=final,
            actor=self.here.actor,
            at=self.here.at,
        )


class ConcludeForm(WordsForm):
    """The end of the follow-up: the end condition and the number of callbacks are met (T19)."""

    move = "accept"
    button = gettext_lazy("Conclude the follow-up")
    ahead = frozenset({rules.END_CONDITION.code, rules.CALLED_BACK.code, rules.NOT_DISSATISFIED.code})

    def take(self, complaint_id: int) -> object:
        return followup.conclude_followup(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)


class RestartForm(WordsForm):
    """Back to work for a dissatisfied customer: a new round (T20)."""

    move = "dissatisfied"
    button = gettext_lazy("Take it into another round")
    ahead = frozenset({rules.NOT_DISSATISFIED.code, rules.TOO_MANY_ROUNDS.code})

    def take(self, complaint_id: int) -> object:
        return followup.restart(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)
