"""A refusal comes out with its rule: as problem+json for programs, as a sentence for people."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from huiyin.config import urls as house
from huiyin.files.refused import FileRefused, Why
from huiyin.interfaces.common import attachments, refusals, rules
from huiyin.people.models import Person
from huiyin.people.roles import NotYourDuty
from huiyin.rules import Refusal


class Stands(Refusal):
    rule = rules.FILE_READABLE
    sentence = _("Files of this kind are not taken here: %(media_type)s.")
    unblock = _("Send a smaller copy.")


def refuse(request):
    raise Stands(media_type="<b>x</b>")


def refuse_file(request):
    raise FileRefused(Why.TOO_LARGE, most_megabytes=20)


def refuse_person(request):
    raise NotYourDuty(roles="supervisor")


def stumble(request):
    raise ZeroDivisionError


def fine(request):
    return HttpResponse("fine")


urlpatterns = [
    *house.urlpatterns,
    path("refused/", refuse),
    path("refused/file/", refuse_file),
    path("refused/person/", refuse_person),
    path("fault/", stumble),
    path("fine/", fine),
]


def problem(error, language="en"):
    with translation.override(language):
        found = refusals.problem_of(error)
    return found


def test_a_refusal_becomes_a_problem_with_its_rule():
    found = problem(Stands(media_type="text/html"))

    assert found == refusals.Problem(
        type="urn:huiyin:rule:%E9%99%84%E4%BB%B6-03",
        title="A file can be opened",
        status=409,
        detail="Files of this kind are not taken here: text/html.",
        rule="附件-03",
        rule_title="A file can be opened",
        requirements=("S0-15",),
        unblock="Send a smaller copy.",
        missing=(),
    )


def test_what_is_missing_from_the_request_is_422_and_named():
    found = problem(Stands(media_type="x", missing=("person", "demand")))

    assert (found.status, found.missing) == (422, ("person", "demand"))


def test_who_may_not_ask_is_403():
    found = problem(NotYourDuty(roles="supervisor"))

    assert (found.status, found.rule) == (403, "权限-01")
    assert problem(PermissionDenied()).status == 403


def test_what_is_not_there_and_what_may_not_be_seen_are_answered_alike():
    assert problem(Http404()) == problem(Person.DoesNotExist())
    assert problem(Http404()).status == 404


def test_a_fault_of_the_program_is_no_answer():
    assert problem(ZeroDivisionError()) is None


def test_a_problem_speaks_the_language_of_the_request():
    found = problem(FileRefused(Why.EMPTY), language="zh-hans")

    assert (found.title, found.detail) == ("文件必须能够打开", "文件是空的。")


def test_a_problem_is_sent_as_problem_json_in_readable_characters():
    answer = problem(Stands(media_type="x"), "zh-hans").as_json()

    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert json.loads(answer.content)["rule"] == "附件-03"
    assert "附件-03" in answer.content.decode()


@pytest.mark.parametrize("why", Why)
def test_every_reason_against_a_file_has_words_and_a_rule(why):
    params = {"most_megabytes": 20, "most_megapixels": 60, "media_type": "text/html"}
    refusal = attachments.in_words(FileRefused(why, **params))

    assert "%(" not in refusal.text + refusal.unblock_text
    assert refusal.rule.code.startswith("附件-")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
class TestPages:
    def get(self, client, address, **headers):
        return client.get(address, headers={"Accept-Language": "en", **headers})

    def test_a_refusal_no_view_caught_is_shown_as_a_page(self, client):
        shown = self.get(client, "/refused/")

        assert shown.status_code == 409
        assert "Files of this kind are not taken here: &lt;b&gt;x&lt;/b&gt;." in shown.content.decode()
        assert "附件-03" in shown.content.decode()
        assert "<html" in shown.content.decode()

    def test_the_part_of_a_page_that_asked_gets_the_sentence_alone(self, client):
        shown = self.get(client, "/refused/", **{"HX-Request": "true"})

        assert shown.status_code == 409
        assert "Send a smaller copy." in shown.content.decode()
        assert "<html" not in shown.content.decode()

    def test_a_refused_file_and_a_refused_person_are_shown_too(self, client):
        too_large, not_allowed = self.get(client, "/refused/file/"), self.get(client, "/refused/person/")

        assert "The file is larger than 20 MB." in too_large.content.decode()
        assert (too_large.status_code, not_allowed.status_code) == (409, 403)

    def test_other_answers_and_faults_pass(self, client):
        assert self.get(client, "/fine/").content == b"fine"
        with pytest.raises(ZeroDivisionError):
            self.get(client, "/fault/")
