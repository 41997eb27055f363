"""What was found out: evidence, causes, findings; tasks; files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.complaints import permissions
from huiyin.complaints.consumption import Result
from huiyin.complaints.models import CauseVerdict, Evidence, Finding, Task
from huiyin.complaints.states import Seat, State
from huiyin.complaints.steps import venue
from huiyin.files.models import StoredFile
from huiyin.interfaces.web.components.clocks import Clock
from huiyin.interfaces.web.desk.presenters.facts import cause_title
from huiyin.interfaces.web.desk.presenters.looker import Looker
from huiyin.interfaces.web.desk.presenters.together import Together, together
from huiyin.interfaces.web.desk.presenters.triaged import Triaged, triaged
from huiyin.interfaces.web.desk.presenters.weighed import Appraised, Says, Weighed, appraisals, bearings, weighed

ICONS: dict[str, str] = {
    Evidence.Kind.PHOTO: "image",
    Evidence.Kind.OUTBOUND_VIDEO: "film",
    Evidence.Kind.DELIVERY_RECORD: "truck",
    Evidence.Kind.ORDER_RECORD: "receipt-text",
    Evidence.Kind.SERVICE_LOG: "logs",
    Evidence.Kind.TEST_REPORT: "flask-conical",
    Evidence.Kind.INTERVIEW: "mic",
    Evidence.Kind.CUSTOMER_ACCOUNT: "message-square-quote",
    Evidence.Kind.THIRD_PARTY: "building-2",
    Evidence.Kind.FIELD_VISIT: "map-pin",
    Evidence.Kind.APPRAISAL: "stamp",
}
KEEPERS = (Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR)


@dataclass(frozen=True)
class Proof:
    """One piece of evidence; its standing is independent, statement or struck."""

    id: int
    kind: str
    kind_word: str
    title: str
    source: str
    how: str
    note: str
    obtained_at: datetime
    standing: str
    struck: str
    icon: str
    file: StoredFile | None
    sha256: str
    strike_url: str
    bear_url: str
    says: tuple[Says, ...]
    anchor: str

    @property
    def meta(self) -> str:
        return self.source

    @property
    def url(self) -> str:
        return reverse("files:download", args=(self.file.pk,)) if self.file else ""

    @property
    def picture(self) -> str:
        """The address of a small picture, where one was made."""
        return reverse("files:thumbnail", args=(self.file.pk,)) if self.file and self.file.has_picture else ""


@dataclass(frozen=True)
class Verdict:
    title: str
    ruled: str  # in, out or open
    grounds: str
    by: str
    url: str


@dataclass(frozen=True)
class Judged:
    """The finding of one round."""

    round: int
    founded: bool
    cause: str
    second: str
    side: str
    grounds: str
    responsible: str
    loss: Decimal
    recovered: Decimal
    by: str
    at: datetime
    demand_reasonable: bool
    within_control: bool

    @property
    def net(self) -> Decimal:
        return self.loss - self.recovered


@dataclass(frozen=True)
class Found:
    proofs: tuple[Proof, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Judged, ...]
    weighed: tuple[Weighed, ...]
    appraisals: tuple[Appraised, ...]
    bills: tuple[Result, ...]
    kinds: int
    needed: int
    add_url: str
    currency: str

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.kinds)


def proofs(looker: Looker) -> list[Proof]:
    """The register of proof in the order it was obtained; what was struck out stays in it."""
    rows = Evidence.objects.filter(complaint=looker.complaint).select_related("file")
    may_strike = looker.complaint.state in (State.RECEIVED, State.ACKNOWLEDGED, State.REGISTERED, State.INVESTIGATING)
    may_bear = may_strike and looker.may("complaint.note", *KEEPERS, Seat.HANDLER, Seat.LEADER)
    may_strike = may_strike and looker.may("complaint.investigate", Seat.HANDLER, Seat.LEADER)
    said = bearings(looker)
    return [_proof(row, looker, (may_strike, may_bear), said.get(row.pk, ())) for row in rows]


def _proof(row: Evidence, looker: Looker, may: tuple[bool, bool], says: Sequence[Says]) -> Proof:
    may_strike, may_bear = may
    cover = looker.eyes.text
    standing = "struck" if row.struck_at else "independent" if row.independent else "statement"
    return Proof(
        id=row.pk,
        kind=row.kind,
        kind_word=looker.kinds_of_evidence.get(row.kind) or str(row.get_kind_display()),
        title=cover(row.title),
        source=cover(row.source),
        how=cover(row.how),
        note=cover(row.note),
        obtained_at=row.obtained_at,
        standing=standing,
        struck=cover(row.struck_reason),
        icon=ICONS.get(row.kind, "file"),
        file=row.file,
        sha256=row.file_sha256,
        strike_url=looker.step("strike", row.pk) if may_strike and not row.struck_at else "",
        bear_url=looker.step("bearing", row.pk) if may_bear and not row.struck_at else "",
        says=tuple(says),
        anchor=f"evidence-{row.pk}",
    )


def evidence(looker: Looker) -> Found:
    """Evidence with its causes and findings."""
    found, complaint = proofs(looker), looker.complaint
    causes = CauseVerdict.objects.filter(complaint=complaint, round=complaint.round).select_related("by")
    judged = {row.cause: row for row in causes}
    gathers = looker.may("complaint.note", *KEEPERS, Seat.HANDLER, Seat.LEADER) and looker.complaint.is_open
    return Found(
        proofs=tuple(found),
        verdicts=tuple(_verdicts(looker, judged)),
        findings=tuple(_findings(looker)),
        weighed=tuple(weighed(looker, {code: row.ruled_in for code, row in judged.items()})),
        appraisals=tuple(appraisals(looker)),
        bills=tuple(map(venue.result_of, looker.complaint.consumptions.prefetch_related("lines"))),
        kinds=len({row.kind for row in found if row.standing == "independent"}),
        needed=looker.pack.settings.min_evidence_kinds,
        add_url=looker.step("evidence") if gathers else "",
        currency=looker.pack.currency,
    )


def _verdicts(looker: Looker, judged: Mapping[str, CauseVerdict]) -> list[Verdict]:
    """The checklist of causes for the case's category, each ruled in, ruled out or still open (S0-33)."""
    complaint = looker.complaint
    listed = {category.code: category.causes for category in looker.pack.categories}.get(complaint.category, ())
    judges = complaint.state == State.INVESTIGATING and looker.may("complaint.find", Seat.HANDLER, Seat.LEADER)
    return [_verdict(code, judged.get(code), looker, judges) for code in dict.fromkeys([*listed, *judged])]


