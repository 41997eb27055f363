"""Why a deadline is when it is, in sentences: counted from, length, skipped, paused, basis (ENG-11).

All of it comes from what the promise row froze when it was made; a later calendar or pack cannot rewrite it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.complaints.models import Promise
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.shapes import Why
from huiyin.interfaces.web.desk.presenters import signals
from huiyin.policy.explanation import RunKind
from huiyin.policy.packs.labels import VALUES
from huiyin.policy.packs.schema import Pack
from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Span, Unit

Facts = Mapping[str, Any]
# A clock without an outside source names the requirement it was set for, or nothing.
OUR_OWN = re.compile(r"|design|[A-Z]+\d*-\d+")


def why(promise: Promise, pack: Pack | None, now: datetime) -> Why:
    """The five answers under one deadline; `pack` is the version the clock came from, none for a spoken promise."""
    shown = due_words(promise, now)
    return Why(
        title=_("Why %(time)s?") % {"time": shown},
        shown=shown,
        start=_start(promise, pack, now),
        length=_aimed_at(promise, now),
        skipped=_skipped(promise.why, now),
        paused=_paused(promise.why, pack, now),
        basis=_basis(promise.why),
        source=_source(promise, pack, now),
    )


def title_of(promise: Promise) -> str:
    """What the clock is called, or what was promised."""
    named = promise.why.get("title")
    return promise.what or (str(Title(named["zh"], named["en"])) if named else str(promise.get_kind_display()))


def due_words(promise: Promise, now: datetime) -> str:
    """The due time; one that falls on midnight belongs to the day that ends with it (24:00)."""
    local = timezone.localtime(promise.due_at)
    last_day = promise.why.get("last_day")
    if last_day and local.hour == local.minute == 0 and date.fromisoformat(last_day) < local.date():
        return _("%(day)s, 24:00") % {"day": times.day(local - timedelta(days=1), now)}
    return times.moment(promise.due_at, now)


def _start(promise: Promise, pack: Pack | None, now: datetime) -> str:
    facts = promise.why
    start = datetime.fromisoformat(facts.get("start") or promise.start_at.isoformat())
    at = times.moment(start, now)
    if facts.get("said"):
        return _("%(time)s, when it was promised") % {"time": at}
    told = _("%(time)s, %(event)s") % {"time": at, "event": _event(promise, pack)}
    first = facts.get("first_counted")
    if first and date.fromisoformat(first) > timezone.localtime(start).date():
        return _("%(start)s; counted from %(day)s") % {
            "start": told,
            "day": times.day(date.fromisoformat(first), now),
        }
    return told


def _event(promise: Promise, pack: Pack | None) -> str:
    rule = next((clock for clock in pack.clocks if clock.code == promise.code), None) if pack else None
    if rule is None:
        return _("when it was made")
    return signals.say(rule.start_event or f"entered.{rule.state}", pack)


def _aimed_at(promise: Promise, now: datetime) -> str:
    """The length, and the earlier time that is aimed at where the clock has one (S0-02)."""
    length = _length(promise.why)
    if promise.target_at is None or promise.target_at >= promise.due_at:
        return length
    return _("%(length)s; aimed at by %(time)s") % {"length": length, "time": times.moment(promise.target_at, now)}


def _length(facts: Facts) -> str:
    if facts.get("qty") is None:
        return _("until the named time")
    length = Span(facts["qty"], Unit(facts["unit"])).text
    if rolled := facts.get("rolled_from"):
        day = times.day(date.fromisoformat(rolled), datetime.fromisoformat(facts["start"]))
        return _("%(length)s; the last day, %(day)s, is not worked, so it ends on the next that is") % {
            "length": length,
            "day": day,
        }
    return length


def _skipped(facts: Facts, now: datetime) -> str:
    parts = [_run(run, now) for run in facts.get("skipped", ())]
    parts += [_("%(days)s counted as a make-up working day") % {"days": _days(run, now)} for run in _made_up(facts)]
    if unknown := facts.get("unknown_from"):
        day = times.day(date.fromisoformat(unknown), now)
        parts.append(_("provisional: no official calendar from %(day)s on") % {"day": day})
    return _("; ").join(parts)


def _made_up(facts: Facts) -> Sequence[Facts]:
    found: Sequence[Facts] = facts.get("made_up", ())
    return found


def _run(run: Facts, now: datetime) -> str:
    name = run.get("name") or str(RunKind(run["kind"]).label)
    return _("%(days)s %(name)s") % {"days": _days(run, now), "name": name}


def _days(run: Facts, now: datetime) -> str:
    first, last = date.fromisoformat(run["first"]), date.fromisoformat(run["last"])
    if first == last:
        return times.day(first, now)
    return _("%(first)s to %(last)s") % {"first": times.day(first, now), "last": times.day(last, now)}


def _paused(facts: Facts, pack: Pack | None, now: datetime) -> str:
    parts = [_pause(pause, pack, now) for pause in facts.get("pauses", ())]
    if extended := int(facts.get("extensions", 0)):
        parts.append(ngettext("extended once", "extended %(times)s times", extended) % {"times": extended})
    if reason := facts.get("replaced"):
        parts.append(_("time changed: %(reason)s") % {"reason": reason})
    return _("; ").join(parts)


def _pause(pause: Facts, pack: Pack | None, now: datetime) -> str:
    start = times.moment(datetime.fromisoformat(pause["start"]), now)
    reason = signals.say(str(pause.get("reason", "")), pack)
    if pause.get("end"):
        end = times.moment(datetime.fromisoformat(pause["end"]), now)
        return _("%(start)s to %(end)s: %(reason)s") % {"start": start, "end": end, "reason": reason}
    return _("since %(start)s: %(reason)s") % {"start": start, "reason": reason}


def _basis(facts: Facts) -> str:
    """The source in force; called law only where the pack says that it is."""
    if facts.get("said"):
        return _("A promise to the customer; only a message to the customer keeps it.")
    named = facts.get("title")
    title = str(Title(named["zh"], named["en"])) if named else ""
    if facts.get("statutory"):
        return _("%(title)s, by law: %(source)s") % {"title": title, "source": facts.get("source", "")}
    if facts.get("evidence") == "design" or OUR_OWN.fullmatch(facts.get("source", "")):
        return _("%(title)s, set by our own policy") % {"title": title}
    return _("%(title)s: %(source)s") % {"title": title, "source": facts["source"]}


def _source(promise: Promise, pack: Pack | None, now: datetime) -> str:
    facts = promise.why
    if pack is None or not facts.get("pack"):
        return ""
    since = times.day(promise.made_at, now)
    parts = [_("%(pack)s %(version)s, as attached %(day)s") % {
        "pack": pack.title, "version": facts.get("pack_version", pack.version), "day": since,
    }]  # fmt: skip
    if evidence := facts.get("evidence"):
        parts.append(str(VALUES.get(evidence, evidence)))
    return _("; ").join(parts)
