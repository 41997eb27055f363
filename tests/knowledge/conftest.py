"""Shelves of our own choice: what a test puts there, nothing else."""

import pytest

from huiyin.knowledge import loading
from huiyin.knowledge.editing import Why
from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Dismissal, Entry, EntryText, Seeding, Shelf, Version
from huiyin.knowledge.reading import read
from huiyin.knowledge.seeds import Seed
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories


@pytest.fixture
def shelves(db):
    """Empty shelves; gives the function that puts seeds on them."""
    for model in (Dismissal, EntryText, Version, Entry, Shelf, Seeding):
        model.objects.all().delete()

    def put(*seeds, at=factories.LONG_AGO):
        return loading.load(seeds, at=at)

    return put


def seed(kind: str, code: str, **given: object) -> Seed:
    """A seed with everything its kind needs; any field can be given another value."""
    content, wrong = read(kind, {**NEEDED[kind], **given})
    assert wrong == []
    return Seed(Kind(kind), code, content)


NEEDED = {
    "script": {"title": "安抚", "step": "soothe", "text": "您先消消气,我们一起看看怎么把事情处理好。"},
    "card": {"title": "深呼吸", "moment": "hostile", "text": "客户的不满是对事不对人。"},
    "playbook": {
        "title": "媒体来电",
        "caller": "media",
        "steps": [{"text": "记下来电人与媒体名称", "who": "经办人", "within": "当场"}],
        "must_not": ["擅自表态"],
    },
    "fact": {
        "title": "保修期",
        "topic": "after_sales",
        "text": "整机保修一年。",
        "source": "售后政策",
        "valid_from": "2025-01-01",
        "valid_to": "2025-12-31",
    },
    "advice": {
        "content": "product",
        "purpose": "solution",
        "personality": "hot",
        "method": "先听后办",
        "text": "让他说完,再说办法。",
        "source": "本项目撰写",
    },
    "phrase": {
        "pattern": "这不归我管",
        "category": "shirking",
        "kind": "literal",
        "severity": "block",
        "why": "推卸",
        "better": "这件事由我来跟进。",
    },
}


def entry(kind: str, code: str) -> Entry:
    return Entry.objects.get(kind=kind, code=code)


def why(reason: str = "说得更清楚", *, who: str = "yexin", role: Role = Role.EDITOR, seen: int | None = None) -> Why:
    person = factories.person(who, role, name=who, of="product")
    return Why(reason, Actor.of(person), factories.TUESDAY_10, seen)
