"""What a base pack must have before a complaint can live under it, checked across its tables."""

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs import vocabulary as words
from huiyin.policy.packs.problems import Problem
from huiyin.policy.packs.schema import Pack, codes

BASE_REMEDIES = words.REMEDY_KINDS[:5]


def check_complete(pack: Pack, problems: list[Problem]) -> None:
    """Note what is missing: a clock for each open state, the base kinds of remedy, the profiles that are named."""
    _check_clocks(pack, problems)
    _check_lists(pack, problems)
    profiles = codes(pack.profiles)
    for key, named in {"default": pack.settings.profile_default, "minor": pack.settings.profile_minor}.items():
        if named not in profiles:
            wrong = _("The profile %(profile)s is not in profiles.toml.")
            problems.append(Problem("settings.toml", f"profile.{key}", wrong, " | ".join(profiles), {"profile": named}))
    kinds = {remedy.kind for remedy in pack.remedies}
    for kind in BASE_REMEDIES:
        if kind not in kinds:
            wrong = _("No remedy is of the kind %(kind)s; the five base kinds are all needed (S1-35).")
            problems.append(Problem("remedies.toml", "remedy", wrong, " | ".join(BASE_REMEDIES), {"kind": kind}))
    if not pack.authority:
        problems.append(Problem("authority.toml", "limit", _("Nobody may grant anything."), " | ".join(words.ROLES)))
    if pack.category_kinds.isdisjoint({"handling"}):
        wrong = _("No category is of the kind handling, for complaints about how a complaint was handled (S3-41).")
        problems.append(Problem("categories.toml", "category", wrong, " | ".join(words.CATEGORY_KINDS)))


def _check_clocks(pack: Pack, problems: list[Problem]) -> None:
    # S4-33: every open item has a due time, so no open state may be without a clock.
    everywhere = {clock.state for clock in pack.clocks if clock.kind == "stage" and not clock.categories}
    for state in words.STATES:
        if state != "closed" and state not in everywhere:
            wrong = _("The state %(state)s has no clock that holds for every category (S4-33).")
            problems.append(Problem("clocks.toml", "clock", wrong, 'kind = "stage"', {"state": state}))
    if not any(clock.kind == "case" for clock in pack.clocks):
        problems.append(Problem("clocks.toml", "clock", _("No clock watches the whole case."), 'kind = "case"'))
    for clock in pack.clocks:
        if clock.kind == "stage" and clock.state == "received" and clock.calendar != pack.settings.clock_calendar:
            wrong = _("The first response counts on another calendar than clock.calendar (AMB-04).")
            key = f"clock[{clock.code}].span"
            problems.append(Problem("clocks.toml", key, wrong, pack.settings.clock_calendar))
        if clock.calendar == "service" and not any(pack.service_hours):
            wrong = _("The clock counts service time, but the pack has no service hours.")
            problems.append(Problem("clocks.toml", f"clock[{clock.code}].span", wrong, "pack.toml: service_hours"))


def _check_lists(pack: Pack, problems: list[Problem]) -> None:
    needed = {
        "department": pack.departments,
        "channel": pack.channels,
        "evidence_kind": pack.evidence_kinds,
        "proof_kind": pack.proof_kinds,
    }
    for key, entries in needed.items():
        if not entries:
            problems.append(Problem("lists.toml", key, _("The list is empty."), f"[[{key}]]"))
    if pack.departments and not any(department.front for department in pack.departments):
        wrong = _("No department is in front, so nobody may write to customers (S0-34).")
        problems.append(Problem("lists.toml", "department", wrong, "front = true"))
    if len(pack.evidence_kinds) < pack.settings.min_evidence_kinds:
        wrong = _("There are fewer kinds of evidence than a finding needs.")
        problems.append(Problem("lists.toml", "evidence_kind", wrong, f"{pack.settings.min_evidence_kinds} …"))
    channels, categories = codes(pack.channels), codes(pack.categories)
    for rule in pack.pick:
        for key, values, known in (("channels", rule.channels, channels), ("categories", rule.categories, categories)):
            for value in set(values) - set(known):
                wrong = _("%(value)s is not allowed here.")
                problems.append(Problem("pack.toml", f"pick.{key}", wrong, " | ".join(known), {"value": repr(value)}))
