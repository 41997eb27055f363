"""A large organisation for benchmarks: staff, customers and so many cases in all states, made by `admit_many`."""

# ruff: noqa: E402 - models can be imported only after the setup
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice

import django
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from huiyin.complaints import admission
from huiyin.complaints.models import Complaint, Promise
from huiyin.complaints.promises import Spoken
from huiyin.complaints.states import OPEN_STATES, Outcome, State
from huiyin.interfaces.common import clock
from huiyin.people.actors import Actor
from huiyin.people.models import Customer, Department, Person, PersonRole
from huiyin.people.roles import Role
from huiyin.policy.models import PackVersion
from huiyin.policy.packs import store

CASES_OF_AN_AGENT = 300  # so that the first page of a list is full at any size
MOST_AGENTS = 20
OPEN_SHARE = 0.2
BATCH = 1_000
FAMILY = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑"
GIVEN = ("伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英")
THINGS = ("平板电脑", "空调", "奶粉", "洗衣机", "耳机", "书柜", "手机", "电饭煲", "行李箱", "跑步鞋", "净水器", "台灯")
FAULTS = (
    "有划痕",
    "少了配件",
    "漏液",
    "送错颜色",
    "迟了三天",
    "不制冷",
    "开不了机",
    "和图片不一样",
    "包装破损",
    "没有发票",
)
WANTS = ("要求退款", "要求换新", "要求赔偿", "希望尽快处理", "要求道歉", "希望上门维修")
CATEGORIES = (
    "quality.damage",
    "quality.fault",
    "quality.missing",
    "service.after_sales",
    "transport.delay",
    "payment.refund",
)


def populate(cases: int, *, at: datetime, seed: int = 1) -> list[Person]:
    """Make the staff and so many cases received before `at`; gives the agents who own them."""
    dice = random.Random(seed)
    pack = store.current("retail", at)
    desk = Department.objects.create(code="bench", name="客服部")
    staff = max(1, min(MOST_AGENTS, cases // CASES_OF_AN_AGENT))
    agents = [_person(f"bench{number}", "客服" + GIVEN[number % len(GIVEN)], desk) for number in range(staff)]
    PersonRole.objects.create(person=agents[0], role=Role.SUPERVISOR)
    made = iter(range(cases))
    while numbers := list(islice(made, BATCH)):
        customers = Customer.objects.bulk_create(
            Customer(name=dice.choice(FAMILY) + dice.choice(GIVEN), created_at=at)
            for _ in numbers[: len(numbers) // 2 + 1]
        )
        rows = list(_admissions(numbers, customers, agents, pack, at, dice))
        admission.admit_many(rows, actor=Actor.system("bench"), at=at)
    return agents


def _person(username: str, name: str, desk: Department) -> Person:
    person = Person.objects.create(username=username, name=name, department=desk)
    PersonRole.objects.create(person=person, role=Role.AGENT)
    return person


def _admissions(
    numbers: Sequence[int],
    customers: Sequence[Customer],
    agents: Sequence[Person],
    pack: PackVersion,
    at: datetime,
    dice: random.Random,
) -> Iterator[admission.Admission]:
    for number in numbers:
        is_open = dice.random() < OPEN_SHARE
        received = at - timedelta(minutes=dice.randrange(5, 20_000 if is_open else 500_000))
        thing, fault, want = dice.choice(THINGS), dice.choice(FAULTS), dice.choice(WANTS)
        case = Complaint(
            number=f"B-{number:08d}",
            title=f"{thing}{fault}，{want}",
            text=f"我买的{thing}收到时{fault}，联系店家一直没有结果，{want}。",
            state=dice.choice(OPEN_STATES) if is_open else State.CLOSED,
            outcome="" if is_open else Outcome.RESOLVED_ACCEPTED,
            closed_at=None if is_open else received + timedelta(days=3),
            channel=dice.choice(("phone", "ticket", "social", "portal")),
            received_at=received,
            stage_since=received,
            customer=dice.choice(customers),
            owner=dice.choice(agents),
            category=dice.choice(CATEGORIES),
            product=thing,
            amount=Decimal(dice.randrange(2_000, 500_000)) / 100,
        )
        due = at + timedelta(minutes=dice.randrange(-500, 5_000))
        yield admission.Admission(case, pack, case.number, (Spoken("告知进展", due),))


def signed_in(person: Person) -> str:
    """Give the key of a session in which this person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def settle() -> None:
    """Wait until the worker has told of everything that was due already, as in a house that has run for a while."""
    while Promise.objects.filter(alarm_at__lte=clock.now(), status="open").exists():
        connection.close()
        time.sleep(0.5)


def fill(cases: int) -> None:
    """Fill this process's database; print the session key and an open case of an agent who is signed in."""
    agent = populate(cases, at=clock.now())[0]
    settle()
    case = Complaint.objects.filter(owner=agent).exclude(state=State.CLOSED).order_by("next_due_at").first()
    print(json.dumps({"session": signed_in(agent), "case": case.number if case else ""}))
