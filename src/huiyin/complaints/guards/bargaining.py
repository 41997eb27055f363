"""Conditions of a plan that answers expectations: the first is met, the bottom line holds, what is unproved waits."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import catalogue, expecting, honesty, preparation, rules
from huiyin.complaints.expecting import Talks
from huiyin.complaints.guards import money
from huiyin.complaints.guards.context import Case
from huiyin.complaints.models import Approval, Concession, Expectation, ExpectationAnswer, Option, Weight
from huiyin.people.roles import Role
from huiyin.policy.compensation import Assessment
from huiyin.rules import Refusal

Kind = ExpectationAnswer.Kind


class StillFuzzy(Refusal):
    rule = rules.MADE_PRECISE
    sentence = _("«%(said)s» is not measurable yet: nothing can be promised on it.")
    unblock = _("Ask for the time or the amount, and write it down.")


class Unrealistic(Refusal):
    rule = rules.MADE_REALISTIC
    sentence = _("«%(said)s» cannot be had, and nothing takes its place.")
    unblock = _("Write what we offer instead, or the refusal with an alternative.")


class FirstDropped(Refusal):
    rule = rules.FIRST_KEPT
    sentence = _("Option «%(option)s» does not meet what matters most to the customer: %(first)s")
    unblock = _("Meet it, or offer something in its place.")


class KeptTheLesser(Refusal):
    rule = rules.FIRST_KEPT
    sentence = _("Option «%(option)s» drops «%(dropped)s» and keeps the lower «%(kept)s».")
    unblock = _("Drop what stands lower, and meet what the customer cannot do without.")


class BeyondPrinciple(Refusal):
    rule = rules.PRINCIPLE_KEPT
    sentence = _("Option «%(option)s» gives %(amount)s; the approved bottom line is %(limit)s.")
    unblock = _("Stay within it, or have a new bottom line approved by somebody else.")


class NotProved(Refusal):
    rule = rules.PROVED_FIRST
    sentence = _("Option «%(option)s» gives %(amount)s for a claim beyond the usual %(limit)s, and nothing proves it.")
    unblock = _("Ask politely for the evidence, or stay within what is usual.")


class ConcessionUnlogged(Refusal):
    rule = rules.CONCESSION_REASONED
    sentence = _("Option «%(option)s» gives %(amount)s; so far we stand at %(stands)s.")
    unblock = _("Log the concession first: why, and what is obtained for it.")


class CeilingExceeded(Refusal):
    rule = rules.CEILING_SIGNED
    sentence = _("Option «%(option)s» gives %(amount)s; the law's ceiling on what was shown is %(ceiling)s.")
    unblock = _("A leader may sign it.")


class PlanUnprepared(Refusal):
    rule = rules.PREPARED
    sentence = _("The plan of a hard case is not prepared yet; missing: %(missing_words)s.")
    unblock = _("Complete the preparation sheet.")


def bargained(option: Option) -> Decimal:
    """What the option gives beyond what is owed anyway: rights are never part of a bargain (AMB-08)."""
    return sum((line.amount for line in option.lines.all() if not line.policy_right), money.ZERO)


def claimed(option: Option) -> Decimal:
    """What the option gives for the claim; kindness on top is kept apart (S3-12)."""
    return sum((line.amount for line in option.lines.all() if not line.voluntary), money.ZERO)


def expectations_are_served(case: Case) -> None:
    """Precise, realistic, and the first one met (S3-35, S3-36, S3-38, S2-38)."""
    talks = case.talks
    for one in talks.expectations:
        if one.fuzzy and not one.is_precise:
            raise StillFuzzy(said=one.said)
        if not one.settled:
            raise Unrealistic(said=one.said or one.precise)
    answered = _answered(case) if talks.ranked else {}
    for option in case.options if talks.ranked else ():
        _first_is_met(option, talks.ranked, answered.get(option.pk, []))


def _answered(case: Case) -> dict[int, list[ExpectationAnswer]]:
    """What each option of the plan makes of each expectation."""
    found: dict[int, list[ExpectationAnswer]] = {}
    for row in ExpectationAnswer.objects.filter(option__plan=case.plan):
        found.setdefault(row.option_id, []).append(row)
    return found


def _first_is_met(option: Option, ranked: tuple[Expectation, ...], answered: list[ExpectationAnswer]) -> None:
    given = {row.expectation_id: row.kind for row in answered}
    dropped = [one for one in ranked if given.get(one.pk, Kind.DROPPED) == Kind.DROPPED]
    if ranked[0] in dropped:
        raise FirstDropped(option=option.title, first=str(ranked[0]))
    for one in dropped:
        lower = [other for other in ranked if (other.rank or 0) > (one.rank or 0) and other not in dropped]
        if expecting.weight_of(one) == Weight.MUST and lower:
            raise KeptTheLesser(option=option.title, dropped=str(one), kept=str(lower[0]))


def within_principle(case: Case) -> None:
    """No option beyond the approved bottom line, whoever signs it (S4-126); each step up is logged (S3-25)."""
    talks = case.talks
    if not talks.anything:
        return
    stands = position(case, talks)
    for option in case.options:
        amount = bargained(option)
        if talks.principle is not None and amount > talks.principle.amount:
            raise BeyondPrinciple(option=option.title, amount=amount, limit=talks.principle.amount)
        if stands is not None and amount > stands:
            raise ConcessionUnlogged(option=option.title, amount=amount, stands=stands)


def position(case: Case, talks: Talks) -> Decimal | None:
    """Where we stand: the last concession, else the opening; nothing while nobody opened."""
    last = Concession.objects.filter(complaint=case.complaint).order_by("-number").first()
    if last is not None:
        return last.amount
    return talks.sheet.opening if talks.sheet is not None else None


def claims_are_proved(case: Case) -> None:
    """What lies above the norm is paid on evidence, or within an approved bottom line (S3-26).

    The customer's manner has nothing to do with it: a small claim may be taken at his word where the pack says so
    (AMB-01).
    """
    talks, law = case.talks, case.law
    sold_under = catalogue.of(case.complaint, case.pack)
    excessive = expecting.above_norm(sold_under, case.complaint, talks.expectations, case.demands)
    unproved = [one for one in excessive if _doubtful(one, case)]
    if not unproved:
        return
    limits = [max(one.norm for one in unproved), law.ceiling if law is not None else money.ZERO]
    limits += [talks.principle.amount] if talks.principle is not None else []
    limits += [taken_at_his_word(case)]
    for option in case.options:
        if bargained(option) > max(limits):
            raise NotProved(option=option.title, amount=bargained(option), limit=max(limits))


def taken_at_his_word(case: Case) -> Decimal:
    """Up to which amount the customer is believed without proof: only where the pack widens «always right» (AMB-01)."""
    chosen = case.pack.settings
    return chosen.customer_first_amount if chosen.customer_first_scope == "full_below_amount" else money.ZERO


def _doubtful(above: expecting.Above, case: Case) -> bool:
    """Nothing proves it: no evidence linked to it, and the finding does not call the demand reasonable.

    What is flagged as unrealistic stays doubtful whatever the finding says of the demands as a whole.
    """
    rows = [one for one in case.talks.expectations if above.text in (one.said, one.precise)]
    if any(one.proved_by is not None and one.proved_by.independent for one in rows):
        return False
    judged = case.finding is not None and case.finding.demand_reasonable
    return not judged or any(one.unrealistic for one in rows)


def ceiling_is_signed(case: Case) -> None:
    """An offer above the law's ceiling on what was shown goes out only with a leader's signature (PEN-3)."""
    law, person = case.law, case.actor.person
    if law is None or (person is not None and person.has_role(Role.LEADER)) or _leader_signed(case):
        return
    if exceeding := above_ceiling(case.options, law):
        raise CeilingExceeded(option=exceeding.title, amount=claimed(exceeding), ceiling=law.ceiling)


def _leader_signed(case: Case) -> bool:
    rows = Approval.objects.filter(plan=case.plan, afterwards=False, decision=Approval.Decision.APPROVED)
    return rows.filter(decided_by__roles__role=Role.LEADER).exists()


def above_ceiling(options: Iterable[Option], law: Assessment) -> Option | None:
    """The first option that gives more than the law does on what was shown."""
    return next((option for option in options if law.exceeds(claimed(option))), None)


def words_are_honest(case: Case) -> None:
    """No threat, no invention, and «legal maximum» only where it is one (AMB-34, PEN-3, PEN-4)."""
    options = case.options
    answered = _answered(case) if case.talks.expectations else {}
    texts = {option.pk: _texts(option, answered.get(option.pk, [])) for option in options}
    honesty.check(text for part in texts.values() for text in part)
    said = [option for option in options if any(honesty.calls_it_maximum(text) for text in texts[option.pk])]
    for option in said:
        honesty.require_true_maximum(texts[option.pk], claimed(option), case.law)


def _texts(option: Option, answered: list[ExpectationAnswer]) -> list[str]:
    answers = [text for row in option.answers.all() for text in (row.text, row.deviation)]
    return [option.title, *answers, *(row.text for row in answered)]


def is_prepared(case: Case) -> None:
    """The plan of a hard case rests on a complete sheet (S3-27, S2-11)."""
    if not preparation.is_hard(case.complaint):
        return
    if missing := preparation.of(case.complaint):
        words = str(_(", ")).join(str(gap.title) for gap in missing)
        raise PlanUnprepared(missing_words=words, missing=tuple(gap.field for gap in missing))
