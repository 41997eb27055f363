"""Two people at the same moment, each in a thread with a connection of its own; prints what became of each."""

import json
import threading

import django

django.setup()

from django.db import connections  # noqa: E402

from huiyin.complaints.models import Action, AuthorityUse, Complaint  # noqa: E402
from huiyin.complaints.steps import approval, linking, planning, portal  # noqa: E402
from huiyin.people.roles import Role  # noqa: E402
from huiyin.rules import Refusal  # noqa: E402
from tests import factories, later  # noqa: E402
from tests.factories import at_of  # noqa: E402


def at_once(*acts):
    """Let all begin together; gives "done" or the code of the rule for each, sorted."""
    gate, told = threading.Barrier(len(acts)), []

    def act(do):
        try:
            gate.wait()
            do()
            told.append("done")
        except Refusal as refused:
            told.append(refused.rule.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(do,)) for do in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def five_offers_on_one_budget():
    agent, earlier = factories.agent(), factories.received()
    AuthorityUse.objects.create(
        person=agent.person, complaint=earlier, remedy="coupon", amount=9700, at=at_of(earlier, 1)
    )
    cases = [later.planning() for _ in range(5)]
    for case in cases:
        later.drafted(case, later.small_coupon(case, 250), later.small_coupon(case, 30))

    def offer(case):
        planning.offer_within_authority(case.pk, later.OFFER, actor=agent, at=at_of(case, 130))

    return at_once(*(lambda case=case: offer(case) for case in cases))


def two_approvals_of_one_plan():
    case = later.approving()
    bosses = (factories.supervisor(), factories.acting("heguanli", Role.SUPERVISOR))

    def approve(boss):
        approval.approve_plan(case.pk, comment="", words=later.OFFER, actor=boss, at=at_of(case, 140))

    return at_once(*(lambda boss=boss: approve(boss) for boss in bosses))


def one_choice_sent_twice():
    case = later.offering()
    option = later.option(case).pk

    def choose():
        portal.customer_choose(case.pk, option, customer=case.customer, at=at_of(case, 150))

    return [*at_once(choose, choose), Action.objects.filter(complaint=case).count()]


def two_merges_into_each_other():
    one, other = factories.investigating(), factories.investigating()
    agent = factories.agent()

    def merge(case, into):
        linking.merge(case.pk, into=into.pk, reason="同一台", actor=agent, at=at_of(case, 60))

    told = at_once(lambda: merge(one, other), lambda: merge(other, one))
    return [*told, Complaint.objects.filter(merged_into__isnull=False).count()]


if __name__ == "__main__":
    factories.load_policy()
    tried = (five_offers_on_one_budget, two_approvals_of_one_plan, one_choice_sent_twice, two_merges_into_each_other)
    print(json.dumps({act.__name__: act() for act in tried}))
