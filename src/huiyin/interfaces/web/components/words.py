"""Sentences that scripts show while a page is open, in the page's language."""

from django.utils.translation import gettext as _


def for_scripts() -> dict[str, str]:
    """Whole sentences with the placeholders a script fills."""
    return {
        "left_m": _("%(minutes)s min left"),
        "left_hm": _("%(hours)s h %(minutes)s min left"),
        "left_dh": _("%(days)s d %(hours)s h left"),
        "left_d": _("%(days)s d left"),
        "left_0": _("less than a minute left"),
        "over_m": _("overdue by %(minutes)s min"),
        "over_hm": _("overdue by %(hours)s h %(minutes)s min"),
        "over_dh": _("overdue by %(days)s d %(hours)s h"),
        "over_d": _("overdue by %(days)s d"),
        "over_0": _("overdue by less than a minute"),
        "used": _("%(percent)s%% of the time used"),
        "draft_saved": _("Draft saved %(time)s"),
        "draft_local": _("Draft kept in this browser only; the server cannot be reached."),
        "draft_restored": _("Draft restored"),
        "unsaved": _("What you wrote has not been sent yet."),
        "busy": _("The page could not reach the server. What you wrote is still here."),
        "failed": _("The server could not do this. Nothing was changed; try again in a minute."),
        "too_large": _("%(name)s is larger than %(limit)s MB and will be refused."),
        "close": _("Close"),
    }
