"""What goes out is a row first; the sender asks the list, keeps the provider's reason and tries again."""

from datetime import timedelta

import pytest
from django.db import transaction

from huiyin.messaging import delivery, do_not_contact, outbox
from huiyin.messaging.models import DoNotContact, Outgoing, Status
from huiyin.people.customers import find_or_create
from huiyin.queue import worker
from huiyin.queue.models import Job
from huiyin.queue.models import Status as JobStatus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_listeners(monkeypatch):
    monkeypatch.setattr(delivery, "_listeners", [])
    monkeypatch.setattr(worker, "_sweeps", {})


def row():
    return Outgoing.objects.get()


def test_a_message_reaches_a_real_mail_server_in_chinese(server, put, at):
    put()
    worker.run_once(at)

    letter = server.letters[0]
    assert (letter["To"], letter["Subject"]) == ("zhang@customer.example", "您的投诉 HY-1")
    assert letter["From"] == "客服 <desk@shop.example>"
    assert letter.get_content().replace("\r\n", "\n") == "张先生，您好：\n\n我们会在 18:00 前给您答复。\n"
    assert (letter["Content-Language"], letter["X-Huiyin-Reference"]) == ("zh-hans", "HY-1")
    assert (row().status, row().attempts, row().provider_reason) == (Status.SENT, 1, "accepted by the mail server")
    assert row().sent_at is not None


def test_a_message_and_its_job_go_with_the_transaction_that_wanted_them(put):
    with transaction.atomic():
        put()
        transaction.set_rollback(True)

    assert (Outgoing.objects.count(), Job.objects.count()) == (0, 0)


def test_a_second_message_of_the_same_key_is_not_written(server, put, at):
    first, second = put(), put(body="another text")
    worker.run_once(at)

    assert (first.pk, len(server.letters), Job.objects.count()) == (second.pk, 1, 1)


def test_a_message_sent_twice_by_a_crash_carries_the_same_id(server, put, at):
    letter = put()
    delivery.deliver({"outgoing": letter.pk}, at=at)
    Outgoing.objects.update(status=Status.QUEUED)
    delivery.deliver({"outgoing": letter.pk}, at=at)

    first, second = (letter["Message-ID"] for letter in server.letters)
    assert first == second
    assert first.endswith("@shop.example>")


def test_a_settled_message_is_not_sent_again(server, put, at):
    letter = put()
    for _time in range(2):
        delivery.deliver({"outgoing": letter.pk}, at=at)

    assert len(server.letters) == 1


def test_a_server_that_defers_is_asked_again_later_and_its_reason_kept(server, put, at):
    server.answers = ["451 4.7.1 greylisted, try again"]
    put()
    worker.run_once(at)

    assert (row().status, row().attempts) == (Status.QUEUED, 1)
    assert row().provider_reason == "451 4.7.1 greylisted, try again"
    assert worker.run_once(at + timedelta(seconds=8)) == 0
    assert worker.run_once(at + timedelta(seconds=12)) == 1
    assert (row().status, row().attempts, len(server.letters)) == (Status.SENT, 2, 1)


def test_a_server_that_refuses_is_not_asked_again(server, put, at):
    server.answers = ["550 5.1.1 no such user"]
    put()
    worker.run_once(at)

    assert (row().status, row().provider_reason, row().sent_at) == (Status.FAILED, "550 5.1.1 no such user", None)
    assert Job.objects.get().status == JobStatus.DONE


def test_after_the_last_attempt_the_message_has_failed(server, put, at):
    server.answers = ["451 busy"] * delivery.MOST_ATTEMPTS
    put()
    for turn in range(delivery.MOST_ATTEMPTS + 3):
        worker.run_once(at + timedelta(hours=2 * turn))

    assert (row().status, row().attempts, row().provider_reason) == (Status.FAILED, 12, "451 busy")


def test_a_server_that_is_away_is_waited_for(server, put, at):
    server.controller.stop()
    put()
    worker.run_once(at)

    assert (row().status, row().attempts) == (Status.QUEUED, 1)
    assert row().provider_reason.startswith("ConnectionRefusedError")


def test_the_queue_keeps_no_address_and_no_words_of_the_message(server, put, at):
    server.answers = ["451 mailbox of zhang@customer.example is full"]
    put()
    worker.run_once(at)

    job = Job.objects.get()
    assert job.payload == {"outgoing": row().pk}
    assert "zhang" not in job.error
    assert job.error.startswith("NotYet: message ")