def _verdict(code: str, row: CauseVerdict | None, looker: Looker, judges: bool) -> Verdict:
    title = cause_title(looker.pack, code)
    if row is None:
        url = f"{looker.step('cause')}?cause={code}" if judges else ""
        return Verdict(title, "open", "", "", url)
    return Verdict(title, "in" if row.ruled_in else "out", looker.eyes.text(row.grounds), row.by.name, "")


def _findings(looker: Looker) -> list[Judged]:
    rows = Finding.objects.filter(complaint=looker.complaint).select_related("issued_by")
    return [_judged(row, looker) for row in rows.prefetch_related("responsible").order_by("-round")]


def _judged(row: Finding, looker: Looker) -> Judged:
    names = _(", ").join(one.name for one in row.responsible.all())
    return Judged(
        round=row.round,
        founded=row.founded,
        cause=cause_title(looker.pack, row.cause),
        second=cause_title(looker.pack, row.secondary_cause),
        side=str(row.get_side_display()),
        grounds=looker.eyes.text(row.grounds),
        responsible=names or looker.eyes.text(row.no_person_reason),
        loss=row.loss,
        recovered=row.recovered,
        by=row.issued_by.name,
        at=row.issued_at,
        demand_reasonable=row.demand_reasonable,
        within_control=row.within_control,
    )


@dataclass(frozen=True)
class Button:
    label: str
    url: str


@dataclass(frozen=True)
class Asked:
    """The question a task watches over: whom it went to, whether he opened it, what he sees."""

    party: str
    reference: str
    question: str
    status_word: str
    expires_at: datetime
    opened_at: datetime | None


