"""What a pack is once it has been read: numbers, lists, limits and profiles, all frozen, never a state transition."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from huiyin.policy.packs.giving import GoodwillItem, Limit, LossBand, Remedy, SensitiveDay, among
from huiyin.policy.packs.settings import Settings
from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Blocks, DayEnd, Roll, Span, Week


class HasCode(Protocol):
    @property
    def code(self) -> str: ...


def codes(entries: Iterable[HasCode]) -> tuple[str, ...]:
    return tuple(entry.code for entry in entries)


@dataclass(frozen=True)
class Item:
    """An entry of a plain list: a department, a channel, a kind of evidence, a kind of proof, an event."""

    code: str
    title: Title


@dataclass(frozen=True)
class PackDepartment:
    code: str
    title: Title
    # The first contact with customers; departments without it may not write to a customer (S0-34).
    front: bool = False


@dataclass(frozen=True)
class Extension:
    """How a clock may be lengthened (ENG-10); written notice before expiry is always needed."""

    most: int
    span: Span
    approver: str


@dataclass(frozen=True)
class ClockRule:
    """One clock with all that ENG-01 asks for."""

    code: str
    kind: str
    title: Title
    start_event: str
    ends_on: tuple[str, ...]
    state: str
    span: Span
    target: Span | None
    calendar: str
    count_start_day: bool
    roll: Roll
    warn_marks: tuple[int, ...]
    warn_day_before: bool
    pause_events: tuple[str, ...]
    resume_events: tuple[str, ...]
    extension: Extension | None
    escalate_to: str
    consequence: Title
    source: str
    evidence: str
    statutory: bool
    categories: tuple[str, ...]
    # Whose time runs: the company's, or the customer's own window, which is shown but never broken by us.
    bearer: str
    in_force_from: date | None
    in_force_to: date | None

    @property
    def max_extensions(self) -> int:
        return self.extension.most if self.extension else 0

    @property
    def unverified(self) -> bool:
        """Whether pages must say that nobody has confirmed this number."""
        return self.evidence == "G"

    def covers(self, category: str) -> bool:
        """Whether the clock is for cases of this category: named itself, or one of its parents."""
        return among(category, self.categories)

    def in_force(self, on: date) -> bool:
        after_start = self.in_force_from is None or on >= self.in_force_from
        return after_start and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True)
class Cause:
    """A possible cause to rule in or out (S0-33), with the side that would then answer for it."""

    code: str
    title: Title
    side: str


@dataclass(frozen=True)
class CauseList:
    code: str
    title: Title
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Category:
    """A leaf or branch of the category tree, with its department (S0-10) and its end condition (S0-22)."""

    code: str
    title: Title
    parent: str
    kind: str
    department: str
    end_condition: str
    problem_types: tuple[str, ...]
    causes: tuple[str, ...]


@dataclass(frozen=True)
class FollowUpRule:
    count: int
    count_company_fault: int
    count_escalated: int
    first: str

    def callbacks(self, *, company_fault: bool, escalated: bool) -> int:
        """Give how many callbacks a case needs before it can be accepted (AMB-14)."""
        needed = [self.count]
        needed += [self.count_company_fault] if company_fault else []
        needed += [self.count_escalated] if escalated else []
        return max(needed)


@dataclass(frozen=True)
class ProfileStep:
    """One step people see; it covers states, or is done by a move between two of them."""

    code: str
    title: Title
    states: tuple[str, ...]
    moves: tuple[str, ...]
    required: bool
    shown: bool


@dataclass(frozen=True)
class Profile:
    """How one organisation counts its steps; every profile covers the same thirteen states (AMB-02)."""

    code: str
    title: Title
    steps: tuple[ProfileStep, ...]

    def step_of(self, state: str) -> ProfileStep:
        return next(step for step in self.steps if state in step.states)

    def requires(self, state: str) -> bool:
        """Whether a case of this profile has to pass through the state's step."""
        return self.step_of(state).required


@dataclass(frozen=True)
class Letter:
    """A letter the organisation sends, and what it has to say."""

    code: str
    title: Title
    on: str
    must_state: tuple[Title, ...]
    source: str
    evidence: str
    statutory: bool


@dataclass(frozen=True)
class Dimension:
    """A dimension of service quality and its weight in percent (S3-03 to S3-07)."""

    code: str
    title: Title
    weight: int
    source: str


@dataclass(frozen=True)
class Checklist:
    """What an inspector looks at one by one: core, relation or attitude (S3-15, S3-17, S3-18)."""

    code: str
    title: Title
    about: str
    items: tuple[Item, ...]
    source: str


@dataclass(frozen=True)
class PickRule:
    """When a pack applies by itself; an empty list means any."""

    channels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()

    def matches(self, *, channel: str, category: str, jurisdiction: str) -> bool:
        in_channel = not self.channels or channel in self.channels
        in_jurisdiction = not self.jurisdictions or jurisdiction in self.jurisdictions
        return in_channel and in_jurisdiction and among(category, self.categories)

    @property
    def narrowness(self) -> int:
        """How many of the three questions the rule asks; the narrowest rule that matches wins."""
        return sum(1 for asked in (self.channels, self.categories, self.jurisdictions) if asked)


