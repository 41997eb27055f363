"""The register of proof beside a case."""

from huiyin.complaints.steps import investigation
from tests import factories


def test_s0_15_a_kind_of_evidence_that_only_the_pack_knows_has_its_name_on_the_page(lina, at_noon):
    complaint = factories.investigating()
    new = factories.evidence("listing_snapshot", title="商品页存档")
    investigation.add_evidence(complaint.pk, new, actor=factories.handler(), at=factories.at_of(complaint, 60))

    panel = lina.html(f"/desk/{complaint.number}/about/evidence/")
    page = lina.html(f"/desk/{complaint.number}/")

    assert "商品页" in panel
    assert "商品页" in page
