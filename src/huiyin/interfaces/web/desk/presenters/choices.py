"""What the choices of a pack's settings mean, for the page that shows them."""

from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from huiyin.people.roles import Role
from huiyin.policy.packs.diff import in_words
from huiyin.policy.packs.schema import Pack

CHOICES: dict[str, str | LazyText] = {
    "manner": _("in manner, never in merits"),
    "full_below_amount": _("fully, below an amount"),
    "natural_days": _("in natural days"),
    "working_days": _("in working days"),
    "within_authority_post_review": _("within one's authority afterwards, else before"),
    "all_before": _("always before it is offered"),
    "after_finding": _("only after the finding"),
    "any_time": _("at any time"),
    "warn_above_norm": _("warn above the usual amount"),
    "off": _("off"),
    "on": _("on"),
    "checklist_share": _("by the share of the checklist met"),
    "parallel": _("all options together"),
    "sequential": _("one after the other, the best first"),
    "single": _("one package"),
    "owner_and_handler": _("owner and handler"),
    "owner": _("the owner alone"),
    "next_day": _("the day after"),
    "same_day": _("the same day"),
    "immediate": _("at once"),
    "supervisor_decides": _("a supervisor decides"),
    "calm": _("Calm"),
    "anxious": _("Anxious"),
    "cheaper": _("a cheaper price"),
    "smaller_reduction": _("a smaller reduction"),
    "replace": _("replaces the first"),
    "add": _("comes on top of the first"),
    "no_commission_and_deduct": _("no commission, and a deduction"),
    "no_commission": _("no commission"),
    "deduct": _("a deduction"),
    "floor_per_order": _("down, per order"),
    "proportional": _("in proportion"),
    "floor_total": _("down, on the total"),
    "highest": _("the highest alone"),
    "sum": _("all together"),
    "reached_and_complete": _("when the customer was reached and every question answered"),
    "reached": _("when the customer was reached"),
    "respondent_habitual": _("where the other side usually is"),
    "respondent_registered": _("where the other side is registered"),
    "requester": _("to who asked for it"),
    "both": _("to both"),
    "fourth_tuesday": _("the fourth Tuesday of the month"),
    "tuesday_of_fourth_week": _("the Tuesday of the fourth week"),
    "early_and_mid": _("early and middle shift"),
    "own_shift": _("a shift of its own"),
    "flag": _("is marked"),
    "training_text": _("in training texts alone"),
    "share_rank_and_prize": _("shares rank and prize"),
    "split_prize": _("splits the prize"),
    "pack_only": _("in the pack alone"),
    "source_and_date_required": _("its source and its date"),
}
REMEDY_KINDS: dict[str, str | LazyText] = {
    "return": _("return of the goods"),
    "exchange": _("exchange"),
    "repair": _("repair"),
    "price_cut": _("price cut"),
    "compensation": _("compensation"),
    "goodwill": _("goodwill"),
    "apology": _("apology"),
    "process": _("change of a process"),
}


def say(value: Any, pack: Pack) -> str:
    """The value of a setting for people; a profile or a role by its name."""
    if isinstance(value, str):
        profiles = {profile.code: str(profile.title) for profile in pack.profiles}
        if value in profiles:
            return profiles[value]
        if value in Role.values:
            return str(Role(value).label)
        if value in CHOICES:
            return str(CHOICES[value])
    return in_words(value)
