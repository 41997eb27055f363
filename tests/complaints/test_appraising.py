"""Appraisals as evidence: a document, a fee, and who bears it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Appraisal, Evidence, Promise
from huiyin.complaints.register import EvidenceFileUnfit
from huiyin.complaints.steps import appraising
from huiyin.complaints.steps.appraising import (
    AppraisalOver,
    AppraisalUnclear,
    AppraisalUnderWay,
    Conclusion,
    ConclusionIncomplete,
    GivenUpInSilence,
    NewAppraisal,
    ShareUnclear,
)
from huiyin.files import store
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


def document(complaint, *, owner_id=None):
    upload = BytesIO(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    upload.name = "conclusion.pdf"
    return store.save(
        upload,
        owner_kind="complaint",
        owner_id=owner_id or complaint.pk,
        by=Actor.system("test"),
        at=complaint.received_at,
        limits=store.FROM_STAFF,
    )


def commission(complaint, actor, *, minutes=60, **changes):
    day = (complaint.received_at + timedelta(days=10)).date()
    new = NewAppraisal(**{"body": "市产品质量监督检验所", "question": "划痕成因", "expected_on": day, **changes})
    return appraising.commission_appraisal(complaint.pk, new, actor=actor, at=at_of(complaint, minutes))


def conclude(row, actor, *, minutes=500, **changes):
    told = {"title": "划痕成因鉴定书", "text": "外力挤压所致", "fee": Decimal("800"), "fee_bearer": "company"}
    told["document"] = changes.pop("document") if "document" in changes else document(row.complaint)
    return appraising.conclude_appraisal(
        row.pk, Conclusion(**{**told, **changes}), actor=actor, at=at_of(row.complaint, minutes)
    )


def test_s1_13_a_written_conclusion_becomes_evidence_with_its_fee_and_bearer(complaint, handler):
    row = conclude(commission(complaint, handler), handler, bears=(("transport_damage", "supports"),))

    proof = Evidence.objects.get(complaint=complaint)
    assert (proof.kind, proof.source, proof.independent, row.evidence) == (
        "appraisal",
        "市产品质量监督检验所",
        True,
        proof,
    )
    assert (row.status, row.fee, row.fee_bearer, row.company_part) == (
        "concluded",
        Decimal("800.00"),
        "company",
        Decimal("800.00"),
    )
    assert proof.bearings.get().about == "transport_damage"
    assert kinds(sound(complaint))[-3:] == ["evidence.added", "evidence.bears", "appraisal.concluded"]


@pytest.mark.parametrize(
    "gap", [{"document": None}, {"text": " "}, {"fee": None}, {"fee": Decimal(-1)}, {"fee_bearer": ""}]
)
def test_s1_13_a_conclusion_without_document_words_fee_or_bearer_is_refused(complaint, handler, gap):
    row = commission(complaint, handler)

    with pytest.raises(ConclusionIncomplete) as refused:
        conclude(row, handler, **gap)

    assert refused.value.rule.code == "证据-05"
    assert not Evidence.objects.exists()


def test_s1_13_the_document_of_another_case_is_refused(complaint, handler):
    row = commission(complaint, handler)

    with pytest.raises(EvidenceFileUnfit):
        conclude(row, handler, document=document(complaint, owner_id=complaint.pk + 1))


@pytest.mark.parametrize(
    ("bearer", "given", "ours"),
    [("customer", "0", "0"), ("third_party", "500", "0"), ("partner", "0", "0"), ("shared", "300.004", "300.00")],
)
def test_s1_14_who_bears_the_fee_decides_what_it_costs_us(complaint, handler, bearer, given, ours):
    row = conclude(commission(complaint, handler), handler, fee_bearer=bearer, company_part=Decimal(given))

    assert (row.fee_bearer, row.company_part) == (bearer, Decimal(ours))


@pytest.mark.parametrize("part", ["0", "800", "900", "-1"])
def test_s1_14_a_shared_fee_says_our_part(complaint, handler, part):
    row = commission(complaint, handler)

    with pytest.raises(ShareUnclear) as refused:
        conclude(row, handler, fee_bearer="shared", company_part=Decimal(part))

    assert refused.value.rule.code == "证据-05"


def test_s1_13_the_clocks_of_the_pack_stand_still_while_it_lasts(complaint, handler):
    row = commission(complaint, handler)
    paused = Promise.objects.filter(complaint=complaint, code="investigation", ended_at=None).get()
    assert paused.status == "paused"

    conclude(row, handler, minutes=3 * 1440)

    running = Promise.objects.filter(complaint=complaint, code="investigation", ended_at=None).get()
    assert (running.status, running.due_at > paused.due_at) == ("open", True)
    sound(complaint)


def test_s1_13_an_appraisal_given_up_says_why_and_the_clocks_go_on(complaint, handler):
    row = commission(complaint, handler)
    with pytest.raises(GivenUpInSilence):
        appraising.abandon_appraisal(row.pk, reason="", actor=handler, at=at_of(complaint, 90))

    appraising.abandon_appraisal(row.pk, reason="客户不愿送检", actor=handler, at=at_of(complaint, 90))

    assert Appraisal.objects.get(pk=row.pk).status == "abandoned"
    assert Promise.objects.get(complaint=complaint, code="investigation", ended_at=None).status == "open"
    with pytest.raises(AppraisalOver):
        conclude(row, handler)
    sound(complaint)


@pytest.mark.parametrize("gap", [{"body": ""}, {"question": " "}, {"expected_on": factories.LONG_AGO.date()}])
def test_s1_13_a_commission_names_body_question_and_day(complaint, handler, gap):
    with pytest.raises(AppraisalUnclear):
        commission(complaint, handler, **gap)


def test_s1_13_one_appraisal_at_a_time(complaint, handler):
    row = commission(complaint, handler)
    with pytest.raises(AppraisalUnderWay):
        commission(complaint, handler, minutes=70)

    conclude(row, handler)
    assert commission(complaint, handler, minutes=600).status == "commissioned"


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_s2_54_others_commission_and_conclude_nothing(complaint, handler, role):
    stranger = factories.acting("somebody", role, of="finance")
    row = commission(complaint, handler)

    for act in (lambda: commission(complaint, stranger), lambda: conclude(row, stranger)):
        with pytest.raises(WrongSeat) as refused:
            act()
        assert refused.value.rule.code == "流程-02"


def test_s1_13_nothing_is_appraised_before_it_is_assigned(agent):
    with pytest.raises(WrongState):
        commission(factories.registered(actor=agent), agent)
