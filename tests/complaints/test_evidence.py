from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from huiyin.complaints import lifecycle, rules
from huiyin.complaints.guards.context import Case
from huiyin.complaints.guards.inquiry import TooFewKinds
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat, WrongState
from huiyin.complaints.models import Evidence, Interest
from huiyin.complaints.register import EvidenceFileUnfit, EvidenceTwice, EvidenceUnsourced
from huiyin.complaints.steps import investigation, tasks
from huiyin.complaints.steps.investigation import AppraisalElsewhere, EvidenceStruck
from huiyin.files import store
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import OWNER_TELLS, at_of, evidence, finding

pytestmark = pytest.mark.django_db
STRANGERS = (Role.AGENT, Role.HANDLER, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR, Role.INSPECTOR)


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


@pytest.fixture
def ready(agent):
    return factories.with_evidence(actor=agent)


def add(complaint, actor, kind="outbound_video", *, minutes=60, **changes):
    return investigation.add_evidence(
        complaint.pk, evidence(kind, **changes), actor=actor, at=at_of(complaint, minutes)
    )


def find(complaint, actor, *, words=OWNER_TELLS, minutes=90, **changes):
    return investigation.issue_finding(
        complaint.pk, finding(**changes), words, actor=actor, at=at_of(complaint, minutes)
    )


def stored(complaint, content=b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", *, owner_id=None):
    upload = BytesIO(content)
    upload.name = "video.pdf"
    return store.save(
        upload,
        owner_kind="complaint",
        owner_id=owner_id or complaint.pk,
        by=Actor.system("test"),
        at=complaint.received_at,
        limits=store.FROM_STAFF,
    )


@pytest.mark.parametrize("kind", [kind for kind in Evidence.Kind.values if kind != "appraisal"])
def test_s0_15_each_kind_of_evidence_can_be_added_and_is_listed(complaint, handler, kind):
    row = add(complaint, handler, kind, how="现场调取", note="画面清晰")

    assert list(Evidence.objects.filter(complaint=complaint)) == [row]
    assert kinds(complaint)[-1] == "evidence.added"
    sound(complaint)


def test_s1_13_an_appraisal_is_no_plain_note(complaint, handler):
    with pytest.raises(AppraisalElsewhere) as refused:
        add(complaint, handler, "appraisal")

    assert refused.value.rule.code == "证据-05"
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"kind": "hearsay"}, {"title": ""}, {"source": " "}, {"obtained_at": factories.when(2026, 1, 1)}]
)
def test_s0_15_evidence_says_what_it_is_and_where_it_came_from(complaint, handler, changes):
    with pytest.raises(EvidenceUnsourced) as refused:
        add(complaint, handler, **changes)

    assert refused.value.rule.code == "证据-02"
    assert not Evidence.objects.exists()


def test_s0_15_the_hash_of_the_file_is_kept_and_a_change_is_detected(complaint, handler):
    file = stored(complaint)
    row = add(complaint, handler, file=file)
    assert (row.file_sha256, investigation.changed_evidence(complaint)) == (file.sha256, [])

    (Path(settings.MEDIA_ROOT) / file.stored_as[:2] / file.stored_as).write_bytes(b"another film")

    assert investigation.changed_evidence(complaint) == [row]


def test_s0_15_a_file_changed_before_it_is_added_is_refused(complaint, handler):
    file = stored(complaint)
    (Path(settings.MEDIA_ROOT) / file.stored_as[:2] / file.stored_as).write_bytes(b"another film")

    with pytest.raises(EvidenceFileUnfit) as refused:
        add(complaint, handler, file=file)

    assert refused.value.rule.code == "证据-02"


def test_s0_15_a_file_of_another_case_is_refused(complaint, handler):
    with pytest.raises(EvidenceFileUnfit):
        add(complaint, handler, file=stored(complaint, owner_id=complaint.pk + 1))


