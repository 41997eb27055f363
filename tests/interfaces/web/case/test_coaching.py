"""The coach beside the words: marks in place, the rule, why, something better; or the crisis sheet and nothing else."""

from huiyin.complaints.models import Interaction
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import says


def read(agent, case, text, step="message"):
    return agent.client.post(f"/desk/{case.number}/do/{step}/coach/", {"text": text})


def test_s4_112_each_finding_marks_its_words_and_gives_something_better(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 20)

    page = read(agent, case, "您好，您去找快递公司吧。\r\n请你稍等。").text

    assert '<mark class="bad">您去找快递公司' in page
    assert ("用语-13" in page, "用语-21" in page, "我来联系{对方}" in page) == (True, True, True)
    # A place counts the characters the browser shows: a line ends with one.
    assert 'data-better="您" data-from="14" data-to="15"' in page


def test_s4_112_the_composer_under_a_case_is_read_along(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 20)

    page = agent.client.get(f"/desk/{case.number}/").text

    assert f'hx-post="/desk/{case.number}/do/message/coach/"' in page


def test_s4_06_without_scripts_the_words_are_read_by_a_button_and_again_when_sent(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 20)
    text = "划痕是您自己弄的，这不归我们管。"

    looked = agent.send(case, "message", again="look", **says(text))
    sent = agent.send(case, "message", **says(text, until=at_of(case, 200)))

    assert (looked.status_code, sent.status_code) == (200, 409)
    assert all('<mark class="bad">' in page.text for page in (looked, sent))
    assert not Interaction.objects.filter(complaint=case, text=text).exists()


def test_s2_48_where_somebody_may_be_in_danger_the_crisis_sheet_opens_and_nothing_else(agent, at_minute):
    factories.load_knowledge()
    case = factories.acknowledged()
    at_minute(case, 20)

    page = read(agent, case, "你别跳楼，这不归我们管。").text

    assert ("有轻生迹象" in page, "110" in page, "我在，您先别挂" in page) == (True, True, True)
    assert ("用语-06" in page, "<mark" in page) == (False, False)


def test_c14_no_step_without_words_is_coached(agent, at_minute):
    case = factories.acknowledged()
    at_minute(case, 20)

    assert read(agent, case, "您好", step="note").status_code == 404