def test_a_line_break_in_a_subject_begins_no_header(server, put, at):
    put(subject="Hello\r\nBcc: everybody@customer.example")
    worker.run_once(at)

    assert server.letters[0]["Subject"] == "Hello Bcc: everybody@customer.example"
    assert server.letters[0]["Bcc"] is None


def test_a_message_held_back_can_be_taken_back(server, put, at):
    letter = put(hold_seconds=5)
    assert worker.run_once(at + timedelta(seconds=4)) == 0

    assert outbox.withdraw(letter.pk, at=at) is True
    worker.run_once(at + timedelta(seconds=6))
    assert (row().status, server.letters) == (Status.WITHDRAWN, [])


def test_a_message_that_has_left_cannot_be_taken_back(server, put, at):
    letter = put()
    worker.run_once(at)

    assert outbox.withdraw(letter.pk, at=at) is False
    assert row().status == Status.SENT


def test_s4_50_the_sender_holds_back_what_goes_to_an_address_on_the_list(server, put, at):
    do_not_contact.add("email", "Zhang@Customer.example", reason="asked on 1 March", at=at)
    put()
    worker.run_once(at)

    assert (row().status, row().provider_reason) == (Status.BLOCKED, "do-not-contact list: asked on 1 March")
    assert (server.letters, row().attempts) == ([], 0)


def test_s4_50_an_address_put_on_the_list_after_writing_is_held_back_all_the_same(server, put, at):
    put(channel="sms", to="138 1234 1234")
    do_not_contact.add("phone", "+8613812341234", reason="no text messages", at=at)
    worker.run_once(at)

    assert row().status == Status.BLOCKED


def test_s4_50_a_customer_who_wants_no_text_messages_gets_none_but_mail(server, put, at, capsys):
    identities = [("phone", "13812341234"), ("email", "zhang@customer.example")]
    customer = find_or_create(name="张三", identities=identities, at=at)
    customer.do_not_sms = True
    customer.save(update_fields=["do_not_sms"])
    put("text", channel="sms", to="13812341234")
    put("mail")
    worker.run_once(at)

    statuses = dict(Outgoing.objects.values_list("key", "status"))
    assert statuses == {"text": Status.BLOCKED, "mail": Status.SENT}
    assert capsys.readouterr().out == ""


def test_an_address_taken_off_the_list_can_be_reached_again_and_the_row_stays(server, put, at):
    do_not_contact.add("email", "zhang@customer.example", reason="asked", at=at)
    do_not_contact.add("email", "zhang@customer.example", reason="asked again", at=at)
    assert do_not_contact.lift("email", "zhang@customer.example", at=at) is True
    assert do_not_contact.lift("email", "zhang@customer.example", at=at) is False
    put()
    worker.run_once(at)

    assert (row().status, DoNotContact.objects.count()) == (Status.SENT, 1)


def test_without_a_provider_messages_are_printed_except_in_production(settings, put, at, capsys):
    put("demo", channel="sms", to="13812341234")
    worker.run_once(at)
    settings.PRODUCTION = True
    put("production", channel="sms", to="13812341234")
    put("mail", channel="email")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    worker.run_once(at)

    results = dict(Outgoing.objects.values_list("key", "provider_reason"))
    assert results["demo"] == "printed"
    assert results["production"] == "no provider is set up for sms"
    assert results["mail"] == "no provider is set up for email"
    assert "我们会在 18:00 前给您答复。" in capsys.readouterr().out


def test_a_message_on_the_portal_has_arrived_once_it_is_there(put, at):
    put(channel="portal", to="")
    worker.run_once(at)

    assert row().status == Status.SENT


def test_whoever_wants_to_know_is_told_once_in_the_same_transaction(server, put, at):
    told = []
    delivery.when_settled(lambda outgoing, at: told.append((outgoing.reference, outgoing.status)))
    server.answers = ["451 later", "550 no"]
    letter = put()
    worker.run_once(at)
    assert told == []

    worker.run_once(at + timedelta(seconds=15))
    delivery.deliver({"outgoing": letter.pk}, at=at)
    assert told == [("HY-1", Status.FAILED)]


def test_a_listener_that_fails_leaves_the_message_unsettled_to_be_tried_again(server, put, at):
    def stumble(outgoing, at):
        raise RuntimeError

    delivery.when_settled(stumble)
    put()
    worker.run_once(at)

    assert (row().status, Job.objects.get().status) == (Status.QUEUED, JobStatus.WAITING)
