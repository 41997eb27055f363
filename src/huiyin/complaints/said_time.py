"""The time a customer reads is the time that is promised (S0-04).

Words that name none get it; words that name another are sent back.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import promises, rules
from huiyin.complaints.models import Complaint
from huiyin.complaints.promises import Spoken
from huiyin.complaints.spelling import spelled
from huiyin.language import clock_words
from huiyin.rules import Refusal


class WordsNameAnotherTime(Refusal):
    rule = rules.SAID_AS_PROMISED
    sentence = gettext_lazy("The message names another time than the one that is promised, %(due)s.")
    unblock = gettext_lazy("Name the promised time in the message too, or correct the one or the other.")


def with_time(complaint: Complaint, text: str, promised: Spoken, *, at: datetime) -> str:
    """The words with the promised time in them: as they are where they name it, else with a closing sentence.

    Refuses words that name a clear time ahead and not the promised one: he would wait for what nobody watches.
    """
    zone = ZoneInfo(promises.pack_of(complaint).zone)
    local = at.astimezone(zone)
    times = clock_words.named(text, local)
    if any(one.means(promised.due_at) for one in times):
        return text
    due = promised.due_at.astimezone(zone)
    if any(one.certain and min(one.moments) > at for one in times):
        raise WordsNameAnotherTime(missing=("next",), due=spelled(due, local))
    with translation.override(complaint.customer.language):
        told = {"time": spelled(due, local), "what": promised.what.rstrip(" .。")}
        closing = _("You hear from us by %(time)s: %(what)s.") % told
    return f"{text.rstrip()}\n{closing}"
