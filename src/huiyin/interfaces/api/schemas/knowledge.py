"""The knowledge base: entries, their versions, what is offered beside a case."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from huiyin.complaints.steps.guiding import Way
from huiyin.interfaces.api.schemas.base import Code, Day, Given, Id, Line, Reason, Seen, Shown, Text
from huiyin.interfaces.api.schemas.steps import SayGiven, Step
from huiyin.knowledge.kinds import Kind

Lines = Annotated[list[Reason], Field(max_length=40)]


class StepGiven(Given):
    text: Reason
    who: Reason = ""
    within: Reason = ""


class EntryFields(Given):
    """The fields of every kind; which of them a kind has, and needs, its rule says."""

    title: Reason | None = None
    step: Code | None = None
    scene: Code | None = None
    moment: Code | None = None
    caller: Code | None = None
    topic: Code | None = None
    text: Text | None = None
    note: Text | None = None
    do: Lines | None = None
    avoid: Lines | None = None
    steps: Annotated[list[StepGiven], Field(max_length=30)] | None = None
    must_not: Lines | None = None
    hold_script: Text | None = None
    notify: Lines | None = None
    counter_measures: Lines | None = None
    product: Lines | None = None
    source: Reason | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    content: Code | None = None
    purpose: Code | None = None
    personality: Code | None = None
    method: Reason | None = None
    pattern: Reason | None = None
    category: Code | None = None
    kind: Code | None = None
    severity: Code | None = None
    turn: Code | None = None
    better: Text | None = None
    why: Text | None = None
    exceptions: Text | None = None
    requirement: Annotated[list[Code], Field(max_length=12)] | None = None

    def given(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True)


class EntryNew(Given):
    kind: Kind
    code: Annotated[str, Field(max_length=80)] = ""
    fields: EntryFields
    reason: Reason


class EntryEdit(Given):
    """`seen` is the version the change rests on; it is refused when somebody else made a newer one."""

    fields: EntryFields
    reason: Reason
    seen: Seen | None = None


class EntryReason(Given):
    reason: Reason
    seen: Seen | None = None


class EntryRestore(EntryReason):
    version: Id


class EntryRow(Shown):
    """One entry of a list or of what was found, the best first; `whole` says that it holds every word asked for."""

    kind: Kind
    code: str
    title: str
    topic: str
    scene: str
    version: int
    origin: str
    in_use: bool
    expired: bool
    valid_from: date | None
    valid_to: date | None
    whole: bool = True


class EntryPage(Shown):
    rows: list[EntryRow]
    next: int | None


class VersionRow(Shown):
    number: int
    kind: str
    made_at: datetime
    made_by: int | None
    why: str


class EntryShown(EntryRow):
    """One entry in full; `offered` is a newer wording of ours beside one that was changed here."""

    content: dict[str, Any]
    offered: dict[str, Any] | None
    versions: list[VersionRow]


class ScriptShown(Shown):
    code: str
    version: int
    title: str
    step: str
    text: str
    missing: list[str]


class CardShown(Shown):
    code: str
    version: int
    title: str
    moment: str
    text: str
    do: list[str]
    avoid: list[str]


class PlaybookShown(Shown):
    code: str
    version: int
    title: str
    caller: str
    scene: str
    steps: list[dict[str, str]]
    must_not: list[str]
    hold: str


class StageShown(Shown):
    code: str
    title: str
    standing: str


class GuidanceShown(Shown):
    """What to have at hand in a case: it suggests, it never decides."""

    now: str
    course: list[StageShown]
    taboos: list[str]
    cards: list[CardShown]
    scripts: list[ScriptShown]
    playbook: PlaybookShown | None
    facts: list[EntryRow]


class RecordGuidance(Step):
    """Which entry in which version, and whether it was followed, put into one's own words, or left with a reason."""

    kind: Kind
    code: Annotated[str, Field(max_length=80)]
    version: Id
    way: Way
    reason: Reason = ""


class CheckAndCallBack(Step):
    """The question that nobody can answer now, and the words that name the time of the answer."""

    question: Line
    say: SayGiven


class NoteOpportunity(Step):
    text: Text
