"""Promises of our advertising that customers took at their word: after enough cases marketing is asked (S3-22)."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import promises, queries, rules
from huiyin.complaints.models import AdvertisedPromise, Complaint, Expectation, Source
from huiyin.language.fold import fold
from huiyin.messaging import bell
from huiyin.people import roles
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.rules import Refusal

KEY_LENGTH = 120
PUNCTUATION = re.compile(r"[\W_]+")
LISTED = 200


class AnswerMissing(Refusal):
    rule = rules.ADVERTISED_ANSWERED
    sentence = _("Marketing answers for what it promised in words, once.")
    unblock = _("Write what happens with the promise: kept from now on, changed, or taken back.")


def key_of(source: str, note: str) -> str:
    """What makes two notes the same promise: its words without spelling and marks; nothing for other sources."""
    return PUNCTUATION.sub("", fold(note))[:KEY_LENGTH] if source == Source.ADVERTISED else ""


def take_note(complaint: Complaint, row: Expectation, *, at: datetime) -> AdvertisedPromise | None:
    """Ask marketing once as many cases rest on the same promise as the pack says; gives what it is asked."""
    if not row.source_key:
        return None
    held = Expectation.objects.filter(source_key=row.source_key, dropped_at=None)
    cases = held.order_by().values("complaint").distinct().count()
    if cases < promises.base_pack(complaint).settings.marketing_cases:
        return None
    item, made = AdvertisedPromise.objects.get_or_create(
        key=row.source_key, defaults={"promise": row.source_note, "opened_at": at}
    )
    if made:
        managers = Person.objects.filter(is_active=True, roles__role__in=(Role.MANAGER, Role.LEADER)).distinct()
        data: dict[str, str | int] = {"cases": cases}
        url = f"/lessons/advertised/{item.pk}/"
        bell.notify_all(managers, "advertised.asked", at=at, key=f"advertised:{item.pk}", data=data, url=url)
    return item


def listed() -> QuerySet[AdvertisedPromise]:
    """What marketing was asked, the newest first."""
    return AdvertisedPromise.objects.select_related("answered_by")[:LISTED]


def cases_of(person: Person, keys: list[str]) -> dict[str, int]:
    """How many cases that this person may open rest on each promise."""
    held = Expectation.objects.filter(source_key__in=keys, dropped_at=None, complaint__in=queries.visible_to(person))
    return dict(held.order_by().values_list("source_key").annotate(cases=Count("complaint", distinct=True)))


def resting_on(person: Person, item: AdvertisedPromise) -> QuerySet[Complaint]:
    """The visible cases whose customers took this promise at its word, the newest first."""
    held = Expectation.objects.filter(source_key=item.key, dropped_at=None)
    return queries.visible_to(person).filter(pk__in=held.values("complaint")).order_by("-received_at", "-pk")


@transaction.atomic
def answer(item_id: int, text: str, *, actor: Actor, at: datetime) -> AdvertisedPromise:
    """Write what marketing does about the promise; it is answered once, by somebody who reads the reports."""
    person = actor.person
    if person is None:
        raise roles.refusal("report.read")
    roles.require(person, "report.read")
    item = AdvertisedPromise.objects.select_for_update().get(pk=item_id)
    if item.answered_at is not None or not text.strip():
        raise AnswerMissing(missing=("answer",))
    item.answer, item.answered_by, item.answered_at = text.strip(), person, at
    item.save(update_fields=["answer", "answered_by", "answered_at"])
    return item
