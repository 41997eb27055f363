"""What the proof says, how it is weighed, and appraisals, on the pages of the case."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import ACCOUNT, Appraisal, Bearing, Evidence, Weighing
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import SAYS_NOTHING, local, told

DAMAGE = "transport_damage"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FINDING = {
    "cause": DAMAGE,
    "side": "third_party",
    "reasons_sufficient": "yes",
    "demand_reasonable": "yes",
    "within_control": "no",
    "grounds": "出库时完好,签收时外箱破损",
    "no_person_reason": "责任在承运商",
    "responsible-count": "1",
}


def panel(desk, case):
    answer = desk.client.get(f"/desk/{case.number}/about/evidence/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_s0_14_a_contradiction_is_shown_and_weighed_before_the_finding(handler, at_minute):
    case = factories.with_evidence()
    at_minute(case, 70)
    video = Evidence.objects.get(complaint=case, kind="outbound_video")
    handler.take(case, "bearing", item=video.pk, about_what=DAMAGE, stance="contradicts")
    assert Bearing.objects.get().stance == "contradicts"

    refused = handler.send(case, "find", **FINDING, account_weighed="与签收记录一致", **SAYS_NOTHING)
    assert (refused.status_code, "证据-03" in refused.content.decode()) == (422, True), told(refused)
    page = panel(handler, case)
    assert "待权衡" in page
    assert f"item={DAMAGE}" in page

    handler.take(case, "weigh", matter=DAMAGE, text="视频只到出库,以签收记录为准")
    assert handler.take(case, "find", **FINDING, account_weighed="与签收记录一致", **SAYS_NOTHING) == "analysed"
    assert "视频只到出库" in panel(handler, case)


def test_s1_29_the_form_of_the_finding_asks_how_the_account_was_weighed(handler, at_minute):
    case = factories.with_evidence()
    at_minute(case, 70)

    refused = handler.send(case, "find", **FINDING, **SAYS_NOTHING)
    assert "证据-04" in refused.content.decode()
    assert "account_weighed" in refused.context["form"].errors

    handler.take(case, "weigh", matter=ACCOUNT, text="与签收记录一致")
    assert Weighing.objects.get().about == ACCOUNT
    shown = handler.open(case, "find")
    assert shown.context["form"].initial["account_weighed"] == "与签收记录一致"


def test_s0_14_evidence_says_at_once_what_it_bears_on(handler, at_minute):
    case = factories.investigating()
    now = at_minute(case, 60)
    given = {"kind": "service_log", "title": "签收日志", "source": "系统", "obtained_at": local(now)}

    handler.take(case, "evidence", **given, about_what=ACCOUNT, stance="supports")

    assert [(row.about, row.stance) for row in Bearing.objects.all()] == [(ACCOUNT, "supports")]


def test_s1_13_an_appraisal_is_commissioned_concluded_and_shown_with_its_fee(handler, agent, at_minute):
    case = factories.investigating()
    now = at_minute(case, 60)
    day = (now + timedelta(days=9)).date().isoformat()
    agent.take(case, "appraisal", body="市质检所", question="划痕成因", expected_on=day)
    row = Appraisal.objects.get()
    assert "市质检所" in panel(agent, case)

    given = {"item": row.pk, "conclusion": "外力挤压所致", "fee": "800", "fee_bearer": "shared", "company_part": "300"}
    refused = handler.send(case, "appraisal_done", **given)
    assert (refused.status_code, "证据-05" in refused.content.decode()) == (422, True)

    paper = SimpleUploadedFile("鉴定书.pdf", PDF)
    handler.take(case, "appraisal_done", **given, file=paper, about_what=DAMAGE, stance="supports")
    page = panel(handler, case)
    row.refresh_from_db()
    assert (row.status, str(row.company_part), row.evidence.file_sha256 != "") == ("concluded", "300.00", True)
    assert "800.00" in page
    assert "外力挤压所致" in page


def test_s1_13_an_appraisal_is_given_up_with_a_reason(handler, at_minute):
    case = factories.investigating()
    now = at_minute(case, 60)
    handler.take(
        case, "appraisal", body="市质检所", question="成因", expected_on=(now + timedelta(9)).date().isoformat()
    )

    handler.take(case, "appraisal_over", item=Appraisal.objects.get().pk, reason="客户不愿送检")

    assert Appraisal.objects.get().status == "abandoned"


def test_s0_14_the_tab_of_evidence_asks_no_more_for_more_proof(handler, at_minute):
    counts = []
    for number in (2, 14):
        case = factories.investigating()
        at_minute(case, 90)
        for place in range(number):
            new = factories.evidence("service_log", title=f"日志{place}", bears=((ACCOUNT, "supports"),))
            factories.investigation.add_evidence(case.pk, new, actor=factories.handler(), at=at_of(case, 60))
        panel(handler, case)
        with CaptureQueriesContext(connection) as asked:
            panel(handler, case)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[1] <= 15
