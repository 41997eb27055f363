"""The points of every dimension, on both sides: the fields of a rating and how they are recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.complaints import promises
from huiyin.complaints.models import Complaint
from huiyin.people.actors import Actor
from huiyin.policy.packs.schema import Pack
from huiyin.quality import assessing
from huiyin.quality.assessing import NotWhole
from huiyin.quality.models import Assessment

Side = Assessment.Side


def field_name(side: str, dimension: str) -> str:
    return f"{side}_{dimension}"


def fields(pack: Pack) -> dict[str, forms.DecimalField]:
    """Two fields for each dimension: what was expected, what was felt."""
    return {
        field_name(side, one.code): forms.DecimalField(
            label=_("%(dimension)s, %(side)s") % {"dimension": one.title, "side": side.label.lower()},
            required=False,
            max_digits=5,
            decimal_places=2,
            widget=forms.NumberInput({"min": 0, "max": 100, "step": "any", "inputmode": "decimal"}),
        )
        for one in pack.dimensions
        for side in Side
    }


def pairs(pack: Pack) -> tuple[tuple[str, ...], ...]:
    """Expectation and feeling of each dimension, to stand beside each other."""
    return tuple(tuple(field_name(side, one.code) for side in Side) for one in pack.dimensions)


@dataclass(frozen=True)
class Rating:
    """Who says it: the customer through whoever calls back, or an inspector."""

    rater: str
    actor: Actor
    at: datetime

    @transaction.atomic
    def record(self, complaint: Complaint, cleaned: Mapping[str, Any]) -> None:
        """Record each side that was given, whole; refuses a form without any."""
        given = dict(_sides(promises.pack_of(complaint), cleaned))
        for side, points in given.items() or [(Side.ACTUAL.value, {})]:
            try:
                assessing.assess(complaint.pk, side=side, rater=self.rater, points=points, actor=self.actor, at=self.at)
            except NotWhole as refused:
                named = tuple(field_name(side, code) for code in refused.missing)
                raise NotWhole(**refused.params, missing=named) from refused


def _sides(pack: Pack, cleaned: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Decimal]]]:
    for side in Side.values:
        found = {one.code: cleaned.get(field_name(side, one.code)) for one in pack.dimensions}
        points = {code: value for code, value in found.items() if value is not None}
        if points:
            yield side, points
