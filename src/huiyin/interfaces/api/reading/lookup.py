"""What things are chosen from: people, departments, and what the packs list."""

from django.conf import settings
from django.utils.translation import get_language

from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import lists as across
from huiyin.people.models import Department, Person
from huiyin.people.roles import capabilities_of
from huiyin.policy.models import PackVersion
from huiyin.policy.packs import store
from huiyin.policy.packs.schema import Pack
from huiyin.policy.packs.titles import Title
from huiyin.workforce import availability


def me(in_hand: Hand) -> across.Me:
    person = in_hand.person
    return across.Me(
        id=person.pk,
        username=person.username,
        name=person.name,
        department=person.department.code if person.department else None,
        roles=sorted(person.role_codes),
        capabilities=sorted(capabilities_of(person.role_codes)),
        scopes=sorted(in_hand.caller.scopes),
        language=person.language,
        time_zone=person.time_zone,
    )


def people(in_hand: Hand, department: str, role: str) -> across.People:
    """Everybody who works here, narrowed by department and role: three queries."""
    found = Person.objects.filter(is_active=True).select_related("department").prefetch_related("roles")
    if department:
        found = found.filter(department__code=department)
    if role:
        found = found.filter(roles__role=role)
    away = set(availability.absent_ids(in_hand.at))
    return across.People(
        people=[
            across.PersonShown(
                id=one.pk,
                name=one.name,
                department=one.department.code if one.department else None,
                roles=sorted(one.role_codes),
                on_duty=one.pk not in away,
            )
            for one in found.order_by("name", "pk")
        ]
    )


def departments(_in_hand: Hand) -> across.Departments:
    found = Department.objects.select_related("head")
    return across.Departments(departments=[across.DepartmentShown.model_validate(row) for row in found])


def packs(in_hand: Hand) -> across.Packs:
    return across.Packs(
        packs=[
            across.PackRow(
                code=row.code,
                kind=row.kind,
                version=row.version,
                title=_said(store.parsed(row.pk).title),
                in_force_from=row.in_force_from,
                in_force_to=row.in_force_to,
            )
            for row in store.each_in_force(in_hand.at)
        ]
    )


def _in_force(in_hand: Hand, code: str) -> tuple[PackVersion, Pack]:
    version = store.current(code or settings.HUIYIN_PACK, in_hand.at)
    return version, store.parsed(version.pk)


def _said(title: Title) -> str:
    return title.in_language(get_language() or "zh-hans")


def categories(in_hand: Hand, code: str) -> across.Categories:
    """The category tree of the pack in force, with the causes to judge."""
    version, pack = _in_force(in_hand, code)
    leaves = {leaf.code for leaf in pack.leaves}
    listed = [
        across.CategoryListed(
            code=one.code,
            title=_said(one.title),
            parent=one.parent,
            kind=one.kind,
            department=one.department,
            end_condition=one.end_condition,
            leaf=one.code in leaves,
            causes=list(one.causes),
        )
        for one in pack.categories
    ]
    causes = {cause.code: cause for group in pack.problem_types for cause in group.causes}
    return across.Categories(
        pack=version.code,
        version=version.version,
        categories=listed,
        causes=[across.CauseListed(code=one.code, title=_said(one.title), side=one.side) for one in causes.values()],
        evidence_kinds=[one.code for one in pack.evidence_kinds],
    )


def remedies(in_hand: Hand, code: str) -> across.Remedies:
    """The catalogue of remedies and small kindnesses of the pack in force."""
    version, pack = _in_force(in_hand, code)
    return across.Remedies(
        pack=version.code,
        version=version.version,
        currency=pack.currency,
        remedies=[
            across.RemedyListed(
                code=one.code,
                title=_said(one.title),
                kind=one.kind,
                level=one.level,
                voluntary=one.voluntary,
                policy_right=one.policy_right,
                needs_improvement=one.needs_improvement,
                department=one.department,
                proof_kinds=list(one.proof_kinds),
                categories=list(one.categories),
            )
            for one in pack.remedies
        ],
        goodwill=[
            across.GoodwillListed(
                code=one.code,
                title=_said(one.title),
                cost=one.cost,
                level=one.level,
                proof_kinds=list(one.proof_kinds),
            )
            for one in pack.goodwill
        ],
    )
