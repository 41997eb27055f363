"""Filing without an account: the notice, the form, the receipt; nothing typed or sent is lost on the way."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.complaints.models import Complaint, Event
from huiyin.files import drafts
from huiyin.files.models import StoredFile
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.portal import limits, stamps
from huiyin.people.models import Person
from tests import factories
from tests.interfaces.web.portal.browsing import Browser, field, filled, photo

LANGUAGES = ("zh-hans", "zh-hant", "en")


def link_of(browser):
    found = re.search(r'href="(http://testserver(/p/c/[^"]+))"', browser.get("/p/filed/").content.decode())
    return found[2] if found else ""


def test_a_complaint_is_filed_without_account_or_script_and_gets_a_number_and_a_link_once(browser):
    answer = browser.post("/p/", filled())
    receipt = browser.get(answer["Location"]).content.decode()

    complaint = Complaint.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "/p/filed/")
    assert complaint.number in receipt
    assert "/p/c/" in receipt
    again = browser.read("/p/filed/")
    assert complaint.number in again
    assert "/p/c/" not in again


def test_what_was_typed_becomes_the_case(browser):
    browser.post("/p/", filled(email="zhang@example.com"))

    complaint = Complaint.objects.select_related("customer", "owner").get()
    assert complaint.text == "收到的手机外壳有划痕，全新未拆。\n\n希望：换一台新的"
    assert (complaint.channel, complaint.order_number, complaint.state) == ("portal", "E-1001", "received")
    assert (complaint.customer.name, complaint.owner.name) == ("张三", "李娜")
    assert {row.kind: row.value for row in complaint.customer.identities.all()} == {
        "phone": "13812341234",
        "email": "zhang@example.com",
    }
    assert complaint.events.first().actor_name == "portal"


def test_the_receipt_says_by_when_there_is_an_answer(browser, stand_at):
    stand_at(factories.TUESDAY_10)
    browser.post("/p/", filled())

    assert "今天 12:00前答复您" in re.sub(r"<[^>]+>", "", browser.read("/p/filed/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pipl_17_who_what_for_how_long_and_which_rights_are_said_before_the_form(browser, language):
    page = browser.read("/p/", language)

    notice = page[: page.index("<form")]
    assert "晨光数码" in notice
    assert "privacy@chenguang.example" in notice
    assert ("3 years" if language == "en" else "3") in notice
    assert page.count('class="help"') >= 7  # each field says why it is asked
    assert ("Your rights" if language == "en" else "您的权利") in notice or language == "zh-hant"


def test_one_way_to_be_reached_is_needed_and_one_is_enough(browser):
    refused = browser.post("/p/", filled(phone="", email=""))

    assert refused.status_code == 422
    assert "请留一个电话或邮箱" in refused.content.decode()
    assert "收到的手机外壳有划痕" in refused.content.decode()
    assert not Complaint.objects.exists()
    assert browser.post("/p/", filled(phone="", email="zhang@example.com")).status_code == 303


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phone": "call me"}, "这不像是电话号码"),
        ({"email": "zhang at example"}, "这不像是邮箱地址"),
        ({"what": "  "}, "请写一下发生了什么"),
        ({"name": ""}, "怎么称呼您"),
    ],
)
def test_a_mistake_is_told_in_plain_words_beside_its_field_and_loses_nothing(browser, changes, said):
    answer = browser.post("/p/", filled(**changes))

    page = answer.content.decode()
    assert (answer.status_code, said in page) == (422, True)
    assert 'aria-invalid="true"' in page
    assert "E-1001" in page
    assert "换一台新的" in page


def test_photos_survive_a_mistake_elsewhere_and_go_with_the_case(browser):
    first = browser.post("/p/", {**filled(phone=""), "photos": [photo(), photo("背面.jpg", "red")]})
    page = first.content.decode()
    assert "划痕.jpg" in page
    assert "背面.jpg" in page

    browser.post("/p/", filled(kept=field(page, "kept")))

    complaint = Complaint.objects.get()
    files = StoredFile.objects.filter(owner_kind="complaint", owner_id=complaint.pk).order_by("pk")
    assert [file.name for file in files] == ["划痕.jpg", "背面.jpg"]
    assert {file.uploaded_by for file in files} == {f"customer:{complaint.customer_id}"}
    assert [row.data["sha256"] for row in Event.objects.filter(kind="file.added")] == [file.sha256 for file in files]


def test_a_photo_sent_by_mistake_can_be_left_out(browser):
    page = browser.post("/p/", {**filled(phone=""), "photos": [photo(), photo("背面.jpg", "red")]}).content.decode()
    unwanted = StoredFile.objects.get(name="背面.jpg")

    browser.post("/p/", filled(kept=field(page, "kept"), drop=str(unwanted.pk)))

    assert [file.name for file in StoredFile.objects.filter(owner_kind="complaint")] == ["划痕.jpg"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("发票.pdf", b"MZ" + b"\0" * 200),
        ("a.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("b.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("c.jpg", b"\xff\xd8\xff\xe0 not a picture"),
        ("d.txt", b""),
    ],
)
def test_a_hostile_or_broken_file_is_refused_by_name_and_the_good_one_stays(browser, name, content):
    answer = browser.post("/p/", {**filled(), "photos": [photo(), SimpleUploadedFile(name, content)]})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{name}”没有收下" in page
    assert "划痕.jpg" in page
    assert "收到的手机外壳有划痕" in page
    assert not Complaint.objects.exists()


def test_a_file_over_ten_megabytes_is_refused_in_plain_words(browser):
    large = SimpleUploadedFile("录像.mp4", b"\0\0\0\x18ftypisom" + b"\0" * (10 * 1_048_576))

    page = browser.post("/p/", {**filled(), "photos": [large]}).content.decode()

    assert "录像.mp4" in page
    assert "10 MB" in page


def test_nobody_can_name_files_the_form_did_not_send(browser):
    other = drafts.keep(
        photo("别人的.jpg"), by=factories.Actor.system("portal"), at=clock.now(), limits=limits_of_files()
    )

    for forged in (f"[{other.pk}]", stamps.seal_files([other.pk])[:-3] + "abc", "x" * 4000):
        browser.post("/p/", filled(kept=forged, what=f"划痕 {forged[:5]}"))

    other.refresh_from_db()
    assert other.owner_kind == "draft"


def limits_of_files():
    from huiyin.interfaces.web.portal import uploads

    return uploads.LIMITS


def test_what_a_stranger_types_stays_text_everywhere(browser):
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    browser.post(
        "/p/", {**filled(what=nasty, wanted=nasty, order_number=nasty[:60], name=nasty[:70]), "photos": [photo(nasty)]}
    )
    address = link_of(browser)

    for page in (browser.read(address), browser.read(f"{address}history/")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{{ 7*7 }}" in page or "49" not in page


def test_a_program_is_stopped_and_a_person_taken_for_one_goes_on(browser):
    quick = stamps.fresh(clock.now()).sealed()
    for changes in ({"website": "http://spam.example"}, {"stamp": quick}, {"stamp": "forged"}, {"stamp": ""}):
        answer = browser.post("/p/", filled(**changes))
        assert answer.status_code == 409
        assert "提交得太快了" in answer.content.decode()
        assert "收到的手机外壳有划痕" in answer.content.decode()
    assert not Complaint.objects.exists()

    stamp = stamps.read(field(answer.content.decode(), "stamp"))
    assert stamp is not None
    assert stamp.shown_at <= clock.now()
    assert browser.post("/p/", filled()).status_code == 303


def test_too_many_from_one_address_are_asked_to_wait_with_their_text_kept(browser):
    for number in range(limits.FILE.tries):
        assert browser.post("/p/", filled(what=f"第 {number} 件")).status_code == 303

    answer = browser.post("/p/", filled(what="第二十一件"))

    assert answer.status_code == 409
    assert "请等60分钟" in answer.content.decode().replace(" ", "")
    assert "第二十一件" in answer.content.decode()
    assert Browser().post("/p/", filled(what="别处来的"), REMOTE_ADDR="203.0.113.9").status_code == 303


def test_a_double_click_makes_one_case_and_the_last_link_opens_it(browser):
    form = filled()
    browser.post("/p/", form)
    first = link_of(browser)
    browser.post("/p/", form)
    second = link_of(browser)

    assert Complaint.objects.count() == 1
    assert (browser.get(first).status_code, browser.get(second).status_code) == (404, 200)


def test_a_form_sent_again_much_later_makes_no_second_link(browser, stand_at):
    form, now = filled(), clock.now()
    browser.post("/p/", form)
    address = link_of(browser)

    stand_at(now + timedelta(minutes=30))
    browser.post("/p/", form)

    assert link_of(browser) == ""
    assert browser.get(address).status_code == 200
    assert Complaint.objects.count() == 1


def test_changing_the_language_keeps_what_was_typed_and_sent(browser):
    page = browser.post("/p/", {**filled(switch="en"), "photos": [photo()]})

    words = page.content.decode()
    assert page.status_code == 200
    assert "What happened?" in words
    assert "收到的手机外壳有划痕" in words
    assert "划痕.jpg" in words
    assert browser.cookies["huiyin_language"].value == "en"
    assert not Complaint.objects.exists()
    assert "has-error" not in words
    assert 'class="summary"' not in words


def test_when_nobody_could_own_it_the_text_stays_and_the_fault_is_ours(browser):
    Person.objects.all().delete()

    answer = browser.post("/p/", filled())

    assert answer.status_code == 409
    assert "是我们的问题" in answer.content.decode()
    assert "收到的手机外壳有划痕" in answer.content.decode()


@pytest.mark.parametrize("address", ["/p/", "/p/notice/", "/p/follow/", "/p/follow/code/"])
def test_no_page_is_cached_indexed_or_named_to_other_sites(browser, address):
    answer = browser.get(address)

    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert 'name="robots" content="noindex,nofollow"' in answer.content.decode()


def test_a_form_that_did_not_come_from_the_page_is_refused():
    forged = Client(enforce_csrf_checks=True).post("/p/", filled())

    assert forged.status_code == 403
    assert not Complaint.objects.exists()


def test_drafts_nobody_sent_are_disposed_of_after_a_day(browser):
    browser.post("/p/", {**filled(phone=""), "photos": [photo()]})
    later = clock.now() + timedelta(days=1, minutes=1)

    assert drafts.forget(later) == 1
    assert StoredFile.objects.get().disposed_at == later
