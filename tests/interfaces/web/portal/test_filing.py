"""Filing without an account: the notice, the form, the receipt; nothing typed or sent is lost on the way."""

from huiyin.complaints.models import Complaint
from tests.interfaces.web.portal.browsing import filled


def test_a_complaint_is_filed_without_account_or_script_and_gets_a_number_and_a_link_once(browser):
    answer = browser.post("/p/", filled())
    receipt = browser.get(answer["Location"])

    complaint = Complaint.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "/p/filed/")
    assert complaint.number in receipt.content.decode()
    assert "/p/c/" in receipt.content.decode()
    assert "/p/c/" not in browser.get("/p/filed/").content.decode()
