"""Conditions of receiving, answering first, registering, and settling at once."""

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards import money
from huiyin.complaints.guards.context import Case
from huiyin.complaints.guards.solution import ApprovalNeeded
from huiyin.complaints.models import CustomerAnswer, Emotion, EmotionEntry
from huiyin.people.models import Tier
from huiyin.rules import Refusal


class NoTimeNamed(Refusal):
    rule = rules.ACK_NAMES_A_TIME
    sentence = _("The first answer names no time for the next news.")
    unblock = _("Say until when the customer hears more; it becomes a promise.")


class ElementsMissing(Refusal):
    rule = rules.FOUR_ELEMENTS
    sentence = _("The registration is not complete: %(blocks)s.")
    unblock = _("Fill in what is missing.")


class NotCategorised(Refusal):
    rule = rules.CATEGORISED
    sentence = _("The case has no category, so nobody knows which department it belongs to.")
    unblock = _("Choose a category.")


class CardMissing(Refusal):
    rule = rules.MEMBER_CARD
    sentence = _("The customer is a member, and the card number is missing.")
    unblock = _("Ask for the card number.")


class NotRestated(Refusal):
    rule = rules.RESTATED
    sentence = _("The matter was not restated and confirmed by the customer.")
    unblock = _("Restate it in your words, ask «Do you mean that …?», and record the answer.")


class NotSmall(Refusal):
    rule = rules.FAST_TRACK
    sentence = _("At once only a minor, founded complaint of up to %(limit)s is settled.")
    unblock = _("Have it investigated, or correct the registration.")


class NotAgreed(Refusal):
    rule = rules.FAST_TRACK
    sentence = _("The customer has not agreed to the settlement.")
    unblock = _("Ask the customer and record the answer.")


class UnknownEmotion(Refusal):
    rule = rules.EMOTION_ON_THE_LIST
    sentence = _("This is none of the five levels of emotion.")
    unblock = _("Choose one, from calm to hostile.")


def emotion_on_the_list(level: int) -> int:
    """The level, if it is one of the five (S0-08)."""
    if level not in Emotion.values:
        raise UnknownEmotion(missing=("emotion",))
    return level


def time_is_named(case: Case) -> None:
    """The first answer made a promise with a time (S0-04)."""
    if not case.ahead:
        raise NoTimeNamed()


def four_elements(case: Case) -> None:
    """Person, matter with its object, emotion, demand are all there (S0-05, S1-28)."""
    missing = missing_elements(case)
    if missing:
        raise ElementsMissing(blocks=", ".join(str(BLOCKS[name]) for name in missing), missing=missing)


BLOCKS = {
    "complainant": _("who complains"),
    "object": _("about what"),
    "matter": _("what happened"),
    "emotion": _("how the customer feels"),
    "demands": _("what is demanded"),
}


def missing_elements(case: Case) -> tuple[str, ...]:
    form = case.form
    filled = {
        "complainant": bool(form and form.complainant.strip()),
        "object": bool(form and form.object.strip()),
        "matter": bool(form and form.matter.strip()),
        "emotion": EmotionEntry.objects.filter(complaint=case.complaint).exists(),
        "demands": bool(case.demands),
    }
    return tuple(name for name, there in filled.items() if not there)


def categorised(case: Case) -> None:
    if case.complaint.category not in {leaf.code for leaf in case.pack.leaves}:
        raise NotCategorised()


def member_card_given(case: Case) -> None:
    """The card number is asked of members only (S4-115)."""
    customer = case.complaint.customer
    is_member = bool(customer.card_number) or customer.tier == Tier.GOLD
    if is_member and not (case.form and case.form.card_number.strip()):
        raise CardMissing()


def restated_and_confirmed(case: Case) -> None:
    form = case.form
    if form is None or not form.restated.strip() or form.restatement_confirmed_at is None:
        raise NotRestated()


def is_small(case: Case) -> None:
    """Minor, judged founded, and no dearer than the pack's minor amount (S2-22, AMB-35)."""
    limit = case.pack.settings.minor_amount
    founded = case.finding is not None and case.finding.founded
    if not (case.complaint.minor and founded and money.plan_total(case.plan) <= limit):
        raise NotSmall(limit=limit)


def customer_agreed(case: Case) -> None:
    if not case.answered(CustomerAnswer.Kind.CHOICE):
        raise NotAgreed()


def within_own_authority(case: Case) -> None:
    """The remedy lies within the own authority of whoever settles, where the pack lets plans go unsigned (S2-22)."""
    if case.pack.settings.approval_mode == "all_before":
        raise ApprovalNeeded()
    money.require_authority(case.pack, money.grantor(case), case.plan, case.at)
