"""What clocks hear, in words: the names packs use for the start, the end and the pause of a clock."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints.states import State
from huiyin.policy.packs.schema import Pack

FACTS: dict[str, str | Promise] = {
    "message.in": gettext_lazy("the customer wrote"),
    "message.out": gettext_lazy("we wrote to the customer"),
    "demand.made": gettext_lazy("the demands were registered"),
    "delivery.signed": gettext_lazy("the delivery was signed for"),
    "return.requested": gettext_lazy("a return was asked for"),
    "return.instructions_sent": gettext_lazy("the way to return was sent"),
    "return.goods_received": gettext_lazy("the returned goods arrived"),
    "refund.paid": gettext_lazy("the refund was paid"),
    "remedy.executed": gettext_lazy("the remedy was carried out"),
    "remedy.arrived": gettext_lazy("the remedy arrived at the customer"),
    "platform.ticket_opened": gettext_lazy("the platform opened a ticket"),
    "platform.ticket_answered": gettext_lazy("the platform's ticket was answered"),
    "external.letter_received": gettext_lazy("a letter of an outside body arrived"),
    "external.replied": gettext_lazy("the outside body was answered"),
    "external.filed": gettext_lazy("an outside body took the case up"),
    "external.concluded": gettext_lazy("the outside body concluded"),
    "enquiry.transferred": gettext_lazy("the enquiry was passed on"),
    "enquiry.answered": gettext_lazy("the enquiry was answered"),
    "appraisal.started": gettext_lazy("an appraisal began"),
    "appraisal.finished": gettext_lazy("the appraisal ended"),
    "repair.agreed": gettext_lazy("a repair was agreed"),
    "repair.finished": gettext_lazy("the repair was finished"),
    "customer.asked_for_delay": gettext_lazy("the customer asked for a delay"),
    "customer.delay_ended": gettext_lazy("the customer's delay ended"),
}


def say(signal: str, pack: Pack | None = None) -> str:
    """The signal in words; a pack's own event by its title, words a person wrote as they are."""
    place, _dot, state = signal.partition(".")
    if state in State.values and place in ("entered", "left"):
        words = _("the stage «%(state)s» began") if place == "entered" else _("the stage «%(state)s» ended")
        return words % {"state": State(state).label}
    if signal in FACTS:
        return str(FACTS[signal])
    own = {item.code: item.title for item in pack.events} if pack else {}
    return str(own.get(signal, signal))
