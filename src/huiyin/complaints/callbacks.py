"""Callbacks: how many, of which kind, for which day, and what the customer said (S0-56, S2-28, S2-59, AMB-14)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards import closing
from huiyin.complaints.guards.context import Case
from huiyin.complaints.models import Action, Callback, Complaint
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.policy import clocks
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

SCORES = range(1, 6)
# A customer who gives this little is not satisfied, whatever else he says (S2-57).
LOW_SCORE = 2
# Each callback serves both ends (S4-122).
PURPOSES = "quality trust"


class OneSided(Refusal):
    rule = rules.BOTH_PURPOSES
    sentence = _("A callback has two ends: whether it is repaired and good, and whether the customer trusts us again.")
    unblock = _("Ask both, and write both answers down.")


class ScoreOutOfRange(Refusal):
    rule = rules.SCORE_IN_RANGE
    sentence = _("A score lies between 1 and 5.")
    unblock = _("Ask again, or leave the score out.")


@dataclass(frozen=True)
class CallbackResult:
    """What the customer said when called back: about the matter and about how it felt (S3-02, S4-122)."""

    satisfied: bool
    end_condition_met: bool | None
    matter_score: int | None = None
    feeling_score: int | None = None
    comment: str = ""
    trust_gained: bool | None = None
    via: str = "phone"

    @property
    def unasked(self) -> tuple[str, ...]:
        """Which of its two ends the callback missed: is it repaired and good, and is trust repaired (S4-122)."""
        quality = self.end_condition_met is not None or self.matter_score is not None
        trust = self.trust_gained is not None or self.feeling_score is not None
        return (*(() if quality else ("end_condition_met",)), *(() if trust else ("trust_gained",)))

    @property
    def content(self) -> bool:
        """Satisfied, and no score says otherwise."""
        scores = [score for score in (self.matter_score, self.feeling_score) if score is not None]
        return self.satisfied and all(score > LOW_SCORE for score in scores)


def require_both(result: CallbackResult) -> None:
    """Refuse a callback that asked for one of its two ends alone (S4-122)."""
    if result.unasked:
        raise OneSided(missing=result.unasked)


def schedule(complaint: Complaint, *, actor: Actor, at: datetime) -> list[Callback]:
    """Bring the callbacks that are still due up to date; gives those now open. The caller brings the due time up.

    The first is due the day after the last thing arrived (or was done), later ones ask whether it still holds. As
    many as the pack wants, and one more while none has confirmed the category's end condition.
    """
    case = Case(complaint, actor, at)
    made = closing.callbacks_made(case)
    missing = max(closing.callbacks_needed(case) - len(made), 0 if any(row.end_condition_met for row in made) else 1)
    wanted = _wanted(case.pack, missing, arrived_at=_last_arrival(case), made=made)
    kept = [row for row in case.callbacks if row.status == Callback.Status.OPEN]
    if [(row.kind, row.due_at) for row in kept] == wanted:
        return kept
    if kept:
        Callback.objects.filter(pk__in=[row.pk for row in kept]).update(status=Callback.Status.CANCELLED)
    fresh = [
        Callback(complaint=complaint, round=complaint.round, kind=kind, purpose=PURPOSES, due_at=due_at)
        for kind, due_at in wanted
    ]
    return Callback.objects.bulk_create(fresh)


def _wanted(pack: Pack, missing: int, *, arrived_at: datetime, made: list[Callback]) -> list[tuple[str, datetime]]:
    gap = pack.settings.followup_verify_days
    last = made[-1].reached_at if made else None
    if last is not None and last >= arrived_at:
        return [
            (Callback.Kind.VERIFY.value, clocks.next_day_at(pack, last, gap * (place + 1))) for place in range(missing)
        ]
    first = clocks.next_day_at(pack, arrived_at, 0 if pack.followup.first == "same_day" else 1)
    if first <= arrived_at:
        first = clocks.next_day_at(pack, arrived_at, 1)
    later = [(Callback.Kind.VERIFY.value, clocks.next_day_at(pack, first, gap * place)) for place in range(1, missing)]
    return [(Callback.Kind.NEXT_DAY.value, first), *later][:missing]


def _last_arrival(case: Case) -> datetime:
    """When the last thing of the round reached the customer, or was done where nothing travels."""
    rows = [row for row in case.actions if row.round == case.complaint.round and row.status == Action.Status.DONE]
    return max((time for row in rows if (time := row.arrived_at or row.done_at) is not None), default=case.at)


def require_scores(*scores: int | None) -> None:
    """Refuse scores that are none; a score left out is none given."""
    if any(score is not None and score not in SCORES for score in scores):
        raise ScoreOutOfRange(missing=("matter_score", "feeling_score"))


def fulfil(callback: Callback, result: CallbackResult, *, actor: Actor, at: datetime) -> None:
    """Write what the customer said into the callback; refuses scores that are none.

    The caller brings the due time of the case up.
    """
    require_scores(result.matter_score, result.feeling_score)
    callback.status = Callback.Status.REACHED
    callback.satisfied = Callback.Satisfied.YES if result.content else Callback.Satisfied.NO
    callback.end_condition_met = bool(result.end_condition_met)
    callback.matter_score, callback.feeling_score = result.matter_score, result.feeling_score
    callback.comment, callback.trust_gained = result.comment, bool(result.trust_gained)
    callback.reached_at, callback.done_by = at, actor.person
    callback.save()


def has_its_day_come(callback: Callback, *, pack: Pack, at: datetime) -> bool:
    """Whether the day the callback waits for has come: the day after the arrival, where the pack says so (S0-56).

    Whether it still holds is asked on a later day than the callback before (S2-59).
    """
    if callback.kind == Callback.Kind.VERIFY:
        made = Callback.objects.filter(
            complaint=callback.complaint_id, round=callback.round, status=Callback.Status.REACHED
        )
        days = [clocks.local_day(pack, row.reached_at) for row in made if row.reached_at is not None]
        return all(day < clocks.local_day(pack, at) for day in days)
    if callback.kind != Callback.Kind.NEXT_DAY or pack.followup.first != "next_day":
        return True
    return clocks.local_day(pack, at) >= clocks.local_day(pack, callback.due_at)


def leaders() -> list[Person]:
    return list(Person.objects.filter(is_active=True, roles__role=Role.LEADER).order_by("pk"))
