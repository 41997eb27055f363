import pytest
from django.utils import translation

from huiyin.people.roles import Role
from tests import factories


@pytest.fixture(autouse=True)
def _in_chinese():
    """Titles are written down in the language of whoever acts; a page shown before in another leaves it behind."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def policy(db):
    factories.load_policy()


@pytest.fixture
def agent(policy):
    return factories.acting("xiaoli", Role.AGENT, name="李娜")


@pytest.fixture
def other_agent(policy):
    return factories.acting("xiaozhou", Role.AGENT, name="周敏")


@pytest.fixture
def duty_agent(policy):
    return factories.acting("zhiban", Role.DUTY_AGENT, name="吴迪")


@pytest.fixture
def handler(policy):
    return factories.acting("laozhou", Role.HANDLER, name="周建国", of="warehouse")


@pytest.fixture
def other_handler(policy):
    return factories.acting("zhijian", Role.HANDLER, name="郑洁", of="quality")


@pytest.fixture
def supervisor(policy):
    return factories.acting("chenzhuguan", Role.SUPERVISOR, name="陈静")


@pytest.fixture
def other_supervisor(policy):
    return factories.acting("heguanli", Role.SUPERVISOR, name="何伟")


@pytest.fixture
def leader(policy):
    return factories.acting("wangzong", Role.LEADER, name="王志远", of="management")
