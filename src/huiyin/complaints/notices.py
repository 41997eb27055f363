"""What the bell says about cases; numbers and codes only, never a name (architecture, staff notices)."""

from django.utils.translation import gettext_lazy as _

from huiyin.messaging import bell


def register_all() -> None:
    bell.register("promise.warned", _("%(number)s: a promise is due soon"))
    bell.register("promise.breached", _("%(number)s: a promise is broken"))
    bell.register("due.breached", _("%(number)s: a due time was missed"))
    bell.register("enquiry.breached", _("An enquiry passed on was not answered in time"))
    bell.register("case.assigned", _("%(number)s: you are its handler"))
    bell.register("case.owned", _("%(number)s: you are its owner"))
    bell.register("task.made", _("%(number)s: a task for you"))
    bell.register("task.bounced", _("%(number)s: a task came back"))
    bell.register("approval.asked", _("%(number)s: a plan awaits your decision"))
    bell.register("approval.decided", _("%(number)s: your plan was decided on"))
    bell.register("confirmation.asked", _("%(number)s: a second person is needed"))
    bell.register("customer.answered", _("%(number)s: the customer answered"))
    bell.register("customer.wrote", _("%(number)s: the customer wrote"))
    bell.register("customer.nudged", _("%(number)s: the customer asks to hurry"))
    bell.register("customer.asked_person", _("%(number)s: the customer asks for a person"))
    bell.register("leader.decides", _("%(number)s: the rounds are used up, a leader decides"))
    bell.register("case.moved", _("%(number)s: the case moved on"))
