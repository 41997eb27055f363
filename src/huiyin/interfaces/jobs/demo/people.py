"""Who works at the demo organisation: departments with heads, and somebody in every role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import override

from huiyin.people import passwords, staff
from huiyin.people.models import Department, Person, TenureLayer
from huiyin.people.passwords import DEMO_PASSWORD
from huiyin.people.roles import Role

COMPANY = "晨光数码"
ADMINISTRATOR = "shenhao"

# code, name, sign-in name of its head
DEPARTMENTS = (
    ("customer_service", "客服部", "chenjing"),
    ("warehouse", "仓库", "zhoujianguo"),
    ("logistics", "储运部", "malin"),
    ("quality", "质量管理部", "zhengjie"),
    ("product", "产品部", "liangchen"),
    ("finance", "财务部", "qianhong"),
    ("sales", "销售部", "fangyuan"),
    ("management", "总经理办公室", "wangzhiyuan"),
)


@dataclass(frozen=True)
class Colleague:
    """One person of the demo: sign-in name, name, department, roles, years in the company."""

    username: str
    name: str
    department: str
    roles: tuple[Role, ...]
    years: float = 2.0

    @property
    def layer(self) -> TenureLayer:
        if self.years < 0.5:
            return TenureLayer.NEWCOMER
        return TenureLayer.EXPERIENCED if self.years >= 5 else TenureLayer.REGULAR


COLLEAGUES = (
    Colleague(ADMINISTRATOR, "沈浩", "management", (Role.ADMINISTRATOR,), 4),
    Colleague("lina", "李娜", "customer_service", (Role.AGENT,), 3),
    Colleague("zhoumin", "周敏", "customer_service", (Role.AGENT,), 6),
    Colleague("liuyang", "刘洋", "customer_service", (Role.AGENT,), 0.3),
    Colleague("wudi", "吴迪", "customer_service", (Role.DUTY_AGENT,), 2),
    Colleague("chenjing", "陈静", "customer_service", (Role.SUPERVISOR,), 8),
    Colleague("hewei", "何伟", "customer_service", (Role.SUPERVISOR,), 5),
    Colleague("sunli", "孙莉", "customer_service", (Role.MANAGER,), 9),
    Colleague("penghui", "彭慧", "customer_service", (Role.HANDLER,), 4),
    Colleague("wangzhiyuan", "王志远", "management", (Role.LEADER,), 12),
    Colleague("zhoujianguo", "周建国", "warehouse", (Role.HANDLER,), 10),
    Colleague("xuqiang", "徐强", "warehouse", (Role.HANDLER,), 1.5),
    Colleague("malin", "马琳", "logistics", (Role.HANDLER,), 7),
    Colleague("dinghao", "丁浩", "logistics", (Role.HANDLER,), 1),
    Colleague("zhengjie", "郑洁", "quality", (Role.HANDLER,), 6),
    Colleague("tangbo", "唐博", "quality", (Role.TECHNICIAN,), 3),
    Colleague("liangchen", "梁晨", "product", (Role.HANDLER,), 4),
    Colleague("yexin", "叶欣", "product", (Role.EDITOR,), 2),
    Colleague("fangyuan", "方圆", "sales", (Role.SALESPERSON,), 5),
    Colleague("qianhong", "钱红", "finance", (Role.FINANCE,), 11),
    Colleague("fengtao", "冯涛", "finance", (Role.HANDLER,), 3),
    Colleague("guoyan", "郭燕", "customer_service", (Role.INSPECTOR,), 5),
    Colleague("luojun", "罗军", "customer_service", (Role.TRAINER,), 6),
    Colleague("panlan", "潘岚", "management", (Role.AUDITOR,), 4),
)


def hire(at: datetime) -> dict[str, Person]:
    """Give every colleague an account with the demo password, and every department its head."""
    by: Person | None = None
    hired: dict[str, Person] = {}
    departments: dict[str, Department] = {}
    for one in COLLEAGUES:
        if by is not None and not departments:
            departments = {code: staff.save_department(code, name, by=by, at=at) for code, name, _ in DEPARTMENTS}
        joined = (at - timedelta(days=365 * one.years)).date()
        new = staff.NewPerson(one.username, one.name, one.roles, departments.get(one.department), joined_on=joined)
        person = staff.add_person(new, password=DEMO_PASSWORD, by=by, at=at, demo=True)
        by = by or person
        staff.change_details(person.pk, {"tenure_layer": one.layer}, by=by, at=at)
        hired[one.username] = Person.objects.prefetch_related("roles").get(pk=person.pk)
    assert by is not None
    staff.change_details(by.pk, {"department": departments["management"]}, by=by, at=at)
    for code, _name, head in DEPARTMENTS:
        staff.name_head(departments[code].pk, head=hired[head], by=by, at=at)
    return hired


def introduce(tell: Callable[[str], object]) -> None:
    """Tell who works here, one line each: sign-in name, name, roles, department."""
    found = passwords.demo_people()
    if not found:
        return
    tell(f"{COMPANY}: the people of the demo; everybody's password is {DEMO_PASSWORD}")
    with override("en"):
        for person in found:
            duties = ", ".join(str(role.label) for role in Role if role in person.role_codes)
            where = person.department.name if person.department else ""
            tell(f"  {person.username:<13}{duties:<15}{person.name}  {where}".rstrip())