@dataclass(frozen=True)
class TaskRow:
    title: str
    kind: str
    department: str
    assignee: str
    status: str
    status_word: str
    clock: Clock | None
    seen: bool
    result: str
    bounces: int
    buttons: tuple[Button, ...]
    asked: Asked | None


@dataclass(frozen=True)
class Tasks:
    rows: tuple[TaskRow, ...]
    add_url: str
    together: Together
    triaged: tuple[Triaged, ...]


def tasks(looker: Looker) -> Tasks:
    """Every task of the case, the open ones first."""
    rows = Task.objects.filter(complaint=looker.complaint)
    rows = rows.select_related("department", "assignee", "partner_request")
    ordered = sorted(rows, key=lambda row: (row.status != Task.Status.OPEN, row.due_at, row.pk))
    may_give = looker.complaint.is_open and looker.may("task.create", *KEEPERS)
    return Tasks(
        tuple(_task(row, looker) for row in ordered),
        looker.step("task") if may_give else "",
        together(looker),
        triaged(looker),
    )


def _task(row: Task, looker: Looker) -> TaskRow:
    running = row.status == Task.Status.OPEN
    return TaskRow(
        title=looker.eyes.text(str(row)),
        kind=str(row.get_kind_display()),
        department=row.department.name,
        assignee=row.assignee.name,
        status=row.status,
        status_word=str(row.get_status_display()),
        clock=Clock(row.due_at, row.made_at) if running else None,
        seen=row.acknowledged_at is not None,
        result=looker.eyes.text(row.result),
        bounces=row.bounce_count,
        buttons=tuple(_task_buttons(row, looker)) if running else (),
        asked=_asked(row, looker),
    )


def _asked(row: Task, looker: Looker) -> Asked | None:
    request = getattr(row, "partner_request", None)
    if request is None:
        return None
    return Asked(
        party=looker.eyes.text(request.party),
        reference=request.reference,
        question=looker.eyes.text(request.question),
        status_word=str(request.get_status_display()),
        expires_at=request.expires_at,
        opened_at=request.opened_at,
    )


def _task_buttons(row: Task, looker: Looker) -> list[Button]:
    step: Callable[[str], str] = lambda name: looker.step(name, row.pk)  # noqa: E731 - named for the four lines below
    found = []
    if row.assignee_id == looker.person.pk:
        found += [] if row.acknowledged_at else [Button(_("Seen, I do it"), step("task_seen"))]
        found += [_ending(row, step), Button(_("Send back"), step("task_bounce"))]
    request = getattr(row, "partner_request", None)
    if request is not None and looker.may("complaint.note", *KEEPERS, Seat.HANDLER):
        again, over = looker.step("partner_again", request.pk), looker.step("partner_over", request.pk)
        found += [Button(_("Send the link again"), again), Button(_("Take the question back"), over)]
    elif row.made_by_id == looker.person.pk or looker.may("task.create", *KEEPERS):
        found.append(Button(_("Cancel"), step("task_cancel")))
    return found


def _ending(row: Task, step: Callable[[str], str]) -> Button:
    """How a task of this kind ends: some with a record of their own."""
    if row.kind == Task.Kind.VISIT:
        return Button(_("Report the visit"), step("visit"))
    if row.kind == Task.Kind.COORDINATE:
        return Button(_("Write the record"), step("meeting"))
    return Button(_("Done"), step("task_done"))


@dataclass(frozen=True)
class Files:
    rows: tuple[StoredFile, ...]
    upload_url: str


def files(looker: Looker) -> Files:
    """The files attached to the case, the newest first."""
    rows = StoredFile.objects.filter(owner_kind=permissions.CASE, owner_id=looker.complaint.pk, disposed_at=None)
    attaches = looker.may("complaint.note", *KEEPERS, Seat.HANDLER, Seat.LEADER)
    url = reverse("desk:files", args=(looker.complaint.number,)) if attaches else ""
    return Files(tuple(rows.order_by("-at", "-pk")), url)
