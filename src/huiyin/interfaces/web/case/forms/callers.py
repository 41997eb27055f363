"""Special callers, the holding message, the way to a superior, hard conduct, what is told of wide cases."""

from datetime import timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import Caller, Conduct, CustomerAnswer
from huiyin.complaints.steps import callers, conduct, wide
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import (
    SPOKEN_WAYS,
    PersonChoice,
    TimeField,
    YesNoField,
    choice_field,
    line_field,
    people_with,
    radio_field,
    way_field,
    words_field,
)
from huiyin.interfaces.web.case.words import PromisesField, WordsForm, promise_words
from huiyin.people.models import Person
from huiyin.people.roles import Role

SUPERIORS = (Role.SUPERVISOR, Role.MANAGER, Role.LEADER)


class CallerForm(StepForm):
    """What kind of caller it is; every supervisor hears of a special one at once (S2-48)."""

    kind = radio_field(gettext_lazy("What kind of caller"), Caller.Kind.choices)
    note = line_field(gettext_lazy("What shows it"), most=300)

    button = gettext_lazy("Note the caller")
    intro = gettext_lazy("The supervisors are told at once. Say nothing but the holding message until they answer.")
    about: ClassVar = {rules.CALLER_NAMED.code: "note"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return callers.note_caller(complaint_id, given["kind"], given["note"], actor=self.here.actor, at=self.here.at)


class HoldingForm(StepForm):
    """The holding script with the time of the next news."""

    due_at = TimeField(label=gettext_lazy("Next news until"))
    keeps = PromisesField(label=gettext_lazy("This message keeps"))
    medium = choice_field(gettext_lazy("Told by"), SPOKEN_WAYS)

    button = gettext_lazy("Send the holding message")
    intro = gettext_lazy("Who has the matter, until when there is an answer, and nothing else.")
    about: ClassVar = {rules.PROMISE_AHEAD.code: "due_at"}

    def prepare(self) -> None:
        here = self.here
        self.initial.update({"due_at": here.at + timedelta(hours=2), "medium": "phone"})
        keeps = self.fields["keeps"]
        assert isinstance(keeps, PromisesField)
        keeps.choices = [(row.pk, promise_words(row, here.at)) for row in here.running]
        self.initial["keeps"] = [row.pk for row in here.running]
        if not here.running:
            del self.fields["keeps"]

    def extra(self) -> dict[str, Any]:
        return {"script": callers.holding_words(self.here.complaint, self.here.at + timedelta(hours=2))}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        keeps = tuple(int(one) for one in given.get("keeps", ()))
        return callers.send_holding(
            complaint_id,
            due_at=given["due_at"] or self.here.at,
            keeps=keeps,
            medium=given["medium"],
            actor=self.here.actor,
            at=self.here.at,
        )


class HandUpForm(StepForm):
    """The conversation handed to a superior, with the customer's yes or in an emergency (S2-52)."""

    to = PersonChoice(Person.objects.none(), label=gettext_lazy("To whom"))
    consent = YesNoField(label=gettext_lazy("Does the customer agree?"))
    said = line_field(gettext_lazy("In the customer's words"), most=300)
    via = way_field()
    emergency = line_field(gettext_lazy("If it cannot wait: what the emergency is"), most=300)

    button = gettext_lazy("Hand it up")
    optional = frozenset({"emergency"})
    about: ClassVar = {rules.CONSENT_FIRST.code: "consent"}

    def prepare(self) -> None:
        to = self.fields["to"]
        assert isinstance(to, PersonChoice)
        above = people_with("complaint.read", self.here.at).filter(roles__role__in=SUPERIORS).distinct()
        to.queryset = above.exclude(pk=self.here.person.pk)
        self.initial["via"] = "phone"
        asked = CustomerAnswer.objects.filter(complaint=self.here.complaint, kind=CustomerAnswer.Kind.ASK_SUPERIOR)
        if (answer := asked.last()) is not None:
            said = answer.text or str(answer.get_kind_display())
            self.initial.update({"consent": "yes", "said": said[:300], "via": answer.via})

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        if given["to"] is None:
            raise callers.NotASuperior(name=_("Nobody"), missing=("to",))
        handed = callers.HandUp(given["to"], bool(given["consent"]), given["said"], given["via"], given["emergency"])
        return callers.hand_up(complaint_id, handed, actor=self.here.actor, at=self.here.at)


class ReportConductForm(StepForm):
    described = words_field(gettext_lazy("What was said or done"), rows=3, most=500)

    button = gettext_lazy("Report it")
    intro = gettext_lazy("By itself this changes nothing: a supervisor decides, for a time, with a reviewer.")
    about: ClassVar = {rules.CONDUCT_JUDGED.code: "described"}

    def take(self, complaint_id: int) -> object:
        described = self.cleaned_data["described"]
        return conduct.propose_conduct(complaint_id, described, actor=self.here.actor, at=self.here.at)


class ConfirmConductForm(WordsForm):
    """Measures with an end and a reviewer, and the words that tell the customer."""

    measures = words_field(gettext_lazy("What changes in how we speak"), rows=2, most=500)
    reviewer = PersonChoice(Person.objects.none(), label=gettext_lazy("Who looks at it again"))
    expires_at = TimeField(label=gettext_lazy("Until when"))

    button = gettext_lazy("Put it in force")
    intro = gettext_lazy("Tell the customer what changes, until when, and that he may appeal. What is owed stays owed.")
    may_skip = False
    beside: ClassVar = (("reviewer", "expires_at"),)
    about: ClassVar = {rules.CONDUCT_JUDGED.code: "measures"}

    def prepare(self) -> None:
        reviewer = self.fields["reviewer"]
        assert isinstance(reviewer, PersonChoice)
        reviewer.queryset = people_with("complaint.approve", self.here.at).exclude(pk=self.here.person.pk)
        days = self.here.pack.settings.conduct_days
        self.initial["expires_at"] = self.here.at + timedelta(days=days)

    def extra(self) -> dict[str, Any]:
        return {"reported": _open(self.here.complaint.pk, Conduct.Status.PROPOSED)}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        reviewer = given["reviewer"] or self.here.person
        measures = conduct.Measures(given["measures"], reviewer, given["expires_at"] or self.here.at)
        return conduct.confirm_conduct(complaint_id, measures, self.say(), actor=self.here.actor, at=self.here.at)


class _CommentForm(StepForm):
    comment = words_field(gettext_lazy("Why"), rows=2, most=500)

    about: ClassVar = {rules.CONDUCT_JUDGED.code: "comment"}


class DeclineConductForm(_CommentForm):
    button = gettext_lazy("Nothing follows from it")

    def take(self, complaint_id: int) -> object:
        comment = self.cleaned_data["comment"]
        return conduct.decline_conduct(complaint_id, comment, actor=self.here.actor, at=self.here.at)


class EndConductForm(_CommentForm):
    button = gettext_lazy("End the measures")

    def take(self, complaint_id: int) -> object:
        comment = self.cleaned_data["comment"]
        return conduct.end_conduct(complaint_id, comment, actor=self.here.actor, at=self.here.at)


class AppealForm(StepForm):
    text = words_field(gettext_lazy("The appeal in the customer's words"), rows=3, most=500)

    button = gettext_lazy("Take the appeal")
    about: ClassVar = {rules.CONDUCT_JUDGED.code: "text"}

    def take(self, complaint_id: int) -> object:
        text = self.cleaned_data["text"]
        return conduct.appeal_conduct(complaint_id, text, actor=self.here.actor, at=self.here.at)


class DecideAppealForm(_CommentForm):
    upheld = YesNoField(label=gettext_lazy("Is the customer right?"))

    button = gettext_lazy("Decide on the appeal")

    def extra(self) -> dict[str, Any]:
        return {"reported": _open(self.here.complaint.pk, Conduct.Status.IN_FORCE)}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return conduct.decide_appeal(
            complaint_id,
            upheld=bool(given["upheld"]),
            comment=given["comment"],
            actor=self.here.actor,
            at=self.here.at,
        )


def _open(complaint_id: int, status: Conduct.Status) -> Conduct | None:
    return Conduct.objects.filter(complaint=complaint_id, status=status).first()


class ScopeForm(WordsForm):
    """How we handle a wide case and what we improve, told in one message (S4-121)."""

    handling = line_field(gettext_lazy("How we handle it"), most=500)
    improvement = line_field(gettext_lazy("What we improve"), most=500)

    button = gettext_lazy("Send the message")
    intro = gettext_lazy("Write both, and let the message hold them in the same words.")
    may_skip = False
    about: ClassVar = {rules.WIDE_TOLD.code: "handling"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return wide.tell_scope(
            complaint_id,
            handling=given["handling"],
            improvement=given["improvement"],
            say=self.say(),
            actor=self.here.actor,
            at=self.here.at,
        )
