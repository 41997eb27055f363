"""The course of a case, the composer below it, and what changes while the page is open."""

import re

from huiyin.complaints.kinds import KINDS
from huiyin.complaints.models import Complaint, Draft, Event, Follow
from huiyin.complaints.steps import messages
from huiyin.interfaces.web.desk.presenters.facts import SAYS
from tests import factories, later
from tests.interfaces.web.desk.conftest import Desk


def page(desk: Desk, complaint: Complaint) -> str:
    return desk.html(f"/desk/{complaint.number}/")


# --- the course -------------------------------------------------------------------------------------------------------
def test_no_event_shows_its_code(lina):
    for make in (later.closed, factories.explaining):
        html = page(lina, make())
        codes = {kind for kind in Event.objects.values_list("kind", flat=True)}

        assert {code for code in codes if code in html} == set()


def test_every_kind_of_event_with_facts_is_one_that_exists():
    assert set(SAYS) - set(KINDS) == set()


def test_the_customer_speaks_as_the_customer_whoever_wrote_it_down(lina):
    complaint = factories.received()
    messages.record_inbound(
        complaint.pk,
        "到底什么时候有结果",
        medium="phone",
        where_is_it=True,
        actor=factories.agent(),
        at=factories.at_of(complaint, 20),
    )
    html = page(lina, complaint)

    assert re.search(
        r'<li class="customer[^"]*"[^>]*>.*?<b>张三</b> [^<]*李娜 记录</div><div class="say">到底什么时候有结果',
        html,
        re.DOTALL,
    )


def test_a_note_looks_like_nothing_the_customer_gets(lina):
    complaint = factories.received()
    messages.write_note(complaint.pk, "先查录像", actor=factories.agent(), at=factories.at_of(complaint, 20))
    html = page(lina, complaint)

    assert re.search(r'<li class="internal[^"]*" data-who="internal".*?内部，客户看不到.*?先查录像', html, re.DOTALL)


def test_what_a_message_promised_stands_under_it(lina):
    assert "承诺：核查结果，今天 12:15前" in page(lina, factories.acknowledged())


def test_why_the_customer_was_not_told_is_shown(lina):
    assert "未告知客户：由责任人统一告知客户" in page(lina, factories.analysed())


def test_a_long_course_is_read_back_piece_by_piece(lina):
    complaint = factories.received()
    for number in range(90):
        messages.write_note(
            complaint.pk, f"备注{number:03d}", actor=factories.agent(), at=factories.at_of(complaint, 1)
        )
    html = page(lina, complaint)
    before = re.search(rf"/desk/{complaint.number}/timeline/\?before=(\d+)", html)
    earlier = lina.html(f"/desk/{complaint.number}/timeline/?before={before[1]}", target="earlier")

    shown = re.findall(r"备注(\d{3})", earlier) + re.findall(r"备注(\d{3})", html)
    assert [int(one) for one in shown] == list(range(90))


def test_hostile_text_stays_text(lina, chen):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    complaint = factories.received(title=evil, text=evil, name=evil, product=evil, order_number=evil)
    messages.write_note(complaint.pk, evil, actor=factories.agent(), at=factories.at_of(complaint, 1))
    case = [f"/desk/{complaint.number}/{part}" for part in ("", "about/overview/", "form/")]
    paths = [*case, "/desk/", "/desk/rows/", "/search/?q=script", "/unanswered/?minutes=15", f"/search/?q={evil}"]

    assert [path for path in paths if "<script>alert" in lina.html(path) or "<img src=x" in lina.html(path)] == []


# --- composer, draft, follow ------------------------------------------------------------------------------------------
def test_the_composer_says_who_receives_it(lina):
    assert "张三，138****1234；经工单告知" in page(lina, factories.received())


def test_a_mail_address_is_named_masked(lina):
    complaint = factories.received(channel="email", identities=(("email", "zhang@example.com"),))

    assert "张三，z***@example.com，发电子邮件" in page(lina, complaint)


def test_s0_34_nobody_but_the_contact_writes_to_the_customer(zhou):
    assert "对客户只有一位联系人：李娜" in page(zhou, factories.investigating())


def test_who_may_not_write_has_no_composer(auditor):
    assert 'id="composer"' not in page(auditor, factories.received())


def test_a_draft_survives_and_an_empty_one_is_forgotten(lina):
    complaint = factories.received()
    path = f"/desk/{complaint.number}/draft/"
    kept = lina.post(path, kind="message", text="您好,正在核查")

    # The answer is the time of the house in the reader's zone, which the browser may not know.
    assert re.fullmatch(r"\d\d:\d\d", kept.content.decode())
    assert (kept.status_code, "您好,正在核查</textarea>" in page(lina, complaint)) == (200, True)
    lina.post(path, kind="message", text="")
    assert Draft.objects.count() == 0
    assert lina.post(path, kind="nonsense", text="x").status_code == 400


