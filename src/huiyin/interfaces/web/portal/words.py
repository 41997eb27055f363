"""Refusals in the complainant's words: what happened and what to do now, without the words of the house."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.callbacks import ScoreOutOfRange
from huiyin.complaints.guards.closing import WindowOver, WithdrawalMissing
from huiyin.complaints.guards.solution import ObjectionMissing
from huiyin.complaints.lifecycle import CaseMerged, WrongState
from huiyin.complaints.queries import ChangedMeanwhile
from huiyin.complaints.steps.portal import NothingWritten, NotHisCase, OptionGone
from huiyin.complaints.steps.reception import NobodyToOwn, NothingSaid, NoWayToAnswer
from huiyin.interfaces.web.portal.filing import TooQuick
from huiyin.interfaces.web.portal.limits import TooOften
from huiyin.rules import Refusal

Words = str | Promise


@dataclass(frozen=True)
class Plain:
    """One refusal as a stranger reads it."""

    text: Words
    unblock_text: Words = ""


MOVED_ON = Plain(
    _("Your complaint has moved on in the meantime, so this cannot be done any more."),
    _("See where it stands now. What you wrote is still here and can be sent as a message."),
)
_PLAIN: dict[type[Refusal], Plain] = {
    WrongState: MOVED_ON,
    OptionGone: Plain(_("This option is no longer offered."), _("Please choose one of those shown now.")),
    ChangedMeanwhile: Plain(
        _("Something new happened while you were writing, so we have not sent this yet."),
        _("Please read what is new, then send it again. What you wrote is still here."),
    ),
    CaseMerged: Plain(
        _("This complaint is dealt with together with another one."), _("Please follow the other number.")
    ),
    NotHisCase: Plain(
        _("This complaint is dealt with together with another one."), _("Please follow the other number.")
    ),
    ObjectionMissing: Plain(_("We do not know yet what would suit you."), _("Please write a few words.")),
    NothingWritten: Plain(_("There is nothing written yet."), _("Please write a few words.")),
    WithdrawalMissing: Plain(
        _("Please tell us in a few words that you take the complaint back."), _("One sentence is enough.")
    ),
    ScoreOutOfRange: Plain(_("Please choose one of the five."), ""),
    WindowOver: Plain(
        _("The time for taking this complaint up again is over."),
        _("You can file a new complaint at any time; we will connect it with this one."),
    ),
    NobodyToOwn: Plain(
        _("We cannot take complaints at this moment, and that is our fault."),
        _("What you wrote is still here. Please send it again later, or call us."),
    ),
    NothingSaid: Plain(_("There is nothing written yet."), _("Please write what happened.")),
    NoWayToAnswer: Plain(_("We could not answer you."), _("Please give a telephone number or an e-mail address.")),
}
OTHERWISE = Plain(
    _("This is not possible at the moment."), _("What you wrote is still here; please send it as a message instead.")
)


def plain(refusal: Refusal) -> Plain:
    """The refusal in plain words; one that nobody has put into plain words yet says no more than that."""
    if isinstance(refusal, TooOften | TooQuick):
        return Plain(refusal.text, refusal.unblock_text)
    return next((words for kind, words in _PLAIN.items() if isinstance(refusal, kind)), OTHERWISE)
