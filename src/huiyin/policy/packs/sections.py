"""Each table of a pack read into its dataclass, with the checks that need nothing but the table and its neighbours."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs import vocabulary as words
from huiyin.policy.packs.giving import SensitiveDay
from huiyin.policy.packs.reading import Table, unique
from huiyin.policy.packs.schema import Category, Cause, CauseList, Item, Letter, PackDepartment, Profile, ProfileStep
from huiyin.policy.packs.settings import Key, Settings, keys
from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Span, Unit

A_DAY = Span(24, Unit.HOUR)
MOVES = tuple(f"T{number}" for number in range(1, 25))


def read_items(sheet: Table, key: str) -> tuple[Item, ...]:
    """Read a plain list of codes with titles."""
    found = []
    for table in sheet.tables(key):
        found.append((table, Item(table.code(), table.title())))
        table.finish()
    unique((table, item.code) for table, item in found)
    return tuple(item for _table, item in found)


def read_sensitive_days(sheet: Table) -> tuple[SensitiveDay, ...]:
    """Read the days of the year on which many listen (S2-48)."""
    found = []
    for table in sheet.tables("sensitive_day"):
        day = SensitiveDay(table.text("day"), table.title())
        if not _is_day_of_the_year(day.code):
            table.wrong("day", _("%(value)s is not allowed here."), '"MM-DD"', value=repr(day.code))
        table.finish()
        found.append((table, day))
    unique((table, day.code) for table, day in found)
    return tuple(day for _table, day in found)


def _is_day_of_the_year(text: str) -> bool:
    try:
        return f"{date.fromisoformat(f'2024-{text}'):%m-%d}" == text
    except ValueError:
        return False


def read_departments(sheet: Table) -> tuple[PackDepartment, ...]:
    found = []
    for table in sheet.tables("department"):
        found.append((table, PackDepartment(table.code(), table.title(), front=table.flag("front", False))))
        table.finish()
    unique((table, department.code) for table, department in found)
    return tuple(department for _table, department in found)


def read_settings(sheet: Table) -> tuple[Settings, frozenset[str]]:
    """Read the ambiguity keys; what the pack leaves out keeps its default."""
    given: dict[str, object] = {}
    for code in sheet.keys():
        key = keys().get(code)
        if key is None:
            sheet.wrong(code, _("This key is unknown."), " | ".join(sorted(keys())))
            continue
        given[key.field] = _setting(sheet, key)
    chosen = Settings(**given)  # type: ignore[arg-type]  # each value was read by its key's own type
    if chosen.plan_target_options < chosen.plan_min_options:
        sheet.wrong("plan.target_options", _("It is below plan.min_options."), f"{chosen.plan_min_options} …")
    if chosen.ack_cutoff >= chosen.ack_same_day_due:
        sheet.wrong("ack.cutoff", _("It is not before ack.same_day_due."), f"< {chosen.ack_same_day_due:%H:%M}")
    if chosen.contact_days > chosen.contact_attempts:
        sheet.wrong("contact.days", _("There are more days than attempts."), f"1 … {chosen.contact_attempts}")
    return chosen, frozenset(given)


def _setting(table: Table, key: Key) -> object:
    if key.kind == "choice":
        return table.choice(key.code, key.choices)
    if key.kind == "int":
        return table.integer(key.code, key.low or 0, key.high)
    if key.kind == "Decimal":
        return table.amount(key.code, low=key.low or 0, high=key.high)
    if key.kind == "bool":
        return table.flag(key.code)
    if key.kind == "time":
        return table.clock_time(key.code)
    return table.text(key.code)


def read_profiles(sheet: Table) -> tuple[Profile, ...]:
    found = []
    for table in sheet.tables("profile"):
        profile = Profile(table.code(), table.title(), tuple(_step(step) for step in table.tables("step")))
        table.finish()
        _check_profile(table, profile)
        found.append((table, profile))
    unique((table, profile.code) for table, profile in found)
    return tuple(profile for _table, profile in found)


def _step(table: Table) -> ProfileStep:
    step = ProfileStep(
        code=table.code(),
        title=table.title(),
        states=table.choices("states", words.STATES),
        moves=table.choices("moves", MOVES),
        required=table.flag("required", True),
        shown=table.flag("shown", True),
    )
    if not step.states and not step.moves:
        table.wrong("states", _("A step needs a state, or a move that does it."), " | ".join(words.STATES))
    table.finish()
    return step


def _check_profile(table: Table, profile: Profile) -> None:
    covered = [state for step in profile.steps for state in step.states]
    for state in words.STATES:
        if covered.count(state) != 1:
            table.wrong(
                "step",
                _("The state %(state)s is covered by %(count)s steps; it must be exactly one."),
                state=state,
                count=covered.count(state),
            )
    unique((table, step.code) for step in profile.steps)


def read_problem_types(sheet: Table) -> tuple[CauseList, ...]:
    lists: list[tuple[Table, CauseList]] = []
    causes: list[tuple[Table, str]] = []
    for table in sheet.tables("problem_type"):
        rows = table.tables("cause")
        found = [Cause(row.code(), row.title(), row.choice("side", words.SIDES)) for row in rows]
        for row in rows:
            row.finish()
        if not found:
            table.wrong("cause", _("A problem type needs at least one cause to judge."))
        lists.append((table, CauseList(table.code(), table.title(), tuple(found))))
        causes.extend(zip(rows, (cause.code for cause in found), strict=True))
        table.finish()
    unique((table, listed.code) for table, listed in lists)
    unique(causes)
    return tuple(listed for _table, listed in lists)


def read_categories(sheet: Table, departments: Collection[str], lists: tuple[CauseList, ...]) -> tuple[Category, ...]:
    """Read the tree; a child takes from its parent what it does not say itself."""
    known: dict[str, Category] = {}
    causes = {listed.code: tuple(cause.code for cause in listed.causes) for listed in lists}
    named = [(table, table.code()) for table in sheet.tables("category")]
    unique(named)
    for table, code in sorted(named, key=lambda pair: pair[1].count(".")):
        parent_code = code.rpartition(".")[0]
        if parent_code and parent_code not in known:
            table.wrong("code", _("The parent %(parent)s does not exist."), " | ".join(known), parent=parent_code)
        known[code] = _category(table, code, known.get(parent_code), departments, causes)
        table.finish()
    return tuple(known[code] for _table, code in named)


def _category(
    table: Table,
    code: str,
    parent: Category | None,
    departments: Collection[str],
    causes: dict[str, tuple[str, ...]],
) -> Category:
    inherited = (
        {}
        if parent is None
        else {
            "kind": parent.kind,
            "department": parent.department,
            "end_condition": parent.end_condition,
        }
    )
    types = table.choices("problem_types", tuple(causes), parent.problem_types if parent else ())
    options = {"kind": words.CATEGORY_KINDS, "department": departments, "end_condition": words.END_CONDITIONS}
    chosen = {
        key: table.choice(key, allowed, inherited[key]) if inherited else table.choice(key, allowed)
        for key, allowed in options.items()
    }
    return Category(
        code=code,
        title=table.title(),
        parent=parent.code if parent else "",
        problem_types=types,
        causes=tuple(cause for listed in types for cause in causes[listed]),
        **chosen,
    )


def read_letters(sheet: Table, events: Collection[str]) -> tuple[Letter, ...]:
    found = []
    for table in sheet.tables("letter"):
        letter = Letter(
            code=table.code(),
            title=table.title(),
            on=table.choice("on", events),
            must_state=table.titles("must_state"),
            source=table.text("source", ""),
            evidence=table.choice("evidence", words.EVIDENCE, "design"),
            statutory=table.flag("statutory", False),
        )
        table.finish()
        check_statutory(table, letter.title, letter.statutory, letter.evidence, letter.source)
        found.append((table, letter))
    unique((table, letter.code) for table, letter in found)
    return tuple(letter for _table, letter in found)


def check_statutory(table: Table, title: Title, statutory: bool, evidence: str, source: str) -> None:
    """Refuse to call law what nobody has read in the law (standards: evidence tags)."""
    if statutory and evidence in ("G", "design"):
        table.wrong("statutory", _("With evidence %(evidence)s it cannot be statutory."), "false", evidence=evidence)
    if statutory and not source:
        table.wrong("source", _("A statutory rule names its source."), '"…"')
    if not statutory and ("法定" in title.zh or "statutory" in title.en.lower()):
        table.wrong("title", _("The name says statutory, but the rule is not marked so."))
