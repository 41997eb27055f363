"""T18 and what leads to it: actions done with proof and told, a small kindness, what came back of the loss."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import (
    callbacks,
    carrying_out,
    catalogue,
    conversation,
    lifecycle,
    participation,
    promises,
    queries,
    rules,
)
from huiyin.complaints.conversation import Say, Words
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Action, AuthorityUse, Claim, Complaint, Finding, Interaction, Option
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import NotTheContact
from huiyin.complaints.states import Seat, State
from huiyin.files.models import StoredFile
from huiyin.people import roles
from huiyin.people.actors import Actor
from huiyin.policy import authority, clocks
from huiyin.policy.packs.giving import GoodwillItem
from huiyin.rules import Refusal

OWNERS = (Seat.OWNER, Seat.DUTY)
EXECUTORS = dict.fromkeys((*OWNERS, Seat.HANDLER), "complaint.execute")
RECOVERERS = dict.fromkeys((*OWNERS, Seat.HANDLER, Seat.LEADER), "complaint.note")
CASE = "complaint"
REFUNDS = ("return",)
APOLOGIES = ("message_reference",)


class ProofMissing(Refusal):
    rule = rules.PROOF_GIVEN
    sentence = _("«%(action)s» is done only with its proof.")
    unblock = _("Give the number or reference that proves it.")


class WrongProof(Refusal):
    rule = rules.PROOF_GIVEN
    sentence = _("«%(action)s» is not proved by this kind of proof.")
    unblock = _("Give a proof of the kind the catalogue asks for.")


class ActionEnded(Refusal):
    rule = rules.PROOF_GIVEN
    sentence = _("«%(action)s» is done or cancelled already.")
    unblock = _("Reload the case.")


class NotSentYet(Refusal):
    rule = rules.ALL_DONE
    sentence = _("«%(action)s» cannot have arrived: it is not done yet, or its arrival is noted already.")
    unblock = _("Finish it with its proof first.")


class NotYourAction(Refusal):
    rule = rules.OWN_DEPARTMENT
    sentence = _("«%(action)s» belongs to %(department)s.")
    unblock = _("Leave it to the person in charge there, or to the owner of the case.")


class GoodwillTwice(Refusal):
    rule = rules.GOODWILL_ONCE
    sentence = _("A small kindness was granted in this case already.")
    unblock = _("What goes beyond belongs in a plan.")


class NoSuchGoodwill(Refusal):
    rule = rules.GOODWILL_LISTED
    sentence = _("This kindness is not in the catalogue.")
    unblock = _("Choose one of the catalogue.")


class NothingRecovered(Refusal):
    rule = rules.RECOVERY_RECORDED
    sentence = _("A recovery is an amount above zero, with its source, on a finding that names the loss.")
    unblock = _("Write who paid how much; issue the finding first.")


@dataclass(frozen=True)
class Proof:
    """What shows that an action was done, and the words with which the customer hears of it."""

    kind: str
    reference: str
    file: StoredFile | None = None
    tell: Say | None = None


@dataclass(frozen=True)
class Delivered:
    """What was delivered against what was promised (S2-31)."""

    early: tuple[int, ...]
    late: tuple[int, ...]
    more: Decimal

    @property
    def exceeded(self) -> bool:
        """Nothing late, and something earlier or larger than promised."""
        return not self.late and (bool(self.early) or self.more > 0)


@transaction.atomic
def finish_action(action_id: int, proof: Proof, *, actor: Actor, at: datetime) -> Action:
    """Note an action as done with its proof (S0-20) and send the customer its number (S0-21).

    Refuses what was shipped without a number, another department's action (S2-54), and words to the customer by
    anybody but the owner. Without words the message stays listed as missing.
    """
    complaint = Complaint.objects.locked(Action.objects.values_list("complaint_id", flat=True).get(pk=action_id))
    participation.require_state(complaint)
    action = Action.objects.select_related("line__option", "department").get(pk=action_id)
    _require_mine(complaint, action, actor, at)
    if action.status != Action.Status.OPEN:
        raise ActionEnded(action=action.title)
    sent = _tell(complaint, proof.tell, actor, at) if proof.tell is not None else None
    _prove(complaint, action, proof, sent)
    action.status, action.done_at, action.done_by = Action.Status.DONE, at, actor.person
    action.customer_told_at = at if sent is not None else None
    action.save()
    whole = _finish_option(action)
    sold_under = catalogue.of(complaint)
    refund = any(remedy.code == action.remedy and remedy.kind in REFUNDS for remedy in sold_under.remedies)
    # A kindness, or the first half of what was chosen, does not end a legal clock (S3-12).
    signals = [*(["remedy.executed"] if whole else []), *(["refund.paid"] if refund else [])]
    if not signals:
        promises.set_next_due(complaint)
    data = {"action": action.pk, "remedy": action.remedy, "amount": action.amount, "proof": action.proof_kind}
    detail = Detail(data | {"told": sent is not None, "signals": signals}, texts={"reference": action.proof_reference})
    event = lifecycle.happen(complaint, "action.done", actor=actor, at=at, detail=detail)
    if sent is None:
        ring(complaint, [complaint.owner], "action.untold", event=event, actor=actor)
    return action


def _require_mine(complaint: Complaint, action: Action, actor: Actor, at: datetime) -> None:
    """The assignee, his department, the owner of the case, its handler (S2-54); nobody with an interest (ENG-15)."""
    if refusal := lifecycle.own_matter(complaint, actor):
        raise refusal
    person = actor.person
    if person is not None and roles.can(person, "task.complete"):
        same = action.department_id is not None and person.department_id == action.department_id
        if person.pk == action.assignee_id or same:
            return
    seats = lifecycle.seats(complaint, actor, at)
    if person is not None and roles.can(person, "complaint.execute") and seats & {*OWNERS, Seat.HANDLER}:
        return
    department = action.department.name if action.department else action.assignee.name
    raise NotYourAction(action=action.title, department=department)


def _tell(complaint: Complaint, say: Say, actor: Actor, at: datetime) -> Interaction:
    if not lifecycle.seats(complaint, actor, at) & set(OWNERS):
        raise NotTheContact()
    return conversation.send(complaint, say, actor=actor, at=at)


def _prove(complaint: Complaint, action: Action, proof: Proof, sent: Interaction | None) -> None:
    """Write the proof into the action; an apology is proved by the message that carried it."""
    accepted = carrying_out.accepted_proofs(catalogue.of(complaint), action)
    kind = proof.kind or action.proof_kind
    if accepted and kind not in accepted:
        raise WrongProof(action=action.title, missing=("kind",))
    reference = proof.reference.strip()
    if not reference and sent is not None and kind in APOLOGIES:
        reference = str(sent.pk)
    if accepted and not reference:
        raise ProofMissing(action=action.title, missing=("reference",))
    if proof.file is not None and (proof.file.owner_kind, proof.file.owner_id) != (CASE, complaint.pk):
        raise WrongProof(action=action.title, missing=("file",))
    action.proof_kind, action.proof_reference, action.proof_file = kind, reference, proof.file


def _finish_option(action: Action) -> bool:
    """Whether with this action all of the chosen option is carried out; if so, the option says it."""
    option = action.line.option if action.line is not None else None
    if option is None or option.lines.exclude(action__status=Action.Status.DONE).exists():
        return False
    option.status = Option.Status.EXECUTED
    option.save(update_fields=["status"])
    return True


@transaction.atomic
def tell_done(action_id: int, say: Say, *, actor: Actor, at: datetime) -> Action:
    """Send the message about a finished action that was missing (S0-21)."""
    action = Action.objects.get(pk=action_id)
    complaint = Complaint.objects.locked(action.complaint_id)
    participation.require_state(complaint)
    action.refresh_from_db()
    if action.status != Action.Status.DONE:
        raise NotSentYet(action=action.title)
    _tell(complaint, say, actor, at)
    action.customer_told_at = action.customer_told_at or at
    if action.arrived_at is not None:
        action.arrival_told_at = action.arrival_told_at or at
    action.save(update_fields=["customer_told_at", "arrival_told_at"])
    return action


@transaction.atomic
def record_arrival(action_id: int, *, words: Words, actor: Actor, at: datetime) -> Action:
    """Note that something arrived, remind the customer to check it (S0-21), and set the callback (S0-56).

    Without words the reminder stays listed as missing.
    """
    action = Action.objects.get(pk=action_id)
    complaint = Complaint.objects.locked(action.complaint_id)
    participation.require_state(
        complaint,
        (
            State.EXECUTING,
            State.FOLLOWING_UP,
        ),
    )
    participation.require(complaint, EXECUTORS, actor=actor, at=at)
    action.refresh_from_db()
    if action.status != Action.Status.DONE or action.arrived_at is not None:
        raise NotSentYet(action=action.title)
    told = isinstance(words, Say)
    if isinstance(words, Say):
        _tell(complaint, words, actor, at)
    action.arrived_at, action.arrival_told_at = at, at if told else None
    action.save(update_fields=["arrived_at", "arrival_told_at"])
    due = callbacks.schedule(complaint, actor=actor, at=at)
    data = {"action": action.pk, "told": told, "callbacks": [row.pk for row in due], "signals": ["remedy.arrived"]}
    texts = {} if isinstance(words, Say) else {"skip": words.reason}
    lifecycle.happen(complaint, "action.arrived", actor=actor, at=at, detail=Detail(data, texts))
    return action


@transaction.atomic
def finish_execution(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Everything carried out (T18): each action with its proof and told to the customer; the callbacks are set.

    A message that names the reference of a finished action also counts as telling the customer of it.
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "finish_execution", actor=actor, at=at)
    participation.require_voice(complaint, words, actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="finish_execution")
    if isinstance(words, Say):
        for action in complaint.actions.filter(status=Action.Status.DONE, customer_told_at=None):
            if not action.proof_reference or action.proof_reference in words.text:
                action.customer_told_at = at
                action.save(update_fields=["customer_told_at"])
    cleared = lifecycle.check(complaint, "finish_execution", actor=actor, at=at)
    due = callbacks.schedule(complaint, actor=actor, at=at)
    data = {"callbacks": [{"callback": row.pk, "kind": row.kind, "due": row.due_at} for row in due]}
    lifecycle.carry_out(cleared, told=told, detail=Detail(data))
    return complaint


@transaction.atomic
def grant_goodwill(complaint_id: int, *, item: str, actor: Actor, at: datetime) -> Action:
    """Grant a small kindness of the catalogue: every role that takes part, once per case, beyond any plan (S2-50)."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    person = actor.person
    if person is None or not queries.visible_to(person).filter(pk=complaint.pk).exists():
        raise roles.refusal("complaint.note")
    roles.require(person, "complaint.note")
    if interest := lifecycle.own_matter(complaint, actor):
        raise interest
    pack = promises.pack_of(complaint)
    chosen = next((entry for entry in pack.goodwill if entry.code == item), None)
    if chosen is None:
        raise NoSuchGoodwill(missing=("item",))
    if AuthorityUse.objects.filter(complaint=complaint, goodwill=True).exists():
        raise GoodwillTwice()
    AuthorityUse.objects.create(
        person=person, complaint=complaint, remedy=chosen.code, amount=chosen.cost, goodwill=True, at=at
    )
    action = Action.objects.create(
        complaint=complaint,
        round=complaint.round,
        remedy=chosen.code,
        title=str(chosen.title),
        amount=chosen.cost,
        assignee=person if roles.can(person, "task.complete") else complaint.owner,
        due_at=clocks.next_day_at(pack, at),
        proof_kind=chosen.proof_kinds[0] if chosen.proof_kinds else "",
    )
    promises.set_next_due(complaint)
    data = {"item": chosen.code, "cost": chosen.cost, "action": action.pk}
    lifecycle.happen(complaint, "goodwill.granted", actor=actor, at=at, detail=Detail(data))
    return action