def test_s0_14_one_file_is_not_evidence_of_two_kinds(complaint, handler):
    file = stored(complaint)
    add(complaint, handler, "outbound_video", file=file)

    with pytest.raises(EvidenceTwice) as refused:
        add(complaint, handler, "delivery_record", file=file)

    assert refused.value.rule.code == "证据-02"


def test_s0_15_who_was_asked_for_something_may_bring_it_and_a_stranger_may_not(complaint, agent, other_handler):
    with pytest.raises(WrongSeat):
        add(complaint, other_handler)
    new = tasks.NewTask(
        "investigate", "检测报告", other_handler.person.department, other_handler.person, at_of(complaint, 200)
    )
    tasks.make_task(complaint.pk, new, actor=agent, at=at_of(complaint, 50))

    assert add(complaint, other_handler, "test_report").added_by == other_handler.person


def test_s0_15_the_owner_adds_what_the_customer_sends(complaint, agent):
    assert add(complaint, agent, "photo").independent is False


@pytest.mark.parametrize("role", STRANGERS)
def test_s2_54_others_add_no_evidence(complaint, role):
    with pytest.raises(WrongSeat) as refused:
        add(complaint, factories.acting("somebody", role, of="finance"))

    assert refused.value.rule.code == "流程-02"


def test_eng_15_the_person_complained_about_adds_no_evidence(complaint, handler):
    Interest.objects.create(
        complaint=complaint, person=handler.person, reason="被投诉人", declared_at=complaint.received_at
    )

    with pytest.raises(OwnMatter) as refused:
        add(complaint, handler)

    assert refused.value.rule.code == "回避-01"


def test_evidence_is_struck_with_a_reason_and_counts_no_more(ready, handler):
    row = Evidence.objects.filter(complaint=ready).first()
    at = at_of(ready, 80)
    with pytest.raises(EvidenceStruck):
        investigation.strike_evidence(row.pk, reason=" ", actor=handler, at=at)

    investigation.strike_evidence(row.pk, reason="不是这一单的视频", actor=handler, at=at)

    with pytest.raises(EvidenceStruck) as refused:
        investigation.strike_evidence(row.pk, reason="再划一次", actor=handler, at=at)
    assert refused.value.rule.code == "证据-02"
    with pytest.raises(TooFewKinds):
        find(ready, handler)
    assert (Evidence.objects.filter(complaint=ready).count(), kinds(ready)[-1]) == (2, "evidence.struck")
    sound(ready)


def test_evidence_is_not_struck_after_the_finding_rests_on_it(agent, handler):
    analysed = factories.analysed(actor=agent)

    with pytest.raises(WrongState):
        investigation.strike_evidence(
            analysed.evidence.first().pk, reason="后悔了", actor=handler, at=at_of(analysed, 95)
        )


@pytest.mark.parametrize("role", STRANGERS)
def test_s2_54_others_strike_no_evidence(ready, role):
    row = Evidence.objects.filter(complaint=ready).first()

    with pytest.raises(WrongSeat):
        investigation.strike_evidence(
            row.pk, reason="不喜欢", actor=factories.acting("somebody", role, of="finance"), at=at_of(ready, 80)
        )


def test_s0_15_a_finding_does_not_rest_on_a_changed_file(ready, handler):
    file = stored(ready)
    add(ready, handler, "test_report", file=file)
    (Path(settings.MEDIA_ROOT) / file.stored_as[:2] / file.stored_as).write_bytes(b"another report")

    with pytest.raises(EvidenceFileUnfit):
        find(ready, handler)


@pytest.mark.parametrize("kind", Evidence.STATEMENTS)
def test_s0_14_what_the_customer_brings_himself_is_no_independent_evidence(agent, handler, kind):
    complaint = factories.investigating(actor=agent)
    at = at_of(complaint, 60)
    for one in ("outbound_video", kind):
        investigation.add_evidence(complaint.pk, factories.evidence(one), actor=handler, at=at)

    refused = {row.rule.code for row in lifecycle.refusals(Case(complaint, handler, at), "find")}

    assert rules.TWO_KINDS.code in refused