@dataclass(frozen=True)
class Pack:
    code: str
    kind: str
    title: Title
    description: Title
    version: str
    zone: str
    currency: str
    calendar: str
    # When the last day of a period ends: at midnight, or at closing time.
    day_end: DayEnd
    in_force_from: date | None
    in_force_to: date | None
    # Monday first; a block that ends before it starts runs into the next morning.
    service_hours: Week
    holiday_hours: Blocks
    # None: a make-up day is served like its weekday.
    makeup_hours: Blocks | None
    warn_marks: tuple[int, ...]
    escalate_to: str
    settings: Settings
    # Where several bases fit a case equally closely, the higher number takes it.
    priority: int = 0
    pick: tuple[PickRule, ...] = ()
    extends: tuple[str, ...] = ()
    departments: tuple[PackDepartment, ...] = ()
    profiles: tuple[Profile, ...] = ()
    clocks: tuple[ClockRule, ...] = ()
    problem_types: tuple[CauseList, ...] = ()
    categories: tuple[Category, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    goodwill: tuple[GoodwillItem, ...] = ()
    authority: tuple[Limit, ...] = ()
    loss_bands: tuple[LossBand, ...] = ()
    letters: tuple[Letter, ...] = ()
    channels: tuple[Item, ...] = ()
    evidence_kinds: tuple[Item, ...] = ()
    proof_kinds: tuple[Item, ...] = ()
    wants: tuple[Item, ...] = ()
    events: tuple[Item, ...] = ()
    sensitive_days: tuple[SensitiveDay, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    settings_given: frozenset[str] = field(default=frozenset())

    @property
    def is_overlay(self) -> bool:
        return self.kind == "overlay"

    @property
    def profile(self) -> str:
        """The profile of an ordinary case; a minor one takes `settings.profile_minor`."""
        return self.settings.profile_default

    @property
    def followup(self) -> FollowUpRule:
        chosen = self.settings
        return FollowUpRule(
            count=chosen.followup_count,
            count_company_fault=chosen.followup_count_company_fault,
            count_escalated=chosen.followup_count_escalated,
            first=chosen.followup_first,
        )

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {category.code: category for category in self.categories}

    @cached_property
    def _remedies(self) -> dict[str, Remedy]:
        return {remedy.code: remedy for remedy in self.remedies}

    @cached_property
    def _causes(self) -> dict[str, Cause]:
        return {cause.code: cause for listed in self.problem_types for cause in listed.causes}

    @cached_property
    def _departments(self) -> dict[str, PackDepartment]:
        return {department.code: department for department in self.departments}

    @cached_property
    def category_kinds(self) -> frozenset[str]:
        return frozenset(category.kind for category in self.categories)

    @cached_property
    def leaves(self) -> tuple[Category, ...]:
        """The categories a complaint can be registered under."""
        parents = {category.parent for category in self.categories}
        return tuple(category for category in self.categories if category.code not in parents)

    def category(self, code: str) -> Category:
        return self._categories[code]

    def remedy(self, code: str) -> Remedy:
        return self._remedies[code]

    @property
    def every_cause(self) -> tuple[Cause, ...]:
        """The causes of all problem types, each once."""
        return tuple(self._causes.values())

    def cause(self, code: str) -> Cause:
        return self._causes[code]

    def department(self, code: str) -> PackDepartment:
        return self._departments[code]

    def goodwill_item(self, code: str) -> GoodwillItem:
        return next(item for item in self.goodwill if item.code == code)

    def profile_named(self, code: str) -> Profile:
        return next(profile for profile in self.profiles if profile.code == code)

    def clock(self, code: str) -> ClockRule:
        return next(clock for clock in self.clocks if clock.code == code)

    def stage_clock(self, state: str, category: str, on: date) -> ClockRule | None:
        """Give the clock of a state for this category; the one that names the category most closely wins."""
        fitting = [
            clock
            for clock in self.clocks
            if clock.kind == "stage" and clock.state == state and clock.covers(category) and clock.in_force(on)
        ]
        return max(fitting, key=lambda clock: max((len(code) for code in clock.categories), default=0), default=None)

    def clocks_started_by(self, event: str, category: str, on: date) -> tuple[ClockRule, ...]:
        """Give the whole-case and legal clocks that this event starts; stage clocks come from `stage_clock`."""
        return tuple(
            clock
            for clock in self.clocks
            if clock.kind != "stage" and clock.start_event == event and clock.covers(category) and clock.in_force(on)
        )

    def sensitive_on(self, day: date) -> SensitiveDay | None:
        """The sensitive day this is, if it is one."""
        return next((one for one in self.sensitive_days if one.code == f"{day:%m-%d}"), None)

    def remedies_for(self, category: str) -> tuple[Remedy, ...]:
        return tuple(remedy for remedy in self.remedies if remedy.fits(category))
