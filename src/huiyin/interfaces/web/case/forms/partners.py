"""Asking a carrier or merchant one question; he answers by a link that leads to it alone."""

from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import PartnerRequest
from huiyin.complaints.partner_access import LinkTo
from huiyin.complaints.steps import partners
from huiyin.complaints.steps.partners import NewQuestion
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import PersonChoice, TimeField, choice_field, line_field, words_field
from huiyin.interfaces.web.case.forms.tasks import set_people
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.people.models import Person
from huiyin.policy import clocks


def link_to(here: Here) -> LinkTo:
    """Where the link of a secret leads, as a whole address."""
    return lambda secret: here.absolute(reverse("partner:door", kwargs={"secret": secret}))


class AskPartnerForm(StepForm):
    """One question to somebody outside; a task of the house watches over it (S0-17)."""

    party = line_field(gettext_lazy("Who is asked"), most=120)
    channel = choice_field(gettext_lazy("The link goes by"), PartnerRequest.Channel.choices)
    address = line_field(gettext_lazy("E-mail address or telephone"), most=254)
    language = choice_field(gettext_lazy("Language"), settings.LANGUAGES)
    question = words_field(gettext_lazy("The question"), rows=4)
    due_at = TimeField(label=gettext_lazy("Until when"))
    assignee = PersonChoice(Person.objects.none(), label=gettext_lazy("Who watches over it"))

    button = gettext_lazy("Send the link")
    intro = gettext_lazy(
        "The partner sees this question alone: no case, no customer. His answer comes back as evidence."
    )
    beside: ClassVar = (("party", "language"), ("channel", "address"), ("due_at", "assignee"))
    about: ClassVar = {
        rules.PARTNER_ASKED.code: "question",
        rules.PARTNER_KNOWS_NOTHING.code: "question",
        rules.TASK_OWNED.code: "assignee",
        rules.RECUSED.code: "assignee",
    }

    def prepare(self) -> None:
        here = self.here
        due_at = clocks.acknowledgement_due(here.pack, here.at)
        self.initial.update({"due_at": due_at, "language": "zh-hans", "assignee": here.person.pk})
        set_people(self, "assignee")

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        new = NewQuestion(
            party=given["party"],
            channel=given["channel"],
            address=given["address"],
            question=given["question"],
            due_at=given["due_at"],
            language=given["language"] or "zh-hans",
            assignee=given["assignee"],
        )
        return partners.ask_partner(
            complaint_id, new, link_to=link_to(self.here), actor=self.here.actor, at=self.here.at
        )


class OfQuestion(ItemForm):
    """A step about a question that is still open."""

    item_label = gettext_lazy("Which question")

    def items(self) -> list[tuple[int, str]]:
        rows = PartnerRequest.objects.filter(complaint=self.here.complaint, status=PartnerRequest.Status.ASKED)
        return [(row.pk, _("%(party)s, %(reference)s") % {"party": row.party, "reference": row}) for row in rows]

    def row(self, complaint_id: int) -> Any:
        return chosen(PartnerRequest, complaint_id, self.cleaned_data["item"])


class PartnerAgainForm(OfQuestion):
    button = gettext_lazy("Send a new link")
    intro = gettext_lazy("The link sent before stops working.")

    def take(self, complaint_id: int) -> object:
        row = self.row(complaint_id)
        return partners.send_link_again(row.pk, link_to=link_to(self.here), actor=self.here.actor, at=self.here.at)


class PartnerOverForm(OfQuestion):
    reason = line_field(gettext_lazy("Why"), most=300)

    button = gettext_lazy("Take the question back")
    intro = gettext_lazy("Its link opens nothing any more, and its task is cancelled.")
    about: ClassVar = {rules.TASK_DONE.code: "reason"}

    def take(self, complaint_id: int) -> object:
        reason = self.cleaned_data["reason"]
        row = self.row(complaint_id)
        return partners.withdraw_question(row.pk, reason=reason, actor=self.here.actor, at=self.here.at)
