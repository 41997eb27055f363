"""The register of proof over the API: what it says, how it was weighed, appraisals with their fee."""

import pytest

from tests import factories
from tests.factories import at_of
from tests.interfaces.api.calling import Caller

DAMAGE = "transport_damage"


@pytest.fixture
def people(policy, clock):
    return Caller(factories.handler().person), Caller(factories.agent().person)


def test_s0_14_proof_bears_is_weighed_and_is_shown(people):
    handler, agent = people
    case = factories.with_evidence()
    proof = handler.get(f"/complaints/{case.number}").json()["inquiry"]["evidence"][0]["id"]

    said = handler.post(
        f"/complaints/{case.number}/say_bearing", {"evidence": proof, "about": DAMAGE, "stance": "contradicts"}
    )
    unknown = handler.post(
        f"/complaints/{case.number}/say_bearing", {"evidence": proof, "about": "bad_luck", "stance": "supports"}
    )
    weighed = handler.post(f"/complaints/{case.number}/weigh", {"about": DAMAGE, "text": "以签收记录为准"})

    assert (said.status_code, weighed.status_code) == (200, 200)
    assert (unknown.status_code, unknown.json()["rule"]) == (422, "证据-02")
    shown = agent.get(f"/complaints/{case.number}").json()["inquiry"]
    assert [(row["about"], row["stance"]) for row in shown["bearings"]] == [(DAMAGE, "contradicts")]
    assert [(row["about"], row["text"]) for row in shown["weighings"]] == [(DAMAGE, "以签收记录为准")]


def test_s1_13_an_appraisal_needs_its_document(people):
    handler, agent = people
    case = factories.investigating()
    made = handler.post(
        f"/complaints/{case.number}/commission_appraisal",
        {"body": "市质检所", "question": "成因", "expected_on": at_of(case, 9 * 1440).date().isoformat()},
    )
    row = made.json()["made"]["id"]

    refused = handler.post(
        f"/complaints/{case.number}/conclude_appraisal",
        {"appraisal": row, "conclusion": "外力", "fee": "800.00", "fee_bearer": "company"},
    )
    given_up = handler.post(f"/complaints/{case.number}/abandon_appraisal", {"appraisal": row, "reason": "不送检"})

    assert (refused.status_code, refused.json()["rule"]) == (422, "证据-05")
    assert given_up.status_code == 200
    assert agent.get(f"/complaints/{case.number}").json()["inquiry"]["appraisals"][0]["status"] == "abandoned"
