"""What could be done for the customer beyond his matter: noted only when that is resolved (S2-32, S2-47, AMB-17)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, rules
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, Emotion, EmotionEntry, Event
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import Outcome, State
from huiyin.people.actors import Actor
from huiyin.rules import Refusal


class NotResolvedYet(Refusal):
    rule = rules.AFTER_RESOLUTION
    sentence = _("The customer has not accepted an outcome yet; suggestions wait.")
    unblock = _("Bring the matter to an end first, then note what else could help.")


class NotCalmYet(Refusal):
    rule = rules.AFTER_RESOLUTION
    sentence = _("The last reading of the emotion is not calm; suggestions wait.")
    unblock = _("Note how the customer feels now, if he has calmed down.")


class OpportunityMissing(Refusal):
    rule = rules.AFTER_RESOLUTION
    sentence = _("There is nothing to note.")
    unblock = _("Write what the customer could need, and where it shows.")


def require_resolved(complaint: Complaint) -> None:
    """Refuse whatever would sell something to somebody who still complains."""
    if complaint.outcome != Outcome.RESOLVED_ACCEPTED:
        raise NotResolvedYet()
    last = EmotionEntry.objects.filter(complaint=complaint).order_by("-at", "-pk").first()
    if last is not None and last.level > Emotion.CALM:
        raise NotCalmYet()


@transaction.atomic
def note_opportunity(complaint_id: int, text: str, *, actor: Actor, at: datetime) -> Event:
    """Note what else could help this customer; refuses it while his matter is open or he is not calm."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, tuple(State))
    participation.require(complaint, keepers("complaint.message"), actor=actor, at=at)
    require_resolved(complaint)
    if not text.strip():
        raise OpportunityMissing(missing=("text",))
    detail = Detail({}, {"text": text.strip()})
    return lifecycle.happen(complaint, "opportunity.noted", actor=actor, at=at, detail=detail)
