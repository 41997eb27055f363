"""What the living page shows: one small invented case (`samples.toml`), said in Chinese or English."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web import shell
from huiyin.interfaces.web.components import shapes
from huiyin.interfaces.web.components.clocks import Clock
from huiyin.interfaces.web.components.rails import STATES
from huiyin.interfaces.web.forms import FilesField
from huiyin.rules import Rule

EVIDENCE_RULE = Rule("证据-02", _("cross-checking"), ("S1-34",))
WRONG_INPUT = {"wrong-name": "", "wrong-phone": "12", "wrong-matter": "", "wrong-remedies": []}
# Start and due in hours from now, and what else makes each phase.
PHASES: dict[str, tuple[float, float, dict[str, Any]]] = {
    "running": (-1, 1.15, {}),
    "running, far": (-1, 30, {}),
    "soon": (-0.8, 0.2, {}),
    "kept": (-2, 0, {"status": "kept"}),
    "broken": (-2, -0.2, {}),
    "paused": (-2, 5, {"status": "paused"}),
    "replaced": (-2, 5, {"status": "replaced"}),
    "provisional": (-2, 7200, {"provisional": True}),
}
CASE_SPANS = ((-1, 0.9), (-3, 55), (-24, 144))


@cache
def sentences() -> dict[str, Any]:
    """The file of samples."""
    with Path(__file__).with_name("samples.toml").open("rb") as file:
        return tomllib.load(file)


def said(value: Any) -> Any:
    """A sample in the page's language: a list of two strings is a pair, Chinese and English."""
    if isinstance(value, dict):
        return {key: said(one) for key, one in value.items()}
    if not isinstance(value, list):
        return value
    if len(value) == 2 and all(isinstance(one, str) for one in value):
        return value[0] if (get_language() or "").startswith("zh") else value[1]
    return [said(one) for one in value]


def sample(key: str) -> Any:
    """One entry of the file in the page's language."""
    return said(sentences()[key])


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), max_length=40)
    phone = forms.CharField(label=_("Phone"), min_length=8, help_text=_("We call only about this complaint."))
    matter = forms.CharField(label=_("What happened"), widget=forms.Textarea)
    channel = forms.ChoiceField(label=_("Channel"), choices=[("phone", _("Phone")), ("web", _("Web"))])
    remedies = forms.MultipleChoiceField(
        label=_("What would put it right"),
        choices=[("refund", _("Refund")), ("exchange", _("Exchange")), ("apology", _("Apology"))],
        widget=forms.CheckboxSelectMultiple,
    )
    urgency = forms.ChoiceField(
        label=_("How urgent it is"), choices=[("1", _("Can wait")), ("2", _("Today"))], widget=forms.RadioSelect
    )
    photos = FilesField(label=_("Photos and papers"), required=False, accept="image/*,.pdf")
    agreed = forms.BooleanField(label=_("I have read what my data is used for."))


@dataclass(frozen=True)
class SampleRefusal:
    """A refusal as rooms raise it."""

    text: str
    unblock_text: str
    rule: Rule


@dataclass(frozen=True)
class SamplePromise:
    """A promise row."""

    text: str
    due_at: datetime | None
    started_at: datetime | None
    status: str
    kept_at: datetime | None
    pause_reason: str


@dataclass(frozen=True)
class SamplePerson:
    """Who the sample shell belongs to."""

    name: str
    duty_words: str


class SampleShell:
    """A navigation with counts, for someone who is not signed in."""

    bell = 3
    links = {"home": "?", "search": "?", "new": "#new", "bell": "#bell", "account": "#me", "sign_out": "/look/"}

    @property
    def person(self) -> SamplePerson:
        """A sample agent."""
        return SamplePerson(sample("person"), sample("duty"))

    @property
    def groups(self) -> list[tuple[str, list[shell.Entry]]]:
        """Three groups of places."""
        return [(group["label"], [self._entry(**one) for one in group["entries"]]) for group in sample("places")]

    def _entry(self, *, key: str, label: str, icon: str, number: int, tone: str) -> shell.Entry:
        count = shell.Count(number, tone) if number else None
        return shell.Entry(key, label, icon, "#", key == "todo", count)


def everything(now: datetime) -> dict[str, Any]:
    """All samples by the name the page uses."""
    return {
        "clocks": clocks(now),
        "case_clocks": case_clocks(now),
        "promises": promises(now),
        "rows": rows(now),
        "items": timeline(now),
        "states": list(STATES),
        "refusal": SampleRefusal(sample("refusal"), sample("unblock"), EVIDENCE_RULE),
        "rule_sample": EVIDENCE_RULE,
        "to": sample("to"),
        "moments": [now + timedelta(minutes=m) for m in (-1500, -12, 0, 42, 68, 400, 1500, 8000, 600000)],
        "seconds": [38, 42 * 60, 68 * 60, 7200, 198000, 6 * 86400],
        "evidence": [shapes.Evidence(**one) for one in sample("evidence")],
        "demands": [shapes.Demand(**one) for one in sample("demands")],
        "options": [option(one) for one in sample("options")],
        "zones": [shapes.Zone(**{"upto": None, **exact(one, "upto")}) for one in sample("zones")],
        "dots": [shapes.Dot(**exact(one, "amount")) for one in sample("dots")],
        "tiles": [shapes.Tile(**one) for one in sample("tiles")],
        "signatures": [shapes.Signature(**one) for one in sample("signatures")],
        "tab_entries": [shapes.Tab(**one) for one in sample("tab_entries")],
    }


def clocks(now: datetime) -> list[tuple[str, Clock]]:
    """One clock in each phase."""
    more = {"kept": {"ended_at": now - timedelta(minutes=45)}, "paused": {"reason": sample("waiting")}}
    return [
        (name, Clock(now + timedelta(hours=due), now + timedelta(hours=start), **given, **more.get(name, {})))
        for name, (start, due, given) in PHASES.items()
    ]


def case_clocks(now: datetime) -> list[shapes.CaseClock]:
    """The three clocks of a case."""
    why = shapes.Why(**sample("why"))
    return [
        shapes.CaseClock(kind, Clock(now + timedelta(hours=due), now + timedelta(hours=start)), why, f"why-{place}")
        for place, (kind, (start, due)) in enumerate(zip(sample("clock_kinds"), CASE_SPANS, strict=True))
    ]


def promises(now: datetime) -> list[SamplePromise]:
    """Promises of a case."""
    return [
        SamplePromise(text, clock.due_at, clock.started_at, clock.status, clock.ended_at, clock.reason)
        for text, (_phase, clock) in zip(sample("promises"), clocks(now), strict=False)
    ]


def rows(now: datetime) -> list[shapes.QueueRow]:
    """A queue."""
    by_phase = dict(clocks(now))
    return [shapes.QueueRow(clock=by_phase[one.pop("phase")], **one) for one in sample("rows")]


def timeline(now: datetime) -> list[shapes.Entry]:
    """A course of events with one entry of each kind."""
    found = []
    for one in sample("timeline"):
        at = now - timedelta(minutes=one.pop("minutes"))
        found.append(shapes.Entry(at, **one | ({"rule": EVIDENCE_RULE} if "rule" in one else {})))
    return found


def option(told: dict[str, Any]) -> shapes.Option:
    """An option with its answers."""
    answers = [shapes.Answer(**one) for one in told["answers"]]
    return shapes.Option(**exact(told, "amount", "net") | {"answers": answers})


def exact(told: dict[str, Any], *names: str) -> dict[str, Any]:
    """Read amounts as decimals."""
    return told | {name: Decimal(told[name]) for name in names if name in told}
