"""Who is named responsible decides nothing in the case (ENG-15)."""

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import OwnMatter
from huiyin.complaints.models import ResponsiblePerson
from huiyin.complaints.steps import approval, followup, investigation, review
from tests import factories, later
from tests.complaints.checks import sound
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
NEXT_DAY = when(2025, 3, 5, 16)


def blamed(*people):
    return factories.finding(side="company", responsible=tuple((one.person_id, one.name) for one in people))


def test_eng_15_who_is_named_responsible_approves_nothing(supervisor, other_supervisor):
    complaint = later.approving(found=blamed(supervisor))
    given = {"comment": "", "words": later.OFFER, "at": at_of(complaint, 140)}

    with pytest.raises(OwnMatter) as refused:
        approval.approve_plan(complaint.pk, actor=supervisor, **given)

    assert refused.value.rule.code == "回避-01"
    assert not approval.waiting_approvals(supervisor.person).exists()
    assert approval.waiting_approvals(other_supervisor.person).exists()
    assert approval.approve_plan(complaint.pk, actor=other_supervisor, **given).state == "offering"


def test_eng_15_a_leader_named_responsible_lets_no_rule_pass_and_looks_at_nothing_afterwards(leader):
    complaint = later.offering_within_authority(found=blamed(leader))
    row = complaint.approvals.get()

    with pytest.raises(OwnMatter):
        approval.review_afterwards(row.pk, objected=False, comment="", actor=leader, at=at_of(complaint, 300))
    with pytest.raises(OwnMatter):
        approval.override_rule(complaint.pk, rule="证据-01", reason="急", actor=leader, at=at_of(complaint, 300))


def test_eng_15_who_is_named_responsible_does_not_close_the_case(supervisor, other_supervisor):
    complaint = later.reviewing()
    ResponsiblePerson.objects.create(finding=complaint.findings.get(), person=supervisor.person, name="陈静")
    later.reviewed(complaint, at=complaint.stage_since + later.HOUR)
    given = {"words": Say("划痕一事已办结。"), "at": complaint.stage_since + 2 * later.HOUR}

    with pytest.raises(OwnMatter):
        review.close(complaint.pk, actor=supervisor, **given)

    assert sound(review.close(complaint.pk, actor=other_supervisor, **given)).state == "closed"


def test_eng_15_a_handler_may_name_himself_but_does_not_judge_himself_in_the_next_round(agent, handler):
    complaint = later.following_up(found=factories.finding(responsible=((handler.person_id, "周建国"),)))
    later.call_back(complaint, at=NEXT_DAY, satisfied=False)
    words = factories.promised(complaint, "划痕我们重新核查。", 60 * 48)
    followup.restart(complaint.pk, words, actor=agent, at=NEXT_DAY)

    with pytest.raises(OwnMatter):
        investigation.issue_finding(
            complaint.pk, factories.finding(), factories.OWNER_TELLS, actor=handler, at=NEXT_DAY
        )