def suggested_goodwill(complaint: Complaint) -> tuple[GoodwillItem, ...]:
    """The catalogue, what fits the category or the cause first (S0-35, S0-40)."""
    causes = list(Finding.objects.filter(complaint=complaint).values_list("cause", "secondary_cause"))
    named = [code for pair in causes for code in pair if code]
    return authority.goodwill_for(promises.pack_of(complaint), category=complaint.category, causes=named)


@transaction.atomic
def record_recovery(complaint_id: int, *, amount: Decimal, source: str, actor: Actor, at: datetime) -> Finding:
    """Note what came back of a loss, an insurer's payment for example (S1-37)."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require(complaint, RECOVERERS, actor=actor, at=at)
    finding = Finding.objects.filter(complaint=complaint).order_by("-round").first()
    if finding is None or amount <= 0 or not source.strip():
        raise NothingRecovered(missing=("amount", "source"))
    finding.recovered += authority.to_cents(amount)
    finding.save(update_fields=["recovered"])
    detail = Detail(
        {"amount": amount, "recovered": finding.recovered, "net": net_loss(complaint)}, texts={"source": source.strip()}
    )
    lifecycle.happen(complaint, "recovery.recorded", actor=actor, at=at, detail=detail)
    return finding


def net_loss(complaint: Complaint) -> Decimal:
    """Loss less what was recovered, by payment or by claim (S1-37)."""
    finding = Finding.objects.filter(complaint=complaint).order_by("-round").first()
    if finding is None:
        return Decimal("0.00")
    claimed = sum((claim.recovered for claim in Claim.objects.filter(complaint=complaint)), Decimal("0.00"))
    return finding.loss - finding.recovered - claimed


def missing_sends(complaints: QuerySet[Complaint]) -> QuerySet[Action]:
    """Actions the customer was not told of: done without a message, arrived without the reminder to check (S0-21)."""
    untold = Q(customer_told_at=None) | Q(arrived_at__isnull=False, arrival_told_at=None)
    rows = Action.objects.filter(untold, status=Action.Status.DONE, complaint__in=complaints)
    return rows.select_related("complaint").order_by("done_at", "pk")


def delivered(complaint: Complaint) -> Delivered:
    """What came earlier or later than promised, and what was given beyond it (S2-31, AMB-10)."""
    done = Action.objects.filter(complaint=complaint, status=Action.Status.DONE, line__isnull=False)
    early = tuple(done.filter(done_at__lt=F("due_at")).values_list("pk", flat=True))
    late = tuple(done.filter(done_at__gt=F("due_at")).values_list("pk", flat=True))
    beyond = AuthorityUse.objects.filter(complaint=complaint, goodwill=True)
    return Delivered(early, late, sum((use.amount for use in beyond), Decimal("0.00")))