def test_c27_a_draft_too_long_to_keep_is_said_to_be_unkept_and_never_cut(lina):
    complaint = factories.received()
    answers = [
        lina.post(f"/desk/{complaint.number}/draft/", kind="note", text="字" * many).status_code
        for many in (20_000, 20_001)
    ]

    assert (answers, len(Draft.objects.get().text)) == ([200, 413], 20_000)


def test_drafts_are_ones_own(lina, chen):
    complaint = factories.received()
    lina.post(f"/desk/{complaint.number}/draft/", kind="note", text="只给自己看")

    assert "只给自己看" not in page(chen, complaint)


def test_a_note_and_a_message_go_out_from_the_composer(lina):
    complaint = factories.acknowledged()
    seen = re.search(r'name="seen" value="(\d+)" id="note-seen"', page(lina, complaint))[1]
    answer = lina.post(f"/desk/{complaint.number}/do/note/", text="先查录像", seen=seen)

    assert (answer.status_code, "先查录像" in page(lina, complaint)) == (303, True)


def test_following_puts_a_case_on_ones_list_and_back(lina):
    complaint = factories.received()
    path = f"/desk/{complaint.number}/follow/"
    lina.post(path, follow="yes")
    followed = complaint.number in lina.html("/desk/?view=followed")
    lina.post(path, follow="no")

    assert (followed, Follow.objects.count()) == (True, 0)


# --- what changes meanwhile -------------------------------------------------------------------------------------------
def test_live_says_nothing_when_nothing_happened(lina):
    complaint = factories.received()
    answer = lina.get(f"/desk/{complaint.number}/live/?after={complaint.last_number}&others=0")

    assert (answer.status_code, answer.content) == (204, b"")


def test_live_answers_304_to_who_has_it_all(lina):
    complaint = factories.received()
    path = f"/desk/{complaint.number}/live/?after=0&others=0"
    tag = lina.get(path)["ETag"]
    messages_before = lina.get(path, HTTP_IF_NONE_MATCH=tag)
    messages.write_note(complaint.pk, "新", actor=factories.supervisor(), at=factories.at_of(complaint, 9))

    assert [messages_before.status_code, lina.get(path, HTTP_IF_NONE_MATCH=tag).status_code] == [304, 200]


def test_live_shows_what_another_did_at_once(lina):
    complaint = factories.received()
    after = complaint.last_number
    messages.write_note(complaint.pk, "我来看一下", actor=factories.supervisor(), at=factories.at_of(complaint, 9))
    html = lina.html(f"/desk/{complaint.number}/live/?after={after}&others=0", target="live")

    assert "陈静 刚刚处理了本案" in html
    assert "我来看一下" in html
    assert f'value="{after + 1}" id="message-seen"' in html


def test_live_changes_nothing_under_an_open_form(lina):
    complaint = factories.received()
    after = complaint.last_number
    messages.write_note(complaint.pk, "我来看一下", actor=factories.supervisor(), at=factories.at_of(complaint, 9))
    html = lina.html(f"/desk/{complaint.number}/live/?after={after}&others=0&seen={after}", target="live")

    assert ("陈静 刚刚处理了本案" in html, "我来看一下" in html) == (True, False)


def test_live_tells_who_came_to_look(lina, chen, at_noon):
    complaint = factories.received()
    chen.get(f"/desk/{complaint.number}/")
    html = lina.html(f"/desk/{complaint.number}/live/?after={complaint.last_number}&others=0", target="live")

    assert "陈静 也在看" in html


def test_s1_36_what_a_signature_says_stays_out_of_the_message(lina):
    html = page(lina, later.offering())
    told = re.search(r'<div class="say me">您可以选择全额退款加优惠券,或换新机顺丰加急。您看是否满意\?</div>', html)

    assert told
    assert re.search(r'<ul class="notes">.*?同意', html, re.DOTALL)


def test_a_draft_that_was_sent_is_no_draft_any_more(lina):
    complaint = factories.received()
    lina.post(f"/desk/{complaint.number}/draft/", kind="note", text="先查录像")
    messages.write_note(complaint.pk, "先查录像", actor=factories.agent(), at=factories.at_of(complaint, 20))

    assert "先查录像</textarea>" not in page(lina, complaint)


def test_the_course_alone_can_be_narrowed_without_scripts(lina):
    complaint = factories.received()
    messages.write_note(complaint.pk, "先查录像", actor=factories.agent(), at=factories.at_of(complaint, 20))
    shown = {
        part: "先查录像" in lina.html(f"/desk/{complaint.number}/timeline/?filter={part}")
        for part in ("", "public", "internal", "system")
    }

    assert shown == {"": True, "public": False, "internal": True, "system": False}
