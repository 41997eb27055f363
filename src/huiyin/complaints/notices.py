"""What the bell says about cases; numbers and codes only, never a name (architecture, staff notices)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Complaint, Event
from huiyin.messaging import bell
from huiyin.people.actors import Actor
from huiyin.people.models import Person


def register_all() -> None:
    bell.register("promise.warned", _("%(number)s: a promise is due soon"))
    bell.register("promise.breached", _("%(number)s: a promise is broken"))
    bell.register("due.breached", _("%(number)s: a due time was missed"))
    bell.register("enquiry.breached", _("An enquiry passed on was not answered in time (%(rule)s)"))
    bell.register("case.assigned", _("%(number)s: you are its handler"))
    bell.register("case.owned", _("%(number)s: you are its owner"))
    bell.register("task.made", _("%(number)s: a task for you"))
    bell.register("task.bounced", _("%(number)s: a task came back"))
    bell.register("visit.reported", _("%(number)s: a visit was reported"))
    bell.register("meeting.recorded", _("%(number)s: a meeting was recorded"))
    bell.register("contact.direct", _("%(number)s: a department spoke to the customer past his contact"))
    bell.register("partner.answered", _("%(number)s: a partner answered"))
    bell.register("approval.asked", _("%(number)s: a plan awaits your decision"))
    bell.register("approval.decided", _("%(number)s: your plan was decided on"))
    bell.register("principle.asked", _("%(number)s: a bottom line awaits your decision"))
    bell.register("principle.decided", _("%(number)s: your bottom line was decided on"))
    bell.register("caller.noted", _("%(number)s: a special caller, look at once"))
    bell.register("conversation.handed_up", _("%(number)s: a customer asks for you"))
    bell.register("conduct.proposed", _("%(number)s: hard conduct was reported"))
    bell.register("conduct.appealed", _("%(number)s: the customer appeals against how he is treated"))
    bell.register("advertised.asked", _("%(cases)s cases rest on one promise of our advertising"))
    bell.register("confirmation.asked", _("%(number)s: a second person is needed"))
    bell.register("action.untold", _("%(number)s: done, but the customer has not been told"))
    bell.register("customer.answered", _("%(number)s: the customer answered"))
    bell.register("customer.rated_low", _("%(number)s: the customer is not satisfied"))
    bell.register("customer.asks_reopening", _("%(number)s: the customer asks to reopen"))
    bell.register("message.undelivered", _("%(number)s: a message did not reach the customer"))
    bell.register("customer.wrote", _("%(number)s: the customer wrote"))
    bell.register("customer.nudged", _("%(number)s: the customer asks to hurry"))
    bell.register("customer.asked_person", _("%(number)s: the customer asks for a person"))
    bell.register(
        "customer.asked_superior", _("%(number)s: the customer asks for a superior, and agrees to be handed on")
    )
    bell.register("leader.decides", _("%(number)s: the rounds are used up, a leader decides"))
    bell.register("case.flagged", _("%(number)s: needs a supervisor's eye at once"))
    bell.register("enquiry.passed", _("An enquiry was passed to your department"))
    bell.register("enquiry.answered", _("An enquiry you passed on was answered"))
    bell.register("case.moved", _("%(number)s: the case moved on"))


def ring(complaint: Complaint, people: Iterable[Person], kind: str, *, event: Event, actor: Actor) -> None:
    """Tell these people once of an event of the case; nobody hears of what he did himself."""
    bell.notify_all(
        people,
        kind,
        at=event.at,
        key=f"{kind}:{event.pk}",
        data={"number": complaint.number},
        url=f"/desk/{complaint.number}/",
        actor=actor,
    )
