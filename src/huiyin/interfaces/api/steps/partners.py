"""Asking partners one question each, by a link that leads to it alone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import PartnerRequest
from huiyin.complaints.partner_access import LinkTo
from huiyin.complaints.steps import partners
from huiyin.interfaces.api.schemas import partners as bodies
from huiyin.interfaces.api.steps.table import Taken, known, step
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Person


def link_to(take: Taken) -> LinkTo:
    """Where the link of a secret leads, as a whole address."""
    return lambda secret: take.hand.request.build_absolute_uri(reverse("partner:door", kwargs={"secret": secret}))


@step("ask_partner", Scope.WRITE, _("Ask a carrier or merchant one question by a link"))
def ask_partner(take: Taken, body: bodies.AskPartner) -> Any:
    new = partners.NewQuestion(
        party=body.party,
        channel=body.channel.value,
        address=body.address,
        question=body.question,
        due_at=body.due_at,
        language=body.language,
        assignee=known(Person, "assignee", pk=body.assignee) if body.assignee else None,
    )
    return take(partners.ask_partner, new, link_to=link_to(take))


@step("send_link_again", Scope.WRITE, _("Send a partner a new link; the one before stops working"))
def send_link_again(take: Taken, body: bodies.SendLinkAgain) -> Any:
    row = take.row(PartnerRequest, body.request, "request")
    return take.on(partners.send_link_again, row.pk, link_to=link_to(take))


@step("withdraw_question", Scope.WRITE, _("Take a question to a partner back"))
def withdraw_question(take: Taken, body: bodies.WithdrawQuestion) -> Any:
    row = take.row(PartnerRequest, body.request, "request")
    return take.on(partners.withdraw_question, row.pk, reason=body.reason)
